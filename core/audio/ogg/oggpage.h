// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QtGlobal>

namespace cycast
{

/// One page of an Ogg stream (RFC 3533, section 6). Views point into the bytes that were parsed.
struct OggPage {
    bool continuesPacket = false; ///< its first packet began on an earlier page
    bool beginsStream = false;
    bool endsStream = false;
    qint64 granulePosition = -1; ///< of the last packet that ends here; -1: none does
    quint32 serial = 0;
    quint32 sequence = 0;
    QByteArrayView lacing; ///< segment table
    QByteArrayView body;
    QByteArrayView bytes; ///< all of it

    int packetsEnding() const;
    /// Calls `take(QByteArrayView part, bool begins, bool ends)` for each packet, or part of one.
    template<class Take>
    void forEachPacket(Take &&take) const;
};

inline constexpr qsizetype oggPageHeaderBytes = 27; ///< before the segment table
// Places in the header (RFC 3533, section 6).
inline constexpr qsizetype oggFlagsAt = 5;
inline constexpr qsizetype oggGranuleAt = 6;
inline constexpr qsizetype oggSerialAt = 14;
inline constexpr qsizetype oggSequenceAt = 18;
inline constexpr qsizetype oggChecksumAt = 22; ///< four bytes
inline constexpr qsizetype maxOggPageBytes = 27 + 255 + 255 * 255;

struct OggProbe {
    enum class Kind : quint8 {
        NotAPage, ///< no capture pattern, another version, or the checksum is wrong
        NeedsMore,
        Page
    };
    Kind kind = Kind::NotAPage;
    OggPage page;
};

/// What stands at the beginning of `bytes`. Decides on the first `maxOggPageBytes` at the latest.
OggProbe probeOggPage(QByteArrayView bytes);

/// CRC-32 of the page as RFC 3533 wants it (polynomial 0x04c11db7, not reflected, start 0), its own field
/// taken as zero.
quint32 oggChecksum(QByteArrayView page);

/// What stands in the header of a page says something else from now on; with the checksum put right.
struct OggStamp {
    qint64 granulePosition = 0;
    quint32 serial = 0;
    quint32 sequence = 0;
};
void stampOggPage(char *page, qsizetype size, const OggStamp &stamp);
/// Likewise: nothing follows it in its stream.
void markOggEnd(char *page, qsizetype size);

template<class Take>
void OggPage::forEachPacket(Take &&take) const
{
    qsizetype from = 0;
    qsizetype to = 0;
    bool begins = !continuesPacket;
    for (qsizetype i = 0; i < lacing.size(); ++i) {
        const auto value = static_cast<quint8>(lacing[i]);
        to += value;
        const bool ends = value < 255; // a packet of a multiple of 255 bytes ends with a zero
        if (!ends && i + 1 < lacing.size())
            continue;
        take(body.sliced(from, to - from), begins, ends);
        from = to;
        begins = true;
    }
}

} // namespace cycast
