// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/ringbuffer.h"
#include "core/net/socket/transport.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <limits>

namespace cycast
{

/// What never changes about a listener.
struct ListenerIdentity {
    QString address;
    QString player;  ///< a short name
    QString program; ///< the whole User-Agent, of which many share one copy
    QString protocol;
    QDateTime connectedAt;
    quint16 port = 0;       ///< of ours
    bool isMonitor = false; ///< the station listens to itself: served like all others, counted nowhere
};

/// A connection and a position in the ring: nothing is queued for a listener, so a slow one costs no memory.
/// Owned by Broadcaster in one vector, moved when others leave. Not a QObject: twenty thousand of them.
class Listener
{
public:
    /// `head` (the HTTP answer) goes out before the first byte of audio. `icyMetaint` 0: no titles.
    Listener(quint64 id, Transport transport, ListenerIdentity identity, QByteArray head, int icyMetaint,
             quint64 position, qint64 nowNs);

    enum class Sent : quint8 {
        UpToDate, ///< everything that is due has been accepted
        Full,     ///< the socket takes no more for now
        Gone,     ///< the player has closed the connection
        Lost,     ///< the connection is dead: nothing comes back
    };
    /// Sends what lies between its position and `due`, straight from the ring, in writes of at most
    /// `chunkBytes`, and no more than `budgetBytes` in all (a laggard catches up over several rounds).
    Sent sendDue(const RingBuffer &ring, quint64 due, qint64 chunkBytes, qint64 budgetBytes, qint64 nowNs);

    /// Goes out before anything of the ring: the header pages in force at its position, which all listeners
    /// share.
    void sendFirst(const QByteArray &header) { m_header = header; }
    /// Gets nothing from `position`, a frame boundary, on. The first call counts.
    void endAt(quint64 position) { m_end = qMin(m_end, position); }
    /// Has got everything up to its end.
    bool hasEnded();

    /// Its position is about to leave the ring: keeps the rest of the frame that it is in (so that no frame
    /// is torn) and goes on at `target`, a frame boundary; after the header pages that it has jumped over.
    void jumpTo(const RingBuffer &ring, quint64 target);

    /// What it could take when it joined.
    void setFirstWindow(quint32 bytes) { m_firstWindow = bytes; }
    /// Nobody is at the other end who reads: after 30 s its system still holds no more than what fits in
    /// there by itself.
    bool hasNeverRead(qint64 nowNs) const;

    quint64 id() const { return m_id; }
    native::Socket socket() const { return m_transport.descriptor(); }
    quint64 position() const { return m_position; }
    qint64 bytesSent() const { return m_bytesSent; }
    quint32 skips() const { return m_skips; }
    qint64 connectedNs() const { return m_connectedNs; }
    qint64 lastAcceptedNs() const { return m_lastAcceptedNs; }
    const ListenerIdentity &identity() const { return m_identity; }
    /// Accepted something in the last 10 s, or nothing was due.
    bool isActive(quint64 due, qint64 nowNs) const;

private:
    struct Piece {
        native::Bytes bytes;
        bool isAudio;
        quint64 titleSerial; ///< of a metadata piece
    };

    bool hasPending() const { return !m_pending.isEmpty() || !m_header.isEmpty(); }
    Sent sendPending(qint64 nowNs);
    Sent sendHeader(qint64 nowNs);
    int compose(const RingBuffer &ring, quint64 due, qint64 chunkBytes, Piece *pieces) const;
    void account(const Piece *pieces, int count, qint64 accepted);
    QByteArrayView icyPiece(const RingBuffer &ring, quint64 position, quint64 &serial) const;

    Transport m_transport;
    quint64 m_id;
    quint64 m_position;                                  ///< next byte of the ring it gets
    quint64 m_end = std::numeric_limits<quint64>::max(); ///< what comes from here on is not for it
    qint64 m_bytesSent = 0;
    qint64 m_connectedNs;
    qint64 m_lastAcceptedNs;
    quint64 m_titleSerial = 0; ///< last title sent in a block
    quint32 m_icyInterval;     ///< audio bytes between blocks; 0: none
    quint32 m_icyLeft;         ///< audio bytes until the next block
    quint32 m_skips = 0;
    quint32 m_firstWindow = 0;
    quint32 m_pendingHead = 0; ///< how much of m_pending is HTTP head (not counted as sent bytes)
    QByteArray m_pending;      ///< goes out first: head, rest of a block, rest of a frame
    QByteArray m_header;       ///< goes out behind that; shared with the ring and all others
    qsizetype m_headerSent = 0;
    ListenerIdentity m_identity;
};

} // namespace cycast
