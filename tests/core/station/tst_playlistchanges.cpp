// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/monotonic.h"
#include "tests/support/stationfixture.h"

#include <QFile>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Skips and edits while on the air.
class TestPlaylistChanges : public QObject
{
    Q_OBJECT

private slots:
    void skipIsHeardWithinASecond();
    void manySkips();
    void playFromCutsToTheEntry();
    void editOfWhatWasReadAhead();
    void editThatTouchesNothing();
    void removedTrackOnTheAir();
    void emptyListIsSilenceInTime();
    void musicAfterTheListHadEnded();
    void unreadableFiles();
    void deletedWhilePlaying();
    void deletedBeforeItsTurn();
    void startsWhereItWasStopped();
};

void TestPlaylistChanges::skipIsHeardWithinASecond()
{
    StationFixture station;
    station.addTrack(4000);
    station.addTrack(4000);
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 80'000; }));
    const MachineSlack slack;
    const qint64 fromNs = monotonicNs();
    station.control().skip();
    QVERIFY(waitUntil([&] { return client.heard().runs().constLast().source == 2; }));
    const double seconds = static_cast<double>(monotonicNs() - fromNs) / 1e9;
    QVERIFY2(seconds < 1.5 + slack.seconds(), QByteArray::number(seconds));
    const QList<HeardRun> runs = client.heard().runs();
    QVERIFY2(client.heard().fault().isEmpty(), qPrintable(client.heard().fault()));
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs.at(1).first, 0);
    QCOMPARE(station.status().current.title, u"Track 2"_s);
}

void TestPlaylistChanges::manySkips()
{
    StationFixture station;
    for (int i = 0; i < 5; ++i)
        station.addTrack(300 + i);
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 70'000; }));
    // Short tracks: the same entry stands in the read-ahead many times. None of them ends by itself before it
    // is skipped, as long as this computer does not stand still for 8 s.
    for (int i = 0; i < 30; ++i) {
        const quint64 before = station.status().current.entryId;
        station.control().skip();
        QVERIFY(waitUntil([&] { return station.status().current.entryId != before; }));
        const int was = static_cast<int>(before - station.entries().constFirst().id);
        const int is = static_cast<int>(station.status().current.entryId - station.entries().constFirst().id);
        QCOMPARE(is, (was + 1) % 5);
    }
    const StampedStream heard = client.heard();
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QCOMPARE(heard.silentFrames(), 0);
    for (const HeardRun &run : heard.runs().sliced(1))
        QCOMPARE(run.first, 0);
}

void TestPlaylistChanges::playFromCutsToTheEntry()
{
    StationFixture station;
    for (int i = 0; i < 4; ++i)
        station.addTrack(1000);
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 70'000; }));
    station.control().playFrom(station.entries().at(2).id, 5000);
    QVERIFY(waitUntil([&] { return client.heard().runs().constLast().source == 3; }));
    const HeardRun run = client.heard().runs().constLast();
    QVERIFY2(qAbs(run.first - 191) <= 2, QByteArray::number(run.first)); // 5 s of 26.1 ms
    QVERIFY(waitUntil([&] { return station.status().positionMs > 5000; }));
    QVERIFY(station.status().positionMs < 9000);
    // And on from there, in order.
    station.control().skip();
    QVERIFY(waitUntil([&] { return client.heard().runs().constLast().source == 4; }));
    QVERIFY2(client.heard().fault().isEmpty(), qPrintable(client.heard().fault()));
}

void TestPlaylistChanges::editOfWhatWasReadAhead()
{
    StationFixture station;
    for (int i = 0; i < 4; ++i)
        station.addTrack(200);
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 20'000; }));
    // 2 is taken out, 3 and 4 change places: the one on the air plays to its end.
    QList<PlaylistEntry> edited = station.entries();
    edited.removeAt(1);
    edited.swapItemsAt(1, 2);
    station.control().setPlaylist(edited);
    QVERIFY(waitUntil([&] { return client.heard().runs().size() >= 4; }, 30'000));
    const StampedStream heard = client.heard();
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    const QList<HeardRun> runs = heard.runs();
    QCOMPARE(runs.at(0).source, 1);
    QCOMPARE(runs.at(0).last, 199);
    QCOMPARE(runs.at(1).source, 4);
    QCOMPARE(runs.at(1).count(), 200);
    QCOMPARE(runs.at(2).source, 3);
    QCOMPARE(runs.at(2).count(), 200);
    QCOMPARE(runs.at(3).source, 1);
}

void TestPlaylistChanges::editThatTouchesNothing()
{
    StationFixture station;
    for (int i = 0; i < 5; ++i)
        station.addTrack(100);
    station.settings.playlist.shuffle = true;
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 20'000; }));
    // The same rows again and again (tags arrive): the order that was announced stays.
    QVERIFY(waitUntil([&] { return !station.status().next.title.isEmpty(); }));
    for (int i = 0; i < 20; ++i) {
        const StationStatus before = station.status();
        QList<PlaylistEntry> edited = station.entries();
        edited[i % 5].track.album = u"Album %1"_s.arg(i);
        station.control().setPlaylist(edited);
        QSignalSpy told(&station.control(), &StationControl::statusChanged);
        QVERIFY(waitUntil([&] { return told.size() >= 2; }));
        if (station.status().current.entryId == before.current.entryId)
            QCOMPARE(station.status().next.entryId, before.next.entryId);
    }
    QVERIFY(waitUntil([&] { return client.heard().runs().size() >= 5; }, 30'000));
    const StampedStream heard = client.heard();
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    for (const HeardRun &run : heard.runs().sliced(1, 3))
        QCOMPARE(run.count(), 100);
}

void TestPlaylistChanges::removedTrackOnTheAir()
{
    StationFixture station;
    for (int i = 0; i < 3; ++i)
        station.addTrack(2000);
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 70'000; }));
    station.control().setPlaylist(station.entries().sliced(1));
    QVERIFY(waitUntil([&] { return client.heard().runs().constLast().source == 2; }));
    QCOMPARE(client.heard().runs().constLast().first, 0);
    QVERIFY2(client.heard().fault().isEmpty(), qPrintable(client.heard().fault()));
}

namespace
{

/// The last arrival of each round that is over: what a pause of 300 ms follows.
QList<StreamClient::ArrivalTime> roundEnds(const StreamClient &client)
{
    const QList<StreamClient::ArrivalTime> arrivals = client.arrivals();
    QList<StreamClient::ArrivalTime> ends;
    for (qsizetype i = 1; i < arrivals.size(); ++i)
        if (arrivals.at(i).ns - arrivals.at(i - 1).ns > 300 * nsPerMs)
            ends.append(arrivals.at(i - 1));
    return ends;
}

} // namespace

void TestPlaylistChanges::emptyListIsSilenceInTime()
{
    StationFixture station;
    QVERIFY(station.start());
    StreamClient client(station.listenPort(), {.wantsTitles = true});
    QVERIFY(waitUntil([&] { return client.audioBytes() > 60'000; }));
    // From the end of one round to the end of another: each is followed by a pause. Before the first pause
    // comes the burst, which is history and not the clock's.
    QVERIFY(waitUntil([&] { return roundEnds(client).size() > 7; }, 15'000));
    const QList<StreamClient::ArrivalTime> rounds = roundEnds(client);
    const StreamClient::ArrivalTime from = rounds.at(1);
    const StreamClient::ArrivalTime to = rounds.constLast();
    // Silent frames have no padding: 417 bytes of 26.1 ms each.
    const double audioSeconds =
        static_cast<double>(to.audioBytes - from.audioBytes) / 417 * stampedFrameSeconds;
    const double wallSeconds = static_cast<double>(to.ns - from.ns) / 1e9;
    QVERIFY2(qAbs(audioSeconds - wallSeconds) < 0.4,
             qPrintable(u"%1 s of audio in %2 s"_s.arg(audioSeconds).arg(wallSeconds)));
    QVERIFY(client.longestPauseNs() < 2 * nsPerSecond);
    QCOMPARE(station.status().heard, ProgrammeKind::Silence);
    // Music as soon as there is some.
    const PlaylistEntry entry = station.addTrack(1000);
    station.control().setPlaylist({entry});
    const MachineSlack slack;
    const qint64 fromNs = monotonicNs();
    QVERIFY(waitUntil([&] { return client.heard().count(1) > 0; }));
    QVERIFY(monotonicNs() - fromNs < 2500 * nsPerMs + slack.ns());
    const StampedStream heard = client.heard();
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QCOMPARE(heard.runs().size(), 2);
    QCOMPARE(heard.runs().constLast().first, 0);
    // And silence again when it is gone, within a second.
    station.control().setPlaylist({});
    QVERIFY(
        waitUntil([&] { return client.heard().runs().constLast().kind == HeardFrame::Kind::Silent; }, 4000));
    QCOMPARE(client.titleFault(), QString());
}

void TestPlaylistChanges::musicAfterTheListHadEnded()
{
    StationFixture station;
    station.addTrack(120);
    station.settings.playlist.repeat = false;
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.heard().silentFrames() > 0; }));
    QCOMPARE(client.heard().runs().constFirst().last, 119);
    // Added while the last track still plays: it is heard to its end.
    const PlaylistEntry second = station.addTrack(150);
    station.control().setPlaylist(station.entries());
    QVERIFY(waitUntil(
        [&] { return client.heard().runs().constLast().source == second.track.title.right(1).toInt(); }));
    QVERIFY(waitUntil([&] { return station.status().current.entryId == second.id; }));
    // In the last second of the second one silence has been read ahead already.
    QVERIFY(waitUntil([&] { return client.heard().count(2) > 120; }));
    const PlaylistEntry third = station.addTrack(150);
    station.control().setPlaylist(station.entries());
    QVERIFY(waitUntil([&] { return client.heard().count(3) > 20; }));
    const StampedStream heard = client.heard();
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QCOMPARE(heard.count(2), 150);
    for (const HeardRun &run : heard.runs()) {
        if (run.kind == HeardFrame::Kind::Stamped)
            QCOMPARE(run.first, 0);
    }
}

void TestPlaylistChanges::unreadableFiles()
{
    StationFixture station;
    station.addFile(QByteArray(50'000, 'x'));
    station.addFile({});
    PlaylistEntry missing = station.addFile("x");
    QVERIFY(QFile::remove(missing.path));
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return station.problems().size() == 3; }));
    for (const QString &reason : station.problems())
        QVERIFY(!reason.isEmpty());
    QVERIFY(waitUntil([&] { return client.heard().silentFrames() > 200; }));
    QVERIFY2(client.heard().fault().isEmpty(), qPrintable(client.heard().fault()));
    QVERIFY(client.longestPauseNs() < 2 * nsPerSecond);
}

void TestPlaylistChanges::deletedWhilePlaying()
{
    StationFixture station;
    const PlaylistEntry first = station.addTrack(20'000); // 8 MB: more than is read ahead
    station.addTrack(1000);
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 60'000; }));
    QVERIFY(QFile::remove(first.path));
    const qint64 bytes = client.audioBytes();
    QVERIFY(waitUntil([&] { return client.audioBytes() > bytes + 32'000; }));
    QVERIFY2(client.heard().fault().isEmpty(), qPrintable(client.heard().fault()));
    QCOMPARE(client.heard().sequenceFault({}), QString());
    station.control().skip();
    QVERIFY(waitUntil([&] { return client.heard().runs().constLast().source == 2; }));
}

void TestPlaylistChanges::deletedBeforeItsTurn()
{
    StationFixture station;
    station.addTrack(100);
    const PlaylistEntry gone = station.addTrack(100);
    station.addTrack(100);
    QVERIFY(QFile::remove(gone.path));
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.heard().runs().size() >= 4; }, 20'000));
    for (const HeardRun &run : client.heard().runs()) {
        QCOMPARE(run.kind, HeardFrame::Kind::Stamped);
        QVERIFY(run.source != 2);
    }
    QVERIFY(station.problems().contains(gone.id));
}

void TestPlaylistChanges::startsWhereItWasStopped()
{
    StationFixture station;
    station.addTrack(4000);
    station.addTrack(4000);
    QVERIFY(station.start());
    {
        StreamClient client(station.listenPort());
        QVERIFY(waitUntil([&] { return station.status().positionMs > 6000; }));
    }
    station.control().goOffAir();
    QVERIFY(waitUntil([&] { return !station.control().isOnAir(); }));
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 60'000; }));
    const HeardRun run = client.heard().runs().constFirst();
    QVERIFY2(client.heard().fault().isEmpty(), qPrintable(client.heard().fault()));
    QCOMPARE(run.source, 1);
    QVERIFY2(run.first > 200, QByteArray::number(run.first)); // 6 s are 229 frames; nothing older comes first
}

QTEST_GUILESS_MAIN(TestPlaylistChanges)
#include "tst_playlistchanges.moc"
