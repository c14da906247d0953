// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stationstatus.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <QTimer>

#include <deque>
#include <memory>

namespace cycast
{

/// Measures how loud tracks are, and how they end, before their turn comes: one after the other, in the
/// helper program at low priority, resting as long as it worked, and only when there are no tags left to
/// read. What is known goes into LoudnessCache and is told. Lives in the thread of StationControl.
class LoudnessSurvey : public QObject
{
    Q_OBJECT

public:
    explicit LoudnessSurvey(QObject *parent = nullptr);
    /// Ends the helper at work.
    ~LoudnessSurvey() override;

    /// Off, nothing is measured; what waits, waits. `channels`: as the station's stream has.
    void setRules(bool isOn, int channels);
    /// Those among them that can be played and have no loudness yet; each once.
    void add(const QList<PlaylistEntry> &entries);
    /// While something goes first.
    void setHeld(bool isHeld);
    /// Forgets what waits.
    void cancel();

signals:
    /// -70: it is silence. A track that cannot be measured is not told.
    void measured(quint64 entryId, double lufs, int silentEndMs);

private:
    struct Shared;
    struct Track {
        quint64 id = 0;
        QString path;
    };

    void next();
    void take(quint64 entryId, double lufs, int silentEndMs);

    std::shared_ptr<Shared> m_shared; ///< outlives this object when a disk hangs
    std::unique_ptr<QThreadPool> m_pool;
    std::deque<Track> m_waiting;
    QSet<quint64> m_known; ///< waiting, at work, or not to be measured
    QTimer m_rest;
    bool m_isOn = false;
    bool m_isHeld = false;
    bool m_isMeasuring = false;
    int m_channels = 2;
};

} // namespace cycast
