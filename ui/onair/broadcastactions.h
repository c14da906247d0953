// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/stationaddresses.h"
#include "core/values/stationstatus.h"

#include <QAction>
#include <QObject>

namespace cycast
{

class StationControl;

/// Going on and off the air, skipping and handing out the link: the actions that menus and the on-air bar
/// show, and the one place that knows in which phase the station is as seen from the window.
class BroadcastActions : public QObject
{
    Q_OBJECT

public:
    enum class Phase : quint8 { Off, Starting, On, Stopping };

    explicit BroadcastActions(StationControl &control, QObject *parent = nullptr);

    QAction *air() const { return m_air; } ///< goes on the air, or asks to leave it
    QAction *skip() const { return m_skip; }
    /// Checkable: what is sent is recorded, or will be from the start on.
    QAction *record() const { return m_record; }
    QAction *copyLink() const { return m_copyLink; }
    QAction *share() const { return m_share; }
    /// Whether people outside can listen, and what to do about it.
    QAction *outside() const { return m_outside; }
    QAction *listen() const { return m_listen; }

    Phase phase() const { return m_phase; }
    /// Why the last try to go on the air failed; empty when it did not.
    const QString &failure() const { return m_failure; }
    const StationAddresses &addresses() const { return m_addresses; }
    /// The link to give away: the one for everybody, where there is one.
    const QString &link() const;
    ReachScope linkScope() const { return m_scope; }

public slots:
    void goOnAir();
    /// Without asking.
    void goOffAir();

signals:
    void phaseChanged();
    void addressesChanged();
    /// Somebody is listening: whoever shows questions asks, and calls goOffAir().
    void offAirAsked(int listeners);
    void linkCopied(const QString &url);
    void shareAsked();
    void outsideAsked();
    /// The page with the player, for the browser.
    void listenAsked(const QString &url);

private:
    void toggleAir();
    void copyLinkNow();
    void setPhase(Phase phase, const QString &failure = {});
    void setAddresses(const StationAddresses &addresses);
    void setReach(ReachScope scope, const QString &publicUrl);
    void takeStatus(const StationStatus &status);
    void update();

    StationControl &m_control;
    QAction *m_air;
    QAction *m_skip;
    QAction *m_record;
    QAction *m_copyLink;
    QAction *m_share;
    QAction *m_outside;
    QAction *m_listen;
    Phase m_phase = Phase::Off;
    QString m_failure;
    StationAddresses m_addresses;
    ReachScope m_scope = ReachScope::Unknown;
    QString m_publicUrl;
    bool m_hearsPlaylist = false;
};

} // namespace cycast
