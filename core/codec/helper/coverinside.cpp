// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/coverinside.h"

#include "core/codec/helper/avinput.h"

extern "C" {
#include <libavformat/avformat.h>
}

namespace cycast
{

QByteArray coverInside(TrackFile file, qint64 mostBytes)
{
    const auto input = AvInput::open(std::move(file));
    if (!input)
        return {};
    const AVFormatContext *context = (*input)->context();
    for (unsigned i = 0; i < context->nb_streams; ++i) {
        const AVStream *stream = context->streams[i];
        const AVPacket &picture = stream->attached_pic;
        const bool isCover = (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
        if (isCover && picture.data != nullptr && picture.size > 0 && picture.size <= mostBytes)
            return QByteArray(reinterpret_cast<const char *>(picture.data), picture.size);
    }
    return {};
}

} // namespace cycast
