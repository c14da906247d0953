// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/ogg/oggpage.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace cycast
{
namespace
{

constexpr QByteArrayView capturePattern = "OggS";

constexpr char endFlag = 4;

constexpr std::array<quint32, 256> makeCrcTable()
{
    std::array<quint32, 256> table{};
    for (quint32 i = 0; i < 256; ++i) {
        quint32 value = i << 24;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 0x80000000U) != 0 ? value << 1 ^ 0x04c11db7U : value << 1;
        table[i] = value;
    }
    return table;
}
constexpr std::array<quint32, 256> crcTable = makeCrcTable();

} // namespace

int OggPage::packetsEnding() const
{
    return static_cast<int>(std::count_if(lacing.begin(), lacing.end(),
                                          [](char value) { return static_cast<quint8>(value) < 255; }));
}

quint32 oggChecksum(QByteArrayView page)
{
    quint32 crc = 0;
    for (qsizetype i = 0; i < page.size(); ++i) {
        const bool isOwnField = i >= oggChecksumAt && i < oggChecksumAt + 4;
        const quint8 byte = isOwnField ? quint8{0} : static_cast<quint8>(page[i]);
        crc = crc << 8 ^ crcTable[(crc >> 24 ^ byte) & 0xFF];
    }
    return crc;
}

OggProbe probeOggPage(QByteArrayView bytes)
{
    OggProbe probe;
    const qsizetype common = std::min(bytes.size(), capturePattern.size());
    if (bytes.first(common) != capturePattern.first(common))
        return probe;
    const auto needsMore = [&probe] {
        probe.kind = OggProbe::Kind::NeedsMore;
        return probe;
    };
    if (bytes.size() < 5)
        return needsMore();
    if (bytes[4] != 0) // the only version there is
        return probe;
    if (bytes.size() < oggPageHeaderBytes)
        return needsMore();
    const qsizetype segments = static_cast<quint8>(bytes[26]);
    if (bytes.size() < oggPageHeaderBytes + segments)
        return needsMore();
    OggPage &page = probe.page;
    page.lacing = bytes.sliced(oggPageHeaderBytes, segments);
    qsizetype bodyBytes = 0;
    for (const char value : page.lacing)
        bodyBytes += static_cast<quint8>(value);
    const qsizetype bodyAt = oggPageHeaderBytes + segments;
    if (bytes.size() < bodyAt + bodyBytes)
        return needsMore();
    page.bytes = bytes.first(bodyAt + bodyBytes);
    page.body = bytes.sliced(bodyAt, bodyBytes);
    const int flags = static_cast<quint8>(bytes[5]);
    page.continuesPacket = (flags & 1) != 0;
    page.beginsStream = (flags & 2) != 0;
    page.endsStream = (flags & 4) != 0;
    page.granulePosition = qFromLittleEndian<qint64>(bytes.data() + 6);
    page.serial = qFromLittleEndian<quint32>(bytes.data() + 14);
    page.sequence = qFromLittleEndian<quint32>(bytes.data() + 18);
    if (qFromLittleEndian<quint32>(bytes.data() + oggChecksumAt) == oggChecksum(page.bytes))
        probe.kind = OggProbe::Kind::Page;
    return probe;
}

void stampOggPage(char *page, qsizetype size, const OggStamp &stamp)
{
    qToLittleEndian(stamp.granulePosition, page + oggGranuleAt);
    qToLittleEndian(stamp.serial, page + oggSerialAt);
    qToLittleEndian(stamp.sequence, page + oggSequenceAt);
    qToLittleEndian(oggChecksum({page, size}), page + oggChecksumAt);
}

void markOggEnd(char *page, qsizetype size)
{
    page[oggFlagsAt] = static_cast<char>(page[oggFlagsAt] | endFlag);
    qToLittleEndian(oggChecksum({page, size}), page + oggChecksumAt);
}

} // namespace cycast
