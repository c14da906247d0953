// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/foldersearch.h"

#include "core/playlist/library/library.h"
#include "core/playlist/library/naturalorder.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qsizetype filesAtATime = 500;
constexpr qsizetype entriesBetweenLooks = 1024;

} // namespace

FolderSearch::FolderSearch(const QStringList &extensions, std::function<bool(const QStringList &)> found)
    : m_found(std::move(found))
{
    for (const QString &extension : extensions) {
        const QString lower = extension.trimmed().toLower();
        if (!lower.isEmpty())
            m_extensions.append(lower.startsWith(u'.') ? lower : u'.' + lower);
    }
}

bool FolderSearch::search(const QString &folder)
{
    QStringList waiting{folder}; // a stack: the depth of a tree is nobody's limit here
    while (!waiting.isEmpty()) {
        const QString current = waiting.takeLast();
        const QString canonical = QFileInfo(current).canonicalFilePath();
        if (canonical.isEmpty() || m_entered.contains(canonical))
            continue;
        m_entered.insert(canonical);
        if (!QFileInfo(current).isReadable()) {
            m_problems.append(u"The folder “%1” may not be read: change its permissions."_s.arg(
                QDir::toNativeSeparators(current)));
            continue;
        }
        QStringList files;
        QStringList folders;
        qsizetype seen = 0;
        QDirIterator entries(current, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot);
        while (entries.hasNext()) {
            entries.next();
            if (entries.fileInfo().isDir())
                folders.append(entries.fileName());
            else if (matches(entries.fileName()))
                files.append(entries.fileName());
            if (++seen % entriesBetweenLooks == 0 && !m_found({}))
                return false;
        }
        sortNaturally(files);
        if (!handOut(current, files))
            return false;
        sortNaturally(folders);
        for (auto name = folders.crbegin(); name != folders.crend(); ++name)
            waiting.append(QDir(current).filePath(*name));
    }
    return true;
}

bool FolderSearch::matches(const QString &name) const
{
    return std::any_of(m_extensions.cbegin(), m_extensions.cend(), [&](const QString &extension) {
        return name.size() > extension.size() && name.endsWith(extension, Qt::CaseInsensitive);
    });
}

bool FolderSearch::handOut(const QString &folder, const QStringList &names)
{
    if (names.isEmpty())
        return m_found({});
    const QString start = folder.endsWith(u'/') ? folder : folder + u'/';
    for (qsizetype from = 0; from < names.size(); from += filesAtATime) {
        QStringList paths;
        const qsizetype until = qMin(from + filesAtATime, names.size());
        paths.reserve(until - from);
        for (qsizetype i = from; i < until; ++i)
            paths.append(start + names.at(i));
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
