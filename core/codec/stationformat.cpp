// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/stationformat.h"

#include "core/audio/aac/adtswriter.h"
#include "core/audio/mpeg/mpegheader.h"
#include "core/audio/ogg/oggopuspager.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

QByteArray StationFormat::contentType() const
{
    switch (codec) {
    case StationCodec::Aac:
        return "audio/aac";
    case StationCodec::Opus:
        return "audio/ogg";
    case StationCodec::Mp3:
        break;
    }
    return "audio/mpeg";
}

StreamFormat StationFormat::streamFormat() const
{
    return {contentType(), bitrateKbps, sampleRate, channels,
            codec == StationCodec::Opus ? QByteArray("opus") : QByteArray()};
}

QString nameOf(StationCodec codec)
{
    switch (codec) {
    case StationCodec::Aac:
        return u"aac"_s;
    case StationCodec::Opus:
        return u"opus"_s;
    case StationCodec::Mp3:
        break;
    }
    return u"mp3"_s;
}

std::optional<StationCodec> codecNamed(QStringView name)
{
    for (const StationCodec codec : {StationCodec::Mp3, StationCodec::Aac, StationCodec::Opus}) {
        if (name == nameOf(codec))
            return codec;
    }
    return {};
}

QStringList argumentsFor(const EncodingOptions &options)
{
    return {nameOf(options.format.codec),
            QString::number(options.format.bitrateKbps),
            QString::number(options.format.sampleRate),
            QString::number(options.format.channels),
            QString::number(options.crossfadeSeconds),
            options.trimsSilence ? u"trim"_s : u"whole"_s,
            QString::number(options.ceilingDb)};
}

std::optional<EncodingOptions> optionsFrom(const QStringList &arguments)
{
    const auto codec = arguments.size() == 7 ? codecNamed(arguments[0]) : std::nullopt;
    if (!codec)
        return {};
    EncodingOptions options;
    options.format = {*codec, arguments[1].toInt(), arguments[2].toInt(), arguments[3].toInt()};
    options.crossfadeSeconds = arguments[4].toDouble();
    options.trimsSilence = arguments[5] == u"trim"_s;
    options.ceilingDb = arguments[6].toDouble();
    const auto within = [](double value, double low, double high) { return value >= low && value <= high; };
    const bool isFine = within(options.format.bitrateKbps, 8, 512) &&
                        within(options.format.sampleRate, 8000, 48000) &&
                        within(options.format.channels, 1, 2) && within(options.crossfadeSeconds, 0, 60) &&
                        within(options.ceilingDb, -30, 0);
    return isFine ? std::optional(options) : std::nullopt;
}

FrameBatch silenceFor(const StationFormat &format, Flicks duration)
{
    QByteArray frame;
    Flicks each = 0;
    switch (format.codec) {
    case StationCodec::Mp3: {
        const MpegHeader like = mpegHeaderFor(format.sampleRate, format.channels, format.bitrateKbps);
        frame = silentMpegFrame(like);
        each = like.duration();
        break;
    }
    case StationCodec::Aac:
        frame = silentAdtsFrame(format.sampleRate, format.channels);
        each = flicksForSamples(adtsSamplesPerFrame, format.sampleRate);
        break;
    case StationCodec::Opus: {
        FrameBatch pages;
        OggOpusPager pager;
        while (pages.duration() < duration)
            pager.add(silentOpusPacket(format.channels), stationOpusSamples, pages);
        return pages;
    }
    }
    FrameBatch batch;
    for (Flicks sum = 0; sum < duration; sum += each)
        batch.append(frame, each);
    return batch;
}

} // namespace cycast
