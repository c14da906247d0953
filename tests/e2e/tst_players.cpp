// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Players that people have: what they decode is what was sent, and they show its title.
#include "tests/e2e/runningstation.h"
#include "tests/e2e/soundcheck.h"
#include "tests/support/slack.h"

#include <QFile>
#include <QLocalSocket>
#include <QTest>

#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

class TestPlayers : public QObject
{
    Q_OBJECT

    Sandbox m_sandbox;
    RunningStation m_station{m_sandbox};
    const QString m_title = titledToneTitle();

    void checkSound(const QString &name, double atLeastSeconds)
    {
        const Sound sound = soundOf(m_sandbox, name);
        QVERIFY2(sound.isTone(440, atLeastSeconds), sound.text());
    }

    void checkMessages(const ProgramResult &player)
    {
        const QByteArray said = player.output + player.errors;
        QVERIFY2(said.contains(m_title.toUtf8()), said.right(3000));
        QVERIFY2(decoderMessages(said).isEmpty(), decoderMessages(said));
    }

private slots:
    void initTestCase()
    {
        m_station.setOwnMusic();
        QVERIFY(makeTitledTone(m_sandbox));
        QVERIFY(m_station.start());
    }

    void cleanup()
    {
        // Nobody stays behind in the count.
        QTRY_COMPARE(m_station.status()[u"listeners"_s].toInt(-1), 0);
    }

    void mpv()
    {
        const ProgramResult player =
            m_sandbox.run(u"mpv"_s, {u"--no-config"_s, u"--no-video"_s, u"--ao=pcm"_s,
                                     u"--ao-pcm-file=mpv.wav"_s, u"--length=3"_s, u"--msg-level=all=info"_s,
                                     u"--term-status-msg="_s, m_station.streamUrl()});
        QCOMPARE(player.exitCode, 0);
        checkMessages(player);
        checkSound(u"mpv.wav"_s, 2.5);
    }

    void mpg123()
    {
        const ProgramResult player =
            m_sandbox.run(u"mpg123"_s, {u"-n"_s, u"120"_s, u"-w"_s, u"mpg123.wav"_s, m_station.streamUrl()});
        QCOMPARE(player.exitCode, 0);
        checkMessages(player);
        checkSound(u"mpg123.wav"_s, 3);
    }

    void vlc()
    {
        QString program = u"cvlc"_s;
        QStringList arguments{u"-vv"_s,
                              u"-I"_s,
                              u"dummy"_s,
                              u"--no-interact"_s,
                              u"--run-time=3"_s,
                              u"--sout"_s,
                              u"#transcode{vcodec=none,acodec=s16l,channels=2,samplerate=44100}:"
                              "std{access=file,mux=wav,dst=-}"_s,
                              m_station.streamUrl(),
                              u"vlc://quit"_s};
        if (::geteuid() == 0) { // it refuses to run as root
            arguments = QStringList{u"--reuid=nobody"_s, u"--regid=nogroup"_s, u"--clear-groups"_s, program} +
                        arguments;
            program = u"setpriv"_s;
        }
        const ProgramResult player = m_sandbox.run(program, arguments);
        QVERIFY2(player.errors.contains("New Icy-Title=" + m_title.toUtf8()), player.errors.right(3000));
        m_sandbox.write(u"vlc.wav"_s, player.output);
        checkSound(u"vlc.wav"_s, 2.5);
    }

    void streamripper()
    {
        // It takes titles for Latin-1 unless it is told.
        const ProgramResult player =
            m_sandbox.run(u"streamripper"_s, {m_station.streamUrl(), u"-d"_s, u"ripped"_s, u"-l"_s, u"4"_s,
                                              u"-s"_s, u"-a"_s, u"whole"_s, u"--quiet"_s,
                                              u"--codeset-metadata=UTF-8"_s, u"--codeset-filesys=UTF-8"_s});
        QCOMPARE(player.exitCode, 0);
        QVERIFY(QFile::exists(m_sandbox.path(u"ripped/incomplete/%1.mp3"_s.arg(m_title))));
        QVERIFY(!frameStarts(m_sandbox.read(u"ripped/whole.mp3"_s)).isEmpty());
        checkSound(u"ripped/whole.mp3"_s, 2.5);
    }

    void gstreamer()
    {
        const ProgramResult player = m_sandbox.run(
            u"gst-launch-1.0"_s,
            QStringLiteral("-t souphttpsrc iradio-mode=true num-buffers=6 location=%1 ! icydemux ! "
                           "mpegaudioparse ! mpg123audiodec ! audioconvert ! wavenc ! filesink "
                           "location=gstreamer.wav")
                .arg(m_station.streamUrl())
                .split(u' '));
        QCOMPARE(player.exitCode, 0);
        checkMessages(player);
        checkSound(u"gstreamer.wav"_s, 3);
    }

    // A server that plays: driven over its own protocol, it writes what it hears into a file.
    void mpd()
    {
        const QString door = m_sandbox.path(u"mpd.socket"_s);
        m_sandbox.write(u"mpd.conf"_s, "bind_to_address \"" + door.toUtf8() +
                                           "\"\nlog_file \"/dev/stderr\"\nzeroconf_enabled \"no\"\n"
                                           "input {\n  plugin \"curl\"\n}\n"
                                           "audio_output {\n  type \"recorder\"\n  name \"file\"\n  path \"" +
                                           m_sandbox.path(u"mpd.wav"_s).toUtf8() +
                                           "\"\n  encoder \"wave\"\n  format \"44100:16:2\"\n}\n");
        const auto program =
            m_sandbox.start(u"mpd"_s, {u"--no-daemon"_s, u"--stderr"_s, m_sandbox.path(u"mpd.conf"_s)});
        QLocalSocket socket;
        QByteArray said;
        const bool isThere = waitUntil(
            [&] {
                if (socket.state() == QLocalSocket::UnconnectedState)
                    socket.connectToServer(door);
                if (socket.state() == QLocalSocket::ConnectedState)
                    said += socket.readAll();
                return said.startsWith("OK MPD ") && said.endsWith('\n');
            },
            20'000);
        QVERIFY2(isThere, program->readAllStandardError());
        // Its answers are lines of "name: value"; the last one says whether all is well.
        const auto ask = [&socket](const QByteArray &command) {
            socket.write(command + '\n');
            QByteArray answer;
            const auto isWhole = [&] {
                answer += socket.readAll();
                return answer.endsWith("OK\n") || (answer.contains("ACK [") && answer.endsWith('\n'));
            };
            return waitUntil(isWhole, 10'000) ? answer : QByteArray("no answer");
        };
        const auto value = [&ask](const QByteArray &command, const QByteArray &name) {
            for (const QByteArray &line : ask(command).split('\n')) {
                if (line.startsWith(name + ": "))
                    return line.sliced(name.size() + 2);
            }
            return QByteArray();
        };
        QCOMPARE(ask("add \"" + m_station.streamUrl().toLatin1() + '"'), QByteArray("OK\n"));
        QCOMPARE(ask("play"), QByteArray("OK\n"));
        QVERIFY2(waitUntil([&] { return value("status", "elapsed").toDouble() > 1; }, 20'000),
                 ask("status") + program->readAllStandardError());
        const double elapsed = value("status", "elapsed").toDouble();
        QVERIFY(waitUntil([&] { return value("status", "elapsed").toDouble() > elapsed + 2; }, 20'000));
        QCOMPARE(value("currentsong", "Title"), m_title.toUtf8());
        QCOMPARE(value("currentsong", "Name"), QByteArray("Cycast Radio"));
        QCOMPARE(value("status", "state"), QByteArray("play"));
        QCOMPARE(value("status", "error"), QByteArray());
        QCOMPARE(ask("stop"), QByteArray("OK\n"));
        program->terminate();
        QVERIFY(waitUntil([&] { return program->state() == QProcess::NotRunning; }, 10'000));
        const QByteArray log = program->readAllStandardError();
        QVERIFY2(decoderMessages(log).isEmpty(), decoderMessages(log));
        checkSound(u"mpd.wav"_s, 2.5);
    }

    void ffmpeg()
    {
        const ProgramResult player =
            m_sandbox.run(u"ffmpeg"_s, {u"-v"_s, u"warning"_s, u"-xerror"_s, u"-t"_s, u"3"_s, u"-i"_s,
                                        m_station.streamUrl(), u"-c:a"_s, u"pcm_s16le"_s, u"ffmpeg.wav"_s});
        QCOMPARE(player.exitCode, 0);
        QCOMPARE(player.errors, QByteArray());
        checkSound(u"ffmpeg.wav"_s, 2.5);
    }

    void listPlayersOpenTheM3u()
    {
        const ProgramResult player = m_sandbox.run(u"mpg123"_s, {u"-n"_s, u"60"_s, u"-w"_s, u"list.wav"_s,
                                                                 u"-@"_s, m_station.url(u"/stream.m3u"_s)});
        QCOMPARE(player.exitCode, 0);
        checkSound(u"list.wav"_s, 1.5);
    }
};

QTEST_GUILESS_MAIN(TestPlayers)
#include "tst_players.moc"
