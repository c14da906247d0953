// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/timeline.h"

#include <algorithm>

namespace cycast
{

const TimelineItem &Timeline::begin(TimelineItem item, Flicks from)
{
    item.from = from;
    item.serial = ++m_lastSerial;
    m_endsInSilence = item.kind == ProgrammeKind::Silence;
    if (!m_items.empty() && m_items.back().from >= from)
        m_items.back() = std::move(item);
    else
        m_items.push_back(std::move(item));
    return m_items.back();
}

void Timeline::cut(Flicks from)
{
    while (!m_items.empty() && m_items.back().from >= from)
        m_items.pop_back();
    m_endsInSilence = false;
}

void Timeline::forgetBefore(Flicks head)
{
    while (m_items.size() > 1 && m_items[1].from <= head)
        m_items.pop_front();
}

const TimelineItem *Timeline::at(Flicks time) const
{
    const auto later =
        std::upper_bound(m_items.begin(), m_items.end(), time,
                         [](Flicks when, const TimelineItem &item) { return when < item.from; });
    return later == m_items.begin() ? nullptr : &*std::prev(later);
}

} // namespace cycast
