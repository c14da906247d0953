// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/stationstatus.h"

namespace cycast
{

/// The row of the playlist that was heard last, and how far: where the programme goes on at the next start.
class LastHeard
{
public:
    quint64 entryId() const { return m_entry; }
    qint64 positionMs() const { return m_positionMs; }

    void set(quint64 entryId, qint64 positionMs);
    /// True when it is worth keeping anew: another track, or another minute of a long one.
    bool follow(const StationStatus &status);

private:
    quint64 m_entry = 0;
    qint64 m_positionMs = 0;
    qint64 m_keptMs = 0; ///< the position when follow() said so last
};

} // namespace cycast
