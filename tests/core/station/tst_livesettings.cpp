// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/monotonic.h"
#include "core/station/threadedstation.h"
#include "tests/support/stationfixture.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

/// A port that nobody has at this moment.
int freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost, 0);
    return server.serverPort();
}

Settings randomlyChanged(Settings settings, QRandomGenerator &random)
{
    const auto pause = [&] { return random.bounded(4) == 0 ? random.bounded(0.3) : random.bounded(0.01); };
    switch (random.bounded(14)) {
    case 0:
        settings.buffer.sizeMb = random.bounded(1, 101);
        break;
    case 1:
        settings.broadcaster.chunkSize = random.bounded(1024, 65'537);
        break;
    case 2:
        settings.broadcaster.sleepLow = pause();
        settings.broadcaster.sleepMedium = pause();
        settings.broadcaster.sleepHigh = pause();
        break;
    case 3:
        settings.metadata.icyMetaint = random.bounded(256, 40'000);
        break;
    case 4:
        settings.server.listenPort = settings.server.listenPort == 0 ? freePort() : 0;
        break;
    case 5:
        settings.server.sourcePort = settings.server.sourcePort == 0 ? freePort() : 0;
        break;
    case 6:
        settings.server.mountPoint = u"/mount%1"_s.arg(random.bounded(5));
        break;
    case 7:
        settings.advanced.maxListeners = random.bounded(0, 30);
        break;
    case 8:
        settings.playlist.shuffle = !settings.playlist.shuffle;
        break;
    case 9:
        settings.buffer.liveCushionMs = random.bounded(-1, 2000);
        break;
    case 10:
        settings.broadcaster.burstSize = random.bounded(-1, 300'000);
        break;
    case 11:
        settings.metadata.stationName = u"Station %1"_s.arg(random.bounded(1000));
        settings.metadata.enableIcy = random.bounded(2) == 0;
        break;
    case 12:
        settings.playlist.repeat = true;
        settings.advanced.headerTimeout = random.bounded(1, 20);
        settings.advanced.sourceTimeout = 0.5 + random.bounded(19.5);
        break;
    default:
        settings.advanced.verboseLogging = false;
        settings.advanced.enableStats = random.bounded(2) == 0;
        settings.advanced.maxListenersPerAddress = random.bounded(0, 30);
    }
    return settings;
}

} // namespace

/// No change of settings may be heard.
class TestLiveSettings : public QObject
{
    Q_OBJECT

private slots:
    void twoHundredRandomChanges_data();
    void twoHundredRandomChanges();
    void ringSmallerThanItsReadAhead();
    void oldPortServesUntilTheLastLeaves();
    void backToTheOldPort();
    void exchangedPorts();
    void takenPortChangesNothing();
    void goneOffTheAirWhenThePortIsTaken();
    void invalidSettingsAreRejected();
    void changesOfOneTurnNeverUndoEachOther();
    void aRejectedChangeTakesNoOtherWithIt();
    void withoutSettingsItDoesNotGoOnTheAir();
};

void TestLiveSettings::twoHundredRandomChanges_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<bool>("live");
    QTest::newRow("playlist") << 20'260'101U << false;
    QTest::newRow("live") << 20'260'102U << true;
}

void TestLiveSettings::twoHundredRandomChanges()
{
    QFETCH(quint32, seed);
    QFETCH(bool, live);
    StationFixture station;
    for (int i = 0; i < 12; ++i)
        station.addTrack(60 + i * 7);
    QVERIFY(station.start());
    std::unique_ptr<LiveClient> source;
    if (live) {
        source = std::make_unique<LiveClient>(station.sourcePort());
        QVERIFY(waitUntil([&] { return station.isLive(); }));
    }
    std::vector<std::unique_ptr<StreamClient>> clients;
    for (int i = 0; i < 20; ++i)
        clients.push_back(std::make_unique<StreamClient>(
            station.listenPort(),
            StreamClientOptions{.wantsTitles = i % 2 == 0, .receiveBuffer = i % 5 == 0 ? 8192 : 0}));
    QVERIFY(waitUntil([&] { return station.listeners() == 20; }));
    QRandomGenerator random(seed);
    size_t paused = 0;
    for (int i = 0; i < 200; ++i) {
        const Settings changed = randomlyChanged(station.settings, random);
        QVERIFY2(station.apply(changed),
                 qPrintable(station.rejected().isEmpty() ? u"no answer"_s
                                                         : station.rejected().constFirst().sentence));
        // Some listeners pause now and then, for ten changes: who stays away for long is hung up on.
        if (i % 20 == 0)
            paused = static_cast<size_t>(random.bounded(20));
        if (i % 10 == 0)
            clients.at(paused)->setReading(i % 20 != 0);
        if (i % 10 == 5) {
            clients.at(1)->setReading(true);
            const qint64 before = clients.at(1)->audioBytes();
            QVERIFY(waitUntil([&] { return clients.at(1)->audioBytes() > before; }));
        }
    }
    QList<qint64> bytes;
    for (const auto &client : clients) {
        client->setReading(true);
        bytes.append(client->audioBytes());
    }
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const StreamClient &client = *clients.at(static_cast<size_t>(i));
        QVERIFY(waitUntil([&] { return client.audioBytes() > bytes.at(i) + 40'000; }));
    }
    // A small ring may have made a paused one skip, never a reading one.
    const bool skipped = station.status().skips > 0;
    for (const auto &client : clients) {
        QVERIFY(!client->hasEnded());
        QCOMPARE(client->titleFault(), QString());
        const StampedStream heard = client->heard();
        QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
        if (!skipped)
            QCOMPARE(heard.sequenceFault(station.lengths()), QString());
        QCOMPARE(heard.silentFrames(), 0);
    }
    QCOMPARE(station.listeners(), 20);
}

void TestLiveSettings::ringSmallerThanItsReadAhead()
{
    StationFixture station;
    station.settings.buffer.sizeMb = 100;
    station.addTrack(20'000);
    QVERIFY(station.start());
    StreamClient listener(station.listenPort(), {.wantsTitles = true});
    QVERIFY(waitUntil([&] { return station.status().buffer.available > 20'000'000; }, 20'000));
    Settings changed = station.settings;
    changed.buffer.sizeMb = 1;
    QVERIFY(station.apply(changed));
    StreamClient late(station.listenPort());
    const qint64 bytes = listener.audioBytes();
    QVERIFY(waitUntil([&] { return listener.audioBytes() > bytes + 60'000 && late.audioBytes() > 90'000; }));
    for (const StreamClient *client : {&listener, &late}) {
        QVERIFY2(client->heard().fault().isEmpty(), qPrintable(client->heard().fault()));
        QCOMPARE(client->heard().sequenceFault(station.lengths()), QString());
    }
    QCOMPARE(station.status().skips, 0);
    // At once with the next cut: only what is really ahead takes room.
    station.control().skip();
    QVERIFY(waitUntil([&] { return station.status().buffer.capacity == 1024 * 1024; }));
}

void TestLiveSettings::oldPortServesUntilTheLastLeaves()
{
    StationFixture station;
    station.addTrack(4000);
    QVERIFY(station.start());
    const int oldPort = station.listenPort();
    auto listener = std::make_unique<StreamClient>(oldPort);
    QVERIFY(waitUntil([&] { return listener->audioBytes() > 0; }));
    Settings changed = station.settings;
    changed.server.listenPort = freePort();
    QVERIFY(station.apply(changed));
    QVERIFY(waitUntil([&] { return station.listenPort() == changed.server.listenPort; }));
    StreamClient onNew(station.listenPort());
    QVERIFY(waitUntil([&] { return onNew.audioBytes() > 0; }));
    // Whoever was there hears on, and others still find the old address.
    StreamClient onOld(oldPort);
    QVERIFY(waitUntil([&] { return onOld.audioBytes() > 0; }));
    const qint64 bytes = listener->audioBytes();
    QVERIFY(waitUntil([&] { return listener->audioBytes() > bytes + 20'000; }));
    QVERIFY2(listener->heard().fault().isEmpty(), qPrintable(listener->heard().fault()));
    onOld.hangUp();
    listener.reset();
    QVERIFY(waitUntil([&] { return station.listeners() == 1; }));
    QVERIFY(waitUntil([&] { return !RawSocket(oldPort).isOpen(); }));
    QVERIFY(!onNew.hasEnded());
}

void TestLiveSettings::backToTheOldPort()
{
    StationFixture station;
    station.addTrack(4000);
    const int first = freePort();
    station.settings.server.listenPort = first;
    QVERIFY(station.start());
    StreamClient listener(first);
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 0; }));
    Settings changed = station.settings;
    changed.server.listenPort = freePort();
    QVERIFY(station.apply(changed));
    // The old socket is still held for the listener; going back must not find it "in use".
    changed.server.listenPort = first;
    QVERIFY2(station.apply(changed), "rejected");
    QVERIFY(waitUntil([&] { return station.listenPort() == first; }));
    StreamClient again(first);
    QVERIFY(waitUntil([&] { return again.audioBytes() > 0; }));
    QVERIFY(!listener.hasEnded());
}

void TestLiveSettings::exchangedPorts()
{
    StationFixture station;
    station.addTrack(4000);
    station.settings.server.listenPort = freePort();
    station.settings.server.sourcePort = freePort();
    QVERIFY(station.start());
    StreamClient listener(station.listenPort());
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 0; }));
    Settings changed = station.settings;
    std::swap(changed.server.listenPort, changed.server.sourcePort);
    QVERIFY(station.apply(changed));
    QVERIFY(waitUntil([&] { return station.listenPort() == changed.server.listenPort; }));
    StreamClient again(station.listenPort());
    LiveClient live(station.sourcePort());
    QVERIFY(waitUntil([&] { return again.audioBytes() > 0 && station.isLive(); }));
    // Each takes a step: the source's new port is the listeners' old one.
    const Settings swapped = changed;
    changed.server.sourcePort = swapped.server.listenPort;
    changed.server.listenPort = freePort();
    QVERIFY2(station.apply(changed), "rejected");
    StreamClient third(changed.server.listenPort);
    QVERIFY(waitUntil([&] { return third.audioBytes() > 0; }));
    QVERIFY(!listener.hasEnded());
    QVERIFY(!again.hasEnded());
}

void TestLiveSettings::takenPortChangesNothing()
{
    StationFixture station;
    station.addTrack(4000);
    QVERIFY(station.start());
    StreamClient listener(station.listenPort());
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 0; }));
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    for (const bool listenSide : {true, false}) {
        Settings changed = station.settings;
        (listenSide ? changed.server.listenPort : changed.server.sourcePort) = other.serverPort();
        changed.metadata.stationName = u"Never"_s;
        QVERIFY(!station.apply(changed));
        QCOMPARE(station.rejected().size(), 1);
        QCOMPARE(station.rejected().constFirst().field,
                 listenSide ? u"server.listen_port"_s : u"server.source_port"_s);
        QVERIFY(station.rejected().constFirst().sentence.contains(QString::number(other.serverPort())));
    }
    // Both asked for, the source's is the taken one.
    Settings both = station.settings;
    both.server.listenPort = freePort();
    both.server.sourcePort = other.serverPort();
    QVERIFY(!station.apply(both));
    QCOMPARE(station.rejected().constFirst().field, u"server.source_port"_s);
    QVERIFY(exchange(station.listenPort(), "GET /api/status HTTP/1.0\r\n\r\n").contains("Cycast Radio"));
    const qint64 bytes = listener.audioBytes();
    QVERIFY(waitUntil([&] { return listener.audioBytes() > bytes + 20'000; }));
    LiveClient live(station.sourcePort());
    QVERIFY(waitUntil([&] { return station.isLive(); }));
    QCOMPARE(station.control().settings().metadata.stationName, u"Cycast Radio"_s);
}

void TestLiveSettings::goneOffTheAirWhenThePortIsTaken()
{
    StationFixture station;
    station.addTrack(400);
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    station.settings.server.listenPort = other.serverPort();
    QSignalSpy failed(&station.control(), &StationControl::onAirFailed);
    station.control().applySettings(station.settings);
    station.control().goOnAir();
    QVERIFY(waitUntil([&] { return !failed.isEmpty(); }));
    QVERIFY(failed.constFirst().constFirst().toString().contains(QString::number(other.serverPort())));
    QVERIFY(!station.control().isOnAir());
    other.close();
    QVERIFY(station.start());
}

void TestLiveSettings::invalidSettingsAreRejected()
{
    StationFixture station;
    station.addTrack(4000);
    QVERIFY(station.start());
    Settings changed = station.settings;
    changed.broadcaster.chunkSize = 3;
    changed.server.mountPoint.clear();
    QVERIFY(!station.apply(changed));
    QStringList fields;
    for (const SettingsProblem &problem : station.rejected())
        fields.append(problem.field);
    QVERIFY(fields.contains(u"broadcaster.chunk_size"_s));
    QVERIFY(fields.contains(u"server.mount_point"_s));
    QVERIFY(station.control().isOnAir());
}

void TestLiveSettings::changesOfOneTurnNeverUndoEachOther()
{
    StationFixture station;
    station.addTrack(4000);
    QVERIFY(station.start());
    StationControl &control = station.control();
    QSignalSpy applied(&control, &StationControl::settingsApplied);
    control.change([](Settings &settings) { settings.playlist.shuffle = true; });
    control.change([](Settings &settings) { settings.playlist.repeat = false; });
    control.change([](Settings &settings) { settings.metadata.stationName += u" and more"_s; });
    // On and off again within one turn is off.
    control.change([](Settings &settings) { settings.advanced.enableStats = false; });
    control.change([](Settings &settings) { settings.advanced.enableStats = true; });
    control.change([](Settings &settings) { settings.advanced.enableStats = true; }); // nothing: no answer
    QVERIFY(waitUntil([&] { return applied.count() == 5; }));
    const Settings &now = control.settings();
    QVERIFY(now.playlist.shuffle);
    QVERIFY(!now.playlist.repeat);
    QVERIFY(now.advanced.enableStats);
    QCOMPARE(now.metadata.stationName, station.settings.metadata.stationName + u" and more"_s);
    // What is handed over whole counts whole, also for the one behind it.
    control.applySettings(station.settings);
    control.change([](Settings &settings) { settings.metadata.stationGenre = u"Fado"_s; });
    QVERIFY(waitUntil([&] { return applied.count() == 7; }));
    Settings wanted = station.settings;
    wanted.metadata.stationGenre = u"Fado"_s;
    QCOMPARE(changedKeys(control.settings(), wanted), QStringList());
}

void TestLiveSettings::aRejectedChangeTakesNoOtherWithIt()
{
    StationFixture station;
    station.addTrack(4000);
    QVERIFY(station.start());
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    StationControl &control = station.control();
    QSignalSpy applied(&control, &StationControl::settingsApplied);
    control.change([&](Settings &settings) { settings.server.listenPort = other.serverPort(); });
    control.change([](Settings &settings) { settings.metadata.stationGenre = u"Fado"_s; });
    QVERIFY(waitUntil([&] { return applied.count() == 1; }));
    QCOMPARE(station.rejected().constFirst().field, u"server.listen_port"_s);
    QCOMPARE(changedKeys(station.settings, control.settings()), QStringList{u"metadata.station_genre"_s});
}

void TestLiveSettings::withoutSettingsItDoesNotGoOnTheAir()
{
    ThreadedStation control;
    QSignalSpy failed(&control, &StationControl::onAirFailed);
    Settings broken;
    broken.server.host.clear();
    control.applySettings(broken);
    control.goOnAir();
    QVERIFY(waitUntil([&] { return failed.count() == 1; }));
    QVERIFY(!control.isOnAir());
}

QTEST_GUILESS_MAIN(TestLiveSettings)
#include "tst_livesettings.moc"
