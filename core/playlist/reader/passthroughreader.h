// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/mpeg/mpegframer.h"
#include "core/codec/musicfile.h"
#include "core/playlist/reader/trackreader.h"
#include "core/values/playlistentry.h"

namespace cycast
{

/// An MP3 file as its own frames, bit for bit, tags left out. Where another program changes it in place while
/// it is read (a tag made longer moves all of the sound), it goes on at the same moment of the sound.
class PassThroughReader final : public TrackReader
{
public:
    /// Refuses, with a sentence, what cannot be played: missing, not readable, a folder, a pipe or device
    /// (which could block for ever), empty, no MPEG audio within the first 1 MiB after its tags.
    static TrackResult<std::unique_ptr<PassThroughReader>> open(const QString &path);
    static TrackResult<std::unique_ptr<PassThroughReader>> open(std::shared_ptr<MusicFile> file,
                                                                int patienceMs);

    /// Before the first read(): what kind of frames its beginning has. Mean bitrate of the first 64 kB.
    SoundFacts facts() const;
    /// From now on every frame is louder or softer by whole steps of global_gain; all else stays as it is.
    void setGainSteps(int steps) { m_gainSteps = steps; }
    /// Frames of another sample rate or number of channels are the end; leftAt() says where they begin.
    void setOnly(int sampleRate, int channels);

    /// Skips whole frames up to `offset` from the start (from where it is, when something was read already).
    /// A Layer III frame may use up to 511 bytes of main data from frames before it (the bit reservoir,
    /// ISO/IEC 11172-3 2.4.2.7), and at a cut those are missing. The one to three frames after the cut that
    /// reach back before it come muted: same size and duration, their main data in place for the frames that
    /// follow, so that a decoder joins without garbage and the timing stays exact.
    void seek(Flicks offset);
    /// Skips to the frame at exactly `offset`, unmuted: the listeners have heard the frames before it.
    void continueAt(Flicks offset);

    TrackResult<FrameBatch> read(qint64 bytes, const ReadPatience &patience = {}) override;
    /// How far into the file it stopped because its frames are of another kind from there on; -1: it did not.
    Flicks leftAt() const { return m_leftAt; }

    Flicks frameDuration() const { return m_ready.frames.isEmpty() ? 0 : m_ready.frames.first().duration; }
    StreamFormat format() const { return m_framer.format(); }
    bool atEnd() const { return m_atEnd; }

private:
    PassThroughReader() = default;
    bool isForeign(QByteArrayView frame) const;
    /// Reads on until at least one more frame is ready or the file has ended.
    TrackResult<void> fill(int patienceMs);
    /// The next bytes of the file; none: its end, or `hasMoved`: it begins anew.
    TrackResult<QByteArray> nextBytes(int patienceMs, bool &hasMoved);
    void beginAnew();
    QByteArray joined(QByteArrayView frame);

    std::shared_ptr<MusicFile> m_file;
    qint64 m_at = 0; ///< of the next byte to be read
    FileStamp m_stamp;
    QByteArray m_lastBytes; ///< before m_at
    MpegFramer m_framer;
    FrameBatch m_ready; ///< framed, not yet handed out
    qsizetype m_readyFrame = 0;
    qsizetype m_readyByte = 0;
    Flicks m_skip = 0;
    Flicks m_place = 0; ///< in the file, of the next frame
    Flicks m_leftAt = -1;
    int m_gainSteps = 0;
    int m_onlyRate = 0; ///< 0: any
    int m_onlyChannels = 0;
    bool m_joining = false; ///< after a seek: the reservoir is still incomplete
    int m_reservoir = 0;    ///< main data bytes handed out since the cut
    bool m_fileEnded = false;
    bool m_atEnd = false;
};

} // namespace cycast
