// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/roundtimer.h"
#include "core/programme/livestage.h"

namespace cycast
{

/// When the show that waits takes over: on its first due frame, and not before one that has ended was heard
/// to its end. Wakes up when that comes with time alone. Lives in the station's thread.
class Handover : public QObject
{
    Q_OBJECT

public:
    explicit Handover(QObject *parent = nullptr);

    /// Otherwise due() comes, unless somebody else has to move first. `restOfShow`: what is left of the one
    /// that is heard, or was last.
    bool isDue(const LiveStage &stage, Flicks restOfShow, qint64 nowNs);
    void cancel() { m_alarm.stop(); }

signals:
    void due();

private:
    RoundTimer m_alarm;
};

} // namespace cycast
