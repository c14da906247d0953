// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/ogg/oggframer.h"

namespace cycast
{

qint64 OggFramer::next(QByteArrayView rest, FrameBatch &out, bool atEnd)
{
    const OggProbe probe = probeOggPage(rest);
    if (probe.kind == OggProbe::Kind::NeedsMore && !atEnd)
        return 0;
    if (probe.kind != OggProbe::Kind::Page)
        return skipTo("O", rest);
    take(probe.page, out);
    return probe.page.bytes.size();
}

void OggFramer::forget()
{
    m_phase = Phase::NoStream;
    m_header = QByteArray();
}

void OggFramer::take(const OggPage &page, FrameBatch &out)
{
    if (page.beginsStream) {
        if (!beginStream(page))
            skip(page.bytes.size());
    } else if (m_phase == Phase::NoStream || page.serial != m_serial) {
        skip(page.bytes.size());
        return;
    } else if (m_phase == Phase::Audio || !takeHeader(page)) {
        if (m_phase != Phase::NoStream)
            takeAudio(page, out);
        else
            skip(page.bytes.size());
        return;
    }
    if (m_headerEnded)
        finishHeader(out);
}

bool OggFramer::beginStream(const OggPage &page)
{
    QByteArrayView packet;
    page.forEachPacket([&packet](QByteArrayView part, bool, bool) {
        if (packet.isNull())
            packet = part;
    });
    const std::optional<OggCodec> codec = parseOggCodec(packet);
    if (!codec || (m_phase == Phase::FirstPage && page.serial != m_serial))
        return false;
    m_codec = *codec;
    m_serial = page.serial;
    m_phase = Phase::FirstPage;
    m_header = page.bytes.toByteArray();
    m_headerPackets = page.packetsEnding();
    m_headerEnded = codec->headerIsWhole;
    return true;
}

bool OggFramer::isHeaderPacket(QByteArrayView start) const
{
    switch (m_codec.kind) {
    case OggCodec::Kind::Vorbis:
        return start.startsWith(m_headerPackets == 1 ? "\x03vorbis" : "\x05vorbis");
    case OggCodec::Kind::Opus:
        return start.startsWith("OpusTags");
    case OggCodec::Kind::Flac:
        break;
    }
    return !start.isEmpty() && start.front() != '\xFF'; // two bytes of sync begin a frame of audio
}

bool OggFramer::takeHeader(const OggPage &page)
{
    if (m_header.size() + page.bytes.size() > maxHeaderBytes) {
        forget();
        return false;
    }
    m_phase = Phase::Header;
    const bool isFlac = m_codec.kind == OggCodec::Kind::Flac;
    bool isWrong = false;
    bool hasAudio = false;
    page.forEachPacket([&](QByteArrayView part, bool begins, bool ends) {
        if (m_headerEnded || isWrong)
            return;
        if (begins) {
            m_packetStart = part.isEmpty() ? quint8{0} : static_cast<quint8>(part.front());
            if (!isHeaderPacket(part)) {
                hasAudio = isFlac && m_packetStart == 0xFF;
                m_headerEnded = hasAudio;
                isWrong = !hasAudio;
                return;
            }
        }
        if (ends && (++m_headerPackets == m_codec.headerPackets() || (isFlac && (m_packetStart & 0x80) != 0)))
            m_headerEnded = true;
    });
    if (isWrong) {
        forget();
        return false;
    }
    if (hasAudio)
        return false;
    m_header.append(page.bytes);
    return true;
}

void OggFramer::finishHeader(FrameBatch &out)
{
    out.appendStreamHeader(m_header);
    m_header = QByteArray();
    m_headerEnded = false;
    m_phase = Phase::Audio;
    m_granule = m_codec.preSkip;
    m_hasGranule = false;
    m_packetSamples = 0;
    m_meter = {};
    m_format = {"audio/ogg", m_codec.bitrateKbps, m_codec.sampleRate, m_codec.channels, m_codec.name()};
}

void OggFramer::takeAudio(const OggPage &page, FrameBatch &out)
{
    if (m_headerEnded)
        finishHeader(out);
    qint64 usual = 0;
    qint64 longest = 0;
    page.forEachPacket([&](QByteArrayView part, bool begins, bool ends) {
        if (begins)
            m_packetSamples =
                m_codec.kind == OggCodec::Kind::Opus ? opusPacketSamples(part) : m_codec.usualPacket;
        if (!ends)
            return;
        usual += m_packetSamples;
        longest += m_codec.longestPacket > 0 ? m_codec.longestPacket : m_packetSamples;
    });
    qint64 samples = usual;
    if (page.granulePosition >= 0) {
        const qint64 before = m_granule;
        m_granule = page.granulePosition;
        if (m_granule < before && (!m_hasGranule || page.endsStream))
            samples = 0; // within what is not played at the start, or cut short at the end
        else if (m_granule >= before && m_granule - before <= longest)
            samples = m_granule - before;
        m_hasGranule = true;
    }
    const Flicks duration = flicksForSamples(samples, m_codec.granuleRate);
    out.append(page.bytes, duration);
    m_meter.add(page.bytes.size(), duration);
    if (m_meter.kbps() > 0)
        m_format.bitrateKbps = m_meter.kbps();
    if (page.endsStream)
        forget();
}

} // namespace cycast
