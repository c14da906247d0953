// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/framing.h"

#include "core/audio/guessingframer.h"

#include <algorithm>
#include <array>

namespace cycast
{
namespace
{

template<size_t Count>
bool isOneOf(const std::array<QByteArrayView, Count> &types, const QByteArray &type)
{
    return std::find(types.begin(), types.end(), type) != types.end();
}

} // namespace

std::unique_ptr<Framer> makeFramer(QByteArrayView contentType)
{
    static constexpr std::array<QByteArrayView, 8> mpegTypes{
        "audio/mpeg", "audio/mp3",   "audio/x-mp3", "audio/x-mpeg",
        "audio/mpg",  "audio/x-mpg", "audio/mpeg3", "audio/x-mpeg-3",
    };
    const qsizetype parameters = contentType.indexOf(';');
    const QByteArray type =
        contentType.first(parameters < 0 ? contentType.size() : parameters).trimmed().toByteArray().toLower();
    static constexpr std::array<QByteArrayView, 6> adtsTypes{
        "audio/aac", "audio/aacp", "audio/x-aac", "audio/x-aacp", "audio/aac-adts", "audio/vnd.dlna.adts",
    };
    static constexpr std::array<QByteArrayView, 9> oggTypes{
        "application/ogg", "audio/ogg",    "audio/x-ogg", "application/x-ogg", "application/x-vorbis",
        "audio/opus",      "audio/vorbis", "audio/flac",  "audio/x-flac",
    };
    // What is announced says only that it may be something of ours; what it is, the bytes say.
    const bool isOurs = type.isEmpty() || type == "application/octet-stream" || isOneOf(mpegTypes, type) ||
                        isOneOf(adtsTypes, type) || isOneOf(oggTypes, type);
    return isOurs ? std::make_unique<GuessingFramer>() : nullptr;
}

} // namespace cycast
