// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/aacgain.h"

#include "core/audio/aac/adtswriter.h"
#include "core/audio/bitreader.h"

namespace cycast
{

std::optional<QByteArray> withAacGain(QByteArrayView block, int sampleRate, int steps)
{
    const auto parsed = parseAacRawBlock(block, sampleRate);
    if (!parsed)
        return std::nullopt;
    QByteArray changed = block.toByteArray();
    const int moved = qBound(-parsed->mostStepsDown, steps, parsed->mostStepsUp);
    for (const AacRawBlock::Gain &gain : parsed->gains)
        putByteAt(changed, gain.bit, static_cast<unsigned>(gain.value + moved));
    return changed;
}

std::optional<QByteArray> withAdtsGain(QByteArrayView frame, int steps)
{
    const auto header = parseAdtsHeader(frame);
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
