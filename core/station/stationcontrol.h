// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audition/audition.h"
#include "core/base/sentence.h"
#include "core/config/settings.h"
#include "core/librarian/filenews.h"
#include "core/values/ban.h"
#include "core/values/entrylist.h"
#include "core/values/listenerinfo.h"
#include "core/values/outside.h"
#include "core/values/playlistentry.h"
#include "core/values/rowlist.h"
#include "core/values/sourceattempt.h"
#include "core/values/stationaddresses.h"
#include "core/values/stationevent.h"
#include "core/values/stationstatus.h"

#include <functional>

namespace cycast
{

/// THE DOOR between the station and everybody else: an interface. Behind it stands a ThreadedStation in the
/// programs, and a FakeStation in the tests of the window.
///
/// * Lives in the caller's thread (the GUI thread, or main() of cycastd).
/// * Across it go values only: calls are queued to the station, answers come back as signals, later and in
///   order, never out of the call itself; but for settings that are wrong in themselves, which are rejected
///   at once.
/// * No call blocks on the station.
/// * A caller that is busy or frozen delays its own signals and nothing else.
/// * What is said of files (imports, tags, covers, watched folders) never crosses it: a Librarian on the
///   caller's side answers.
///
/// The threads of the program: who makes each, and what it owns. Only values cross from one to another
/// (hopTo), and only ThreadedStation, FolderWatch and TlsHandshakes move an object into a thread for its
/// whole life.
// clang-format off
/// | thread                      | made by                  | owns                                             |
/// |-----------------------------|--------------------------|--------------------------------------------------|
/// | main                        | the system               | this, the window, the librarian, settings file   |
/// | "cycast-station"            | ThreadedStation          | Station: every socket, the ring, the clock       |
/// | "cycast-tls"                | TlsHandshakes            | TLS handshakes                                   |
/// | reader (pool of 1)          | TrackFeeder              | the file that is read ahead, its helper's pipes  |
/// | second look (pool of 1)     | RowFaults                | the search for files that are back               |
/// | recording (pool of 1)       | RecordingWriter          | the files of one recording                       |
/// | ear                         | Ear                      | the built-in listener's connection               |
/// | library (pool)              | Library                  | one list, tag or cover at a time                 |
/// | "cycast-watch", one or two  | FolderWatch              | the system's notices, the searches they cause    |
/// | loudness (pool of 1)        | LoudnessSurvey           | one file at a time, through a helper             |
/// | files written (pool)        | FileWriter               | one file that is replaced (order, session ...)   |
/// | patience                    | patiently()              | one call that the disk may never answer          |
/// | probers' end                | MediaProber              | helpers that nobody uses any more                |
/// | log                         | LineWriter               | the standard error                               |
/// | covers (pool of 1)          | CoverPicture             | one picture that is decoded                      |
/// | reach (pool of 2)           | Reach                    | questions to the router, one walk at a time      |
/// | "own sound"                 | OwnSound                 | the decoder and the device of "Listen"           |
// clang-format on
/// Where the table says "pool", it is an OffThread: threads that hang in a disk are left behind at the end.
class StationControl : public FileNews
{
    Q_OBJECT

public:
    ~StationControl() override;

    /// The settings last applied (or handed to the first applySettings that was accepted).
    const Settings &settings() const { return m_settings; }
    const StationStatus &lastStatus() const { return m_status; }
    bool isOnAir() const { return m_status.state == AirState::OnAir; }
    /// What the built-in listener hears; Off without one.
    const Audition &lastAudition() const { return m_audition; }
    /// Sent as X-Cycast-Monitor it makes a connection one that is not counted: for the self-test.
    virtual const QByteArray &monitorToken() const = 0;

    /// Changes some of the settings: `change` is called, soon and in this thread, with the latest ones that
    /// are wanted, and what it makes of them is applied. So changes of the same moment, wherever they come
    /// from, never undo each other, and one that is rejected takes no other with it. Nothing happens when it
    /// changes nothing. Otherwise the answer is settingsApplied or settingsRejected, in order.
    virtual void change(const std::function<void(cycast::Settings &settings)> &change) = 0;

public slots:
    /// The whole settings, whatever others wanted before. Checks, then hands over; the answer is
    /// settingsApplied or settingsRejected, also when nothing is different: a certificate is read again.
    /// Works on and off the air.
    virtual void applySettings(const cycast::Settings &settings) = 0;
    /// Binds both ports and starts the programme. Answer: onAir or onAirFailed.
    virtual void goOnAir() = 0;
    /// Closes every listener, the source and both ports. Answer: offAir.
    virtual void goOffAir() = 0;

    /// The whole list in its order; its pieces are shared, so 100,000 rows cost little. Read-ahead that the
    /// new list no longer agrees with is cut. The engine does its own shuffling (playlist.shuffle). Tags that
    /// are read later (tagsRead) are known to it without being handed over again.
    virtual void setPlaylist(const cycast::EntryList &entries) = 0;
    virtual void skip() = 0;
    /// Cuts to this entry now, `positionMs` into it. Off air: where goOnAir starts.
    virtual void playFrom(quint64 entryId, qint64 positionMs = 0) = 0;
    /// These come after what is heard now, in this order; then everything goes on as it would have.
    virtual void playNext(const QList<quint64> &entryIds) = 0;
    /// The second list: one of these in turn between two tracks, when the settings (jingles) say so. Those of
    /// jingles.directory come behind them.
    virtual void setJingles(const QList<cycast::PlaylistEntry> &jingles) = 0;
    /// Records what is sent, or stops doing so. Off the air: for the next broadcast.
    virtual void setRecording(bool on) = 0;
    virtual void dropSource() = 0;
    virtual void dropListener(quint64 listenerId) = 0;
    /// Who may not listen: in force at once, also for those who do. Replaces all earlier ones.
    virtual void setBans(const QList<cycast::Ban> &bans) = 0;
    /// What was found out about the way in from outside: every link that is shown follows it, at once, and so
    /// do directories. server.public_url goes before it.
    virtual void setOutside(const cycast::Outside &outside) = 0;
    /// An attempt to get a certificate now (https.enabled), whatever went wrong before.
    virtual void getCertificate() = 0;
    /// Looks whether people outside can listen, which takes some seconds; the answer is in the status. Asks
    /// the router and nobody outside. On the air only.
    virtual void checkReach() = 0;
    /// Listener tables are only made while somebody watches.
    virtual void watchListeners(bool watched) = 0;

    /// Lists files, folders (recursively, sorted) and playlist files; answers with filesFound in batches
    /// under the same request number, then importFinished. Tags follow as tagsRead.
    /// Returns the request number.
    virtual quint64 importPaths(const QStringList &paths) = 0;
    /// The same for the second list: answers in the same way; folders are not watched.
    virtual quint64 importJingles(const QStringList &paths) = 0;
    /// Reads tags again, or for restored rows that never had any. Answers tagsRead.
    virtual void readTags(const QList<cycast::PlaylistEntry> &entries,
                          cycast::RowList list = cycast::RowList::Tracks) = 0;
    /// Drops all work of importPaths() and of the tags of tracks that has not been done yet; jingles are
    /// still imported and read.
    virtual void cancelImport() = 0;
    /// Writes the entries (aside and swapped, on the pool) as M3U, PLS or XSPF by the name's ending, else as
    /// M3U8; answers with playlistExported.
    virtual void exportPlaylist(const cycast::EntryList &entries, const QString &path) = 0;
    /// Looks whether the files of these rows are there; answers with filesVanished for those that are not.
    virtual void lookForFiles(const cycast::EntryList &entries) = 0;
    /// Watches these folders too (playlist.watch), also when they are not there yet; folders that are
    /// imported are watched anyway. With a valid `since`, files that came after that moment appear at once.
    virtual void watchFolders(const QStringList &folders, const QDateTime &since = {}) = 0;
    /// Reads the picture in a file, or beside it; answers with coverRead.
    virtual void readCover(quint64 entryId) = 0;

signals:
    void statusChanged(const cycast::StationStatus &status);
    void listenersChanged(const cycast::ListenersUpdate &update);
    void settingsApplied(const cycast::Settings &settings, const QList<cycast::SettingsProblem> &warnings);
    void settingsRejected(const QList<cycast::SettingsProblem> &problems);
    void onAir(const cycast::StationAddresses &addresses);
    void onAirFailed(const cycast::Sentence &reason);
    void offAir();
    /// After a live change of host, ports or mount.
    void addressesChanged(const cycast::StationAddresses &addresses);
    void eventHappened(const cycast::StationEvent &event);
    /// Every request to broadcast, also the refused ones. At most a few a second: repeats are gathered.
    void sourceAttempted(const cycast::SourceAttempt &attempt);
    /// A certificate authority is about to look for the station at port 80 and 443 of the public address, or
    /// has looked: for so long, about a minute, these are wanted to lead to the listeners' port.
    void challengePortsWanted(bool areWanted);
    /// What the built-in listener hears has changed; at least within half a second.
    void auditionChanged(const cycast::Audition &audition);
    /// A row turned out unplayable (or playable again: empty reason) when its turn came.
    void entryProblem(quint64 entryId, const cycast::Sentence &reason,
                      cycast::EntryFault fault = cycast::EntryFault::None);

protected:
    explicit StationControl(QObject *parent = nullptr);

    /// What the accessors tell; kept up to date by the one behind the door, before it emits the signal.
    Settings m_settings;
    StationStatus m_status;
    Audition m_audition;
};

} // namespace cycast
