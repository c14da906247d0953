// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/fieldrow.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

QList<SettingField> streamFields()
{
    using S = Settings::Encoder;
    constexpr auto block = &Settings::encoder;
    return {
        field<block, &S::format>(
            {.key = "encoder.format",
             .label = QT_TRANSLATE_NOOP("Settings", "Format of the stream"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "mp3 plays everywhere. aac and opus sound better at low bitrates. Another format is another "
                 "stream: whoever listens is disconnected at that moment, and most players come back by "
                 "themselves."),
             .takesEffect = TakesEffect::ChangesStream,
             .choices = {u"mp3"_s, u"aac"_s, u"opus"_s}}),
        field<block, &S::bitrateKbps>(
            {.key = "encoder.bitrate_kbps",
             .label = QT_TRANSLATE_NOOP("Settings", "Bitrate"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings", "Of everything that is not passed on as it is. Nobody is disconnected."),
             .unit = "kbit/s",
             .minimum = 8,
             .maximum = 512}),
        field<block, &S::sampleRate>(
            {.key = "encoder.sample_rate",
             .label = QT_TRANSLATE_NOOP("Settings", "Sample rate"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "44100 is that of CDs and of most MP3s; opus needs 48000. Nobody is "
                                       "disconnected, but some players stumble at the change."),
             .unit = "Hz",
             .takesEffect = TakesEffect::ChangesStream,
             .minimum = 8000,
             .maximum = 48000}),
        field<block, &S::channels>(
            {.key = "encoder.channels",
             .label = QT_TRANSLATE_NOOP("Settings", "Channels"),
             .help = QT_TRANSLATE_NOOP("Settings", "1 is mono, for speech at low bitrates; 2 is stereo."),
             .takesEffect = TakesEffect::ChangesStream,
             .minimum = 1,
             .maximum = 2}),
        field<block, &S::passthroughMaxKbps>(
            {.key = "encoder.passthrough_max_kbps",
             .label = QT_TRANSLATE_NOOP("Settings", "Pass on as it is up to"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "A file in the stream's own format is sent bit for bit when its bitrate is no higher. 0 "
                 "encodes every file."),
             .unit = "kbit/s",
             .maximum = 512}),
    };
}

QList<SettingField> soundFields()
{
    using S = Settings::Encoder;
    constexpr auto block = &Settings::encoder;
    return {
        field<block, &S::live>(
            {.key = "encoder.live",
             .label = QT_TRANSLATE_NOOP("Settings", "Live sources in another format"),
             .help = QT_TRANSLATE_NOOP("Settings", "What is sent as it comes may be another kind of stream: "
                                                   "then listeners have to connect anew."),
             .takesEffect = TakesEffect::NextSource,
             .choices = {u"convert"_s, u"pass"_s}}),
        field<block, &S::crossfadeSeconds>(
            {.key = "encoder.crossfade_seconds",
             .label = QT_TRANSLATE_NOOP("Settings", "Crossfade"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "How long one track fades into the next. Above 0 every file is "
                                       "encoded."),
             .unit = "s",
             .maximum = 20}),
        field<block, &S::trimSilence>(
            {.key = "encoder.trim_silence",
             .label = QT_TRANSLATE_NOOP("Settings", "Cut silence at the ends of tracks"),
             .help = QT_TRANSLATE_NOOP("Settings", "When it is on every file is encoded.")}),
        field<block, &S::loudness>(
            {.key = "encoder.loudness",
             .label = QT_TRANSLATE_NOOP("Settings", "Make all tracks equally loud"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "By their ReplayGain or R128 tags, or as measured (EBU R 128). Files are never changed; MP3 "
                 "and AAC that are passed on as they are get another gain in their frames, without a "
                 "loss.")}),
        field<block, &S::targetLufs>(
            {.key = "encoder.target_lufs",
             .label = QT_TRANSLATE_NOOP("Settings", "Loudness"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "-16 suits streams. Closer to 0 is louder and squeezes the peaks."),
             .unit = "LUFS",
             .minimum = -30,
             .maximum = -8}),
        field<block, &S::maxPeakDbtp>(
            {.key = "encoder.max_peak_dbtp",
             .label = QT_TRANSLATE_NOOP("Settings", "Highest peak"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "Levelling never lifts the true peak of a track above this, so that nothing is clipped."),
             .unit = "dBTP",
             .minimum = -9,
             .maximum = 0}),
    };
}

} // namespace cycast
