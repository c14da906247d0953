// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/adtsheader.h"
#include "core/audio/bitratemeter.h"
#include "core/audio/framing.h"

namespace cycast
{

/// AAC in ADTS frames (ISO/IEC 13818-7, 14496-3): LC, HE-AAC v1 and v2, Main, LTP; one frame plays for 1024
/// samples of the core for each of its blocks.
///
/// Leaves out ID3v2 and other tags. Takes sync only where a second header of the same stream follows the
/// first frame (or the end of the input); while in sync a header of the same stream is trusted.
class AdtsFramer final : public Framer
{
public:
    void feed(QByteArrayView bytes, FrameBatch &out) override;
    void finish(FrameBatch &out) override;
    StreamFormat format() const override { return m_format; }
    qint64 skippedBytes() const override { return m_skippedBytes; }

private:
    /// Decides on as much of `bytes` as it can and says how much that was.
    qsizetype scan(QByteArrayView bytes, FrameBatch &out, bool atEnd);
    /// Decides on what `rest` begins with; how long that is (a tag may be longer than `rest`), 0: cannot
    /// tell.
    qint64 next(QByteArrayView rest, FrameBatch &out, bool atEnd);
    void take(const AdtsHeader &header, QByteArrayView frame, FrameBatch &out);
    qint64 skipGarbage(QByteArrayView rest);

    QByteArray m_pending; ///< not yet decided
    qint64 m_toSkip = 0;  ///< rest of a tag
    bool m_inSync = false;
    AdtsHeader m_syncHeader; ///< of the last frame
    BitrateMeter m_meter;
    qint64 m_skippedBytes = 0;
    StreamFormat m_format;
};

} // namespace cycast
