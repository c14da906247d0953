// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/playlistentry.h"

#include <atomic>

namespace cycast
{

quint64 newEntryId()
{
    static std::atomic<quint64> counter = 0;
    return ++counter;
}

} // namespace cycast
