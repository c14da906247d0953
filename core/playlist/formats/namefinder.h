// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

namespace cycast
{

/// Finds the file that a list means when none has exactly its name: lists are written on other systems, where
/// "é" is another row of characters (Unicode's two normal forms, old bytes) and capitals do not count, and
/// before somebody turned "album.wav" into "album.flac". Likewise what a dialog makes of a name that is no
/// UTF-8 (U+FFFD for each byte). Only where exactly one name fits. What it has seen
/// of a folder it keeps: one of these is for one list, and for one thread. Blocking.
class NameFinder
{
public:
    /// `endings`: of files that can be played, lower case with dot; another ending is one of these.
    explicit NameFinder(QStringList endings);

    /// The path of the file itself where it is there, of the one that is meant where there is one, else
    /// empty.
    QString find(const QString &path);

private:
    /// How the names of a folder can be asked for; several names under one key fit nobody.
    struct Folder {
        QHash<QString, QStringList> forms;      ///< by normal form
        QHash<QString, QStringList> folded;     ///< and without capitals
        QHash<QString, QStringList> stems;      ///< likewise of what can be played, without its ending
        QHash<QString, QStringList> plainStems; ///< and without capitals
    };

    const Folder &folder(const QString &path);
    QString folderFor(const QString &path);
    QString nameIn(const Folder &folder, const QString &name, bool isFile) const;

    QStringList m_endings;
    QHash<QString, Folder> m_folders;
    QHash<QString, QString> m_found; ///< folders that were looked for; empty: not there
};

} // namespace cycast
