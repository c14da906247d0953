// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The built-in listener against the real station, through the real socket.
#include "core/audition/auditor.h"
#include "core/audition/streamsound.h"
#include "core/playlist/library/demomusic.h"
#include "core/station/threadedstation.h"
#include "tests/support/slack.h"
#include "tests/support/stampedframes.h"

#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <array>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

using Verdict = Audition::Verdict;

/// A noisy machine gets two seconds more than the five that are promised.
constexpr int promptMs = 7'000;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A station that listens to itself, with demo music and a mute track.
struct Desk {
    QTemporaryDir folder;
    QStringList loud; ///< paths
    Settings settings;
    ThreadedStation control{{PortRule::AnyAllowed, folder.path(), false, true}};

    Desk()
    {
        if (!installDemoMusic(folder.path()))
            qFatal("The demo music cannot be written.");
        const QDir dir(folder.path());
        for (const QString &name : dir.entryList({u"*.mp3"_s}, QDir::Files))
            loud.append(dir.filePath(name));
        settings.server.host = u"127.0.0.1"_s;
        settings.server.sourcePort = 0;
        settings.server.listenPort = 0;
        settings.server.sourcePassword = u"ocean-lamp-42"_s;
        settings.playlist.shuffle = false;
    }

    static PlaylistEntry entry(const QString &path, const QString &title)
    {
        PlaylistEntry entry;
        entry.id = newEntryId();
        entry.path = path;
        entry.track.entryId = entry.id;
        entry.track.title = title;
        entry.tagsRead = true;
        return entry;
    }

    PlaylistEntry mute() const
    {
        QFile file(QDir(folder.path()).filePath(u"mute.mp3"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(test::stampedFrames(1, 4'000)) < 0)
            qFatal("The mute track cannot be written.");
        return entry(file.fileName(), u"Mute"_s);
    }

    void goOnAir(const QList<PlaylistEntry> &entries)
    {
        control.applySettings(settings);
        control.setPlaylist(entries);
        control.goOnAir();
    }
    Verdict verdict() const { return control.lastAudition().verdict; }
};

/// Speaks like the station, and stops when told.
class Pretender : public QTcpServer
{
public:
    explicit Pretender(QByteArray audio)
        : m_audio(std::move(audio))
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            m_socket = nextPendingConnection();
            m_socket->write("HTTP/1.0 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n");
        });
        connect(&m_timer, &QTimer::timeout, this, [this] {
            if (m_socket == nullptr || !isSending)
                return;
            m_socket->write(m_audio.mid(m_sent, 4'000));
            m_sent = (m_sent + 4'000) % (m_audio.size() - 4'000);
        });
        m_timer.start(250);
        listen(QHostAddress::LocalHost);
    }
    bool isSending = true;
    void hangUp()
    {
        close();
        m_timer.stop();
        if (m_socket != nullptr)
            m_socket->abort();
    }
    StationStatus status() const
    {
        StationStatus status;
        status.state = AirState::OnAir;
        status.heard = ProgrammeKind::Playlist;
        status.addresses.localUrl = u"http://127.0.0.1:%1/stream"_s.arg(serverPort());
        return status;
    }

private:
    QByteArray m_audio;
    qsizetype m_sent = 0;
    QTcpSocket *m_socket = nullptr;
    QTimer m_timer;
};

} // namespace

class TestAudition : public QObject
{
    Q_OBJECT

private slots:
    void hearsTheProgrammeAndIsNobody()
    {
        Desk desk;
        QSignalSpy lists(&desk.control, &StationControl::listenersChanged);
        desk.control.watchListeners(true);
        desk.settings.advanced.maxListeners = 1;
        QCOMPARE(desk.verdict(), Verdict::Off);
        desk.goOnAir({Desk::entry(desk.loud[0], u"One"_s), Desk::entry(desk.loud[1], u"Two"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(desk.verdict(), Verdict::Hears, 10'000);
        QVERIFY(desk.control.lastAudition().levelDb > -40.0);
        // It stands in no figure, and takes nobody's seat.
        QCOMPARE(desk.control.lastStatus().listeners, 0);
        QCOMPARE(desk.control.lastStatus().listenersPeak, 0);
        QCOMPARE(desk.control.lastStatus().totalBytesSent, 0);
        for (const QList<QVariant> &call : std::as_const(lists)) {
            const auto update = call.first().value<ListenersUpdate>();
            QVERIFY(update.joined.isEmpty() && update.figures.isEmpty() && update.left.isEmpty());
        }
        QTcpSocket listener;
        listener.connectToHost(u"127.0.0.1"_s,
                               static_cast<quint16>(desk.control.lastStatus().addresses.listenPort));
        listener.write("GET /stream HTTP/1.1\r\nHost: x\r\nX-Cycast-Monitor: guessed\r\n\r\n");
        QTRY_COMPARE(desk.control.lastStatus().listeners, 1);
        desk.control.goOffAir();
        QTRY_COMPARE(desk.verdict(), Verdict::Off);
    }

    void aMuteFileTurnsTheLampAndIsSkipped()
    {
        Desk desk;
        const PlaylistEntry mute = desk.mute();
        const QList<PlaylistEntry> list{Desk::entry(desk.loud[0], u"One"_s), mute,
                                        Desk::entry(desk.loud[1], u"Two"_s)};
        desk.settings.alarm.silenceSeconds = 8;
        QSignalSpy events(&desk.control, &StationControl::eventHappened);
        desk.goOnAir(list);
        QTRY_COMPARE_WITH_TIMEOUT(desk.verdict(), Verdict::Hears, 10'000);
        desk.control.playFrom(mute.id, 0);
        QTRY_COMPARE(desk.control.lastStatus().current.entryId, mute.id);
        QTRY_COMPARE_WITH_TIMEOUT(desk.verdict(), Verdict::Silent, promptMs);
        QTRY_VERIFY_WITH_TIMEOUT(desk.control.lastAudition().alarm, 10'000);
        const auto rings = [&events] {
            return std::any_of(events.cbegin(), events.cend(), [](const QList<QVariant> &call) {
                const auto event = call.first().value<StationEvent>();
                return event.kind == StationEvent::Kind::Problem && event.text.contains(u"silence"_s);
            });
        };
        QTRY_VERIFY(rings());
        QCOMPARE(desk.control.lastStatus().current.entryId, mute.id); // nobody asked it to skip
        desk.settings.alarm.skipWhenSilent = true;
        desk.control.applySettings(desk.settings);
        QTRY_COMPARE_WITH_TIMEOUT(desk.control.lastStatus().current.title, u"Two"_s, 12'000);
        QTRY_COMPARE_WITH_TIMEOUT(desk.verdict(), Verdict::Hears, promptMs);
        QVERIFY(!desk.control.lastAudition().alarm);
    }

    void whoActsOnlyWhenAskedListensFromThatMomentOn()
    {
        Desk desk;
        ThreadedStation daemon({.portRule = PortRule::AnyAllowed,
                                .baseDirectory = desk.folder.path(),
                                .listensWhenItActs = true,
                                .isWatched = false});
        const auto verdict = [&daemon] { return daemon.lastAudition().verdict; };
        QSignalSpy onAir(&daemon, &StationControl::onAir);
        daemon.applySettings(desk.settings);
        daemon.setPlaylist(QList<PlaylistEntry>{Desk::entry(desk.loud[0], u"One"_s)});
        daemon.goOnAir();
        QTRY_COMPARE(onAir.count(), 1);
        QCOMPARE(verdict(), Verdict::Off);
        desk.settings.alarm.skipWhenSilent = true;
        daemon.applySettings(desk.settings);
        QTRY_COMPARE_WITH_TIMEOUT(verdict(), Verdict::Hears, 10'000);
        desk.settings.alarm.skipWhenSilent = false;
        daemon.applySettings(desk.settings);
        QTRY_COMPARE(verdict(), Verdict::Off);
    }

    void theEncoderIsKilled()
    {
        Desk desk;
        desk.goOnAir({});
        QTRY_VERIFY(desk.control.isOnAir());
        const QByteArray music = contentOf(desk.loud[0]);
        auto encoder = std::make_unique<QTcpSocket>();
        encoder->connectToHost(u"127.0.0.1"_s,
                               static_cast<quint16>(desk.control.lastStatus().addresses.sourcePort));
        encoder->write("SOURCE /stream HTTP/1.0\r\nAuthorization: Basic " +
                       QByteArray("source:ocean-lamp-42").toBase64() +
                       "\r\nContent-Type: audio/mpeg\r\n\r\n");
        qsizetype sent = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] {
            encoder->write(music.mid(sent, 4'000));
            sent = (sent + 4'000) % (music.size() - 4'000);
        });
        timer.start(250);
        QTRY_COMPARE_WITH_TIMEOUT(desk.verdict(), Verdict::Hears, 15'000);
        timer.stop();
        encoder->abort();
        QTRY_VERIFY_WITH_TIMEOUT(desk.verdict() != Verdict::Hears, promptMs);
        QTRY_COMPARE_WITH_TIMEOUT(desk.verdict(), Verdict::Silent, promptMs);
    }

    void theSendLoopStops()
    {
        Desk desk;
        Pretender pretender(contentOf(desk.loud[0]));
        Auditor auditor("token");
        auditor.take(pretender.status());
        QTRY_COMPARE_WITH_TIMEOUT(auditor.audition().verdict, Verdict::Hears, 10'000);
        pretender.isSending = false;
        QTRY_COMPARE_WITH_TIMEOUT(auditor.audition().verdict, Verdict::NothingComes, promptMs);
        // And the port is blocked altogether.
        pretender.isSending = true;
        QTRY_COMPARE_WITH_TIMEOUT(auditor.audition().verdict, Verdict::Hears, 10'000);
        const StationStatus status = pretender.status();
        pretender.hangUp();
        QTRY_COMPARE_WITH_TIMEOUT(auditor.audition().verdict, Verdict::NotConnected, promptMs);
        auditor.take(status);
        QCOMPARE(auditor.audition().verdict, Verdict::NotConnected);
    }

    void followsAMovedPort()
    {
        Desk desk;
        desk.goOnAir({Desk::entry(desk.loud[0], u"One"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(desk.verdict(), Verdict::Hears, 10'000);
        const QString before = desk.control.lastStatus().addresses.localUrl;
        desk.settings.server.mountPoint = u"/elsewhere"_s;
        desk.control.applySettings(desk.settings);
        QTRY_VERIFY(desk.control.lastStatus().addresses.localUrl != before);
        QTRY_COMPARE_WITH_TIMEOUT(desk.verdict(), Verdict::Hears, 10'000);
        QCOMPARE(desk.control.lastStatus().listeners, 0);
    }

    void otherFormatsAreHeard_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("AAC") << QStringList{u"-c:a"_s, u"aac"_s, u"-f"_s, u"adts"_s}
                             << QByteArray("audio/aac");
        QTest::newRow("Opus") << QStringList{u"-c:a"_s, u"libopus"_s, u"-f"_s, u"ogg"_s}
                              << QByteArray("application/ogg");
        QTest::newRow("FLAC") << QStringList{u"-c:a"_s, u"flac"_s, u"-f"_s, u"ogg"_s}
                              << QByteArray("application/ogg");
    }

    void otherFormatsAreHeard()
    {
        QFETCH(const QStringList, options);
        QFETCH(const QByteArray, type);
        QProcess ffmpeg;
        ffmpeg.start(u"ffmpeg"_s,
                     QStringList{u"-v"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s, u"sine=440:d=4"_s} +
                         options + QStringList{u"-"_s});
        QVERIFY(ffmpeg.waitForFinished());
        const QByteArray audio = ffmpeg.readAllStandardOutput();
        QVERIFY2(audio.size() > 8'000, ffmpeg.readAllStandardError().constData());
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = server.nextPendingConnection();
            socket->write("HTTP/1.0 200 OK\r\nContent-Type: " + type + "\r\n\r\n" + audio);
        });
        Ear ear;
        QSignalSpy sounds(&ear, &Ear::soundHeard);
        ear.listen(u"http://127.0.0.1:%1/stream"_s.arg(server.serverPort()), "token");
        const auto isLoud = [&sounds] {
            return std::any_of(sounds.cbegin(), sounds.cend(),
                               [](const QList<QVariant> &call) { return call.first().toDouble() > -30.0; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isLoud(), 20'000);
    }

    // For the loudspeakers: the sound itself, as it was sent, no more held than about a second.
    void soundIsHandedOver()
    {
        QProcess ffmpeg;
        ffmpeg.start(u"ffmpeg"_s,
                     {u"-v"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s, u"sine=440:d=6:r=44100"_s, u"-ac"_s,
                      u"2"_s, u"-b:a"_s, u"128k"_s, u"-f"_s, u"mp3"_s, u"-"_s});
        QVERIFY(ffmpeg.waitForFinished());
        const QByteArray audio = ffmpeg.readAllStandardOutput();
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        int connections = 0;
        QByteArray request;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = server.nextPendingConnection();
            ++connections;
            connect(socket, &QTcpSocket::readyRead, this, [&, socket] {
                request += socket->readAll();
                if (!request.endsWith("\r\n\r\n"))
                    return;
                socket->write("HTTP/1.0 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n" + audio);
                socket->disconnectFromHost();
            });
        });
        StreamSound sound;
        QCOMPARE(sound.format(), StreamSound::Format());
        sound.listen(u"http://127.0.0.1:%1/stream"_s.arg(server.serverPort()), {});
        QTRY_VERIFY(sound.heldMs() >= 1'000);
        QCOMPARE(sound.format(), (StreamSound::Format{44'100, 2}));
        // Nobody takes anything: it waits, and so does the reading.
        QVERIFY(!QTest::qWaitFor([&sound] { return sound.heldMs() > 1'500; }, 500));
        QVERIFY(request.contains("User-Agent: Cycast-Desktop/"));
        QVERIFY(!request.contains("Monitor"));

        // Five of the six seconds, counted by where the left channel crosses zero upwards.
        QList<qint16> left;
        std::array<qint16, 4'410> some{};
        const auto takeSome = [&] {
            const qsizetype count = sound.take(some.data(), static_cast<qsizetype>(some.size()));
            for (qsizetype i = 0; i < count; i += 2)
                left.append(some.at(static_cast<size_t>(i)));
            return left.size() >= 5 * 44'100;
        };
        QTRY_VERIFY(takeSome());
        int rises = 0;
        for (qsizetype i = 44'100; i < 3 * 44'100; ++i)
            rises += left.at(i - 1) < 0 && left.at(i) >= 0 ? 1 : 0;
        QVERIFY2(qAbs(rises - 880) <= 2, qPrintable(QString::number(rises)));
        // The server closed: it connects anew by itself.
        QTRY_VERIFY((takeSome(), connections >= 2));
        // Ends at once although it holds as much as it may.
        QTRY_VERIFY(sound.heldMs() >= 1'000);
        const test::MachineSlack slack;
        QElapsedTimer clock;
        clock.start();
        sound.stop();
        QVERIFY(clock.elapsed() < 2'000 + slack.ms());
        sound.drop();
        QCOMPARE(sound.take(some.data(), 10), 0);
    }

    void noiseIsNoProgramme()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = server.nextPendingConnection();
            socket->write("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + QByteArray(200'000, 'x'));
            socket->disconnectFromHost();
        });
        Ear ear;
        QSignalSpy ends(&ear, &Ear::disconnected);
        QSignalSpy sounds(&ear, &Ear::soundHeard);
        ear.listen(u"http://127.0.0.1:%1/stream"_s.arg(server.serverPort()), "token");
        QTRY_VERIFY(ends.count() > 0);
        QCOMPARE(sounds.count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestAudition)
#include "tst_audition.moc"
