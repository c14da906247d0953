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

/// The sheet as text in UTF-8, lines end with CR LF. Times are minutes, seconds and frames of 1/75 s.
/// Quotation marks in texts become apostrophes: the format knows no escapes.
QByteArray writeCueSheet(const CueSheet &sheet);

} // namespace cycast
