// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/nativesocket.h"

#include <sys/socket.h>

namespace cycast::test
{

/// Two ends of one connection within this process, non-blocking. False: no descriptors left.
inline bool makePair(native::Socket &first, native::Socket &second)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    first = ends[0];
    second = ends[1];
    return true;
}

} // namespace cycast::test
