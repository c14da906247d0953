// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/monotonic.h"
#include "tests/support/stationfixture.h"

#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// What a listener of the playlist hears, byte for byte.
class TestPlaylistStream : public QObject
{
    Q_OBJECT

private slots:
    void tracksFollowEachOtherByteForByte();
    void latecomersGetTheBurst();
    void burstFollowsTheSettings();
    void titlesChangeAtTheTracksFirstByte();
    void newIntervalIsForNewListeners();
    void firstByteComesAtOnce();
    void rateIsTheAudiosOwn();
};

void TestPlaylistStream::tracksFollowEachOtherByteForByte()
{
    StationFixture station;
    for (const int frames : {77, 115, 90})
        station.addTrack(frames);
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    // All three, and the first one again.
    QVERIFY(waitUntil([&] { return client.audioBytes() > 300 * 418; }, 20'000));
    const StampedStream heard = client.heard();
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QCOMPARE(heard.sequenceFault(station.lengths()), QString());
    QCOMPARE(heard.silentFrames(), 0);
    const QList<HeardRun> runs = heard.runs();
    for (qsizetype i = 0; i < runs.size(); ++i) {
        const HeardRun &run = runs.at(i);
        QCOMPARE(run.source, runs.constFirst().source == 1 ? static_cast<int>(i % 3) + 1 : run.source);
        QVERIFY(i == 0 || run.first == 0);
        if (i < runs.size() - 1)
            QCOMPARE(run.last, station.lengths().at(run.source) - 1);
    }
    QVERIFY(runs.size() >= 4);
    QVERIFY(statusOf(client.head()) == 200);
    QCOMPARE(headerOf(client.head(), "Content-Type"), QByteArray("audio/mpeg"));
}

void TestPlaylistStream::latecomersGetTheBurst()
{
    StationFixture station;
    station.addTrack(4000);
    QVERIFY(station.start());
    StreamClient first(station.listenPort());
    QVERIFY(waitUntil([&] { return first.audioBytes() > 80'000; }, 20'000));
    StreamClient late(station.listenPort());
    QVERIFY(waitUntil([&] { return late.audioBytes() > 66'000; })); // more than the burst: all of it is there
    // What came at once: up to the first pause.
    const QList<StreamClient::ArrivalTime> arrivals = late.arrivals();
    qint64 burst = arrivals.constFirst().audioBytes;
    for (qsizetype i = 1; i < arrivals.size(); ++i) {
        if (arrivals.at(i).ns - arrivals.at(i - 1).ns > 300 * nsPerMs)
            break;
        burst = arrivals.at(i).audioBytes;
    }
    // Whole frames out of 65,536 bytes; a round may fall into the same moment.
    QVERIFY2(burst > 65'536 - 418 && burst <= 65'536 + 16'384, QByteArray::number(burst));
    const StampedStream heard = late.heard();
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QVERIFY(heard.frames().constFirst().sequence > 0);
    QCOMPARE(heard.sequenceFault(station.lengths()), QString());
}

void TestPlaylistStream::burstFollowsTheSettings()
{
    StationFixture station;
    station.addTrack(4000);
    station.settings.broadcaster.chunkSize = 4096;
    QVERIFY(station.start());
    StreamClient first(station.listenPort());
    QVERIFY(waitUntil([&] { return first.audioBytes() > 70'000; }, 20'000));
    StreamClient late(station.listenPort());
    QVERIFY(waitUntil([&] { return late.audioBytes() > 15'000; }));
    QVERIFY(late.arrivals().constFirst().audioBytes <= 16'384 + 4096);

    Settings changed = station.settings;
    changed.broadcaster.burstSize = 0;
    QVERIFY(station.apply(changed));
    StreamClient none(station.listenPort());
    QVERIFY(waitUntil([&] { return none.audioBytes() > 0; }));
    QVERIFY(none.arrivals().constFirst().audioBytes <= 3 * 4096);
    QVERIFY2(none.heard().fault().isEmpty(), qPrintable(none.heard().fault()));
}

void TestPlaylistStream::titlesChangeAtTheTracksFirstByte()
{
    StationFixture station;
    for (const int frames : {77, 115, 90})
        station.addTrack(frames);
    station.settings.metadata.icyMetaint = 997;
    station.settings.metadata.stationUrl = u"http://example.org/"_s;
    QVERIFY(station.start());
    StreamClient client(station.listenPort(), {.wantsTitles = true});
    QVERIFY(waitUntil([&] { return client.audioBytes() > 300 * 418; }, 20'000));
    QCOMPARE(client.metaint(), 997);
    QCOMPARE(client.titleFault(), QString());
    const StampedStream heard = client.heard();
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QCOMPARE(heard.sequenceFault(station.lengths()), QString());
    const QList<HeardRun> runs = heard.runs();
    const QList<StreamClient::Title> titles = client.titles();
    // The first block tells what is on; each following title stands at the first block at or behind the
    // track's first byte.
    QVERIFY(titles.size() >= 3);
    qsizetype next = 0;
    for (qsizetype i = 0; i < runs.size(); ++i) {
        const qint64 block = i == 0 ? 997 : (runs.at(i).offset + 996) / 997 * 997;
        if (block >= client.audioBytes() - 997)
            break;
        QVERIFY(next < titles.size());
        QCOMPARE(titles.at(next).audioOffset, block);
        QCOMPARE(titles.at(next).text,
                 u"StreamTitle='Artist - Track %1';StreamUrl='http://example.org/';"_s.arg(runs.at(i).source)
                     .toUtf8());
        ++next;
    }
    QVERIFY(next >= 3);
}

void TestPlaylistStream::newIntervalIsForNewListeners()
{
    StationFixture station;
    station.addTrack(4000);
    QVERIFY(station.start());
    StreamClient before(station.listenPort(), {.wantsTitles = true});
    QVERIFY(waitUntil([&] { return before.audioBytes() > 32'000; }));
    Settings changed = station.settings;
    changed.metadata.icyMetaint = 256;
    QVERIFY(station.apply(changed));
    StreamClient after(station.listenPort(), {.wantsTitles = true});
    const qint64 seen = before.audioBytes();
    QVERIFY(waitUntil([&] { return before.audioBytes() > seen + 40'000 && after.audioBytes() > 40'000; }));
    QCOMPARE(before.metaint(), 16'000);
    QCOMPARE(after.metaint(), 256);
    for (const StreamClient *client : {&before, &after}) {
        QCOMPARE(client->titleFault(), QString());
        QVERIFY2(client->heard().fault().isEmpty(), qPrintable(client->heard().fault()));
        QCOMPARE(client->heard().sequenceFault(station.lengths()), QString());
    }
    changed.metadata.enableIcy = false;
    QVERIFY(station.apply(changed));
    StreamClient without(station.listenPort(), {.wantsTitles = true});
    QVERIFY(waitUntil([&] { return without.audioBytes() > 40'000; }));
    QCOMPARE(without.metaint(), 0);
    QVERIFY2(without.heard().fault().isEmpty(), qPrintable(without.heard().fault()));
}

void TestPlaylistStream::firstByteComesAtOnce()
{
    StationFixture station;
    station.addTrack(4000);
    QVERIFY(station.start());
    QList<qint64> times;
    for (int i = 0; i < 11; ++i) {
        const MachineSlack slack;
        StreamClient client(station.listenPort());
        QVERIFY(waitUntil([&] { return client.audioBytes() > 0; }));
        times.append(client.firstByteNs() - slack.ns());
    }
    std::sort(times.begin(), times.end());
    qInfo("first byte: median %.2f ms, worst %.2f ms", static_cast<double>(times.at(5)) / 1e6,
          static_cast<double>(times.at(10)) / 1e6);
    // 20 ms is the aim.
    QVERIFY(times.at(5) < 100 * nsPerMs);
}

void TestPlaylistStream::rateIsTheAudiosOwn()
{
    StationFixture station;
    station.addTrack(6000);
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 60'000; }, 20'000));
    // From one arrival to another one 30 s later, so that a round's grain does not count.
    const StreamClient::ArrivalTime from = client.arrivals().constLast();
    QVERIFY(waitUntil([&] { return client.arrivals().constLast().ns - from.ns > 30 * nsPerSecond; }, 40'000));
    const StreamClient::ArrivalTime to = client.arrivals().constLast();
    const double rate =
        static_cast<double>(to.audioBytes - from.audioBytes) * 1e9 / static_cast<double>(to.ns - from.ns);
    qInfo("%.1f bytes per second, longest pause %.0f ms", rate,
          static_cast<double>(client.longestPauseNs()) / 1e6);
    QVERIFY2(rate > 15'840 && rate < 16'160, QByteArray::number(rate));
    QVERIFY2(client.heard().fault().isEmpty(), qPrintable(client.heard().fault()));
    QCOMPARE(client.heard().sequenceFault(station.lengths()), QString());
}

QTEST_GUILESS_MAIN(TestPlaylistStream)
#include "tst_playliststream.moc"
