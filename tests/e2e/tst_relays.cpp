// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Servers that listen and pass on: Icecast, nginx, liquidsoap.
#include "tests/e2e/runningstation.h"
#include "tests/e2e/soundcheck.h"
#include "tests/e2e/streamlistener.h"
#include "tests/support/paths.h"
#include "tests/support/slack.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

class TestRelays : public QObject
{
    Q_OBJECT

    static constexpr int stampedLength = 8000; ///< frames, 209 s

    Sandbox m_sandbox;
    RunningStation m_station{m_sandbox};
    Sandbox m_stampedSandbox;
    RunningStation m_stamped{m_stampedSandbox};
    const QByteArray m_title = titledToneTitle().toUtf8();
    std::unique_ptr<QProcess> m_icecast;
    quint16 m_icecastPort = 0;
    std::unique_ptr<StreamListener> m_minute; ///< Icecast's, from the beginning to the end of this program

    /// Everybody may look into this test's folder: servers give their rights away.
    void openFolder(const QString &name) const
    {
        QDir().mkpath(m_sandbox.path(name));
        QFile::setPermissions(m_sandbox.path(name), QFile::Permissions(0x7777));
    }

    static QJsonObject icestatsOn(quint16 port)
    {
        return QJsonDocument::fromJson(httpGet(port, "/status-json.xsl").body)
            .object()[u"icestats"_s]
            .toObject();
    }

    static QByteArray relayed(quint16 port, const QByteArray &localMount)
    {
        return "<relay><server>127.0.0.1</server><port>" + QByteArray::number(port) +
               "</port><mount>/stream</mount><local-mount>" + localMount +
               "</local-mount><on-demand>0</on-demand>"
               "<relay-shoutcast-metadata>1</relay-shoutcast-metadata></relay>";
    }

    void startIcecast()
    {
        m_icecastPort = freePort();
        openFolder(u"icelog"_s);
        const QByteArray owner =
            ::geteuid() == 0 ? "<changeowner><user>icecast2</user><group>icecast</group></changeowner>" : "";
        m_sandbox.write(
            u"icecast.xml"_s,
            "<icecast><limits><clients>20</clients><sources>4</sources></limits>"
            "<authentication><source-password>relay-word</source-password><admin-user>admin</admin-user>"
            "<admin-password>relay-word</admin-password></authentication><hostname>localhost</hostname>"
            "<listen-socket><port>" +
                QByteArray::number(m_icecastPort) +
                "</port><bind-address>127.0.0.1</bind-address></listen-socket>" +
                relayed(m_station.listenPort(), "/relayed") + relayed(m_stamped.listenPort(), "/stamped") +
                "<fileserve>0</fileserve><paths><basedir>/usr/share/icecast2</basedir><logdir>" +
                m_sandbox.path(u"icelog"_s).toUtf8() +
                "</logdir><webroot>/usr/share/icecast2/web</webroot>"
                "<adminroot>/usr/share/icecast2/admin</adminroot></paths>"
                "<logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog>"
                "<loglevel>3</loglevel></logging><security><chroot>0</chroot>" +
                owner + "</security></icecast>\n");
        m_icecast = m_sandbox.start(u"icecast2"_s, {u"-c"_s, m_sandbox.path(u"icecast.xml"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(icestatsOn(m_icecastPort)[u"source"_s].toArray().size(), 2, 20'000);
    }

    QByteArray icecastLog() const { return m_sandbox.read(u"icelog/error.log"_s); }

private slots:
    void initTestCase()
    {
        m_station.setOwnMusic();
        QVERIFY(makeTitledTone(m_sandbox));
        QVERIFY(
            m_station.start(RunningStation::settingsText("server { trusted_proxies = [\"127.0.0.1\"] }\n")));
        m_stamped.setOwnMusic();
        m_stampedSandbox.write(u"music/1.mp3"_s, stampedFrames(1, stampedLength));
        QVERIFY(m_stamped.start());
        openFolder(u"."_s);
        startIcecast();
        m_minute = std::make_unique<StreamListener>(m_icecastPort, "/stamped", true);
    }

    void icecastTakesTitlesAndHeaders()
    {
        StreamListener listener(m_icecastPort, "/relayed", true);
        QVERIFY2(listener.hears(64'000 + 2 * 16'000, 60'000), icecastLog());
        QVERIFY(!listener.titles().isEmpty());
        QVERIFY2(listener.titles().constLast().text.contains(m_title), listener.titles().constLast().text);
        const QByteArray audio = listener.audio();
        // Every frame after the one it began in, to the byte. (Two bytes like a header's may stand in the
        // music too.)
        qsizetype first = 0;
        while (first < 2000 && frameStarts(audio.sliced(first)).isEmpty())
            ++first;
        QVERIFY2(first < 2000, QByteArray::number(first));
        QCOMPARE(decodingFaults(m_sandbox, audio.sliced(first)), QByteArray());
        // What Icecast makes of our headers, in the shape that our own page has.
        QJsonObject theirs;
        const QJsonArray relays = icestatsOn(m_icecastPort)[u"source"_s].toArray();
        for (qsizetype i = 0; i < relays.size(); ++i) {
            const QJsonObject relay = relays.at(i).toObject();
            if (relay[u"listenurl"_s].toString().endsWith("/relayed"_L1))
                theirs = relay;
        }
        const QJsonObject ours = icestatsOn(m_station.listenPort())[u"source"_s].toObject();
        QVERIFY(!theirs.isEmpty());
        QCOMPARE(theirs[u"server_name"_s], ours[u"server_name"_s]);
        QCOMPARE(theirs[u"server_type"_s], ours[u"server_type"_s]);
        // (Not the title's text: Icecast 2.4 encodes that of a relay twice.)
        for (const QString &key : theirs.keys()) {
            QVERIFY2(ours.contains(key) || key.startsWith("ice-"_L1), qPrintable(key));
            QVERIFY2(ours[key].type() == theirs[key].type() || key.startsWith("ice-"_L1), qPrintable(key));
        }
    }

    void nginxInFrontAsTheReadmeSays()
    {
        QFile readme(sourcePath(u"README.md"_s));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        static const QRegularExpression block(u"```nginx\\n(.*?)```"_s,
                                              QRegularExpression::DotMatchesEverythingOption);
        QByteArray location = block.match(QString::fromUtf8(readme.readAll())).captured(1).toUtf8();
        QVERIFY(location.contains("proxy_pass http://127.0.0.1:8001"));
        location.replace("127.0.0.1:8001", "127.0.0.1:" + QByteArray::number(m_station.listenPort()));
        const quint16 port = freePort();
        const QByteArray folder = m_sandbox.path(u"."_s).toUtf8();
        m_sandbox.write(u"nginx.conf"_s, "daemon off;\npid " + folder +
                                             "/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n"
                                             "access_log off;\nclient_body_temp_path " +
                                             folder + "/n1;\nproxy_temp_path " + folder +
                                             "/n2;\nfastcgi_temp_path " + folder + "/n3;\nuwsgi_temp_path " +
                                             folder + "/n4;\nscgi_temp_path " + folder +
                                             "/n5;\nserver {\nlisten 127.0.0.1:" + QByteArray::number(port) +
                                             ";\n" + location + "}\n}\n");
        const auto nginx = m_sandbox.start(
            u"nginx"_s, {u"-p"_s, m_sandbox.path(u"."_s), u"-c"_s, m_sandbox.path(u"nginx.conf"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(httpGet(port, "/api/status").status, 200, 20'000);

        // nginx chunks it for HTTP/1.1; curl takes that apart.
        m_sandbox.run(u"curl"_s, {u"-s"_s, u"--max-time"_s, u"6"_s, u"-o"_s, u"nginx.mp3"_s,
                                  u"http://127.0.0.1:%1/stream"_s.arg(port)});
        const QByteArray audio = m_sandbox.read(u"nginx.mp3"_s);
        QVERIFY2(audio.size() > 64'000 + 3 * 16'000, QByteArray::number(audio.size()));
        QVERIFY(!frameStarts(audio).isEmpty());
        const ProgramResult probed = m_sandbox.run(u"ffprobe"_s, {u"-v"_s, u"error"_s, u"-show_entries"_s,
                                                                  u"format_tags=StreamTitle"_s,
                                                                  u"http://127.0.0.1:%1/stream"_s.arg(port)});
        QVERIFY2(probed.output.contains(m_title), probed.output + probed.errors);
        // Links lead back through nginx.
        QCOMPARE(httpGet(port, "/stream.m3u").body,
                 "http://127.0.0.1:" + QByteArray::number(port) + "/stream\r\n");
        const ProgramResult played =
            m_sandbox.run(u"ffmpeg"_s, {u"-v"_s, u"warning"_s, u"-xerror"_s, u"-t"_s, u"3"_s, u"-i"_s,
                                        u"http://127.0.0.1:%1/stream"_s.arg(port), u"-c:a"_s, u"pcm_s16le"_s,
                                        u"nginx.wav"_s});
        QCOMPARE(played.errors, QByteArray());
        const Sound sound = soundOf(m_sandbox, u"nginx.wav"_s);
        QVERIFY2(sound.isTone(440, 2.5), sound.text());
    }

    void liquidsoapListens()
    {
        m_sandbox.write(
            u"listen.liq"_s,
            "set(\"init.allow_root\", true)\nset(\"log.stdout\", true)\nset(\"log.file\", false)\n"
            "s = input.http(\"" +
                m_station.streamUrl().toLatin1() +
                "\")\n"
                "s.on_metadata(fun (m) -> print(\"TITLE \" ^ m[\"title\"]))\n"
                "output.file(%wav, fallible=true, \"" +
                m_sandbox.path(u"liquidsoap.wav"_s).toUtf8() + "\", s)\n");
        const auto liquidsoap = m_sandbox.start(u"liquidsoap"_s, {m_sandbox.path(u"listen.liq"_s)});
        QByteArray said;
        // It takes its time to start.
        QVERIFY2(waitUntil(
                     [&] {
                         said += liquidsoap->readAllStandardOutput() + liquidsoap->readAllStandardError();
                         return QFileInfo(m_sandbox.path(u"liquidsoap.wav"_s)).size() > 4 * 176'400 &&
                                said.contains("TITLE " + m_title);
                     },
                     60'000),
                 said.right(3000));
        QVERIFY2(decoderMessages(said).isEmpty(), decoderMessages(said));
        liquidsoap->terminate();
        QVERIFY(waitUntil([&] { return liquidsoap->state() == QProcess::NotRunning; }, 20'000));
        const Sound sound = soundOf(m_sandbox, u"liquidsoap.wav"_s);
        QVERIFY2(sound.isTone(440, 3), sound.text());
    }

    // The last one: the minute goes by while the others are at work.
    void icecastPullsForAMinuteUnbroken()
    {
        constexpr qint64 burst = 64'000;
        constexpr qint64 minute = 60 * 16'000;
        QVERIFY2(waitUntil([this] { return m_minute->audioBytes() >= burst + minute; }, 100'000),
                 QByteArray::number(m_minute->audioBytes()) + '\n' + icecastLog());
        const QByteArray audio = m_minute->audio();
        // From the first whole frame on; where a listener of Icecast's begins is chance.
        constexpr qsizetype stampAt = 36;
        const qsizetype first = audio.indexOf("STMP", stampAt) - stampAt;
        QVERIFY2(first >= 0 && first < 500, QByteArray::number(first));
        const StampedStream heard(audio.sliced(first));
        QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
        QCOMPARE(heard.sequenceFault({0, stampedLength}), QString());
        QCOMPARE(heard.silentFrames(), 0);
        QVERIFY2(heard.count(1) * stampedFrameSeconds > 60, qPrintable(heard.summary()));
        // (Icecast leaves out a block's last semicolon where it would begin another 16 bytes.)
        QVERIFY(!m_minute->titles().isEmpty());
        QVERIFY(m_minute->titles().constLast().text.startsWith("StreamTitle='1'"));
        QVERIFY(!m_minute->hasEnded());
    }
};

QTEST_GUILESS_MAIN(TestRelays)
#include "tst_relays.moc"
