// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The jobs of Library that are asked for one at a time.
#include "core/playlist/coverart.h"
#include "core/playlist/library.h"
#include "core/playlist/libraryimport.h"
#include "core/playlist/playlistfile.h"
#include "core/replacefile.h"
#include "core/threadhop.h"

#include <QDir>
#include <QFileInfo>
#include <QMutex>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr int priority = 2; // before tags and imports

QString fileNotThere(const QString &path)
{
    return u"“%1” is not there: it was moved, renamed or deleted."_s.arg(QFileInfo(path).fileName());
}

} // namespace

struct Library::Door {
    QMutex mutex;
    Library *owner = nullptr;

    /// `call` gets the library, in its thread; nothing happens when it has gone.
    template<class Call>
    void tell(Call call)
    {
        const QMutexLocker lock(&mutex);
        if (owner != nullptr)
            hopTo(owner, [to = owner, call = std::move(call)] { call(to); });
    }
};

void Library::openDoor()
{
    m_door = std::make_shared<Door>();
    m_door->owner = this;
}

void Library::closeDoor()
{
    const QMutexLocker lock(&m_door->mutex);
    m_door->owner = nullptr;
}

template<class Job>
void Library::startJob(Job job)
{
    m_pool->start(travelling([door = m_door, job = std::move(job)] { job(*door); }), priority);
}

void Library::lookForFiles(const EntryList &entries)
{
    startJob([entries](Door &door) {
        QStringList missing;
        for (const PlaylistEntry &entry : entries) {
            if (!QFileInfo::exists(entry.path))
                missing.append(entry.path);
        }
        if (!missing.isEmpty())
            door.tell([missing](Library *to) { emit to->filesMissing(missing); });
    });
}

void Library::readCover(quint64 entryId, const QString &path)
{
    startJob([entryId, path](Door &door) {
        const QByteArray picture = coverOf(path);
        door.tell([entryId, picture](Library *to) { emit to->coverRead(entryId, picture); });
    });
}

void Library::exportPlaylist(const EntryList &entries, const QString &path)
{
    startJob([entries, path](Door &door) {
        const auto written =
            replaceFile(path, writePlaylist(entries.mid(0), path, QFileInfo(path).absolutePath()));
        const QString error = written ? QString()
                                      : u"The playlist could not be saved to %1: %2."_s.arg(
                                            QDir::toNativeSeparators(path), written.error());
        door.tell([path, error](Library *to) { emit to->playlistExported(path, error); });
    });
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
