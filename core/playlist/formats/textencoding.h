// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <functional>

namespace cycast
{

/// Text of unknown origin: UTF-8 or UTF-16 by its byte order mark, UTF-8 when valid, else Windows-1252
/// (which contains Latin-1's letters). Never fails; the mark is left out. Pure.
QString decodeText(QByteArrayView bytes);

/// Like decodeText(), but what is no UTF-8 is taken as `encodingName` (#EXTENC: "Shift_JIS", "KOI8-R", ...)
/// when this machine knows that name and the bytes fit.
QString decodeText(QByteArrayView bytes, QByteArrayView encodingName);

/// Calls `handle(number, text, exact)` for every line; ends are LF, CR LF or CR alone, numbers begin with 1.
/// Where not all of it is UTF-8, each line is decoded for itself: lists that list a folder can have names of
/// every age. `exact`: the line with its own bytes (core/base/filename.h) where `text` had to guess; else
/// empty.
void forEachTextLine(QByteArrayView bytes, QByteArrayView encodingName,
                     const std::function<void(qsizetype, QStringView, const QString &)> &handle);

/// A title as it may be shown on one line: C1 codes that are Windows-1252 letters in truth become those,
/// UTF-8 that was declared as Latin-1 is set right, control characters become spaces, white space is
/// simplified, at most `maxLength` UTF-16 units (no half surrogate pair at the cut).
QString tidyText(QString text, qsizetype maxLength = 512);

} // namespace cycast
