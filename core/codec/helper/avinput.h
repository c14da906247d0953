// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/helper/trackfile.h"
#include "core/values/filestamp.h"

#include <QByteArray>

#include <memory>

struct AVFormatContext;
struct AVIOContext;
struct AVPacket;
struct AVStream;

namespace cycast
{

/// One file opened by libavformat. It sees the file through our own reads, bounded in all, knows audio
/// containers only, and cannot open anything else: a list or stream description inside a file is not
/// followed, no network, no second file. Runs no decoder. Not thread-safe: one owner.
class AvInput
{
public:
    /// Enough for tags and the first frames of any file.
    static constexpr qint64 lookBytes = 64LL * 1024 * 1024;

    /// A part of a file, as if it were all of it.
    struct Range {
        qint64 begin = 0;
        qint64 end = -1; ///< -1: the end of the file, which may grow
    };
    /// The sentence names the file. `budget`: bytes that may be read in all.
    static Result<std::unique_ptr<AvInput>> open(TrackFile file, qint64 budget, Range range);
    static Result<std::unique_ptr<AvInput>> open(TrackFile file, qint64 budget = lookBytes)
    {
        return open(std::move(file), budget, {});
    }
    /// Bytes as they arrive at a descriptor, which stays the caller's; it cannot go back. `demuxer`: "mp3",
    /// "aac" or "ogg".
    static Result<std::unique_ptr<AvInput>> openStream(int descriptor, const char *demuxer);
    ~AvInput();

    AVFormatContext *context() const { return m_context; }
    /// The audio stream to look at, or null.
    AVStream *audioStream() const;
    /// The next packet of that stream, valid until the next call; null at the end.
    const AVPacket *nextPacket();
    /// The disk, not the file, was why there is no next packet; a sentence.
    QString readError() const { return m_readError; }
    /// Somebody changed the file where it stands, so that what comes next is no longer where it was: there
    /// are no more packets, and it has to be opened anew.
    bool hasMoved() const { return m_hasMoved; }
    /// Until whoever writes it is done with it; at most 3 s. False: nothing is left of it.
    bool waitForQuiet() const;
    qint64 fileSize() const { return m_stamp.size; }
    const Range &range() const { return m_range; }
    const TrackFile &file() const { return m_file; }
    void allow(qint64 moreBytes) { m_budget += moreBytes; }
    /// Bytes of the file itself, at most 4 MiB; does not disturb the packets.
    QByteArray bytesAt(qint64 offset, qint64 count);

private:
    AvInput() = default;
    Q_DISABLE_COPY_MOVE(AvInput)

    bool prepare(bool canSeek);
    Result<void> openContext(const QByteArray &hint, const char *demuxer, const QString &name);
    static int readBytes(void *self, uint8_t *buffer, int size);
    qint64 end() const { return m_range.end < 0 ? m_stamp.size : m_range.end; }
    qint64 readFile(char *buffer, qint64 size);
    bool isStillThere();
    static int64_t seekTo(void *self, int64_t offset, int whence);

    TrackFile m_file;
    Range m_range;
    qint64 m_place = 0; ///< of the next byte, in the file
    FileStamp m_stamp;
    QByteArray m_lastRead; ///< the end of what was read last,
    qint64 m_lastAt = 0;   ///< and where that lies
    bool m_hasMoved = false;
    qint64 m_budget = lookBytes; ///< bytes that may still be read
    int m_stream = -1;           ///< a descriptor; -1: m_file is read
    QString m_readError;
    AVIOContext *m_io = nullptr;
    AVFormatContext *m_context = nullptr;
    AVPacket *m_packet = nullptr;
};

} // namespace cycast
