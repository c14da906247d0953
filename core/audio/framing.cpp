// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/framing.h"

#include <algorithm>
#include <array>

namespace cycast
{

std::unique_ptr<Framer> makeFramer(QByteArrayView contentType)
{
    static constexpr std::array<QByteArrayView, 8> mpegTypes{
        "audio/mpeg", "audio/mp3",   "audio/x-mp3", "audio/x-mpeg",
        "audio/mpg",  "audio/x-mpg", "audio/mpeg3", "audio/x-mpeg-3",
    };
    const qsizetype parameters = contentType.indexOf(';');
    const QByteArray type =
        contentType.first(parameters < 0 ? contentType.size() : parameters).trimmed().toByteArray().toLower();
    if (type.isEmpty() || std::find(mpegTypes.begin(), mpegTypes.end(), type) != mpegTypes.end())
        return std::make_unique<MpegFramer>();
    return nullptr;
}

} // namespace cycast
