// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/chunkedbody.h"

namespace cycast
{
namespace
{
constexpr qsizetype maxLineBytes = 1024;
constexpr qint64 maxChunkBytes = qint64{1} << 40;
} // namespace

ChunkedBody::State ChunkedBody::feed(QByteArrayView bytes, QByteArray &out)
{
    while (!bytes.isEmpty() && m_state == State::Reading) {
        if (m_part == Part::Data) {
            const qsizetype take = qMin<qint64>(bytes.size(), m_left);
            out.append(bytes.first(take));
            bytes = bytes.sliced(take);
            m_left -= take;
            if (m_left == 0)
                m_part = Part::DataEnd;
            continue;
        }
        const char byte = bytes.front();
        bytes = bytes.sliced(1);
        if (byte != '\n') {
            m_line.append(byte);
            if (m_line.size() > maxLineBytes)
                m_state = State::Broken;
            continue;
        }
        if (m_line.endsWith('\r'))
            m_line.chop(1);
        m_state = endOfLine(m_line);
        m_line.clear();
    }
    return m_state;
}

ChunkedBody::State ChunkedBody::endOfLine(QByteArrayView line)
{
    switch (m_part) {
    case Part::DataEnd:
        m_part = Part::Size;
        return line.isEmpty() ? State::Reading : State::Broken;
    case Part::Trailer:
        return line.isEmpty() ? State::Finished : State::Reading;
    case Part::Size: {
        const qsizetype extension = line.indexOf(';');
        bool ok = false;
        const QByteArray digits = line.first(extension < 0 ? line.size() : extension).trimmed().toByteArray();
        m_left = digits.toLongLong(&ok, 16);
        // toLongLong takes signs and 0x; a chunk size has neither.
        if (!ok || m_left < 0 || m_left > maxChunkBytes || digits.contains('x') || digits.contains('X') ||
            digits.startsWith('+'))
            return State::Broken;
        m_part = m_left == 0 ? Part::Trailer : Part::Data;
        return State::Reading;
    }
    case Part::Data:
        break;
    }
    return State::Broken;
}

} // namespace cycast
