// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QStringList>

#include <functional>

namespace cycast
{

/// Walks folders: the files of a folder in natural order, then its subfolders likewise. Hidden ones are
/// left out; links to folders are followed, but no folder is entered twice. Blocking.
class FolderSearch
{
public:
    /// `found` gets absolute paths, at most 500 at a time, and answers whether to go on; it is also called
    /// with none between folders, so that a search without hits can be stopped.
    FolderSearch(const QStringList &extensions, std::function<bool(const QStringList &)> found);

    /// False when `found` ended it. Several calls share what has been entered.
    bool search(const QString &folder);
    const QStringList &problems() const { return m_problems; }

private:
    bool matches(const QString &name) const;
    bool handOut(const QString &folder, const QStringList &names);

    QStringList m_extensions; ///< lower case, with dot
    std::function<bool(const QStringList &)> m_found;
    QSet<QString> m_entered; ///< canonical paths
    QStringList m_problems;
};

} // namespace cycast
