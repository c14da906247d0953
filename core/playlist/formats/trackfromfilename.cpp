// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/trackfromfilename.h"

#include "core/base/filename.h"
#include "core/playlist/formats/textencoding.h"

namespace cycast
{

namespace
{

/// "Song.mp3" -> "Song"; ".mp3" and "Vol. 2" stay what they are.
QString withoutEnding(const QString &name)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    const qsizetype length = name.size() - dot - 1;
    if (dot <= 0 || length < 2 || length > 5)
        return name;
    for (const QChar c : QStringView(name).sliced(dot + 1)) {
        if (!c.isLetterOrNumber() || c.unicode() > 0x7F)
            return name;
    }
    return name.left(dot);
}

/// "03 Song", "03. Song", "03 - Song", "3) Song" -> "Song"; a name that is a number stays ("1979"), and so
/// does one whose number is part of the words ("7 Seconds": one digit and a space alone).
QString withoutTrackNumber(const QString &name)
{
    qsizetype digits = 0;
    while (digits < name.size() && name[digits] >= u'0' && name[digits] <= u'9')
        ++digits;
    if (digits == 0 || digits > 3)
        return name;
    qsizetype rest = digits;
    bool hasMark = false;
    while (rest < name.size() &&
           (name[rest] == u' ' || name[rest] == u'.' || name[rest] == u'-' || name[rest] == u')')) {
        hasMark = hasMark || name[rest] != u' ';
        ++rest;
    }
    if (rest == digits || rest == name.size())
        return name;
    const bool hasSpace = QStringView(name).sliced(digits, rest - digits).contains(u' ');
    if (!hasSpace && name[rest].isDigit()) // "50-50"
        return name;
    const bool isNumber = hasMark || (digits >= 2 && name[0] == u'0');
    return isNumber ? name.mid(rest) : name;
}

} // namespace

TrackInfo trackFromFileName(const QString &path)
{
    QString separated = path;
    const QString fileName = shownName(separated.replace(u'\\', u'/'));
    QString name = withoutEnding(fileName);
    name.replace(u'_', u' ');
    name = withoutTrackNumber(tidyText(name));
    TrackInfo track;
    const qsizetype dash = name.indexOf(u" - ");
    if (dash > 0 && dash + 3 < name.size()) {
        track.artist = name.left(dash);
        track.title = withoutTrackNumber(name.mid(dash + 3)); // "Artist - 03 - Title"
    } else {
        track.title = name;
    }
    if (track.title.isEmpty())
        track.title = tidyText(fileName);
    if (track.title.isEmpty())
        track.title = QStringLiteral("Track");
    return track;
}

} // namespace cycast
