// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/streamkind.h"

namespace cycast
{

/// MP3: frames are sent one after the other as files hold them, whatever their bitrate.
class MpegStream final : public StreamKind
{
public:
    StationCodec codec() const override { return StationCodec::Mp3; }
    QString name() const override;
    QByteArray contentType() const override { return "audio/mpeg"; }
    bool isTakenFrom(QStringView container) const override;
    bool isCutByFramer() const override { return true; }
    bool needsPlainFrames() const override { return false; }
    StreamFormat formatOf(const FrameBatch &batch, const StreamFormat &told) const override;
    std::unique_ptr<Silence> silence(const StreamFormat &like) const override;
};

} // namespace cycast
