// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/acme/acmekey.h"

#include <QDateTime>
#include <QHostAddress>

namespace cycast
{

/// What a certificate is for: a host name, or a bare address (RFC 8738).
struct AcmeIdentifier {
    bool isAddress = false;
    QString value; ///< "radio.example.org", "203.0.113.7", "2001:db8::7"
    bool operator==(const AcmeIdentifier &) const = default;
};
/// Of the host in a URL, brackets or not; value empty: none that an authority would certify.
AcmeIdentifier acmeIdentifier(const QString &host);

/// The request for a certificate (PKCS #10), DER. Empty: the library refused.
QByteArray certificateRequest(const AcmeKey &key, const AcmeIdentifier &identifier);

/// What answers a tls-alpn-01 challenge (RFC 8737): a certificate for the identifier with the proof in it,
/// signed by itself, as PEM with its key. Empty: the library refused.
QByteArray challengeCertificate(const AcmeIdentifier &identifier, const QByteArray &keyAuthorization);

/// From when to when the first certificate in `pem` is valid; invalid: there is none.
struct Validity {
    QDateTime from;
    QDateTime until;
};
Validity validityOf(const QByteArray &pem);

} // namespace cycast
