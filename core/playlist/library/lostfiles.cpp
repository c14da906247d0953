// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/lostfiles.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"

namespace cycast
{

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

QStringList LostFiles::found(bool thoroughly)
{
    QStringList back;
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
