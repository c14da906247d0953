// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that people listen with, and the tuning guide's own commands.
#include "tests/e2e/runningstation.h"
#include "tests/e2e/streamlistener.h"
#include "tests/support/slack.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

class TestRealPlayers : public QObject
{
    Q_OBJECT

    Sandbox m_sandbox;
    RunningStation m_station{m_sandbox};

    ProgramResult curl(const QStringList &arguments) const
    {
        return m_sandbox.run(u"curl"_s, QStringList{u"-s"_s} + arguments);
    }

private slots:
    void initTestCase()
    {
        m_station.setOwnMusic();
        QVERIFY(makeTone(m_sandbox, u"music/1.mp3"_s, 440, 200,
                         {u"-b:a"_s, u"128k"_s, u"-metadata"_s,
                          QStringLiteral("title=B\u00E4ume <b>&\"im\" Wind"), u"-metadata"_s,
                          QStringLiteral("artist=\u5C71\u7530")}));
        QVERIFY(m_station.start(
            RunningStation::settingsText("metadata { station_name = \"Radio \\\"Test\\\"\" }\n")));
    }

    void ffmpegDecodesTheStream()
    {
        const ProgramResult played =
            m_sandbox.run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-xerror"_s, u"-t"_s, u"6"_s, u"-i"_s,
                                        m_station.streamUrl(), u"-f"_s, u"null"_s, u"-"_s});
        QCOMPARE(played.exitCode, 0);
        QCOMPARE(played.errors, QByteArray());
    }

    void ffprobeReadsTitleAndStation()
    {
        const ProgramResult probed =
            m_sandbox.run(u"ffprobe"_s, {u"-v"_s, u"error"_s, u"-show_entries"_s,
                                         u"format_tags:stream=codec_name,sample_rate,bit_rate"_s, u"-of"_s,
                                         u"json"_s, m_station.streamUrl()});
        QCOMPARE(probed.exitCode, 0);
        const QJsonObject found = QJsonDocument::fromJson(probed.output).object();
        const QJsonObject tags = found[u"format"_s][u"tags"_s].toObject();
        QCOMPARE(tags[u"icy-name"_s].toString(), u"Radio \"Test\""_s);
        QCOMPARE(tags[u"icy-br"_s].toString(), u"128"_s);
        QCOMPARE(tags[u"StreamTitle"_s].toString(),
                 QStringLiteral("\u5C71\u7530 - B\u00E4ume <b>&\"im\" Wind"));
        const QJsonObject stream = found[u"streams"_s][0].toObject();
        QCOMPARE(stream[u"codec_name"_s].toString(), u"mp3"_s);
        QCOMPARE(stream[u"sample_rate"_s].toString(), u"44100"_s);
        QCOMPARE(stream[u"bit_rate"_s].toString(), u"128000"_s);
    }

    void curlHeadIsAnsweredAtOnce()
    {
        // The guide: time curl -I http://localhost:8001/stream
        const MachineSlack slack;
        const ProgramResult head =
            curl({u"-I"_s, u"-w"_s, u"%{http_code} %{time_starttransfer}"_s, m_station.streamUrl()});
        QCOMPARE(head.exitCode, 0);
        const QList<QByteArray> figures = head.output.split('\n').constLast().split(' ');
        QCOMPARE(figures.value(0), QByteArray("200"));
        QVERIFY2(figures.value(1).toDouble() < 0.1 + slack.seconds(), head.output);
        for (const char *line :
             {"HTTP/1.0 200 OK\r\n", "Content-Type: audio/mpeg\r\n", "Connection: close\r\n",
              "Access-Control-Allow-Origin: *\r\n", "icy-name: Radio"})
            QVERIFY2(head.output.contains(line), line);
        for (const char *line : {"Content-Length", "Transfer-Encoding", "Accept-Ranges", "icy-metaint:"})
            QVERIFY2(!head.output.contains(line), line);
    }

    void curlMeasuresTheRateOfTheStream()
    {
        // The guide: timeout 30 curl ... -w %{speed_download}; a shorter while, in which the burst counts.
        constexpr double seconds = 8;
        const MachineSlack slack;
        const ProgramResult loaded =
            curl({u"--max-time"_s, QString::number(seconds), u"-o"_s, u"/dev/null"_s, u"-w"_s,
                  u"%{size_download} %{time_starttransfer}"_s, m_station.streamUrl()});
        const QList<QByteArray> figures = loaded.output.split(' ');
        const double afterBurst = figures.value(0).toDouble() - 4 * 16384;
        QVERIFY2(afterBurst > 16'000 * (seconds - 1.5) && afterBurst < 16'000 * (seconds + 1.5),
                 loaded.output);
        QVERIFY2(figures.value(1).toDouble() < 0.1 + slack.seconds(), loaded.output);
    }

    void curlGetsTitlesOnlyWhenItAsks()
    {
        const QStringList two{u"--max-time"_s, u"2"_s, u"-o"_s, u"body"_s, u"-D"_s, u"-"_s};
        const ProgramResult without = curl(two + QStringList{m_station.streamUrl()});
        QVERIFY(!without.output.contains("\nicy-metaint:"));
        QVERIFY(!frameStarts(m_sandbox.read(u"body"_s)).isEmpty());
        const ProgramResult with =
            curl(two + QStringList{u"-H"_s, u"icy-metadata: 1"_s, m_station.streamUrl()});
        QVERIFY2(with.output.contains("\nicy-metaint: 16000\r"), with.output);
        const QByteArray body = m_sandbox.read(u"body"_s);
        QVERIFY(body.size() > 17'000);
        QVERIFY(!frameStarts(body.left(16'000)).isEmpty());
        QVERIFY(body[16'000] > 0);
        QVERIFY(body.mid(16'001).startsWith("StreamTitle='"));
    }

    void curlAskingForARangeGetsTheStream()
    {
        const ProgramResult ranged =
            curl({u"--max-time"_s, u"1"_s, u"-o"_s, u"/dev/null"_s, u"-w"_s, u"%{http_code}"_s, u"-H"_s,
                  u"Range: bytes=0-"_s, m_station.streamUrl()});
        QCOMPARE(ranged.output, QByteArray("200"));
    }

    void curlReadsTheApi()
    {
        // The guide: curl -s http://localhost:8001/api/stats | jq .buffer
        StreamListener listener(m_station.listenPort());
        QVERIFY(listener.hears(40'000));
        const QJsonObject stats =
            QJsonDocument::fromJson(curl({m_station.url(u"/api/stats"_s)}).output).object();
        const QJsonObject buffer = stats[u"buffer"_s].toObject();
        QCOMPARE(buffer[u"available"_s].toInt() + buffer[u"space"_s].toInt(), 20 * 1024 * 1024);
        QVERIFY(buffer[u"fill_percentage"_s].toDouble() > 5 && buffer[u"fill_percentage"_s].toDouble() < 95);
        QVERIFY(stats[u"total_listeners"_s].toInt() >= 1);
        const QJsonArray listeners = stats[u"listeners"_s].toArray();
        const QJsonObject last = listeners.last().toObject();
        QVERIFY(last[u"id"_s].toInt() > 0);
        QVERIFY(last[u"bytes_sent"_s].toInt() >= 40'000);
        QVERIFY(last.contains(u"connected_seconds"_s));
        QCOMPARE(last[u"active"_s].toBool(), true);
        QVERIFY(stats[u"total_bytes_sent"_s].toDouble() >= last[u"bytes_sent"_s].toDouble());

        const QJsonObject status =
            QJsonDocument::fromJson(curl({m_station.url(u"/api/status"_s)}).output).object();
        for (const char *key : {"source_connected", "source_status", "metadata", "listeners",
                                "uptime_seconds", "uptime_formatted", "station_name", "station_genre"})
            QVERIFY2(status.contains(QLatin1StringView(key)), key);
        QCOMPARE(status[u"metadata"_s][u"title"_s].toString(), QStringLiteral("B\u00E4ume <b>&\"im\" Wind"));
        QCOMPARE(status[u"metadata"_s][u"artist"_s].toString(), QStringLiteral("\u5C71\u7530"));
    }

    void curlReadsPlaylistsThatLeadBack()
    {
        for (const QString &ending : {u".m3u"_s, u".pls"_s, u".xspf"_s}) {
            const ProgramResult list = curl({m_station.url(u"/stream"_s + ending)});
            QVERIFY2(list.output.contains(m_station.url(u"/stream"_s).toLatin1()), list.output);
        }
        // ffmpeg takes no playlists of this kind; the address in it is the one it plays above.
        QCOMPARE(curl({m_station.url(u"/stream.m3u"_s)}).output.trimmed().split('\n').constLast(),
                 m_station.streamUrl().toLatin1());
    }

    void curlReadsThePage()
    {
        const ProgramResult page = curl({u"-i"_s, m_station.url(u"/"_s)});
        QVERIFY(page.output.contains("text/html"));
        QVERIFY(page.output.contains("Radio &quot;Test&quot;") ||
                page.output.contains("Radio &#34;Test&#34;"));
        QVERIFY(!page.output.contains("<b>&\"im\""));
    }

    void curlIsRefusedInWords()
    {
        const ProgramResult missing = curl({u"-w"_s, u"%{http_code}"_s, m_station.url(u"/nothing"_s)});
        QVERIFY2(missing.output.endsWith("404") && missing.output.contains("/stream"), missing.output);
        const ProgramResult wrong =
            curl({u"-X"_s, u"DELETE"_s, u"-w"_s, u"%{http_code}"_s, m_station.streamUrl()});
        QVERIFY2(wrong.output.endsWith("405"), wrong.output);
    }

    void aFullStationSaysWhenToComeBack()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start(RunningStation::settingsText("advanced {\n  max_listeners = 1\n"
                                                           "  enable_stats = false\n}\n")));
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(10'000));
        const HttpAnswer refused = httpGet(station.listenPort(), "/stream");
        QCOMPARE(refused.status, 503);
        QVERIFY(!refused.header("Retry-After").isEmpty());
        QVERIFY(refused.body.contains("full"));
        const HttpAnswer stats = httpGet(station.listenPort(), "/api/stats");
        QCOMPARE(stats.status, 403);
        QVERIFY(QJsonDocument::fromJson(stats.body).isObject());
        QVERIFY(listener.isConnected());
    }
};

QTEST_GUILESS_MAIN(TestRealPlayers)
#include "tst_realplayers.moc"
