// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <functional>
#include <memory>
#include <vector>

namespace cycast
{

class CodecProcess;
class CodecRecordReader;
struct CodecRecord;

/// Decoded sound as it comes: whole frames, the channels of each beside one another, -1 to 1. Valid during
/// the call only.
struct SoundBlock {
    const float *samples = nullptr;
    qsizetype frames = 0;
    int sampleRate = 0;
    int channels = 0;
};

/// Has a stream decoded as it comes, by the helper program: whatever is on the air may come from anybody.
/// Pulls bytes from a function that may wait; used in one thread, which is not the station's.
class StreamDecoder
{
public:
    /// Up to `size` bytes into `buffer`; 0: the stream has ended.
    using Source = std::function<int(char *buffer, int size)>;

    using Sink = std::function<void(const SoundBlock &block)>;

    StreamDecoder(Source source, Sink sink);
    ~StreamDecoder();

    /// By content type: "audio/mpeg", "audio/aac", "application/ogg".
    Result<void> open(const QByteArray &contentType);
    /// Passes on what comes next, in both directions; false: the stream has ended, or its decoder.
    bool step();
    /// Passes on the sound that is there, without waiting: for a source that waits.
    void poll();

private:
    Q_DISABLE_COPY_MOVE(StreamDecoder)

    bool give(const char *bytes, qint64 size);
    bool take(int timeoutMs, bool isLast = false);
    bool handOver(const CodecRecord &record);

    Source m_source;
    Sink m_sink;
    std::unique_ptr<CodecProcess> m_process;
    std::unique_ptr<CodecRecordReader> m_records;
    std::vector<float> m_samples;
    bool m_hasEnded = false;
};

} // namespace cycast
