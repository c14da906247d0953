// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/roundpace.h"

#include <algorithm>

namespace cycast
{
namespace
{

// Rounds that are nearer than this have nothing to win by moving.
constexpr qint64 nearestNs = 20'000'000;
// By how much they move at once: nobody hears a step of a twentieth.
constexpr double step = 0.05;

} // namespace

void RoundPace::roundDone(qint64 cpuNs, qint64 periodNs)
{
    if (periodNs <= 0)
        return;
    const auto period = static_cast<double>(periodNs);
    const double share = std::min(1.0, static_cast<double>(cpuNs) / period);
    m_load += (share - m_load) * std::min(1.0, period / static_cast<double>(averageNs));
    if (m_leastNs == 0 && m_load <= mostLoad)
        return;
    const double now = m_leastNs > 0 ? static_cast<double>(m_leastNs) : period;
    const double wanted = std::clamp(now * m_load / wantedLoad, now * (1.0 - step), now * (1.0 + step));
    m_leastNs = std::min(longestNs, static_cast<qint64>(wanted));
    // Natural pauses are longer than this asks for: the crowd has gone.
    if (m_leastNs < nearestNs || (m_leastNs < periodNs * 9 / 10 && m_load < wantedLoad))
        m_leastNs = 0;
}

} // namespace cycast
