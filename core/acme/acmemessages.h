// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/acme/acmecertificate.h"
#include "core/base/sentence.h"

#include <QList>
#include <QUrl>

#include <optional>

namespace cycast
{

/// What an authority says (RFC 8555, 7), as far as it is of use here. Everything in it is data from outside:
/// addresses are such that may be called (https, no user in them), texts are one line and short.
struct AcmeDirectory {
    QUrl newNonce;
    QUrl newAccount;
    QUrl newOrder;
    QStringList profiles; ///< by name
};
std::optional<AcmeDirectory> acmeDirectoryIn(const QByteArray &json);

enum class AcmeStatus : quint8 { Pending, Processing, Ready, Valid, Invalid, Other };

struct AcmeProblem {
    QString type;   ///< "badNonce", without the part that all have; empty: none
    QString detail; ///< in the authority's words
    bool isNone() const { return type.isEmpty() && detail.isEmpty(); }
};
AcmeProblem acmeProblemIn(const QByteArray &json);

struct AcmeOrder {
    AcmeStatus status = AcmeStatus::Other;
    QList<QUrl> authorizations;
    QUrl finalize;
    QUrl certificate; ///< when it is valid
    AcmeProblem error;
};
std::optional<AcmeOrder> acmeOrderIn(const QByteArray &json);

enum class AcmeChallengeType : quint8 { Http01, TlsAlpn01 };
struct AcmeChallenge {
    QUrl url;
    QByteArray token;
};
struct AcmeAuthorization {
    AcmeStatus status = AcmeStatus::Other;
    std::optional<AcmeChallenge> http01;
    std::optional<AcmeChallenge> tlsAlpn01;
    AcmeProblem error; ///< of whichever challenge has one
    const std::optional<AcmeChallenge> &challenge(AcmeChallengeType type) const
    {
        return type == AcmeChallengeType::Http01 ? http01 : tlsAlpn01;
    }
};
std::optional<AcmeAuthorization> acmeAuthorizationIn(const QByteArray &json);

/// Payloads.
QByteArray newAccountPayload();
QByteArray newOrderPayload(const AcmeIdentifier &identifier, const QString &profile);
QByteArray finalizePayload(const QByteArray &request);

/// "120" or a date, as Retry-After has it (RFC 9110, 10.2.3), from `now` on; nothing: it says none. At most a
/// day.
std::optional<qint64> retryAfterMs(const QByteArray &header, const QDateTime &now);

/// The PEM of a chain and nothing else; empty: there is none.
QByteArray certificateChainIn(const QByteArray &body);

} // namespace cycast
