// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/libraryimport.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/playlist/formats/namefinder.h"
#include "core/playlist/formats/playlistloader.h"
#include "core/playlist/formats/playlistlocation.h"
#include "core/playlist/formats/trackfromfilename.h"
#include "core/playlist/library/foldersearch.h"
#include "core/playlist/library/mediainfo.h"

#include <QDir>
#include <QFileInfo>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qsizetype rowsAtATime = 500;
constexpr qsizetype maxProblems = 200;

/// One import on its way.
class Import
{
public:
    Import(const QStringList &extensions, const ImportSink &sink)
        : m_sink(sink)
        , m_extensions(extensions)
        , m_folders(extensions, [this](const QStringList &paths) { return takeFiles(paths); })
    {
    }

    bool add(const QString &written)
    {
        if (const Sentence refusal = addressRefusal(written.trimmed()); !refusal.isEmpty()) {
            m_problems.append(refusal);
            return true;
        }
        // A name may begin or end with a blank: only what is not there as it stands is taken as people write
        // it.
        QString path = QDir::cleanPath(QFileInfo(written).absoluteFilePath());
        if (!isNameTaken(path))
            path = absolutePath(written, QDir::currentPath());
        // What a dialog or a letter made of its bytes; see NameFinder.
        if (!isNameTaken(path)) {
            if (const QString meant = NameFinder({}).find(path); !meant.isEmpty())
                path = meant;
        }
        if (!isNameTaken(path)) {
            m_problems.append(
                Core::tr("“%1” is not there: it was moved, renamed or deleted.").arg(shownPath(written)));
            return true;
        }
        if (isFolderThere(path))
            return m_folders.search(path);
        if (isPlaylistFile(path))
            return addList(path);
        return takeFiles({path});
    }

    ImportSummary summary() const
    {
        QList<Sentence> problems = m_problems + m_folders.problems();
        const qsizetype rest = problems.size() - maxProblems;
        if (rest > 0) {
            problems.resize(maxProblems);
            problems.append(Core::tr("... and %1 more problems of this kind.").arg(rest));
        }
        return {m_found, problems};
    }

private:
    bool takeFiles(const QStringList &paths)
    {
        QList<PlaylistEntry> rows;
        rows.reserve(paths.size());
        for (const QString &path : paths)
            rows.append(rowForFile(path));
        return put(std::move(rows));
    }

    bool addList(const QString &path)
    {
        const QString name = shownName(path);
        auto parsed = readPlaylistFile(path);
        if (!parsed) {
            m_problems.append(parsed.error());
            return true;
        }
        for (const Sentence &problem : std::as_const(parsed->problems))
            m_problems.append(Sentence::composed("“%1”, %2").arg(name, problem));
        QList<PlaylistEntry> rows;
        ListedFiles files(QFileInfo(path).absolutePath(), m_extensions);
        for (PlaylistEntry &entry : parsed->entries) {
            files.find(entry, parsed->exactPaths.value(entry.id));
            rows.append(entry);
            if (rows.size() == rowsAtATime && !put(std::exchange(rows, {})))
                return false;
        }
        return put(std::move(rows));
    }

    bool put(QList<PlaylistEntry> rows)
    {
        if (m_sink.stopped())
            return false;
        m_found += static_cast<int>(rows.size());
        if (!rows.isEmpty())
            m_sink.found(std::move(rows));
        return true;
    }

    const ImportSink &m_sink;
    QStringList m_extensions;
    FolderSearch m_folders;
    QList<Sentence> m_problems;
    int m_found = 0;
};

} // namespace

PlaylistEntry rowForFile(const QString &path)
{
    PlaylistEntry entry;
    entry.id = newEntryId();
    entry.path = path;
    entry.track = trackFromFileName(path);
    entry.track.entryId = entry.id;
    return entry;
}

ImportSummary importAll(const QStringList &paths, const QStringList &extensions, const ImportSink &sink)
{
    Import import(extensions, sink);
    for (const QString &path : paths) {
        if (sink.stopped() || !import.add(path))
            break;
    }
    return import.summary();
}

} // namespace cycast
