// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/listener.h"

#include "core/audio/icymetadata.h"
#include "core/base/monotonic.h"

#include <array>

namespace cycast
{
namespace
{

constexpr char nothingNew[1] = {0};

Listener::Sent refusedBy(qint64 result)
{
    return result == native::wouldBlock ? Listener::Sent::Full
           : result == native::peerLost ? Listener::Sent::Lost
                                        : Listener::Sent::Gone;
}

} // namespace

Listener::Listener(quint64 id, Transport transport, ListenerIdentity identity, QByteArray head,
                   int icyMetaint, quint64 position, qint64 nowNs)
    : m_transport(std::move(transport))
    , m_id(id)
    , m_position(position)
    , m_connectedNs(nowNs)
    , m_lastAcceptedNs(nowNs)
    , m_icyInterval(static_cast<quint32>(icyMetaint))
    , m_icyLeft(m_icyInterval)
    , m_pendingHead(static_cast<quint32>(head.size()))
    , m_pending(std::move(head))
    , m_identity(std::move(identity))
{
}

bool Listener::isActive(quint64 due, qint64 nowNs) const
{
    return (m_position >= qMin(due, m_end) && !hasPending()) || nowNs - m_lastAcceptedNs < 10 * nsPerSecond;
}

bool Listener::hasEnded()
{
    return m_position >= m_end && !hasPending() && m_transport.flush() == 0;
}

bool Listener::hasNeverRead(qint64 nowNs) const
{
    constexpr qint64 patienceNs = 30 * nsPerSecond;
    constexpr qint64 stillNs = 10 * nsPerSecond;
    constexpr qint64 usualWindow = 64 * 1024;
    // Systems make a little more room than they promise at first; only who reads is given much more.
    constexpr qint64 growth = 5;
    if (nowNs - m_connectedNs < patienceNs || nowNs - m_lastAcceptedNs < stillNs)
        return false;
    const qint64 window = m_firstWindow > 0 ? m_firstWindow : usualWindow;
    return m_bytesSent - m_transport.unconfirmedBytes() <= window * growth / 2;
}

Listener::Sent Listener::sendDue(const RingBuffer &ring, quint64 due, qint64 chunkBytes, qint64 budgetBytes,
                                 qint64 nowNs)
{
    if (hasPending()) {
        const Sent sent = sendPending(nowNs);
        if (sent != Sent::UpToDate)
            return sent;
    }
    due = qMin(due, m_end);
    std::array<Piece, native::maxPieces> pieces;
    std::array<native::Bytes, native::maxPieces> bytes;
    while (m_position < due && budgetBytes > 0) {
        const int count = compose(ring, due, chunkBytes, pieces.data());
        qint64 wanted = 0;
        for (int i = 0; i < count; ++i) {
            bytes[static_cast<size_t>(i)] = pieces[static_cast<size_t>(i)].bytes;
            wanted += bytes[static_cast<size_t>(i)].size;
        }
        if (wanted == 0) // the position is not in the ring: makeRoom() moves it
            return Sent::Full;
        const qint64 accepted = m_transport.send({bytes.data(), static_cast<size_t>(count)});
        if (accepted < 0)
            return refusedBy(accepted);
        m_lastAcceptedNs = nowNs;
        m_bytesSent += accepted;
        budgetBytes -= accepted;
        account(pieces.data(), count, accepted);
        if (accepted < wanted)
            return Sent::Full;
    }
    return Sent::UpToDate;
}

Listener::Sent Listener::sendPending(qint64 nowNs)
{
    if (m_pending.isEmpty())
        return sendHeader(nowNs);
    const qint64 accepted = m_transport.send(m_pending);
    if (accepted < 0)
        return refusedBy(accepted);
    m_lastAcceptedNs = nowNs;
    const qint64 ofHead = qMin<qint64>(accepted, m_pendingHead);
    m_pendingHead -= static_cast<quint32>(ofHead);
    m_bytesSent += accepted - ofHead;
    if (accepted < m_pending.size()) {
        m_pending.remove(0, accepted);
        return Sent::Full;
    }
    m_pending = QByteArray(); // gives the memory back
    return sendHeader(nowNs);
}

Listener::Sent Listener::sendHeader(qint64 nowNs)
{
    if (m_header.isEmpty())
        return Sent::UpToDate;
    const qint64 accepted = m_transport.send(QByteArrayView(m_header).sliced(m_headerSent));
    if (accepted < 0)
        return refusedBy(accepted);
    m_lastAcceptedNs = nowNs;
    m_bytesSent += accepted;
    m_headerSent += accepted;
    if (m_headerSent < m_header.size())
        return Sent::Full;
    m_header = QByteArray();
    m_headerSent = 0;
    return Sent::UpToDate;
}

QByteArrayView Listener::icyPiece(const RingBuffer &ring, quint64 position, quint64 &serial) const
{
    const TitleMark *mark = ring.markAt(position);
    if (!mark || mark->serial == m_titleSerial || mark->serial == serial)
        return QByteArrayView(nothingNew, 1);
    serial = mark->serial;
    return mark->icyBlock;
}

// The audio from m_position on, at most `chunkBytes` of it, with a block wherever the interval is full.
int Listener::compose(const RingBuffer &ring, quint64 due, qint64 chunkBytes, Piece *pieces) const
{
    int count = 0;
    quint64 position = m_position;
    quint64 serial = m_titleSerial;
    quint32 icyLeft = m_icyLeft;
    qint64 left = qMin<qint64>(chunkBytes, static_cast<qint64>(due - position));
    while (left > 0 && count < native::maxPieces - 1) {
        if (m_icyInterval != 0 && icyLeft == 0) {
            const QByteArrayView block = icyPiece(ring, position, serial);
            pieces[count++] = {{block.data(), block.size()}, false, serial};
            icyLeft = m_icyInterval;
        }
        const QByteArrayView bytes = ring.bytesAt(position);
        if (bytes.isEmpty())
            break;
        qsizetype take = qMin<qsizetype>(bytes.size(), left);
        if (m_icyInterval != 0)
            take = qMin<qsizetype>(take, icyLeft);
        pieces[count++] = {{bytes.data(), take}, true, 0};
        position += static_cast<quint64>(take);
        left -= take;
        if (m_icyInterval != 0)
            icyLeft -= static_cast<quint32>(take);
    }
    return count;
}

// Moves on by what the kernel took; the rest of a block that was cut goes out before anything else.
void Listener::account(const Piece *pieces, int count, qint64 accepted)
{
    for (int i = 0; i < count && accepted > 0; ++i) {
        const Piece &piece = pieces[i];
        const qint64 taken = qMin<qint64>(accepted, piece.bytes.size);
        accepted -= taken;
        if (piece.isAudio) {
            m_position += static_cast<quint64>(taken);
            if (m_icyInterval != 0)
                m_icyLeft -= static_cast<quint32>(taken);
            continue;
        }
        m_icyLeft = m_icyInterval;
        m_titleSerial = piece.titleSerial;
        if (taken < piece.bytes.size)
            m_pending = QByteArray(piece.bytes.data + taken, piece.bytes.size - taken);
    }
}

void Listener::jumpTo(const RingBuffer &ring, quint64 target)
{
    ++m_skips;
    const quint64 frameEnd = ring.frameAtOrAfter(m_position);
    while (m_position < frameEnd) {
        std::array<Piece, native::maxPieces> pieces;
        const int count = compose(ring, frameEnd, static_cast<qint64>(frameEnd - m_position), pieces.data());
        qint64 bytes = 0;
        for (int i = 0; i < count; ++i) {
            const native::Bytes &piece = pieces[static_cast<size_t>(i)].bytes;
            m_pending.append(piece.data, piece.size);
            bytes += piece.size;
        }
        if (bytes == 0)
            break;
        account(pieces.data(), count, bytes);
    }
    const StreamMark *stream = ring.streamMarkAt(target);
    if (stream && stream->position >= m_position) {
        if (m_headerSent > 0) // one that has begun goes out to its end
            m_pending.append(QByteArrayView(m_header).sliced(std::exchange(m_headerSent, 0)));
        m_header = ring.streamHeaderAt(target);
    }
    m_position = target;
}

} // namespace cycast
