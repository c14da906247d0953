// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/broadcastactions.h"

#include "core/station/stationcontrol.h"
#include "ui/look/icons.h"
#include "ui/look/sentences.h"

#include <QClipboard>
#include <QGuiApplication>

namespace cycast
{

BroadcastActions::BroadcastActions(StationControl &control, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_air(new QAction(this))
    , m_skip(new QAction(icon(Glyph::Skip), tr("&Skip track"), this))
    , m_record(new QAction(tr("&Record"), this))
    , m_copyLink(new QAction(icon(Glyph::Copy), tr("&Copy link"), this))
    , m_share(new QAction(icon(Glyph::Share), tr("S&hare\u2026"), this))
    , m_outside(new QAction(tr("Let people o&utside listen\u2026"), this))
    , m_listen(new QAction(icon(Glyph::Listen), tr("&Listen"), this))
{
    m_skip->setIconText(tr("Skip"));
    m_air->setShortcut(tr("Ctrl+B"));
    m_skip->setShortcut(tr("Ctrl+Right"));
    m_record->setShortcut(tr("Ctrl+R"));
    m_record->setCheckable(true);
    m_record->setToolTip(tr("Record what listeners get, byte for byte"));
    connect(m_record, &QAction::triggered, &control, &StationControl::setRecording);
    m_copyLink->setShortcut(tr("Ctrl+Shift+C"));
    m_share->setShortcut(tr("Ctrl+Shift+S"));
    m_listen->setShortcut(tr("Ctrl+Shift+L"));
    connect(m_air, &QAction::triggered, this, &BroadcastActions::toggleAir);
    connect(m_skip, &QAction::triggered, &control, &StationControl::skip);
    connect(m_copyLink, &QAction::triggered, this, &BroadcastActions::copyLinkNow);
    connect(m_share, &QAction::triggered, this, &BroadcastActions::shareAsked);
    connect(m_outside, &QAction::triggered, this, &BroadcastActions::outsideAsked);
    connect(m_listen, &QAction::triggered, this, [this] {
        emit listenAsked(m_addresses.pageUrl.isEmpty() ? m_addresses.streamUrl : m_addresses.pageUrl);
    });
    connect(&control, &StationControl::statusChanged, this, &BroadcastActions::takeStatus);
    connect(&control, &StationControl::onAir, this, [this](const StationAddresses &addresses) {
        setAddresses(addresses);
        setPhase(Phase::On);
    });
    connect(&control, &StationControl::addressesChanged, this, &BroadcastActions::setAddresses);
    connect(&control, &StationControl::onAirFailed, this,
            [this](const Sentence &reason) { setPhase(Phase::Off, said(reason)); });
    connect(&control, &StationControl::offAir, this, [this] { setPhase(Phase::Off); });
    takeStatus(control.lastStatus());
    update();
}

void BroadcastActions::goOnAir()
{
    if (m_phase != Phase::Off)
        return;
    setPhase(Phase::Starting);
    m_control.goOnAir();
}

void BroadcastActions::goOffAir()
{
    if (m_phase != Phase::On)
        return;
    setPhase(Phase::Stopping);
    m_control.goOffAir();
}

void BroadcastActions::toggleAir()
{
    if (m_phase == Phase::Off)
        goOnAir();
    else if (m_phase == Phase::On && m_control.lastStatus().listeners > 0)
        emit offAirAsked(m_control.lastStatus().listeners);
    else
        goOffAir();
}

void BroadcastActions::copyLinkNow()
{
    if (link().isEmpty())
        return;
    QGuiApplication::clipboard()->setText(link());
    emit linkCopied(link());
}

/// A status that was under way when a button was pressed must not undo what the button shows: "starting"
/// ends with "on" or a failure, "stopping" with "off".
void BroadcastActions::takeStatus(const StationStatus &status)
{
    m_record->setChecked(status.recording.isWanted);
    const bool isOn = status.state == AirState::OnAir;
    if (isOn) {
        setAddresses(status.addresses);
        setReach(status.reach.scope, status.reach.publicUrl);
    }
    const bool hearsPlaylist = isOn && status.heard == ProgrammeKind::Playlist;
    if (hearsPlaylist != m_hearsPlaylist) {
        m_hearsPlaylist = hearsPlaylist;
        update();
    }
    if (isOn && (m_phase == Phase::Off || m_phase == Phase::Starting))
        setPhase(Phase::On);
    else if (!isOn && (m_phase == Phase::On || m_phase == Phase::Stopping))
        setPhase(Phase::Off);
}

void BroadcastActions::setAddresses(const StationAddresses &addresses)
{
    if (addresses == m_addresses)
        return;
    m_addresses = addresses;
    update();
    emit addressesChanged();
}

void BroadcastActions::setReach(ReachScope scope, const QString &publicUrl)
{
    if (scope == m_scope && publicUrl == m_publicUrl)
        return;
    m_scope = scope;
    m_publicUrl = publicUrl;
    emit addressesChanged();
}

const QString &BroadcastActions::link() const
{
    const bool isForAll = m_scope == ReachScope::Everywhere || m_scope == ReachScope::Ipv6Only;
    if (!isForAll)
        return m_addresses.streamUrl;
    // What the user says goes before what was found out.
    const QString &said = m_addresses.publicStreamUrl;
    return !said.isEmpty() ? said : m_publicUrl.isEmpty() ? m_addresses.streamUrl : m_publicUrl;
}

void BroadcastActions::setPhase(Phase phase, const QString &failure)
{
    if (phase == m_phase && failure == m_failure)
        return;
    m_phase = phase;
    m_failure = failure;
    if (phase == Phase::Off) {
        m_hearsPlaylist = false;
        m_addresses = {};
        m_scope = ReachScope::Unknown;
        m_publicUrl.clear();
    }
    update();
    emit phaseChanged();
}

void BroadcastActions::update()
{
    const bool isOn = m_phase == Phase::On;
    m_air->setText(isOn || m_phase == Phase::Stopping ? tr("Go &off air") : tr("Go &on air"));
    m_air->setEnabled(m_phase == Phase::Off || isOn);
    m_skip->setEnabled(isOn && m_hearsPlaylist);
    m_skip->setToolTip(m_skip->isEnabled() ? tr("Skip this track")
                                           : tr("Skips a track while the playlist is on the air"));
    const bool hasLink = isOn && !m_addresses.streamUrl.isEmpty();
    for (QAction *action : {m_copyLink, m_share, m_listen})
        action->setEnabled(hasLink);
}

} // namespace cycast
