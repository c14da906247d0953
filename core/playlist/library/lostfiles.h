// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QStringList>

namespace cycast
{

/// Files that are not there, and when they are back. As long as nothing changes it looks at their folders
/// only, one look for all files in one. Blocking; one thread's.
class LostFiles
{
public:
    void add(const QStringList &paths);
    void clear() { m_folders.clear(); }
    bool isEmpty() const { return m_folders.isEmpty(); }

    /// Those that are back, which are forgotten with that. `thoroughly`: also in folders that look as they
    /// did.
    QStringList found(bool thoroughly);

private:
    struct Folder {
        QSet<QString> names;
        quint64 device = 0; ///< how it looked last time
        quint64 number = 0;
        qint64 changedMs = -1;
    };
    QHash<QString, Folder> m_folders;
};

} // namespace cycast
