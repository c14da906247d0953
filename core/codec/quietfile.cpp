// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/quietfile.h"

#include <QThread>

namespace cycast
{

namespace
{

constexpr unsigned long betweenLooksMs = 100;
constexpr int quietLooks = 3;
constexpr int mostLooks = 30;

} // namespace

TrackResult<FileStamp> waitForQuiet(const std::function<TrackResult<FileStamp>()> &look)
{
    FileStamp known;
    for (int looks = 0, quiet = 0; looks < mostLooks && quiet < quietLooks; ++looks) {
        if (looks > 0)
            QThread::msleep(betweenLooksMs);
        const auto now = look();
        if (!now)
            return now;
        quiet = *now == known && now->isKnown() ? quiet + 1 : 0;
        known = *now;
    }
    return known;
}

} // namespace cycast
