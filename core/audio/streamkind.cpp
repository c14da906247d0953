// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/streamkind.h"

#include "core/audio/aac/aacstream.h"
#include "core/audio/mpeg/mpegstream.h"
#include "core/audio/ogg/opusstream.h"

#include <algorithm>
#include <array>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

const std::array<const StreamKind *, 3> &kinds()
{
    static const MpegStream mpeg;
    static const AacStream aac;
    static const OpusStream opus;
    static const std::array<const StreamKind *, 3> all{&mpeg, &aac, &opus};
    return all;
}

} // namespace

const StreamKind &StreamKind::of(StationCodec codec)
{
    const auto found = std::find_if(kinds().begin(), kinds().end(),
                                    [codec](const StreamKind *kind) { return kind->codec() == codec; });
    return found == kinds().end() ? *kinds().front() : **found;
}

const StreamKind *StreamKind::named(QStringView name)
{
    const auto found = std::find_if(kinds().begin(), kinds().end(),
                                    [name](const StreamKind *kind) { return kind->name() == name; });
    return found == kinds().end() ? nullptr : *found;
}

StreamFormat StreamKind::format(int bitrateKbps, int sampleRate, int channels) const
{
    return {contentType(), bitrateKbps, sampleRate, channels, innerCodec()};
}

std::unique_ptr<StreamJoiner> StreamKind::joiner(int) const
{
    return std::make_unique<StreamJoiner>();
}

const StreamContainer *streamContainerOf(QByteArrayView contentType)
{
    static const StreamContainer mpeg{"MP3", u"mp3"_s, u".mp3"_s};
    static const StreamContainer adts{"AAC", u"aac"_s, u".aac"_s};
    static const StreamContainer ogg{"Ogg", u"ogg"_s, u".ogg"_s};
    static const StreamContainer opus{"Ogg", u"ogg"_s, u".opus"_s};
    const qsizetype parameters = contentType.indexOf(';');
    const QByteArray type =
        contentType.first(parameters < 0 ? contentType.size() : parameters).trimmed().toByteArray().toLower();
    if (type == "audio/mpeg")
        return &mpeg;
    if (type == "audio/aac" || type == "audio/aacp")
        return &adts;
    if (type == "audio/ogg" || type == "application/ogg")
        return &ogg;
    return type == "audio/opus" ? &opus : nullptr;
}

} // namespace cycast
