// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QStringList>

namespace cycast
{

/// What a folder holds that is of interest, without what is below it. Hidden names are left out.
struct FolderContent {
    struct File {
        QString name;
        QDateTime changed; ///< when it came here or was written, whichever is later
    };
    QList<File> files; ///< with one of the extensions
    QStringList folders;
};

/// `extensions`: lower case with dot. Blocking.
FolderContent folderContent(const QString &folder, const QStringList &extensions);

} // namespace cycast
