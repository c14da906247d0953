// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/order/jingles.h"

namespace cycast
{

int Jingles::indexOf(quint64 id) const
{
    for (int i = 0; i < m_jingles.size(); ++i) {
        if (m_jingles.at(i).id == id)
            return i;
    }
    return -1;
}

const PlaylistEntry *Jingles::find(quint64 id) const
{
    const int index = indexOf(id);
    return index < 0 ? nullptr : &m_jingles.at(index);
}

bool Jingles::update(const PlaylistEntry &entry)
{
    const int index = indexOf(entry.id);
    if (index < 0)
        return false;
    const bool wasPlayable = m_jingles.at(index).problem.isEmpty();
    m_jingles[index] = entry;
    return wasPlayable != entry.problem.isEmpty();
}

void Jingles::setProblem(quint64 id, const Sentence &problem)
{
    if (const int index = indexOf(id); index >= 0)
        m_jingles[index].problem = problem;
}

const PlaylistEntry *Jingles::due(const Heard &heard) const
{
    const bool isDue = (m_rule.everySongs > 0 && heard.songs >= m_rule.everySongs) ||
                       (m_rule.everyMinutes > 0 && heard.ms >= m_rule.everyMinutes * 60'000LL);
    if (!isDue)
        return nullptr;
    const int before = indexOf(heard.lastJingle);
    const int count = static_cast<int>(m_jingles.size());
    for (int step = 1; step <= count; ++step) {
        const PlaylistEntry &jingle = m_jingles.at((before + step) % count);
        if (jingle.problem.isEmpty())
            return &jingle;
    }
    return nullptr;
}

} // namespace cycast
