// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/monotonic.h"
#include "core/programme/leadrendition.h"
#include "core/programme/readahead.h"

#include <QObject>

namespace cycast
{

/// The playlist as somebody who broadcasts: begins tracks, hands their frames to the lead rendition, skips
/// and jumps, keeps what was read ahead in agreement with the list, steps aside for a show and knows what
/// comes after it. When it is its turn is decided elsewhere. `clock` is asked when the reader wakes it; all
/// else brings the time along. Lives in the station's thread.
class AutoDj : public QObject
{
    Q_OBJECT

public:
    /// `lead` and `readAhead` outlive this.
    AutoDj(LeadRendition &lead, ReadAhead &readAhead, Clock clock, QObject *parent = nullptr);

    /// The interrupted track goes on after a show; otherwise the next one starts.
    void setResumes(bool resumes);
    const PlayoutOptions &playout() const { return m_readAhead.playout(); }
    /// On the air: what was read ahead is read again from two seconds on.
    void setPlayout(const PlayoutOptions &options, qint64 nowNs);

    /// With what stop() left, or playFrom() chose.
    void start();
    /// The next start goes on with what is heard now.
    void stop();
    bool isRunning() const { return m_running; }
    /// A show is heard from the head on.
    void stepAside();
    /// It is over.
    void stepIn();

    /// The mount says how much it wants; the read-ahead delivers.
    void order();
    /// Frames may come any moment.
    bool isReading() const { return m_readAhead.isReading(); }
    /// The ring has become another size.
    void capacityChanged(qint64 nowNs);

    void skip(qint64 nowNs);
    void playFrom(quint64 entryId, qint64 positionMs, qint64 nowNs);
    /// The list has changed. `asked` come next, in this order.
    void agree(qint64 nowNs, const QList<quint64> &asked = {});
    Playlist &list() { return m_readAhead.playlist(); }
    const Playlist &list() const { return m_readAhead.playlist(); }
    /// The shuffle bag as it is for the audience; what was read ahead is still in it.
    BagState bag() const;
    /// Behind what stands in the timeline, or after the show.
    TrackInfo next() const;

private:
    bool isOn() const { return m_running && !m_readAhead.isHolding(); }
    std::optional<ResumePoint> afterShow() const;
    void rememberInterrupted();
    void rememberStart();
    void beginTrack(const TrackInfo &track, Flicks offset, quint64 turn);
    void passOn(const FrameBatch &batch);
    void cutToNewTrack(qint64 nowNs, Flicks offset);
    bool readAgainFrom(quint64 position);

    LeadRendition &m_lead;
    ReadAhead &m_readAhead;
    Clock m_clock;
    bool m_running = false;
    bool m_resumes = false;
    TimelineItem m_read; ///< the track whose frames come, from its next one on
    ResumePoint m_start; ///< where start() begins
    ResumePoint m_interrupted;
    bool m_wasDue = false; ///< it had only begun when the next show came: it has its turn after that
};

} // namespace cycast
