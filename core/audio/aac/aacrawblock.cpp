// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/aacrawblock.h"

#include "core/audio/aac/aacchannel.h"

#include <algorithm>

namespace cycast
{

namespace
{

enum class AacElement : quint8 { Single, Pair, Coupling, LowFrequency, Data, Program, Fill, End };

void skipDataElement(BitReader &bits)
{
    bits.skip(4);
    const bool isAligned = bits.takeFlag();
    qsizetype bytes = bits.take(8);
    if (bytes == 255)
        bytes += bits.take(8);
    if (isAligned)
        bits.skipToByte();
    bits.skip(8 * bytes);
}

/// Whether it describes the upper half of the spectrum (extension type 13, or 14 with a CRC).
bool skipFillElement(BitReader &bits)
{
    constexpr unsigned replication = 13;
    qsizetype bytes = bits.take(4);
    if (bytes == 15)
        bytes += static_cast<qsizetype>(bits.take(8)) - 1;
    const unsigned type = bytes > 0 ? bits.peek(4) : 0;
    bits.skip(8 * bytes);
    return type == replication || type == replication + 1;
}

bool readChannel(BitReader &bits, int sampleRate, const AacWindows *shared, AacRawBlock &block)
{
    constexpr int mostChannels = 8;
    AacChannel channel;
    if (!readAacChannel(bits, sampleRate, shared, channel) || ++block.channels > mostChannels)
        return false;
    if (!channel.hasSound)
        return true;
    block.gains.append({channel.gainBit, channel.gain});
    block.mostStepsDown = std::min(block.mostStepsDown, channel.mostStepsDown);
    block.mostStepsUp = std::min(block.mostStepsUp, channel.mostStepsUp);
    return true;
}

bool readPair(BitReader &bits, int sampleRate, AacRawBlock &block)
{
    AacWindows windows;
    const bool isShared = bits.takeFlag();
    if (isShared) {
        if (!readAacWindows(bits, sampleRate, windows))
            return false;
        const unsigned midSide = bits.take(2); // of no band, of some, of all
        if (midSide > 2)
            return false;
        if (midSide == 1)
            bits.skip(windows.bands * windows.groups.size());
    }
    const AacWindows *shared = isShared ? &windows : nullptr;
    return readChannel(bits, sampleRate, shared, block) && readChannel(bits, sampleRate, shared, block);
}

bool readElement(BitReader &bits, AacElement element, int sampleRate, AacRawBlock &block)
{
    switch (element) {
    case AacElement::Single:
    case AacElement::LowFrequency:
        bits.skip(4);
        return readChannel(bits, sampleRate, nullptr, block);
    case AacElement::Pair:
        bits.skip(4);
        return readPair(bits, sampleRate, block);
    case AacElement::Data:
        skipDataElement(bits);
        return true;
    case AacElement::Fill:
        block.hasReplication |= skipFillElement(bits);
        return true;
    default:
        return false;
    }
}

/// Nothing but padding follows.
bool readEnd(BitReader &bits)
{
    bits.skipToByte();
    while (bits.left() > 0) {
        if (bits.take(8) != 0)
            return false;
    }
    return bits.left() == 0;
}

} // namespace

std::optional<AacRawBlock> parseAacRawBlock(QByteArrayView bytes, int sampleRate)
{
    BitReader bits(bytes);
    AacRawBlock block;
    while (bits.left() > 0) {
        const auto element = static_cast<AacElement>(bits.take(3));
        if (element == AacElement::End)
            return readEnd(bits) && block.channels > 0 ? std::optional(block) : std::nullopt;
        if (!readElement(bits, element, sampleRate, block) || bits.left() < 0)
            break;
    }
    return std::nullopt;
}

} // namespace cycast
