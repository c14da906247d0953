// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/broadcaster.h"

#include "core/base/log.h"
#include "core/base/monotonic.h"

#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

Sentence sentenceOf(LeftBecause why)
{
    switch (why) {
    case LeftBecause::HungUp:
        return Core::tr("disconnected");
    case LeftBecause::ConnectionLost:
        return Core::tr("the connection was lost");
    case LeftBecause::StoodStill:
        return Core::tr("did not read for a minute");
    case LeftBecause::NeverRead:
        return Core::tr("never read anything");
    case LeftBecause::RemovedByYou:
        return Core::tr("removed by you");
    case LeftBecause::RemovedByAdmin:
        return Core::tr("removed by the admin");
    case LeftBecause::Banned:
        return Core::tr("banned");
    case LeftBecause::FormatChanged:
        return Core::tr("the stream changed to another format");
    case LeftBecause::OffAir:
        return Core::tr("the station went off the air");
    }
    return {};
}

AddressKey keyOf(const ListenerIdentity &identity)
{
    return AddressKey(QHostAddress(identity.address));
}

ListenerInfo infoOf(const Listener &listener)
{
    const ListenerIdentity &identity = listener.identity();
    return {listener.id(), identity.address, identity.player, identity.protocol, identity.connectedAt};
}

} // namespace

Broadcaster::Broadcaster(const RingBuffer &ring, Clock clock, QObject *parent)
    : QObject(parent)
    , m_ring(ring)
    , m_now(std::move(clock))
{
}

Broadcaster::~Broadcaster() = default;

quint64 Broadcaster::burstPosition() const
{
    const quint64 head = m_ring.head();
    const quint64 burst = static_cast<quint64>(m_options.burstBytes);
    return qMin(head, m_ring.frameAtOrAfter(qMax(m_earliest, head > burst ? head - burst : 0)));
}

quint64 Broadcaster::add(Transport transport, ListenerIdentity identity, QByteArray head, int icyMetaint,
                         qint64 nowNs)
{
    const native::Socket socket = transport.descriptor();
    native::prepareForStreaming(socket, sendBufferBytes);
    const quint64 id = ++m_lastId;
    const quint64 position = burstPosition();
    const bool isMonitor = identity.isMonitor;
    m_monitors += isMonitor ? 1 : 0;
    if (!isMonitor)
        ++m_perAddress[keyOf(identity)];
    ++m_perPort[identity.port];
    const auto index = m_listeners.size();
    m_listeners.emplace_back(id, std::move(transport), std::move(identity), std::move(head), icyMetaint,
                             position, nowNs);
    m_listeners.back().setFirstWindow(native::peerWindow(socket));
    m_listeners.back().sendFirst(m_ring.streamHeaderAt(position));
    m_indexOf.insert(id, static_cast<quint32>(index));
    m_lowestPosition = index == 0 ? position : qMin(m_lowestPosition, position);
    m_roundLowest = qMin(m_roundLowest, position);
    m_peak = qMax(m_peak, count());
    if (!isMonitor)
        emit joined(info(id));
    serve(index, nowNs);
    return id;
}

bool Broadcaster::remove(quint64 id, LeftBecause why)
{
    const auto it = m_indexOf.constFind(id);
    if (it == m_indexOf.cend())
        return false;
    removeAt(*it, why);
    return true;
}

void Broadcaster::closeAt(quint64 position, LeftBecause why)
{
    m_closedBecause = why;
    for (Listener &listener : m_listeners)
        listener.endAt(position);
}

int Broadcaster::removeIf(const std::function<bool(const ListenerIdentity &)> &isMeant, LeftBecause why)
{
    int removed = 0;
    for (size_t i = m_listeners.size(); i-- > 0;) {
        if (!m_listeners[i].identity().isMonitor && isMeant(m_listeners[i].identity())) {
            removeAt(i, why);
            ++removed;
        }
    }
    return removed;
}

void Broadcaster::removeAll(LeftBecause why)
{
    while (!m_listeners.empty())
        removeAt(m_listeners.size() - 1, why);
}

void Broadcaster::removeAt(size_t index, LeftBecause why)
{
    Listener gone = std::move(m_listeners[index]);
    const auto moveInto = [this](size_t to, size_t from) {
        if (to == from)
            return;
        m_listeners[to] = std::move(m_listeners[from]);
        m_indexOf[m_listeners[to].id()] = static_cast<quint32>(to);
    };
    // The free place is filled so that a running round neither misses nor repeats anybody: by one that has
    // been served, whose place then goes to the last one, which has not.
    size_t hole = index;
    if (m_cursor > static_cast<qint64>(index)) {
        --m_cursor;
        moveInto(hole, static_cast<size_t>(m_cursor));
        hole = static_cast<size_t>(m_cursor);
    }
    moveInto(hole, m_listeners.size() - 1);
    m_listeners.pop_back();
    m_indexOf.remove(gone.id());
    const ListenerIdentity &identity = gone.identity();
    m_monitors -= identity.isMonitor ? 1 : 0;
    if (const AddressKey key = keyOf(identity); !identity.isMonitor && --m_perAddress[key] <= 0)
        m_perAddress.remove(key);
    if (--m_perPort[identity.port] <= 0)
        m_perPort.remove(identity.port);
    if (!identity.isMonitor)
        emit left(
            {gone.id(), gone.bytesSent(), sentenceOf(why), why, QDateTime::currentDateTime(), infoOf(gone)});
}

bool Broadcaster::serve(size_t index, qint64 nowNs)
{
    Listener &listener = m_listeners[index];
    const qint64 before = listener.bytesSent();
    const Listener::Sent sent =
        listener.sendDue(m_ring, m_ring.head(), m_options.chunkBytes, catchUpBytes, nowNs);
    if (!listener.identity().isMonitor)
        m_totalBytes += listener.bytesSent() - before;
    qCDebug(lcBroadcaster).noquote() << u"listener %1: %2 bytes sent, at %3, %4 behind"_s.arg(listener.id())
                                            .arg(listener.bytesSent() - before)
                                            .arg(listener.position())
                                            .arg(m_ring.head() - listener.position());
    const bool isAtItsEnd = sent == Listener::Sent::UpToDate && listener.hasEnded();
    const bool isGone = sent == Listener::Sent::Gone || sent == Listener::Sent::Lost;
    if (!isGone && !isAtItsEnd)
        return true;
    removeAt(index, isAtItsEnd                     ? m_closedBecause
                    : sent == Listener::Sent::Lost ? LeftBecause::ConnectionLost
                                                   : LeftBecause::HungUp);
    return false;
}

void Broadcaster::startRound()
{
    if (isRoundRunning())
        return;
    m_cursor = 0;
    m_roundLowest = std::numeric_limits<quint64>::max();
    continueRound();
}

void Broadcaster::continueRound()
{
    if (!isRoundRunning())
        return;
    const qint64 startNs = m_now();
    qint64 nowNs = startNs;
    int sinceLook = 0;
    while (m_cursor < static_cast<qint64>(m_listeners.size())) {
        const auto index = static_cast<size_t>(m_cursor);
        if (serve(index, nowNs)) {
            m_roundLowest = qMin(m_roundLowest, m_listeners[index].position());
            ++m_cursor;
        }
        // Asking for the time costs a hundredth of a send; every 16th is often enough.
        if (++sinceLook == 16) {
            sinceLook = 0;
            nowNs = m_now();
            if (nowNs - startNs > sliceNs && m_cursor < static_cast<qint64>(m_listeners.size())) {
                QMetaObject::invokeMethod(this, &Broadcaster::continueRound, Qt::QueuedConnection);
                return;
            }
        }
    }
    m_cursor = -1;
    m_lowestPosition = m_roundLowest;
    emit roundFinished();
}

void Broadcaster::makeRoom(quint64 newTail, qint64 nowNs)
{
    // Frames leave whole: who stands within the first one that stays in part has to move as well.
    newTail = m_ring.frameAtOrAfter(newTail);
    if (m_listeners.empty() || m_lowestPosition >= newTail)
        return;
    quint64 lowest = std::numeric_limits<quint64>::max();
    for (size_t i = 0; i < m_listeners.size();) {
        Listener &listener = m_listeners[i];
        if (listener.position() < newTail) {
            if (nowNs - listener.lastAcceptedNs() > forgiveNs) {
                removeAt(i, LeftBecause::StoodStill);
                continue;
            }
            listener.jumpTo(m_ring, qMax(burstPosition(), newTail));
            m_totalSkips += listener.identity().isMonitor ? 0 : 1;
            qCInfo(lcListener).noquote() << Core::tr("Listener %1 (%2) was too slow and skipped ahead.")
                                                .arg(listener.id())
                                                .arg(listener.identity().address);
        }
        lowest = qMin(lowest, listener.position());
        ++i;
    }
    m_lowestPosition = lowest;
    m_roundLowest = qMin(m_roundLowest, lowest);
}

void Broadcaster::dropSilentPeers(qint64 nowNs)
{
    for (size_t i = 0; i < m_listeners.size();) {
        const Listener &listener = m_listeners[i];
        const bool suspicious =
            nowNs - listener.lastAcceptedNs() > 20 * nsPerSecond && listener.position() < m_ring.head();
        if (listener.position() < m_ring.head() && listener.hasNeverRead(nowNs))
            removeAt(i, LeftBecause::NeverRead);
        else if (suspicious && native::peerIsSilent(listener.socket(), 20'000))
            removeAt(i, LeftBecause::ConnectionLost);
        else
            ++i;
    }
}

int Broadcaster::stalledCount(qint64 nowNs) const
{
    return static_cast<int>(
        std::count_if(m_listeners.begin(), m_listeners.end(), [&](const Listener &listener) {
            return !listener.identity().isMonitor && !listener.isActive(m_ring.head(), nowNs);
        }));
}

QList<ListenerFigures> Broadcaster::figures(qint64 nowNs) const
{
    QList<ListenerFigures> result;
    result.reserve(count());
    const quint64 head = m_ring.head();
    const Flicks headTime = m_ring.headTime();
    for (const Listener &listener : m_listeners) {
        if (listener.identity().isMonitor)
            continue;
        ListenerFigures figures;
        figures.id = listener.id();
        figures.bytesSent = listener.bytesSent();
        // Most are up to date: no look-up for them.
        if (listener.position() < head)
            figures.behindSeconds =
                static_cast<float>(secondsOf(headTime - m_ring.timeAt(listener.position())));
        figures.skips = listener.skips();
        figures.active = listener.isActive(head, nowNs);
        result.append(figures);
    }
    return result;
}

QList<double> Broadcaster::connectedSeconds(qint64 nowNs) const
{
    QList<double> result;
    result.reserve(count());
    for (const Listener &listener : m_listeners) {
        if (listener.identity().isMonitor)
            continue;
        result.append(static_cast<double>(nowNs - listener.connectedNs()) / 1e9);
    }
    return result;
}

QStringList Broadcaster::programs() const
{
    QStringList result;
    result.reserve(count());
    for (const Listener &listener : m_listeners) {
        if (!listener.identity().isMonitor)
            result.append(listener.identity().program);
    }
    return result;
}

ListenerInfo Broadcaster::info(quint64 id) const
{
    return infoOf(m_listeners[m_indexOf.value(id)]);
}

QList<ListenerInfo> Broadcaster::infos() const
{
    QList<ListenerInfo> result;
    result.reserve(count());
    for (const Listener &listener : m_listeners) {
        if (!listener.identity().isMonitor)
            result.append(infoOf(listener));
    }
    return result;
}

} // namespace cycast
