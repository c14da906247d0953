// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/stationformat.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

QString nameOf(StationCodec codec)
{
    return StreamKind::of(codec).name();
}

std::optional<StationCodec> codecNamed(QStringView name)
{
    const StreamKind *kind = StreamKind::named(name);
    return kind ? std::optional(kind->codec()) : std::nullopt;
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
    return format.kind().silence(format.streamFormat())->frames(duration);
}

} // namespace cycast
