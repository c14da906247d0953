// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/offthread.h"
#include "core/codec/trackfault.h"
#include "core/playlist/order/playlist.h"
#include "core/playlist/reader/secondchances.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace cycast
{

/// Which rows of the playlist cannot be played: marks them there, says why, and takes the mark away when they
/// may be tried again. A disk that did not answer is given another chance after a while; when nothing at all
/// can be played, one row after the other is tried all the same; and where one is back, the others of its
/// disk are looked for. A fault of this machine marks no row. Lives in the station's thread; looks for files
/// on a thread of its own.
class RowFaults : public QObject
{
    Q_OBJECT

public:
    /// `playlist` outlives this.
    explicit RowFaults(Playlist &playlist, QObject *parent = nullptr);

    /// When nothing of the list can be played: the row that is tried next. It has no turn unless it plays.
    std::optional<PlaylistEntry> nextTrial() const;
    /// Sound came of it.
    void played(quint64 id);
    /// Likewise of a trial: it can be played again, and that was its turn.
    void trialPlayed(quint64 id);
    /// It could not be played. `isTriedAgain`: at once, so that nothing is said of the row yet.
    void failed(const PlaylistEntry &entry, const TrackError &error, bool isTriedAgain, qint64 nowNs);

signals:
    /// This entry cannot be played (`reason`, a sentence), or can again (empty).
    void entryProblem(quint64 entryId, const cycast::Sentence &reason, cycast::EntryFault fault);
    /// Rows may be tried again that had been passed over.
    void cleared();

private:
    void mark(const PlaylistEntry &entry, const Sentence &reason, EntryFault fault, qint64 nowNs);
    void warn(const Sentence &sentence);
    void lookForOthers(quint64 id);
    void clear(const QList<quint64> &ids);

    Playlist &m_playlist;
    SecondChances m_chances;
    QTimer m_chancesDue; ///< looks who may be tried again
    OffThread<RowFaults> m_looks;
    int m_warnings = 0; ///< since something was read
};

} // namespace cycast
