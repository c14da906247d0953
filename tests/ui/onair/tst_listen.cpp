// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Listen with a sound system: PulseAudio with a loudspeaker that nobody hears and a microphone in front of
// it.
#include "core/playlist/library/demomusic.h"
#include "core/station/threadedstation.h"
#include "tests/support/slack.h"
#include "ui/onair/listenbar.h"

#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

class TestListen : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        const QString socket = m_folder.filePath(u"sound"_s);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name :
             {u"HOME"_s, u"XDG_RUNTIME_DIR"_s, u"XDG_CONFIG_HOME"_s, u"PULSE_STATE_PATH"_s})
            environment.insert(name, m_folder.path());
        environment.remove(u"PULSE_SERVER"_s);
        m_pulse.setProcessEnvironment(environment);
        m_pulse.setProcessChannelMode(QProcess::MergedChannels);
        m_pulse.start(u"pulseaudio"_s,
                      {u"-n"_s, u"--daemonize=no"_s, u"--use-pid-file=no"_s, u"--exit-idle-time=-1"_s,
                       u"--disable-shm=yes"_s, u"--realtime=no"_s, u"--high-priority=no"_s, u"-L"_s,
                       u"module-native-protocol-unix auth-anonymous=1 socket="_s + socket, u"-L"_s,
                       u"module-null-sink sink_name=hall rate=44100"_s});
        QVERIFY2(test::waitUntil([&socket] { return QFile::exists(socket); }, 10'000),
                 m_pulse.readAll().right(1'000));
        qputenv("PULSE_SERVER", "unix:" + socket.toUtf8());

        const QString music = m_folder.filePath(u"music"_s);
        QCOMPARE(installDemoMusic(music).value_or(0), 4);
        m_control =
            std::make_unique<ThreadedStation>(StationOptions{PortRule::AnyAllowed, m_folder.path(), false});
        Settings settings;
        settings.server.host = u"127.0.0.1"_s;
        settings.server.sourcePort = 0;
        settings.server.listenPort = 0;
        settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
        QSignalSpy applied(m_control.get(), &StationControl::settingsApplied);
        m_control->applySettings(settings);
        QTRY_COMPARE(applied.count(), 1);
        QSignalSpy found(m_control.get(), &StationControl::filesFound);
        m_control->importPaths({music});
        QTRY_VERIFY(found.count() > 0);
        m_control->setPlaylist(found.first().value(1).value<QList<PlaylistEntry>>());
        m_control->goOnAir();
        QTRY_COMPARE(m_control->lastStatus().heard, ProgrammeKind::Playlist);
    }

    void cleanupTestCase()
    {
        m_control.reset();
        m_pulse.terminate();
        if (!m_pulse.waitForFinished(5'000))
            m_pulse.kill();
        m_pulse.waitForFinished(5'000);
    }

    void theStationComesOutOfTheLoudspeakers()
    {
        ListenBar bar;
        QSignalSpy browser(&bar, &ListenBar::browserWanted);
        const auto *said = bar.findChild<QLabel *>(u"listenState"_s);
        auto *pause = bar.findChild<QPushButton *>(u"listenPause"_s);
        const StationAddresses addresses = m_control->lastStatus().addresses;
        bar.listen(addresses.localUrl, addresses.pageUrl);
        QVERIFY(bar.isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(bar.sound().state() == OwnSound::State::Playing, 20'000);
        QVERIFY(said->text().contains(u"as a listener does"_s));
        // One listener more, as everybody else.
        QTRY_COMPARE(m_control->lastStatus().listeners, 1);
        QVERIFY2(loudnessDb() > -40.0, "nothing is heard");

        bar.findChild<QSlider *>(u"listenVolume"_s)->setValue(0);
        QVERIFY(test::waitUntil([this] { return loudnessDb() < -70.0; }, 10'000));
        bar.findChild<QSlider *>(u"listenVolume"_s)->setValue(100);
        QVERIFY(test::waitUntil([this] { return loudnessDb() > -40.0; }, 10'000));

        QTest::mouseClick(pause, Qt::LeftButton);
        QTRY_COMPARE(m_control->lastStatus().listeners, 0);
        QVERIFY(said->text().startsWith(u"Paused"_s));
        QVERIFY(test::waitUntil([this] { return loudnessDb() < -70.0; }, 10'000));
        // Pressed again: it goes on, with what is on the air now.
        bar.listen(addresses.localUrl, addresses.pageUrl);
        QTRY_VERIFY_WITH_TIMEOUT(bar.sound().state() == OwnSound::State::Playing, 20'000);
        QTRY_COMPARE(m_control->lastStatus().listeners, 1);
        QVERIFY(loudnessDb() > -40.0);
        QCOMPARE(browser.count(), 0);
        bar.end();
        QVERIFY(!bar.isVisible());
        QTRY_COMPARE(m_control->lastStatus().listeners, 0);
    }

    // Last: the sound system goes away while somebody listens.
    void aSoundSystemThatEndsIsSaid()
    {
        ListenBar bar;
        QSignalSpy browser(&bar, &ListenBar::browserWanted);
        const StationAddresses addresses = m_control->lastStatus().addresses;
        bar.listen(addresses.localUrl, addresses.pageUrl);
        QTRY_VERIFY_WITH_TIMEOUT(bar.sound().state() == OwnSound::State::Playing, 20'000);
        m_pulse.kill();
        QVERIFY(m_pulse.waitForFinished(5'000));
        QTRY_COMPARE_WITH_TIMEOUT(browser.count(), 1, 15'000);
        QCOMPARE(browser.first().first().toString(), addresses.pageUrl);
        const auto *said = bar.findChild<QLabel *>(u"listenState"_s);
        QVERIFY2(said->text().contains(u"sound device"_s), qPrintable(said->text()));
        QTRY_COMPARE(m_control->lastStatus().listeners, 0);
    }

private:
    /// Of a quarter of a second at the loudspeaker.
    double loudnessDb()
    {
        QProcess microphone;
        microphone.start(u"parec"_s, {u"-d"_s, u"hall.monitor"_s, u"--raw"_s, u"--format=s16le"_s,
                                      u"--rate=44100"_s, u"--channels=2"_s, u"--latency-msec=50"_s});
        constexpr qsizetype wanted = 44'100; // bytes
        QByteArray sound;
        const bool isHeard = test::waitUntil(
            [&] {
                sound += microphone.readAllStandardOutput();
                return sound.size() >= wanted;
            },
            5'000);
        microphone.terminate();
        microphone.waitForFinished(5'000);
        if (!isHeard)
            return -120.0;
        double squares = 0.0;
        const auto *samples = reinterpret_cast<const qint16 *>(sound.constData());
        const qsizetype count = sound.size() / 2;
        for (qsizetype i = 0; i < count; ++i)
            squares += static_cast<double>(samples[i]) * samples[i];
        const double mean = squares / static_cast<double>(count) / (32768.0 * 32768.0);
        return mean <= 1e-12 ? -120.0 : 10.0 * std::log10(mean);
    }

    QTemporaryDir m_folder;
    QProcess m_pulse;
    std::unique_ptr<StationControl> m_control;
};

QTEST_MAIN(TestListen)
#include "tst_listen.moc"
