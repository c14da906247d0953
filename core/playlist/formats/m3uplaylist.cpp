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

/// What the comment lines before a path have said about it.
struct Announced {
    QString words;
    QString artist;
    QString album;
    qint64 durationMs = 0;
};

/// The value of `#EXTENC:`, looked for in the raw bytes because it decides how to decode them.
QByteArray declaredEncoding(QByteArrayView bytes)
{
    const QByteArray head = bytes.first(qMin<qsizetype>(bytes.size(), 4096)).toByteArray();
    const qsizetype at = head.toUpper().indexOf("#EXTENC:");
    if (at < 0)
        return {};
    qsizetype end = at + 8;
    while (end < head.size() && head[end] != '\n' && head[end] != '\r')
        ++end;
    return head.mid(at + 8, end - at - 8).trimmed();
}

/// `123,Artist - Title`; also `-1 logo="a, b" group="x",Title` and a bare `Title`.
void readExtInf(QStringView text, Announced &announced)
{
    qsizetype comma = -1;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size() && comma < 0; ++i) {
        quoted = text[i] == u'"' ? !quoted : quoted;
        if (text[i] == u',' && !quoted)
            comma = i;
    }
    if (comma < 0)
        comma = text.indexOf(u','); // an unpaired quotation mark
    if (comma < 0) {
        announced.words = text.toString();
        return;
    }
    announced.words = text.sliced(comma + 1).toString();
    qsizetype digits = 0;
    const QStringView head = text.first(comma).trimmed();
    while (digits < head.size() && (head[digits].isDigit() || head[digits] == u'.'))
        ++digits;
    bool ok = false;
    const double seconds = head.first(digits).toDouble(&ok);
    if (ok && seconds > 0 && seconds < 1e8)
        announced.durationMs = qRound64(seconds * 1000);
}

/// Whether `line` begins with the directive `name`; its value is then in `value`.
bool isDirective(QStringView line, QLatin1StringView name, QStringView &value)
{
    if (!line.startsWith(name, Qt::CaseInsensitive))
        return false;
    value = line.sliced(name.size()).trimmed();
    return true;
}

void readComment(QStringView line, Announced &announced)
{
    QStringView value;
    if (isDirective(line, "#EXTINF:"_L1, value))
        readExtInf(value, announced);
    else if (isDirective(line, "#EXTART:"_L1, value))
        announced.artist = value.toString();
    else if (isDirective(line, "#EXTALB:"_L1, value))
        announced.album = value.toString();
}

} // namespace

ParsedPlaylist parseM3u(QByteArrayView bytes, const QString &folder)
{
    ParsedPlaylist parsed;
    Announced announced;
    forEachTextLine(bytes, declaredEncoding(bytes),
                    [&](qsizetype number, QStringView rawLine, const QString &exact) {
                        const QStringView line = rawLine.trimmed();
                        if (line.isEmpty())
                            return;
                        if (line.startsWith(u'#')) {
                            readComment(line, announced);
                            return;
                        }
                        const PlaylistLocation location =
                            resolveLocation(line.toString(), folder, LocationStyle::Path, exact);
                        if (location.refusal.isEmpty())
                            addRow(parsed, location, announced.words, announced.artist, announced.album,
                                   announced.durationMs);
                        else
                            parsed.problems.append(lineProblem(number, location.refusal));
                        announced = {};
                    });
    return parsed;
}

} // namespace cycast
