// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/station.h"

#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/net/socket/tlscontext.h"
#include "core/net/stream/streamlinks.h"
#include "core/station/addresses.h"
#include "core/station/roomoptions.h"
#include "core/station/settingsrooms.h"

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
    , m_lobby([this](Arrival &&arrival) { m_reception.receive(std::move(arrival)); })
    , m_desk(m_logins, m_lobby)
    , m_sources(m_desk, m_lobby, [this] { return m_programme.stageView(monotonicNs()); })
    , m_listeners(m_mount.broadcaster(),
                  {[this] { return status(); }, [this] { return m_programme.format(); },
                   [this] { return m_figures.underruns(); }},
                  m_lobby)
    , m_admin(m_logins, m_desk, m_mount.broadcaster(), m_listeners)
    , m_doors(m_lobby, [this] { return m_mount.isRoundDue(monotonicNs()); })
    , m_reception(m_sources, m_listeners, m_admin, m_doors)
    , m_recording(m_mount, [this](quint64 entryId) { return m_programme.isJingle(entryId); })
    , m_figures(m_mount, m_programme, m_history, m_recording, m_reach)
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
        sendStatus();
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
    connect(&m_certificates, &Certificates::problemsChanged, this, &Station::certificatesChecked);
}

/// Those who want something of the station, and what becomes of sources.
void Station::connectVisitors()
{
    connect(&m_lobby, &Lobby::refused, this, [this](const Refusal &refusal) {
        const bool isNews = logRefusal(refusal.sentence);
        if (isNews && refusal.port == m_doors.sourcePort() && !refusal.peer.isNull())
            m_sources.reportUnreadable(refusal);
    });
    connect(&m_listeners, &ListenerServer::refused, this, &Station::logRefusal);
    connect(&m_admin, &AdminServer::refused, this, &Station::logRefusal);
    connect(&m_admin, &AdminServer::killSourceAsked, this,
            [this] { m_programme.dropSource(Core::tr("removed by the admin")); });
    connect(&m_sources, &SourceServer::sourceArrived, this, [this](SourceConnection *source) {
        if (!m_figures.isOnAir()) {
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
                    m_sources.reportUnplayable(source, why);
            });
    connect(&m_programme, &Programme::ranDry, this, [this] {
        m_figures.countUnderrun();
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
        if (m_figures.isOnAir())
            sendStatus();
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
        sendStatus();
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
    if (m_figures.isOnAir())
        goOffAir();
}

// The same refusal again and again is one line.
bool Station::logRefusal(const QString &sentence)
{
    const auto line = m_refusals.line(sentence, monotonicMs());
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
    m_reception.setProof(proof);
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
    sendStatus();
}

void Station::sendAddresses()
{
    const StationAddresses addresses = reachable();
    if (!m_figures.isOnAir() || addresses == m_figures.addresses())
        return;
    m_figures.setAddresses(addresses);
    m_listeners.forgetPages();
    emit addressesChanged(addresses);
}

void Station::configureListeners()
{
    const ListenerServerOptions options = listenerOptionsOf(m_settings, m_outside, m_monitorToken);
    m_place = options.place;
    m_reception.setPlace(options.place, m_settings.server.mountPoint);
    m_listeners.setOptions(options);
}

void Station::setOutside(const Outside &outside)
{
    if (outside == m_outside)
        return;
    m_outside = outside;
    configureListeners();
    sendAddresses();
    sendStatus();
}

void Station::applySettings(const Settings &settings)
{
    if (m_figures.isOnAir()) {
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
    m_figures.setLatency(liveCushionMs(m_settings), liveGatherMs(m_settings));
    followCertificates();
    configureRooms(std::exchange(m_roomsAreConfigured, true) ? changed : allKeys());
    m_recording.followSettings(m_settings, changed);
    if (m_figures.isOnAir()) {
        closeEmptyDoors();
        sendAddresses();
        if (!changed.isEmpty())
            report(StationEvent::Kind::SettingsChanged,
                   Core::tr("Settings changed: %1.").arg(changed.join(u", "_s)));
    }
    emit settingsApplied(m_settings);
    sendStatus();
}

// Only the rooms that one of these keys concerns: a new station name cuts no read-ahead and reads no file
// again.
void Station::configureRooms(const QStringList &changed)
{
    const qint64 nowNs = monotonicNs();
    for (const SettingsRoom room : roomsOf(changed)) {
        switch (room) {
        case SettingsRoom::Log:
            setVerboseLogging(m_settings.advanced.verboseLogging);
            break;
        case SettingsRoom::System:
            m_share.claim(m_settings.advanced.nice, m_settings.advanced.cpus);
            break;
        case SettingsRoom::Mount:
            configureMount(nowNs);
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
            configureListeners();
            break;
        case SettingsRoom::Doors:
            configureVisitors();
            break;
        case SettingsRoom::Reach:
            configureReach();
            break;
        }
    }
}

void Station::configureMount(qint64 nowNs)
{
    const MountOptions mount = mountOptionsOf(m_settings);
    const bool resized = m_mount.capacityBytes() != mount.capacityBytes;
    m_mount.setOptions(mount);
    if (resized)
        m_programme.capacityChanged(nowNs);
}

void Station::configureVisitors()
{
    m_logins.setOptions(loginOptionsOf(m_settings));
    const LobbyOptions lobby = lobbyOptionsOf(m_settings);
    m_lobby.setOptions(lobby);
    m_reception.setOptions(
        {lobby.trustedProxies, m_settings.advanced.strictPorts, m_settings.metadata.stationUrl});
    m_admin.setOptions(adminOptionsOf(m_settings));
}

void Station::configureReach()
{
    m_reach.setOptions({m_settings.server.host, m_figures.isOnAir() ? m_doors.listenPort() : 0,
                        m_settings.server.mountPoint, m_settings.reach.openPort});
}

void Station::checkReach()
{
    m_reach.look();
}

// ---------------------------------------------------------------- on and off the air

void Station::goOnAir()
{
    if (m_figures.isOnAir())
        return;
    if (const auto problem = m_doors.open(doorOptionsOf(m_settings))) {
        emit onAirFailed(problem->sentence);
        return;
    }
    const qint64 nowNs = monotonicNs();
    const StationAddresses addresses = reachable();
    m_figures.goOnAir(addresses, nowNs);
    m_reception.setOpen(true);
    m_listeners.forgetPages();
    m_mount.start();
    m_recording.goOnAir();
    configureReach();
    m_programme.start(nowNs);
    m_ticker.start();
    report(StationEvent::Kind::OnAir, Core::tr("On the air at %1.").arg(addresses.streamUrl));
    emit onAir(addresses);
    sendStatus();
}

void Station::goOffAir()
{
    if (!m_figures.isOnAir())
        return;
    m_reception.setOpen(false);
    m_figures.goOffAir();
    m_ticker.stop();
    m_doors.closeAll();
    m_recording.goOffAir();
    m_programme.stop();
    m_history.ended();
    m_mount.stop();
    m_sources.closeAll();
    m_desk.forgetAll();
    m_lobby.closeAll();
    configureReach();
    report(StationEvent::Kind::OffAir, Core::tr("Off the air."));
    sendListeners();
    emit offAir();
    sendStatus();
}

void Station::setPlaylist(const EntryList &entries)
{
    m_programme.setEntries(entries, monotonicNs());
    sendStatus();
}

void Station::updateEntries(const QList<PlaylistEntry> &fresh)
{
    m_programme.updateEntries(fresh, monotonicNs());
    if (!m_figures.isOnAir()) // on the air the next tick tells
        sendStatus();
}

void Station::restorePlaylist(const EntryList &entries, const OrderState &order)
{
    m_history.restore(order.history);
    m_programme.setEntries(entries, monotonicNs(), &order.bag);
    sendStatus();
}

void Station::setJingles(const QList<PlaylistEntry> &jingles)
{
    m_programme.setJingles(jingles, monotonicNs());
}

void Station::skip()
{
    if (!m_figures.isOnAir())
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
    sendStatus();
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
    sendStatus();
}

void Station::setRecording(bool on)
{
    m_recording.setWanted(on);
    sendStatus();
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
    configureListeners();
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
    m_figures.look(nowNs);
    if (nowNs - m_lastSweepNs >= sweepNs) {
        m_lastSweepNs = nowNs;
        m_mount.broadcaster().dropSilentPeers(nowNs);
        closeEmptyDoors();
    }
    sendStatus();
    sendListeners();
}

StationStatus Station::status()
{
    StationStatus status = m_figures.status(monotonicNs());
    status.outside = m_outside;
    status.directory = m_directory;
    status.https = m_https;
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
