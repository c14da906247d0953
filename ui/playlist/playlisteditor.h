// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/logentry.h"
#include "core/config/settings.h"
#include "core/values/playlistentry.h"
#include "core/values/track.h"
#include "ui/playlist/playlistmodel.h"
#include "ui/playlist/runningimport.h"

#include <QObject>
#include <QTimer>

class QUndoStack;

namespace cycast
{

class StationControl;

/// The playlist as it is worked on: model, undo, and the traffic with the station (imports, tags, problems,
/// which row is playing). Every change of the list reaches the station once per turn of the event loop. No
/// widgets in here.
class PlaylistEditor : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    PlaylistEditor(StationControl &control, QUndoStack &undo, QObject *parent = nullptr);

    PlaylistModel &model() { return m_model; }
    const PlaylistModel &model() const { return m_model; }
    QUndoStack &undoStack() { return m_undo; }

    /// Starts over with these rows (session): nothing to undo. Reads tags of rows that have none, looks
    /// whether the files are there, and goes on watching `folders`: what came since `since` is added.
    void restore(const EntryList &entries, const QStringList &folders = {}, const QDateTime &since = {});
    /// What is watched, for the session.
    const QStringList &watchedFolders() const { return m_folders; }

    /// Asks the station for what is in files, folders and playlists; rows come in front of `row` as they
    /// are found (-1: at the end), all of them one step to undo.
    void importPaths(const QStringList &paths, int row = -1);
    void cancelImport();
    bool isImporting() const { return !m_imports.isEmpty(); }
    /// For the editor that comes in place of this one, which takes them over: what they still find is its
    /// own.
    const QList<RunningImport> &imports() const { return m_imports; }
    void goOnWith(const QList<RunningImport> &imports) { m_imports += imports; }

    /// Rows in any order, doubles allowed.
    void remove(const QList<int> &rows);
    void move(const QList<int> &rows, int to);
    void sort(int column, Qt::SortOrder direction);
    void playFrom(int row);
    /// After what is heard now, in the order of the list.
    void playNext(const QList<int> &rows);
    void exportTo(const QString &path);
    /// Through the settings; the answer is shuffleChanged/repeatChanged, also when refused.
    void setShuffle(bool on);
    void setRepeat(bool on);

    QList<int> problemRows() const;
    const Settings::Playlist &playbackSettings() const;

signals:
    /// Somebody added these.
    void importAsked(const QStringList &paths);
    /// Something to tell in one line: what an import brought, what could not be done.
    void noticed(const QString &sentence, bool isProblem);
    void logged(const cycast::LogEntry &entry);
    void shuffleChanged(bool on);
    void repeatChanged(bool on);
    /// Other folders are watched now.
    void foldersChanged();
    /// Chosen while off the air: where the programme will start.
    void startChosen(const cycast::TrackInfo &track);

private:
    void takeFiles(quint64 request, const QList<PlaylistEntry> &entries);
    void finishImport(quint64 request, int found, const QList<Sentence> &sentences);
    void takeAppeared(const QList<PlaylistEntry> &entries);
    void takeVanished(const QStringList &paths);
    bool isUnderRows(const QString &path) const;
    void sendLater();
    void tellSettings();
    void log(LogEntry::Level level, const QString &text);

    StationControl &m_control;
    QUndoStack &m_undo;
    PlaylistModel m_model;
    QList<RunningImport> m_imports;
    QStringList m_folders;
    QTimer m_send; ///< 0 ms: one setPlaylist for all changes of a turn
};

} // namespace cycast
