// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station.h"

#include "core/addresses.h"
#include "core/log.h"
#include "core/monotonic.h"
#include "core/playoutsettings.h"

#include <QRandomGenerator>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr int statusIntervalMs = 250;
constexpr int ticksBetweenSweeps = 20; // every 5 s

StationDescription describe(const Settings &settings)
{
    return {settings.metadata.stationName,  settings.metadata.stationDescription,
            settings.metadata.stationGenre, settings.metadata.stationUrl,
            settings.server.mountPoint,     stationFormatOf(settings).contentType()};
}

} // namespace

Station::Station()
    : m_feeder(QRandomGenerator::system()->generate())
    , m_programme(m_mount, m_feeder)
    , m_sources([this](Arrival &&arrival) { route(std::move(arrival)); })
    , m_listeners(m_mount.broadcaster(),
                  {[this] { return status(); }, [this] { return m_programme.format(); }},
                  [this](Arrival &&arrival) { route(std::move(arrival)); })
    , m_doors([this](Arrival &&arrival) { route(std::move(arrival)); })
{
    connect(&m_doors, &Doors::refused, this,
            [](const QString &sentence) { qCWarning(lcListener).noquote() << sentence; });
    m_ticker.setInterval(statusIntervalMs);
    connect(&m_ticker, &QTimer::timeout, this, &Station::tick);

    connect(&m_sources, &SourceServer::sourceArrived, this, [this](SourceConnection *source) {
        if (!m_onAir) {
            source->deleteLater();
            return;
        }
        qCInfo(lcSource).noquote() << u"%1 (%2) connected as live source."_s.arg(
            source->description().address, source->description().program);
        m_programme.setSource(source);
        m_sources.setSourceConnected(m_programme.hasSource());
    });
    connect(&m_sources, &SourceServer::titleArrived, &m_programme, &Programme::setLiveTitle);
    connect(&m_programme, &Programme::entryProblem, this, &Station::entryProblem);
    connect(&m_programme, &Programme::liveStarted, this, [this](const SourceDescription &source) {
        report(StationEvent::Kind::LiveStarted,
               u"Live: %1 from %2."_s.arg(source.program.isEmpty() ? u"a source"_s : source.program,
                                          source.address));
    });
    connect(&m_programme, &Programme::liveEnded, this,
            [this](const SourceDescription &source, const QString &why) {
                m_sources.setSourceConnected(m_programme.hasSource());
                report(StationEvent::Kind::LiveEnded,
                       u"The live source at %1 has ended: %2."_s.arg(source.address, why));
            });
    connect(&m_programme, &Programme::ranDry, this, [this] {
        report(StationEvent::Kind::Underrun,
               u"The playlist could not be read fast enough; silence keeps the listeners connected."_s);
    });
    connect(&m_programme, &Programme::headChanged, this, [this](const TrackInfo &track, ProgrammeKind kind) {
        if (kind != ProgrammeKind::Silence)
            qCInfo(lcStation).noquote() << u"Now playing: %1"_s.arg(
                track.artist.isEmpty() ? track.title : track.artist + u" - "_s + track.title);
        if (m_onAir)
            emit statusChanged(status());
    });
    Broadcaster &broadcaster = m_mount.broadcaster();
    connect(&broadcaster, &Broadcaster::joined, this, [this](const ListenerInfo &info) {
        qCInfo(lcListener).noquote() << u"Listener %1 joined: %2, %3."_s.arg(info.id).arg(info.address,
                                                                                          info.player);
        if (m_watched && !m_sendAll)
            m_joined.append(info);
    });
    connect(&broadcaster, &Broadcaster::left, this,
            [this](const ListenerGone &gone, const QString &address, const QString &player) {
                qCInfo(lcListener).noquote() << u"Listener %1 (%2, %3) left: %4, %5 bytes."_s.arg(gone.id)
                                                    .arg(address, player, gone.reason)
                                                    .arg(gone.bytesSent);
                if (m_watched && !m_sendAll)
                    m_left.append(gone);
                if (m_doors.hasLeftBehind())
                    QMetaObject::invokeMethod(this, &Station::closeEmptyDoors, Qt::QueuedConnection);
            });
}

Station::~Station()
{
    if (m_onAir)
        goOffAir();
}

void Station::route(Arrival &&arrival)
{
    if (!m_onAir)
        native::close(arrival.socket);
    else if (SourceServer::handles(arrival.request))
        m_sources.handle(std::move(arrival));
    else
        m_listeners.handle(std::move(arrival));
}

// ---------------------------------------------------------------- settings

DoorOptions Station::doorOptions(const Settings &settings)
{
    return {settings.server.host, settings.server.sourcePort, settings.server.listenPort,
            settings.advanced.headerTimeout};
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

void Station::applySettings(const Settings &settings)
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
    tellRooms();
    if (m_onAir) {
        closeEmptyDoors();
        const StationAddresses addresses = reachable();
        if (addresses != m_addresses) {
            m_addresses = addresses;
            emit addressesChanged(m_addresses);
        }
        if (!changed.isEmpty())
            report(StationEvent::Kind::SettingsChanged,
                   u"Settings changed: %1."_s.arg(changed.join(u", "_s)));
    }
    emit settingsApplied(m_settings);
    emit statusChanged(status());
}

void Station::tellRooms()
{
    const qint64 nowNs = monotonicNs();
    setVerboseLogging(m_settings.advanced.verboseLogging);

    MountOptions mount;
    mount.capacityBytes = qint64{m_settings.buffer.sizeMb} * 1024 * 1024;
    mount.broadcaster.chunkBytes = m_settings.broadcaster.chunkSize;
    mount.broadcaster.burstBytes = burstBytes(m_settings);
    mount.broadcaster.logsEverySend = m_settings.advanced.verboseLogging;
    mount.liveDeadlineNs = chunkDeadlineMs(m_settings.broadcaster.chunkSize) * nsPerMs;
    mount.sleepHighNs = qRound64(m_settings.broadcaster.sleepHigh * 1e9);
    mount.sleepMediumNs = qRound64(m_settings.broadcaster.sleepMedium * 1e9);
    mount.sleepLowNs = qRound64(m_settings.broadcaster.sleepLow * 1e9);
    mount.stationUrl = m_settings.metadata.stationUrl;
    const bool resized = m_mount.capacityBytes() != mount.capacityBytes;
    m_mount.setOptions(mount);
    if (resized)
        m_programme.capacityChanged(nowNs);

    ProgrammeOptions programme;
    programme.liveCushion = flicksFromNs(liveCushionMs(m_settings) * nsPerMs);
    programme.convertsLive = m_settings.encoder.live == u"convert"_s;
    programme.resumesAfterLive = m_settings.playlist.afterLive == u"resume"_s;
    programme.stationName = m_settings.metadata.stationName;
    m_programme.setPlayout(playoutOptionsOf(m_settings), nowNs);
    m_programme.setOptions(programme);
    m_programme.setOrder(m_settings.playlist.shuffle, m_settings.playlist.repeat, nowNs);

    m_sources.setOptions({m_settings.server.sourcePassword.toUtf8(), m_settings.server.mountPoint.toUtf8(),
                          m_settings.advanced.sourceTimeout});
    m_programme.setSourceTimeout(m_settings.advanced.sourceTimeout);

    ListenerServerOptions listeners;
    listeners.station = describe(m_settings);
    listeners.maxListeners = m_settings.advanced.maxListeners;
    listeners.maxListenersPerAddress = m_settings.advanced.maxListenersPerAddress;
    listeners.icyEnabled = m_settings.metadata.enableIcy;
    listeners.icyMetaint = m_settings.metadata.icyMetaint;
    listeners.statsEnabled = m_settings.advanced.enableStats;
    m_listeners.setOptions(listeners);

    m_doors.setHeaderTimeout(m_settings.advanced.headerTimeout);
}

// ---------------------------------------------------------------- on and off the air

void Station::goOnAir()
{
    if (m_onAir)
        return;
    if (const auto problem = m_doors.open(doorOptions(m_settings))) {
        emit onAirFailed(problem->sentence);
        return;
    }
    const qint64 nowNs = monotonicNs();
    m_onAir = true;
    m_onAirSinceNs = nowNs;
    m_lastBytes = m_mount.broadcaster().totalBytesSent();
    m_lastBytesNs = nowNs;
    m_addresses = reachable();
    m_mount.start();
    m_programme.start(nowNs);
    m_ticker.start();
    report(StationEvent::Kind::OnAir, u"On the air at %1."_s.arg(m_addresses.streamUrl));
    emit onAir(m_addresses);
    emit statusChanged(status());
}

void Station::goOffAir()
{
    if (!m_onAir)
        return;
    m_onAir = false;
    m_ticker.stop();
    m_doors.closeAll();
    m_programme.stop();
    m_mount.stop();
    m_sources.setSourceConnected(false);
    qDeleteAll(m_sources.findChildren<HttpConnection *>());
    qDeleteAll(m_listeners.findChildren<HttpConnection *>());
    m_addresses = {};
    m_outRate = 0.0;
    report(StationEvent::Kind::OffAir, u"Off the air."_s);
    sendListeners();
    emit offAir();
    emit statusChanged(status());
}

void Station::setPlaylist(const QList<PlaylistEntry> &entries)
{
    m_programme.setEntries(entries, monotonicNs());
    emit statusChanged(status());
}

void Station::skip()
{
    if (!m_onAir)
        return;
    report(StationEvent::Kind::Skip, u"Skipped %1."_s.arg(m_programme.current().title));
    m_programme.skip(monotonicNs());
}

void Station::playFrom(quint64 entryId, qint64 positionMs)
{
    m_programme.playFrom(entryId, positionMs, monotonicNs());
}

void Station::dropSource()
{
    m_programme.dropSource(u"removed by you"_s);
}

void Station::dropListener(quint64 listenerId)
{
    m_mount.broadcaster().remove(listenerId, u"removed by you"_s);
}

// ---------------------------------------------------------------- what is told

void Station::watchListeners(bool watched)
{
    m_watched = watched;
    m_sendAll = watched;
    m_joined.clear();
    m_left.clear();
    if (watched)
        sendListeners();
}

void Station::sendListeners()
{
    if (!m_watched)
        return;
    ListenersUpdate update;
    update.complete = std::exchange(m_sendAll, false);
    update.joined = update.complete ? m_mount.broadcaster().infos() : std::exchange(m_joined, {});
    update.left = std::exchange(m_left, {});
    update.figures = m_mount.broadcaster().figures(monotonicNs());
    emit listenersChanged(update);
}

void Station::tick()
{
    const qint64 nowNs = monotonicNs();
    if (const qint64 elapsedNs = nowNs - m_lastBytesNs; elapsedNs >= nsPerSecond) {
        const qint64 bytes = m_mount.broadcaster().totalBytesSent();
        m_outRate = static_cast<double>(bytes - m_lastBytes) * 1e9 / static_cast<double>(elapsedNs);
        m_lastBytes = bytes;
        m_lastBytesNs = nowNs;
    }
    if (++m_ticks % ticksBetweenSweeps == 0) {
        m_mount.broadcaster().dropSilentPeers(nowNs);
        closeEmptyDoors();
    }
    emit statusChanged(status());
    sendListeners();
}

StationStatus Station::status()
{
    const qint64 nowNs = monotonicNs();
    const Broadcaster &broadcaster = m_mount.broadcaster();
    const RingBuffer &ring = m_mount.ring();
    StationStatus status;
    status.state = m_onAir ? AirState::OnAir : AirState::OffAir;
    if (m_onAir) {
        status.heard = m_programme.heard();
        status.current = m_programme.current();
        status.positionMs = m_programme.positionMs();
        status.onAirMs = (nowNs - m_onAirSinceNs) / nsPerMs;
        status.bitrateKbps = m_programme.format().bitrateKbps;
        status.source = m_programme.sourceStatus(nowNs);
    }
    status.next = m_programme.next();
    status.listeners = broadcaster.count();
    status.listenersPeak = broadcaster.peak();
    status.stalledListeners = broadcaster.stalledCount(nowNs);
    status.totalBytesSent = broadcaster.totalBytesSent();
    status.outBytesPerSecond = m_outRate;
    status.buffer.capacity = ring.capacity();
    status.buffer.available = ring.available();
    status.buffer.space = ring.space();
    status.buffer.fillPercent = ring.fillPercent();
    status.buffer.aheadSeconds = secondsOf(ring.endTime() - ring.headTime());
    status.addresses = m_addresses;
    status.cpuPercent = m_process.cpuPercent(nowNs);
    status.memoryBytes = ProcessStats::residentBytes();
    status.latencyMs = liveCushionMs(m_settings) + chunkDeadlineMs(m_settings.broadcaster.chunkSize);
    status.skips = broadcaster.totalSkips();
    return status;
}

void Station::report(StationEvent::Kind kind, const QString &text)
{
    qCInfo(lcStation).noquote() << text;
    emit eventHappened({kind, QDateTime::currentDateTime(), text});
}

} // namespace cycast
