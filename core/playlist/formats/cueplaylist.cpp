// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/playlistformats.h"
#include "core/playlist/formats/playlistlocation.h"
#include "core/playlist/formats/textencoding.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

struct CueFile {
    qsizetype line = 0;
    QString name;
    QString title; ///< of its first track
    QString performer;
    int tracks = 0;
};

/// The first word, or what stands in quotation marks.
QString firstValue(QStringView text)
{
    text = text.trimmed();
    if (text.startsWith(u'"')) {
        const qsizetype end = text.indexOf(u'"', 1);
        return text.sliced(1, (end < 0 ? text.size() : end) - 1).toString();
    }
    const qsizetype space = text.indexOf(u' ');
    return (space < 0 ? text : text.first(space)).toString();
}

/// FILE's name when it has no quotation marks: everything but the kind at its end.
QString fileName(QStringView text)
{
    text = text.trimmed();
    const qsizetype space = text.lastIndexOf(u' ');
    return text.startsWith(u'"') || space < 0 ? firstValue(text) : text.first(space).trimmed().toString();
}

bool isCommand(QStringView line, QLatin1StringView name, QStringView &rest)
{
    if (line.size() <= name.size() || !line.startsWith(name, Qt::CaseInsensitive) ||
        !line[name.size()].isSpace())
        return false;
    rest = line.sliced(name.size() + 1);
    return true;
}

} // namespace

ParsedPlaylist parseCue(QByteArrayView bytes, const QString &folder)
{
    ParsedPlaylist parsed;
    QString album;
    QString artist;
    QList<CueFile> files;
    const QString text = decodeText(bytes);
    forEachLine(text, [&](qsizetype number, QStringView rawLine) {
        const QStringView line = rawLine.trimmed();
        QStringView rest;
        CueFile *file = files.isEmpty() ? nullptr : &files.last();
        if (isCommand(line, "FILE"_L1, rest))
            files.append({number, fileName(rest), {}, {}, 0});
        else if (isCommand(line, "TRACK"_L1, rest) && file)
            ++file->tracks;
        else if (isCommand(line, "TITLE"_L1, rest))
            (!file || file->tracks == 0 ? album : file->title) = firstValue(rest);
        else if (isCommand(line, "PERFORMER"_L1, rest))
            (!file || file->tracks == 0 ? artist : file->performer) = firstValue(rest);
    });
    for (const CueFile &file : std::as_const(files)) {
        const PlaylistLocation location = resolveLocation(file.name, folder, LocationStyle::Path);
        if (!location.refusal.isEmpty()) {
            parsed.problems.append(lineProblem(file.line, location.refusal));
            continue;
        }
        // Several tracks in one file are one row here: it is played as a whole.
        const bool isOne = file.tracks == 1;
        const QString title = isOne ? file.title : files.size() == 1 ? album : QString();
        const QString by = isOne && !file.performer.isEmpty() ? file.performer : artist;
        parsed.entries.append(playlistRow(location, title, by, album, 0));
    }
    return parsed;
}

} // namespace cycast
