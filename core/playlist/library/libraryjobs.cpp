// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The jobs of Library that are asked for one at a time.
#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/base/patientdisk.h"
#include "core/base/replacefile.h"
#include "core/codec/musicfile.h"
#include "core/playlist/formats/playlistfile.h"
#include "core/playlist/library/coverart.h"
#include "core/playlist/library/library.h"
#include "core/playlist/library/libraryimport.h"
#include "core/values/playlistentry.h"

#include <QFileInfo>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr int priority = 2; // before tags and imports

Sentence fileNotThere(const QString &path)
{
    return Core::tr("“%1” is not there: it was moved, renamed or deleted.").arg(shownName(path));
}

} // namespace

void Library::lookForFiles(const EntryList &entries)
{
    m_off.start(
        [entries](WayBack<Library> &back) {
            QStringList missing;
            QList<PlaylistEntry> changed;
            for (const PlaylistEntry &entry : entries) {
                const auto now = std::make_shared<FileStamp>();
                const bool answers = patiently(entry.path, MusicFile::usualPatienceMs,
                                               [now, path = entry.path] { *now = stampOf(path); });
                if (!answers)
                    continue; // nothing is known of it
                if (!now->isKnown() && !isThere(entry.path))
                    missing.append(entry.path);
                else if (entry.tagsRead && *now != entry.stamp)
                    changed.append(entry);
            }
            if (!missing.isEmpty())
                back.tell([missing](Library *to) { emit to->filesMissing(missing); });
            if (!changed.isEmpty())
                back.tell([changed](Library *to) { to->readTags(changed); });
        },
        priority);
}

void Library::readCover(quint64 entryId, const QString &path)
{
    m_off.start(
        [entryId, path](WayBack<Library> &back) {
            const QByteArray picture = coverOf(path);
            back.tell([entryId, picture](Library *to) { emit to->coverRead(entryId, picture); });
        },
        priority);
}

void Library::exportPlaylist(const EntryList &entries, const QString &path)
{
    m_off.start(
        [entries, path](WayBack<Library> &back) {
            const auto written =
                replaceFile(path, writePlaylist(entries.mid(0), path, QFileInfo(path).absolutePath()));
            const Sentence error = written ? Sentence()
                                           : Core::tr("The playlist could not be saved to %1: %2.")
                                                 .arg(shownPath(path), written.error());
            back.tell([path, error](Library *to) { emit to->playlistExported(path, error); });
        },
        priority);
}

QList<PlaylistEntry> Library::rowsFor(const QStringList &paths)
{
    QList<PlaylistEntry> rows;
    rows.reserve(paths.size());
    for (const QString &path : paths)
        rows.append(rowForFile(path));
    return rows;
}

void Library::markMissing(PlaylistEntry &entry)
{
    entry.problem = fileNotThere(entry.path);
    entry.fault = EntryFault::Missing;
}

} // namespace cycast
