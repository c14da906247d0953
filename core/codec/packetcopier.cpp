// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/packetcopier.h"

#include "core/audio/adtswriter.h"
#include "core/audio/oggcodec.h"
#include "core/codec/plainframes.h"

#include <QFileInfo>

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

PacketCopier::PacketCopier(const StationFormat &format)
    : m_format(format)
{
}

Result<std::unique_ptr<PacketCopier>> PacketCopier::open(const QString &path, const StationFormat &format)
{
    auto input = AvInput::open(path, std::numeric_limits<qint64>::max());
    if (!input)
        return tl::unexpected(input.error());
    std::unique_ptr<PacketCopier> copier(new PacketCopier(format));
    copier->m_input = std::move(*input);
    copier->m_name = QFileInfo(path).fileName();
    copier->m_hasHeaders = qstrcmp(copier->m_input->context()->iformat->name, "aac") == 0;
    if (!copier->isFitting())
        return failure(u"“%1” cannot be sent as it is."_s.arg(copier->m_name));
    return copier;
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

bool PacketCopier::isSkipped(Flicks duration)
{
    if (m_skip < duration)
        return false;
    m_skip -= duration;
    return true;
}

bool PacketCopier::read(FrameBatch &out)
{
    const AVPacket *packet = m_problem.isEmpty() ? m_input->nextPacket() : nullptr;
    if (packet == nullptr) {
        if (m_problem.isEmpty())
            m_problem = m_input->readError();
        m_pager.finish(out);
        return false;
    }
    const QByteArrayView bytes(packet->data, packet->size);
    const bool isCopied = m_format.codec == StationCodec::Opus ? copyOpus(bytes, out) : copyAac(bytes, out);
    if (!isCopied)
        m_problem = u"“%1” is damaged, or changes its format within."_s.arg(m_name);
    return true;
}

bool PacketCopier::copyAac(QByteArrayView packet, FrameBatch &out)
{
    const Flicks duration = flicksForSamples(adtsSamplesPerFrame, m_format.sampleRate);
    if (!m_hasHeaders) {
        if (packet.isEmpty() || packet.size() > largestAdtsPayload)
            return false;
        if (!isSkipped(duration))
            out.append(adtsHeader(m_format.sampleRate, m_format.channels, packet.size()) +
                           packet.toByteArray(),
                       duration);
        return true;
    }
    const auto header = packet.size() < adtsHeaderBytes ? std::nullopt : parseAdtsHeader(packet);
    if (!header || header->profile != 1 || header->blocks != 1 || header->frameBytes != packet.size() ||
        header->sampleRate != m_format.sampleRate || header->channels() != m_format.channels)
        return false;
    if (!isSkipped(duration))
        out.append(packet, duration);
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
