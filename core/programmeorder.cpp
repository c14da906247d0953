// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Programme that is about what comes next.
#include "core/programme.h"

namespace cycast
{

void Programme::playNext(const QList<quint64> &entryIds, qint64 nowNs)
{
    reconcileReadAhead(nowNs, entryIds);
}

void Programme::setJingles(const QList<PlaylistEntry> &jingles, qint64 nowNs)
{
    m_feeder.playlist().setJingles(jingles);
    reconcileReadAhead(nowNs);
}

void Programme::setJingleRule(const JingleRule &rule, qint64 nowNs)
{
    m_feeder.playlist().setJingleRule(rule);
    reconcileReadAhead(nowNs);
}

BagState Programme::bag() const
{
    const TitleMark *mark = m_mount.headMark();
    const bool isPlaylist = kindOf(mark) == ProgrammeKind::Playlist;
    return m_feeder.playlist().bagAfter(isPlaylist ? mark->track.entryId : 0,
                                        isPlaylist ? takenAfter(*mark) : 0);
}

} // namespace cycast
