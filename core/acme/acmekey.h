// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <memory>

using EVP_PKEY = struct evp_pkey_st;

namespace cycast
{

/// A private key on the curve P-256, as accounts and certificates have one here. A cheap copy; thread-safe.
class AcmeKey
{
public:
    AcmeKey() = default; ///< none
    static Result<AcmeKey> generate();
    static Result<AcmeKey> fromPem(const QByteArray &pem);

    bool isNull() const { return !m_key; }
    QByteArray toPem() const; ///< PKCS #8, without a pass phrase
    /// The public half as a JSON Web Key, in the one form that its thumbprint is made of (RFC 7638).
    QByteArray jwk() const;
    QByteArray thumbprint() const; ///< base64url
    /// ES256 (RFC 7518, 3.4): r and s, 32 bytes each. Empty: the library refused.
    QByteArray sign(const QByteArray &bytes) const;

    EVP_PKEY *native() const { return m_key.get(); }

private:
    explicit AcmeKey(EVP_PKEY *key);

    std::shared_ptr<EVP_PKEY> m_key;
};

/// Without padding (RFC 7515, 2).
QByteArray base64Url(const QByteArray &bytes);

/// The body of a request (RFC 8555, 6.2): `payload` signed, flattened JSON. `keyId` is the account's address;
/// empty: the key itself is told. An empty payload is a question (POST-as-GET). Pure but for the signature's
/// random part.
QByteArray signedRequest(const AcmeKey &key, const QByteArray &keyId, const QByteArray &url,
                         const QByteArray &nonce, const QByteArray &payload);

} // namespace cycast
