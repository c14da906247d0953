// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playlist/formats/playlistfile.h"

/// The single formats behind parsePlaylist(). Pure functions; `folder` is absolute.
namespace cycast
{

ParsedPlaylist parseM3u(QByteArrayView bytes, const QString &folder);
ParsedPlaylist parsePls(QByteArrayView bytes, const QString &folder);
/// XML that cannot be read on gives the rows before the fault and a problem line.
ParsedPlaylist parseXspf(QByteArrayView bytes, const QString &folder);

/// A row for each FILE, named after its track when it has one only.
ParsedPlaylist parseCue(QByteArrayView bytes, const QString &folder);

/// "line 12: ..."
QString lineProblem(qsizetype line, const QString &sentence);

/// Calls `handle(number, line)` for every line; ends are LF, CR LF or CR alone. Numbers begin with 1.
template<class Handler>
void forEachLine(QStringView text, Handler handle)
{
    qsizetype number = 1;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const bool atEnd = i == text.size();
        if (!atEnd && text[i] != u'\n' && text[i] != u'\r')
            continue;
        if (!atEnd || start < i)
            handle(number, text.sliced(start, i - start));
        if (!atEnd && text[i] == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
            ++i;
        start = i + 1;
        ++number;
    }
}

} // namespace cycast
