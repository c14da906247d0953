// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace bench
{

/// Times up to a minute in steps of 50 microseconds.
class Histogram
{
public:
    void add(std::int64_t ns)
    {
        const auto step = static_cast<std::size_t>(std::max<std::int64_t>(0, ns) / stepNs);
        ++m_steps[std::min(step, m_steps.size() - 1)];
        ++m_count;
    }
    /// Milliseconds; -1 without any value. `share`: 0.5 for the median.
    double quantileMs(double share) const
    {
        if (m_count == 0)
            return -1.0;
        const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(m_count - 1)) + 1;
        std::uint64_t seen = 0;
        std::size_t i = 0;
        while ((seen += m_steps[i]) < wanted)
            ++i;
        return (static_cast<double>(i) + 0.5) * stepNs / 1e6;
    }
    std::uint64_t count() const { return m_count; }

private:
    static constexpr std::int64_t stepNs = 50'000;
    std::vector<std::uint32_t> m_steps = std::vector<std::uint32_t>(1'200'000);
    std::uint64_t m_count = 0;
};

} // namespace bench
