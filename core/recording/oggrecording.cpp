// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recording/oggrecording.h"

#include "core/audio/ogg/oggcodec.h"
#include "core/audio/ogg/oggpage.h"

namespace cycast
{

QByteArray OggRecording::take(QByteArrayView pages, Flicks joinedAfter)
{
    QByteArray out;
    out.reserve(pages.size());
    m_needsBase = m_needsBase || joinedAfter > 0;
    while (!pages.isEmpty()) {
        const OggProbe probe = probeOggPage(pages);
        if (probe.kind != OggProbe::Kind::Page) {
            out += pages;
            m_written += pages.size();
            break;
        }
        const OggPage &page = probe.page;
        if (page.beginsStream) {
            markLast();
            m_sequence = 0;
            m_base = 0;
            m_needsBase = joinedAfter > 0;
            QByteArrayView packet;
            page.forEachPacket([&packet](QByteArrayView part, bool, bool) {
                if (packet.isNull())
                    packet = part;
            });
            if (const auto codec = parseOggCodec(packet))
                m_granuleRate = codec->granuleRate;
        }
        if (m_needsBase && page.granulePosition > 0 && m_granuleRate > 0) {
            m_base = qMax<qint64>(0, page.granulePosition - joinedAfter / (flicksPerSecond / m_granuleRate));
            m_needsBase = false;
        }
        OggStamp stamp{page.granulePosition, page.serial, m_sequence++};
        if (stamp.granulePosition > 0)
            stamp.granulePosition = qMax<qint64>(0, stamp.granulePosition - m_base);
        QByteArray stamped = page.bytes.toByteArray();
        stampOggPage(stamped.data(), stamped.size(), stamp);
        out += stamped;
        m_last = {m_written, page.endsStream ? QByteArray() : stamped};
        m_written += stamped.size();
        pages = pages.sliced(page.bytes.size());
    }
    return out;
}

void OggRecording::markLast()
{
    if (m_last.page.isEmpty())
        return;
    markOggEnd(m_last.page.data(), m_last.page.size());
    m_patch = std::exchange(m_last, {});
}

std::optional<OggRecording::Patch> OggRecording::end()
{
    markLast();
    return takePatch();
}

} // namespace cycast
