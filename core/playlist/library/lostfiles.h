// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/filestamp.h"

#include <QHash>
#include <QSet>
#include <QStringList>

namespace cycast
{

/// Files that are not there, and when they are back; as long as nothing changes it looks at their folders
/// only, one look for all files in one. And files that are of no use as they are, and when they have become
/// others. Blocking; one thread's.
class LostFiles
{
public:
    void add(const QStringList &paths);
    /// At most mostBroken; of more, the first ones.
    void addBroken(const QStringList &paths);
    static constexpr qsizetype mostBroken = 1000;
    void clear() { m_folders.clear(); }
    bool isEmpty() const { return m_folders.isEmpty(); }
    bool hasBroken() const { return !m_broken.isEmpty(); }

    /// Those that are back, or have changed and are not written any more, which are forgotten with that.
    /// `thoroughly`: also in folders that look as they did.
    QStringList found(bool thoroughly);

private:
    struct Folder {
        QSet<QString> names;
        quint64 device = 0; ///< how it looked last time
        quint64 number = 0;
        qint64 changedMs = -1;
    };
    struct Broken {
        FileStamp known;
        FileStamp last; ///< at the last look
    };
    QStringList changed();

    QHash<QString, Folder> m_folders;
    QHash<QString, Broken> m_broken;
};

} // namespace cycast
