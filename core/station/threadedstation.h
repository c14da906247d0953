// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playlist/library/folderwatch.h"
#include "core/station/stationcontrol.h"

#include <QThread>

#include <functional>
#include <memory>

namespace cycast
{

class Announcer;
class Auditor;
class Certifier;
class Librarian;
class OrderStore;
class Station;
class WantedSettings;
struct OrderState;

struct StationOptions {
    /// Port 0 in the settings means "any free port" (tests, --any-port).
    PortRule portRule = PortRule::Fixed;
    /// Against which a relative playlist.directory is read: the folder of the settings file.
    QString baseDirectory;
    /// Whether the engine itself loads playlist.directory (headless). The window hands its own list over.
    bool loadsDirectory = false;
    /// A built-in listener checks what is really heard (auditionChanged): always, or where the settings want
    /// something done about silence (alarm.skip_when_silent), from that moment on.
    bool listensToItself = false;
    bool listensWhenItActs = false;
    /// On the air statusChanged comes four times a second; without anybody to look at it, once.
    bool isWatched = true;
    /// Where the shuffle bag and the history are kept over a restart; empty: nowhere.
    QString orderFile = {};
    /// The folder for the certificate that is got by itself, its key and the account's; empty: none is got.
    QString certificateFolder = {};
    /// Where it is kept what directories and names have been told; empty: nowhere.
    QString announceFile = {};
    /// A certificate is got and looked for by this one; for tests.
    std::function<void(Certifier &)> prepareCertifier = {};
    /// How soon it is noticed what happens in music folders.
    FolderPace folderPace = {};
};

/// The real one behind the door: a station in a thread of its own.
///
/// * Owns the worker thread; one Station is made, used and deleted in it and owns every socket, the ring and
///   the clock.
/// * No call blocks on the station, except the destructor, which ends the station and waits for its thread.
/// * Files are the business of a Librarian, on this side: a slow disk delays neither.
class ThreadedStation : public StationControl
{
    Q_OBJECT

public:
    explicit ThreadedStation(StationOptions options = {}, QObject *parent = nullptr);
    ~ThreadedStation() override;

    const QByteArray &monitorToken() const override { return m_monitorToken; }
    void change(const std::function<void(cycast::Settings &settings)> &change) override;

    void applySettings(const cycast::Settings &settings) override;
    void goOnAir() override;
    void goOffAir() override;
    void setPlaylist(const cycast::EntryList &entries) override;
    void skip() override;
    void playFrom(quint64 entryId, qint64 positionMs = 0) override;
    void playNext(const QList<quint64> &entryIds) override;
    void setJingles(const QList<cycast::PlaylistEntry> &jingles) override;
    void setRecording(bool on) override;
    void dropSource() override;
    void dropListener(quint64 listenerId) override;
    void setBans(const QList<cycast::Ban> &bans) override;
    void setOutside(const cycast::Outside &outside) override;
    void getCertificate() override;
    void checkReach() override;
    void watchListeners(bool watched) override;
    quint64 importPaths(const QStringList &paths) override;
    quint64 importJingles(const QStringList &paths) override;
    void readTags(const QList<cycast::PlaylistEntry> &entries,
                  cycast::RowList list = cycast::RowList::Tracks) override;
    void cancelImport() override;
    void exportPlaylist(const cycast::EntryList &entries, const QString &path) override;
    void lookForFiles(const cycast::EntryList &entries) override;
    void watchFolders(const QStringList &folders, const QDateTime &since = {}) override;
    void readCover(quint64 entryId) override;

private:
    class Worker;

    template<class Owner, class... Values>
    void relay(Station *station, void (Station::*told)(Values...), void (Owner::*answer)(Values...));
    template<class Call>
    void post(Call &&call);
    void connectStation(Station *station);
    void connectSettings();
    void connectLibrarian();
    void connectOutside();
    void receiveStatus(const StationStatus &status);
    void receiveSettings(const Settings &settings);
    void receiveCertificates(const QList<SettingsProblem> &warnings);
    void receiveRejection(const QList<SettingsProblem> &problems);
    void announce();
    void receiveOrder(const OrderState &order);
    void followAudition();
    void makeAuditor();

    StationOptions m_options;
    QByteArray m_monitorToken;
    Auditor *m_auditor = nullptr; ///< a child; null when nobody listens
    QThread m_thread;
    Worker *m_worker = nullptr; ///< lives in m_thread, deleted there when the thread ends
    std::unique_ptr<WantedSettings> m_wanted;
    std::unique_ptr<Librarian> m_librarian;
    std::unique_ptr<OrderStore> m_order;
    std::unique_ptr<Announcer> m_announcer;
    std::unique_ptr<Certifier> m_certifier;
    bool m_hasRestoredOrder = false;
};

} // namespace cycast
