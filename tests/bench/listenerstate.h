// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/histogram.h"
#include "tests/bench/stampedframe.h"

#include <array>
#include <string>

namespace bench
{

/// What all listeners of a run have seen together.
struct Tally {
    std::uint64_t bytes = 0;  ///< everything read, heads and titles included
    std::uint64_t frames = 0; ///< intact stamped ones
    std::uint64_t gaps = 0;
    std::uint64_t lost = 0; ///< frames missing in those gaps
    std::uint64_t duplicates = 0;
    std::uint64_t torn = 0;
    std::uint64_t foreign = 0;   ///< whole frames without a stamp: the server's own silence
    std::uint64_t unaligned = 0; ///< streams that began within a frame
    std::uint64_t badHeads = 0;
    std::uint64_t badTitles = 0;
    std::uint64_t titles = 0; ///< title blocks with text
    std::array<std::uint64_t, 2> underruns{};
    Histogram firstByte;
    Histogram latency;
};

struct ListenerRules {
    std::uint64_t modulus = 0; ///< frame numbers start again here (a playlist that repeats); 0: never
    std::array<std::int64_t, 2> holdNs = {1'000'000'000, 3'000'000'000}; ///< of the two simulated players
};

/// One listener's view of its stream, from the first byte of the answer on. Small: there are 19,000.
class ListenerState
{
public:
    void begin(std::int64_t connectNs);
    /// False: the answer is not 200.
    bool take(const std::uint8_t *bytes, std::size_t size, std::int64_t now, const ListenerRules &rules,
              Tally &tally);
    /// A player that ran dry and never got anything again has not been seen by take().
    void finish(std::int64_t now, Tally &tally);
    bool hasAudio() const { return m_firstByteNs != 0; }

private:
    std::size_t takeHead(const std::uint8_t *bytes, std::size_t size, bool &good);
    void takeBody(const std::uint8_t *bytes, std::size_t size, std::int64_t now, Tally &tally);
    std::size_t takeTitle(const std::uint8_t *bytes, std::size_t size, Tally &tally);
    void takeAudio(const std::uint8_t *bytes, std::size_t size, std::int64_t now, Tally &tally);
    void check(const std::uint8_t *frame, std::size_t length, std::int64_t now, Tally &tally);
    void lose(Tally &tally);

    struct Player {
        std::int64_t startNs = 0; ///< 0: still filling
        std::int64_t heldNs = 0;  ///< received since it began to fill
    };

    std::uint64_t m_modulus = 0;
    std::uint64_t m_expected = 0;
    std::int64_t m_connectNs = 0;
    std::int64_t m_firstByteNs = 0;
    std::array<Player, 2> m_players{};
    std::uint32_t m_newFrames = 0;
    std::uint32_t m_metaint = 0;
    std::uint32_t m_audioLeft = 0; ///< until the next title block
    std::uint32_t m_titleLeft = 0;
    bool m_titleStarts = false;
    bool m_inBody = false;
    bool m_hasNumber = false;
    bool m_isLost = false; ///< looking for the next frame
    std::uint16_t m_held = 0;
    std::array<std::uint8_t, 1536> m_hold{}; ///< head, or the frame that a read has cut
};

} // namespace bench
