// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/playlist/library/foldercontent.h"
#include "core/playlist/library/folderwatch.h"
#include "core/playlist/library/lostfiles.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>

class QTimer;

namespace cycast
{

class FolderNotices;

/// The far side of FolderWatch: does the looking. Everything here runs in the thread of FolderWatch, which
/// may block; nobody else calls it.
class FolderLook : public QObject
{
    Q_OBJECT

public:
    /// First of all, in the thread.
    void begin(const FolderPace &pace);
    void setEnabled(bool on);
    void setExtensions(const QStringList &extensions);
    void setFolders(const QStringList &folders);
    void addFolders(const QStringList &paths, const QDateTime &since, bool keepsMissing);
    void lookFor(const QStringList &paths);
    void lookForChange(const QStringList &paths);

signals:
    void watching(const QStringList &folders);
    void appeared(const QStringList &paths);
    void vanished(const QStringList &paths);
    void returned(const QStringList &paths);
    void noticed(const cycast::Sentence &sentence);

private:
    struct Folder {
        QSet<QString> files;   ///< the names that are known
        QSet<QString> folders; ///< likewise, entered or not
        quint64 device = 0;    ///< which folder it is: a disk may be mounted over it
        quint64 number = 0;
        bool hasLostLinks = false;
    };
    /// How what is found in a folder is taken.
    struct Taking {
        bool isNew = false; ///< everything appears
        QDateTime since;    ///< valid: what came later appears
    };

    void forget();
    void restart();
    void enterRoot(const QString &root, bool isLate);
    void enter(const FolderTurn &first, const Taking &taking);
    void takeContent(const QString &folder, const FolderContent &content, const Taking &taking);
    void lookSoon();
    void look();
    void lookAt(const QString &folder);
    void lookForLost(bool thoroughly);
    bool isTheSame(const QString &folder) const;
    bool hasLostFolders() const;
    void leave(const QString &folder);
    void finishLook();

    FolderPace m_pace;
    FolderNotices *m_notices = nullptr;
    QTimer *m_settle = nullptr;
    QTimer *m_slow = nullptr;
    bool m_isEnabled = true;
    bool m_hasWarned = false;
    bool m_disksChanged = false;
    QStringList m_extensions;
    QStringList m_roots;
    OnceOnly m_once;
    QHash<QString, Folder> m_folders;
    QSet<QString> m_changed;
    QHash<QString, qint64> m_growing; ///< new files and their size at the last look
    QStringList m_vanished;
    QStringList m_returned;
    /// Roots that have not been entered yet: since when something in them is new; invalid: not said.
    QHash<QString, QDateTime> m_expected;
    /// What was in folders whose disk has gone: when it is back, these have returned and are no news.
    QHash<QString, QSet<QString>> m_remembered;
    LostFiles m_lost;
};

} // namespace cycast
