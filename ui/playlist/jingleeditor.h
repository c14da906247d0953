// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"
#include "core/values/playlistentry.h"
#include "ui/playlist/playlistmodel.h"
#include "ui/playlist/runningimport.h"

#include <QObject>
#include <QTimer>

class QUndoStack;

namespace cycast
{

class StationControl;

/// The second list as it is worked on: what is played between tracks now and then. Model, undo, and the
/// traffic with the station. No widgets in here.
class JingleEditor : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    JingleEditor(StationControl &control, QUndoStack &undo, QObject *parent = nullptr);

    PlaylistModel &model() { return m_model; }
    const PlaylistModel &model() const { return m_model; }

    /// Starts over with these rows (session): nothing to undo. Tags of rows that have none are read.
    void restore(const QList<PlaylistEntry> &jingles);
    /// What is in files and folders comes in front of `row` (-1: at the end), one step to undo.
    void importPaths(const QStringList &paths, int row = -1);
    /// For the editor that comes in place of this one, which takes them over: what they still find is its
    /// own.
    const QList<RunningImport> &imports() const { return m_imports; }
    void goOnWith(const QList<RunningImport> &imports) { m_imports += imports; }
    /// Rows in any order.
    void remove(QList<int> rows);
    void move(QList<int> rows, int to);

    /// After how many songs and minutes one is played; 0: not counted. Through the settings.
    const Settings::Jingles &rule() const;
    void setRule(int everySongs, int everyMinutes);
    /// Those that a folder named in the settings adds.
    int folderCount() const { return m_folderCount; }
    QStringList extensions() const;

signals:
    /// Rows, rule or folder.
    void changed();

private:
    void takeFiles(quint64 request, const QList<PlaylistEntry> &entries);

    StationControl &m_control;
    QUndoStack &m_undo;
    PlaylistModel m_model;
    QList<RunningImport> m_imports;
    QTimer m_send; ///< 0 ms: one setJingles for all changes of a turn
    int m_folderCount = 0;
};

} // namespace cycast
