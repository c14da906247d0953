// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/look/card.h"

class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace cycast
{

class AirLamp;
class BroadcastActions;
class ElidedLabel;
class StationControl;
struct StationStatus;
struct TrackInfo;

/// The strip at the top: on the air or not and for how long, what is heard, how many hear it, and the link
/// that brings more of them. All of its buttons are BroadcastActions.
class OnAirBar : public Card
{
    Q_OBJECT

public:
    /// Both must outlive it.
    OnAirBar(StationControl &control, BroadcastActions &actions, QWidget *parent = nullptr);

    /// What is said off the air: how many tracks wait, and with which one the programme will start.
    void setWaiting(int tracks);
    void setStart(const TrackInfo &track);
    QPushButton *airButton() const { return m_air; }

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeProgramme();
    QWidget *makeReadiness();
    QWidget *makeListeners();
    QWidget *makeLink();
    void showStatus(const StationStatus &status);
    void showPhase();
    void showLamp();
    void showLink();
    void showReadiness();
    QPushButton *addButton(QAction *action);
    int captionsWidth() const;
    void setCompact(bool on);
    void setAirButton(const QString &text, const QString &look, const QString &spoken);

    StationControl &m_control;
    BroadcastActions &m_actions;
    QPushButton *m_air;
    AirLamp *m_lamp;
    QStackedWidget *m_pages;
    ElidedLabel *m_title = nullptr;
    ElidedLabel *m_artist = nullptr;
    ElidedLabel *m_source = nullptr;
    QProgressBar *m_progress = nullptr;
    QLabel *m_elapsed = nullptr;
    ElidedLabel *m_next = nullptr;
    QLabel *m_remaining = nullptr;
    ElidedLabel *m_station = nullptr;
    QLabel *m_hint = nullptr;
    QLabel *m_listeners = nullptr;
    QLabel *m_peak = nullptr;
    ElidedLabel *m_url = nullptr;
    QLabel *m_scope = nullptr; ///< how far the link is good
    QString m_startTitle;
    int m_waiting = 0;
    QList<QPushButton *> m_buttons; ///< skip, copy, share, listen: signs only where the bar is narrow
    bool m_isCompact = false;
};

/// "Playlist", "LIVE - butt 0.1.37 from 192.168.1.7", "Silence".
QString sourceWords(const StationStatus &status);

} // namespace cycast
