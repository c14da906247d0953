// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/scanningframer.h"

namespace cycast
{

void ScanningFramer::feed(QByteArrayView bytes, FrameBatch &out)
{
    // What has to wait for more bytes is copied aside in small pieces, so that the memory held stays small
    // however much is fed at once; everything else is read where it stands.
    constexpr qsizetype pieceBytes = 4096;
    while (!bytes.isEmpty()) {
        if (m_toSkip > 0) {
            const qsizetype skipped = qMin<qint64>(m_toSkip, bytes.size());
            m_toSkip -= skipped;
            bytes = bytes.sliced(skipped);
        } else if (m_pending.isEmpty()) {
            m_pending.append(bytes.sliced(scan(bytes, out, false)));
            return;
        } else {
            const qsizetype piece = qMin(pieceBytes, bytes.size());
            m_pending.append(bytes.first(piece));
            bytes = bytes.sliced(piece);
            m_pending.remove(0, scan(m_pending, out, false));
        }
    }
}

void ScanningFramer::finish(FrameBatch &out)
{
    scan(m_pending, out, true);
    m_pending.clear();
    m_toSkip = 0;
    forget();
}

qsizetype ScanningFramer::scan(QByteArrayView bytes, FrameBatch &out, bool atEnd)
{
    qsizetype position = 0;
    while (position < bytes.size()) {
        const QByteArrayView rest = bytes.sliced(position);
        const qint64 decided = next(rest, out, atEnd);
        if (decided == 0)
            break;
        const qsizetype here = qMin<qint64>(decided, rest.size());
        m_toSkip = decided - here;
        position += here;
    }
    return position;
}

qint64 ScanningFramer::skip(qint64 bytes)
{
    m_skippedBytes += bytes;
    return bytes;
}

qint64 ScanningFramer::skipTo(QByteArrayView starts, QByteArrayView rest)
{
    qsizetype bytes = 1;
    while (bytes < rest.size() && !starts.contains(rest[bytes]))
        ++bytes;
    return skip(bytes);
}

} // namespace cycast
