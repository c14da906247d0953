// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/playlistloader.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/codec/regularfile.h"
#include "core/playlist/formats/playlistlocation.h"
#include "core/playlist/formats/trackfromfilename.h"
#include "core/values/playlistentry.h"
#include "core/values/track.h"

#include <QDir>
#include <QFileInfo>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qint64 maxListBytes = 64LL * 1024 * 1024;

void moveTo(PlaylistEntry &entry, const QString &path)
{
    const TrackInfo before = trackFromFileName(entry.path);
    if (entry.track.title == before.title && entry.track.artist == before.artist) {
        const TrackInfo named = trackFromFileName(path);
        entry.track.title = named.title;
        entry.track.artist = named.artist;
    }
    entry.path = path;
    entry.problem = {};
    entry.fault = EntryFault::None;
}

} // namespace

Result<ParsedPlaylist> readPlaylistFile(const QString &path)
{
    QFile file;
    const QFileInfo info(path);
    if (const auto opened = openRegularFile(file, path); !opened)
        return failure(opened.error().sentence);
    if (file.size() > maxListBytes)
        return failure(Core::tr("“%1” is too large for a playlist (more than 64 MB).").arg(shownName(path)));
    const QByteArray bytes = file.read(maxListBytes);
    return parsePlaylist(bytes, shownName(path), info.absolutePath());
}

ListedFiles::ListedFiles(QString listFolder, const QStringList &endings)
    : m_folder(std::move(listFolder))
    , m_names(endings)
{
}

void ListedFiles::find(PlaylistEntry &entry, const QString &exact)
{
    if (!exact.isEmpty() && isThere(exact)) {
        moveTo(entry, exact);
        return;
    }
    const QString found = meantBy(entry.path);
    if (!found.isEmpty()) {
        if (found != entry.path)
            moveTo(entry, found);
        return;
    }
    entry.fault = EntryFault::Missing;
    if (entry.problem.isEmpty())
        entry.problem =
            Core::tr("“%1” is not there: it was moved, renamed or deleted.").arg(shownName(entry.path));
}

QString ListedFiles::meantBy(const QString &path)
{
    if (const QStringList tails = windowsTails(path); !tails.isEmpty()) {
        for (const QString &tail : tails) {
            if (const QString place = m_folder + u'/' + tail; isThere(place))
                return QDir::cleanPath(place);
        }
        for (const QString &tail : tails) {
            if (QString found = m_names.find(QDir::cleanPath(m_folder + u'/' + tail)); !found.isEmpty())
                return found;
        }
        return {};
    }
    QStringList readings{path};
    if (const QString decoded = percentDecoded(path); decoded != path && !decoded.contains(QChar::Null))
        readings.append(decoded);
    if (path.contains(u'\\')) // of a place that was written with both kinds of slash
        readings.append(QDir::cleanPath(QString(path).replace(u'\\', u'/')));
    for (const QString &reading : std::as_const(readings)) {
        if (isThere(reading))
            return reading;
    }
    for (const QString &reading : std::as_const(readings)) {
        if (QString found = m_names.find(reading); !found.isEmpty())
            return found;
    }
    return {};
}

Result<ParsedPlaylist> loadPlaylistFile(const QString &path, const QStringList &endings)
{
    Result<ParsedPlaylist> parsed = readPlaylistFile(path);
    if (parsed) {
        ListedFiles files(QFileInfo(path).absolutePath(), endings);
        for (PlaylistEntry &entry : parsed->entries)
            files.find(entry, parsed->exactPaths.value(entry.id));
    }
    return parsed;
}

} // namespace cycast
