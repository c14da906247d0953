// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playlist/reader/rowfaults.h"
#include "core/playlist/reader/trackfeeder.h"
#include "core/programme/timeline.h"

#include <deque>
#include <optional>

namespace cycast
{

/// A track that goes on where it was left.
struct ResumePoint {
    quint64 entryId = 0;
    Flicks offset = 0;
    quint64 turn = 0; ///< that it has had; 0: it is still to have it
    bool operator==(const ResumePoint &) const = default;
};

/// What is read of the playlist before its time. Takes one track after the other from the playlist and
/// delivers as much of them as was said to be wanted; what cannot be played is passed over, and the row says
/// why. While a live show is heard it holds the beginning of what follows, so that the playlist is there the
/// moment the show ends. Keeps the playlist, which it owns, where the audience is, not where the reader got
/// to. Lives in the station's thread.
class ReadAhead : public QObject
{
    Q_OBJECT

public:
    /// So much is held during a show: many seconds at any bitrate.
    static constexpr qint64 heldBytes = 3 * TrackFeeder::pieceBytes / 2;

    explicit ReadAhead(quint32 shuffleSeed, QObject *parent = nullptr);

    Playlist &playlist() { return m_playlist; }
    const Playlist &playlist() const { return m_playlist; }
    const PlayoutOptions &playout() const { return m_feeder.playout(); }
    void setPlayout(const PlayoutOptions &options) { m_feeder.setPlayout(options); }
    /// For tests: how its tracks are opened.
    void setOpener(TrackFeeder::Opener opener) { m_feeder.setOpener(std::move(opener)); }

    /// So many bytes are wanted from now on; what was delivered before plays for `ahead` more.
    void want(qint64 bytes, Flicks ahead);
    /// Forgets the track being read: the next one of the playlist is next, `offset` into it.
    void restart(Flicks offset = 0);
    /// Goes on within a track, exactly where its read-ahead was cut.
    void continueWith(const PlaylistEntry &entry, const ResumePoint &point);

    /// What comes from now on is held: `resume`, when it is still in the list, or else the next track.
    void hold(const std::optional<ResumePoint> &resume);
    /// While holding: something else may follow now. `asked` come next, in this order.
    void holdAnew(const std::optional<ResumePoint> &resume, const QList<quint64> &asked = {});
    /// While holding: it is read another way.
    void holdInstead(const std::optional<ResumePoint> &resume);
    /// What is held is delivered, and so is what follows.
    void release();
    /// What is held goes back to the playlist.
    void giveBack();
    bool isHolding() const { return m_holds; }

    /// The list has changed: takes again what was read behind `heard`, as far as that still agrees with it.
    /// `asked` come next. From the moment that is returned on it does not.
    std::optional<Flicks> reconcile(Timeline &timeline, const TimelineItem &heard,
                                    const QList<quint64> &asked);

    /// Frames may come any moment.
    bool isReading() const { return m_feeder.isReading(); }
    /// A track that was taken and has not begun goes back to the playlist.
    void giveBackOpening();
    /// The track whose frames come now; 0: none.
    quint64 currentEntry() const { return m_feeder.currentEntry(); }
    /// What is taken or held and has not been delivered at all; its title is empty: nothing is.
    TrackInfo coming() const;
    /// Of the playlist, for the audience of a show.
    quint64 holdTurn() const { return m_holdTurn; }

signals:
    /// Before the first frames of a track.
    void trackBegun(const cycast::TrackInfo &track, cycast::Flicks offset, quint64 turn);
    void framesRead(const cycast::FrameBatch &batch);
    /// This entry cannot be played (`reason`, a sentence), or can again (empty).
    void entryProblem(quint64 entryId, const cycast::Sentence &reason, cycast::EntryFault fault);
    /// See TrackFeeder.
    void entryRead(const cycast::PlaylistEntry &entry);
    void entryMeasured(quint64 entryId, double lufs, int silentEndMs);

private:
    struct Held {
        TrackInfo track;
        Flicks offset = 0;
        quint64 turn = 0;
        FrameBatch frames;
    };

    void takeNext();
    void begin(const PlaylistEntry &entry, Flicks offset);
    void deliver(const FrameBatch &batch);
    void passOver(const PlaylistEntry &entry, const TrackError &error, bool isTriedAgain);
    void beginHolding();
    bool takeHeldAgain();
    bool fades(const PlaylistEntry &entry) const { return !m_playlist.isJingle(entry.id); }

    Playlist m_playlist;
    RowFaults m_faults;
    TrackFeeder m_feeder;
    quint64 m_turn = 0;     ///< of the track being read
    bool m_isTrial = false; ///< that one counts as not playable; it is tried all the same
    bool m_holds = false;
    quint64 m_holdTurn = 0; ///< the last one before anything was held
    std::optional<ResumePoint> m_resume;
    std::deque<Held> m_held;
};

} // namespace cycast
