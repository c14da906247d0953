// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/acme/acmecertificate.h"

#include "core/acme/opensslhandles.h"
#include "core/values/publicurl.h"

#include <QCryptographicHash>
#include <QSslCertificate>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr long challengeSeconds = 7 * 24 * 3'600;
constexpr auto acmeIdentifierOid = "1.3.6.1.5.5.7.1.31";

QByteArray alternativeName(const AcmeIdentifier &identifier)
{
    return (identifier.isAddress ? "IP:" : "DNS:") + identifier.value.toLatin1();
}

openssl::Extension nameExtension(const AcmeIdentifier &identifier)
{
    return openssl::Extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternativeName(identifier).constData()));
}

/// Critical, an OCTET STRING with the digest (RFC 8737, 3).
openssl::Extension proofExtension(const QByteArray &keyAuthorization)
{
    const QByteArray digest = QCryptographicHash::hash(keyAuthorization, QCryptographicHash::Sha256);
    QByteArray der("\x04\x20", 2);
    der += digest;
    const openssl::Handle<ASN1_OBJECT, ASN1_OBJECT_free> type(OBJ_txt2obj(acmeIdentifierOid, 1));
    const openssl::Handle<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> value(ASN1_OCTET_STRING_new());
    ASN1_OCTET_STRING_set(value.get(), reinterpret_cast<const unsigned char *>(der.constData()),
                          static_cast<int>(der.size()));
    return openssl::Extension(X509_EXTENSION_create_by_OBJ(nullptr, type.get(), 1, value.get()));
}

} // namespace

AcmeIdentifier acmeIdentifier(const QString &host)
{
    QString name = host.toLower();
    if (name.startsWith('['_L1) && name.endsWith(']'_L1))
        name = name.sliced(1, name.size() - 2);
    if (isHomeHost(name))
        return {};
    const QHostAddress address(name);
    return {!address.isNull(), address.isNull() ? name : address.toString()};
}

QByteArray certificateRequest(const AcmeKey &key, const AcmeIdentifier &identifier)
{
    const openssl::Request request(X509_REQ_new());
    if (!request || key.isNull() || X509_REQ_set_version(request.get(), 0) != 1 ||
        X509_REQ_set_pubkey(request.get(), key.native()) != 1)
        return {};
    STACK_OF(X509_EXTENSION) *extensions = sk_X509_EXTENSION_new_null();
    sk_X509_EXTENSION_push(extensions, nameExtension(identifier).release());
    const bool isAdded = X509_REQ_add_extensions(request.get(), extensions) == 1;
    sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    if (!isAdded || X509_REQ_sign(request.get(), key.native(), EVP_sha256()) <= 0)
        return {};
    unsigned char *der = nullptr;
    const int size = i2d_X509_REQ(request.get(), &der);
    const QByteArray bytes(reinterpret_cast<const char *>(der), size > 0 ? size : 0);
    OPENSSL_free(der);
    return bytes;
}

QByteArray challengeCertificate(const AcmeIdentifier &identifier, const QByteArray &keyAuthorization)
{
    const auto key = AcmeKey::generate();
    const openssl::Certificate certificate(X509_new());
    if (!key || !certificate)
        return {};
    X509 *own = certificate.get();
    const openssl::Extension name = nameExtension(identifier);
    const openssl::Extension proof = proofExtension(keyAuthorization);
    X509_NAME *subject = X509_get_subject_name(own);
    if (!name || !proof || X509_set_version(own, 2) != 1 ||
        ASN1_INTEGER_set(X509_get_serialNumber(own), 1) != 1 ||
        !X509_gmtime_adj(X509_getm_notBefore(own), -challengeSeconds) ||
        !X509_gmtime_adj(X509_getm_notAfter(own), challengeSeconds) ||
        X509_set_pubkey(own, key->native()) != 1 ||
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char *>("acme challenge"), -1, -1,
                                   0) != 1 ||
        X509_set_issuer_name(own, subject) != 1 || X509_add_ext(own, name.get(), -1) != 1 ||
        X509_add_ext(own, proof.get(), -1) != 1 || X509_sign(own, key->native(), EVP_sha256()) <= 0)
        return {};
    const openssl::Memory memory(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_X509(memory.get(), own) != 1)
        return {};
    return key->toPem() + openssl::contentOf(memory);
}

Validity validityOf(const QByteArray &pem)
{
    const QList<QSslCertificate> chain = QSslCertificate::fromData(pem, QSsl::Pem);
    if (chain.isEmpty())
        return {};
    return {chain.constFirst().effectiveDate(), chain.constFirst().expiryDate()};
}

} // namespace cycast
