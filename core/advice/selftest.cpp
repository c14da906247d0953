// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/selftest.h"

namespace cycast
{

namespace
{

// What the guide's chapter on memory names.
constexpr double baseMb = 100.0;
constexpr double perListenerMb = 2.0;
/// One delivery may come in several pieces, a few milliseconds apart.
constexpr double pieceGapSeconds = 0.025;

} // namespace

double expectedMemoryMb(int bufferMb, int listeners)
{
    return baseMb + bufferMb + perListenerMb * listeners;
}

MemoryVerdict memoryVerdict(double memoryMb, int bufferMb, int listeners)
{
    return memoryMb > expectedMemoryMb(bufferMb, listeners) ? MemoryVerdict::High : MemoryVerdict::Expected;
}

Verdict describe(MemoryVerdict verdict)
{
    switch (verdict) {
    case MemoryVerdict::Expected:
        return {Severity::Good, QT_TRANSLATE_NOOP("Health", "as expected"),
                QT_TRANSLATE_NOOP("Health", "No more than the buffer and the listeners account for.")};
    case MemoryVerdict::High:
        break;
    }
    return {Severity::Warning, QT_TRANSLATE_NOOP("Health", "high"),
            QT_TRANSLATE_NOOP("Health",
                              "More than the buffer and the listeners account for; a smaller buffer helps.")};
}

ConnectionsVerdict connectionsVerdict(qint64 limit, int listeners, int maxListeners)
{
    constexpr qint64 besides = 600; // pages, requests, files, the helper
    constexpr qint64 usual = 4'096; // more than most stations ever see
    if (limit <= 0)
        return ConnectionsVerdict::Unknown;
    const qint64 wanted =
        maxListeners > 0 ? maxListeners + besides : qMax(usual, 2 * qint64{listeners} + besides);
    return limit >= wanted ? ConnectionsVerdict::Enough : ConnectionsVerdict::Few;
}

Verdict describe(ConnectionsVerdict verdict)
{
    switch (verdict) {
    case ConnectionsVerdict::Unknown:
        return {Severity::Neutral, QT_TRANSLATE_NOOP("Health", "unknown"),
                QT_TRANSLATE_NOOP("Health", "This computer does not tell how many connections it allows.")};
    case ConnectionsVerdict::Enough:
        return {
            Severity::Good, QT_TRANSLATE_NOOP("Health", "enough"),
            QT_TRANSLATE_NOOP("Health", "The computer allows as many connections as the station may need.")};
    case ConnectionsVerdict::Few:
        break;
    }
    return {Severity::Warning, QT_TRANSLATE_NOOP("Health", "few"),
            QT_TRANSLATE_NOOP(
                "Health", "The computer allows few connections; raise its limit of open files (ulimit -n, "
                          "LimitNOFILE of a service).")};
}

double sustainedBytesPerSecond(const QList<ByteArrival> &arrivals, double skipSeconds)
{
    qint64 total = 0;
    double begun = -1.0;
    double ended = 0.0;
    qint64 waiting = 0; ///< of a delivery that may go on
    double last = 0.0;
    const auto closeDelivery = [&] {
        if (waiting == 0)
            return;
        if (begun < 0.0)
            begun = last;
        else
            total += waiting;
        ended = last;
        waiting = 0;
    };
    for (const ByteArrival &arrival : arrivals) {
        if (arrival.atSeconds < skipSeconds)
            continue;
        if (waiting > 0 && arrival.atSeconds - last > pieceGapSeconds)
            closeDelivery();
        waiting += arrival.bytes;
        last = arrival.atSeconds;
    }
    // The last delivery may be incomplete: it counts only when something came before.
    closeDelivery();
    return begun < 0.0 || ended <= begun ? 0.0 : static_cast<double>(total) / (ended - begun);
}

} // namespace cycast
