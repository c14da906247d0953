// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <optional>

namespace cycast
{

/// Keeps the log readable while somebody knocks again and again: the same sentence once a minute, with the
/// number of those left out, and at most 30 different ones in ten seconds. Time is given in milliseconds of
/// any clock that never goes back.
class RefusalLog
{
public:
    static constexpr qint64 repeatAfterMs = 60'000;
    static constexpr qint64 windowMs = 10'000;
    static constexpr int linesPerWindow = 30;
    static constexpr int maxSentences = 1'000;

    /// What to log now; nothing when it has been said.
    std::optional<QString> line(const QString &sentence, qint64 nowMs);

private:
    struct Entry {
        qint64 loggedMs = 0;
        int leftOut = 0;
    };

    bool hasRoom(qint64 nowMs);

    QHash<QString, Entry> m_entries;
    qint64 m_windowMs = 0;
    int m_inWindow = 0;
    bool m_toldOfDrops = false;
};

} // namespace cycast
