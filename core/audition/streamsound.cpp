// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audition/streamsound.h"

#include "core/audition/streamdecoder.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace cycast
{

namespace
{

constexpr int mostHeldMs = 1'200;
constexpr auto takenLook = std::chrono::milliseconds(50); ///< so long a wait may keep the end waiting

qint16 toSixteenBits(float sample)
{
    // Damaged data may decode to anything.
    if (!std::isfinite(sample))
        return 0;
    return static_cast<qint16>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767.0F));
}

} // namespace

StreamSound::StreamSound(QObject *parent)
    : Ear(parent)
{
    setAgent("Cycast-Desktop/" CYCAST_VERSION);
}

StreamSound::~StreamSound()
{
    // Before anything that the thread uses is gone.
    stop();
}

StreamSound::Format StreamSound::format() const
{
    const std::lock_guard lock(m_soundMutex);
    return m_format;
}

int StreamSound::heldMs() const
{
    const std::lock_guard lock(m_soundMutex);
    const qint64 perSecond = qint64{m_format.sampleRate} * m_format.channels;
    return perSecond <= 0 ? 0 : static_cast<int>(static_cast<qint64>(m_held.size()) * 1000 / perSecond);
}

qsizetype StreamSound::take(qint16 *samples, qsizetype count)
{
    const std::lock_guard lock(m_soundMutex);
    count = std::min(count, static_cast<qsizetype>(m_held.size()));
    std::copy_n(m_held.begin(), count, samples);
    m_held.erase(m_held.begin(), m_held.begin() + count);
    m_taken.notify_all();
    return count;
}

void StreamSound::drop()
{
    const std::lock_guard lock(m_soundMutex);
    m_held.clear();
    m_taken.notify_all();
}

qsizetype StreamSound::roomFor(const SoundBlock &block) const
{
    // Another format: the old one is played to its end first.
    if (m_format != Format{block.sampleRate, block.channels})
        return m_held.empty() ? block.frames * block.channels : 0;
    const qint64 most = qint64{block.sampleRate} * block.channels * mostHeldMs / 1000;
    return std::max<qsizetype>(0, most - static_cast<qsizetype>(m_held.size()));
}

void StreamSound::soundDecoded(const SoundBlock &block)
{
    if (block.sampleRate <= 0 || block.channels <= 0)
        return;
    std::unique_lock lock(m_soundMutex);
    while (roomFor(block) <= 0) {
        if (isInterruptionRequested())
            return;
        m_taken.wait_for(lock, takenLook);
    }
    m_format = {block.sampleRate, block.channels};
    for (qsizetype i = 0; i < block.frames * block.channels; ++i)
        m_held.push_back(toSixteenBits(block.samples[i]));
}

} // namespace cycast
