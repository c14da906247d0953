// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QDialog;
class QMainWindow;
class QUndoStack;

namespace cycast
{

class BroadcastActions;
class ConnectDjDialog;
class DirectoriesDialog;
class HttpsDialog;
class ReachDialog;
class SelfTestDialog;
class SettingsDialog;
class ShareDialog;
class StationControl;

/// The dialogs of the main window: made when they are first asked for, shown once each, in front.
class WindowDialogs : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; the dialogs are children of `window`.
    WindowDialogs(StationControl &control, QUndoStack &undo, BroadcastActions &broadcast,
                  QMainWindow &window);

public slots:
    void showShare();
    void showDirectories();
    void showHttps();
    void showReach();
    void showSettings();
    /// The settings, at this field.
    void showSetting(const QString &key);
    void showConnectDj();
    void showSelfTest();
    void showShortcuts();
    void showAbout();

signals:
    /// For the clipboard, out of one of them.
    void copied(const QString &text);

private:
    static void bringUp(QDialog *dialog);

    StationControl &m_control;
    QUndoStack &m_undo;
    BroadcastActions &m_broadcast;
    QMainWindow &m_window;
    DirectoriesDialog *m_directories = nullptr;
    HttpsDialog *m_https = nullptr;
    ShareDialog *m_share = nullptr;
    ReachDialog *m_reach = nullptr;
    SettingsDialog *m_settings = nullptr;
    ConnectDjDialog *m_connectDj = nullptr;
    SelfTestDialog *m_selfTest = nullptr;
};

} // namespace cycast
