// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aacgain.h"

#include "core/audio/adtswriter.h"

namespace cycast
{

namespace
{

void putGain(QByteArray &bytes, const AacRawBlock::Gain &gain)
{
    // At any bit: its 8 bits are spread over two bytes.
    const qsizetype first = gain.bit / 8;
    const auto shift = static_cast<unsigned>(8 - gain.bit % 8);
    unsigned two = static_cast<quint8>(bytes[first]) << 8U | static_cast<quint8>(bytes[first + 1]);
    two = (two & ~(0xFFU << shift)) | static_cast<unsigned>(gain.value) << shift;
    bytes[first] = static_cast<char>(two >> 8U);
    bytes[first + 1] = static_cast<char>(two & 0xFFU);
}

} // namespace

std::optional<QByteArray> withAacGain(QByteArrayView block, int sampleRate, int steps)
{
    const auto parsed = parseAacRawBlock(block, sampleRate);
    if (!parsed)
        return std::nullopt;
    QByteArray changed = block.toByteArray();
    const int moved = qBound(-parsed->mostStepsDown, steps, parsed->mostStepsUp);
    for (AacRawBlock::Gain gain : parsed->gains) {
        gain.value += moved;
        putGain(changed, gain);
    }
    return changed;
}

std::optional<QByteArray> withAdtsGain(QByteArrayView frame, int steps)
{
    const auto header = frame.size() < adtsHeaderBytes ? std::nullopt : parseAdtsHeader(frame);
    if (!header || header->blocks != 1 || header->frameBytes != frame.size())
        return std::nullopt;
    const auto block = withAacGain(frame.sliced(header->headerBytes()), header->sampleRate, steps);
    if (!block)
        return std::nullopt;
    if (!header->hasCrc)
        return frame.first(adtsHeaderBytes).toByteArray() + *block;
    return adtsHeader(header->sampleRate, header->channelConfig, block->size()) + *block;
}

} // namespace cycast
