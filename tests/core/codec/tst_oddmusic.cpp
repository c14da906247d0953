// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Files that change while they play, and files that are several in truth.
#include "core/codec/helper/decoder.h"
#include "core/codec/helper/packetcopier.h"
#include "core/codec/helper/resampler.h"
#include "core/playlist/library/mediainfo.h"
#include "tests/core/codec/readthrough.h"
#include "tests/support/oddfiles.h"

#include <QDir>
#include <QTest>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

namespace
{

constexpr int stationRate = 44'100;

/// What a decoder gives, mono. `sofar`: at most so many samples.
Samples decoded(Decoder &decoder, Resampler &resampler, qsizetype most = std::numeric_limits<int>::max())
{
    Samples all;
    while (static_cast<qsizetype>(all.size()) < most) {
        const Decoder::Piece piece = decoder.read();
        if (piece.frame == nullptr)
            break;
        resampler.feed(*piece.frame, piece.skip, all);
    }
    return all;
}

/// The largest difference, and where.
std::pair<double, size_t> farthest(const Samples &one, const Samples &other)
{
    std::pair<double, size_t> worst{0.0, 0};
    for (size_t i = 0; i < qMin(one.size(), other.size()); ++i)
        worst = qMax(worst, {std::abs(static_cast<double>(one[i] - other[i])), i});
    return worst;
}

/// The same file: nobody swaps it. As taggers do that have no room left: all of it moves.
bool writeInPlace(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite) || file.write(bytes) != bytes.size())
        return false;
    file.resize(bytes.size());
    return file.setFileTime(QDateTime::currentDateTime().addSecs(5), QFileDevice::FileModificationTime);
}

double secondsIn(const QString &name)
{
    return name.section(u'-', 0, 0).toDouble();
}

} // namespace

class TestOddMusic : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(!codecProgramPath().isEmpty(), "cycast-codec is not beside this test");
        qputenv("XDG_CACHE_HOME", m_folder.filePath(u"xdg"_s).toUtf8()); // the user's own stays as it is
        QVERIFY(makeOdd(u"chains.sh"_s, m_folder.filePath(u"chains"_s), {}));
    }

    /// Another program writes a longer tag into the file, or a shorter one, while it is decoded: the sound
    /// goes on at the same moment, none of it twice, none left out.
    void aTagMadeLongerInPlaceIsNotHeard_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("growsShorter");
        // Who begins in the middle decodes a little otherwise, and where times are in milliseconds, a little
        // off. Of full scale; samples.
        QTest::addColumn<double>("mostOff");
        QTest::addColumn<int>("mostSamples");
        const QStringList aac{u"-c:a"_s, u"aac"_s, u"-movflags"_s, u"+faststart"_s};
        const auto row = [](const QString &ending, const QStringList &options, double mostOff,
                            int mostSamples = 0) {
            QTest::newRow(qPrintable(ending + u", longer"_s))
                << ending << options << false << mostOff << mostSamples;
            QTest::newRow(qPrintable(ending + u", shorter"_s))
                << ending << options << true << mostOff << mostSamples;
        };
        row(u"flac"_s, {}, 1e-4);
        row(u"wav"_s, {}, 1e-4);
        row(u"aiff"_s, {u"-write_id3v2"_s, u"1"_s}, 1e-4);
        row(u"wv"_s, {}, 1e-4);
        row(u"ogg"_s, {u"-c:a"_s, u"libvorbis"_s}, 0.02);
        row(u"opus"_s, {u"-c:a"_s, u"libopus"_s}, 0.05);
        row(u"oga"_s, {u"-c:a"_s, u"flac"_s}, 1e-4);
        row(u"m4a"_s, aac, 0.03);
        row(u"mka"_s, {u"-c:a"_s, u"libvorbis"_s}, 1.0, 200);
        row(u"mp3"_s, {u"-b:a"_s, u"128k"_s}, 0.02);
        row(u"wma"_s, {u"-c:a"_s, u"wmav2"_s}, 1.0, 2 * 2048);
    }
    void aTagMadeLongerInPlaceIsNotHeard()
    {
        QFETCH(QString, ending);
        QFETCH(QStringList, options);
        QFETCH(bool, growsShorter);
        QFETCH(double, mostOff);
        QFETCH(int, mostSamples);
        const QString path = m_folder.filePath(u"changes."_s + ending);
        const QString tagged = m_folder.filePath(u"tagged."_s + ending);
        QCOMPARE(mediafiles::encode(path, options + QStringList{u"-fflags"_s, u"+bitexact"_s}, 20.0),
                 QByteArray());
        QCOMPARE(mediafiles::run(u"ffmpeg"_s, QStringList{u"-v"_s, u"error"_s, u"-y"_s, u"-i"_s, path} +
                                                  options.mid(options.size() > 2 ? 2 : options.size()) +
                                                  QStringList{u"-c"_s, u"copy"_s, u"-metadata"_s,
                                                              u"title="_s + QString(60'000, u'x'), tagged}),
                 QByteArray());
        const QByteArray before = mediafiles::contentOf(growsShorter ? tagged : path);
        const QByteArray after = mediafiles::contentOf(growsShorter ? path : tagged);
        QVERIFY(qAbs(after.size() - before.size()) > 40'000);
        QVERIFY(mediafiles::write(path, before));

        auto whole = Decoder::open(*TrackFile::at(path));
        QVERIFY(whole);
        Resampler resampler(stationRate, 1);
        const Samples expected = decoded(**whole, resampler);
        QVERIFY(expected.size() > 19 * stationRate);

        Resampler another(stationRate, 1);
        auto decoder = Decoder::open(*TrackFile::at(path));
        QVERIFY(decoder);
        Samples heard = decoded(**decoder, another, 7 * stationRate);
        QVERIFY(writeInPlace(path, after));
        const Samples rest = decoded(**decoder, another);
        heard.insert(heard.end(), rest.begin(), rest.end());
        QVERIFY(!(*decoder)->problem());
        const qint64 more = static_cast<qint64>(heard.size()) - static_cast<qint64>(expected.size());
        QVERIFY2(qAbs(more) <= mostSamples, QByteArray::number(more));
        const auto [distance, where] = farthest(heard, expected);
        QVERIFY2(distance < mostOff,
                 qPrintable(u"%1 at %2 s"_s.arg(distance).arg(static_cast<double>(where) / stationRate)));
    }

    /// Likewise where the packets go out as they are.
    void packetsGoOnWhereTheyWere_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("opus") << u"opus"_s << QStringList{u"-c:a"_s, u"libopus"_s};
        QTest::newRow("m4a") << u"m4a"_s << QStringList{u"-c:a"_s, u"aac"_s, u"-movflags"_s, u"+faststart"_s};
        QTest::newRow("mka") << u"mka"_s << QStringList{u"-c:a"_s, u"libopus"_s};
    }
    void packetsGoOnWhereTheyWere()
    {
        QFETCH(QString, ending);
        QFETCH(QStringList, options);
        const bool isOpus = ending != "m4a"_L1;
        const StationFormat format{isOpus ? StationCodec::Opus : StationCodec::Aac, 128,
                                   isOpus ? 48'000 : 44'100, 2};
        const QString path = m_folder.filePath(u"copied."_s + ending);
        const QString tagged = m_folder.filePath(u"copied tagged."_s + ending);
        QCOMPARE(mediafiles::encode(path, options, 20.0), QByteArray());
        QCOMPARE(mediafiles::run(u"ffmpeg"_s, QStringList{u"-v"_s, u"error"_s, u"-y"_s, u"-i"_s, path} +
                                                  options.mid(2) +
                                                  QStringList{u"-c"_s, u"copy"_s, u"-metadata"_s,
                                                              u"title="_s + QString(60'000, u'x'), tagged}),
                 QByteArray());
        const auto read = [](PacketCopier &copier, Flicks most) {
            FrameBatch batch;
            while (batch.duration() < most && copier.read(batch)) {
            }
            return batch;
        };
        auto whole = PacketCopier::open(*TrackFile::at(path), format);
        QVERIFY2(whole, qPrintable(whole ? QString() : whole.error()));
        const FrameBatch expected = read(**whole, 100 * flicksPerSecond);
        QVERIFY(expected.duration() > 19 * flicksPerSecond);
        auto copier = PacketCopier::open(*TrackFile::at(path), format);
        QVERIFY(copier);
        FrameBatch heard = read(**copier, 7 * flicksPerSecond);
        QVERIFY(writeInPlace(path, mediafiles::contentOf(tagged)));
        heard.append(read(**copier, 100 * flicksPerSecond));
        QVERIFY(!(*copier)->problem());
        QCOMPARE(heard.frames, expected.frames);
        QCOMPARE(heard.bytes, expected.bytes);
    }

    /// Gone for a moment, as where a program writes it anew from its first byte on; and gone for good.
    void aFileThatIsEmptiedInPlace()
    {
        const QString path = m_folder.filePath(u"emptied.flac"_s);
        QCOMPARE(mediafiles::encode(path, {}, 20.0), QByteArray());
        auto decoder = Decoder::open(*TrackFile::at(path));
        QVERIFY(decoder);
        Resampler resampler(stationRate, 1);
        QVERIFY(decoded(**decoder, resampler, stationRate).size() >= stationRate);
        QVERIFY(QFile::resize(path, 0));
        QElapsedTimer took;
        took.start();
        QVERIFY(decoded(**decoder, resampler).size() < 19 * stationRate);
        QVERIFY2(took.elapsed() < 6'000, QByteArray::number(took.elapsed()));
    }

    /// The list shows how long all of it plays.
    void lengthsOfOddOgg_data() { chains(); }
    void lengthsOfOddOgg()
    {
        QFETCH(QString, name);
        PlaylistEntry entry;
        entry.path = m_folder.filePath(u"chains/"_s + name);
        entry = withMediaInfo(entry);
        QCOMPARE(entry.problem, QString());
        const double seconds = static_cast<double>(entry.track.durationMs) / 1000.0;
        QVERIFY2(qAbs(seconds - secondsIn(name)) < 0.1, QByteArray::number(seconds));
        QVERIFY2(entry.sound.bitrateKbps > 5, qPrintable(entry.format)); // by that length
    }

    /// All of it is heard, in the station's one format.
    void everyLinkIsHeard_data() { chains(); }
    void everyLinkIsHeard()
    {
        QFETCH(QString, name);
        const QString path = m_folder.filePath(u"chains/"_s + name);
        auto decoder = Decoder::open(*TrackFile::at(path));
        QVERIFY(decoder);
        Resampler resampler(stationRate, 1);
        const Samples all = decoded(**decoder, resampler);
        const double seconds = static_cast<double>(all.size()) / stationRate;
        QVERIFY2(qAbs(seconds - secondsIn(name)) < 0.1, QByteArray::number(seconds));
        QVERIFY(!(*decoder)->problem());
        // Nowhere a hole: each tenth of a second has sound in it.
        for (size_t at = 0; at + stationRate / 10 < all.size(); at += stationRate / 10) {
            double loudest = 0.0;
            for (size_t i = at; i < at + stationRate / 10; ++i)
                loudest = qMax(loudest, std::abs(static_cast<double>(all[i])));
            QVERIFY2(loudest > 0.1, QByteArray::number(static_cast<double>(at) / stationRate));
        }
        // From a place behind the first link on, and behind all of them.
        const double from = secondsIn(name) - 1.5;
        auto later = Decoder::open(*TrackFile::at(path));
        QVERIFY(later);
        (*later)->seek(static_cast<Flicks>(from * static_cast<double>(flicksPerSecond)));
        Resampler another(stationRate, 1);
        const double rest = static_cast<double>(decoded(**later, another).size()) / stationRate;
        QVERIFY2(qAbs(rest - 1.5) < 0.1, QByteArray::number(rest));
    }

    /// Through the helper program, in stations of each format: passed on as it is as far as that goes.
    void chainsOnTheAir_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("codec");
        for (const QString &name :
             {u"8-codecs.ogg"_s, u"8-opus.opus"_s, u"7-mixed.opus"_s, u"10-rates.ogg"_s}) {
            for (const StationCodec codec : {StationCodec::Mp3, StationCodec::Aac, StationCodec::Opus})
                QTest::newRow(qPrintable(name + u" to "_s + nameOf(codec))) << name << int(codec);
        }
    }
    void chainsOnTheAir()
    {
        QFETCH(QString, name);
        QFETCH(int, codec);
        const auto kind = static_cast<StationCodec>(codec);
        const StationFormat format{kind, 128, kind == StationCodec::Opus ? 48'000 : 44'100, 2};
        LoudnessCache cache(m_folder.filePath(u"cache/loudness"_s));
        const ReadThrough result =
            readThrough({m_folder.filePath(u"chains/"_s + name)}, playout(format), cache);
        QCOMPARE(result.problems, QStringList{QString()});
        const double seconds = secondsOf(result.all.duration());
        QVERIFY2(qAbs(seconds - secondsIn(name)) < 0.25, QByteArray::number(seconds));
    }

private:
    void chains() const
    {
        QTest::addColumn<QString>("name");
        const QDir folder(m_folder.filePath(u"chains"_s));
        for (const QString &name : folder.entryList(QDir::Files, QDir::Name))
            QTest::newRow(qPrintable(name)) << name;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestOddMusic)
#include "tst_oddmusic.moc"
