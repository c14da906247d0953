// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/filewriter.h"
#include "tests/support/slack.h"

namespace cycast::test
{

/// Waits until what the process had written in the background is on the disk, for as long as a busy disk
/// takes: an end of a program waits for two seconds at most.
inline bool everythingIsWritten()
{
    return waitUntil([] { return FileWriter::shared().finish(std::chrono::milliseconds(100)); }, 20'000);
}

} // namespace cycast::test
