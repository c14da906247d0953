// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast
{

/// How many lines something that strangers cause may have: a handful at once, then one a second, and what
/// comes above is counted. Whoever joins or knocks a thousand times a second cannot fill a disk with it: a
/// room's lines are at most about 90,000 a day. Pure; time in milliseconds of any clock that never goes back.
class LineBudget
{
public:
    static constexpr int atOnce = 200;
    static constexpr qint64 lineEveryMs = 1'000;
    static constexpr qint64 gatherMs = 10'000; ///< what was left out is told once in so long

    /// Whether there is room for one more line; false: it has been counted.
    bool take(qint64 nowMs);
    bool isOwing() const { return m_leftOut > 0; }
    /// How many lines were left out, once gatherMs have passed since the first of them; 0: nothing to tell
    /// now.
    int gathered(qint64 nowMs);

private:
    double m_room = atOnce;
    qint64 m_lastMs = 0;
    int m_leftOut = 0;
    qint64 m_sinceMs = 0; ///< the first one left out
};

} // namespace cycast
