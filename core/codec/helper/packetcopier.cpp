// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/packetcopier.h"

#include "core/audio/aac/aacgain.h"
#include "core/audio/aac/adtswriter.h"
#include "core/audio/ogg/oggcodec.h"
#include "core/codec/helper/oggchain.h"
#include "core/codec/musicfile.h"
#include "core/codec/plainframes.h"

#include <limits>

extern "C" {
#include <libavformat/avformat.h>
}

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qsizetype largestAdtsPayload = 8184;

} // namespace

PacketCopier::PacketCopier(const StationFormat &format, int gainSteps)
    : m_format(format)
    , m_gainSteps(gainSteps)
{
}

Result<std::unique_ptr<PacketCopier>> PacketCopier::open(TrackFile file, const StationFormat &format,
                                                         int gainSteps)
{
    std::unique_ptr<PacketCopier> copier(new PacketCopier(format, gainSteps));
    if (const auto opened = copier->openPart(std::move(file), 0); !opened)
        return tl::unexpected(opened.error());
    return copier;
}

/// The link of a chain that begins there; anything else as a whole.
Result<void> PacketCopier::openPart(TrackFile file, qint64 begin)
{
    m_name = file.name();
    const int descriptor = file.descriptor();
    const qint64 size = stampOf(descriptor).size;
    m_isChain = begin > 0 || isChainedOgg(descriptor, size);
    AvInput::Range range;
    if (m_isChain) {
        const qint64 end = endOfOggLink(descriptor, begin, size);
        range = {begin, end < size ? end : -1};
    }
    auto input = AvInput::open(std::move(file), std::numeric_limits<qint64>::max(), range);
    if (!input)
        return tl::unexpected(input.error());
    m_input = std::move(*input);
    m_ahead.clear();
    m_hasHeaders = qstrcmp(m_input->context()->iformat->name, "aac") == 0;
    if (!isFitting() || !beginsPlain())
        return failure(Core::tr("“%1” cannot be sent as it is.").arg(m_name));
    return {};
}

/// There is more, though the demuxer has come to an end.
bool PacketCopier::goOn()
{
    constexpr int mostMoves = 10;
    if (m_input->hasMoved()) {
        if (++m_moves > mostMoves || !m_input->waitForQuiet())
            return false;
        if (const auto opened = openPart(m_input->file().again(), 0); !opened) {
            m_problem = {opened.error()};
            return false;
        }
        m_skip += std::exchange(m_place, 0);
        return true;
    }
    const qint64 next = m_isChain ? m_input->range().end : -1;
    if (next < 0)
        return false;
    if (!openPart(m_input->file().again(), next)) {
        m_problem = {Core::tr("“%1” is damaged, or changes its format within.").arg(m_name)};
        return false;
    }
    return true;
}

bool PacketCopier::isFitting() const
{
    const AVStream *stream = m_input->audioStream();
    if (stream == nullptr)
        return false;
    const AVCodecParameters &parameters = *stream->codecpar;
    const QByteArrayView header(parameters.extradata, parameters.extradata_size);
    if (m_format.codec == StationCodec::Opus && parameters.codec_id == AV_CODEC_ID_OPUS) {
        const OpusConfig config = opusConfigOf(header);
        return config.isPlain && config.channels == m_format.channels;
    }
    if (m_format.codec != StationCodec::Aac || parameters.codec_id != AV_CODEC_ID_AAC)
        return false;
    if (m_hasHeaders)
        return true; // each frame tells
    const AacConfig config = aacConfigOf(header);
    return config.isPlain && config.sampleRate == m_format.sampleRate && config.channels == m_format.channels;
}

bool PacketCopier::beginsPlain()
{
    while (m_format.codec == StationCodec::Aac && m_ahead.size() < aacFramesTried) {
        const AVPacket *packet = m_input->nextPacket();
        if (packet == nullptr)
            break;
        const QByteArrayView bytes(packet->data, packet->size);
        if (!fitsAac(bytes))
            return false;
        const auto isPlain = m_hasHeaders ? isPlainAdtsFrame : isPlainAacBlock;
        if (!isPlain(bytes, m_format.sampleRate, m_format.channels))
            return false;
        m_ahead.append(bytes.toByteArray());
    }
    return true;
}

bool PacketCopier::isSkipped(Flicks duration)
{
    m_place += duration;
    m_moves = 0;
    if (m_skip < duration)
        return false;
    m_skip -= duration;
    return true;
}

std::optional<QByteArrayView> PacketCopier::nextPacket()
{
    if (!m_ahead.isEmpty()) {
        m_packet = m_ahead.takeFirst();
        return QByteArrayView(m_packet);
    }
    const AVPacket *packet = m_input->nextPacket();
    if (packet != nullptr)
        return QByteArrayView(packet->data, packet->size);
    return goOn() ? nextPacket() : std::nullopt;
}

bool PacketCopier::read(FrameBatch &out)
{
    const auto packet = m_problem ? std::nullopt : nextPacket();
    if (!packet) {
        if (const QString why = m_input->readError(); !m_problem && !why.isEmpty())
            m_problem = {Core::tr("“%1” could not be read on: %2. Check the disk it is on.").arg(m_name, why),
                         TrackFault::Machine};
        m_pager.finish(out);
        return false;
    }
    const bool isCopied =
        m_format.codec == StationCodec::Opus ? copyOpus(*packet, out) : copyAac(*packet, out);
    if (!isCopied)
        m_problem = TrackError{Sentence(u"“%1” is damaged, or changes its format within."_s.arg(m_name))};
    return true;
}

bool PacketCopier::fitsAac(QByteArrayView packet) const
{
    if (!m_hasHeaders)
        return !packet.isEmpty() && packet.size() <= largestAdtsPayload;
    const auto header = parseAdtsHeader(packet);
    return header && header->profile == 1 && header->blocks == 1 && header->frameBytes == packet.size() &&
           header->sampleRate == m_format.sampleRate && header->channels() == m_format.channels;
}

/// With a header, as the packet has one or not.
QByteArray PacketCopier::levelled(QByteArrayView packet) const
{
    std::optional<QByteArray> changed;
    if (m_gainSteps != 0)
        changed = m_hasHeaders ? withAdtsGain(packet, m_gainSteps)
                               : withAacGain(packet, m_format.sampleRate, m_gainSteps);
    return changed ? *changed : packet.toByteArray();
}

bool PacketCopier::copyAac(QByteArrayView packet, FrameBatch &out)
{
    if (!fitsAac(packet))
        return false;
    const Flicks duration = flicksForSamples(adtsSamplesPerFrame, m_format.sampleRate);
    if (isSkipped(duration))
        return true;
    const QByteArray header =
        m_hasHeaders ? QByteArray() : adtsHeader(m_format.sampleRate, m_format.channels, packet.size());
    out.append(header + levelled(packet), duration);
    return true;
}

bool PacketCopier::copyOpus(QByteArrayView packet, FrameBatch &out)
{
    const int samples = opusPacketSamples(packet);
    if (samples == 0)
        return false;
    if (!isSkipped(flicksForSamples(samples, opusSampleRate)))
        m_pager.add(packet, samples, out);
    return true;
}

} // namespace cycast
