// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/arrival.h"

namespace cycast
{

/// Where the world sees this station, as far as it is known, and what that means for a request. A value;
/// pure.
class PublicPlace
{
public:
    PublicPlace() = default;
    /// As normalisedPublicUrl() makes it; empty: unknown.
    explicit PublicPlace(const QString &url);

    bool isKnown() const { return !m_base.isEmpty(); }
    /// "https://radio.example.org/radio"
    const QByteArray &base() const { return m_base; }
    /// "radio.example.org", without brackets; empty: unknown.
    const QString &host() const { return m_host; }
    int port() const { return m_port; }

    /// A web server in front that does not take its path off ("/radio/stream") is understood as one that
    /// does; the arrival learns below which path it is shown, unless the web server said so itself. `mount`:
    /// of the stream, which may have such a path of its own.
    void take(Arrival &arrival, const QByteArray &mount) const;
    /// With what links for this one begin: as he asked when he is at home, where many routers do not lead
    /// back to the public address; else the public address. Nothing: it is not known.
    QByteArray baseFor(const Arrival &arrival) const;

private:
    QByteArray m_base;
    QByteArray m_path; ///< "/radio", or nothing
    QString m_host;
    int m_port = 0;
};

/// The host in a Host header, without its port and brackets.
QString hostIn(const QByteArray &hostHeader);

} // namespace cycast
