// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/lostfiles.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"

namespace cycast
{

namespace
{

FileStamp stampAt(const QString &path)
{
    const auto facts = factsOf(path);
    return facts ? FileStamp{facts->size, facts->changedMs, facts->number} : FileStamp();
}

} // namespace

void LostFiles::add(const QStringList &paths)
{
    for (const QString &path : paths) {
        const qsizetype slash = path.lastIndexOf(u'/');
        if (slash < 0)
            continue;
        Folder &folder = m_folders[path.left(slash)];
        folder.names.insert(path.mid(slash + 1));
        folder.changedMs = -1;
    }
}

void LostFiles::addBroken(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (m_broken.size() >= mostBroken && !m_broken.contains(path))
            return;
        const FileStamp now = stampAt(path);
        m_broken.insert(path, {now, now});
    }
}

QStringList LostFiles::changed()
{
    QStringList others;
    for (auto file = m_broken.begin(); file != m_broken.end();) {
        const FileStamp now = stampAt(file.key());
        const bool isWritten = now != std::exchange(file->last, now);
        const bool isAnother = !isWritten && now.size > 0 && now != file->known;
        if (isAnother)
            others.append(file.key());
        file = isAnother ? m_broken.erase(file) : std::next(file);
    }
    return others;
}

QStringList LostFiles::found(bool thoroughly)
{
    QStringList back = changed();
    for (auto folder = m_folders.begin(); folder != m_folders.end();) {
        const auto facts = factsOf(folder.key().isEmpty() ? QStringLiteral("/") : folder.key());
        const bool looksNew = facts && (facts->device != folder->device || facts->number != folder->number ||
                                        facts->changedMs != folder->changedMs);
        if (!facts) {
            folder->changedMs = -1;
        } else if (looksNew || thoroughly) {
            folder->device = facts->device;
            folder->number = facts->number;
            folder->changedMs = facts->changedMs;
            const QSet<QString> names = folder->names;
            for (const QString &name : names) {
                const QString path = joinedPath(folder.key(), name);
                if (isThere(path)) {
                    back.append(path);
                    folder->names.remove(name);
                }
            }
        }
        folder = folder->names.isEmpty() ? m_folders.erase(folder) : std::next(folder);
    }
    return back;
}

} // namespace cycast
