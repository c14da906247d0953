// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/guessingframer.h"

#include "core/audio/aac/adtsframer.h"
#include "core/audio/mpeg/mpegframer.h"
#include "core/audio/ogg/oggframer.h"

#include <algorithm>

namespace cycast
{
namespace
{

// One frame of sound may be chance even where the next header fits; a page of Ogg has a checksum.
constexpr qsizetype framesWanted = 2;

bool isCertain(const FrameBatch &frames)
{
    return frames.frames.size() >= framesWanted ||
           (!frames.isEmpty() && frames.frames.constFirst().isStreamHeader);
}

} // namespace

GuessingFramer::GuessingFramer()
{
    m_candidates[0].framer = std::make_unique<OggFramer>();
    m_candidates[1].framer = std::make_unique<AdtsFramer>();
    m_candidates[2].framer = std::make_unique<MpegFramer>();
}

void GuessingFramer::feed(QByteArrayView bytes, FrameBatch &out)
{
    // Byte by byte, so that it does not matter in which pieces they come; this takes a frame or two.
    while (!m_chosen && !bytes.isEmpty()) {
        for (Candidate &candidate : m_candidates)
            candidate.framer->feed(bytes.first(1), candidate.frames);
        bytes = bytes.sliced(1);
        for (Candidate &candidate : m_candidates) {
            if (isCertain(candidate.frames)) {
                choose(candidate, out);
                break;
            }
        }
    }
    if (m_chosen && !bytes.isEmpty())
        m_chosen->feed(bytes, out);
}

void GuessingFramer::finish(FrameBatch &out)
{
    if (!m_chosen) {
        for (Candidate &candidate : m_candidates)
            candidate.framer->finish(candidate.frames);
        choose(*std::max_element(m_candidates.begin(), m_candidates.end(),
                                 [](const Candidate &a, const Candidate &b) {
                                     return a.frames.duration() < b.frames.duration();
                                 }),
               out);
        return;
    }
    m_chosen->finish(out);
}

qint64 GuessingFramer::skippedBytes() const
{
    if (m_chosen)
        return m_chosen->skippedBytes();
    qint64 skipped = m_candidates.front().framer->skippedBytes();
    for (const Candidate &candidate : m_candidates)
        skipped = qMin(skipped, candidate.framer->skippedBytes());
    return skipped;
}

void GuessingFramer::choose(Candidate &candidate, FrameBatch &out)
{
    m_chosen = std::move(candidate.framer);
    out.append(candidate.frames);
    m_candidates = {};
}

} // namespace cycast
