// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/packetcopier.h"

#include "core/codec/helper/oggchain.h"
#include "core/codec/musicfile.h"

#include <limits>

extern "C" {
#include <libavformat/avformat.h>
}

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

PacketCopier::PacketCopier(const StationFormat &format, int gainSteps)
    : m_packets(CodedPackets::of(format))
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
    const AVStream *stream = m_input->audioStream();
    const bool hasHeaders = qstrcmp(m_input->context()->iformat->name, "aac") == 0;
    if (stream == nullptr || !m_packets->fits(*stream->codecpar, hasHeaders) || !beginsPlain())
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

bool PacketCopier::beginsPlain()
{
    while (m_ahead.size() < m_packets->packetsTried()) {
        const AVPacket *packet = m_input->nextPacket();
        if (packet == nullptr)
            break;
        const QByteArrayView bytes(packet->data, packet->size);
        if (!m_packets->isPlain(bytes))
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
        m_packets->finish(out);
        return false;
    }
    const auto duration = m_packets->durationOf(*packet);
    if (!duration)
        m_problem = TrackError{Core::tr("“%1” is damaged, or changes its format within.").arg(m_name)};
    else if (!isSkipped(*duration))
        m_packets->add(*packet, m_gainSteps, out);
    return true;
}

} // namespace cycast
