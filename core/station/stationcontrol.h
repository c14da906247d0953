// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audition/audition.h"
#include "core/config/settings.h"
#include "core/values/ban.h"
#include "core/values/entrylist.h"
#include "core/values/listenerinfo.h"
#include "core/values/playlistentry.h"
#include "core/values/sourceattempt.h"
#include "core/values/stationaddresses.h"
#include "core/values/stationevent.h"
#include "core/values/stationstatus.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QThread>

#include <memory>

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
    /// A built-in listener checks what is really heard (auditionChanged).
    bool listensToItself = false;
    /// On the air statusChanged comes four times a second; without anybody to look at it, once.
    bool isWatched = true;
    /// Where the shuffle bag and the history are kept over a restart; empty: nowhere.
    QString orderFile = {};
};

/// THE DOOR between the station and everybody else.
///
/// * Lives in the caller's thread (the GUI thread, or main() of cycastd). The only class that moves an object
///   to another thread, but for TlsTerminator, which keeps a thread of its own for TLS.
/// * Owns the worker thread; one Station is made, used and deleted in it and owns every socket, the ring and
///   the clock.
/// * Across it go values only: calls are queued to the station, answers come back as signals, in order.
/// * No call blocks on the station, except the destructor, which ends the station and waits for its thread.
/// * A caller that is busy or frozen delays its own signals and nothing else.
/// * Files are listed and tags read on a pool of its own (Library): a slow disk delays neither side.
class StationControl : public QObject
{
    Q_OBJECT

public:
    explicit StationControl(StationOptions options = {}, QObject *parent = nullptr);
    ~StationControl() override;

    /// The settings last applied (or handed to the first applySettings that was accepted).
    const Settings &settings() const { return m_settings; }
    const StationStatus &lastStatus() const { return m_status; }
    bool isOnAir() const { return m_status.state == AirState::OnAir; }
    /// What the built-in listener hears; Off without StationOptions::listensToItself.
    const Audition &lastAudition() const { return m_audition; }
    /// Sent as X-Cycast-Monitor it makes a connection one that is not counted: for the self-test.
    const QByteArray &monitorToken() const { return m_monitorToken; }

public slots:
    /// Checks, then hands over; the answer is settingsApplied or settingsRejected. Works on and off the air.
    void applySettings(const cycast::Settings &settings);
    /// Binds both ports and starts the programme. Answer: onAir or onAirFailed.
    void goOnAir();
    /// Closes every listener, the source and both ports. Answer: offAir.
    void goOffAir();

    /// The whole list in its order; its pieces are shared, so 100,000 rows cost little. Read-ahead that the
    /// new list no longer agrees with is cut. The engine does its own shuffling (playlist.shuffle). Tags that
    /// are read later (tagsRead) are known to it without being handed over again.
    void setPlaylist(const cycast::EntryList &entries);
    void skip();
    /// Cuts to this entry now, `positionMs` into it. Off air: where goOnAir starts.
    void playFrom(quint64 entryId, qint64 positionMs = 0);
    /// These come after what is heard now, in this order; then everything goes on as it would have.
    void playNext(const QList<quint64> &entryIds);
    /// The second list: one of these in turn between two tracks, when the settings (jingles) say so. Those of
    /// jingles.directory come behind them.
    void setJingles(const QList<cycast::PlaylistEntry> &jingles);
    /// Records what is sent, or stops doing so. Off the air: for the next broadcast.
    void setRecording(bool on);
    void dropSource();
    void dropListener(quint64 listenerId);
    /// Who may not listen: in force at once, also for those who do. Replaces all earlier ones.
    void setBans(const QList<cycast::Ban> &bans);
    /// Listener tables are only made while somebody watches.
    void watchListeners(bool watched);

    /// Lists files, folders (recursively, sorted) and playlist files; answers with filesFound in batches
    /// under the same request number, then importFinished. Tags follow as tagsRead.
    /// Returns the request number.
    quint64 importPaths(const QStringList &paths);
    /// The same for the second list: answers in the same way; folders are not watched.
    quint64 importJingles(const QStringList &paths);
    /// Reads tags again, or for restored rows that never had any. Answers tagsRead.
    void readTags(const QList<cycast::PlaylistEntry> &entries);
    /// Drops all work of imports and tags that has not been done yet.
    void cancelImport();
    /// Writes the entries (aside and swapped, on the pool) as M3U, PLS or XSPF by the name's ending, else as
    /// M3U8; answers with playlistExported.
    void exportPlaylist(const cycast::EntryList &entries, const QString &path);
    /// Looks whether the files of these rows are there; answers with filesVanished for those that are not.
    void lookForFiles(const cycast::EntryList &entries);
    /// Watches these folders too (playlist.watch); folders that are imported are watched anyway. With a valid
    /// `since`, files that came after that moment appear at once.
    void watchFolders(const QStringList &folders, const QDateTime &since = {});
    /// Reads the picture in a file, or beside it; answers with coverRead.
    void readCover(quint64 entryId);

signals:
    void statusChanged(const cycast::StationStatus &status);
    void listenersChanged(const cycast::ListenersUpdate &update);
    void settingsApplied(const cycast::Settings &settings, const QList<cycast::SettingsProblem> &warnings);
    void settingsRejected(const QList<cycast::SettingsProblem> &problems);
    void onAir(const cycast::StationAddresses &addresses);
    void onAirFailed(const QString &reason);
    void offAir();
    /// After a live change of host, ports or mount.
    void addressesChanged(const cycast::StationAddresses &addresses);
    void eventHappened(const cycast::StationEvent &event);
    /// Every request to broadcast, also the refused ones. At most a few a second: repeats are gathered.
    void sourceAttempted(const cycast::SourceAttempt &attempt);
    /// What the built-in listener hears has changed; at least within half a second.
    void auditionChanged(const cycast::Audition &audition);
    /// A row turned out unplayable (or playable again: empty reason) when its turn came.
    void entryProblem(quint64 entryId, const QString &reason,
                      cycast::EntryFault fault = cycast::EntryFault::None);
    /// How loud a row's file was found to be (LUFS; -70: it is silence), and the silence at its end.
    void entryMeasured(quint64 entryId, double lufs, int silentEndMs);

    void filesFound(quint64 request, const QList<cycast::PlaylistEntry> &entries);
    /// `problems`: a sentence for each path or line that gave nothing.
    void importFinished(quint64 request, int found, const QStringList &problems);
    /// Same ids as the rows they belong to.
    void tagsRead(const QList<cycast::PlaylistEntry> &entries);
    /// Counts over all tag reading in flight; done == total when finished.
    void tagProgress(int done, int total);
    /// The folders that are watched now, as they were given.
    void foldersWatched(const QStringList &folders);
    /// Rows for files that are new, or back, below watched folders. Whoever takes them in asks for their
    /// tags.
    void filesAppeared(const QList<cycast::PlaylistEntry> &entries);
    /// Paths below watched folders that are gone.
    void filesVanished(const QStringList &paths);
    /// What jingles.directory holds now; it is watched as the others are.
    void folderJinglesChanged(const QList<cycast::PlaylistEntry> &jingles);
    /// An encoded picture (JPEG, PNG ...) of at most 16 MiB; empty: there is none.
    void coverRead(quint64 entryId, const QByteArray &picture);
    /// `error`: a sentence; empty when the file is written.
    void playlistExported(const QString &path, const QString &error);

private:
    class Worker;

    template<class... Values>
    void relay(Station *station, void (Station::*told)(Values...), void (StationControl::*answer)(Values...));
    void receiveStatus(const StationStatus &status);
    void receiveSettings(const Settings &settings);
    template<class Call>
    void tell(Call &&call);
    TlsIdentity identityFor(const Settings &settings, QList<SettingsProblem> &problems) const;
    void connectLibrary();
    void connectAuditor();
    void connectWatch();
    void tellWatch();
    void loadDirectory();
    void loadJingles();
    void watchJingles(const QString &folder);
    void tellJingles();
    void tellTags(const QList<PlaylistEntry> &entries);
    void takeDirectory(EntryList entries);
    void surveyRestored();
    void takeTags(const QList<PlaylistEntry> &entries);
    void takeAppeared(const QStringList &paths);
    void takeVanished(const QStringList &paths);
    QString absolute(const QString &folder) const;

    StationOptions m_options;
    Settings m_settings;
    bool m_hasSettings = false;
    StationStatus m_status;
    Audition m_audition;
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
    /// Imports under way: what is to be watched when they end, and since when.
    QHash<quint64, std::pair<QStringList, QDateTime>> m_watchAfter;
};

} // namespace cycast
