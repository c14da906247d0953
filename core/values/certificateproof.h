// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMetaType>

namespace cycast
{

/// What a certificate authority has to see at our door while it looks whether a name is ours (RFC 8555, 8).
/// Empty: nothing.
struct CertificateProof {
    QByteArray token;            ///< asked for at /.well-known/acme-challenge/TOKEN, by http at port 80
    QByteArray keyAuthorization; ///< the answer to it
    QByteArray certificate;      ///< or shown to who speaks "acme-tls/1" at port 443: PEM with its key
    bool isEmpty() const { return token.isEmpty() && certificate.isEmpty(); }
    bool operator==(const CertificateProof &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::CertificateProof)
