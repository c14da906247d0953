// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/addresskey.h"
#include "core/net/socket/transport.h"

#include <QHash>

#include <functional>
#include <list>
#include <optional>
#include <unordered_map>

namespace cycast
{

class TlsHandshakes;

/// Who waits for a TLS handshake, and whose turn it is: the first that came, but no more than so many of one
/// address at a time. Who stands still in the middle of his has all the time there is until somebody else
/// waits for his place. Owns no connections: what waits is a number. Lives in the station's thread.
class HandshakeQueue
{
public:
    static constexpr int mostOfOneAddress = 16;
    static constexpr qint64 undisturbedMs = 2'000; ///< when others wait

    /// Where handshakes are made; outlives this. None: they are not offered.
    void setTls(TlsHandshakes *tls) { m_tls = tls; }
    /// There is a certificate, or one is on its way.
    bool isOffered() const;

    /// False: it does already.
    bool wait(quint64 id, const AddressKey &key);
    /// Waits no more, or its handshake is over.
    void leave(quint64 id);
    bool hasWaiting() const { return !m_waiting.empty(); }
    /// Nobody waits any more: those who did.
    QList<quint64> takeWaiting();

    /// A connection whose handshake may begin, and the time that it has.
    struct Guest {
        Transport transport; ///< not open: it has gone meanwhile
        int patienceMs = 0;
    };
    /// Whose turn it is begins; `guestOf` gives his connection away.
    void start(qint64 nowMs, const std::function<Guest(quint64 id)> &guestOf);
    /// While there is no room: whoever has stood still for longest makes some for those who wait.
    void makeRoom(qint64 nowMs);

private:
    struct Member {
        quint64 id = 0;
        AddressKey key;
        qint64 sinceMs = 0; ///< of the handshake
        bool isGivenUp = false;
    };
    using Line = std::list<Member>;
    struct Place {
        Line *line = nullptr;
        Line::iterator at;
    };

    void giveUpOldest(qint64 nowMs, const AddressKey *ofOne);

    TlsHandshakes *m_tls = nullptr;
    Line m_waiting; ///< first come first
    Line m_shaking; ///< likewise
    std::unordered_map<quint64, Place> m_places;
    QHash<AddressKey, int> m_shakingOf;
};

} // namespace cycast
