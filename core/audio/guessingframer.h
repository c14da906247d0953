// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/framing.h"

#include <array>

namespace cycast
{

/// For sources whose word is not to be believed: programs announce audio/mpeg for whatever they send. Tries
/// MP3, ADTS and Ogg side by side; the first of which frames are certain it is from then on, and nothing
/// before is lost.
class GuessingFramer final : public Framer
{
public:
    GuessingFramer();

    void feed(QByteArrayView bytes, FrameBatch &out) override;
    void finish(FrameBatch &out) override;
    StreamFormat format() const override { return m_chosen ? m_chosen->format() : StreamFormat(); }
    qint64 skippedBytes() const override;

private:
    struct Candidate {
        std::unique_ptr<Framer> framer;
        FrameBatch frames;
    };
    void choose(Candidate &candidate, FrameBatch &out);

    std::array<Candidate, 3> m_candidates; ///< empty once it is decided
    std::unique_ptr<Framer> m_chosen;
};

} // namespace cycast
