// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>

class QFileSystemWatcher;
class QTimer;

namespace cycast
{

/// The far side of FolderWatch: does the looking. Everything here runs in the thread of FolderWatch, which
/// may block; nobody else calls it.
class FolderLook : public QObject
{
    Q_OBJECT

public:
    /// First of all, in the thread.
    void begin();
    void setEnabled(bool on);
    void setExtensions(const QStringList &extensions);
    void setFolders(const QStringList &folders);
    void addFolders(const QStringList &paths, const QDateTime &since);

signals:
    void watching(const QStringList &folders);
    void appeared(const QStringList &paths);
    void vanished(const QStringList &paths);
    void noticed(const QString &sentence);

private:
    void forget();
    void restart();
    void enter(const QString &folder, const QDateTime &since, bool isNew);
    void look();
    void lookAt(const QString &folder);
    void leave(const QString &folder);
    void lookForLost();
    void finishLook();

    QFileSystemWatcher *m_watcher = nullptr;
    QTimer *m_settle = nullptr;
    QTimer *m_lost = nullptr;
    bool m_isEnabled = true;
    bool m_hasWarned = false;
    QStringList m_extensions;
    QStringList m_roots;
    QHash<QString, QSet<QString>> m_folders; ///< the names known in each
    QSet<QString> m_changed;
    QHash<QString, qint64> m_growing; ///< new files and their size at the last look
    QStringList m_vanished;
};

} // namespace cycast
