// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/asrunlog.h"

namespace cycast
{

void AsRunLog::start(const Timeline &timeline, Flicks head)
{
    const TimelineItem *before = timeline.at(head);
    m_serial = before ? before->serial : 0;
}

QList<TimelineItem> AsRunLog::follow(Timeline &timeline, Flicks head)
{
    const TimelineItem *item = timeline.at(head);
    const quint64 serial = item ? item->serial : 0;
    if (serial == m_serial)
        return {};
    const quint64 before = std::exchange(m_serial, serial);
    QList<TimelineItem> begun;
    for (const TimelineItem &each : timeline.items()) {
        if (each.serial > before && each.serial < serial)
            begun.append(each);
    }
    begun.append(item ? *item : TimelineItem());
    timeline.forgetBefore(head);
    return begun;
}

} // namespace cycast
