// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/playedtrack.h"
#include "core/values/track.h"

#include <optional>

namespace cycast
{

/// What was heard, newest first, what is heard now left out. Jingles and silence are no entries; the same
/// live title sent again is none either. Pure: time is an argument.
class PlayHistory
{
public:
    static constexpr qsizetype maxTracks = 20;

    void headChanged(const TrackInfo &track, ProgrammeKind kind, bool isJingle, const QDateTime &when);
    /// Nothing is heard any more.
    void ended();
    /// From an earlier run; what this one has heard already stays in front.
    void restore(const QList<PlayedTrack> &played);
    const QList<PlayedTrack> &played() const { return m_played; }
    /// With what is heard now: for the next start it will have been heard.
    QList<PlayedTrack> playedAndPlaying() const;

private:
    QList<PlayedTrack> m_played;
    std::optional<PlayedTrack> m_current;
};

} // namespace cycast
