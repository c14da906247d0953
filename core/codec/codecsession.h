// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/codecprocess.h"
#include "core/codec/codecrecords.h"
#include "core/codec/loudness.h"
#include "core/codec/musicfile.h"
#include "core/codec/stationformat.h"

#include <functional>

namespace cycast
{

/// One continuous encoder in the helper program (or, for AAC and Opus files that fit, one that passes their
/// frames on as they are): tracks that are begun one after the other join without a
/// gap, a click or a torn frame. Blocking, with bounds; for a reader thread, one user at a time. A helper
/// that crashes, or says nothing for too long, is ended with a sentence; then the session is broken and a new
/// one is needed.
class CodecSession
{
public:
    enum class Task : quint8 { Encode, Copy };
    CodecSession(QString program, EncodingOptions options, Task task = Task::Encode);

    const EncodingOptions &options() const { return m_options; }
    bool isBroken() const { return m_isBroken; }
    /// Something was encoded since the start or the last finish(): it holds sound back.
    bool holdsSound() const { return m_process != nullptr; }

    /// Of the tracks that are begun from now on: with their neighbours, or (jingles) by themselves.
    void setFades(bool on) { m_fades = on; }
    /// Begins with a file, `offset` into it. Only after the one before has ended. Copied AAC is changed by
    /// the nearest number of mpegGainStepDb, copied Opus not at all.
    TrackResult<void> begin(const MusicFile &file, Flicks offset, double gainDb);
    struct Output {
        FrameBatch batch;
        bool trackEnded = false;
        std::optional<TrackError> problem; ///< of a track that has ended: why, when it was not its end
    };
    /// At least `bytes` of the track (or its end), as whole frames. `patienceMs`: how long to wait for a sign
    /// of life.
    TrackResult<Output> next(qint64 bytes, int patienceMs);
    /// The end of the track before, which came out with the first of this one; once.
    FrameBatch takeBefore() { return std::exchange(m_before, {}); }
    /// What is still held back; the next begin() starts a new encoder.
    FrameBatch finish(int patienceMs);

private:
    TrackResult<CodecRecord> receive(int patienceMs);
    tl::unexpected<TrackError> broken(TrackError error);
    tl::unexpected<TrackError> ended();

    QString m_program;
    EncodingOptions m_options;
    Task m_task;
    std::unique_ptr<CodecProcess> m_process;
    CodecRecordReader m_records;
    QString m_name; ///< of the file at work, for sentences
    bool m_isBroken = false;
    bool m_fades = true;
    bool m_hasBegun = false; ///< what comes is of the track that was begun last
    FrameBatch m_before;
};

/// What became of a helper that was at work on the file called `name`, when it hung up.
TrackError endOfHelper(CodecProcess &process, const QString &name);

/// Measures a file in a helper of its own, in at most `patienceMs`. Channels as they are mixed for the
/// station. Nothing in it: silence, which has no loudness. `stop`, asked a few times a second from the
/// calling thread, ends it.
TrackResult<std::optional<Loudness>> measureLoudness(const QString &program, const MusicFile &file,
                                                     int channels, int patienceMs,
                                                     const std::function<bool()> &stop = {});
TrackResult<std::optional<Loudness>> measureLoudness(const QString &program, const QString &path,
                                                     int channels, int patienceMs,
                                                     const std::function<bool()> &stop = {});

} // namespace cycast
