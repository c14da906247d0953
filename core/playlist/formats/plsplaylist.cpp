// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/playlistformats.h"
#include "core/playlist/formats/playlistlocation.h"
#include "core/playlist/formats/textencoding.h"

#include <QMap>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

struct PlsItem {
    qsizetype line = 0;
    QString file;
    QString exactFile;
    QString title;
    qint64 durationMs = 0;
};

/// "File12" with `name` "file" -> 12; -1 when the key is another one.
int numberOf(QStringView key, QLatin1StringView name)
{
    if (!key.startsWith(name, Qt::CaseInsensitive))
        return -1;
    bool ok = false;
    const int number = key.sliced(name.size()).toInt(&ok);
    return ok && number >= 0 ? number : -1;
}

} // namespace

ParsedPlaylist parsePls(QByteArrayView bytes, const QString &folder)
{
    ParsedPlaylist parsed;
    QMap<int, PlsItem> items; // played by number, whatever the order of the lines
    forEachTextLine(bytes, {}, [&](qsizetype lineNumber, QStringView rawLine, const QString &exact) {
        const QStringView line = rawLine.trimmed();
        const qsizetype equals = line.indexOf(u'=');
        if (equals <= 0 || line.startsWith(u';') || line.startsWith(u'#') || line.startsWith(u'['))
            return;
        const QStringView key = line.first(equals).trimmed();
        const QStringView value = line.sliced(equals + 1).trimmed();
        if (const int file = numberOf(key, "file"_L1); file >= 0) {
            PlsItem &item = items[file];
            if (!item.file.isEmpty()) {
                parsed.problems.append(lineProblem(
                    lineNumber, Core::tr("“%1” is given twice; the first one counts").arg(key.left(40))));
            } else {
                item.file = value.toString();
                item.exactFile = exact.mid(exact.indexOf(u'=') + 1);
            }
            item.line = item.line == 0 ? lineNumber : item.line;
        } else if (const int title = numberOf(key, "title"_L1); title >= 0) {
            items[title].title = value.toString();
        } else if (const int length = numberOf(key, "length"_L1); length >= 0) {
            items[length].durationMs = qBound(qint64(0), value.toLongLong(), qint64(100'000'000)) * 1000;
        }
    });
    for (const PlsItem &item : std::as_const(items)) {
        if (item.line == 0)
            continue; // a title without a file
        const PlaylistLocation location =
            resolveLocation(item.file, folder, LocationStyle::Path, item.exactFile);
        if (location.refusal.isEmpty())
            addRow(parsed, location, item.title, {}, {}, item.durationMs);
        else
            parsed.problems.append(lineProblem(item.line, location.refusal));
    }
    return parsed;
}

} // namespace cycast
