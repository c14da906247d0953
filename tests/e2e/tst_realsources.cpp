// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that people broadcast with go live over the playlist, and the playlist comes back when they
// vanish.
#include "tests/e2e/runningstation.h"
#include "tests/e2e/streamlistener.h"
#include "tests/support/slack.h"

#include "core/audio/mpeg/mpegframer.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

namespace
{

// PORT, PASSWORD and FILE stand for what is only known later.

QStringList ffmpegArguments(const QStringList &options)
{
    return QStringList{u"-v"_s,   u"error"_s,         u"-re"_s,       u"-i"_s,   u"FILE"_s,
                       u"-c:a"_s, u"libmp3lame"_s,    u"-b:a"_s,      u"128k"_s, u"-f"_s,
                       u"mp3"_s,  u"-content_type"_s, u"audio/mpeg"_s} +
           options + QStringList{u"icecast://source:PASSWORD@127.0.0.1:PORT/stream"_s};
}

QStringList curlArguments(const QString &file, const QString &password = u"PASSWORD"_s)
{
    // A little faster than it plays: what the system holds of a killed program's upload is still heard.
    return {u"-sS"_s,
            u"--limit-rate"_s,
            u"20k"_s,
            u"-o"_s,
            u"answer.txt"_s,
            u"-w"_s,
            u"%{http_code}"_s,
            u"-u"_s,
            u"source:"_s + password,
            u"-H"_s,
            u"Content-Type: audio/mpeg"_s,
            u"-T"_s,
            file,
            u"http://127.0.0.1:PORT/stream"_s};
}

/// Two minutes, made once; over 1 MB, so that curl asks for a 100 before it sends.
const QByteArray &liveTone()
{
    static const QByteArray tone = [] {
        const Sandbox sandbox;
        return makeTone(sandbox, u"live.mp3"_s, 1000, 120) ? sandbox.read(u"live.mp3"_s) : QByteArray();
    }();
    return tone;
}

QStringList filledIn(QStringList arguments, const RunningStation &station, const Sandbox &sandbox)
{
    arguments.replaceInStrings(u"PORT"_s, QString::number(station.sourcePort()));
    arguments.replaceInStrings(u"PASSWORD"_s, QString::fromLatin1(testPassPhrase));
    arguments.replaceInStrings(u"FILE"_s, sandbox.path(u"live.mp3"_s));
    if (!QFile::exists(sandbox.path(u"live.mp3"_s)))
        sandbox.write(u"live.mp3"_s, liveTone());
    return arguments;
}

bool isTold(const StreamListener &listener, const QByteArray &title)
{
    const auto titles = listener.titles();
    return std::any_of(titles.begin(), titles.end(),
                       [&title](const StreamClient::Title &each) { return each.text.startsWith(title); });
}

} // namespace

class TestRealSources : public QObject
{
    Q_OBJECT

private slots:
    void goesLiveAndFallsBackWhenKilled_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("agent");
        QTest::newRow("ffmpeg PUT") << u"ffmpeg"_s << ffmpegArguments({}) << u"Lavf"_s;
        QTest::newRow("ffmpeg SOURCE")
            << u"ffmpeg"_s << ffmpegArguments({u"-legacy_icecast"_s, u"1"_s}) << u"Lavf"_s;
        QTest::newRow("curl file") << u"curl"_s << curlArguments(u"FILE"_s) << u"curl"_s;
        QTest::newRow("curl chunked")
            << u"sh"_s << QStringList{u"-c"_s, u"exec curl \"$@\" < FILE"_s, u"sh"_s} + curlArguments(u"-"_s)
            << u"curl"_s;
    }

    void goesLiveAndFallsBackWhenKilled()
    {
        QFETCH(const QString, program);
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, agent);
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start());
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(16'000));

        const auto source = sandbox.start(program, filledIn(arguments, station, sandbox));
        QTRY_VERIFY_WITH_TIMEOUT(station.isLive(), 10'000);
        const QJsonObject status = station.status();
        QCOMPARE(status[u"source_connected"_s].toBool(), true);
        QCOMPARE(status[u"source_status"_s].toString(), u"Connected"_s);
        QVERIFY2(status[u"source"_s][u"program"_s].toString().contains(agent, Qt::CaseInsensitive),
                 qPrintable(status[u"source"_s][u"program"_s].toString()));
        QVERIFY(listener.hears(48'000));
        QCOMPARE(source->state(), QProcess::Running);

        source->kill();
        QTRY_VERIFY_WITH_TIMEOUT(!station.isLive(), 20'000);
        QTRY_COMPARE(station.status()[u"source_connected"_s].toBool(), false);
        QCOMPARE(station.status()[u"heard"_s].toString(), u"playlist"_s);
        QVERIFY(listener.hears(48'000));

        QVERIFY(listener.isConnected());
        QVERIFY(listener.isUnbroken());
        QCOMPARE(decodingFaults(sandbox, listener.audio()), QByteArray());
    }

    void aFileThatIsPushedTakesAsLongAsItPlays()
    {
        const Sandbox sandbox;
        QVERIFY(makeTone(sandbox, u"live.mp3"_s, 1000, 12));
        RunningStation station(sandbox);
        QVERIFY(station.start());
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(80'000)); // the 64 kB that come at once are behind it
        QStringList arguments = filledIn(curlArguments(u"FILE"_s), station, sandbox);
        arguments.removeAll(u"--limit-rate"_s);
        arguments.removeAll(u"20k"_s);
        const MachineSlack slack;
        QElapsedTimer clock;
        clock.start();
        const qint64 before = listener.audioBytes();
        const auto source = sandbox.start(u"curl"_s, arguments);
        QTRY_VERIFY_WITH_TIMEOUT(station.isLive(), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(!station.isLive(), 20'000);
        const double seconds = static_cast<double>(clock.elapsed()) / 1000;
        // The beginning of a show may fill the players' buffers: up to 3 s come at once.
        QVERIFY2(seconds > 12 - 3.2 && seconds < 12 + 3 + slack.seconds(), QByteArray::number(seconds));
        const double heardSeconds = static_cast<double>(listener.audioBytes() - before) / 16'000;
        QVERIFY2(heardSeconds < seconds + 4.2, QByteArray::number(heardSeconds - seconds));
        QTRY_COMPARE_WITH_TIMEOUT(source->state(), QProcess::NotRunning, 10'000);
        QCOMPARE(source->exitCode(), 0);
        QCOMPARE(source->readAllStandardOutput(), QByteArray("200"));
        // Every frame of it was heard, in one piece.
        cycast::MpegFramer framer;
        cycast::FrameBatch frames;
        framer.feed(sandbox.read(u"live.mp3"_s), frames);
        framer.finish(frames);
        QVERIFY(listener.hears(32'000));
        QVERIFY(listener.audio().contains(frames.bytes));
        QVERIFY(listener.isUnbroken());
        QCOMPARE(decodingFaults(sandbox, listener.audio()), QByteArray());
    }

    void aWrongPasswordGets401AndThePlaylistGoesOn()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start());
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(16'000));

        QStringList arguments = ffmpegArguments({});
        arguments.replaceInStrings(u"PASSWORD"_s, u"guess"_s);
        const ProgramResult ffmpeg = sandbox.run(u"ffmpeg"_s, filledIn(arguments, station, sandbox));
        QVERIFY(ffmpeg.exitCode > 0);
        QVERIFY2(ffmpeg.errors.contains("401"), ffmpeg.errors);
        const ProgramResult curl =
            sandbox.run(u"curl"_s, filledIn(curlArguments(u"FILE"_s, u"guess"_s), station, sandbox));
        QCOMPARE(curl.output, QByteArray("401"));
        QVERIFY2(sandbox.read(u"answer.txt"_s).contains("password"), sandbox.read(u"answer.txt"_s));

        QVERIFY(station.errors().contains("wrong user name or password"));
        QVERIFY(station.errors().contains("127.0.0.1"));
        QVERIFY(!station.errors().contains("guess"));
        QCOMPARE(station.status()[u"source_connected"_s].toBool(), false);
        QVERIFY(listener.hears(16'000));
        QVERIFY(listener.isUnbroken());
        // Two wrong tries keep nobody with the right password out.
        const auto source = sandbox.start(u"curl"_s, filledIn(curlArguments(u"FILE"_s), station, sandbox));
        QTRY_VERIFY_WITH_TIMEOUT(station.isLive(), 15'000);
        source->kill();
        source->waitForFinished();
    }

    void unknownFormatsAndOtherMountsAreRefusedInWords()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        sandbox.write(u"live.mp3"_s, QByteArray(50'000, 'x'));
        QVERIFY(station.start());
        QStringList other = filledIn(curlArguments(u"FILE"_s), station, sandbox);
        other.replaceInStrings(u"/stream"_s, u"/other"_s);
        QCOMPARE(sandbox.run(u"curl"_s, other).output, QByteArray("404"));
        QVERIFY(sandbox.read(u"answer.txt"_s).contains("/stream"));
        QStringList webm = filledIn(curlArguments(u"FILE"_s), station, sandbox);
        webm.replaceInStrings(u"audio/mpeg"_s, u"audio/webm"_s);
        QCOMPARE(sandbox.run(u"curl"_s, webm).output, QByteArray("415"));
        QTRY_COMPARE(station.status()[u"heard"_s].toString(), u"playlist"_s);
    }

    void theTitleOfTheLiveSourceReachesThePlayers()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start());
        StreamListener listener(station.listenPort(), "/stream", true);
        const auto source = sandbox.start(u"ffmpeg"_s, filledIn(ffmpegArguments({}), station, sandbox));
        QTRY_VERIFY_WITH_TIMEOUT(station.isLive(), 10'000);
        const QString query =
            u"http://127.0.0.1:PORT/admin/metadata?mode=updinfo&mount=/stream&charset=UTF-8&song=Gr%C3%BC%C3%9Fe%20-%20Live"_s;
        const ProgramResult told = sandbox.run(
            u"curl"_s, filledIn({u"-s"_s, u"-u"_s, u"source:PASSWORD"_s, query}, station, sandbox));
        QVERIFY2(told.output.contains("<return>1</return>"), told.output);
        const QByteArray title = QStringLiteral("StreamTitle='Gr\u00FC\u00DFe - Live';").toUtf8();
        QTRY_VERIFY_WITH_TIMEOUT(isTold(listener, title), 10'000);
        QVERIFY(listener.isUnbroken());
        source->kill();
        source->waitForFinished();
    }
};

QTEST_GUILESS_MAIN(TestRealSources)
#include "tst_realsources.moc"
