// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/sourceattempts.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

bool isSameKnock(const SourceAttempt &a, const SourceAttempt &b)
{
    return a.outcome == b.outcome && a.address == b.address && a.program == b.program &&
           a.request == b.request;
}

} // namespace

QList<SourceAttempt> SourceAttempts::add(const SourceAttempt &attempt, qint64 nowMs)
{
    m_told.removeIf([nowMs](const Told &told) { return nowMs - told.ms >= 2 * repeatMs; });
    const auto isFromThere = [&attempt](const auto &other) {
        return other.attempt.address == attempt.address;
    };
    if (attempt.outcome != SourceAttempt::Outcome::NoPassword) {
        m_held.removeIf(isFromThere);
        return gather(attempt, nowMs);
    }
    // For each title libshout goes through its questions again, long after it was let in.
    const bool isKnown = std::any_of(m_told.begin(), m_told.end(), isFromThere);
    const bool isHeld = std::any_of(m_held.begin(), m_held.end(), isFromThere);
    if (!isKnown && !isHeld && m_held.size() < maxKept)
        m_held.append({attempt, nowMs});
    return {};
}

QList<SourceAttempt> SourceAttempts::due(qint64 nowMs)
{
    QList<SourceAttempt> ready;
    while (!m_held.isEmpty() && nowMs - m_held.constFirst().ms >= followUpMs)
        ready += gather(m_held.takeFirst().attempt, nowMs);
    return ready;
}

QList<SourceAttempt> SourceAttempts::gather(SourceAttempt attempt, qint64 nowMs)
{
    const bool isGood = attempt.outcome == SourceAttempt::Outcome::Accepted;
    const auto before = std::find_if(m_told.begin(), m_told.end(), [&attempt](const Told &told) {
        return isSameKnock(told.attempt, attempt);
    });
    int repeats = 0;
    if (before != m_told.end()) {
        if (!isGood && nowMs - before->ms < repeatMs) {
            ++before->repeats;
            return {};
        }
        repeats = before->repeats;
        m_told.erase(before);
    }
    if (m_told.size() >= maxKept)
        m_told.removeFirst();
    m_told.append({attempt, nowMs, 0});
    if (repeats > 0)
        attempt.sentence = Core::tr("%1 (%2 times more before)").arg(attempt.sentence, repeats);
    return {attempt};
}

} // namespace cycast
