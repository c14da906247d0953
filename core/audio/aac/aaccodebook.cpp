// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/aaccodebook.h"

#include <algorithm>
#include <numeric>

namespace cycast
{

namespace
{

/// How many codewords there are of each length, from one bit on: the scale factor book, then the spectral
/// books 1 to 11.
constexpr std::array<quint8, 19> lengths0{1, 0, 1, 3, 2, 4, 3, 5, 4, 6, 6, 6, 5, 8, 4, 7, 3, 7, 46};
constexpr std::array<quint8, 11> lengths1{1, 0, 0, 0, 8, 0, 24, 0, 24, 8, 16};
constexpr std::array<quint8, 9> lengths2{0, 0, 1, 1, 7, 24, 15, 19, 14};
constexpr std::array<quint8, 16> lengths3{1, 0, 0, 4, 2, 6, 3, 5, 15, 15, 8, 9, 3, 3, 5, 2};
constexpr std::array<quint8, 12> lengths4{0, 0, 0, 10, 6, 0, 9, 21, 8, 14, 11, 2};
constexpr std::array<quint8, 13> lengths5{1, 0, 0, 4, 4, 0, 4, 12, 12, 12, 18, 10, 4};
constexpr std::array<quint8, 11> lengths6{0, 0, 0, 9, 0, 16, 13, 8, 23, 8, 4};
constexpr std::array<quint8, 12> lengths7{1, 0, 2, 1, 0, 4, 5, 10, 14, 15, 8, 4};
constexpr std::array<quint8, 10> lengths8{0, 0, 1, 5, 7, 10, 14, 15, 8, 4};
constexpr std::array<quint8, 15> lengths9{1, 0, 2, 1, 0, 4, 3, 8, 11, 20, 31, 38, 32, 14, 4};
constexpr std::array<quint8, 12> lengths10{0, 0, 0, 3, 8, 14, 17, 25, 31, 41, 22, 8};
constexpr std::array<quint8, 12> lengths11{0, 0, 0, 2, 6, 7, 16, 59, 55, 95, 43, 6};

/// The values of the scale factor book, shortest codeword first.
constexpr std::array<quint8, 121> differences{
    60, 59, 61,  58,  62,  57,  63,  56,  64,  55,  65,  66,  54,  67,  53,  68,  52,  69,  51, 70, 50,
    49, 71, 72,  48,  73,  47,  74,  46,  76,  75,  77,  78,  45,  43,  44,  79,  42,  41,  80, 40, 81,
    39, 82, 38,  83,  37,  35,  85,  33,  36,  34,  84,  32,  87,  89,  30,  31,  86,  29,  26, 27, 28,
    24, 88, 25,  22,  23,  90,  21,  19,  3,   1,   2,   0,   98,  99,  100, 101, 102, 117, 97, 91, 92,
    93, 94, 95,  96,  104, 111, 112, 113, 114, 115, 116, 110, 105, 106, 107, 108, 109, 118, 6,  8,  9,
    10, 5,  103, 120, 119, 4,   7,   15,  16,  18,  20,  17,  11,  12,  14,  13};

/// How many signs follow each codeword of the unsigned books, shortest codeword first: one for each value
/// that is not 0. In book 11 a value may be an escape; a: an escape and a 0, b: an escape and another value,
/// c: two escapes.
constexpr const char *tails3 =
    "011112222232343311223232331221224334323244332333223243344233333344442233434443233";
constexpr const char *tails4 =
    "433331202222121144443333333333332222222222221111444444333333333433344422222243333";
constexpr const char *tails7 = "0112221122211222222221122212122222222211222222222222112222222222";
constexpr const char *tails8 = "2212120112222222221122222222221212222222121222222222221212222112";
constexpr const char *tails9 =
    "011222112221122222222112222222121222222221222222221222122221222211222222222222212221222222222222"
    "2222222212212222222122222222222222212212222122222222222222222222222222222";
constexpr const char *tails10 =
    "222211222221122220221122222222222212122222222222212122222222222222222212222212222222222222222212"
    "1222222212222221222222222222222221212122222222222222212122212221222222122";
constexpr const char *tails11 =
    "02c11222222121222222211222222222222222bbbbb2b121b2bbbb22222bb22bbb22b2bbb2b22bb2221bb222212bb22b"
    "2b2222222b221222222122222222222222122222222222a222222a212222222222222222222222222222221222222222"
    "222222222122222222222222222222222222211222222222222222222222222221221212221222221122221221211211"
    "2";

/// All values 0 or with a sign of their own: nothing follows.
constexpr const char *noTails = nullptr;

AacWord wordWith(char tail)
{
    AacWord word;
    word.signs = static_cast<quint8>(tail == 'a' ? 1 : tail > 'a' ? 2 : tail - '0');
    word.escapes = static_cast<quint8>(tail == 'c' ? 2 : tail >= 'a' ? 1 : 0);
    return word;
}

} // namespace

AacCodebook::AacCodebook(int dimension, std::span<const quint8> counts, std::vector<AacWord> words)
    : m_dimension(dimension)
    , m_words(std::move(words))
{
    quint32 code = 0;
    quint32 number = 0;
    for (size_t length = 1; length <= counts.size(); ++length) {
        code <<= 1U;
        m_wordsBefore[length] = number - code;
        for (int i = 0; i < counts[length - 1]; ++i, ++code, ++number) {
            AacWord &word = m_words[number];
            word.bits = static_cast<quint8>(length + word.signs);
            if (length > shortBits)
                continue;
            const size_t shift = shortBits - length;
            std::fill_n(m_byStart.begin() + (code << shift), size_t{1} << shift, word);
        }
        m_ends[length] = code;
    }
}

AacCodebook AacCodebook::withTails(int dimension, std::span<const quint8> counts, const char *tails)
{
    const size_t size = std::accumulate(counts.begin(), counts.end(), size_t{0});
    std::vector<AacWord> words(size);
    if (tails != noTails)
        std::transform(tails, tails + size, words.begin(), wordWith);
    return {dimension, counts, std::move(words)};
}

AacCodebook AacCodebook::ofDifferences()
{
    std::vector<AacWord> words;
    words.reserve(std::size(differences));
    for (const quint8 difference : differences)
        words.push_back({.value = difference});
    return {1, lengths0, std::move(words)};
}

const AacCodebook &AacCodebook::spectral(int number)
{
    static const std::array<AacCodebook, 11> books{
        withTails(4, lengths1, noTails),  withTails(4, lengths2, noTails), withTails(4, lengths3, tails3),
        withTails(4, lengths4, tails4),   withTails(2, lengths5, noTails), withTails(2, lengths6, noTails),
        withTails(2, lengths7, tails7),   withTails(2, lengths8, tails8),  withTails(2, lengths9, tails9),
        withTails(2, lengths10, tails10), withTails(2, lengths11, tails11)};
    return books[static_cast<size_t>(number - 1)];
}

const AacCodebook &AacCodebook::scaleFactors()
{
    static const AacCodebook book = ofDifferences();
    return book;
}

AacWord AacCodebook::findLong(quint32 next) const
{
    for (size_t length = shortBits + 1; length <= longestCode; ++length) {
        const quint32 code = next >> (longestCode - length);
        if (code < m_ends[length])
            return m_words[m_wordsBefore[length] + code];
    }
    return m_words.back();
}

} // namespace cycast
