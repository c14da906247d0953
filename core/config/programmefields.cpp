// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/fieldrow.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

QList<SettingField> jingleFields()
{
    using S = Settings::Jingles;
    constexpr auto block = &Settings::jingles;
    return {
        field<block, &S::directory>(
            {.key = "jingles.directory",
             .label = QT_TRANSLATE_NOOP("Settings", "Folder of jingles"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings", "One of its files is played between two tracks, in turn. Empty: no jingles.")}),
        field<block, &S::everySongs>({.key = "jingles.every_songs",
                                      .label = QT_TRANSLATE_NOOP("Settings", "A jingle after so many songs"),
                                      .help = QT_TRANSLATE_NOOP("Settings", "0 does not count songs."),
                                      .maximum = 1000}),
        field<block, &S::everyMinutes>(
            {.key = "jingles.every_minutes",
             .label = QT_TRANSLATE_NOOP("Settings", "A jingle after so many minutes"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "At the end of the track that is heard then; none is interrupted. 0 does not count "
                 "minutes."),
             .unit = "min",
             .maximum = 1440}),
    };
}

QList<SettingField> recordingFields()
{
    using S = Settings::Recording;
    constexpr auto block = &Settings::recording;
    return {
        field<block, &S::enabled>(
            {.key = "recording.enabled",
             .label = QT_TRANSLATE_NOOP("Settings", "Record every broadcast"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings", "What listeners get, byte for byte, from going on the air to going off.")}),
        field<block, &S::directory>(
            {.key = "recording.directory",
             .label = QT_TRANSLATE_NOOP("Settings", "Folder for recordings"),
             .help = QT_TRANSLATE_NOOP("Settings", "Empty is the folder Cycast in your music folder.")}),
        field<block, &S::split>(
            {.key = "recording.split",
             .label = QT_TRANSLATE_NOOP("Settings", "A new file for each"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "\"show\" begins a file when a live programme takes over and when it ends, \"track\" with "
                 "every title."),
             .choices = {u"show"_s, u"track"_s}}),
        field<block, &S::cue>(
            {.key = "recording.cue",
             .label = QT_TRANSLATE_NOOP("Settings", "CUE sheet"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings", "A small text file beside the recording that says which title begins where.")}),
    };
}

} // namespace cycast
