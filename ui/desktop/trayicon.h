// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audition/audition.h"

#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

namespace cycast
{

class BroadcastActions;
class StationControl;

/// The station in the desktop's tray: off the air, on the air, or in trouble, each with its own sign and
/// words; the most needed actions; and notifications for those who look elsewhere.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    TrayIcon(StationControl &control, BroadcastActions &actions, QWidget *window);

    /// Shows it where the desktop has a tray.
    void showIfPossible();
    /// Only while the window is not in front: nobody is told what he sees.
    void notify(const QString &title, const QString &sentence);
    /// What strangers cause: the first at once, then one a minute with the number of those in between, so
    /// that nobody's desktop is flooded by somebody else's program.
    void notifyOfStrangers(const QString &title, const QString &sentence);
    QString toolTip() const { return m_icon.toolTip(); }
    QMenu &menu() { return m_menu; }

signals:
    void raiseAsked();
    /// For tests and logs: what was shown.
    void notified(const QString &title, const QString &sentence);

private:
    void update();

    StationControl &m_control;
    BroadcastActions &m_actions;
    QWidget *m_window;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    int m_shownState = -1;
    QTimer m_quiet; ///< runs for a minute after what strangers caused was shown
    QString m_lastTitle;
    QString m_lastSentence;
    int m_kept = 0; ///< that came meanwhile
};

} // namespace cycast
