// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/entrylist.h"

#include <QHash>

namespace cycast
{

/// Which rows that could not be played are tried again, and when. Those whose disk did not answer come back
/// after a while, a longer one each time; when nothing else can be played, every one has its turn, the one
/// tried longest ago first. Pure: time is an argument, in nanoseconds.
class SecondChances
{
public:
    /// It could not be played; `comesBack`: that passes.
    void note(quint64 id, bool comesBack, qint64 nowNs);
    /// It is played, or somebody wants it to be.
    void forget(quint64 id) { m_tries.remove(id); }

    /// Those whose fault may have passed by now; each is told once, until it is noted again.
    QList<quint64> due(qint64 nowNs);
    /// Of a list of which nothing can be played: 0 when it is empty.
    quint64 oldest(const EntryList &entries) const;
    bool isWaiting() const;

private:
    struct Try {
        qint64 lastNs = 0;
        qint64 waitNs = 0; ///< until it comes back
        bool comesBack = false;
    };
    QHash<quint64, Try> m_tries;
};

} // namespace cycast
