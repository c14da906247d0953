// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/systemverdicts.h"

#include <QList>

namespace cycast
{

/// The guide's chapter "Measuring performance", measured.
struct SelfTestFigures {
    double firstByteMs = -1.0;    ///< from connecting to the first byte of audio; negative: none came
    double bytesPerSecond = 0.0;  ///< of one listener, sustained
    double measuredSeconds = 0.0; ///< over so long
    int bitrateKbps = 0;
    double cpuPercent = 0.0; ///< mean, of one core
    double memoryMb = 0.0;
    int bufferMb = 0;
    int listeners = 0;
    double fillPercent = 0.0;
    BufferVerdict buffer = BufferVerdict::OffAir;
    qint64 descriptors = 0;     ///< open
    qint64 descriptorLimit = 0; ///< 0: unknown
    int maxListeners = 0;       ///< as set; 0: no limit
    SystemFigures system;
    int wantedNice = 0;
    QString wantedCpus;
    bool usesTls = false;
};

/// Memory against what the guide expects: 100 MB, the buffer, and 2 MB per listener.
enum class MemoryVerdict : quint8 { Expected, High };
double expectedMemoryMb(int bufferMb, int listeners);
MemoryVerdict memoryVerdict(double memoryMb, int bufferMb, int listeners);
Verdict describe(MemoryVerdict verdict);

/// Whether the computer lets the station open as many connections as it may need: for the listeners that are
/// allowed, or twice those that are there, and a reserve.
enum class ConnectionsVerdict : quint8 { Unknown, Enough, Few };
ConnectionsVerdict connectionsVerdict(qint64 limit, int listeners, int maxListeners);
Verdict describe(ConnectionsVerdict verdict);

/// Bytes that came in at one moment.
struct ByteArrival {
    double atSeconds = 0.0;
    qint64 bytes = 0;
};
/// Sustained rate from whole deliveries: from the end of one to the end of the last, leaving out the first
/// `skipSeconds` (the burst). 0 when there are fewer than two. Pure.
double sustainedBytesPerSecond(const QList<ByteArrival> &arrivals, double skipSeconds);

} // namespace cycast
