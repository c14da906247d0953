// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playlist/library/folderwatch.h"
#include "core/station/stationcontrol.h"

#include <QHash>
#include <QSet>
#include <QThread>

#include <deque>
#include <memory>
#include <optional>

namespace cycast
{

class Auditor;
class FolderWatch;
class Library;
class LoudnessSurvey;
class OrderStore;
class Station;
struct TlsIdentity;
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
    /// How soon it is noticed what happens in music folders.
    FolderPace folderPace = {};
};

/// The real one behind the door: a station in a thread of its own.
///
/// * Owns the worker thread; one Station is made, used and deleted in it and owns every socket, the ring and
///   the clock.
/// * No call blocks on the station, except the destructor, which ends the station and waits for its thread.
/// * Files are listed and tags read on a pool of its own (Library): a slow disk delays neither side.
///
/// The threads of the program, and what each owns:
///
/// | thread                      | made by           | owns | | main                        | the system |
/// this, the window, the settings file                    | | "cycast-station"            | ThreadedStation
/// | Station: every socket, the ring, the clock             | | TLS                         | TlsTerminator
/// | handshakes, and what is secured of connections         | | playlist reader             | PlaylistFeeder
/// | the file that is read ahead, its helper's pipes        | | recording                   | Recorder | the
/// files that are written                             | | ear                         | Ear               |
/// the built-in listener's connection and its decoder     | | library (pool)              | Library | one
/// list, tag or cover at a time                       | | folder watch                | FolderWatch       |
/// the system's notices, and the searches they cause      | | loudness (pool)             | LoudnessSurvey |
/// one file at a time, through a helper                   | | order, session (pools of 1) | OrderStore,
/// SessionStore | one state file each                             | | log                         |
/// LineWriter        | the standard error                                     |
///
/// Only ThreadedStation moves an object to another thread for its whole life, but for TlsTerminator.
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
    void receiveStatus(const StationStatus &status);
    void receiveSettings(const Settings &settings);
    template<class Call>
    void tell(Call &&call);
    void takeNextChange();
    void hand(const Settings &wanted);
    void receiveRejection(const QList<SettingsProblem> &problems);
    std::optional<TlsIdentity> identityFor(const Settings &settings, QList<SettingsProblem> &problems);
    void followAudition();
    void connectLibrary();
    void makeAuditor();
    void connectWatch();
    void tellWatch();
    void loadDirectory();
    void waitForDirectory(const QString &music);
    void loadJingles();
    void watchJingles(const QString &folder);
    void tellJingles();
    void tellTags(const QList<PlaylistEntry> &entries);
    void takeDirectory(EntryList entries);
    void surveyRestored();
    void takeTags(const QList<PlaylistEntry> &entries);
    void takeAppeared(const QStringList &paths);
    void takeVanished(const QStringList &paths);
    void takeReturned(const QStringList &paths);
    void lookForMissing(quint64 entryId, const QString &reason);
    QString absolute(const QString &folder) const;

    StationOptions m_options;
    bool m_hasSettings = false;
    struct Change {
        std::function<void(Settings &)> change;
        bool isAlwaysApplied = false; ///< also when it changes nothing
    };
    /// Those that wait for the station's answer to the one before: each begins with what that left.
    std::deque<Change> m_changes;
    bool m_awaitsAnswer = false;
    QList<SettingsProblem> m_tlsWarnings; ///< of the settings that the station has been handed last
    QByteArray m_monitorToken;
    Auditor *m_auditor = nullptr; ///< a child; null when nobody listens
    QThread m_thread;
    Worker *m_worker = nullptr; ///< lives in m_thread, deleted there when the thread ends
    std::unique_ptr<Library> m_library;
    std::unique_ptr<FolderWatch> m_watch;
    std::unique_ptr<OrderStore> m_order;
    std::unique_ptr<LoudnessSurvey> m_survey;
    EntryList m_playlist; ///< the rows that the station has; their tags may be newer there
    bool m_hasRestoredOrder = false;
    QString m_loadedDirectory;      ///< what loadsDirectory has taken, with its extensions
    quint64 m_directoryRequest = 0; ///< of loadDirectory
    EntryList m_directoryEntries;
    QString m_loadedJingles; ///< likewise of the jingles
    quint64 m_jingleRequest = 0;
    QList<PlaylistEntry> m_jingles;    ///< of the folder
    QList<PlaylistEntry> m_ownJingles; ///< of the second list
    std::unique_ptr<FolderWatch> m_jingleWatch;
    QSet<quint64> m_loggedProblems; ///< rows whose problem has been logged
    QSet<quint64> m_jingleImports;  ///< those under way
    /// Imports under way: what is to be watched when they end, and since when.
    QHash<quint64, std::pair<QStringList, QDateTime>> m_watchAfter;
};

} // namespace cycast
