// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Files of every kind with bytes changed, lost and doubled, through everything that reads files: tags,
// covers, faults, frames as they are, decoder, meter. Whatever comes out, everything ends, nothing is read or
// written out of bounds (the sanitizers watch), and what comes out is whole frames.
#include "core/codec/helper/loudnessmeter.h"
#include "core/codec/helper/trackjoiner.h"
#include "core/playlist/library/coverart.h"
#include "core/playlist/library/mediafaults.h"
#include "core/playlist/library/mediainfo.h"
#include "core/playlist/reader/passthroughreader.h"
#include "tests/core/codec/readthrough.h"

#include <QElapsedTimer>
#include <QTest>

#include <cmath>
#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

class TestDamagedMusic : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    static QByteArray damaged(QByteArray bytes, std::mt19937 &random)
    {
        const auto place = [&] {
            // Half of the faults at the beginning, where the structure is.
            const auto all = static_cast<quint32>(bytes.size());
            return static_cast<qsizetype>(random() % (random() % 2 == 0 ? qMin(all, 600U) : all));
        };
        const int faults = 1 + static_cast<int>(random() % 12);
        for (int i = 0; i < faults && bytes.size() > 100; ++i) {
            switch (random() % 5) {
            case 0:
                bytes.remove(place(), static_cast<qsizetype>(random() % 50));
                break;
            case 1:
                bytes.insert(place(), QByteArray(static_cast<qsizetype>(random() % 50), '\xFF'));
                break;
            case 2:
                bytes.truncate(bytes.size() / 2 + place() / 2);
                break;
            default:
                bytes[place()] = static_cast<char>(random());
                break;
            }
        }
        return bytes;
    }

    /// What the station itself does with a file.
    static void lookAt(const QString &file)
    {
        PlaylistEntry entry;
        entry.path = file;
        entry = withMediaInfo(entry);
        QVERIFY(entry.tagsRead && !entry.track.title.isEmpty());
        QVERIFY(entry.track.title.size() <= 512 && entry.track.durationMs >= 0);
        QVERIFY(coverOf(file).size() <= maxCoverBytes);
        if (auto reader = PassThroughReader::open(file)) {
            (*reader)->setGainSteps(-3);
            (*reader)->setOnly(44100, 2);
            while (const auto batch = (*reader)->read(8192)) {
                if (batch->isEmpty())
                    break;
            }
        }
    }

    /// What the helper program does with it.
    static void decode(const QString &file, int run)
    {
        EncodingOptions wanted;
        wanted.trimsSilence = run % 2 == 1;
        wanted.crossfadeSeconds = run % 3 == 2 ? 0.2 : 0.0;
        const auto joiner = TrackJoiner::make(wanted);
        QVERIFY(joiner);
        if (auto decoder = Decoder::open(*TrackFile::at(file))) {
            if (run % 4 == 3)
                (*decoder)->seek(flicksPerSecond / 4);
            qint64 frames = 0;
            const auto played = (*joiner)->play(**decoder, 3.0, [&frames](const FrameBatch &batch) {
                frames += batch.frames.size();
                return frames < 20'000; // a header that lies about its length
            });
            if (!played)
                QVERIFY(played.error().sentence.contains("damaged."_L1));
        }
        const FrameBatch rest = (*joiner)->finish();
        QVERIFY(rest.bytes.size() < 10'000'000);
        if (run % 3 != 0)
            return;
        const auto loudness = measuredLoudness(*TrackFile::at(file), 2);
        if (loudness && *loudness) {
            QVERIFY(std::isfinite((*loudness)->lufs) && std::isfinite((*loudness)->peakDbtp));
            QVERIFY((*loudness)->silentEndMs >= 0);
        }
    }

private slots:
    void everythingEnds_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("mp3") << u"mp3"_s << QStringList{u"-b:a"_s, u"64k"_s};
        QTest::newRow("flac") << u"flac"_s << QStringList{};
        QTest::newRow("wav") << u"wav"_s << QStringList{u"-ar"_s, u"8000"_s};
        QTest::newRow("m4a") << u"m4a"_s << QStringList{u"-c:a"_s, u"aac"_s};
        QTest::newRow("aac") << u"aac"_s << QStringList{u"-c:a"_s, u"aac"_s};
        QTest::newRow("ogg") << u"ogg"_s << QStringList{u"-c:a"_s, u"libvorbis"_s};
        QTest::newRow("opus") << u"opus"_s << QStringList{};
        QTest::newRow("wma") << u"wma"_s << QStringList{u"-c:a"_s, u"wmav2"_s};
        QTest::newRow("wv") << u"wv"_s << QStringList{};
        QTest::newRow("aiff") << u"aiff"_s << QStringList{u"-ar"_s, u"8000"_s};
        QTest::newRow("mka") << u"mka"_s << QStringList{u"-c:a"_s, u"libopus"_s};
        QTest::newRow("caf") << u"caf"_s << QStringList{u"-ar"_s, u"8000"_s};
        QTest::newRow("alac") << u"m4a"_s << QStringList{u"-c:a"_s, u"alac"_s};
        QTest::newRow("mp2") << u"mp2"_s << QStringList{};
        QTest::newRow("ac3") << u"ac3"_s << QStringList{};
        QTest::newRow("eac3") << u"eac3"_s << QStringList{};
        QTest::newRow("tta") << u"tta"_s << QStringList{};
        QTest::newRow("webm") << u"webm"_s << QStringList{u"-c:a"_s, u"libvorbis"_s};
        QTest::newRow("flac in ogg") << u"oga"_s << QStringList{u"-c:a"_s, u"flac"_s};
        QTest::newRow("w64") << u"w64"_s << QStringList{u"-ar"_s, u"8000"_s};
        QTest::newRow("au") << u"au"_s << QStringList{u"-ar"_s, u"8000"_s};
    }
    void everythingEnds()
    {
        QFETCH(QString, suffix);
        QFETCH(QStringList, options);
        const QString whole = m_folder.filePath(u"whole."_s + suffix);
        QFile::remove(whole);
        QCOMPARE(mediafiles::encode(
                     whole,
                     options + QStringList{u"-metadata"_s, u"title=Ночь"_s, u"-metadata"_s, u"artist=A"_s},
                     0.6),
                 QByteArray());
        const QByteArray bytes = mediafiles::contentOf(whole);
        QVERIFY(bytes.size() > 200);
        std::mt19937 random(static_cast<quint32>(suffix.size()) * 77 + static_cast<quint8>(bytes.back()));
        const QString file = m_folder.filePath(u"damaged."_s + suffix);
        QElapsedTimer spent;
        spent.start();
        int runs = 0;
        for (; runs < 60 && spent.elapsed() < 1000 && !QTest::currentTestFailed(); ++runs) {
            QVERIFY(mediafiles::write(file, damaged(bytes, random)));
            lookAt(file);
            decode(file, runs);
        }
        QVERIFY(runs > 0);
    }
};

QTEST_GUILESS_MAIN(TestDamagedMusic)
#include "tst_damagedmusic.moc"
