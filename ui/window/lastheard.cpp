// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/lastheard.h"

namespace cycast
{

namespace
{

/// The position within a long track is kept this often; the track itself at once.
constexpr qint64 positionStepMs = 60'000;

} // namespace

void LastHeard::set(quint64 entryId, qint64 positionMs)
{
    m_entry = entryId;
    m_positionMs = positionMs;
}

bool LastHeard::follow(const StationStatus &status)
{
    const bool isPlaylist = status.state == AirState::OnAir && status.heard == ProgrammeKind::Playlist &&
                            status.current.entryId != 0;
    if (!isPlaylist)
        return false;
    const bool isNewTrack = status.current.entryId != m_entry;
    set(status.current.entryId, status.positionMs);
    if (!isNewTrack && qAbs(m_positionMs - m_keptMs) < positionStepMs)
        return false;
    m_keptMs = m_positionMs;
    return true;
}

} // namespace cycast
