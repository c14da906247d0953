// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <span>
#include <vector>

namespace cycast
{

/// What stands at one place of the coded spectrum, as far as one must know it to find the next place.
struct AacWord {
    quint8 bits = 0;    ///< of the codeword and of the signs behind it
    quint8 signs = 0;   ///< how many these are
    quint8 escapes = 0; ///< how many escape sequences follow these
    quint8 value = 0;   ///< of scale factors: the difference plus 60
    bool operator==(const AacWord &) const = default;
};

/// One Huffman codebook of AAC (ISO/IEC 14496-3, 4.A.1). In all of them longer codewords are greater than
/// shorter ones, so that the number of codewords of each length says which they are. Immutable.
class AacCodebook
{
public:
    static constexpr int longestCode = 19;

    /// Numbers 1 to 11.
    static const AacCodebook &spectral(int number);
    static const AacCodebook &scaleFactors();

    /// What the next longestCode bits begin with. There is always something: the codes are complete.
    AacWord find(quint32 next) const
    {
        const AacWord word = m_byStart[next >> (longestCode - shortBits)];
        return word.bits != 0 ? word : findLong(next);
    }
    /// Values that one codeword stands for: 4 or 2, of scale factors 1.
    int dimension() const { return m_dimension; }
    /// Codewords, for tests.
    qsizetype size() const { return static_cast<qsizetype>(m_words.size()); }

private:
    static constexpr int shortBits = 9;

    /// `counts`: codewords by length, from 1 on; `words`: what they say, shortest first.
    AacCodebook(int dimension, std::span<const quint8> counts, std::vector<AacWord> words);
    static AacCodebook withTails(int dimension, std::span<const quint8> counts, const char *tails);
    static AacCodebook ofDifferences();
    AacWord findLong(quint32 next) const;

    int m_dimension;
    std::vector<AacWord> m_words;
    std::array<quint32, longestCode + 1> m_ends{};        ///< by length: the code behind the last
    std::array<quint32, longestCode + 1> m_wordsBefore{}; ///< by length: word's number minus its code
    std::array<AacWord, 1U << shortBits> m_byStart{};
};

} // namespace cycast
