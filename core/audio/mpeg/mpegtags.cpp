// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/mpeg/mpegtags.h"

#include "core/audio/byteat.h"

#include <QtEndian>

#include <algorithm>

namespace cycast
{

namespace
{

using Kind = MpegTagProbe::Kind;

enum class Match : quint8 { No, Maybe, Yes };

Match startsWith(QByteArrayView bytes, QByteArrayView marker)
{
    const qsizetype common = qMin(bytes.size(), marker.size());
    if (bytes.first(common) != marker.first(common))
        return Match::No;
    return common == marker.size() ? Match::Yes : Match::Maybe;
}

bool isDigits(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= '0' && c <= '9'; });
}

MpegTagProbe probeId3v2(QByteArrayView bytes)
{
    constexpr qsizetype headerBytes = 10;
    constexpr int footerFlag = 0x10;
    if (bytes.size() < headerBytes)
        return {Kind::NeedsMore, 0};
    const int majorVersion = byteAt(bytes, 3);
    const int flags = byteAt(bytes, 5);
    if (majorVersion < 2 || majorVersion > 4 || byteAt(bytes, 4) == 0xFF || (flags & 0x0F) != 0)
        return {};
    qint64 size = 0;
    for (qsizetype i = 6; i < headerBytes; ++i) {
        if (byteAt(bytes, i) > 0x7F)
            return {};
        size = size << 7 | byteAt(bytes, i);
    }
    const bool hasFooter = majorVersion == 4 && (flags & footerFlag) != 0;
    return {Kind::Tag, headerBytes + size + (hasFooter ? headerBytes : 0)};
}

MpegTagProbe probeId3v1(QByteArrayView bytes, bool atEnd)
{
    constexpr qint64 tagBytes = 128;
    constexpr qint64 extensionBytes = 227; // "TAG+", directly in front of the tag proper
    if (bytes.size() < 4)
        return atEnd ? MpegTagProbe{} : MpegTagProbe{Kind::NeedsMore, 0};
    if (bytes[3] != '+')
        return {Kind::Tag, tagBytes};
    // A title may begin with a plus as well; then no second tag follows.
    const Match follower =
        bytes.size() > extensionBytes ? startsWith(bytes.sliced(extensionBytes), "TAG") : Match::Maybe;
    if (follower == Match::Maybe && !atEnd)
        return {Kind::NeedsMore, 0};
    return {Kind::Tag, follower == Match::Yes ? extensionBytes : tagBytes};
}

MpegTagProbe probeApe(QByteArrayView bytes)
{
    constexpr qsizetype headerBytes = 32;
    constexpr quint32 isHeaderFlag = 1U << 29;
    constexpr quint32 largestBelievable = 1U << 28;
    if (bytes.size() < headerBytes)
        return {Kind::NeedsMore, 0};
    const auto version = qFromLittleEndian<quint32>(bytes.data() + 8);
    const auto size = qFromLittleEndian<quint32>(bytes.data() + 12); // items and footer
    const auto flags = qFromLittleEndian<quint32>(bytes.data() + 20);
    if ((version != 1000 && version != 2000) || size > largestBelievable)
        return {};
    // A footer on its own ends a tag whose items have gone by already.
    const bool isHeader = version == 2000 && (flags & isHeaderFlag) != 0;
    return {Kind::Tag, headerBytes + (isHeader ? qint64{size} : 0)};
}

} // namespace

MpegTagProbe probeMpegTag(QByteArrayView bytes, bool atEnd)
{
    MpegTagProbe probe;
    if (bytes.isEmpty())
        return probe;
    const auto consider = [&](QByteArrayView marker, auto decide) {
        const Match match = startsWith(bytes, marker);
        if (match == Match::Maybe)
            probe = {Kind::NeedsMore, 0};
        else if (match == Match::Yes)
            probe = decide();
    };
    switch (bytes.front()) {
    case 'I':
        consider("ID3", [&] { return probeId3v2(bytes); });
        break;
    case 'T':
        consider("TAG", [&] { return probeId3v1(bytes, atEnd); });
        break;
    case 'A':
        consider("APETAGEX", [&] { return probeApe(bytes); });
        break;
    case 'L':
        consider("LYRICSBEGIN", [] { return MpegTagProbe{Kind::Lyrics, 11}; });
        break;
    default:
        break;
    }
    if (atEnd && probe.kind == Kind::NeedsMore)
        return {};
    return probe;
}

Lyrics3Walker::Step Lyrics3Walker::step(QByteArrayView bytes, bool atEnd)
{
    constexpr qsizetype endMarkBytes = 9;
    constexpr qsizetype sizedEndBytes = 15; // six digits and the mark
    constexpr qsizetype fieldHeaderBytes = 8;
    constexpr int longestText = 5100;

    if (bytes.size() < sizedEndBytes && !atEnd)
        return {};
    if (startsWith(bytes, "LYRICSEND") == Match::Yes)
        return {endMarkBytes, true};
    if (!m_inText) {
        if (bytes.size() >= sizedEndBytes && isDigits(bytes.first(6)) &&
            startsWith(bytes.sliced(6), "LYRICS200") == Match::Yes)
            return {sizedEndBytes, true};
        const auto isCapital = [](char c) { return c >= 'A' && c <= 'Z'; };
        if (bytes.size() >= fieldHeaderBytes && std::all_of(bytes.begin(), bytes.begin() + 3, isCapital) &&
            isDigits(bytes.sliced(3, 5)))
            return {fieldHeaderBytes + bytes.sliced(3, 5).toByteArray().toInt(), false};
        m_inText = true;
    }
    // The text never holds 0xFF: such a byte means that the tag was cut off and audio follows.
    if (bytes.isEmpty() || bytes.front() == '\xFF' || ++m_textBytes > longestText)
        return {0, true};
    return {1, false};
}

} // namespace cycast
