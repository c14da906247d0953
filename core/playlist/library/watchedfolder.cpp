// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/watchedfolder.h"

#include <QDirIterator>

#include <algorithm>

namespace cycast
{

FolderContent folderContent(const QString &folder, const QStringList &extensions)
{
    FolderContent content;
    QDirIterator entries(folder, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot);
    while (entries.hasNext()) {
        entries.next();
        const QFileInfo info = entries.fileInfo();
        const QString name = entries.fileName();
        if (info.isDir()) {
            content.folders.append(name);
            continue;
        }
        const bool isWanted =
            std::any_of(extensions.cbegin(), extensions.cend(), [&name](const QString &extension) {
                return name.size() > extension.size() && name.endsWith(extension, Qt::CaseInsensitive);
            });
        if (isWanted)
            content.files.append({name, std::max(info.lastModified(), info.metadataChangeTime())});
    }
    return content;
}

} // namespace cycast
