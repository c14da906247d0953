// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/delivery.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

QString kiloHertz(int hertz)
{
    return QString::number(hertz / 1000.0, 'g', 5) + u" kHz"_s;
}

QString channelsText(int channels)
{
    return channels == 1 ? u"mono"_s : channels == 2 ? u"stereo"_s : u"%1 channels"_s.arg(channels);
}

} // namespace

Delivery deliveryOf(const SoundFacts &sound, const DeliveryRules &rules)
{
    const StationFormat &format = rules.format;
    const auto encoded = [](QString reason) { return Delivery{false, std::move(reason)}; };
    if (sound.codec.isEmpty())
        return encoded(u"its format is not known yet"_s);
    // Frames that stand alone in their file can be sent as they are; only MP3 is stored that way by
    // everybody.
    if (format.codec != StationCodec::Mp3 || sound.codec != "mp3"_L1)
        return encoded(u"the stream is %1"_s.arg(nameOf(format.codec).toUpper()));
    if (sound.container != "mp3"_L1)
        return encoded(u"the MP3 is inside another kind of file"_s);
    if (rules.crossfades)
        return encoded(u"tracks fade into one another"_s);
    if (rules.trimsSilence)
        return encoded(u"silence at its ends is cut"_s);
    if (sound.sampleRate != format.sampleRate)
        return encoded(u"%1 instead of %2"_s.arg(kiloHertz(sound.sampleRate), kiloHertz(format.sampleRate)));
    if (sound.channels != format.channels)
        return encoded(
            u"%1 instead of %2"_s.arg(channelsText(sound.channels), channelsText(format.channels)));
    if (sound.bitrateKbps > rules.passthroughMaxKbps)
        return encoded(rules.passthroughMaxKbps == 0
                           ? u"every file is encoded"_s
                           : u"%1 kbit/s, more than the %2 that are passed on"_s.arg(sound.bitrateKbps)
                                 .arg(rules.passthroughMaxKbps));
    return {true, {}};
}

} // namespace cycast
