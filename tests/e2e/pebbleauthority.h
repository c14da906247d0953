// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/sandbox.h"

#include <QSslConfiguration>

namespace cycast::test
{

/// A certificate authority for tests (Debian's pebble) with a name server of its own, in which every name
/// leads to this computer. A third of all nonces are refused.
class PebbleAuthority
{
public:
    explicit PebbleAuthority(const Sandbox &sandbox);
    ~PebbleAuthority();

    /// Looks for proofs at these ports in place of 80 and 443. False: it did not start.
    bool start(int httpPort, int tlsPort);

    QString directory() const;
    /// The same one by another address.
    QString otherDirectory() const;
    /// PEM of the root that it signs with; empty: it does not say.
    QByteArray root() const;
    /// So often it has been asked for a certificate, refused nonces included.
    int orders();

private:
    const Sandbox &m_sandbox;
    QSslConfiguration m_before; ///< whom this process trusts otherwise
    quint16 m_port = 0;
    quint16 m_managementPort = 0;
    QByteArray m_log;
    std::unique_ptr<QProcess> m_names;
    std::unique_ptr<QProcess> m_authority;
};

} // namespace cycast::test
