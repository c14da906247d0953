// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/monotonic.h"
#include "core/net/socket/addresskey.h"
#include "core/net/stream/listener.h"
#include "core/values/listenerinfo.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <vector>

namespace cycast
{

struct BroadcasterOptions {
    qint64 chunkBytes = 16384;
    qint64 burstBytes = 65536;
};

/// Fans the ring out to all listeners of one mount, in rounds. One thread, no lock, no copy, no timer and no
/// notifier per listener: a full socket waits for the next round. A round over many listeners is cut into
/// slices of a few milliseconds, so that joins and the API are not kept waiting.
/// Lives in the station's thread; owns the listeners and their connections.
class Broadcaster : public QObject
{
    Q_OBJECT

public:
    /// Each pause lets the receivers fall asleep, and waking them is the dearest part of a send: slices
    /// of 1.5 ms cost a tenth more at 1,000 listeners (tests/bench), longer ones than this keep joins
    /// waiting.
    static constexpr qint64 sliceNs = 4'000'000;
    /// Bytes one listener may catch up by in one round.
    static constexpr qint64 catchUpBytes = 262'144;
    /// The kernel's send buffer per listener (it doubles the figure for its own bookkeeping).
    static constexpr int sendBufferBytes = 65'536;
    static constexpr qint64 forgiveNs = 60'000'000'000;

    /// `clock` tells how long a slice has taken.
    explicit Broadcaster(const RingBuffer &ring, Clock clock = monotonicNs, QObject *parent = nullptr);
    ~Broadcaster() override;

    void setOptions(const BroadcasterOptions &options) { m_options = options; }
    /// Newcomers get nothing from before `position`, a frame boundary: it belongs to an earlier broadcast.
    void setEarliest(quint64 position) { m_earliest = position; }

    /// Takes the connection; the listener starts at the burst point, with the header pages that are in force
    /// there, and gets the burst at once.
    quint64 add(Transport transport, ListenerIdentity identity, QByteArray head, int icyMetaint,
                qint64 nowNs);
    /// False: no such listener.
    bool remove(quint64 id, LeftBecause why);
    /// Everybody who listens now gets what stands before `position`, a frame boundary, and is closed then.
    void closeAt(quint64 position, LeftBecause why);
    /// Returns how many.
    int removeIf(const std::function<bool(const ListenerIdentity &)> &isMeant, LeftBecause why);
    void removeAll(LeftBecause why);

    /// Everybody gets what is due up to the ring's head. Returns at once; the work goes on in slices, and
    /// roundFinished() says when it is done. Called during a round: that round takes the new head along.
    void startRound();
    bool isRoundRunning() const { return m_cursor >= 0; }

    /// Before the ring's tail moves to `newTail`, or on to the next frame boundary: those who are still
    /// behind it jump to the burst point, or go when they have accepted nothing for a minute.
    void makeRoom(quint64 newTail, qint64 nowNs);

    /// Finds peers that vanished without a word. A few times a minute.
    void dropSilentPeers(qint64 nowNs);

    /// People only: the station's own monitor is no listener, in no figure and in no table.
    int count() const { return static_cast<int>(m_listeners.size()) - m_monitors; }
    int peak() const { return m_peak; }
    void resetPeak() { m_peak = count(); }
    /// Of IPv6: from its network (AddressKey).
    int countFrom(const QHostAddress &address) const { return m_perAddress.value(AddressKey(address)); }
    int addressCount() const { return static_cast<int>(m_perAddress.size()); } ///< different ones
    int countOn(quint16 port) const { return m_perPort.value(port); }
    qint64 totalBytesSent() const { return m_totalBytes; }
    qint64 totalSkips() const { return m_totalSkips; }
    int stalledCount(qint64 nowNs) const;

    QList<ListenerFigures> figures(qint64 nowNs) const;
    QList<double> connectedSeconds(qint64 nowNs) const; ///< in the order of figures()
    QStringList programs() const;                       ///< whole User-Agents, in the same order
    ListenerInfo info(quint64 id) const;
    QList<ListenerInfo> infos() const;

signals:
    void joined(const cycast::ListenerInfo &info);
    void left(const cycast::ListenerGone &gone);
    void roundFinished();

private:
    void continueRound();
    bool serve(size_t index, qint64 nowNs); ///< false: it is gone, another one stands at `index`
    void removeAt(size_t index, LeftBecause why);
    quint64 burstPosition() const;

    const RingBuffer &m_ring;
    Clock m_now;
    BroadcasterOptions m_options;
    std::vector<Listener> m_listeners;
    QHash<quint64, quint32> m_indexOf;
    QHash<AddressKey, int> m_perAddress;
    QHash<quint16, int> m_perPort;
    quint64 m_earliest = 0;                            ///< the burst does not reach further back
    LeftBecause m_closedBecause = LeftBecause::HungUp; ///< of the last closeAt()
    quint64 m_lastId = 0;
    int m_peak = 0;
    qint64 m_totalBytes = 0;
    qint64 m_totalSkips = 0;
    int m_monitors = 0;
    qint64 m_cursor = -1;         ///< next index of the running round
    quint64 m_roundLowest = 0;    ///< lowest position seen in the running round
    quint64 m_lowestPosition = 0; ///< nobody is behind this
};

} // namespace cycast
