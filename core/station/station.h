// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/config/settings.h"
#include "core/net/http/refusallog.h"
#include "core/net/socket/tlshandshakes.h"
#include "core/net/stream/mount.h"
#include "core/reach/reach.h"
#include "core/station/certificates.h"
#include "core/station/listenerwatch.h"
#include "core/station/reception.h"
#include "core/station/stationfigures.h"
#include "core/station/systemshare.h"
#include "core/values/ban.h"
#include "core/values/certificateproof.h"
#include "core/values/directorystatus.h"
#include "core/values/httpsstatus.h"
#include "core/values/listenerinfo.h"
#include "core/values/orderstate.h"
#include "core/values/outside.h"
#include "core/values/playedtrack.h"
#include "core/values/playlistentry.h"
#include "core/values/sourceattempt.h"
#include "core/values/stationevent.h"
#include "core/values/track.h"

#include <memory>
#include <optional>
#include <vector>

namespace cycast
{

/// The engine: owns every room, wires programme -> mount -> listeners, and tells the rooms what the settings
/// mean for them. Made, used and deleted in the worker thread; reached through StationControl only.
class Station : public QObject
{
    Q_OBJECT

public:
    Station();
    ~Station() override;

    /// Against which relative folders of the settings are read, and where recordings go by default.
    void setFolders(const QString &base, const QString &recordings);

    /// Already validated. On the air: live, no listener is dropped; a port that is taken keeps the old one
    /// and is told by settingsRejected with nothing changed.
    /// The certificates are looked at each time; certificatesChecked says what is wrong with them.
    void applySettings(const Settings &settings);
    void goOnAir();
    void goOffAir();

    void setPlaylist(const EntryList &entries);
    /// More is known about these rows and jingles; the list stays.
    void updateEntries(const QList<PlaylistEntry> &fresh);
    /// The first list of this run, and where an earlier run had got to.
    void restorePlaylist(const EntryList &entries, const OrderState &order);
    void setJingles(const QList<PlaylistEntry> &jingles);
    void skip();
    void playFrom(quint64 entryId, qint64 positionMs);
    void playNext(const QList<quint64> &entryIds);
    /// On the air: at once. Off the air: from the next start on.
    void setRecording(bool on);
    void dropSource();
    void dropListener(quint64 listenerId);
    void watchListeners(bool watched);
    /// Not watched, the status comes once in a second on the air instead of four times.
    void watchStatus(bool watched);
    void setBans(const QList<Ban> &bans);
    /// What was found out about the way in from outside; every link that is shown from now on follows it.
    void setOutside(const Outside &outside);
    /// What a certificate authority has to see at both ports; empty: nothing any more.
    void setProof(const CertificateProof &proof);
    /// The certificate that is got by itself, with its key in the same file; the user's own
    /// (server.tls_certificate) goes before it. Empty: there is none.
    void setOwnCertificate(const QString &file);
    void setHttpsStatus(const HttpsStatus &https);
    /// How it stands with the public directory: for those who ask for the status.
    void setDirectoryStatus(const DirectoryStatus &directory);
    /// How the built-in listener makes itself known; see ListenerServerOptions.
    void setMonitorToken(const QByteArray &token);
    /// Looks whether people outside can listen; the answer is the status's 'reach'. On the air only.
    void checkReach();

signals:
    void statusChanged(const cycast::StationStatus &status);
    void listenersChanged(const cycast::ListenersUpdate &update);
    void settingsApplied(const cycast::Settings &settings);
    void certificatesChecked(const QList<cycast::SettingsProblem> &warnings);
    void settingsRejected(const QList<cycast::SettingsProblem> &problems);
    void onAir(const cycast::StationAddresses &addresses);
    void onAirFailed(const cycast::Sentence &reason);
    void offAir();
    void addressesChanged(const cycast::StationAddresses &addresses);
    void eventHappened(const cycast::StationEvent &event);
    void sourceAttempted(const cycast::SourceAttempt &attempt);
    void entryProblem(quint64 entryId, const cycast::Sentence &reason,
                      cycast::EntryFault fault = cycast::EntryFault::None);
    /// Its tags were read when it was opened to be played.
    void entryRead(const cycast::PlaylistEntry &entry);
    void entryMeasured(quint64 entryId, double lufs, int silentEndMs);
    /// Another track is heard: what is to be kept for the next start.
    void orderChanged(const cycast::OrderState &order);

private:
    void connectCertificates();
    void connectVisitors();
    void connectProgramme();
    void connectListeners();
    void connectReach();
    /// False: nothing was logged, for it has been said.
    bool logRefusal(const QString &sentence);
    void configureVisitors();
    void configureReach();
    StationAddresses reachable() const;
    void sendAddresses();
    void followCertificates();
    void configureListeners();
    void closeEmptyDoors();
    void configureRooms(const QStringList &changed);
    void configureMount(qint64 nowNs);
    void tick();
    StationStatus status();
    void sendStatus() { emit statusChanged(status()); }
    void sendListeners();
    void report(StationEvent::Kind kind, const Sentence &text);
    void followHead(const TrackInfo &track, ProgrammeKind kind);

    Settings m_settings;
    QString m_baseFolder;
    SystemShare m_share;
    bool m_roomsAreConfigured = false; ///< all that the first settings say
    Mount m_mount;
    ReadAhead m_readAhead;
    Programme m_programme;
    TlsHandshakes m_tls;
    Certificates m_certificates;
    Lobby m_lobby;
    Logins m_logins;
    LoginDesk m_desk;
    RefusalLog m_refusals;
    SourceServer m_sources;
    ListenerServer m_listeners;
    AdminServer m_admin;
    Doors m_doors;
    Reception m_reception;
    PlayHistory m_history;
    StationRecording m_recording;
    ListenerWatch m_listenerWatch;
    Reach m_reach;
    StationFigures m_figures;
    QTimer m_ticker;
    qint64 m_lastSweepNs = 0;
    Outside m_outside;
    Outside m_foundOutside; ///< by m_reach
    DirectoryStatus m_directory;
    HttpsStatus m_https;
    QString m_ownCertificate;
    PublicPlace m_place;
    QByteArray m_monitorToken;
};

} // namespace cycast
