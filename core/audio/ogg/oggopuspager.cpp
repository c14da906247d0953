// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/ogg/oggopuspager.h"

#include "core/audio/ogg/oggpage.h"

#include <QtEndian>

namespace cycast
{

namespace
{

QByteArray blankPage(QByteArrayView lacing, QByteArrayView body)
{
    QByteArray page("OggS\0\0", 6);
    page.append(20, '\0');
    page.append(static_cast<char>(lacing.size()));
    page.append(lacing).append(body);
    return page;
}

/// The lacing values of a packet: as many 255 as fit, and the rest.
QByteArray lacingOf(qsizetype packetBytes)
{
    return QByteArray(packetBytes / 255, '\xFF') + static_cast<char>(packetBytes % 255);
}

template<class Number>
QByteArray littleEndian(Number value)
{
    QByteArray bytes(sizeof(Number), '\0');
    qToLittleEndian(value, bytes.data());
    return bytes;
}

} // namespace

QByteArray oggOpusHeader(quint32 serial, int channels)
{
    QByteArray head("OpusHead\1");
    head += static_cast<char>(channels);
    head += littleEndian<quint16>(opusPreSkipSamples) + littleEndian<quint32>(opusSampleRate);
    head += littleEndian<quint16>(0); // gain
    head += '\0';                     // one or two channels, in the usual order
    QByteArray first = blankPage(lacingOf(head.size()), head);
    first[oggFlagsAt] = 2; // the stream begins
    stampOggPage(first.data(), first.size(), {0, serial, 0});

    const QByteArray vendor = "Cycast Desktop";
    const QByteArray tags =
        "OpusTags" + littleEndian(static_cast<quint32>(vendor.size())) + vendor + littleEndian<quint32>(0);
    QByteArray second = blankPage(lacingOf(tags.size()), tags);
    stampOggPage(second.data(), second.size(), {0, serial, 1});
    return first + second;
}

QByteArray silentOpusPacket(int channels)
{
    // Full band, 20 ms, one frame; then a range coder state that says "silence" at once.
    return QByteArray(channels == 1 ? "\xF8" : "\xFC") + QByteArray("\xFF\xFE", 2);
}

void OggOpusPager::add(QByteArrayView packet, int samples, FrameBatch &out)
{
    const QByteArray lacing = lacingOf(packet.size());
    if (m_lacing.size() + lacing.size() > 255)
        finish(out);
    m_lacing += lacing;
    m_body += packet;
    m_samples += samples;
    if (++m_packets == packetsPerPage)
        finish(out);
}

void OggOpusPager::finish(FrameBatch &out)
{
    if (m_packets > 0)
        out.append(blankPage(m_lacing, m_body), flicksForSamples(m_samples, opusSampleRate));
    *this = {};
}

void OggPageStamper::start(quint32 serial)
{
    m_serial = serial;
    m_sequence = 2;
    m_granule = 0;
}

bool OggPageStamper::continueBehind(QByteArrayView lastPage)
{
    if (lastPage.size() < oggPageHeaderBytes || !lastPage.startsWith("OggS") ||
        qFromLittleEndian<quint32>(lastPage.data() + oggSerialAt) != m_serial)
        return false;
    const bool isHeader = (lastPage[oggFlagsAt] & 2) != 0; // both header pages are one frame
    m_sequence = isHeader ? 2 : qFromLittleEndian<quint32>(lastPage.data() + oggSequenceAt) + 1;
    m_granule = isHeader ? 0 : qFromLittleEndian<qint64>(lastPage.data() + oggGranuleAt);
    return true;
}

void OggPageStamper::stamp(FrameBatch &pages)
{
    char *page = pages.bytes.data();
    for (const FrameInfo &frame : std::as_const(pages.frames)) {
        m_granule += frame.duration / (flicksPerSecond / opusSampleRate);
        stampOggPage(page, frame.size, {m_granule, m_serial, m_sequence++});
        page += frame.size;
    }
}

} // namespace cycast
