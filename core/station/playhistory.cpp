// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/playhistory.h"

namespace cycast
{

void PlayHistory::headChanged(const TrackInfo &track, ProgrammeKind kind, bool isJingle,
                              const QDateTime &when)
{
    const bool isLive = kind == ProgrammeKind::Live;
    if (isLive && m_current && m_current->kind == kind && m_current->track.title == track.title &&
        m_current->track.artist == track.artist)
        return;
    ended();
    if (kind != ProgrammeKind::Silence && !isJingle)
        m_current = {track, when, kind};
}

void PlayHistory::ended()
{
    if (!m_current)
        return;
    m_played.prepend(*m_current);
    m_current.reset();
    if (m_played.size() > maxTracks)
        m_played.resize(maxTracks);
}

QList<PlayedTrack> PlayHistory::playedAndPlaying() const
{
    PlayHistory all = *this;
    all.ended();
    return all.m_played;
}

void PlayHistory::restore(const QList<PlayedTrack> &played)
{
    m_played += played;
    if (m_played.size() > maxTracks)
        m_played.resize(maxTracks);
}

} // namespace cycast
