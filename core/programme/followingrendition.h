// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/programme/programme.h"

namespace cycast
{

/// The same programme in a further format, on a mount of its own: makes after the programme's timeline what
/// the programme makes itself in the first format. Every item begins on the frame that is nearest to its
/// moment, so that the two never drift apart, whatever lengths their frames have; what a reader gives beyond
/// an item's end is left out, what it lacks is silence. Live shows are converted, and heard as much later as
/// that takes. Lives in the station's thread.
class FollowingRendition : public QObject
{
    Q_OBJECT

public:
    /// `programme`, `lead` (its mount) and `mount` outlive this.
    FollowingRendition(Programme &programme, const Mount &lead, Mount &mount, const PlayoutOptions &playout,
                       Clock clock = monotonicNs, QObject *parent = nullptr);

    /// For tests: how its tracks are opened.
    void setOpener(TrackFeeder::Opener opener) { m_feeder.setOpener(std::move(opener)); }

private:
    const TimelineItem *itemAtEnd(Flicks &until) const;
    bool isLive() const;
    void followItem(Flicks from);
    void cut(Flicks from);
    void work();
    void endTrack();
    void begin(const TimelineItem &item);
    void takeFrames(const FrameBatch &batch);
    void takeLive(const FormatRun &run);
    void append(const FrameBatch &batch, Flicks until);
    void followHead();

    Programme &m_programme;
    const Mount &m_lead;
    Mount &m_mount;
    Clock m_now;
    Rendition m_rendition;
    TrackFeeder m_feeder;
    LiveConverter m_converter;
    Flicks m_halfFrame;
    quint64 m_serial = 0; ///< of the item that is made; 0: none
    ProgrammeKind m_kind = ProgrammeKind::Silence;
    bool m_hasEnded = false; ///< its reader has
};

} // namespace cycast
