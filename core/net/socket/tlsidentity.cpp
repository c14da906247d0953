// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/tlsidentity.h"

#include <QDateTime>
#include <QFile>
#include <QSslConfiguration>
#include <QSslSocket>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qint64 largestFile = 1024 * 1024;

Result<QByteArray> readPem(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Core::tr("The file %1 cannot be read: %2.").arg(path, file.errorString()));
    if (file.size() > largestFile)
        return failure(Core::tr("The file %1 is too large for a certificate.").arg(path));
    return file.readAll();
}

QSslKey keyIn(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey);
        if (!key.isNull())
            return key;
    }
    return {};
}

/// The private key, written out, contains the public one bit for bit: modulus and exponent, or the point.
bool belongTogether(const TlsIdentity &identity)
{
    const QByteArray known = identity.chain.constFirst().publicKey().toDer();
    const int bytes = (identity.key.length() + 7) / 8;
    const qsizetype shared = identity.key.algorithm() == QSsl::Ec ? 2 * bytes : bytes + 4;
    return known.size() > shared && identity.key.toDer().contains(known.right(shared));
}

tl::unexpected<TlsProblem> about(bool key, const Sentence &sentence)
{
    return tl::unexpected<TlsProblem>({key, sentence});
}

} // namespace

tl::expected<TlsIdentity, TlsProblem> loadTlsIdentity(const QString &certificateFile, const QString &keyFile)
{
    if (!QSslSocket::supportsSsl())
        return about(false, Core::tr("https is not possible here: Qt's TLS support (OpenSSL) is missing."));
    const auto certificatePem = readPem(certificateFile);
    if (!certificatePem)
        return about(false, certificatePem.error());
    TlsIdentity identity;
    identity.chain = QSslCertificate::fromData(*certificatePem, QSsl::Pem);
    if (identity.chain.isEmpty())
        return about(false, Core::tr("The file %1 contains no certificate: expected PEM text that begins "
                                     "with -----BEGIN CERTIFICATE-----.")
                                .arg(certificateFile));
    const QString keyPath = keyFile.isEmpty() ? certificateFile : keyFile;
    const auto keyPem = readPem(keyPath);
    if (!keyPem)
        return about(true, keyPem.error());
    if (keyPem->contains("ENCRYPTED"))
        return about(true, Core::tr("The key in %1 has a pass phrase of its own; store it without one, "
                                    "readable by this user only.")
                               .arg(keyPath));
    identity.key = keyIn(*keyPem);
    if (identity.key.isNull())
        return about(true,
                     keyFile.isEmpty()
                         ? Core::tr("The file %1 contains no private key: expected PEM text that begins with "
                                    "-----BEGIN PRIVATE KEY-----, or another file in server.tls_key.")
                               .arg(keyPath)
                         : Core::tr("The file %1 contains no private key: expected PEM text that begins with "
                                    "-----BEGIN PRIVATE KEY-----.")
                               .arg(keyPath));
    const QSslKey publicKey = identity.chain.constFirst().publicKey();
    if (publicKey.algorithm() != identity.key.algorithm() || publicKey.length() != identity.key.length() ||
        !belongTogether(identity))
        return about(true, Core::tr("The key in %1 does not belong to the certificate in %2.")
                               .arg(keyPath, certificateFile));
    return identity;
}

Sentence expiryWarning(const TlsIdentity &identity, const QDateTime &now)
{
    if (identity.isEmpty())
        return {};
    const QDateTime from = identity.chain.constFirst().effectiveDate();
    const QDateTime until = identity.chain.constFirst().expiryDate();
    const auto day = [](const QDateTime &when) { return when.date().toString(Qt::ISODate); };
    if (now > until)
        return Core::tr("The certificate expired on %1: players refuse it; renew it.").arg(day(until));
    if (now < from)
        return Core::tr("The certificate is valid from %1 on only: check this computer's clock.")
            .arg(day(from));
    // Some live for a week only, and are renewed when half of that is left.
    constexpr qint64 twoWeeks = 14 * 86'400;
    if (now.secsTo(until) < qMin(twoWeeks, from.secsTo(until) / 4))
        return Core::tr("The certificate expires on %1: renew it soon.").arg(day(until));
    return {};
}

} // namespace cycast
