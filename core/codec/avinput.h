// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFile>

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

    /// The sentence names the file. `budget`: bytes that may be read in all.
    static Result<std::unique_ptr<AvInput>> open(const QString &path, qint64 budget = lookBytes);
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
    qint64 fileSize() const { return m_size; }
    /// Bytes of the file itself, at most 4 MiB; does not disturb the packets.
    QByteArray bytesAt(qint64 offset, qint64 count);

private:
    AvInput() = default;
    Q_DISABLE_COPY_MOVE(AvInput)

    bool prepare(bool canSeek);
    Result<void> openContext(const QByteArray &hint, const char *demuxer, const QString &name);
    static int readBytes(void *self, uint8_t *buffer, int size);
    static int64_t seekTo(void *self, int64_t offset, int whence);

    QFile m_file;
    qint64 m_size = 0;
    qint64 m_budget = lookBytes; ///< bytes that may still be read
    int m_descriptor = -1;       ///< of a stream; -1: m_file is read
    QString m_readError;
    AVIOContext *m_io = nullptr;
    AVFormatContext *m_context = nullptr;
    AVPacket *m_packet = nullptr;
};

} // namespace cycast
