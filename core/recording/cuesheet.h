// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

#include <QList>
#include <QString>

namespace cycast
{

/// Which title begins where in which file: what a CUE sheet says.
struct CueSheet {
    struct Track {
        QString title;
        QString artist;
        Flicks start = 0; ///< from the beginning of its file
    };
    struct File {
        QString name; ///< relative to the sheet
        QList<Track> tracks;
    };
    QString title;
    QList<File> files;
};

/// The format numbers its tracks with two digits.
inline constexpr qsizetype mostCueTracks = 99;

/// The sheet as text in UTF-8, lines end with CR LF. Times are minutes, seconds and frames of 1/75 s.
/// Quotation marks in texts become apostrophes: the format knows no escapes, but some of its readers take a
/// backslash before the closing mark for one, so that a space parts the two. At most 99 tracks.
QByteArray writeCueSheet(const CueSheet &sheet);

/// The last part of a sheet that has more tracks than one may have, as a sheet of its own; `part`: which one
/// it is, from 1.
CueSheet lastPart(const CueSheet &sheet, qsizetype &part);

} // namespace cycast
