// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/ogg/oggcomments.h"

#include "core/audio/ogg/oggpage.h"

#include <QtEndian>

namespace cycast
{
namespace
{

/// The packets of the header pages, put together again.
QList<QByteArray> packetsOf(QByteArrayView pages)
{
    QList<QByteArray> packets;
    QByteArray current;
    while (!pages.isEmpty()) {
        const OggProbe probe = probeOggPage(pages);
        if (probe.kind != OggProbe::Kind::Page)
            break;
        probe.page.forEachPacket([&](QByteArrayView part, bool begins, bool ends) {
            if (begins)
                current.clear();
            current.append(part);
            if (ends)
                packets.append(std::exchange(current, {}));
        });
        pages = pages.sliced(probe.page.bytes.size());
    }
    return packets;
}

/// Where the comment list begins in such a packet; empty: it is another one.
QByteArrayView commentsIn(QByteArrayView packet)
{
    constexpr QByteArrayView vorbis = "\x03vorbis";
    constexpr QByteArrayView opus = "OpusTags";
    constexpr int flacComment = 4;
    constexpr qsizetype flacBlockHeader = 4;
    if (packet.startsWith(vorbis))
        return packet.sliced(vorbis.size());
    if (packet.startsWith(opus))
        return packet.sliced(opus.size());
    if (packet.size() > flacBlockHeader && (packet.front() & 0x7F) == flacComment)
        return packet.sliced(flacBlockHeader);
    return {};
}

/// Takes a length and so many bytes off the front; null when they are not there.
QByteArrayView takeText(QByteArrayView &rest)
{
    if (rest.size() < 4)
        return {};
    const auto length = qFromLittleEndian<quint32>(rest.data());
    rest = rest.sliced(4);
    if (length > static_cast<quint64>(rest.size()))
        return {};
    const QByteArrayView text = rest.first(length);
    rest = rest.sliced(length);
    return text;
}

} // namespace

std::optional<TrackInfo> oggComments(QByteArrayView headerPages)
{
    TrackInfo track;
    for (const QByteArray &packet : packetsOf(headerPages)) {
        QByteArrayView rest = commentsIn(packet);
        if (rest.isEmpty())
            continue;
        takeText(rest); // the encoder's name
        if (rest.size() < 4)
            break;
        const auto count = qFromLittleEndian<quint32>(rest.data());
        rest = rest.sliced(4);
        for (quint32 i = 0; i < count; ++i) {
            const QByteArrayView comment = takeText(rest);
            if (comment.isNull())
                break;
            const qsizetype equals = comment.indexOf('=');
            if (equals <= 0)
                continue;
            const QByteArray name = comment.first(equals).toByteArray().toUpper();
            const QByteArrayView value = comment.sliced(equals + 1);
            constexpr qsizetype longestText = 4096;
            QString *field = name == "TITLE"    ? &track.title
                             : name == "ARTIST" ? &track.artist
                             : name == "ALBUM"  ? &track.album
                                                : nullptr;
            // The first one counts; what is as long as a book is none.
            if (field && field->isEmpty() && value.size() <= longestText)
                *field = QString::fromUtf8(value);
        }
        break;
    }
    if (track.title.isEmpty() && track.artist.isEmpty())
        return std::nullopt;
    return track;
}

} // namespace cycast
