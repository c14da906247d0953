// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/guessingframer.h"

#include "core/audio/aac/adtsframer.h"
#include "core/audio/mpeg/mpegframer.h"
#include "core/audio/ogg/oggframer.h"

namespace cycast
{

void GuessingFramer::feed(QByteArrayView bytes, FrameBatch &out)
{
    if (!m_framer) {
        m_start.append(bytes);
        decide(false);
        if (m_framer)
            m_framer->feed(std::exchange(m_start, {}), out);
        return;
    }
    m_framer->feed(bytes, out);
}

void GuessingFramer::finish(FrameBatch &out)
{
    if (!m_framer) {
        decide(true);
        m_framer->feed(std::exchange(m_start, {}), out);
    }
    m_framer->finish(out);
}

void GuessingFramer::decide(bool atEnd)
{
    constexpr QByteArrayView ogg = "OggS";
    if (m_start.size() < ogg.size() && !atEnd)
        return;
    if (m_start.startsWith(ogg)) {
        m_framer = std::make_unique<OggFramer>();
        return;
    }
    if (const auto header = parseAdtsHeader(m_start)) {
        // One such header may be chance; a frame has at most 8 kB.
        if (m_start.size() < header->frameBytes + adtsHeaderBytes && !atEnd)
            return;
        const auto second = parseAdtsHeader(m_start.mid(header->frameBytes));
        if (second && sameAdtsStream(*header, *second)) {
            m_framer = std::make_unique<AdtsFramer>();
            return;
        }
    } else if (m_start.size() < adtsHeaderBytes && !atEnd) {
        return;
    }
    m_framer = std::make_unique<MpegFramer>();
}

} // namespace cycast
