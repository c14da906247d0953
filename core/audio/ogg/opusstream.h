// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/streamkind.h"

namespace cycast
{

/// Opus in Ogg: pages are numbered by their place in the stream, which is known when they are appended, and
/// not before: read-ahead is cut and read again. One logical stream lasts as long as nothing else comes in
/// between.
class OpusStream final : public StreamKind
{
public:
    StationCodec codec() const override { return StationCodec::Opus; }
    QString name() const override;
    QByteArray contentType() const override { return "audio/ogg"; }
    QByteArray innerCodec() const override { return "opus"; }
    bool isTakenFrom(QStringView container) const override;
    /// The gain of Opus is in the header of the whole stream.
    bool hasGainInFrames() const override { return false; }
    bool isDecodedAlike() const override { return true; }
    std::unique_ptr<Silence> silence(const StreamFormat &like) const override;
    std::unique_ptr<StreamJoiner> joiner(int channels) const override;
};

} // namespace cycast
