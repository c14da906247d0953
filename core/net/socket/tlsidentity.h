// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QList>
#include <QSslCertificate>
#include <QSslKey>

namespace cycast
{

/// With what this server proves who it is: a value, made once and shared by all threads.
struct TlsIdentity {
    QList<QSslCertificate> chain; ///< its own first
    QSslKey key;

    bool isEmpty() const { return chain.isEmpty(); }
    bool operator==(const TlsIdentity &) const = default;
};

/// Why a certificate cannot be used.
struct TlsProblem {
    bool isAboutKey = false;
    Sentence sentence; ///< names the file and the cure
};

/// Reads two PEM files; `keyFile` empty: the key is in the certificate's file. Certificate and key must
/// belong together; the key must have no pass phrase. Absolute paths.
tl::expected<TlsIdentity, TlsProblem> loadTlsIdentity(const QString &certificateFile, const QString &keyFile);

/// A sentence when players will refuse this certificate today or in the next two weeks; empty otherwise.
Sentence expiryWarning(const TlsIdentity &identity, const QDateTime &now);

} // namespace cycast
