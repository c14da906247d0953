// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/codec/helper/avinput.h"
#include "core/codec/trackfault.h"

#include <optional>

struct AVCodecContext;
struct AVFrame;

namespace cycast
{

/// One file, or one live stream, as decoded sound. Delay and padding that the file states (LAME, iTunes,
/// Opus pre-skip) are left out by libavcodec. Damaged places are passed over, chained Ogg goes on with its
/// next link, whatever that is coded with, and where another program changes the file in place it goes on at
/// the same moment of the sound. In the helper program only.
class Decoder
{
public:
    /// The sentence names the file and says what is wrong with it.
    static Result<std::unique_ptr<Decoder>> open(TrackFile file);
    static Result<std::unique_ptr<Decoder>> openStream(int descriptor, const char *demuxer);
    ~Decoder();
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;

    /// Before the first read().
    void seek(Flicks offset);

    struct Piece {
        const AVFrame *frame = nullptr; ///< null: the end; valid until the next read()
        int skip = 0;                   ///< samples at its beginning that are before the offset
    };
    Piece read();

    int sampleRate() const; ///< as the file says; 0: unknown until something is decoded
    /// Why it ended where it did; nothing: it was the end.
    std::optional<TrackError> problem() const;

private:
    Decoder() = default;
    Result<void> openInput(TrackFile file, AvInput::Range range);
    Result<void> openPart(TrackFile file, qint64 begin);
    Result<void> openCodec(const QString &name);
    void closeCodec();
    void seekWithin(Flicks offset);
    void seekLink(Flicks offset);
    qint64 endOfLink() const;
    bool goOn();
    bool nextLink();
    bool beginAnew();
    Piece readPart();
    bool sendPacket();
    void cutPadding();
    int skipIn(const AVFrame &frame);

    std::unique_ptr<AvInput> m_input;
    AVCodecContext *m_codec = nullptr;
    AVFrame *m_frame = nullptr;
    QString m_name;
    bool m_inputEnded = false;
    bool m_anyDecoded = false;
    int m_faultsInARow = 0;
    bool m_isChain = false;
    Flicks m_place = 0;    ///< in the file, of what comes next
    Flicks m_movedAt = -1; ///< where it began anew last,
    int m_moves = 0;       ///< and how often there
    qint64 m_start = 0;    ///< time stamp of its beginning
    Flicks m_target = 0;   ///< of a seek; 0: reached
    Flicks m_counted = -1; ///< where the next frame begins, for files without time stamps; -1: unknown
};

/// What one decoded frame is.
struct DecodedKind {
    int samples = 0; ///< per channel
    int sampleRate = 0;
    int channels = 0;
};
DecodedKind kindOf(const AVFrame &frame);

} // namespace cycast
