// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/acme/acmeexchange.h"

namespace cycast
{

/// When a certificate is asked for, at which authority and with which proof; nobody is asked in a loop. A
/// value that is kept over restarts; pure: the hour is an argument (UTC).
struct AcmePlan {
    static constexpr qint64 failureMs = 3'600'000; ///< after the first failure; doubled with each
    static constexpr qint64 longestFailureMs = 86'400'000;

    QString identifier;       ///< what all of this is about: another one begins anew
    QString authority;        ///< likewise
    bool isRehearsed = false; ///< the proof has been tried where failures cost nothing
    AcmeChallengeType type = AcmeChallengeType::Http01; ///< that is tried next, or has worked
    int failures = 0;                                   ///< in a row
    QDateTime notBefore;                                ///< invalid: at once

    bool operator==(const AcmePlan &) const = default;

    /// When one is asked for: at two thirds of the life of the one in force, every other day when it lives
    /// for a few days only; at once when there is none. Not before `notBefore`.
    QDateTime nextAttempt(const Validity &inForce) const;
    /// The attempt at the authority (or at its rehearsal) has ended well.
    void succeeded(bool wasRehearsal);
    /// It has not. True: the other kind of proof is to be tried at once, for that was a rehearsal and it has
    /// not been tried yet.
    bool failed(const AcmeFailure &failure, bool wasRehearsal, const QDateTime &now);

    QByteArray toJson() const;
    static AcmePlan fromJson(const QByteArray &json);
};

} // namespace cycast
