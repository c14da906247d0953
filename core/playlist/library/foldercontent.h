// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playlist/library/onceonly.h"

#include <QSet>

#include <functional>
#include <optional>

namespace cycast
{

/// What a folder holds that is of interest, without what is below it, in natural order. Hidden names are left
/// out.
struct FolderContent {
    QStringList files; ///< those that OnceOnly takes by these names
    QStringList folders;
    QSet<QString> links; ///< which of the folders are links; whether these are entered is for OnceOnly to say
    bool hasLostLinks = false; ///< some lead nowhere, for now
};

/// Nothing: it cannot be read, or `goesOn` (asked now and then) has ended it. Blocking.
std::optional<FolderContent> folderContent(const QString &folder, OnceOnly &once,
                                           const std::function<bool()> &goesOn = {});

/// A folder that is to be entered when its turn comes.
struct FolderTurn {
    QString parent; ///< empty: a root
    QString name;
    bool isLink = false;

    QString path() const;
    /// Asks OnceOnly by the right name.
    bool enters(OnceOnly &once) const;
};

/// The folders of `content`, so that the last one is the next one.
QList<FolderTurn> turnsOf(const QString &folder, const FolderContent &content);

} // namespace cycast
