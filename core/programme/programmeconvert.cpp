// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Live sources whose format is not the station's.
#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/programme/programme.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr int maxConversionsFailed = 3;
constexpr qint64 pauseWhileFullNs = 50 * nsPerMs;

} // namespace

bool Programme::mustConvert(const StreamFormat &source) const
{
    if (!m_options.convertsLive || m_feeder.playout().codecProgram.isEmpty())
        return false;
    const StreamFormat own = m_stream.format().streamFormat();
    // Opus is decoded at 48 kHz and in stereo whatever was put in.
    return !source.isSameKindAs(own) ||
           (m_stream.format().codec != StationCodec::Opus &&
            (source.sampleRate != own.sampleRate || source.channels != own.channels));
}

void Programme::convert(Live &live, const FrameBatch &batch)
{
    SourceConnection *source = live.source;
    qsizetype at = 0;
    for (const FrameInfo &frame : batch.frames) {
        if (frame.isStreamHeader) {
            live.header = batch.bytes.mid(at, frame.size);
            live.hasNewHeader = true;
        }
        at += frame.size;
    }
    if (!live.transcoder) {
        EncodingOptions options = m_feeder.playout().encodingOptions();
        options.crossfadeSeconds = 0.0; // nothing is held back
        options.trimsSilence = false;
        auto started = LiveTranscoder::start(m_feeder.playout().codecProgram, source->format(), options);
        if (!started) {
            conversionFailed(source, started.error());
            return;
        }
        live.transcoder = std::move(*started);
        qCInfo(lcSource).noquote() << u"What %1 sends is converted to %2."_s.arg(
            source->description().address, nameOf(m_stream.format().codec).toUpper());
        connect(live.transcoder.get(), &LiveTranscoder::framesReady, this,
                [this, source](const FrameBatch &ready) {
                    if (Live *now = liveOf(source))
                        takeReadyFrames(*now, ready);
                });
        connect(
            live.transcoder.get(), &LiveTranscoder::failed, this,
            [this, source](const QString &reason) { conversionFailed(source, reason); },
            Qt::QueuedConnection);
        const bool bringsHeader = !batch.frames.isEmpty() && batch.frames.constFirst().isStreamHeader;
        if (!bringsHeader)
            live.transcoder->feed(live.header);
    }
    live.transcoder->feed(batch.bytes);
    if (live.transcoder->hasEnough())
        source->pauseReading(monotonicNs() + pauseWhileFullNs);
}

void Programme::conversionFailed(SourceConnection *source, const QString &reason)
{
    Live *live = liveOf(source);
    if (!live)
        return;
    live->transcoder.reset();
    qCWarning(lcSource).noquote() << u"What %1 sends could not be converted: %2."_s.arg(
        source->description().address, reason);
    // The next bytes begin anew; what fails again and again does not fit together.
    if (++live->conversionsFailed >= maxConversionsFailed)
        sourceEnded(source, u"what it sends could not be converted: %1"_s.arg(reason));
}

} // namespace cycast
