// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/base/offthread.h"
#include "core/playlist/reader/trackopener.h"
#include "core/values/playlistentry.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace cycast
{

/// Reads tracks ahead of the broadcast, one piece at a time, on a reader thread of its own: a disk that
/// sleeps or a file that hangs delays the read-ahead, never a round. Delivers in order, as much as is wanted;
/// which track comes next is asked of whoever hears nextWanted(). Lives in the station's thread.
///
/// A disk that does not answer is given less time the longer nothing is heard. A fault of this machine (no
/// descriptors, no memory, no helper program), or of somebody's hand, says nothing about a track: the same
/// one is tried again where it stopped, after a pause, a few times.
class TrackFeeder : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 pieceBytes = 128 * 1024;

    explicit TrackFeeder(QObject *parent = nullptr);
    /// Waits 2 s for a running read; one that hangs for longer is left behind and delivers nothing.
    ~TrackFeeder() override;

    /// How a track is opened; for tests, which put disks of their own kind here.
    using Opener = std::function<OpenedTrack(TrackRequest, const PlayoutOptions &)>;
    void setOpener(Opener opener) { m_opener = std::move(opener); }
    /// For tracks that are opened from now on.
    void setPlayout(const PlayoutOptions &options) { m_playout = options; }
    const PlayoutOptions &playout() const { return m_playout; }

    /// So many bytes are wanted from now on; what was delivered before plays for `ahead` more: as long as
    /// that, a slow file or decoder is waited for. Reads when it can.
    void want(qint64 bytes, Flicks ahead);
    /// Reads when something is wanted and nothing is being read.
    void feed();
    /// Nothing is read for so long.
    void pause(int ms) { m_later.start(ms); }

    /// Answers nextWanted(): this one follows the one that was read, without a seam where both are encoded.
    /// `fades`: with its neighbours.
    void follow(const PlaylistEntry &entry, bool fades);
    /// Answers nextWanted(): none follows for now. False: everything has been delivered. True: the end of the
    /// last one is still to come, and then nextWanted() again.
    bool finish();

    /// Forgets the track being read; whatever is still on its way is dropped. Asks for the next one when its
    /// time comes and begins it `offset` after its beginning.
    void restart(Flicks offset = 0);
    /// Like restart(), but begins with `entry`.
    void beginWith(const PlaylistEntry &entry, Flicks offset, bool fades);
    /// Likewise, exactly where its read-ahead was cut; no trackStarted.
    void continueWith(const PlaylistEntry &entry, Flicks offset, bool fades);

    quint64 currentEntry() const { return m_entry.id; } ///< being read; 0: none
    /// Its first frames are not yet delivered; null: none.
    const PlaylistEntry *openingEntry() const { return m_entry.id != 0 && !m_started ? &m_entry : nullptr; }
    /// A read is on its way: frames may come.
    bool isReading() const { return m_reading; }

signals:
    /// More is wanted than the track had, or there is none: answered by follow() or finish(), at once.
    void nextWanted();
    /// Before the first frames of a track.
    void trackStarted(const cycast::PlaylistEntry &entry, cycast::Flicks offset);
    void framesRead(const cycast::FrameBatch &batch);
    /// `isTriedAgain`: it stays the one at work; otherwise it is over.
    void trackFailed(const cycast::PlaylistEntry &entry, const cycast::TrackError &error, bool isTriedAgain);
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
    void run(std::function<Piece()> work);
    int patienceMs() const;
    int diskPatienceMs() const;
    void receive(quint64 generation, const Piece &piece);
    void take(const Piece &piece);
    void takeFacts(const Piece &piece);
    void deliver(const FrameBatch &batch);
    void takeEnd(const Piece &piece);
    void fail(const TrackError &error);
    void endTrack();

    qint64 m_wanted = 0;
    Flicks m_ahead = 0;
    PlayoutOptions m_playout;
    OffThread<TrackFeeder> m_off;
    quint64 m_generation = 0;
    bool m_reading = false;
    bool m_delivering = false; ///< what was read: nothing further is read before all of it is told
    bool m_started = false;    ///< trackStarted was sent for m_entry
    bool m_continues = false;  ///< m_entry goes on: it is opened exactly where it was cut
    bool m_isGiven = false;    ///< m_entry is to be read: none is asked for
    PlaylistEntry m_entry;
    bool m_fades = true;
    Flicks m_offset = 0;
    std::shared_ptr<TrackReader> m_reader;
    Opener m_opener;
    QTimer m_later;                          ///< while it runs nothing is read
    int m_machineFaults = 0;                 ///< one after the other, at m_entry
    int m_noAnswers = 0;                     ///< tracks whose disk did not answer, one after the other
    Flicks m_given = 0;                      ///< of m_entry, from m_offset on
    std::shared_ptr<CodecSession> m_session; ///< one encoder for consecutive tracks; dropped at a cut
};

} // namespace cycast
