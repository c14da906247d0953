// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/base/offthread.h"
#include "core/base/sentence.h"
#include "core/playlist/order/playlist.h"
#include "core/playlist/reader/secondchances.h"
#include "core/playlist/reader/trackopener.h"
#include "core/values/playlistentry.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace cycast
{

/// Reads the playlist's tracks ahead of the broadcast, one piece at a time, on a reader thread of its own: a
/// disk that sleeps or a file that hangs delays the read-ahead, never a round. Delivers in the station's
/// thread, in order. Owns the Playlist.
///
/// What cannot be played is passed over, and the row says why. A disk that does not answer is given less time
/// the longer nothing is heard, and its rows are tried again later; faults of this machine (no descriptors,
/// no memory, no helper program) are no row's: the same track is tried again, then the next one, for as long
/// as it takes. When nothing at all can be played, one row after the other is tried again every few seconds.
class PlaylistFeeder : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 pieceBytes = 128 * 1024;

    explicit PlaylistFeeder(quint32 shuffleSeed, QObject *parent = nullptr);
    /// Waits 2 s for a running read; one that hangs for longer is left behind and delivers nothing.
    ~PlaylistFeeder() override;

    Playlist &playlist() { return m_playlist; }

    /// How many bytes may be delivered now; asked before each piece.
    void setDemand(std::function<qint64()> demand) { m_demand = std::move(demand); }

    /// How long what was read ahead still plays: as long as that, a slow file or decoder is waited for.
    void setAhead(std::function<Flicks()> ahead) { m_ahead = std::move(ahead); }
    /// How a track is opened; for tests, which put disks of their own kind here.
    using Opener = std::function<OpenedTrack(TrackRequest, const PlayoutOptions &)>;
    void setOpener(Opener opener) { m_opener = std::move(opener); }
    /// For tracks that are opened from now on.
    void setPlayout(const PlayoutOptions &options) { m_playout = options; }
    const PlayoutOptions &playout() const { return m_playout; }

    /// Reads when there is demand and nothing is being read.
    void feed();
    /// Forgets the track being read; whatever is still on its way is dropped. The next feed() takes the next
    /// entry of the playlist, `offset` into it.
    void restart(Flicks offset = 0);

    /// Like restart(), but goes on inside `entry`, which has had that turn, exactly where its read-ahead was
    /// cut; no trackStarted.
    void continueWith(const PlaylistEntry &entry, Flicks offset, quint64 turn);
    /// Like restart(), but begins with `entry`, which has had that turn.
    void beginWith(const PlaylistEntry &entry, Flicks offset, quint64 turn);

    quint64 currentEntry() const { return m_entry.id; } ///< being read; 0: none
    quint64 currentTurn() const { return m_turn; }      ///< of that
    /// Taken from the playlist, its first frames not yet delivered; null: none.
    const PlaylistEntry *openingEntry() const { return m_entry.id != 0 && !m_started ? &m_entry : nullptr; }
    bool hasStarted() const { return m_started; } ///< its first frames were delivered
    /// A read is on its way: frames may come.
    bool isReading() const { return m_reading; }

signals:
    /// Before the first frames of a track.
    void trackStarted(const cycast::PlaylistEntry &entry, cycast::Flicks offset);
    void framesRead(const cycast::FrameBatch &batch);
    /// Everything has been delivered, and nothing follows for now.
    void ranOut();
    /// This entry cannot be played (`reason`, a sentence), or can again (empty).
    void entryProblem(quint64 entryId, const cycast::Sentence &reason, cycast::EntryFault fault);
    /// Its tags were read when it was opened: nobody had before, or the file had changed since.
    void entryRead(const cycast::PlaylistEntry &entry);
    /// Its loudness was measured when it was opened (-70: it is silence), and the silence at its end.
    void entryMeasured(quint64 entryId, double lufs, int silentEndMs);

private:
    struct Piece {
        std::shared_ptr<TrackReader> reader;
        PlaylistEntry entry; ///< with tags, when it was opened
        bool wasLooked = false;
        FrameBatch before; ///< the end of the track before it
        std::shared_ptr<CodecSession> session;
        FrameBatch batch;
        std::optional<TrackError> error;
    };

    void launch();
    void launchFinish();
    void run(std::function<Piece()> work);
    int patienceMs() const;
    int diskPatienceMs() const;
    void receive(quint64 generation, Piece piece);
    void takeFacts(const Piece &piece);
    bool takeEntry();
    void endEntry();
    void setProblem(const Sentence &reason, EntryFault fault);
    void passOver(const TrackError &error);
    bool tryAgain(const TrackError &error);
    void warn(const TrackError &error);
    void welcome();
    void lookWhoIsBack();
    void clearProblems(const QList<quint64> &ids);

    Playlist m_playlist;
    std::function<qint64()> m_demand;
    std::function<Flicks()> m_ahead;
    PlayoutOptions m_playout;
    OffThread<PlaylistFeeder> m_off;
    OffThread<PlaylistFeeder> m_looks; ///< for files that are back
    quint64 m_generation = 0;
    bool m_reading = false;
    bool m_started = false;   ///< trackStarted was sent for m_entry
    bool m_continues = false; ///< m_entry goes on: it is not taken from the playlist
    bool m_isGiven = false;   ///< m_entry is to be read: likewise
    PlaylistEntry m_entry;
    quint64 m_turn = 0; ///< of m_entry
    Flicks m_offset = 0;
    std::shared_ptr<TrackReader> m_reader;
    Opener m_opener;
    SecondChances m_chances;
    QTimer m_later;          ///< while it runs nothing is read: what was tried is tried again behind it
    QTimer m_chancesDue;     ///< looks who may be tried again
    bool m_isTrial = false;  ///< m_entry counts as not playable; it is tried all the same
    int m_machineFaults = 0; ///< one after the other, at m_entry
    int m_noAnswers = 0;     ///< rows whose disk did not answer, one after the other
    int m_warnings = 0;      ///< since something was read
    Flicks m_given = 0;      ///< of m_entry, from m_offset on
    std::shared_ptr<CodecSession> m_session; ///< one encoder for consecutive tracks; dropped at a cut
};

} // namespace cycast
