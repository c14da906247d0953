// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/librarian/readrows.h"
#include "core/playlist/library/folderwatch.h"

#include <QObject>
#include <QStringList>

#include <memory>

namespace cycast
{

class Library;

/// All jingles there are: those that somebody put into the second list, and behind them what the folder of
/// the settings holds, which is watched. Lives in the caller's thread.
class JingleShelf : public QObject
{
    Q_OBJECT

public:
    /// `library` reads what is new here, and outlives this.
    JingleShelf(Library &library, const FolderPace &pace, QObject *parent = nullptr);
    ~JingleShelf() override;

    /// `folder`: absolute; empty: there is none. Another one, other extensions: it is read again.
    void follow(const QString &folder, const QStringList &extensions, bool isWatched);
    void setOwn(const QList<PlaylistEntry> &jingles);
    void followTags(const ReadRows &read);

    /// Of the folder's import; false: it belongs to somebody else.
    bool claimFound(quint64 request, const QList<PlaylistEntry> &entries);
    bool finish(quint64 request);

    const QList<PlaylistEntry> &own() const { return m_own; }
    const QList<PlaylistEntry> &ofFolder() const { return m_ofFolder; }

signals:
    /// All of them, in their order.
    void changed(const QList<cycast::PlaylistEntry> &jingles);
    void folderChanged(const QList<cycast::PlaylistEntry> &ofFolder);

private:
    void watch(const QString &folder, const QStringList &extensions);
    void takeIn(const QStringList &paths);
    void takeAway(const QStringList &paths);
    void notify();
    void notifyFolder();

    Library &m_library;
    FolderPace m_pace;
    std::unique_ptr<FolderWatch> m_watch;
    QString m_loaded; ///< what follow() has taken, with its extensions
    quint64 m_request = 0;
    QList<PlaylistEntry> m_ofFolder;
    QList<PlaylistEntry> m_own;
};

} // namespace cycast
