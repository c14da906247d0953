// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/logentry.h"
#include "core/values/stationstatus.h"
#include "ui/desktop/session.h"
#include "ui/window/lastheard.h"
#include "ui/window/panecycle.h"

#include <QMainWindow>
#include <QUndoStack>

#include <memory>

class QDockWidget;
class QSplitter;

namespace cycast
{

class AdviserBar;
class AlarmBell;
class BanList;
class BufferCard;
class BroadcastActions;
class KnockDock;
class JingleEditor;
class JinglesView;
class ListenBar;
class ListenersView;
class OnAirBar;
class OfferBar;
class PlaylistEditor;
class PlaylistView;
class RecentFiles;
class SessionStore;
class StationControl;
class UserPresets;
class WindowDialogs;

/// Places the parts and connects them; what they do is theirs. Knows the station through StationControl
/// only.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `control` must outlive it. Restores what `sessionFile` holds (see SessionStore::defaultPath); an
    /// empty name keeps no session.
    MainWindow(StationControl &control, const QString &sessionFile, QWidget *parent = nullptr);
    /// In place of another window of the same station, which goes on: takes over what that one shows.
    MainWindow(StationControl &control, const QString &sessionFile, const Session &takenOver);
    ~MainWindow() override;

    /// Where the choice of a language is kept, beside the session.
    static QString languageFile(const QString &sessionFile);

    PlaylistEditor &editor() { return *m_editor; }
    PlaylistView *playlistView() const { return m_playlist; }
    OnAirBar *onAirBar() const { return m_bar; }
    BroadcastActions &broadcast() { return *m_broadcast; }
    AlarmBell &bell() { return *m_bell; }
    AdviserBar &adviserBar() { return *m_adviser; }
    KnockDock &knockDock() { return *m_knocks; }
    /// Nothing was restored and nothing added yet: the moment for demo music.
    bool isPlaylistEmpty() const;

public slots:
    /// Adds files, folders and playlists at the end of the list.
    void openPaths(const QStringList &paths);
    void appendLog(const cycast::LogEntry &entry);
    void goOnAir();
    /// Out of the tray, from behind other windows, minimized or not.
    void bringToFront();
    /// The session ends or somebody sent a signal: saves and closes, on the air or not.
    void closeWithoutAsking();
    /// What the next window of this station takes over; this one saves nothing from now on.
    Session handOver();

signals:
    /// A code of language::codes().
    void languageChosen(const QString &code);
    /// For the log dock.
    void logged(const cycast::LogEntry &entry);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    MainWindow(StationControl &control, const QString &sessionFile, const Session *takenOver,
               QWidget *parent);
    void placeParts();
    void connectParts();
    void makeMenus();
    void setUp();
    void start(const Session &session);
    void restoreSession(const Session &session);
    Session collectSession() const;
    void followProgramme(const StationStatus &status);
    void updateTitle();
    void openUrl(const QString &url);
    void placeDocks();

    StationControl &m_control;
    QUndoStack m_undo;
    std::unique_ptr<SessionStore> m_session;
    PlaylistEditor *m_editor;
    JingleEditor *m_jingleEditor;
    BroadcastActions *m_broadcast;
    WindowDialogs *m_dialogs;
    PaneCycle m_panes;
    OnAirBar *m_bar = nullptr;
    ListenBar *m_listen = nullptr;
    PlaylistView *m_playlist = nullptr;
    JinglesView *m_jingles = nullptr;
    BufferCard *m_buffer = nullptr;
    ListenersView *m_listeners = nullptr;
    QSplitter *m_columns = nullptr;
    QSplitter *m_rows = nullptr;
    QDockWidget *m_log = nullptr;
    AdviserBar *m_adviser = nullptr;
    OfferBar *m_offer = nullptr;
    QString m_languageFile;
    AlarmBell *m_bell;
    BanList *m_bans;
    RecentFiles *m_recent;
    UserPresets *m_userPresets;
    KnockDock *m_knocks = nullptr;
    LastHeard m_lastHeard; ///< for the next start
    bool m_mayClose = false;
    bool m_isClosing = false;
    bool m_isHandedOver = false;
    bool m_takesOver = false; ///< the station plays on under the new window
    bool m_isRestoring = true;
};

} // namespace cycast
