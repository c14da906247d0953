// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/mutedframe.h"
#include "core/playlist/reader/passthroughreader.h"
#include "tests/core/playlist/library/mediafiles.h"
#include "tests/data/odd/oddfiles.h"

#include <sys/stat.h>

using namespace cycast;
using namespace mediafiles;

namespace
{

/// All that is left, in steps of `step` bytes.
FrameBatch readAll(PassThroughReader &reader, qint64 step)
{
    FrameBatch all;
    for (;;) {
        const auto batch = reader.read(step);
        if (!batch)
            qFatal("%s", qPrintable(batch.error().sentence));
        if (batch->isEmpty())
            return all;
        all.bytes += batch->bytes;
        all.frames += batch->frames;
    }
}

} // namespace

class TestPassThroughReader : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_dir.isValid());
        const QList<std::pair<QString, QStringList>> kinds{
            {u"cbr128"_s, {u"-b:a"_s, u"128k"_s}},
            {u"cbr320"_s, {u"-b:a"_s, u"320k"_s}},
            {u"cbr64mono"_s, {u"-b:a"_s, u"64k"_s, u"-ac"_s, u"1"_s}},
            {u"vbr"_s, {u"-q:a"_s, u"2"_s}},
            {u"mpeg2"_s, {u"-b:a"_s, u"48k"_s, u"-ar"_s, u"22050"_s, u"-ac"_s, u"1"_s}},
            {u"layer2"_s, {u"-c:a"_s, u"mp2"_s, u"-b:a"_s, u"192k"_s}}};
        for (const auto &[name, options] : kinds) {
            const QString container = name == u"layer2"_s ? u"mp2"_s : u"mp3"_s;
            QCOMPARE(encode(at(name), options + QStringList{u"-f"_s, container}), QByteArray());
            m_kinds.append(name);
        }
        // The same with CRC, which ffmpeg's wrapper cannot switch on.
        QCOMPARE(
            run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-y"_s, u"-i"_s, at(u"cbr128"_s), at(u"source.wav"_s)}),
            QByteArray());
        QCOMPARE(
            run(u"lame"_s, {u"--quiet"_s, u"-p"_s, u"-b"_s, u"112"_s, at(u"source.wav"_s), at(u"crc"_s)}),
            QByteArray());
        m_kinds.append(u"crc"_s);
    }

    void framesAreTheFramersFrames()
    {
        for (const QString &kind : std::as_const(m_kinds)) {
            const FrameBatch whole = framesOf(at(kind));
            QVERIFY(whole.frames.size() > 200);
            for (const qint64 step : {1, 5000, 1'000'000}) {
                const auto reader = PassThroughReader::open(at(kind));
                QVERIFY2(reader, qPrintable(reader ? QString() : reader.error().sentence));
                QCOMPARE(readAll(**reader, step), whole);
                QVERIFY((*reader)->atEnd());
                QVERIFY((*reader)->read(step).value().isEmpty());
            }
        }
    }

    void tagsAreLeftOut()
    {
        const QByteArray plain = contentOf(at(u"cbr128"_s));
        const QByteArray cover =
            QByteArray("ID3\x03\0\0\x01\x40\0\0", 10) + QByteArray(3 * 1024 * 1024, '\xFB');
        QVERIFY(write(at(u"tagged"_s), cover + plain + apeTag({{"Title", "x"}}) + id3v1("a", "b", "c")));
        const auto reader = PassThroughReader::open(at(u"tagged"_s));
        QVERIFY2(reader, qPrintable(reader ? QString() : reader.error().sentence));
        QCOMPARE(readAll(**reader, 10'000), framesOf(at(u"cbr128"_s)));
    }

    void batchesAreAboutAsLargeAsAsked()
    {
        const auto reader = PassThroughReader::open(at(u"cbr128"_s));
        for (const qint64 step : {1, 1000, 20'000}) {
            const auto batch = (*reader)->read(step);
            QVERIFY(batch);
            QVERIFY(batch->bytes.size() >= step && batch->bytes.size() < step + 2000);
        }
        QVERIFY(!(*reader)->atEnd());
    }

    void seekJoinsWithoutGarbage()
    {
        for (const QString &kind : std::as_const(m_kinds)) {
            const FrameBatch whole = framesOf(at(kind));
            for (const double seconds : {0.0, 0.01, 0.5, 1.0, 1.37, 2.9, 5.5}) {
                const auto offset = static_cast<Flicks>(seconds * static_cast<double>(flicksPerSecond));
                const auto reader = PassThroughReader::open(at(kind));
                QVERIFY(reader);
                (*reader)->seek(offset);
                const FrameBatch rest = readAll(**reader, 8192);
                // Whole frames up to the place, and no other time is lost.
                const Flicks skipped = whole.duration() - rest.duration();
                QVERIFY(skipped <= offset && offset - skipped < whole.frames.first().duration);
                const qsizetype cut = whole.bytes.size() - rest.bytes.size();
                checkReservoir(rest);
                // From the fifth frame on it is the file, bit for bit.
                qsizetype head = 0;
                for (int i = 0; i < 4 && i < rest.frames.size(); ++i)
                    head += rest.frames.at(i).size;
                QCOMPARE(rest.bytes.mid(head), whole.bytes.mid(cut + head));
                QVERIFY(write(at(u"joined.mp3"_s), rest.bytes));
                QCOMPARE(decode(at(u"joined.mp3"_s)), QByteArray());
            }
        }
    }

    void seekBeyondTheEnd()
    {
        const auto reader = PassThroughReader::open(at(u"cbr128"_s));
        (*reader)->seek(flicksPerSecond * 3600);
        QVERIFY((*reader)->read(1000).value().isEmpty());
        QVERIFY((*reader)->atEnd());
    }

    void refused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("word");
        QTest::newRow("missing") << u"missing.mp3"_s << u"not there"_s;
        QTest::newRow("empty") << u"empty.mp3"_s << u"empty"_s;
        QTest::newRow("folder") << u"folder.mp3"_s << u"folder"_s;
        QTest::newRow("pipe") << u"pipe.mp3"_s << u"pipe"_s;
        QTest::newRow("text") << u"text.mp3"_s << u"text.mp3"_s;
        QTest::newRow("zeros") << u"zeros.mp3"_s << u"no MP3"_s;
        QTest::newRow("only a tag") << u"tag.mp3"_s << u"no MP3"_s;
        QTest::newRow("unreadable") << u"../../../../../proc/self/mem"_s << u"mem"_s;
    }
    void refused()
    {
        QVERIFY(write(at(u"empty.mp3"_s), {}));
        QVERIFY(QDir(m_dir.path()).mkpath(u"folder.mp3"_s));
        QFile::remove(at(u"pipe.mp3"_s));
        QCOMPARE(::mkfifo(QFile::encodeName(at(u"pipe.mp3"_s)).constData(), 0600), 0);
        QVERIFY(write(at(u"text.mp3"_s), QByteArray("The quick brown fox. ").repeated(2000)));
        QVERIFY(write(at(u"zeros.mp3"_s), QByteArray(20'000'000, '\0')));
        QVERIFY(
            write(at(u"tag.mp3"_s), QByteArray("ID3\x03\0\0\x7F\x7F\x7F\x7F", 10) + QByteArray(5000, 'x')));
        QFETCH(QString, name);
        QFETCH(QString, word);
        const auto reader = PassThroughReader::open(at(name));
        QVERIFY(!reader);
        QVERIFY2(reader.error().sentence.contains(word), qPrintable(reader.error().sentence));
    }

    void soundAfterAMegabyteOfGarbageIsNotTaken()
    {
        const QByteArray plain = framesOf(at(u"cbr128"_s)).bytes;
        QVERIFY(write(at(u"late"_s), QByteArray(500'000, '\1') + plain));
        QVERIFY(PassThroughReader::open(at(u"late"_s)));
        QVERIFY(write(at(u"late"_s), QByteArray(2'000'000, '\1') + plain));
        QVERIFY(!PassThroughReader::open(at(u"late"_s)));
    }

    void holesAndCuts()
    {
        const QByteArray plain = framesOf(at(u"cbr128"_s)).bytes;
        const QByteArray half = plain.first(plain.size() / 2);
        QVERIFY(write(at(u"hole"_s), half + QByteArray(1'500'000, '\0') + plain));
        const auto reader = PassThroughReader::open(at(u"hole"_s));
        const auto all = readAll(**reader, 30'000);
        const auto count = framesOf(at(u"cbr128"_s)).frames.size();
        QVERIFY2(all.frames.size() >= count + count / 2 - 2, qPrintable(QString::number(all.frames.size())));
        QVERIFY(all.bytes.endsWith(plain.last(10'000)));
    }

    /// A tagger puts a picture into the file that is on the air: all of the sound moves, and not a frame is
    /// heard twice or missed. Touched, or longer at its end, it is the same.
    void aTagMadeLongerInPlaceIsNotHeard_data()
    {
        QTest::addColumn<int>("tagBytes");
        QTest::addColumn<bool>("isAppended");
        QTest::newRow("longer tag") << 400'000 << false;
        QTest::newRow("a little longer") << 1'000 << false;
        QTest::newRow("touched") << 0 << false;
        QTest::newRow("more at its end") << 0 << true;
    }
    void aTagMadeLongerInPlaceIsNotHeard()
    {
        QFETCH(const int, tagBytes);
        QFETCH(const bool, isAppended);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"x.mp3"_s);
        QCOMPARE(mediafiles::encode(path, {u"-b:a"_s, u"320k"_s}, 30.0), QByteArray());
        const FrameBatch whole = mediafiles::framesOf(path);
        const QByteArray content = mediafiles::contentOf(path);
        auto reader = PassThroughReader::open(path);
        QVERIFY(reader);
        QByteArray heard;
        for (int i = 0; i < 3; ++i)
            heard += (*reader)->read(100'000)->bytes;
        QFile file(path); // the same file: nobody swaps it
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray changed = (tagBytes > 0 ? odd::id3OfBytes(tagBytes) : QByteArray()) + content +
                                   (isAppended ? mediafiles::id3v1("T", "A", "B") : QByteArray());
        QVERIFY(file.write(changed) == changed.size());
        file.setFileTime(QDateTime::currentDateTime().addSecs(5), QFileDevice::FileModificationTime);
        file.close();
        for (;;) {
            const auto batch = (*reader)->read(100'000);
            QVERIFY(batch);
            if (batch->isEmpty())
                break;
            heard += batch->bytes;
        }
        QCOMPARE(heard.size(), whole.bytes.size());
        QVERIFY(heard == whole.bytes);
    }

private:
    /// A decoder that begins with this batch never lacks a byte of reservoir.
    static void checkReservoir(const FrameBatch &batch)
    {
        int available = 0;
        qsizetype at = 0;
        for (const FrameInfo &info : batch.frames) {
            const QByteArrayView frame = QByteArrayView(batch.bytes).sliced(at, info.size);
            const auto header = parseMpegHeader(frame);
            QVERIFY(header);
            QVERIFY(mpegReservoirBytes(*header, frame) <= available);
            available += mpegMainDataBytes(*header);
            at += info.size;
        }
    }

    QString at(const QString &name) const { return m_dir.filePath(name); }

    QTemporaryDir m_dir;
    QStringList m_kinds;
};

QTEST_GUILESS_MAIN(TestPassThroughReader)
#include "tst_passthroughreader.moc"
