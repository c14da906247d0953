// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QFile>

#include <memory>

struct AVFormatContext;
struct AVIOContext;
struct AVPacket;
struct AVStream;

namespace cycast
{

/// One file opened by libavformat. It sees the file through our own reads, of at most 64 MiB in all, knows
/// audio containers only, and cannot open anything else: a list or stream description inside a file is not
/// followed, no network, no second file. Decoders are never run. Not thread-safe: one owner.
class AvInput
{
public:
    /// The sentence names the file.
    static Result<std::unique_ptr<AvInput>> open(const QString &path);
    ~AvInput();

    AVFormatContext *context() const { return m_context; }
    /// The audio stream to look at, or null.
    AVStream *audioStream() const;
    /// The next packet of that stream, valid until the next call; null at the end.
    const AVPacket *nextPacket();
    qint64 fileSize() const { return m_size; }
    /// Bytes of the file itself, at most 4 MiB; does not disturb the packets.
    QByteArray bytesAt(qint64 offset, qint64 count);

private:
    AvInput() = default;
    Q_DISABLE_COPY_MOVE(AvInput)

    static int readBytes(void *self, uint8_t *buffer, int size);
    static int64_t seekTo(void *self, int64_t offset, int whence);

    QFile m_file;
    qint64 m_size = 0;
    qint64 m_budget = 64LL * 1024 * 1024; ///< bytes that may still be read
    AVIOContext *m_io = nullptr;
    AVFormatContext *m_context = nullptr;
    AVPacket *m_packet = nullptr;
};

} // namespace cycast
