// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <ctime>

namespace cycast::test
{

/// The longest that a computation may take, in milliseconds: generous, so that only what grows faster than
/// its input exceeds it. Under a sanitizer every access to memory is several times slower, and so is the
/// limit.
constexpr qint64 computingMs(qint64 ms)
{
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    return ms * 10;
#else
    return ms;
#endif
}

/// What this thread has computed since this was made, in milliseconds; what others do on the machine does not
/// count.
class ComputingTime
{
public:
    qint64 elapsed() const { return now() - m_from; }

private:
    static qint64 now()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
    }

    qint64 m_from = now();
};

} // namespace cycast::test
