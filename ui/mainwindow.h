// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stationstatus.h"
#include "ui/panecycle.h"
#include "ui/session.h"

#include <QMainWindow>
#include <QUndoStack>

#include <memory>

class QDialog;
class QDockWidget;
class QSplitter;

namespace cycast
{

class BroadcastActions;
class OnAirBar;
class PlaylistEditor;
class PlaylistView;
class SessionStore;
class ShareDialog;
class StationControl;

/// Places the parts and connects them; what they do is theirs. Knows the station through StationControl
/// only.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `control` must outlive it. Restores what `sessionFile` holds (see SessionStore::defaultPath); an
    /// empty name keeps no session.
    MainWindow(StationControl &control, const QString &sessionFile, QWidget *parent = nullptr);
    ~MainWindow() override;

    PlaylistEditor &editor() { return *m_editor; }
    PlaylistView *playlistView() const { return m_playlist; }
    OnAirBar *onAirBar() const { return m_bar; }
    BroadcastActions &broadcast() { return *m_broadcast; }
    /// Nothing was restored and nothing added yet: the moment for demo music.
    bool isPlaylistEmpty() const;

public slots:
    /// Adds files, folders and playlists at the end of the list.
    void openPaths(const QStringList &paths);
    void appendLog(const cycast::LogEntry &entry);
    void goOnAir();
    /// The session ends or somebody sent a signal: saves and closes, on the air or not.
    void closeWithoutAsking();

signals:
    /// For the log dock.
    void logged(const cycast::LogEntry &entry);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void placeParts();
    void connectParts();
    void makeMenus();
    void makeFileMenu();
    void makeBroadcastMenu();
    void makePlaylistMenu();
    void makeViewMenu();
    void makeToolsAndHelp();
    void restoreSession();
    Session collectSession() const;
    void followProgramme(const StationStatus &status);
    void updateTitle();
    void askOffAir(int listeners);
    void askClose();
    void openUrl(const QString &url);
    void showShare();
    void showSettings();
    void showShortcuts();
    void showAbout();

    StationControl &m_control;
    QUndoStack m_undo;
    std::unique_ptr<SessionStore> m_session;
    PlaylistEditor *m_editor;
    BroadcastActions *m_broadcast;
    PaneCycle m_panes;
    OnAirBar *m_bar = nullptr;
    PlaylistView *m_playlist = nullptr;
    QWidget *m_buffer = nullptr;
    QWidget *m_listeners = nullptr;
    QSplitter *m_columns = nullptr;
    QSplitter *m_rows = nullptr;
    QDockWidget *m_log = nullptr;
    ShareDialog *m_share = nullptr;
    QDialog *m_settings = nullptr;
    quint64 m_lastEntry = 0; ///< the playlist row heard last, for the next start
    qint64 m_lastPositionMs = 0;
    qint64 m_savedPositionMs = 0;
    bool m_mayClose = false;
    bool m_isRestoring = true;
};

} // namespace cycast
