// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/playlist/library/onceonly.h"

#include <QStringList>

#include <functional>

namespace cycast
{

/// Walks folders: the files of a folder in natural order, then its subfolders likewise. Hidden ones are
/// left out; links are followed, but nothing is met twice. Blocking.
class FolderSearch
{
public:
    /// `found` gets absolute paths, at most 500 at a time, and answers whether to go on; it is also called
    /// with none between folders, so that a search without hits can be stopped.
    FolderSearch(const QStringList &extensions, std::function<bool(const QStringList &)> found);

    /// False when `found` ended it. Several calls share what has been entered.
    bool search(const QString &folder);
    const QList<Sentence> &problems() const { return m_problems; }

private:
    bool handOut(const QString &folder, const QStringList &names);

    OnceOnly m_once;
    std::function<bool(const QStringList &)> m_found;
    QList<Sentence> m_problems;
};

/// The folder that is meant where none has exactly its name (see NameFinder); `path` itself where none is, or
/// the disk does not answer in time.
QString folderMeant(const QString &path, int patienceMs);

/// As they are compared: lower case, with dot, none empty.
QStringList tidyExtensions(const QStringList &extensions);

} // namespace cycast
