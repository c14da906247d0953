// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/aacchannel.h"

#include "core/audio/aac/aaccodebook.h"

#include <algorithm>
#include <utility>

namespace cycast
{

namespace
{

/// What a section of bands has; 1 to 11: values in that spectral codebook.
enum AacSectionBook : quint8 { NoSpectrum = 0, LastSpectral = 11, Reserved = 12, Noise = 13, Intensity = 14 };

/// Bands of one group that share a codebook.
struct AacSection {
    int windows; ///< in its group
    int book;
    int firstBand;
    int endBand;
};

using AacSections = QVarLengthArray<AacSection, 64>;

bool readSections(BitReader &bits, const AacWindows &windows, AacSections &sections)
{
    const int lengthBits = windows.areShort ? 3 : 5;
    const int goesOn = (1 << lengthBits) - 1;
    for (const int group : windows.groups) {
        for (int band = 0; band < windows.bands;) {
            const int book = static_cast<int>(bits.take(4));
            int length = 0;
            int part = goesOn;
            while (part == goesOn && band + length <= windows.bands) {
                part = static_cast<int>(bits.take(lengthBits));
                length += part;
            }
            if (book == Reserved || length == 0 || band + length > windows.bands)
                return false;
            sections.append({group, book, band, band + length});
            band += length;
        }
    }
    return bits.left() >= 0;
}

bool readScaleFactors(BitReader &bits, const AacSections &sections, AacChannel &channel)
{
    constexpr int noDifference = 60;
    constexpr int highestFactor = 255;
    const AacCodebook &book = AacCodebook::scaleFactors();
    int lowest = channel.gain;
    int highest = channel.gain;
    int factor = channel.gain;
    bool hasNoise = false;
    for (const AacSection &section : sections) {
        const int bands = section.book == NoSpectrum ? 0 : section.endBand - section.firstBand;
        for (int band = 0; band < bands; ++band) {
            int difference = 0;
            if (section.book == Noise && !std::exchange(hasNoise, true)) {
                bits.skip(9);
            } else {
                const AacWord word = book.find(bits.peek(AacCodebook::longestCode));
                bits.skip(word.bits);
                difference = word.value - noDifference;
            }
            channel.hasSound |= section.book <= Noise; // the others have positions here
            if (section.book > LastSpectral)
                continue;
            factor += difference;
            lowest = std::min(lowest, factor);
            highest = std::max(highest, factor);
        }
    }
    channel.mostStepsDown = lowest;
    channel.mostStepsUp = highestFactor - highest;
    return lowest >= 0 && highest <= highestFactor;
}

bool readPulses(BitReader &bits, const AacWindows &windows)
{
    if (windows.areShort)
        return false;
    const qsizetype pulses = bits.take(2) + 1;
    const bool isInside = static_cast<int>(bits.take(6)) < windows.limits->count;
    bits.skip(9 * pulses);
    return isInside;
}

bool readNoiseShaping(BitReader &bits, const AacWindows &windows)
{
    constexpr int highestOrder = 12;
    for (int window = 0; window < (windows.areShort ? 8 : 1); ++window) {
        const unsigned filters = bits.take(windows.areShort ? 1 : 2);
        const int resolution = filters != 0 && bits.takeFlag() ? 4 : 3;
        for (unsigned filter = 0; filter < filters; ++filter) {
            bits.skip(windows.areShort ? 4 : 6); // its length
            const int order = static_cast<int>(bits.take(windows.areShort ? 3 : 5));
            if (order > highestOrder)
                return false;
            if (order == 0)
                continue;
            bits.skip(1); // its direction
            const int left = bits.takeFlag() ? resolution - 1 : resolution;
            bits.skip(order * left);
        }
    }
    return true;
}

/// A value that is too large for its codebook.
bool skipEscape(BitReader &bits)
{
    constexpr int mostOnes = 8;
    int ones = 0;
    while (bits.takeFlag()) {
        if (++ones > mostOnes)
            return false;
    }
    bits.skip(ones + 4);
    return true;
}

bool readSpectrum(BitReader &bits, const AacWindows &windows, const AacSections &sections)
{
    const auto valuesBefore = [&windows](int band) {
        return band == 0 ? 0 : windows.limits->ends[static_cast<size_t>(band - 1)];
    };
    for (const AacSection &section : sections) {
        if (section.book == NoSpectrum || section.book > LastSpectral)
            continue;
        const AacCodebook &book = AacCodebook::spectral(section.book);
        const int values = valuesBefore(section.endBand) - valuesBefore(section.firstBand);
        for (int left = values * section.windows; left > 0; left -= book.dimension()) {
            const AacWord word = book.find(bits.peek(AacCodebook::longestCode));
            bits.skip(word.bits);
            for (int escape = 0; escape < word.escapes; ++escape) {
                if (!skipEscape(bits))
                    return false;
            }
        }
        if (bits.left() < 0)
            return false;
    }
    return true;
}

} // namespace

bool readAacWindows(BitReader &bits, int sampleRate, AacWindows &windows)
{
    constexpr unsigned eightShort = 2;
    if (bits.takeFlag()) // reserved
        return false;
    windows.areShort = bits.take(2) == eightShort;
    bits.skip(1); // their shape
    windows.limits = windows.areShort ? &aacShortBands(sampleRate) : &aacLongBands(sampleRate);
    windows.bands = static_cast<int>(bits.take(windows.areShort ? 4 : 6));
    windows.groups = {1};
    if (windows.areShort) {
        for (int window = 1; window < 8; ++window) {
            if (bits.takeFlag())
                ++windows.groups.back();
            else
                windows.groups.append(1);
        }
    } else if (bits.takeFlag()) { // prediction, of other profiles
        return false;
    }
    return windows.bands <= windows.limits->count;
}

bool readAacChannel(BitReader &bits, int sampleRate, const AacWindows *shared, AacChannel &channel)
{
    channel.gainBit = bits.place();
    channel.gain = static_cast<int>(bits.take(8));
    AacWindows own;
    if (shared == nullptr && !readAacWindows(bits, sampleRate, own))
        return false;
    const AacWindows &windows = shared == nullptr ? own : *shared;
    AacSections sections;
    if (!readSections(bits, windows, sections) || !readScaleFactors(bits, sections, channel))
        return false;
    if (bits.takeFlag() && !readPulses(bits, windows))
        return false;
    if (bits.takeFlag() && !readNoiseShaping(bits, windows))
        return false;
    const bool hasGainControl = bits.takeFlag(); // of another profile
    return !hasGainControl && readSpectrum(bits, windows, sections);
}

} // namespace cycast
