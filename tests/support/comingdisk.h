// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cycast::test
{

/// A disk that comes and goes at a mount point, with what is on it. Mounted in truth where that is permitted
/// (in mounts of our own, which nobody else sees), else by renaming: another folder has the name then, which
/// is what programs see of a disk, but for the notice.
class ComingDisk
{
public:
    enum class Way { Mounted, Renamed };

    /// First thing in main(), before there are threads: gives this program and its children mounts of their
    /// own.
    static void prepare();
    static bool canMount();

    /// `mountPoint` is made when it is not there. `store`: a folder that does not exist, on the same disk,
    /// for what is on ours. It is not in yet. Way::Mounted becomes Renamed, with a warning, where nothing can
    /// be mounted.
    ComingDisk(QString mountPoint, QString store, Way way);
    ~ComingDisk();
    Q_DISABLE_COPY_MOVE(ComingDisk)

    /// How it really comes.
    Way way() const { return m_way; }
    /// A file on the disk, in or out; folders are made.
    bool write(const QString &name, const QByteArray &content) const;
    bool insert();
    /// Also while files on it are open.
    bool pull();

private:
    QString content() const { return m_isIn ? m_mountPoint : m_store; }

    QString m_mountPoint;
    QString m_store;
    Way m_way;
    bool m_isIn = false;
};

} // namespace cycast::test
