// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/ringbuffer.h"

#include <QRandomGenerator>
#include <QTest>

#include <string>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qint64 block = RingBuffer::blockBytes;
constexpr Flicks millisecond = flicksPerSecond / 1000;

/// `count` frames of `size` bytes, 26 ms each, with bytes that differ from place to place.
FrameBatch batchOf(int count, int size, int seed = 0)
{
    FrameBatch batch;
    for (int i = 0; i < count; ++i) {
        QByteArray frame(size, '\0');
        for (int j = 0; j < size; ++j)
            frame[j] = static_cast<char>(seed * 31 + i * 7 + j);
        batch.append(frame, 26 * millisecond);
    }
    return batch;
}

TitleMark markOf(const QString &title)
{
    TitleMark mark;
    mark.track.title = title;
    return mark;
}

QByteArray bytesBetween(const RingBuffer &ring, quint64 from, quint64 to)
{
    QByteArray bytes;
    while (from < to) {
        const QByteArrayView part = ring.bytesAt(from);
        if (part.isEmpty())
            break;
        const qsizetype wanted = qMin<qsizetype>(part.size(), static_cast<qsizetype>(to - from));
        bytes += part.first(wanted);
        from += static_cast<quint64>(wanted);
    }
    return bytes;
}

/// The ring as one would write it without a thought for speed: everything is kept for ever.
struct NaiveRing {
    struct Frame {
        quint64 position;
        Flicks time;
    };
    std::string bytes;
    std::vector<Frame> frames;
    std::vector<TitleMark> marks;
    quint64 tail = 0;
    quint64 head = 0;
    Flicks endTime = 0;
    qint64 capacity = 0;
    quint64 serial = 0;

    quint64 end() const { return bytes.size(); }
    void trim()
    {
        while (static_cast<qint64>(end() - tail) > capacity && tail < head)
            tail = frameAtOrAfter(tail + 1);
    }
    void append(const FrameBatch &batch)
    {
        quint64 position = end();
        for (const FrameInfo &frame : batch.frames) {
            frames.push_back({position, endTime});
            position += frame.size;
            endTime += frame.duration;
        }
        bytes.append(batch.bytes.constData(), static_cast<size_t>(batch.bytes.size()));
        trim();
    }
    void cut(quint64 position)
    {
        endTime = timeAt(position);
        std::erase_if(frames, [&](const Frame &frame) { return frame.position >= position; });
        if (position < end())
            std::erase_if(marks, [&](const TitleMark &mark) { return mark.position >= position; });
        bytes.resize(position);
    }
    void addMark(TitleMark mark)
    {
        mark.position = end();
        mark.time = endTime;
        mark.serial = ++serial;
        std::erase_if(marks, [&](const TitleMark &other) { return other.position == end(); });
        marks.push_back(mark);
    }
    quint64 frameAtOrBefore(quint64 position) const
    {
        if (position >= end())
            return end();
        quint64 found = tail;
        for (const Frame &frame : frames) {
            if (frame.position <= position && frame.position >= tail)
                found = frame.position;
        }
        return found;
    }
    quint64 frameAtOrAfter(quint64 position) const
    {
        for (const Frame &frame : frames) {
            if (frame.position >= position && frame.position >= tail)
                return frame.position;
        }
        return end();
    }
    Flicks timeAt(quint64 position) const
    {
        const quint64 boundary = frameAtOrBefore(position);
        for (const Frame &frame : frames) {
            if (frame.position == boundary)
                return frame.time;
        }
        return endTime;
    }
    quint64 positionAtTime(Flicks time) const
    {
        if (time >= endTime)
            return end();
        quint64 found = head;
        for (const Frame &frame : frames) {
            if (frame.time <= time)
                found = std::max(head, frame.position);
        }
        return found;
    }
    const TitleMark *markAt(quint64 position) const
    {
        const TitleMark *found = nullptr;
        for (const TitleMark &mark : marks) {
            if (mark.position <= position)
                found = &mark;
        }
        return found;
    }
};

} // namespace

class TestRingBuffer : public QObject
{
    Q_OBJECT

private slots:
    void emptyRing();
    void availableAndSpace();
    void historyMakesRoom();
    void readAheadIsNeverOverwritten();
    void bytesAreNotCopied();
    void capacityChangesLive();
    void memoryFollowsTheData();
    void cutting();
    void headStaysOnFrames();
    void timeAndPosition();
    void marksAndTheirLife();
    void marksWithoutAudio();
    void headerPagesForNewcomers();
    void kindsOfStream();
    void randomOperationsAgainstTheModel();
    void longRunStaysCheap();
};

void TestRingBuffer::emptyRing()
{
    RingBuffer ring(5 * block);
    QCOMPARE(ring.capacity(), 5 * block);
    QCOMPARE(ring.available(), 0);
    QCOMPARE(ring.space(), 5 * block);
    QCOMPARE(ring.fillPercent(), 0.0);
    QCOMPARE(ring.headTime(), 0);
    QCOMPARE(ring.frameAtOrBefore(99), 0U);
    QCOMPARE(ring.frameAtOrAfter(99), 0U);
    QCOMPARE(ring.positionAtTime(99), 0U);
    QVERIFY(ring.bytesAt(0).isEmpty());
    QVERIFY(!ring.markAt(0));
    QCOMPARE(ring.memoryBytes(), 0);
    ring.append({});
    ring.cut(0);
    ring.advanceHead(0);
    QCOMPARE(ring.end(), 0U);
    QCOMPARE(RingBuffer(0).capacity(), block);
}

void TestRingBuffer::availableAndSpace()
{
    RingBuffer ring(4 * block);
    ring.append(batchOf(1024, 1024));
    QCOMPARE(ring.available(), 4 * block);
    QCOMPARE(ring.space(), 0);
    QCOMPARE(ring.fillPercent(), 100.0);
    ring.advanceHead(1024 * 256);
    QCOMPARE(ring.available() + ring.space(), ring.capacity());
    QCOMPARE(ring.fillPercent(), 75.0);
    QCOMPARE(ring.tail(), 0U); // history stays as long as nobody needs its room
}

void TestRingBuffer::historyMakesRoom()
{
    RingBuffer ring(4 * block);
    ring.append(batchOf(1024, 1024, 1));
    ring.advanceHead(ring.end());
    const QByteArray before = bytesBetween(ring, 10 * 1024, ring.end());
    ring.append(batchOf(10, 1000, 2)); // 10,000 bytes: ten frames of 1,024 have to go
    QCOMPARE(ring.tail(), 10U * 1024);
    QCOMPARE(bytesBetween(ring, ring.tail(), ring.head()), before);
    QCOMPARE(bytesBetween(ring, ring.head(), ring.end()), batchOf(10, 1000, 2).bytes);
    QVERIFY(ring.bytesAt(ring.tail() - 1).isEmpty());
    QVERIFY(ring.bytesAt(ring.end()).isEmpty());
}

void TestRingBuffer::readAheadIsNeverOverwritten()
{
    RingBuffer ring(block);
    ring.append(batchOf(100, 1024, 1));
    ring.advanceHead(50 * 1024);
    const FrameBatch more = batchOf(500, 1024, 2); // twice the capacity
    ring.append(more);
    QCOMPARE(ring.tail(), ring.head());
    QCOMPARE(ring.head(), 50U * 1024);
    QCOMPARE(ring.available(), 550 * 1024);
    QCOMPARE(ring.space(), 0);
    QCOMPARE(ring.fillPercent(), 100.0);
    QCOMPARE(bytesBetween(ring, ring.head(), ring.end()),
             batchOf(100, 1024, 1).bytes.sliced(50 * 1024) + more.bytes);
    // What has just become due is still there to be sent; the next append lets it go.
    ring.advanceHead(ring.end());
    QCOMPARE(ring.tail(), 50U * 1024);
    ring.append(batchOf(1, 1024, 3));
    QCOMPARE(ring.tail(), ring.end() - block);
}

void TestRingBuffer::bytesAreNotCopied()
{
    RingBuffer ring(4 * block);
    ring.append(batchOf(700, 1000));
    const QByteArrayView first = ring.bytesAt(0);
    QCOMPARE(first.size(), block);
    const QByteArrayView inside = ring.bytesAt(12'345);
    QCOMPARE(inside.data(), first.data() + 12'345);
    QCOMPARE(inside.size(), block - 12'345);
    QCOMPARE(ring.bytesAt(block).size(), block);
    QCOMPARE(ring.bytesAt(2 * block).size(), 700'000 - 2 * block);
    // More data, another capacity: what a listener is reading stays where it is.
    ring.setCapacity(50 * block);
    ring.append(batchOf(700, 1000));
    QCOMPARE(ring.bytesAt(0).data(), first.data());
}

void TestRingBuffer::capacityChangesLive()
{
    RingBuffer ring(20 * block);
    ring.append(batchOf(20 * 256, 1024, 3));
    ring.advanceHead(15 * block);
    const QByteArray ahead = bytesBetween(ring, ring.head(), ring.end());
    const qint64 before = ring.memoryBytes();
    ring.setCapacity(10 * block);
    QCOMPARE(ring.end() - ring.tail(), static_cast<quint64>(10 * block));
    QVERIFY(ring.memoryBytes() <= before - 9 * block);
    ring.setCapacity(2 * block); // less than what is read ahead
    QCOMPARE(ring.tail(), ring.head());
    QCOMPARE(ring.available(), 5 * block);
    QCOMPARE(ring.space(), 0);
    QCOMPARE(bytesBetween(ring, ring.head(), ring.end()), ahead);
    ring.setCapacity(30 * block);
    QCOMPARE(ring.space(), 25 * block);
    QCOMPARE(ring.available() + ring.space(), ring.capacity());
}

void TestRingBuffer::memoryFollowsTheData()
{
    RingBuffer ring(1000 * block);
    QCOMPARE(ring.memoryBytes(), 0);
    ring.append(batchOf(1, 417));
    QVERIFY(ring.memoryBytes() < 2 * block);
    RingBuffer small(4 * block);
    for (int i = 0; i < 5000; ++i) {
        small.append(batchOf(5, 417, i));
        small.advanceHead(small.end());
        QVERIFY(small.memoryBytes() <= 7 * block);
        QVERIFY(static_cast<qint64>(small.end() - small.tail()) <= small.capacity());
    }
}

void TestRingBuffer::cutting()
{
    RingBuffer ring(20 * block);
    ring.append(batchOf(2000, 1000, 1));
    ring.addMark(markOf(u"next"_s));
    ring.append(batchOf(1000, 1000, 2));
    ring.advanceHead(500'000);
    ring.cut(700'000);
    QCOMPARE(ring.end(), 700'000U);
    QCOMPARE(ring.endTime(), 700 * 26 * millisecond);
    QVERIFY(ring.marks().empty());
    QVERIFY(ring.memoryBytes() <= 5 * block);
    ring.append(batchOf(10, 500, 9));
    QCOMPARE(bytesBetween(ring, 0, 700'000), batchOf(2000, 1000, 1).bytes.first(700'000));
    QCOMPARE(bytesBetween(ring, 700'000, ring.end()), batchOf(10, 500, 9).bytes);
    QCOMPARE(ring.endTime(), 710 * 26 * millisecond);
    // Never what listeners have had already; within a frame counts as its start.
    ring.cut(600'250);
    QCOMPARE(ring.end(), 600'000U);
    ring.cut(3);
    QCOMPARE(ring.end(), 500'000U);
    QCOMPARE(ring.head(), 500'000U);
    ring.cut(ring.end());
    QCOMPARE(ring.end(), 500'000U);
    // At a block's edge.
    RingBuffer edge(4 * block);
    edge.append(batchOf(512, 1024, 4));
    edge.cut(block);
    edge.append(batchOf(1, 100, 5));
    QCOMPARE(edge.bytesAt(block).toByteArray(), batchOf(1, 100, 5).bytes);
    QCOMPARE(bytesBetween(edge, 0, block), batchOf(256, 1024, 4).bytes);
}

void TestRingBuffer::headStaysOnFrames()
{
    RingBuffer ring(4 * block);
    ring.append(batchOf(10, 100));
    ring.advanceHead(250);
    QCOMPARE(ring.head(), 200U);
    QCOMPARE(ring.headTime(), 2 * 26 * millisecond);
    ring.advanceHead(100);
    QCOMPARE(ring.head(), 200U);
    ring.advanceHead(99'999);
    QCOMPARE(ring.head(), 1000U);
    QCOMPARE(ring.headTime(), ring.endTime());
}

void TestRingBuffer::timeAndPosition()
{
    RingBuffer ring(4 * block);
    ring.append(batchOf(10, 100));
    const Flicks frame = 26 * millisecond;
    QCOMPARE(ring.timeAt(0), 0);
    QCOMPARE(ring.timeAt(99), 0);
    QCOMPARE(ring.timeAt(100), frame);
    QCOMPARE(ring.timeAt(5000), 10 * frame);
    QCOMPARE(ring.positionAtTime(0), 0U);
    QCOMPARE(ring.positionAtTime(frame - 1), 0U);
    QCOMPARE(ring.positionAtTime(frame), 100U);
    QCOMPARE(ring.positionAtTime(10 * frame - 1), 900U);
    QCOMPARE(ring.positionAtTime(10 * frame), 1000U);
    QCOMPARE(ring.positionAtTime(-1), 0U);
    ring.advanceHead(300);
    QCOMPARE(ring.positionAtTime(0), 300U);
    QCOMPARE(ring.frameAtOrBefore(250), 200U);
    QCOMPARE(ring.frameAtOrAfter(250), 300U);
    QCOMPARE(ring.frameAtOrAfter(300), 300U);
    QCOMPARE(ring.frameAtOrAfter(901), 1000U);
}

void TestRingBuffer::marksAndTheirLife()
{
    RingBuffer ring(block);
    ring.addMark(markOf(u"one"_s));
    ring.append(batchOf(100, 1024));
    ring.addMark(markOf(u"two"_s));
    ring.append(batchOf(100, 1024));
    QCOMPARE(ring.markAt(0)->track.title, u"one"_s);
    QCOMPARE(ring.markAt(100 * 1024 - 1)->track.title, u"one"_s);
    QCOMPARE(ring.markAt(100 * 1024)->track.title, u"two"_s);
    QCOMPARE(ring.markAt(100 * 1024)->time, 100 * 26 * millisecond);
    QCOMPARE(ring.markAt(ring.end() + 5)->track.title, u"two"_s);
    QVERIFY(ring.markAt(0)->serial < ring.markAt(ring.end())->serial);

    ring.advanceHead(ring.end());
    ring.append(batchOf(100, 1024)); // 44 KiB of the first title's audio go
    QCOMPARE(ring.tail(), 44U * 1024);
    QCOMPARE(ring.marks().size(), 2U); // still in force for the tail
    QCOMPARE(ring.markAt(ring.tail())->track.title, u"one"_s);
    ring.append(batchOf(56, 1024));
    QCOMPARE(ring.tail(), 100U * 1024);
    QCOMPARE(ring.marks().size(), 1U);
    ring.advanceHead(ring.end());
    ring.append(batchOf(200, 1024));
    QCOMPARE(ring.markAt(ring.tail())->track.title, u"two"_s);
}

void TestRingBuffer::marksWithoutAudio()
{
    RingBuffer ring(block);
    ring.append(batchOf(1, 100));
    ring.addMark(markOf(u"skipped"_s));
    const quint64 serial = ring.markAt(100)->serial;
    ring.addMark(markOf(u"heard"_s));
    QCOMPARE(ring.marks().size(), 1U);
    QCOMPARE(ring.markAt(100)->track.title, u"heard"_s);
    QVERIFY(ring.markAt(100)->serial > serial);
    QVERIFY(!ring.markAt(99));
}

void TestRingBuffer::headerPagesForNewcomers()
{
    RingBuffer ring(block);
    ring.setFormat({"audio/ogg", 0, 48000, 2, "opus"});
    FrameBatch stream;
    stream.appendStreamHeader("HEADER");
    stream.append(batchOf(2, 100));
    stream.appendStreamHeader("NEXT");
    stream.append(batchOf(1, 100));
    ring.append(stream);
    QCOMPARE(ring.end(), 310U);
    QCOMPARE(ring.endTime(), 3 * 26 * millisecond);
    QCOMPARE(ring.streamHeaderAt(0), QByteArray()); // they come next anyway
    QCOMPARE(ring.streamHeaderAt(6), QByteArray("HEADER"));
    QCOMPARE(ring.streamHeaderAt(106), QByteArray("HEADER"));
    QCOMPARE(ring.streamHeaderAt(206), QByteArray()); // the next ones come
    QCOMPARE(ring.streamHeaderAt(210), QByteArray("NEXT"));
    QCOMPARE(ring.streamHeaderAt(ring.end()), QByteArray("NEXT"));
    // Kept as long as the tail needs them, however long ago they came.
    for (int i = 0; i < 8; ++i) {
        ring.append(batchOf(100, 1024));
        ring.advanceHead(ring.end());
    }
    QVERIFY(ring.tail() > 310U);
    QCOMPARE(ring.streamMarks().size(), 1U);
    QCOMPARE(ring.streamHeaderAt(ring.tail()), QByteArray("NEXT"));
    // Cut with the read-ahead that they belong to.
    stream = {};
    stream.appendStreamHeader("THIRD");
    const quint64 end = ring.end();
    ring.append(stream);
    QCOMPARE(ring.streamHeaderAt(ring.end()), QByteArray("THIRD"));
    ring.cut(end);
    QCOMPARE(ring.streamHeaderAt(ring.end()), QByteArray("NEXT"));
}

void TestRingBuffer::kindsOfStream()
{
    const StreamFormat mp3{"audio/mpeg", 128, 44100, 2};
    const StreamFormat opus{"audio/ogg", 96, 48000, 2, "opus"};
    RingBuffer ring(block);
    QVERIFY(!ring.streamMarkAt(0));
    ring.setFormat(mp3);
    ring.append(batchOf(2, 100));
    ring.setFormat({"audio/mpeg", 320, 48000, 1}); // for a player still the same
    QCOMPARE(ring.streamMarks().size(), 1U);
    ring.setFormat(opus);
    ring.setFormat({"audio/aac", 64, 44100, 2}); // the other one got no audio
    QCOMPARE(ring.streamMarks().size(), 2U);
    ring.append(batchOf(2, 100));
    QCOMPARE(ring.streamMarkAt(199)->format, mp3);
    QCOMPARE(ring.streamMarkAt(200)->format.contentType, "audio/aac");
    ring.cut(200);
    QCOMPARE(ring.streamMarkAt(ring.end())->format, mp3);
    // Players know the codec within Ogg as well.
    ring.setFormat(opus);
    ring.append(batchOf(1, 100));
    ring.setFormat({"audio/ogg", 96, 48000, 2, "vorbis"});
    QCOMPARE(ring.streamMarks().size(), 3U);
    // A header belongs to one kind only.
    FrameBatch header;
    header.appendStreamHeader("V");
    ring.append(header);
    ring.append(batchOf(1, 100));
    ring.setFormat(mp3);
    ring.append(batchOf(1, 100));
    QCOMPARE(ring.streamHeaderAt(ring.end()), QByteArray());
}

void TestRingBuffer::randomOperationsAgainstTheModel()
{
    QRandomGenerator random(17);
    const auto upTo = [&](quint64 limit) { return limit == 0 ? 0 : random.generate64() % (limit + 1); };
    for (int run = 0; run < 12; ++run) {
        NaiveRing model;
        model.capacity = block * random.bounded(1, 4);
        RingBuffer ring(model.capacity);
        // With frames this large the model's slow searches stay short.
        for (int step = 0; step < 600; ++step) {
            switch (random.bounded(10)) {
            case 0:
            case 1:
            case 2:
            case 3: {
                FrameBatch batch;
                for (int i = random.bounded(12); i > 0; --i) {
                    const QByteArray frame(random.bounded(500, 9000), static_cast<char>(random.bounded(256)));
                    batch.append(frame, random.bounded(1, 50) * millisecond);
                }
                ring.append(batch);
                model.append(batch);
                break;
            }
            case 4:
            case 5:
            case 6: {
                const quint64 position = model.frameAtOrBefore(model.head + upTo(model.end() - model.head));
                ring.advanceHead(position);
                model.head = std::max(model.head, position);
                break;
            }
            case 7:
                if (random.bounded(3) == 0) {
                    const quint64 position = std::max(
                        model.head, model.frameAtOrBefore(model.head + upTo(model.end() - model.head)));
                    ring.cut(position);
                    model.cut(position);
                }
                break;
            case 8:
                ring.addMark(markOf(QString::number(step)));
                model.addMark(markOf(QString::number(step)));
                break;
            default:
                model.capacity = block + random.bounded(static_cast<int>(4 * block));
                ring.setCapacity(model.capacity);
                model.trim();
                break;
            }
            QCOMPARE(ring.tail(), model.tail);
            QCOMPARE(ring.head(), model.head);
            QCOMPARE(ring.end(), model.end());
            QCOMPARE(ring.endTime(), model.endTime);
            QCOMPARE(ring.headTime(), model.timeAt(model.head));
            QCOMPARE(ring.available() + ring.space(), std::max(ring.capacity(), ring.available()));
            QVERIFY(ring.memoryBytes() <= static_cast<qint64>(ring.end() - ring.tail()) + 4 * block);
            for (int probe = 0; probe < 4; ++probe) {
                const quint64 position = model.tail + upTo(model.end() - model.tail + 10);
                QCOMPARE(ring.frameAtOrBefore(position), model.frameAtOrBefore(position));
                QCOMPARE(ring.frameAtOrAfter(position), model.frameAtOrAfter(position));
                QCOMPARE(ring.timeAt(position), model.timeAt(position));
                const Flicks time = model.timeAt(position) + random.bounded(1000) - 500;
                QCOMPARE(ring.positionAtTime(time), model.positionAtTime(time));
                const TitleMark *mark = ring.markAt(position);
                const TitleMark *expected = model.markAt(position);
                QCOMPARE(mark != nullptr, expected != nullptr);
                if (mark) {
                    QCOMPARE(mark->serial, expected->serial);
                    QCOMPARE(mark->position, expected->position);
                    QCOMPARE(mark->time, expected->time);
                    QCOMPARE(mark->track.title, expected->track.title);
                }
                QCOMPARE(ring.frameAtOrBefore(upTo(model.tail)), model.frameAtOrBefore(model.tail));
            }
            if (step % 20 == 0) {
                const QByteArray held = bytesBetween(ring, ring.tail(), ring.end());
                QCOMPARE(held, QByteArray::fromStdString(model.bytes.substr(model.tail)));
            }
        }
    }
}

void TestRingBuffer::longRunStaysCheap()
{
    // A day of 128 kbit/s with lookups at each step: minutes if any of it were linear in the history.
    RingBuffer ring(20 * 1024 * 1024);
    const FrameBatch batch = batchOf(38, 418); // about a second
    quint64 sum = 0;
    for (int second = 0; second < 86'400; ++second) {
        if (second % 200 == 0)
            ring.addMark(markOf(QString::number(second)));
        ring.append(batch);
        ring.advanceHead(ring.positionAtTime(ring.endTime() - flicksPerSecond));
        sum += ring.frameAtOrAfter(ring.head() - 65'536) + ring.markAt(ring.head())->serial;
    }
    QVERIFY(sum > 0);
    QVERIFY(ring.memoryBytes() < 22 * 1024 * 1024);
    QVERIFY(ring.marks().size() < 10);
}

QTEST_GUILESS_MAIN(TestRingBuffer)
#include "tst_ringbuffer.moc"
