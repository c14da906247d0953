// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Station that knows what the settings mean for each room.
#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/net/http/ownnames.h"
#include "core/station/addresses.h"
#include "core/station/playoutsettings.h"
#include "core/station/settingsrooms.h"
#include "core/station/station.h"
#include "core/values/stationaddresses.h"
#include "core/values/stationevent.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

StationDescription describe(const Settings &settings)
{
    return {settings.metadata.stationName,  settings.metadata.stationDescription,
            settings.metadata.stationGenre, settings.metadata.stationUrl,
            settings.server.mountPoint,     stationFormatOf(settings).contentType()};
}

} // namespace

DoorOptions Station::doorOptions(const Settings &settings)
{
    return {settings.server.host, settings.server.sourcePort, settings.server.listenPort};
}

void Station::closeEmptyDoors()
{
    m_doors.closeEmpty([this](quint16 port) { return m_mount.broadcaster().countOn(port); });
}

StationAddresses Station::reachable() const
{
    return reachableAddresses(m_settings.server.host, machineAddresses(), m_doors.sourcePort(),
                              m_doors.listenPort(), m_settings.server.mountPoint);
}

void Station::applySettings(const Settings &settings, const std::optional<TlsIdentity> &identity)
{
    if (m_onAir) {
        if (const auto problem = m_doors.move(doorOptions(settings))) {
            const QString field = problem->place == Doors::Place::Host         ? u"server.host"_s
                                  : problem->place == Doors::Place::SourcePort ? u"server.source_port"_s
                                                                               : u"server.listen_port"_s;
            emit settingsRejected({{field, problem->sentence, false}});
            return;
        }
    }
    const QStringList changed = changedKeys(m_settings, settings);
    m_settings = settings;
    if (identity)
        m_tls.setIdentity(*identity);
    tellRooms(std::exchange(m_hasToldRooms, true) ? changed : allKeys());
    followRecordingSettings(changed);
    if (m_onAir) {
        closeEmptyDoors();
        const StationAddresses addresses = reachable();
        if (addresses != m_addresses) {
            m_addresses = addresses;
            emit addressesChanged(m_addresses);
        }
        if (!changed.isEmpty())
            report(StationEvent::Kind::SettingsChanged,
                   Core::tr("Settings changed: %1.").arg(changed.join(u", "_s)));
    }
    emit settingsApplied(m_settings);
    emit statusChanged(status());
}

// Only the rooms that one of these keys concerns: a new station name cuts no read-ahead and reads no file
// again.
void Station::tellRooms(const QStringList &changed)
{
    const qint64 nowNs = monotonicNs();
    for (const SettingsRoom room : roomsOf(changed)) {
        switch (room) {
        case SettingsRoom::Log:
            setVerboseLogging(m_settings.advanced.verboseLogging);
            break;
        case SettingsRoom::Mount:
            tellMount(nowNs);
            break;
        case SettingsRoom::Playout:
            m_programme.setPlayout(playoutOptionsOf(m_settings), nowNs);
            break;
        case SettingsRoom::Programme:
            tellProgramme();
            break;
        case SettingsRoom::Order:
            m_programme.setOrder(m_settings.playlist.shuffle, m_settings.playlist.repeat, nowNs);
            break;
        case SettingsRoom::Jingles:
            m_programme.setJingleRule({m_settings.jingles.everySongs, m_settings.jingles.everyMinutes},
                                      nowNs);
            break;
        case SettingsRoom::Sources:
            m_sources.setOptions(
                {m_settings.server.mountPoint.toUtf8(), m_settings.advanced.sourceTimeout,
                 m_settings.advanced.headerTimeout,
                 !m_settings.server.sourcePassword.isEmpty() || !m_settings.server.moreSources.isEmpty()});
            m_programme.setSourceTimeout(m_settings.advanced.sourceTimeout);
            break;
        case SettingsRoom::Listeners:
            tellListeners();
            break;
        case SettingsRoom::Doors:
            tellWhoMayComeIn();
            break;
        }
    }
}

void Station::tellMount(qint64 nowNs)
{
    MountOptions mount;
    mount.capacityBytes = qint64{m_settings.buffer.sizeMb} * 1024 * 1024;
    mount.broadcaster.chunkBytes = m_settings.broadcaster.chunkSize;
    mount.broadcaster.burstBytes = burstBytes(m_settings);
    mount.liveDeadlineNs = chunkDeadlineMs(m_settings.broadcaster.chunkSize) * nsPerMs;
    mount.sleepHighNs = qRound64(m_settings.broadcaster.sleepHigh * 1e9);
    mount.sleepMediumNs = qRound64(m_settings.broadcaster.sleepMedium * 1e9);
    mount.sleepLowNs = qRound64(m_settings.broadcaster.sleepLow * 1e9);
    mount.stationUrl = m_settings.metadata.stationUrl;
    const bool resized = m_mount.capacityBytes() != mount.capacityBytes;
    m_mount.setOptions(mount);
    if (resized)
        m_programme.capacityChanged(nowNs);
}

void Station::tellProgramme()
{
    ProgrammeOptions programme;
    programme.liveCushion = flicksFromNs(liveCushionMs(m_settings) * nsPerMs);
    programme.convertsLive = m_settings.encoder.live == u"convert"_s;
    programme.resumesAfterLive = m_settings.playlist.afterLive == u"resume"_s;
    programme.stationName = m_settings.metadata.stationName;
    m_programme.setOptions(programme);
}

void Station::tellListeners()
{
    ListenerServerOptions listeners;
    listeners.station = describe(m_settings);
    listeners.maxListeners = m_settings.advanced.maxListeners;
    listeners.maxListenersPerAddress = m_settings.advanced.maxListenersPerAddress;
    listeners.icyEnabled = m_settings.metadata.enableIcy;
    listeners.icyMetaint = m_settings.metadata.icyMetaint;
    listeners.statsEnabled = m_settings.advanced.enableStats;
    listeners.monitorToken = m_monitorToken;
    m_listeners.setOptions(listeners);
}

void Station::tellWhoMayComeIn()
{
    const Settings::Server &server = m_settings.server;
    LoginOptions logins;
    logins.sourcePassword = server.sourcePassword.toUtf8();
    logins.adminPassword = server.adminPassword.toUtf8();
    for (const QString &more : server.moreSources) {
        const QByteArray text = more.toUtf8();
        const qsizetype colon = text.indexOf(':');
        if (colon > 0)
            logins.moreSources.append({text.first(colon), text.sliced(colon + 1)});
    }
    m_logins.setOptions(logins);
    m_trustedProxies = AddressSet(server.trustedProxies);
    m_lobby.setOptions({.headerSeconds = m_settings.advanced.headerTimeout,
                        .maxConnections = m_settings.advanced.maxConnections,
                        .maxConnectionsPerAddress = m_settings.advanced.maxConnectionsPerAddress,
                        .trustedProxies = m_trustedProxies});

    using From = AdminServerOptions::From;
    m_admin.setOptions({server.adminFrom == u"anywhere"_s   ? From::Anywhere
                        : server.adminFrom == u"loopback"_s ? From::Loopback
                                                            : From::Lan,
                        describe(m_settings)});
}

} // namespace cycast
