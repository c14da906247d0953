// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

#include <optional>

namespace cycast
{

/// Pages of a stream that has been on the air for hours, as a file of their own: positions and page numbers
/// begin with 0, so that players and lists know how long it is, and the last page of each stream in it says
/// that it is the last. Bytes that are no pages stay as they are. One per file; pure.
class OggRecording
{
public:
    /// Whole pages, as they follow one another. `joinedAfter`: where the file begins within a stream, how
    /// long the first page plays that ends a packet; 0: its beginning is there.
    QByteArray take(QByteArrayView pages, Flicks joinedAfter = 0);

    struct Patch {
        qint64 at = 0; ///< in the file
        QByteArray page;
    };
    /// To be written over what is there: the last page of a stream that something else has followed.
    std::optional<Patch> takePatch() { return std::exchange(m_patch, {}); }
    /// Likewise, when the file ends.
    std::optional<Patch> end();

private:
    void markLast();

    qint64 m_written = 0;
    quint32 m_sequence = 0;
    int m_granuleRate = 0;
    qint64 m_base = 0; ///< position in the stream where the file begins
    bool m_needsBase = false;
    Patch m_last; ///< page; empty: there is nothing to mark
    std::optional<Patch> m_patch;
};

} // namespace cycast
