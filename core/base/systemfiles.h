// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What Linux says of its processors in small files. `root`: "" but in tests. Reads a few of them; empty or
/// nothing where the system does not tell.
namespace cycast::systemfiles
{

/// All different governors (Documentation/admin-guide/pm/cpufreq.rst), sorted, "powersave,schedutil".
QString governors(const QString &root = {});

/// As the firmware of a Raspberry Pi tells it (vcgencmd get_throttled): bits 0 to 3 are now, 16 to 19 since
/// it was switched on; elsewhere how often a processor was slowed down by heat, in bit 18. -1: nobody tells.
qint64 throttling(const QString &root = {});

/// The module for TLS in the kernel is there.
bool hasKernelTls(const QString &root = {});

} // namespace cycast::systemfiles
