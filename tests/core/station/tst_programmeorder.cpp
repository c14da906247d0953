// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What follows what on the air: asked for next, jingles, history, the bag over a restart.
#include "core/station/threadedstation.h"
#include "tests/support/stationfixture.h"

#include <QDir>
#include <QSet>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

QList<int> sourcesOf(const StreamClient &client)
{
    QList<int> sources;
    for (const HeardRun &run : client.heard().runs())
        sources.append(run.source);
    return sources;
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

class TestProgrammeOrder : public QObject
{
    Q_OBJECT

private slots:
    void playNextCutsWhatWasReadAhead();
    void jinglesComeBetweenTracks();
    void historyTellsWhatWasHeard();
    void theBagSurvivesARestart();
    void offAndOnTheAirLosesNothing_data();
    void offAndOnTheAirLosesNothing();
};

void TestProgrammeOrder::playNextCutsWhatWasReadAhead()
{
    StationFixture station;
    for (int i = 0; i < 5; ++i)
        station.addTrack(150);
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 40'000; }));
    // All of it has been read ahead by now.
    QVERIFY(waitUntil([&] { return station.status().buffer.available > 4 * 150 * 400; }));
    const int heard = static_cast<int>(station.status().current.entryId - station.entries().at(0).id) + 1;
    const int wanted = heard <= 2 ? 5 : 1;
    station.control().playNext({station.entries().at(wanted - 1).id});
    QVERIFY(waitUntil([&] { return station.status().next.entryId == station.entries().at(wanted - 1).id; }));
    QVERIFY(waitUntil(
        [&] {
            const QList<int> sources = sourcesOf(client);
            return sources.contains(wanted) && sources.size() > sources.indexOf(wanted) + 1;
        },
        30'000));
    const StampedStream stream = client.heard();
    QVERIFY2(stream.fault().isEmpty(), qPrintable(stream.fault()));
    QCOMPARE(stream.sequenceFault(station.lengths()), QString()); // nothing torn, nothing left out
    const QList<int> sources = sourcesOf(client);
    const qsizetype at = sources.indexOf(wanted);
    QVERIFY(at > 0 && sources.size() > at + 1);
    QCOMPARE(sources.at(at + 1), sources.at(at - 1) % 5 + 1); // and then as it would have been
}

void TestProgrammeOrder::jinglesComeBetweenTracks()
{
    StationFixture station;
    for (int i = 0; i < 3; ++i)
        station.addTrack(60);
    QTemporaryDir jingles;
    QVERIFY(write(jingles.filePath(u"one.mp3"_s), stampedFrames(50, 40)));
    QVERIFY(write(jingles.filePath(u"two.mp3"_s), stampedFrames(51, 40)));
    station.settings.jingles.directory = jingles.path();
    station.settings.jingles.everySongs = 2;
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil(
        [&] {
            const QList<int> heard = sourcesOf(client);
            return heard.contains(50) && heard.contains(51) && heard.size() > 8;
        },
        40'000));
    const StampedStream stream = client.heard();
    QVERIFY2(stream.fault().isEmpty(), qPrintable(stream.fault()));
    QList<int> lengths = station.lengths();
    lengths.resize(52);
    lengths[50] = lengths[51] = 40;
    QCOMPARE(stream.sequenceFault(lengths), QString()); // no track is interrupted
    QList<int> sources = sourcesOf(client);
    sources.removeLast();
    int songs = -100; // those before the first one that is heard are not known
    for (const int source : std::as_const(sources)) {
        QVERIFY(source < 50 || songs < 0 || songs == 2);
        QVERIFY(source >= 50 || songs < 2);
        songs = source >= 50 ? 0 : songs + 1;
    }
    for (const PlayedTrack &played : station.status().history)
        QVERIFY2(played.track.title.startsWith(u"Track"_s), qPrintable(played.track.title));
    // Switched off while on the air.
    Settings changed = station.settings;
    changed.jingles.directory.clear();
    QVERIFY(station.apply(changed));
    const int before = client.heard().count(50) + client.heard().count(51);
    const qsizetype turns = sourcesOf(client).size();
    QVERIFY(waitUntil([&] { return sourcesOf(client).size() > turns + 4; }, 20'000));
    QVERIFY(client.heard().count(50) + client.heard().count(51) <=
            before + 40); // the one that was on the air
}

void TestProgrammeOrder::historyTellsWhatWasHeard()
{
    StationFixture station;
    for (int i = 0; i < 3; ++i)
        station.addTrack(170); // longer than what the first listener is given at once
    QVERIFY(station.start());
    const QDateTime begin = QDateTime::currentDateTime().addSecs(-60);
    QVERIFY(waitUntil([&] { return station.status().history.size() >= 2; }, 20'000));
    LiveClient live(station.sourcePort(), {.name = "Evening show"});
    QVERIFY(waitUntil([&] { return station.isLive(); }));
    live.end();
    QVERIFY(waitUntil(
        [&] {
            return !station.isLive() && station.status().history.constFirst().kind == ProgrammeKind::Live;
        },
        20'000));
    const QList<PlayedTrack> history = station.status().history;
    QCOMPARE(history.constFirst().track.title, u"Evening show"_s);
    QCOMPARE(history.constLast().track.title, u"Track 1"_s);
    QCOMPARE(history.at(history.size() - 2).track.title, u"Track 2"_s);
    for (qsizetype i = 0; i < history.size(); ++i) {
        QVERIFY(history.at(i).startedAt > begin);
        QVERIFY(i == 0 || history.at(i).startedAt <= history.at(i - 1).startedAt);
    }
    QVERIFY(station.status().current.title != history.constFirst().track.title);
}

void TestProgrammeOrder::theBagSurvivesARestart()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"music"_s));
    // Each a little longer than what is given to the first listener at once, so that none is passed over.
    for (int i = 1; i <= 5; ++i)
        QVERIFY(write(folder.filePath(u"music/%1.mp3"_s.arg(i)), stampedFrames(i, 160)));
    Settings settings;
    settings.server.host = u"127.0.0.1"_s;
    settings.server.sourcePort = settings.server.listenPort = 0;
    settings.server.sourcePassword = u"ocean-lamp-42"_s;
    settings.playlist.directory = u"music"_s;
    settings.playlist.shuffle = true;
    StationOptions options;
    options.portRule = PortRule::AnyAllowed;
    options.baseDirectory = folder.path();
    options.loadsDirectory = true;
    options.orderFile = folder.filePath(u"state/order.json"_s);

    QStringList heard;
    qsizetype perRun = 0;
    for (int run = 0; run < 2; ++run) {
        perRun = run == 0 ? 2 : 5;
        ThreadedStation control(options);
        QString title;
        QObject::connect(&control, &StationControl::statusChanged, &control,
                         [&](const StationStatus &status) {
                             if (status.heard != ProgrammeKind::Playlist || status.current.title == title)
                                 return;
                             title = status.current.title;
                             heard.append(title);
                         });
        control.applySettings(settings);
        control.goOnAir();
        QVERIFY(waitUntil([&] { return heard.size() >= perRun; }, 40'000));
        if (run == 1)
            QVERIFY(control.lastStatus().history.size() >= 3); // those of the first run too
    }
    // Every track once before any twice, as if nothing had happened in between.
    QCOMPARE(QSet<QString>(heard.cbegin(), heard.cbegin() + 5).size(), 5);
}

void TestProgrammeOrder::offAndOnTheAirLosesNothing_data()
{
    QTest::addColumn<bool>("shuffles");
    QTest::newRow("in order") << false;
    QTest::newRow("shuffled") << true;
}

// What was read ahead comes again, and so does what was asked for; the track that was on goes on where it
// was.
void TestProgrammeOrder::offAndOnTheAirLosesNothing()
{
    QFETCH(bool, shuffles);
    StationFixture station;
    station.settings.playlist.shuffle = shuffles;
    for (int i = 0; i < 8; ++i)
        station.addTrack(300);
    QVERIFY(station.start());
    StreamClient before(station.listenPort());
    QVERIFY(waitUntil([&] { return before.audioBytes() > 30'000; }));
    QVERIFY(waitUntil([&] { return station.status().buffer.available > 6 * 300 * 400; }));
    const quint64 first = station.entries().constFirst().id;
    const quint64 heard = station.status().current.entryId;
    QList<quint64> wanted; // two that are neither on nor next
    for (int i = 0; i < 8 && wanted.size() < 2; ++i) {
        const quint64 id = first + static_cast<quint64>(i);
        if (id != heard && id != station.status().next.entryId)
            wanted.append(id);
    }
    station.control().playNext(wanted);
    QVERIFY(waitUntil([&] { return station.status().next.entryId == wanted.at(0); }));
    QVERIFY(waitUntil([&] { return station.status().buffer.available > 6 * 300 * 400; }));
    station.control().goOffAir();
    QVERIFY(waitUntil([&] { return !station.control().isOnAir(); }));
    const int lastFrame = before.heard().frames().constLast().sequence;
    station.control().goOnAir();
    QVERIFY(
        waitUntil([&] { return station.control().isOnAir() && station.status().current.entryId == heard; }));
    StreamClient after(station.listenPort());
    QVERIFY(waitUntil([&] { return sourcesOf(after).size() >= 4; }, 40'000));
    const QList<int> sources = sourcesOf(after);
    QCOMPARE(sources.at(0), static_cast<int>(heard - first) + 1);
    QVERIFY(qAbs(after.heard().frames().constFirst().sequence - lastFrame) < 60);
    QCOMPARE(sources.at(1), static_cast<int>(wanted.at(0) - first) + 1);
    QCOMPARE(sources.at(2), static_cast<int>(wanted.at(1) - first) + 1);
    const StampedStream stream = after.heard();
    QVERIFY2(stream.fault().isEmpty(), qPrintable(stream.fault()));
}

QTEST_GUILESS_MAIN(TestProgrammeOrder)
#include "tst_programmeorder.moc"
