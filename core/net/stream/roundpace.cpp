// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/roundpace.h"

#include <algorithm>

namespace cycast
{
namespace
{

// By how much they move at once: nobody hears a step of a twentieth.
constexpr double step = 0.05;

} // namespace

void RoundPace::roundDone(qint64 cpuNs, qint64 periodNs, qint64 askedNs)
{
    if (periodNs <= 0)
        return;
    const auto period = static_cast<double>(periodNs);
    const auto cost = static_cast<double>(cpuNs);
    const double weight = std::min(1.0, period / static_cast<double>(averageNs));
    m_load += (std::min(1.0, cost / period) - m_load) * weight;
    m_costNs += (cost - m_costNs) * weight;
    if (m_leastNs == 0 && m_load <= mostLoad)
        return;
    const auto now = static_cast<double>(m_leastNs > 0 ? m_leastNs : std::max(askedNs, periodNs));
    const double wanted = std::clamp(m_costNs / wantedLoad, now * (1.0 - step), now * (1.0 + step));
    m_leastNs = std::min(longestNs, static_cast<qint64>(wanted));
    if (m_leastNs <= askedNs)
        m_leastNs = 0; // the crowd has gone
}

} // namespace cycast
