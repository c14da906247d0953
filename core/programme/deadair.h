// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

namespace cycast
{

/// Whether silence has to be put in, so that listeners stay connected while the playlist gives nothing: at
/// once where nothing is to come, and after a moment where the reader is at work. Pure: time is an argument.
class DeadAir
{
public:
    /// Silence is made so far beyond what is due: further than the longest pause between two rounds.
    static constexpr Flicks madeAhead = flicksPerSecond + flicksPerSecond / 5;

    /// The station goes on the air: the list may be on its way as well.
    void start(qint64 nowNs);
    /// The playlist's turn comes; the reader has its moment again.
    void reset() { m_shortSinceNs = 0; }

    /// Asked before each round. `end`: how far the stream reaches; `due`: how far it is due.
    bool isToFill(Flicks end, Flicks due, bool isReaderAtWork, qint64 nowNs);

private:
    qint64 m_startedNs = 0;
    qint64 m_shortSinceNs = 0; ///< the read-ahead is short and the reader is at work; 0: it is not
};

} // namespace cycast
