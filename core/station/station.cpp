// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/station.h"

#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/net/http/forwarding.h"
#include "core/net/http/ownnames.h"
#include "core/net/socket/tlscontext.h"
#include "core/net/stream/streamlinks.h"
#include "core/station/addresses.h"
#include "core/station/roomoptions.h"
#include "core/station/settingsrooms.h"

#include <QHostInfo>
#include <QRandomGenerator>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr int statusIntervalMs = 250;
constexpr int unwatchedIntervalMs = 1000;
constexpr qint64 sweepNs = 5 * nsPerSecond;

} // namespace

Station::Station()
    : m_readAhead(QRandomGenerator::system()->generate())
    , m_programme(m_mount, m_readAhead)
    , m_lobby([this](Arrival &&arrival) { route(std::move(arrival)); })
    , m_desk(m_logins, m_lobby)
    , m_sources(m_desk, m_lobby, [this] { return m_programme.stage(monotonicNs()); })
    , m_listeners(m_mount.broadcaster(),
                  {[this] { return status(); }, [this] { return m_programme.format(); },
                   [this] { return m_underruns; }},
                  m_lobby)
    , m_admin(m_logins, m_desk, m_mount.broadcaster(), m_listeners)
    , m_doors(m_lobby, [this] { return m_mount.isRoundDue(monotonicNs()); })
    , m_recording(m_mount, [this](quint64 entryId) { return m_programme.isJingle(entryId); })
{
    m_lobby.setTls(&m_tls);
    m_ticker.setInterval(statusIntervalMs);
    connect(&m_ticker, &QTimer::timeout, this, &Station::tick);
    connectCertificates();
    connectVisitors();
    connectProgramme();
    connectListeners();
    connectReach();
    connect(&m_recording, &StationRecording::failed, this, [this](const Sentence &reason) {
        report(StationEvent::Kind::Problem, reason);
        emit statusChanged(status());
    });
}

void Station::connectCertificates()
{
    connect(&m_certificates, &Certificates::changed, this,
            [this](const std::shared_ptr<const TlsContext> &context) { m_tls.setContext(context); });
    connect(&m_certificates, &Certificates::settled, this, [this] {
        m_tls.setAwaited(false);
        m_lobby.startHandshakes();
    });
    connect(&m_certificates, &Certificates::told, this, &Station::certificatesTold);
}

/// Those who want something of the station, and what becomes of sources.
void Station::connectVisitors()
{
    connect(&m_lobby, &Lobby::refused, this, [this](const Refusal &refusal) {
        const bool isNews = logRefusal(refusal.sentence);
        if (isNews && refusal.port == m_doors.sourcePort() && !refusal.peer.isNull())
            m_sources.noteUnreadable(refusal);
    });
    connect(&m_listeners, &ListenerServer::refused, this, &Station::logRefusal);
    connect(&m_admin, &AdminServer::refused, this, &Station::logRefusal);
    connect(&m_admin, &AdminServer::killSourceAsked, this,
            [this] { m_programme.dropSource(Core::tr("removed by the admin")); });
    connect(&m_sources, &SourceServer::sourceArrived, this, [this](SourceConnection *source) {
        if (!m_onAir) {
            source->deleteLater();
            return;
        }
        qCInfo(lcSource).noquote() << Core::tr("%1 (%2) connected as live source.")
                                          .arg(source->description().address, source->description().program);
        m_programme.setSource(source);
    });
    connect(&m_sources, &SourceServer::attempted, this, &Station::sourceAttempted);
    connect(&m_sources, &SourceServer::titleArrived, &m_programme, &Programme::setLiveTitle);
}

void Station::connectProgramme()
{
    connect(&m_programme, &Programme::entryProblem, this, &Station::entryProblem);
    connect(&m_programme, &Programme::entryRead, this, &Station::entryRead);
    connect(&m_programme, &Programme::entryMeasured, this, &Station::entryMeasured);
    connect(&m_programme, &Programme::liveStarted, this, [this](const SourceDescription &source) {
        report(StationEvent::Kind::LiveStarted,
               Core::tr("Live: %1 from %2.")
                   .arg(source.program.isEmpty() ? u"a source"_s : source.program, source.address));
    });
    connect(&m_programme, &Programme::liveEnded, this,
            [this](const SourceDescription &source, const Sentence &why) {
                report(StationEvent::Kind::LiveEnded,
                       Core::tr("The live source at %1 has ended: %2.").arg(source.address, why));
            });
    connect(&m_programme, &Programme::liveUnheard, this,
            [this](const SourceDescription &source, const Sentence &why, bool isUnplayable) {
                if (isUnplayable)
                    m_sources.noteUnplayable(source, why);
            });
    connect(&m_programme, &Programme::ranDry, this, [this] {
        ++m_underruns;
        report(
            StationEvent::Kind::Underrun,
            Core::tr("The playlist could not be read fast enough; silence keeps the listeners connected."));
    });
    connect(&m_programme, &Programme::headChanged, this, [this](const TrackInfo &track, ProgrammeKind kind) {
        followHead(track, kind);
        if (kind != ProgrammeKind::Silence)
            qCInfo(lcStation).noquote()
                << Core::tr("Now playing: %1")
                       .arg(track.artist.isEmpty() ? track.title : track.artist + u" - "_s + track.title);
        if (m_onAir)
            emit statusChanged(status());
    });
}

void Station::connectListeners()
{
    Broadcaster &broadcaster = m_mount.broadcaster();
    connect(&broadcaster, &Broadcaster::joined, this,
            [this](const ListenerInfo &info) {
                qCInfo(lcListener).noquote()
                    << Core::tr("Listener %1 joined: %2, %3.").arg(info.id, info.address, info.player);
                m_listenerWatch.joined(info);
                // Who comes through a proxy shows nothing of the port itself.
                if (m_settings.server.trustedProxies.isEmpty())
                    m_reach.noteListener(QHostAddress(info.address));
            });
    connect(&broadcaster, &Broadcaster::left, this, [this](const ListenerGone &gone) {
        qCInfo(lcListener).noquote() << Core::tr("Listener %1 (%2, %3) left: %4, %5 bytes.")
                                            .arg(gone.id, gone.info.address, gone.info.player, gone.reason,
                                                 gone.bytesSent);
        m_listenerWatch.left(gone);
        if (m_doors.hasLeftBehind())
            QMetaObject::invokeMethod(this, &Station::closeEmptyDoors, Qt::QueuedConnection);
    });
}

void Station::connectReach()
{
    connect(&m_reach, &Reach::changed, this, [this] {
        const Outside found = outsideOf(m_reach.report(), m_settings.server.mountPoint);
        if (std::exchange(m_foundOutside, found) != found)
            setOutside(found);
        emit statusChanged(status());
    });
    connect(&m_reach, &Reach::told, this, [this](const Sentence &sentence, bool isProblem) {
        if (isProblem)
            report(StationEvent::Kind::Problem, sentence);
        else
            qCInfo(lcStation).noquote() << sentence;
    });
}

Station::~Station()
{
    if (m_onAir)
        goOffAir();
}

void Station::route(Arrival &&arrival)
{
    const Forwarding forwarding = forwardingOf(arrival.request, arrival.ends.peer, m_trustedProxies);
    arrival.address = forwarding.client;
    arrival.isSecure = arrival.ends.isSecure || arrival.ends.wasSecure || forwarding.isSecure;
    arrival.isUnknown = forwarding.isUntrusted || forwarding.isUnsaid;
    arrival.prefix = forwarding.prefix;
    m_place.take(arrival, m_settings.server.mountPoint.toUtf8());
    if (!m_onAir) {
        arrival.transport.close();
        return;
    }
    if (answersProof(arrival))
        return;
    if (arrival.isInReserve && !SourceServer::isFromSource(arrival.request))
        m_listeners.refuseForLackOfRoom(std::move(arrival));
    else if (!arrival.request.origin.isEmpty() &&
             !namesThisServer(
                 arrival.request.origin, arrival.ends.local,
                 {m_doors.sourcePort(), m_doors.listenPort(), arrival.port, m_place.port()},
                 {QHostInfo::localHostName(), QUrl(m_settings.metadata.stationUrl).host(), m_place.host()}))
        m_listeners.refuseForeign(std::move(arrival));
    else if (AdminServer::handles(arrival.request))
        m_admin.handle(std::move(arrival));
    else if (isAtWrongPort(arrival))
        refuseWrongPort(std::move(arrival));
    else if (SourceServer::handles(arrival.request))
        m_sources.handle(std::move(arrival));
    else
        m_listeners.handle(std::move(arrival));
}

// Programs that know one port only, and Shoutcast sources, which come to the port behind the one that was
// entered, are served wherever they knock unless that was forbidden.
bool Station::isAtWrongPort(const Arrival &arrival) const
{
    if (!m_settings.advanced.strictPorts || m_doors.sourcePort() == m_doors.listenPort())
        return false;
    const bool isAtSourcePort = arrival.port == m_doors.sourcePort();
    if (SourceServer::isFromSource(arrival.request))
        return !isAtSourcePort;
    // Encoders' probes and questions of the admin work everywhere.
    return isAtSourcePort && arrival.request.method != "OPTIONS" &&
           !arrival.request.path.startsWith("/admin/");
}

void Station::refuseWrongPort(Arrival &&arrival)
{
    if (SourceServer::isFromSource(arrival.request))
        m_sources.refuseHere(std::move(arrival), Core::tr("This is the port for listeners; live sources "
                                                          "connect to port %1 (advanced.strict_ports is on).")
                                                     .arg(m_doors.sourcePort()));
    else
        m_listeners.refuseHere(
            std::move(arrival),
            u"This is the port for live sources; listeners connect to port %1 (advanced.strict_ports is on)."_s
                .arg(m_doors.listenPort()));
}

// The same refusal again and again is one line.
bool Station::logRefusal(const QString &sentence)
{
    const auto line = m_refusals.line(sentence, monotonicNs() / nsPerMs);
    if (line)
        qCWarning(lcListener).noquote() << *line;
    return line && line->startsWith(sentence); // and not that there are too many of them
}

// ---------------------------------------------------------------- settings

void Station::closeEmptyDoors()
{
    m_doors.closeEmpty([this](quint16 port) { return m_mount.broadcaster().countOn(port); });
}

StationAddresses Station::reachable() const
{
    StationAddresses addresses =
        reachableAddresses(m_settings.server.host, machineAddresses(), m_doors.sourcePort(),
                           m_doors.listenPort(), m_settings.server.mountPoint);
    if (m_place.isKnown()) {
        const QByteArray stream = m_place.base() + encodedMount(m_settings.server.mountPoint);
        addresses.publicStreamUrl = QString::fromLatin1(stream);
        addresses.publicPageUrl = QString::fromLatin1(m_place.base() + '/');
    }
    return addresses;
}

void Station::followCertificates()
{
    m_certificates.setFiles(certificateFilesOf(m_settings, m_baseFolder, m_ownCertificate));
    m_tls.setAwaited(m_certificates.areAwaited());
}

void Station::setOwnCertificate(const QString &file)
{
    m_ownCertificate = file;
    followCertificates();
}

void Station::setProof(const CertificateProof &proof)
{
    m_proof = proof;
    const TlsIdentity identity{QSslCertificate::fromData(proof.certificate, QSsl::Pem),
                               QSslKey(proof.certificate, QSsl::Ec, QSsl::Pem, QSsl::PrivateKey)};
    const auto context = identity.isEmpty() ? std::shared_ptr<const TlsContext>()
                                            : TlsContext::makeForProof(identity).value_or(nullptr);
    m_tls.setProof(context);
    m_lobby.startHandshakes();
}

void Station::setHttpsStatus(const HttpsStatus &https)
{
    m_https = https;
    emit statusChanged(status());
}

// On either port, whatever else stands there: the authority follows nobody's settings.
bool Station::answersProof(Arrival &arrival)
{
    if (m_proof.token.isEmpty() || arrival.request.path != "/.well-known/acme-challenge/" + m_proof.token)
        return false;
    HttpResponse response = HttpResponse::text(200, {});
    response.contentType = "application/octet-stream";
    response.body = m_proof.keyAuthorization;
    m_listeners.respond(std::move(arrival), response);
    return true;
}

void Station::tellAddresses()
{
    const StationAddresses addresses = reachable();
    if (!m_onAir || addresses == m_addresses)
        return;
    m_addresses = addresses;
    m_listeners.forgetPages();
    emit addressesChanged(m_addresses);
}

void Station::tellListeners()
{
    const ListenerServerOptions options = listenerOptionsOf(m_settings, m_outside, m_monitorToken);
    m_place = options.place;
    m_listeners.setOptions(options);
}

void Station::setOutside(const Outside &outside)
{
    if (outside == m_outside)
        return;
    m_outside = outside;
    tellListeners();
    tellAddresses();
    emit statusChanged(status());
}

void Station::applySettings(const Settings &settings)
{
    if (m_onAir) {
        if (const auto problem = m_doors.move(doorOptionsOf(settings))) {
            const QString field = problem->place == Doors::Place::Host         ? u"server.host"_s
                                  : problem->place == Doors::Place::SourcePort ? u"server.source_port"_s
                                                                               : u"server.listen_port"_s;
            emit settingsRejected({{field, problem->sentence, false}});
            return;
        }
    }
    const QStringList changed = changedKeys(m_settings, settings);
    m_settings = settings;
    followCertificates();
    tellRooms(std::exchange(m_hasToldRooms, true) ? changed : allKeys());
    m_recording.followSettings(m_settings, changed);
    if (m_onAir) {
        closeEmptyDoors();
        tellAddresses();
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
        case SettingsRoom::System:
            m_share.ask(m_settings.advanced.nice, m_settings.advanced.cpus);
            break;
        case SettingsRoom::Mount:
            tellMount(nowNs);
            break;
        case SettingsRoom::Playout:
            m_programme.setPlayout(playoutOptionsOf(m_settings), nowNs);
            break;
        case SettingsRoom::Programme:
            m_programme.setOptions(programmeOptionsOf(m_settings));
            break;
        case SettingsRoom::Order:
            m_programme.setOrder(m_settings.playlist.shuffle, m_settings.playlist.repeat, nowNs);
            break;
        case SettingsRoom::Jingles:
            m_programme.setJingleRule({m_settings.jingles.everySongs, m_settings.jingles.everyMinutes},
                                      nowNs);
            break;
        case SettingsRoom::Sources:
            m_sources.setOptions(sourceOptionsOf(m_settings));
            m_programme.setSourceTimeout(m_settings.advanced.sourceTimeout);
            break;
        case SettingsRoom::Listeners:
            tellListeners();
            break;
        case SettingsRoom::Doors:
            tellWhoMayComeIn();
            break;
        case SettingsRoom::Reach:
            tellReach();
            break;
        }
    }
}

// What the computer does not permit changes nothing else; the self-test tells of it as well.
void Station::tellMount(qint64 nowNs)
{
    const MountOptions mount = mountOptionsOf(m_settings);
    const bool resized = m_mount.capacityBytes() != mount.capacityBytes;
    m_mount.setOptions(mount);
    if (resized)
        m_programme.capacityChanged(nowNs);
}

void Station::tellWhoMayComeIn()
{
    m_logins.setOptions(loginOptionsOf(m_settings));
    const LobbyOptions lobby = lobbyOptionsOf(m_settings);
    m_trustedProxies = lobby.trustedProxies;
    m_lobby.setOptions(lobby);
    m_admin.setOptions(adminOptionsOf(m_settings));
}

void Station::tellReach()
{
    m_reach.setOptions({m_settings.server.host, m_onAir ? m_doors.listenPort() : 0,
                        m_settings.server.mountPoint, m_settings.reach.openPort});
}

void Station::checkReach()
{
    m_reach.look();
}

// ---------------------------------------------------------------- on and off the air

void Station::goOnAir()
{
    if (m_onAir)
        return;
    if (const auto problem = m_doors.open(doorOptionsOf(m_settings))) {
        emit onAirFailed(problem->sentence);
        return;
    }
    const qint64 nowNs = monotonicNs();
    m_onAir = true;
    m_onAirSinceNs = nowNs;
    m_lastBytes = m_mount.broadcaster().totalBytesSent();
    m_lastBytesNs = nowNs;
    m_addresses = reachable();
    m_listeners.forgetPages();
    m_mount.start();
    m_recording.goOnAir();
    tellReach();
    m_programme.start(nowNs);
    m_ticker.start();
    report(StationEvent::Kind::OnAir, Core::tr("On the air at %1.").arg(m_addresses.streamUrl));
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
    m_recording.goOffAir();
    m_programme.stop();
    m_history.ended();
    m_mount.stop();
    m_sources.closeAll();
    m_desk.forgetAll();
    m_lobby.closeAll();
    tellReach();
    m_addresses = {};
    m_outRate = 0.0;
    report(StationEvent::Kind::OffAir, Core::tr("Off the air."));
    sendListeners();
    emit offAir();
    emit statusChanged(status());
}

void Station::setPlaylist(const EntryList &entries)
{
    m_programme.setEntries(entries, monotonicNs());
    emit statusChanged(status());
}

void Station::updateEntries(const QList<PlaylistEntry> &fresh)
{
    m_programme.updateEntries(fresh, monotonicNs());
    if (!m_onAir) // on the air the next tick tells
        emit statusChanged(status());
}

void Station::restorePlaylist(const EntryList &entries, const OrderState &order)
{
    m_history.restore(order.history);
    m_programme.setEntries(entries, monotonicNs(), &order.bag);
    emit statusChanged(status());
}

void Station::setJingles(const QList<PlaylistEntry> &jingles)
{
    m_programme.setJingles(jingles, monotonicNs());
}

void Station::skip()
{
    if (!m_onAir)
        return;
    report(StationEvent::Kind::Skip, Core::tr("Skipped %1.").arg(m_programme.current().title));
    m_programme.skip(monotonicNs());
}

void Station::playFrom(quint64 entryId, qint64 positionMs)
{
    m_programme.playFrom(entryId, positionMs, monotonicNs());
}

void Station::playNext(const QList<quint64> &entryIds)
{
    m_programme.playNext(entryIds, monotonicNs());
    emit statusChanged(status());
}

void Station::followHead(const TrackInfo &track, ProgrammeKind kind)
{
    m_history.headChanged(track, kind, m_programme.isJingle(track.entryId), QDateTime::currentDateTime());
    emit orderChanged({m_programme.bag(), m_history.playedAndPlaying()});
}

void Station::dropSource()
{
    m_programme.dropSource(Core::tr("removed by you"));
}

void Station::dropListener(quint64 listenerId)
{
    m_mount.broadcaster().remove(listenerId, LeftBecause::RemovedByYou);
}

void Station::setFolders(const QString &base, const QString &recordings)
{
    m_baseFolder = base;
    m_recording.setFolders(base, recordings);
}

void Station::setDirectoryStatus(const DirectoryStatus &directory)
{
    m_directory = directory;
    emit statusChanged(status());
}

void Station::setRecording(bool on)
{
    m_recording.setWanted(on);
    emit statusChanged(status());
}

void Station::setBans(const QList<Ban> &bans)
{
    m_listeners.setBans(bans);
}

void Station::watchStatus(bool watched)
{
    m_ticker.setInterval(watched ? statusIntervalMs : unwatchedIntervalMs);
}

void Station::setMonitorToken(const QByteArray &token)
{
    m_monitorToken = token;
    tellListeners();
}

// ---------------------------------------------------------------- what is told

void Station::watchListeners(bool watched)
{
    m_listenerWatch.setWatched(watched);
    sendListeners();
}

void Station::sendListeners()
{
    if (const auto update = m_listenerWatch.next(m_mount.broadcaster(), monotonicNs()))
        emit listenersChanged(*update);
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
    if (nowNs - m_lastSweepNs >= sweepNs) {
        m_lastSweepNs = nowNs;
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
    m_process.look(nowNs);
    status.cpuPercent = m_process.cpuPercent();
    status.memoryBytes = m_process.residentBytes();
    status.descriptors = m_process.descriptors();
    status.descriptorLimit = m_process.descriptorLimit();
    status.gatheringMs = static_cast<int>(m_mount.stretchedNs() / nsPerMs);
    status.latencyMs = liveCushionMs(m_settings) + qMax(liveGatherMs(m_settings), status.gatheringMs);
    status.skips = broadcaster.totalSkips();
    status.history = m_history.played();
    status.recording = m_recording.status();
    status.outside = m_outside;
    status.directory = m_directory;
    status.https = m_https;
    status.reach = m_reach.report();
    return status;
}

void Station::report(StationEvent::Kind kind, const Sentence &text)
{
    if (kind == StationEvent::Kind::Problem)
        qCWarning(lcStation).noquote() << text;
    else
        qCInfo(lcStation).noquote() << text;
    emit eventHappened({kind, QDateTime::currentDateTime(), text});
}

} // namespace cycast
