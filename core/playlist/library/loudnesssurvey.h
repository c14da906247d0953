// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/offthread.h"
#include "core/values/playlistentry.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <atomic>
#include <deque>
#include <memory>

namespace cycast
{

/// Measures how loud tracks are, and how they end, before their turn comes: one after the other, in the
/// helper program at low priority, and only when there are no tags left to read. What playing needs goes
/// first and rests as long as it worked; what only the verdict on the list needs rests four times as long.
/// What is known goes into LoudnessCache and is told. Lives in the thread of StationControl.
class LoudnessSurvey : public QObject
{
    Q_OBJECT

public:
    explicit LoudnessSurvey(QObject *parent = nullptr);
    /// Ends the helper at work.
    ~LoudnessSurvey() override;

    struct Rules {
        bool levels = false;    ///< tracks are levelled: those whose tags do not say how loud they are count
        bool isWatched = false; ///< somebody sees the verdict on the list: every track counts
        int channels = 2;       ///< as the station's stream has
    };
    /// What counts for neither waits.
    void setRules(const Rules &rules);
    /// Those among them that can be played and were not measured yet; each once.
    void add(const QList<PlaylistEntry> &entries);
    /// While something goes first.
    void setHeld(bool isHeld);
    /// Forgets what waits.
    void cancel();

signals:
    /// -70: it is silence. A track that cannot be measured is not told.
    void measured(quint64 entryId, double lufs, int silentEndMs);

private:
    struct Track {
        quint64 id = 0;
        QString path;
        double taggedLufs = 0.0;
    };

    void next();
    void take(quint64 entryId, double lufs, int silentEndMs);

    std::shared_ptr<std::atomic<bool>> m_isStopped; ///< outlives this object when a disk hangs
    OffThread<LoudnessSurvey> m_off;
    std::deque<Track> m_unknown; ///< waiting: no tag says how loud they are
    std::deque<Track> m_tagged;  ///< waiting: how they end is not known
    QSet<quint64> m_known;       ///< waiting, at work, or not to be measured
    QTimer m_rest;
    Rules m_rules;
    bool m_isHeld = false;
    bool m_isMeasuring = false;
};

} // namespace cycast
