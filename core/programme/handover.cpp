// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/handover.h"

namespace cycast
{

namespace
{

// A timer is late now and then; what comes behind a show must not be heard for it.
constexpr Flicks closeEnough = flicksPerSecond / 10;

} // namespace

Handover::Handover(QObject *parent)
    : QObject(parent)
{
    connect(&m_alarm, &RoundTimer::expired, this, &Handover::due);
}

bool Handover::isDue(const LiveStage &stage, Flicks restOfShow, qint64 nowNs)
{
    const LiveShow *live = stage.live();
    LiveShow *next = stage.waiting();
    const Flicks firstFrame = next ? next->firstPlayable() : 0;
    if (firstFrame == 0)
        return false;
    // A source that is on gives way; a show that ends is heard to its end, in real time.
    const bool givesWay = live && live->isConnected();
    if (live && !givesWay && !live->hasEnded())
        return false;
    if (!givesWay && restOfShow > closeEnough) {
        m_alarm.startAt(nowNs + nsFromFlicks(restOfShow - closeEnough));
        return false;
    }
    if (next->clock().dueTime(nowNs) >= firstFrame) {
        m_alarm.stop();
        return true;
    }
    const qint64 whenNs = next->clock().nextDueNs(nowNs, firstFrame - 1);
    if (whenNs >= 0)
        m_alarm.startAt(whenNs);
    return false;
}

} // namespace cycast
