// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/headfollower.h"
#include "core/audio/liveclock.h"
#include "core/audio/playoutclock.h"
#include "core/audio/ringbuffer.h"
#include "core/base/monotonic.h"
#include "core/net/socket/roundtimer.h"
#include "core/net/stream/broadcaster.h"
#include "core/net/stream/roundpace.h"
#include "core/values/track.h"

#include <functional>
#include <vector>

namespace cycast
{

struct MountOptions {
    qint64 capacityBytes = 20 * 1024 * 1024;
    BroadcasterOptions broadcaster;
    qint64 liveDeadlineNs = 200'000'000; ///< how long live audio may gather
    bool mayStretch = true;              ///< rounds move apart where a crowd needs it
    qint64 sleepHighNs = 500'000;        ///< shortest pause between rounds, fill above 80 %
    qint64 sleepMediumNs = 1'000'000;    ///< 50 to 80 %
    qint64 sleepLowNs = 2'000'000;       ///< below 50 %
    QString stationUrl;                  ///< for StreamUrl in titles
};

/// One path: its ring, its clock, its broadcaster and their listeners. Decides when a round is due: when a
/// chunk has become due or its deadline has passed, never because a timer ticks. With nothing due it sleeps.
/// What is in the ring is the programme's business. Lives in the station's thread.
class Mount : public QObject
{
    Q_OBJECT

public:
    /// While a playlist is heard nobody waits for immediacy: longest time between two rounds.
    static constexpr qint64 playlistDeadlineNs = 1'000'000'000;

    /// The guide's "25 % full = healthy".
    static constexpr int readAheadPercent = 25;

    explicit Mount(Clock clock = monotonicNs, QObject *parent = nullptr);

    void setOptions(const MountOptions &options);

    /// Called at the start of every round with its time: the last chance to fill the ring.
    void setSupply(std::function<void(qint64 nowNs)> supply) { m_supply = std::move(supply); }
    /// So many bytes more should stand ahead of the head; below 0: so many less.
    qint64 wantedBytes() const
    {
        return m_options.capacityBytes * readAheadPercent / 100 - m_ring.available();
    }

    /// Is told of the head in every round, before the listeners. It outlives this.
    void addFollower(HeadFollower &follower) { m_followers.push_back(&follower); }

    void start();
    /// Closes all listeners and forgets the stream.
    void stop();

    /// From now on the ring's head moves with the monotonic clock. `primed`: this much is due at once (a
    /// start, or the refill after a gap).
    void followClock(qint64 nowNs, Flicks primed = 0);
    /// From now on it moves with a live source; `clock` belongs to the programme and outlives this.
    /// `baseTime`: stream time of the source's first frame.
    void followLive(LiveClock *clock, Flicks baseTime);

    /// What is appended from here on is of this kind. Where the kind changes, listeners of the former one get
    /// all of it and are closed: players that come back are told the new one.
    void setFormat(const StreamFormat &format);
    void append(const FrameBatch &batch, qint64 nowNs);
    /// `url` goes into StreamUrl instead of the station's own.
    void addMark(const TrackInfo &track, Flicks trackOffset = 0, const QString &url = {});
    /// Drops what was read ahead, from the head or a later frame boundary on.
    void cutReadAhead();
    void cutReadAhead(quint64 position) { m_ring.cut(position); }

    /// Stream time that is due; the head follows at the next round.
    Flicks dueTime(qint64 nowNs);
    /// Moves the head to what is due now, without a round.
    void advance(qint64 nowNs);
    /// Something changed (arrival, cut, append, settings): think about the next round again.
    void reschedule(qint64 nowNs);

    /// Whatever is due goes out. The mount does it itself when it is time.
    void round(qint64 nowNs);
    /// For a mount that follows another one: its head moves to that moment, and everybody gets what is due.
    void moveTo(Flicks time);
    /// A round should have begun: whatever else can wait does so.
    bool isRoundDue(qint64 nowNs) const { return m_alarmNs > 0 && nowNs >= m_alarmNs; }

    /// Live audio is waiting for its round, which comes within the deadline whatever else arrives.
    bool isGathering() const { return m_live && m_gatheringSinceNs > 0 && !m_broadcaster.isRoundRunning(); }

    /// How far rounds are apart because a crowd needs it, ns; 0: as set.
    qint64 stretchedNs() const { return m_pace.leastNs(); }
    /// Share of a processor that rounds take, 0 to 1.
    double roundLoad() const { return m_pace.load(); }

    /// As set; the ring itself may still be larger while what was read ahead plays out.
    qint64 capacityBytes() const { return m_options.capacityBytes; }
    const RingBuffer &ring() const { return m_ring; }
    Broadcaster &broadcaster() { return m_broadcaster; }
    const Broadcaster &broadcaster() const { return m_broadcaster; }
    const TitleMark *headMark() const { return m_ring.markAt(m_ring.head()); }

signals:
    void roundStarted();

private:
    void noteKind();
    void makeRoom(qint64 incomingBytes, qint64 nowNs);
    qint64 pauseNs() const;
    qint64 askedNs() const;
    qint64 nextProgrammeNs() const;
    qint64 nextLiveNs(qint64 nowNs);

    MountOptions m_options;
    RingBuffer m_ring;
    Broadcaster m_broadcaster;
    PlayoutClock m_clock;
    LiveClock *m_live = nullptr;
    Flicks m_liveBase = 0;
    quint64 m_kindSerial = 0; ///< of the stream mark at the head
    StreamFormat m_kind;      ///< of what stands at the head
    bool m_running = false;
    RoundPace m_pace;
    qint64 m_roundNs = 0;    ///< when the last round began
    qint64 m_periodNs = 0;   ///< after the one before
    qint64 m_roundCpuNs = 0; ///< this thread's time at its beginning
    qint64 m_lastRoundEndNs = 0;
    qint64 m_alarmNs = 0;          ///< when the next round begins; 0: not known yet
    qint64 m_gatheringSinceNs = 0; ///< when the first unsent live frame became due; 0: none
    std::function<void(qint64)> m_supply;
    std::vector<HeadFollower *> m_followers;
    Clock m_now;
    RoundTimer m_timer;
};

} // namespace cycast
