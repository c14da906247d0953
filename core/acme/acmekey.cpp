// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/acme/acmekey.h"

#include "core/acme/opensslhandles.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <openssl/core_names.h>
#include <openssl/ec.h>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr int coordinateBytes = 32;

QByteArray bytesOf(const BIGNUM *number)
{
    QByteArray bytes(coordinateBytes, '\0');
    const int size = BN_bn2binpad(number, reinterpret_cast<unsigned char *>(bytes.data()), coordinateBytes);
    return size == coordinateBytes ? bytes : QByteArray();
}

QByteArray coordinate(EVP_PKEY *key, const char *name)
{
    BIGNUM *raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1)
        return {};
    const openssl::Number number(raw);
    return bytesOf(number.get());
}

bool isP256(EVP_PKEY *key)
{
    std::array<char, 64> name{};
    size_t length = 0;
    return EVP_PKEY_get_group_name(key, name.data(), name.size(), &length) == 1 &&
           QByteArrayView(name.data(), static_cast<qsizetype>(length)) == QByteArrayView("prime256v1");
}

} // namespace

AcmeKey::AcmeKey(EVP_PKEY *key)
    : m_key(key, &EVP_PKEY_free)
{
}

Result<AcmeKey> AcmeKey::generate()
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    if (!key)
        return failure(Core::tr("A key for https cannot be made: %1.").arg(openssl::lastError()));
    return AcmeKey(key);
}

Result<AcmeKey> AcmeKey::fromPem(const QByteArray &pem)
{
    const openssl::Memory memory(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    // Never a question for a pass phrase at the terminal.
    EVP_PKEY *key = PEM_read_bio_PrivateKey(
        memory.get(), nullptr, [](char *, int, int, void *) { return -1; }, nullptr);
    if (!key)
        return failure(Core::tr("The key for https cannot be read: %1.").arg(openssl::lastError()));
    const AcmeKey found(key);
    if (!isP256(key))
        return failure(Core::tr("The key for https cannot be read: %1.").arg(u"it is none of P-256"_s));
    return found;
}

QByteArray AcmeKey::toPem() const
{
    const openssl::Memory memory(BIO_new(BIO_s_mem()));
    if (!m_key ||
        PEM_write_bio_PKCS8PrivateKey(memory.get(), m_key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    return openssl::contentOf(memory);
}

// Its members in the order of the alphabet, without white space.
QByteArray AcmeKey::jwk() const
{
    if (!m_key)
        return {};
    return "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" +
           base64Url(coordinate(m_key.get(), OSSL_PKEY_PARAM_EC_PUB_X)) + "\",\"y\":\"" +
           base64Url(coordinate(m_key.get(), OSSL_PKEY_PARAM_EC_PUB_Y)) + "\"}";
}

QByteArray AcmeKey::thumbprint() const
{
    return base64Url(QCryptographicHash::hash(jwk(), QCryptographicHash::Sha256));
}

QByteArray AcmeKey::sign(const QByteArray &bytes) const
{
    const openssl::Digest digest(EVP_MD_CTX_new());
    size_t size = 0;
    const auto *data = reinterpret_cast<const unsigned char *>(bytes.constData());
    if (!m_key || EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) != 1 ||
        EVP_DigestSign(digest.get(), nullptr, &size, data, static_cast<size_t>(bytes.size())) != 1)
        return {};
    QByteArray der(static_cast<qsizetype>(size), '\0');
    if (EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char *>(der.data()), &size, data,
                       static_cast<size_t>(bytes.size())) != 1)
        return {};
    const auto *begin = reinterpret_cast<const unsigned char *>(der.constData());
    const openssl::Signature signature(d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(size)));
    if (!signature)
        return {};
    return bytesOf(ECDSA_SIG_get0_r(signature.get())) + bytesOf(ECDSA_SIG_get0_s(signature.get()));
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray signedRequest(const AcmeKey &key, const QByteArray &keyId, const QByteArray &url,
                         const QByteArray &nonce, const QByteArray &payload)
{
    QJsonObject head{{u"alg"_s, u"ES256"_s},
                     {u"nonce"_s, QString::fromLatin1(nonce)},
                     {u"url"_s, QString::fromLatin1(url)}};
    if (keyId.isEmpty())
        head.insert(u"jwk"_s, QJsonDocument::fromJson(key.jwk()).object());
    else
        head.insert(u"kid"_s, QString::fromLatin1(keyId));
    const QByteArray protectedPart = base64Url(QJsonDocument(head).toJson(QJsonDocument::Compact));
    const QByteArray payloadPart = base64Url(payload);
    const QJsonObject body{
        {u"protected"_s, QString::fromLatin1(protectedPart)},
        {u"payload"_s, QString::fromLatin1(payloadPart)},
        {u"signature"_s, QString::fromLatin1(base64Url(key.sign(protectedPart + '.' + payloadPart)))}};
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace cycast
