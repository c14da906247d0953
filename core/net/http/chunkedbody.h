// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace cycast
{

/// Decodes `Transfer-Encoding: chunked` (RFC 9112, 7.1) as it arrives, in any split. Pure.
class ChunkedBody
{
public:
    enum class State : quint8 { Reading, Finished, Broken };

    /// Appends the payload to `out`. Chunk extensions and trailers are passed over.
    State feed(QByteArrayView bytes, QByteArray &out);
    State state() const { return m_state; }

private:
    enum class Part : quint8 { Size, Data, DataEnd, Trailer };

    State endOfLine(QByteArrayView line);

    State m_state = State::Reading;
    Part m_part = Part::Size;
    QByteArray m_line; ///< size or trailer line so far, bounded
    qint64 m_left = 0; ///< of the chunk
};

} // namespace cycast
