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
    QString exactName; ///< where the name's bytes are no UTF-8
    QString title;     ///< of its first track
    QString performer;
    int tracks = 0;
};

/// A TRACK belongs to the FILE of its INDEX 01: its gap (INDEX 00) may lie at the end of the file before it.
struct CueTrack {
    QString title;
    QString performer;
    qsizetype file = -1; ///< index; first the one it was begun under
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
    QList<CueTrack> tracks;
    forEachTextLine(bytes, {}, [&](qsizetype number, QStringView rawLine, const QString &exact) {
        const QStringView line = rawLine.trimmed();
        QStringView rest;
        QStringView exactRest;
        if (isCommand(line, "FILE"_L1, rest)) {
            const bool isExact = isCommand(QStringView(exact).trimmed(), "FILE"_L1, exactRest);
            files.append({number, fileName(rest), isExact ? fileName(exactRest) : QString(), {}, {}, 0});
        } else if (isCommand(line, "TRACK"_L1, rest) && !files.isEmpty()) {
            tracks.append({{}, {}, files.size() - 1});
        } else if (isCommand(line, "INDEX"_L1, rest) && !tracks.isEmpty()) {
            if (firstValue(rest).toInt() == 1)
                tracks.last().file = files.size() - 1;
        } else if (isCommand(line, "TITLE"_L1, rest)) {
            (tracks.isEmpty() ? album : tracks.last().title) = firstValue(rest);
        } else if (isCommand(line, "PERFORMER"_L1, rest)) {
            (tracks.isEmpty() ? artist : tracks.last().performer) = firstValue(rest);
        }
    });
    for (const CueTrack &track : std::as_const(tracks)) {
        CueFile &file = files[track.file];
        if (++file.tracks == 1) {
            file.title = track.title;
            file.performer = track.performer;
        }
    }
    for (const CueFile &file : std::as_const(files)) {
        const PlaylistLocation location =
            resolveLocation(file.name, folder, LocationStyle::Path, file.exactName);
        if (!location.refusal.isEmpty()) {
            parsed.problems.append(lineProblem(file.line, location.refusal));
            continue;
        }
        // Several tracks in one file are one row here: it is played as a whole.
        const bool isOne = file.tracks == 1;
        const QString title = isOne ? file.title : files.size() == 1 ? album : QString();
        const QString by = isOne && !file.performer.isEmpty() ? file.performer : artist;
        addRow(parsed, location, title, by, album, 0);
    }
    return parsed;
}

} // namespace cycast
