// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/icymetadata.h"
#include "core/audio/mpeg/mpegheader.h"
#include "core/base/monotonic.h"
#include "core/base/processstats.h"
#include "core/net/stream/broadcaster.h"
#include "tests/support/stampedframes.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qint64 second = nsPerSecond;

FrameBatch batch(int first, int count)
{
    FrameBatch result;
    for (int i = first; i < first + count; ++i)
        result.append(stampedFrame(1, i), defaultMpegHeader().duration());
    return result;
}

/// Two ends of a line; the theirs one is ours to read or not.
struct Line {
    Line()
    {
        int ends[2] = {-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
            qFatal("no sockets");
        ours = ends[0];
        theirs = ends[1];
    }
    ~Line() { hangUp(); }
    Line(const Line &) = delete;
    Line &operator=(const Line &) = delete;
    void hangUp()
    {
        if (theirs >= 0)
            ::close(std::exchange(theirs, -1));
    }
    QByteArray &read()
    {
        char buffer[65'536];
        for (ssize_t got = 0; (got = ::recv(theirs, buffer, sizeof buffer, MSG_DONTWAIT)) > 0;)
            heard.append(buffer, got);
        return heard;
    }
    int ours = -1; ///< given away
    int theirs = -1;
    QByteArray heard;
};

} // namespace

/// Rounds, laggards and leavers with time as an argument.
class TestBroadcaster : public QObject
{
    Q_OBJECT

private slots:
    void everybodyGetsWhatIsDue();
    void newcomerStartsOnAFrameWithItsHead();
    void laggardJumpsAfterItsFrame_data();
    void laggardJumpsAfterItsFrame();
    void whoDidNotReadForAMinuteGoes();
    void whoNeverReadsGoesAfterHalfAMinute();
    void headerPagesAreShared();
    void shrunkRingKeepsEveryFrameWhole();
    void newcomersGetHeaderPagesFirst();
    void whoJumpsOverHeaderPagesGetsThem();
    void anotherFormatClosesThoseWhoHeardTheFormerOne();
    void leaverIsNoticed();
    void removedByTheOwner();
    void figuresAddUp();
    void longRoundsServeAllWhileOthersComeAndGo();
    void whoGoesBetweenTwoSlices_data();
    void whoGoesBetweenTwoSlices();

private:
    quint64 add(const Line &line, qint64 nowNs, int metaint = 0, const QByteArray &head = {});
    void fill(int frames);
    void round();

    std::unique_ptr<RingBuffer> m_ring;
    std::unique_ptr<Broadcaster> m_broadcaster;
    int m_frames = 0;

private slots:
    void init()
    {
        m_ring = std::make_unique<RingBuffer>(512 * 1024);
        m_broadcaster = std::make_unique<Broadcaster>(*m_ring);
        m_frames = 0;
    }
    void cleanup()
    {
        m_broadcaster.reset();
        m_ring.reset();
    }
};

quint64 TestBroadcaster::add(const Line &line, qint64 nowNs, int metaint, const QByteArray &head)
{
    return m_broadcaster->add(Transport(line.ours),
                              {u"192.0.2.1"_s, u"player"_s, {}, u"HTTP/1.1"_s, {}, 8001}, head, metaint,
                              nowNs);
}

void TestBroadcaster::fill(int frames)
{
    m_ring->append(batch(m_frames, frames));
    m_frames += frames;
    m_ring->advanceHead(m_ring->end());
}

void TestBroadcaster::round()
{
    QSignalSpy finished(m_broadcaster.get(), &Broadcaster::roundFinished);
    m_broadcaster->startRound();
    QVERIFY(!finished.isEmpty() || finished.wait());
}

void TestBroadcaster::everybodyGetsWhatIsDue()
{
    fill(10);
    Line lines[5];
    for (const Line &line : lines)
        add(line, 0);
    m_ring->append(batch(10, 5));
    round(); // the head has not moved
    for (Line &line : lines)
        QCOMPARE(StampedStream(line.read()).count(1), 10);
    m_ring->advanceHead(m_ring->end());
    round();
    for (Line &line : lines) {
        QCOMPARE(line.read(), stampedFrames(1, 15));
    }
    QCOMPARE(m_broadcaster->count(), 5);
    QCOMPARE(m_broadcaster->totalBytesSent(), 5 * stampedFrames(1, 15).size());
}

void TestBroadcaster::newcomerStartsOnAFrameWithItsHead()
{
    fill(400);
    Line line;
    add(line, 0, 0, "HTTP/1.0 200 OK\r\n\r\n");
    round();
    QVERIFY(line.read().startsWith("HTTP/1.0 200 OK\r\n\r\n"));
    const StampedStream heard(line.heard.sliced(19));
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    const qint64 audio = line.heard.size() - 19;
    QVERIFY(audio <= 65'536 && audio > 65'536 - 418);
    QCOMPARE(heard.frames().constLast().sequence, 399);
    QCOMPARE(m_broadcaster->figures(0).constFirst().bytesSent, audio); // the head does not count
}

void TestBroadcaster::laggardJumpsAfterItsFrame_data()
{
    QTest::addColumn<int>("metaint");
    for (const int metaint : {0, 256, 417, 1000, 16'000})
        QTest::addRow("%d", metaint) << metaint;
}

void TestBroadcaster::laggardJumpsAfterItsFrame()
{
    QFETCH(int, metaint);
    TitleMark mark;
    mark.icyBlock = icyBlock(u"A title that takes up some room in its block"_s);
    m_ring->addMark(mark);
    fill(100);
    Line line;
    const quint64 id = add(line, 0, metaint);
    // Nothing is read; the socket is full somewhere within a frame, or a block. Again and again.
    qint64 nowNs = 0;
    for (int i = 0; i < 30; ++i) {
        nowNs += 5 * second;
        const quint64 tail = m_ring->end() > 400'000 ? m_ring->end() - 400'000 : 0;
        m_broadcaster->makeRoom(tail, nowNs);
        QCOMPARE(m_broadcaster->count(), 1);
        fill(150 + i);
        round();
        // A little is read now and then, so that it is not given up.
        char some[3001];
        if (i % 2)
            line.heard.append(some, qMax<ssize_t>(0, ::recv(line.theirs, some, sizeof some, MSG_DONTWAIT)));
    }
    QVERIFY(m_broadcaster->totalSkips() > 0);
    QCOMPARE(m_broadcaster->figures(nowNs).constFirst().id, id);
    for (qsizetype before = -1; before != line.heard.size();) {
        before = line.heard.size();
        line.read();
        round();
    }
    line.read();
    // Take the blocks out and look at the rest.
    QByteArray audio;
    for (qsizetype at = 0; at < line.heard.size();) {
        if (metaint == 0) {
            audio = line.heard;
            break;
        }
        audio += line.heard.mid(at, metaint);
        at += metaint;
        if (at < line.heard.size())
            at += 1 + 16 * static_cast<quint8>(line.heard.at(at));
    }
    const StampedStream heard(audio);
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QVERIFY(heard.runs().size() > 1);
    QCOMPARE(heard.frames().constLast().sequence, m_frames - 1);
}

void TestBroadcaster::whoDidNotReadForAMinuteGoes()
{
    fill(100);
    Line sleeper;
    Line healthy;
    const quint64 id = add(sleeper, 0);
    add(healthy, 0);
    QSignalSpy left(m_broadcaster.get(), &Broadcaster::left);
    // Fills the sleeper's socket, at 1 s by the clock of the rounds.
    while (m_broadcaster->figures(0).constFirst().behindSeconds < 5) {
        fill(100);
        round();
        healthy.read();
    }
    const qint64 nowNs = monotonicNs(); // rounds look at the clock themselves
    m_broadcaster->makeRoom(m_ring->head() - 1000, nowNs + 59 * second);
    QCOMPARE(m_broadcaster->count(), 2);
    QCOMPARE(m_broadcaster->totalSkips(), 1);
    while (m_broadcaster->figures(0).constFirst().behindSeconds < 8) {
        fill(100);
        round();
        healthy.read();
    }
    m_broadcaster->makeRoom(m_ring->head() - 1000, nowNs + 63 * second);
    QCOMPARE(m_broadcaster->count(), 1);
    QCOMPARE(left.size(), 1);
    const auto gone = left.constFirst().constFirst().value<ListenerGone>();
    QCOMPARE(gone.id, id);
    QCOMPARE(gone.why, LeftBecause::StoodStill);
    QVERIFY(gone.reason.contains(u"minute"_s));
    round();
    const StampedStream heard(healthy.read());
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QCOMPARE(heard.count(1), m_frames);
}

void TestBroadcaster::whoNeverReadsGoesAfterHalfAMinute()
{
    Line dead;
    Line paused;
    Line reader;
    const qint64 nowNs = monotonicNs();
    const quint64 deadId = add(dead, nowNs);
    const quint64 pausedId = add(paused, nowNs);
    const quint64 readerId = add(reader, nowNs);
    for (int i = 0; i < 12; ++i) { // of the first minute; one of them stops reading after a quarter of it
        fill(100);
        round();
        reader.read();
        if (i < 6)
            paused.read();
    }
    QSignalSpy left(m_broadcaster.get(), &Broadcaster::left);
    // Rounds are in real time; the look is from later on.
    m_broadcaster->dropSilentPeers(monotonicNs() + 25 * second);
    QCOMPARE(left.count(), 0);
    m_broadcaster->dropSilentPeers(monotonicNs() + 31 * second);
    QCOMPARE(left.count(), 1);
    const auto gone = left.constFirst().constFirst().value<ListenerGone>();
    QCOMPARE(gone.id, deadId);
    QCOMPARE(gone.why, LeftBecause::NeverRead);
    QVERIFY(m_broadcaster->remove(pausedId, LeftBecause::RemovedByYou));
    QVERIFY(m_broadcaster->remove(readerId, LeftBecause::RemovedByYou));
}

void TestBroadcaster::headerPagesAreShared()
{
    constexpr int listeners = 400;
    constexpr int headerBytes = 60'000;
    StreamFormat format;
    format.contentType = "audio/ogg";
    m_ring->setFormat(format);
    FrameBatch stream;
    const QByteArray header = "OggS" + QByteArray(headerBytes, 'h');
    stream.appendStreamHeader(header);
    stream.append(QByteArray("OggS page"), second / 10);
    m_ring->append(stream);
    fill(300); // whoever comes now starts behind the header
    std::vector<std::unique_ptr<Line>> lines;
    ProcessStats process;
    process.look(monotonicNs());
    const qint64 before = process.residentBytes();
    for (int i = 0; i < listeners; ++i) {
        lines.push_back(std::make_unique<Line>());
        const int small = 4096; // so that most of it waits for the one who reads
        ::setsockopt(lines.back()->ours, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
        add(*lines.back(), 0);
    }
    process.look(monotonicNs() + 10 * second);
    const qint64 taken = process.residentBytes() - before;
    QVERIFY2(taken < qint64{listeners} * headerBytes / 4, QByteArray::number(taken));
    // And every one of them gets it whole, and once.
    for (int i = 0; i < 3; ++i) {
        Line &line = *lines.at(static_cast<size_t>(i));
        for (int turn = 0; turn < 60 && line.read().size() < header.size() + 1000; ++turn)
            round();
        QVERIFY(line.heard.startsWith(header + stampedFrame(1, 0).first(2)));
        QCOMPARE(line.heard.count("OggS"), 1);
    }
}

void TestBroadcaster::shrunkRingKeepsEveryFrameWhole()
{
    // The new tail falls exactly onto the laggard's place within a frame: the frame is no longer whole.
    m_ring->setCapacity(4 * 1024 * 1024);
    m_broadcaster->setOptions({.chunkBytes = 1000}); // the socket is full within a frame
    fill(300);
    Line line;
    const quint64 start = m_ring->frameAtOrAfter(m_ring->head() - 65'536);
    add(line, 0);
    for (int i = 0; i < 60; ++i) {
        fill(20);
        round();
    }
    const quint64 position = start + static_cast<quint64>(m_broadcaster->figures(0).constFirst().bytesSent);
    QVERIFY(m_ring->frameAtOrBefore(position) != position);
    const auto capacity = static_cast<qint64>(m_ring->end() - position);
    QVERIFY(capacity >= RingBuffer::blockBytes);
    m_broadcaster->makeRoom(position, 0);
    m_ring->setCapacity(capacity);
    for (qsizetype before = -1; before != line.heard.size();) {
        before = line.heard.size();
        line.read();
        round();
    }
    const StampedStream heard(line.read());
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QCOMPARE(heard.frames().constLast().sequence, m_frames - 1);
}

void TestBroadcaster::newcomersGetHeaderPagesFirst()
{
    m_broadcaster->setOptions({.burstBytes = 10'000});
    Line first;
    add(first, 0);
    FrameBatch header;
    header.appendStreamHeader("HEADER");
    m_ring->append(header);
    fill(100);
    round();
    QCOMPARE(first.read(), "HEADER" + stampedFrames(1, 100));
    Line late;
    add(late, 0, 0, "head\r\n\r\n");
    QVERIFY2(late.read().startsWith("head\r\n\r\nHEADER\xFF\xFB"), late.heard.left(20));
    const StampedStream heard(late.heard.sliced(14));
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QVERIFY(heard.frames().constFirst().sequence > 70);
    // They count as sent, the HTTP head does not.
    QCOMPARE(m_broadcaster->figures(0).at(1).bytesSent, late.heard.size() - 8);
}

void TestBroadcaster::whoJumpsOverHeaderPagesGetsThem()
{
    m_broadcaster->setOptions({.burstBytes = 10'000});
    fill(1);
    Line line;
    add(line, 0);
    FrameBatch header;
    header.appendStreamHeader("HEADER");
    fill(100);
    m_ring->append(header);
    fill(100);
    const QByteArray before = line.read();
    m_broadcaster->makeRoom(m_ring->end() - 20'000, 0);
    round();
    QVERIFY(line.read().startsWith(before + "HEADER\xFF\xFB"));
    // A second jump within the same stream: the pages are known already.
    const qsizetype heard = line.heard.size();
    fill(200);
    m_broadcaster->makeRoom(m_ring->end() - 20'000, 0);
    round();
    QVERIFY(line.read().size() > heard);
    QCOMPARE(line.heard.indexOf("HEADER", heard), -1);
    QCOMPARE(m_broadcaster->totalSkips(), 2);
}

void TestBroadcaster::anotherFormatClosesThoseWhoHeardTheFormerOne()
{
    QSignalSpy left(m_broadcaster.get(), &Broadcaster::left);
    fill(10);
    Line reads;
    add(reads, 0);
    Line behind; // has not been served when the format changes
    const quint64 boundary = m_ring->end();
    m_ring->append(batch(10, 5));
    m_ring->advanceHead(boundary);
    add(behind, 0);
    m_broadcaster->closeAt(boundary, LeftBecause::FormatChanged);
    m_broadcaster->setEarliest(boundary);
    Line newcomer;
    m_ring->advanceHead(m_ring->end());
    add(newcomer, 0);
    round();
    QCOMPARE(left.size(), 2);
    for (const QList<QVariant> &each : left)
        QCOMPARE(each.constFirst().value<ListenerGone>().why, LeftBecause::FormatChanged);
    QCOMPARE(reads.read(), stampedFrames(1, 10));
    QCOMPARE(behind.read(), stampedFrames(1, 10));
    QCOMPARE(newcomer.read(), stampedFrames(1, 5, 10));
    QCOMPARE(m_broadcaster->count(), 1);
}

void TestBroadcaster::leaverIsNoticed()
{
    fill(10);
    Line stays;
    Line leaves;
    add(leaves, 0);
    add(stays, 0);
    QSignalSpy left(m_broadcaster.get(), &Broadcaster::left);
    leaves.hangUp();
    fill(10);
    round();
    QCOMPARE(left.size(), 1);
    const auto gone = left.constFirst().constFirst().value<ListenerGone>();
    QCOMPARE(gone.why, LeftBecause::HungUp);
    QCOMPARE(gone.info.address, u"192.0.2.1"_s);
    QCOMPARE(gone.info.id, gone.id);
    QVERIFY(gone.leftAt.isValid());
    QCOMPARE(m_broadcaster->count(), 1);
    QCOMPARE(m_broadcaster->countFrom(QHostAddress(u"192.0.2.1"_s)), 1);
    QCOMPARE(m_broadcaster->countOn(8001), 1);
    QCOMPARE(m_broadcaster->peak(), 2);
    QCOMPARE(StampedStream(stays.read()).count(1), 20);
}

void TestBroadcaster::removedByTheOwner()
{
    fill(10);
    Line line;
    const quint64 id = add(line, 0);
    QVERIFY(!m_broadcaster->remove(id + 1, LeftBecause::RemovedByYou));
    QVERIFY(m_broadcaster->remove(id, LeftBecause::RemovedByYou));
    QVERIFY(!m_broadcaster->remove(id, LeftBecause::RemovedByYou));
    QCOMPARE(m_broadcaster->count(), 0);
    QCOMPARE(m_broadcaster->countOn(8001), 0);
    // Nobody is left behind: room can be made at once.
    m_broadcaster->makeRoom(m_ring->head(), 0);
    fill(10);
    round();
    QCOMPARE(StampedStream(line.read()).count(1), 10);
}

void TestBroadcaster::figuresAddUp()
{
    fill(10);
    Line a;
    Line b;
    add(a, 0, 0);
    add(b, second, 256);
    fill(90);
    round();
    const qint64 bytes = a.read().size() + b.read().size();
    QCOMPARE(m_broadcaster->totalBytesSent(), bytes);
    const QList<ListenerFigures> figures = m_broadcaster->figures(second);
    QCOMPARE(figures.size(), 2);
    QCOMPARE(figures.at(0).bytesSent, a.heard.size());
    QCOMPARE(figures.at(1).bytesSent, b.heard.size()); // the blocks count
    QCOMPARE(figures.at(0).behindSeconds, 0.0F);
    QVERIFY(figures.at(0).active);
    QCOMPARE(m_broadcaster->connectedSeconds(3 * second), QList<double>({3.0, 2.0}));
    QCOMPARE(m_broadcaster->stalledCount(100 * second), 0); // nothing is due for them
}

void TestBroadcaster::longRoundsServeAllWhileOthersComeAndGo()
{
    fill(50);
    std::vector<std::unique_ptr<Line>> lines;
    QList<quint64> ids;
    for (int i = 0; i < 400; ++i) {
        lines.push_back(std::make_unique<Line>());
        ids.append(add(*lines.back(), 0));
    }
    QSignalSpy finished(m_broadcaster.get(), &Broadcaster::roundFinished);
    for (int i = 0; i < 10; ++i) {
        fill(20);
        m_broadcaster->startRound();
        // Between two slices, when there are some: leavers at both ends and newcomers.
        m_broadcaster->remove(ids.at(i), LeftBecause::RemovedByYou);
        m_broadcaster->remove(ids.at(399 - i), LeftBecause::RemovedByYou);
        m_broadcaster->remove(ids.at(150 + i), LeftBecause::RemovedByYou);
        lines.push_back(std::make_unique<Line>());
        add(*lines.back(), 0);
        QTRY_VERIFY(!m_broadcaster->isRoundRunning());
        for (const auto &line : lines)
            line->read();
    }
    fill(1);
    round();
    for (size_t i = 0; i < lines.size(); ++i) {
        const StampedStream heard(lines.at(i)->read());
        QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
        QCOMPARE(heard.runs().size(), 1);
        const bool removed = i < 10 || (i >= 390 && i < 400) || (i >= 150 && i < 160);
        QCOMPARE(heard.frames().constLast().sequence == m_frames - 1, !removed);
    }
    QCOMPARE(m_broadcaster->count(), 400 - 30 + 10);
}

void TestBroadcaster::whoGoesBetweenTwoSlices_data()
{
    QTest::addColumn<QList<int>>("leavers"); // by their places when the round is a slice old
    QTest::newRow("one that was served") << QList<int>{3};
    QTest::newRow("the last that was served") << QList<int>{15};
    QTest::newRow("the next to be served") << QList<int>{16};
    QTest::newRow("the last of all") << QList<int>{99};
    QTest::newRow("on both sides") << QList<int>{0, 99, 15, 16, 50, 1};
    QTest::newRow("all that were served") << QList<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    QTest::newRow("all that were not") << []() {
        QList<int> rest;
        for (int i = 16; i < 100; ++i)
            rest.append(i);
        return rest;
    }();
}

// A clock on which every look at it is a slice later: a slice is the sixteen listeners between two looks,
// however fast this machine is.
void TestBroadcaster::whoGoesBetweenTwoSlices()
{
    QFETCH(QList<int>, leavers);
    qint64 nowNs = 0;
    m_broadcaster =
        std::make_unique<Broadcaster>(*m_ring, [&nowNs] { return nowNs += Broadcaster::sliceNs + 1; });
    fill(50);
    std::vector<std::unique_ptr<Line>> lines;
    QList<quint64> ids;
    for (int i = 0; i < 100; ++i) {
        lines.push_back(std::make_unique<Line>());
        ids.append(add(*lines.back(), 0));
        lines.back()->read();
    }
    QSignalSpy finished(m_broadcaster.get(), &Broadcaster::roundFinished);
    fill(20);
    m_broadcaster->startRound();
    QVERIFY(m_broadcaster->isRoundRunning());
    const auto wasServed = [&](int i) {
        return StampedStream(lines.at(static_cast<size_t>(i))->read()).frames().constLast().sequence == 69;
    };
    for (int i = 0; i < 100; ++i)
        QCOMPARE(wasServed(i), i < 16);
    for (const int leaver : leavers)
        QVERIFY(m_broadcaster->remove(ids.at(leaver), LeftBecause::RemovedByYou));
    QTRY_VERIFY(!m_broadcaster->isRoundRunning());
    QCOMPARE(finished.count(), 1);
    // Nobody is forgotten and nobody gets anything twice.
    for (int i = 0; i < 100; ++i) {
        const StampedStream heard(lines.at(static_cast<size_t>(i))->read());
        QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
        QCOMPARE(heard.runs().size(), 1);
        QCOMPARE(wasServed(i), i < 16 || !leavers.contains(i));
    }
    QCOMPARE(m_broadcaster->count(), 100 - static_cast<int>(leavers.size()));
}

QTEST_GUILESS_MAIN(TestBroadcaster)
#include "tst_broadcaster.moc"
