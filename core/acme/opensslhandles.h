// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

/// What OpenSSL hands out, given back by itself. For the .cpp files of this room only.
namespace cycast::openssl
{

template<auto Free>
struct Freed {
    template<class T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
template<class T, auto Free>
using Handle = std::unique_ptr<T, Freed<Free>>;

using Memory = Handle<BIO, BIO_free>;
using Number = Handle<BIGNUM, BN_free>;
using Digest = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using Signature = Handle<ECDSA_SIG, ECDSA_SIG_free>;
using Certificate = Handle<X509, X509_free>;
using Request = Handle<X509_REQ, X509_REQ_free>;
using Extension = Handle<X509_EXTENSION, X509_EXTENSION_free>;

inline QByteArray contentOf(const Memory &memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<qsizetype>(size)};
}

/// Why the library refused the last call in this thread; empties its list of errors.
inline QString lastError()
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return reason ? QString::fromLatin1(reason) : QStringLiteral("unknown reason");
}

} // namespace cycast::openssl
