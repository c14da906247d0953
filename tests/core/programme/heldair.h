// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/mpeg/mpegframer.h"
#include "core/audio/mpeg/mpegheader.h"
#include "core/programme/programme.h"
#include "tests/support/stampedframes.h"

#include <QSignalSpy>
#include <QTest>

#include <condition_variable>
#include <mutex>

#include <sys/socket.h>
#include <unistd.h>

/// A programme with a clock that the test holds and a disk that answers when the test lets it.
namespace cycast::test
{

using namespace Qt::Literals::StringLiterals;

inline const Flicks frameTime = defaultMpegHeader().duration();

inline FrameBatch stampedBatch(int source, int first, int count)
{
    FrameBatch batch;
    for (int i = first; i < first + count; ++i)
        batch.append(stampedFrame(source, i), frameTime);
    return batch;
}

/// Every track is stamped with the number it has in the list, and has so many frames.
class StampedTrack final : public TrackReader
{
public:
    StampedTrack(int source, int first, int frames)
        : m_source(source)
        , m_at(first)
        , m_end(frames)
    {
    }
    TrackResult<FrameBatch> read(qint64 bytes, const ReadPatience &) override
    {
        const int count = qMin(m_end - m_at, static_cast<int>(bytes / 418));
        const int first = std::exchange(m_at, m_at + count);
        return stampedBatch(m_source, first, count);
    }

private:
    int m_source;
    int m_at;
    int m_end;
};

/// It opens nothing while it sleeps.
struct SleepyDisk {
    std::mutex mutex;
    std::condition_variable awake;
    bool sleeps = false;
    int opened = 0;

    void setSleeping(bool on)
    {
        const std::lock_guard lock(mutex);
        sleeps = on;
        awake.notify_all();
    }
    bool isSleeping()
    {
        const std::lock_guard lock(mutex);
        return sleeps;
    }
    int count()
    {
        const std::lock_guard lock(mutex);
        return opened;
    }
    OpenedTrack open(const TrackRequest &request, int frames)
    {
        std::unique_lock lock(mutex);
        awake.wait(lock, [this] { return !sleeps; });
        ++opened;
        OpenedTrack track;
        track.entry = request.entry;
        const int source = request.entry.path.toInt();
        track.reader =
            std::make_unique<StampedTrack>(source, static_cast<int>(request.offset / frameTime), frames);
        return track;
    }
};

/// The other end of a live source's connection.
class Encoder
{
public:
    Encoder()
    {
        int ends[2] = {-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
            qFatal("no sockets");
        m_ours = ends[0];
        m_theirs = ends[1];
    }
    ~Encoder() { hangUp(); }
    Q_DISABLE_COPY_MOVE(Encoder)
    SourceConnection *connection()
    {
        Arrival arrival;
        arrival.transport = Transport(m_theirs);
        return new SourceConnection(std::move(arrival), std::make_unique<MpegFramer>(), nullptr);
    }
    bool send(int first, int count) const
    {
        const QByteArray bytes = stampedFrames(900, count, first);
        return ::send(m_ours, bytes.constData(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL) ==
               bytes.size();
    }
    void hangUp()
    {
        if (m_ours >= 0)
            ::close(std::exchange(m_ours, -1));
    }

private:
    int m_ours;
    int m_theirs;
};

/// A programme of its own, on whose clock a second passes when the test says so.
struct Air {
    qint64 nowNs = monotonicNs() + 86'400 * nsPerSecond; // no timer of the real clock comes in between
    std::shared_ptr<SleepyDisk> disk = std::make_shared<SleepyDisk>();
    Mount mount{[this] { return nowNs; }};
    ReadAhead feeder{1};
    Programme programme{mount, feeder, [this] { return nowNs; }};
    QSignalSpy heads{&programme, &Programme::headChanged};
    QSignalSpy dry{&programme, &Programme::ranDry};
    int frames;

    explicit Air(int tracks, int framesEach = 3000)
        : frames(framesEach)
    {
        feeder.setOpener([disk = disk, framesEach](const TrackRequest &request, const PlayoutOptions &) {
            return disk->open(request, framesEach);
        });
        QList<PlaylistEntry> rows;
        for (int i = 1; i <= tracks; ++i) {
            PlaylistEntry row;
            row.id = static_cast<quint64>(i);
            row.path = QString::number(i);
            row.track.title = u"Track %1"_s.arg(i);
            row.tagsRead = true;
            rows.append(row);
        }
        programme.setEntries(rows, nowNs);
        mount.start();
        programme.start(nowNs);
    }
    ~Air() { disk->setSleeping(false); }

    /// In rounds of a quarter of a second.
    void pass(double seconds)
    {
        for (int i = 0; i < qRound(seconds * 4); ++i) {
            nowNs += nsPerSecond / 4;
            mount.round(nowNs);
            QCoreApplication::processEvents();
            // A disk that is awake is faster than this clock.
            while (!disk->isSleeping() && feeder.isReading())
                QTest::qWait(1);
        }
    }
    /// Sends until the show is heard. How many frames that took; 0: it is not heard.
    int goLive(const Encoder &encoder)
    {
        int sent = 0;
        while (programme.heard() != ProgrammeKind::Live) {
            if (sent >= 200 || !encoder.send(sent, 10))
                return 0;
            sent += 10;
            QTest::qWait(1);
            pass(0.25);
        }
        return sent;
    }
    /// What is still to be heard counts too.
    StampedStream all() const
    {
        QByteArray bytes;
        const RingBuffer &ring = mount.ring();
        for (quint64 at = ring.tail(); at < ring.end();) {
            const QByteArrayView part = ring.bytesAt(at);
            bytes += part.toByteArray();
            at += static_cast<quint64>(part.size());
        }
        return StampedStream(bytes);
    }
    QStringList titles() const
    {
        QStringList all;
        for (const QList<QVariant> &call : heads) {
            const auto title = call.first().value<TrackInfo>().title;
            all.append(title.isEmpty() ? u"-"_s : title);
        }
        return all;
    }
};

} // namespace cycast::test
