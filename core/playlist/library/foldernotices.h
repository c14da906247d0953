// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>

class QFileSystemWatcher;
class QSocketNotifier;

namespace cycast
{

/// Tells when names come and go in folders, and when disks are mounted or unmounted. The system's own ways
/// (inotify, /proc/self/mountinfo) where there are such: Qt's watcher cannot name folders that are no UTF-8,
/// and hears nothing of disks. Lives in one thread, which it never blocks.
class FolderNotices : public QObject
{
    Q_OBJECT

public:
    explicit FolderNotices(QObject *parent = nullptr);
    ~FolderNotices() override;

    /// False: it is not there, or the system watches no more of them.
    bool add(const QString &folder);
    void remove(const QString &folder);
    void clear();
    /// Whether disksChanged() comes by itself.
    bool hearsOfDisks() const { return m_mounts >= 0; }

signals:
    /// Something in it, or the folder itself.
    void changed(const QString &folder);
    /// So much that some of it was lost: any of them.
    void anyChanged();
    void disksChanged();

private:
    void readNotices();

    QHash<QString, int> m_watches;
    QMultiHash<int, QString> m_folders; ///< one watch can have several names (a folder that is mounted twice)
    int m_inotify = -1;
    int m_mounts = -1;
    QFileSystemWatcher *m_watcher = nullptr; ///< where there is no inotify
};

} // namespace cycast
