// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/doors.h"
#include "core/net/pages/adminserver.h"
#include "core/net/sources/sourceserver.h"
#include "core/net/stream/listenerserver.h"
#include "core/values/certificateproof.h"

namespace cycast
{

struct ReceptionOptions {
    AddressSet trustedProxies;
    bool strictPorts = false; ///< sources at their port only, listeners at theirs
    QString stationUrl;       ///< one of the names by which this server may be called
};

/// Where everybody with a request is asked what he wants: learns who he is, whatever proxies stand in
/// between, and hands him over to those who serve him, or turns him away at the wrong port, as a stranger's
/// name, or when there is no room. Serves nobody itself. Lives in the station's thread.
class Reception
{
public:
    /// All of them outlive this.
    Reception(SourceServer &sources, ListenerServer &listeners, AdminServer &admin, const Doors &doors);

    void setOptions(ReceptionOptions options) { m_options = std::move(options); }
    /// Under which name and by which port people outside know the station, and the mount there.
    void setPlace(const PublicPlace &place, const QString &mountPoint);
    /// What an authority asks for before it signs a certificate: answered on either port, whatever else
    /// stands there, for the authority follows nobody's settings.
    void setProof(const CertificateProof &proof) { m_proof = proof; }
    /// Closed: whoever comes is hung up on.
    void setOpen(bool isOpen) { m_isOpen = isOpen; }

    void receive(Arrival &&arrival);

private:
    void identify(Arrival &arrival) const;
    bool asksForProof(const Arrival &arrival) const;
    void giveProof(Arrival &&arrival);
    bool namesUs(const Arrival &arrival) const;
    bool isAtWrongPort(const Arrival &arrival) const;
    void refuseWrongPort(Arrival &&arrival);

    SourceServer &m_sources;
    ListenerServer &m_listeners;
    AdminServer &m_admin;
    const Doors &m_doors;
    ReceptionOptions m_options;
    PublicPlace m_place;
    QByteArray m_mountPoint;
    CertificateProof m_proof;
    bool m_isOpen = false;
};

} // namespace cycast
