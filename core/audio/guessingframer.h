// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/framing.h"

namespace cycast
{

/// For sources that do not say what they send: Ogg when it begins with "OggS", AAC when two ADTS headers
/// follow each other, otherwise MP3, as Icecast takes it.
class GuessingFramer final : public Framer
{
public:
    void feed(QByteArrayView bytes, FrameBatch &out) override;
    void finish(FrameBatch &out) override;
    StreamFormat format() const override { return m_framer ? m_framer->format() : StreamFormat(); }
    qint64 skippedBytes() const override { return m_framer ? m_framer->skippedBytes() : 0; }

private:
    void decide(bool atEnd);

    QByteArray m_start; ///< until the guess is made
    std::unique_ptr<Framer> m_framer;
};

} // namespace cycast
