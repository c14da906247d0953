// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/aacbands.h"

#include <initializer_list>

namespace cycast
{

namespace
{

/// So many bands that are so wide.
struct Run {
    int count;
    int width;
};

constexpr AacBands bandsOf(std::initializer_list<Run> runs)
{
    AacBands bands;
    int end = 0;
    for (const Run &run : runs) {
        for (int i = 0; i < run.count; ++i) {
            end += run.width;
            bands.ends[static_cast<size_t>(bands.count++)] = static_cast<quint16>(end);
        }
    }
    return bands;
}

constexpr AacBands none;
// By the highest of the sample rates that share them, kHz.
constexpr AacBands long96 =
    bandsOf({{14, 4}, {5, 8}, {5, 12}, {2, 16}, {1, 24}, {1, 28}, {1, 36}, {1, 44}, {11, 64}});
constexpr AacBands long64 =
    bandsOf({{14, 4}, {4, 8}, {3, 12}, {3, 16}, {1, 20}, {2, 24}, {1, 28}, {1, 36}, {18, 40}});
constexpr AacBands long48 =
    bandsOf({{10, 4}, {7, 8}, {4, 12}, {2, 16}, {2, 20}, {2, 24}, {2, 28}, {19, 32}, {1, 96}});
constexpr AacBands long32 = bandsOf({{10, 4}, {7, 8}, {4, 12}, {2, 16}, {2, 20}, {2, 24}, {2, 28}, {22, 32}});
constexpr AacBands long24 = bandsOf({{11, 4},
                                     {10, 8},
                                     {4, 12},
                                     {3, 16},
                                     {2, 20},
                                     {2, 24},
                                     {2, 28},
                                     {1, 32},
                                     {2, 36},
                                     {1, 40},
                                     {1, 44},
                                     {1, 48},
                                     {2, 52},
                                     {5, 64}});
constexpr AacBands long16 = bandsOf({{11, 8},
                                     {9, 12},
                                     {4, 16},
                                     {3, 20},
                                     {2, 24},
                                     {2, 28},
                                     {1, 32},
                                     {1, 36},
                                     {2, 40},
                                     {1, 44},
                                     {1, 48},
                                     {1, 52},
                                     {1, 56},
                                     {1, 60},
                                     {3, 64}});
constexpr AacBands long8 = bandsOf({{13, 12},
                                    {7, 16},
                                    {4, 20},
                                    {3, 24},
                                    {2, 28},
                                    {1, 32},
                                    {2, 36},
                                    {1, 40},
                                    {1, 44},
                                    {1, 48},
                                    {1, 52},
                                    {1, 56},
                                    {1, 60},
                                    {1, 64},
                                    {1, 80}});
constexpr AacBands short96 = bandsOf({{6, 4}, {3, 8}, {1, 16}, {1, 28}, {1, 36}});
constexpr AacBands short48 = bandsOf({{5, 4}, {3, 8}, {3, 12}, {3, 16}});
constexpr AacBands short24 = bandsOf({{7, 4}, {3, 8}, {2, 12}, {2, 16}, {1, 20}});
constexpr AacBands short16 = bandsOf({{8, 4}, {2, 8}, {2, 12}, {1, 16}, {2, 20}});
constexpr AacBands short8 = bandsOf({{7, 4}, {4, 8}, {1, 12}, {1, 16}, {2, 20}});

constexpr bool isWhole(std::initializer_list<const AacBands *> all, int width)
{
    for (const AacBands *bands : all) {
        if (bands->ends[static_cast<size_t>(bands->count - 1)] != width)
            return false;
    }
    return true;
}
static_assert(isWhole({&long96, &long64, &long48, &long32, &long24, &long16, &long8}, 1024));
static_assert(isWhole({&short96, &short48, &short24, &short16, &short8}, 128));

} // namespace

const AacBands &aacLongBands(int sampleRate)
{
    switch (sampleRate) {
    case 96000:
    case 88200:
        return long96;
    case 64000:
        return long64;
    case 48000:
    case 44100:
        return long48;
    case 32000:
        return long32;
    case 24000:
    case 22050:
        return long24;
    case 16000:
    case 12000:
    case 11025:
        return long16;
    case 8000:
    case 7350:
        return long8;
    default:
        return none;
    }
}

const AacBands &aacShortBands(int sampleRate)
{
    switch (sampleRate) {
    case 96000:
    case 88200:
    case 64000:
        return short96;
    case 48000:
    case 44100:
    case 32000:
        return short48;
    case 24000:
    case 22050:
        return short24;
    case 16000:
    case 12000:
    case 11025:
        return short16;
    case 8000:
    case 7350:
        return short8;
    default:
        return none;
    }
}

} // namespace cycast
