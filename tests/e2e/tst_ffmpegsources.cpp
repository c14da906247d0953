// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/livetrial.h"

#include <QTest>

using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// ffmpeg broadcasts in every format, in both of its ways.
class TestFfmpegSources : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(LiveTrial::makeFiles());
        m_trial = std::make_unique<LiveTrial>();
        QVERIFY(m_trial->start());
    }

    void cleanupTestCase() { m_trial.reset(); }

    void goesLive_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("heardType");
        QTest::addColumn<bool>("isLegacy");
        QTest::addColumn<int>("bytes");
        for (const bool isLegacy : {false, true}) {
            const char *const way = isLegacy ? "SOURCE" : "PUT";
            QTest::addRow("MP3, %s", way) << u"live.mp3"_s << u"mp3"_s << u"audio/mpeg"_s
                                          << QByteArray("audio/mpeg") << isLegacy << 30'000;
            QTest::addRow("AAC, %s", way) << u"live.aac"_s << u"adts"_s << u"audio/aac"_s
                                          << QByteArray("audio/aac") << isLegacy << 25'000;
            QTest::addRow("Vorbis, %s", way) << u"live.ogg"_s << u"ogg"_s << u"application/ogg"_s
                                             << QByteArray("audio/ogg") << isLegacy << 9'000;
            QTest::addRow("Opus, %s", way) << u"live.opus"_s << u"ogg"_s << u"audio/ogg"_s
                                           << QByteArray("audio/ogg") << isLegacy << 20'000;
            QTest::addRow("FLAC, %s", way) << u"live.oga"_s << u"ogg"_s << u"application/ogg"_s
                                           << QByteArray("audio/ogg") << isLegacy << 70'000;
        }
    }

    void goesLive()
    {
        QFETCH(const QString, file);
        QFETCH(const QString, format);
        QFETCH(const QString, type);
        QFETCH(const QByteArray, heardType);
        QFETCH(const bool, isLegacy);
        QFETCH(const int, bytes);
        const Encoder ffmpeg{.program = u"ffmpeg"_s,
                             .arguments = {u"-v"_s, u"error"_s, u"-re"_s, u"-i"_s, u"FOLDER/"_s + file,
                                           u"-c"_s, u"copy"_s, u"-f"_s, format, u"-content_type"_s, type,
                                           u"-legacy_icecast"_s, isLegacy ? u"1"_s : u"0"_s,
                                           u"icecast://source:PASSWORD@127.0.0.1:PORT/stream"_s},
                             .contentType = heardType,
                             .agent = u"Lavf"_s,
                             .title = format == u"ogg"_s ? u"Tone"_s : QString(),
                             .bytes = bytes};
        const QString fault = m_trial->faultOf(ffmpeg);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

private:
    std::unique_ptr<LiveTrial> m_trial;
};

QTEST_GUILESS_MAIN(TestFfmpegSources)
#include "tst_ffmpegsources.moc"
