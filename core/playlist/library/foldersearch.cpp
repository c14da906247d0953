// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/foldersearch.h"

#include "core/base/filename.h"
#include "core/base/patientdisk.h"
#include "core/playlist/formats/namefinder.h"
#include "core/playlist/library/foldercontent.h"
#include "core/playlist/library/library.h"

#include <QDir>

#include <memory>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qsizetype filesAtATime = 500;

} // namespace

QString folderMeant(const QString &path, int patienceMs)
{
    const auto meant = std::make_shared<QString>();
    const bool isDone = patiently(path, patienceMs, [meant, path] { *meant = NameFinder({}).find(path); });
    return isDone && !meant->isEmpty() ? *meant : path;
}

QStringList tidyExtensions(const QStringList &extensions)
{
    QStringList tidy;
    for (const QString &extension : extensions) {
        const QString lower = extension.trimmed().toLower();
        if (!lower.isEmpty())
            tidy.append(lower.startsWith(u'.') ? lower : u'.' + lower);
    }
    return tidy;
}

FolderSearch::FolderSearch(const QStringList &extensions, std::function<bool(const QStringList &)> found)
    : m_once(tidyExtensions(extensions))
    , m_found(std::move(found))
{
}

bool FolderSearch::search(const QString &folder)
{
    QList<FolderTurn> waiting{{{}, folder}}; // a stack: the depth of a tree is nobody's limit here
    while (!waiting.isEmpty()) {
        const FolderTurn turn = waiting.takeLast();
        if (!turn.enters(m_once))
            continue;
        const QString current = turn.path();
        bool isEnded = false;
        const auto content = folderContent(current, m_once, [&] {
            isEnded = !m_found({});
            return !isEnded;
        });
        if (isEnded)
            return false;
        if (!content) {
            m_problems.append(
                Core::tr("The folder “%1” may not be read: change its permissions.").arg(shownPath(current)));
            continue;
        }
        if (!handOut(current, content->files))
            return false;
        waiting += turnsOf(current, *content);
    }
    return true;
}

bool FolderSearch::handOut(const QString &folder, const QStringList &names)
{
    if (names.isEmpty())
        return m_found({});
    for (qsizetype from = 0; from < names.size(); from += filesAtATime) {
        QStringList paths;
        const qsizetype until = qMin(from + filesAtATime, names.size());
        paths.reserve(until - from);
        for (qsizetype i = from; i < until; ++i)
            paths.append(joinedPath(folder, names.at(i)));
        if (!m_found(paths))
            return false;
    }
    return true;
}

QStringList filesBelow(const QString &folder, const QStringList &extensions)
{
    QStringList all;
    FolderSearch search(extensions, [&all](const QStringList &paths) {
        all += paths;
        return true;
    });
    search.search(QDir::cleanPath(QDir(folder).absolutePath()));
    return all;
}

} // namespace cycast
