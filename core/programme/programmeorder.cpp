// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Programme that is about what comes next.
#include "core/programme/programme.h"

namespace cycast
{

void Programme::playNext(const QList<quint64> &entryIds, qint64 nowNs)
{
    reconcileReadAhead(nowNs, entryIds);
}

void Programme::setEntries(const EntryList &entries, qint64 nowNs, const BagState *bag)
{
    m_feeder.playlist().setEntries(entries);
    if (bag)
        m_feeder.playlist().restoreBag(*bag);
    reconcileReadAhead(nowNs);
}

void Programme::setOrder(bool shuffle, bool repeat, qint64 nowNs)
{
    m_feeder.playlist().setShuffle(shuffle);
    m_feeder.playlist().setRepeat(repeat);
    reconcileReadAhead(nowNs);
}

// The list has changed: does what was read ahead still agree with it? From the first track that does not,
// the read-ahead is cut and read anew.
void Programme::reconcileReadAhead(qint64 nowNs, const QList<quint64> &playNext)
{
    if (!m_running || m_live) {
        m_feeder.playlist().playNext(playNext);
        return;
    }
    m_mount.advance(nowNs);
    Playlist &playlist = m_feeder.playlist();
    const TitleMark *headMark = m_mount.headMark();
    if (kindOf(headMark) == ProgrammeKind::Silence) {
        playlist.playNext(playNext);
        if (m_mount.ring().available() > 0 && !m_tailIsSilence)
            cutToNewTrack(nowNs, 0);
        else
            m_feeder.feed();
        return;
    }
    const quint64 heardNow = headMark->track.entryId;
    if (!playlist.entry(heardNow)) {
        // The track on the air was removed: its successor starts.
        rewindToHeard();
        playlist.playNext(playNext);
        cutToNewTrack(nowNs, 0);
        return;
    }
    rewindToHeard();
    playlist.playNext(playNext);
    for (const TitleMark &mark : m_mount.ring().marks()) {
        if (mark.position <= m_mount.ring().head() || mark.serial <= headMark->serial)
            continue;
        const auto next = playlist.peekNext();
        if (!next || next->id != mark.track.entryId) {
            m_mount.cutReadAhead(mark.position);
            m_tailIsSilence = false;
            m_feeder.restart();
            m_feeder.feed();
            m_mount.reschedule(nowNs);
            return;
        }
        playlist.takeNext();
    }
    // What is being opened is decided anew.
    if (m_feeder.currentEntry() != 0 && !m_feeder.hasStarted())
        m_feeder.restart();
    m_feeder.feed();
}

void Programme::updateEntries(const QList<PlaylistEntry> &fresh, qint64 nowNs)
{
    if (m_feeder.playlist().updateEntries(fresh))
        reconcileReadAhead(nowNs);
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
