// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/foldercontent.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/playlist/library/naturalorder.h"

namespace cycast
{

namespace
{

constexpr qsizetype namesBetweenQuestions = 1024;

} // namespace

std::optional<FolderContent> folderContent(const QString &folder, OnceOnly &once,
                                           const std::function<bool()> &goesOn)
{
    FolderContent content;
    QSet<QString> linkedFiles;
    qsizetype seen = 0;
    bool isEnded = false;
    const bool isRead = listFolder(folder, [&](const FolderItem &item) {
        if (++seen % namesBetweenQuestions == 0 && goesOn && !goesOn()) {
            isEnded = true;
            return false;
        }
        if (item.name.startsWith(u'.'))
            return true;
        if (item.kind == FolderItem::Kind::Folder) {
            content.folders.append(item.name);
            if (item.isLink)
                content.links.insert(item.name);
        } else if (item.kind == FolderItem::Kind::File && once.isWanted(item.name)) {
            content.files.append(item.name);
            if (item.isLink)
                linkedFiles.insert(item.name);
        } else if (item.isLink && item.kind == FolderItem::Kind::Nothing) {
            content.hasLostLinks = true;
        }
        return true;
    });
    if (!isRead || isEnded)
        return {};
    sortNaturally(content.files);
    sortNaturally(content.folders);
    content.files.removeIf([&](const QString &name) {
        return linkedFiles.contains(name) ? !once.takeLink(joinedPath(folder, name))
                                          : once.isTaken(folder, name);
    });
    return content;
}

QString FolderTurn::path() const
{
    return parent.isEmpty() ? name : joinedPath(parent, name);
}

bool FolderTurn::enters(OnceOnly &once) const
{
    if (parent.isEmpty())
        return once.enterRoot(name);
    return isLink ? once.enterLink(path()) : once.enterBelow(parent, name);
}

QList<FolderTurn> turnsOf(const QString &folder, const FolderContent &content)
{
    QList<FolderTurn> turns;
    for (auto name = content.folders.crbegin(); name != content.folders.crend(); ++name)
        turns.append({folder, *name, content.links.contains(*name)});
    return turns;
}

} // namespace cycast
