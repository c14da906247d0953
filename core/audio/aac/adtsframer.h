// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/aac/adtsheader.h"
#include "core/audio/bitratemeter.h"
#include "core/audio/scanningframer.h"

namespace cycast
{

/// AAC in ADTS frames (ISO/IEC 13818-7, 14496-3): LC, HE-AAC v1 and v2, Main, LTP; one frame plays for 1024
/// samples of the core for each of its blocks.
///
/// Leaves out ID3v2 and other tags. Takes sync only where a second header of the same stream follows the
/// first frame (or the end of the input); while in sync a header of the same stream is trusted.
class AdtsFramer final : public ScanningFramer
{
protected:
    qint64 next(QByteArrayView rest, FrameBatch &out, bool atEnd) override;
    void forget() override { m_inSync = false; }

private:
    void take(const AdtsHeader &header, QByteArrayView frame, FrameBatch &out);
    qint64 skipGarbage(QByteArrayView rest);

    bool m_inSync = false;
    AdtsHeader m_syncHeader; ///< of the last frame
    BitrateMeter m_meter;
};

} // namespace cycast
