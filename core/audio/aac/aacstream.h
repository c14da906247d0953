// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/streamkind.h"

namespace cycast
{

/// AAC-LC in ADTS: every frame says what it is and stands alone.
class AacStream final : public StreamKind
{
public:
    StationCodec codec() const override { return StationCodec::Aac; }
    QString name() const override;
    QByteArray contentType() const override { return "audio/aac"; }
    bool isTakenFrom(QStringView container) const override;
    std::unique_ptr<Silence> silence(const StreamFormat &like) const override;
};

} // namespace cycast
