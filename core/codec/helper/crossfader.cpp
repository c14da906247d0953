// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/crossfader.h"

#include <cmath>
#include <numbers>

namespace cycast
{
namespace
{

void append(Samples &out, const Samples &more)
{
    out.insert(out.end(), more.begin(), more.end());
}

} // namespace

Crossfader::Crossfader(double seconds, int sampleRate, int channels)
    : m_channels(static_cast<size_t>(channels))
    , m_length(static_cast<size_t>(seconds * sampleRate) * m_channels)
{
}

void Crossfader::beginTrack(bool fades)
{
    endTrack(m_ready);
    m_fading = std::exchange(m_tail, {});
    m_faded = 0;
    m_fades = fades;
    m_isRunning = true;
    m_isDecided = false;
    m_seen = 0;
}

void Crossfader::feed(const Samples &samples, Samples &out)
{
    append(out, std::exchange(m_ready, {}));
    m_seen += samples.size();
    if (m_isDecided) {
        mix(samples, out);
        return;
    }
    append(m_start, samples);
    if (m_fading.empty() || !m_fades || isLong(m_seen))
        decide(out);
}

void Crossfader::decide(Samples &out)
{
    if (!m_fades || !isLong(m_seen))
        append(out, std::exchange(m_fading, {}));
    m_isDecided = true;
    m_beginning = out.size();
    mix(std::exchange(m_start, {}), out);
}

void Crossfader::mix(const Samples &samples, Samples &out)
{
    size_t place = 0;
    const double quarter = std::numbers::pi / 2;
    while (m_faded < m_fading.size() && place < samples.size()) {
        const double phase = static_cast<double>(m_faded / m_channels * m_channels) /
                             static_cast<double>(m_fading.size()) * quarter;
        m_tail.push_back(m_fading[m_faded] * static_cast<float>(std::cos(phase)) +
                         samples[place] * static_cast<float>(std::sin(phase)));
        ++m_faded;
        ++place;
    }
    m_tail.insert(m_tail.end(), samples.begin() + static_cast<std::ptrdiff_t>(place), samples.end());
    giveExcess(out);
}

void Crossfader::endTrack(Samples &out)
{
    if (!std::exchange(m_isRunning, false))
        return;
    if (!m_isDecided)
        decide(out);
    if (!isLong(m_seen))
        append(out, std::exchange(m_tail, {}));
}

void Crossfader::finish(Samples &out)
{
    append(out, std::exchange(m_ready, {}));
    endTrack(out);
    append(out, std::exchange(m_tail, {}));
    m_fading.clear();
}

void Crossfader::giveExcess(Samples &out)
{
    const size_t held = m_fades ? m_length : 0;
    if (m_tail.size() <= held)
        return;
    const auto excess = m_tail.begin() + static_cast<std::ptrdiff_t>(m_tail.size() - held);
    out.insert(out.end(), m_tail.begin(), excess);
    m_tail.erase(m_tail.begin(), excess);
}

} // namespace cycast
