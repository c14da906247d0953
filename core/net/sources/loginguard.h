// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QHostAddress>

namespace cycast
{

/// Slows down those who guess passwords, per address, and nobody else. Three wrong tries are free (people
/// mistype); from then on each wrong try makes the next one from this address wait 1, 2, 4 ... 60 seconds.
/// The table holds 1,000 addresses: the one that has been quiet for longest goes. Time is given in
/// milliseconds of any clock that never goes back. An IPv6 network (/64) counts as one address.
class LoginGuard
{
public:
    static constexpr int freeTries = 3;
    static constexpr qint64 firstWaitMs = 1'000;
    static constexpr qint64 longestWaitMs = 60'000;
    static constexpr qint64 forgottenAfterMs = 15 * 60'000; ///< without a wrong try
    static constexpr int maxAddresses = 1'000;

    struct Verdict {
        bool isAllowed = true; ///< false: answer 401 without looking at the password
        qint64 waitMs = 0; ///< until the next try counts; an answer held back for so long slows the guesser
    };

    Verdict verdict(const QHostAddress &address, qint64 nowMs) const;
    /// A wrong password; returns how long the next try has to wait.
    qint64 failed(const QHostAddress &address, qint64 nowMs);
    void succeeded(const QHostAddress &address);

    qsizetype addressCount() const { return m_entries.size(); }
    /// Wrong tries in a row of this address, as far as they are remembered.
    int failures(const QHostAddress &address) const;

private:
    struct Entry {
        int failures = 0;
        qint64 lastMs = 0;
        qint64 allowedFromMs = 0;
    };

    static QByteArray keyOf(const QHostAddress &address);
    void makeRoom(qint64 nowMs);

    QHash<QByteArray, Entry> m_entries;
};

} // namespace cycast
