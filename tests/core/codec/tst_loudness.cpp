// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/loudness.h"
#include "core/codec/loudnesscache.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

class TestLoudness : public QObject
{
    Q_OBJECT

private slots:
    void tagsAreUnderstood()
    {
        // ReplayGain 2.0 aims at -18 LUFS, R128 tags at -23.
        QCOMPARE(loudnessFromReplayGain(u"-7.00 dB"_s, u"0.5"_s)->lufs, -11.0);
        QVERIFY(qAbs(loudnessFromReplayGain(u"-7.00 dB"_s, u"0.5"_s)->peakDbtp + 6.02) < 0.01);
        QCOMPARE(loudnessFromReplayGain(u"+2,5 dB"_s, {})->lufs, -20.5);
        QCOMPARE(loudnessFromReplayGain(u" -3dB "_s, u"nonsense"_s)->peakDbtp, 0.0);
        QCOMPARE(loudnessFromR128(u"-1280"_s)->lufs, -18.0);
        for (const QString &nonsense : {u""_s, u"loud"_s, u"-600 dB"_s, u"nan"_s, u"inf dB"_s}) {
            QVERIFY2(!loudnessFromReplayGain(nonsense, {}), qPrintable(nonsense));
        }
        for (const QString &nonsense : {u""_s, u"x"_s, u"99999999"_s, u"-"_s}) {
            QVERIFY2(!loudnessFromR128(nonsense), qPrintable(nonsense));
        }
    }

    void gainsAimAtTheTarget()
    {
        const LoudnessRules rules{true, -16.0, -1.0};
        QCOMPARE(gainDb({-10.0, 0.0}, rules), -6.0);
        QCOMPARE(gainDb({-20.0, -9.0}, rules), 4.0);
        QCOMPARE(gainSteps({-10.0, 0.5}, rules), -4); // 6.02 dB
        QCOMPARE(gainSteps({-16.7, -9.0}, rules), 0);
        QCOMPARE(gainSteps({-20.0, -9.0}, rules), 3); // 4.5 dB is nearer than 3
        // Upwards no further than the peak allows, downwards as far as wanted.
        QCOMPARE(gainSteps({-20.0, -4.5}, rules), 2);
        QCOMPARE(gainSteps({-20.0, -0.5}, rules), 0);
        QCOMPARE(gainSteps({-8.0, 2.0}, rules), -5);
    }

    void measuredOnceIsKnownUntilTheFileChanges()
    {
        const QTemporaryDir folder;
        const QString track = folder.filePath(u"a.mp3"_s);
        const auto write = [&track](const QByteArray &bytes) {
            QFile file(track);
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        };
        QVERIFY(write("sound"));
        const QString cacheFile = folder.filePath(u"cache/loudness"_s);
        {
            LoudnessCache cache(cacheFile);
            QVERIFY(!cache.find(track, 2));
            cache.insert(track, 2, Loudness{-12.345, -0.5});
            cache.insert(track, 1, std::nullopt);
        }
        LoudnessCache again(cacheFile);
        QCOMPARE(again.find(track, 2)->loudness, std::optional(Loudness{-12.345, -0.5}));
        QVERIFY(again.find(track, 1) && !again.find(track, 1)->loudness);
        QVERIFY(!again.find(folder.filePath(u"b.mp3"_s), 2));
        QVERIFY(write("other sound"));
        QVERIFY(!again.find(track, 2));
    }

    /// Full is not the same as empty: what was measured last stays known, in this run and in the next.
    void aFullCacheForgetsTheOldestOnly()
    {
        const QTemporaryDir folder;
        const auto track = [&folder](int number) { return folder.filePath(QString::number(number)); };
        for (int number = 0; number < 100; ++number) {
            QFile file(track(number));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("sound") == 5);
        }
        const QString cacheFile = folder.filePath(u"cache/loudness"_s);
        LoudnessCache cache(cacheFile, 50);
        for (int number = 0; number < 100; ++number)
            cache.insert(track(number), 2, Loudness{-10.0 - number, 0.0});
        LoudnessCache again(cacheFile, 50);
        for (LoudnessCache *each : {&cache, &again}) {
            for (int number = 60; number < 100; ++number) {
                const auto found = each->find(track(number), 2);
                QVERIFY2(found, QByteArray::number(number));
                QCOMPARE(found->loudness->lufs, -10.0 - number);
            }
            QVERIFY(!each->find(track(0), 2));
        }
        QFile text(cacheFile);
        QVERIFY(text.open(QIODevice::ReadOnly));
        const QByteArray all = text.readAll();
        QVERIFY2(all.count("\n") <= 2 * 50, QByteArray::number(all.count("\n")));
        // Measured again it is no second one.
        for (int turn = 0; turn < 60; ++turn)
            cache.insert(track(99), 2, Loudness{-9.0, 0.0});
        QVERIFY(cache.find(track(60), 2));
    }

    void aDamagedCacheIsNoCache()
    {
        const QTemporaryDir folder;
        const QString track = folder.filePath(u"a.mp3"_s);
        const QString cacheFile = folder.filePath(u"loudness"_s);
        for (const QString &path : {track, cacheFile}) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray("\0\xFF nan inf\nabc -1", 17) + QByteArray(5000, 'x'));
        }
        LoudnessCache cache(cacheFile);
        QVERIFY(!cache.find(track, 2));
        cache.insert(track, 2, Loudness{-9.0, 0.0});
        QCOMPARE(LoudnessCache(cacheFile).find(track, 2)->loudness->lufs, -9.0);
    }
};

QTEST_GUILESS_MAIN(TestLoudness)
#include "tst_loudness.moc"
