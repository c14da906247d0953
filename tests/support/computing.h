// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

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

} // namespace cycast::test
