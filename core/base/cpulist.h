// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringView>

#include <optional>

namespace cycast
{

/// Processors are numbered from 0 to below this, as in the kernel's own sets (CPU_SETSIZE).
inline constexpr int mostCpus = 1024;

/// The processors that a list such as "0,2-3" names (cpuset(7), "List format"), in order, each once. Empty
/// text: none. Nothing: it is no such list. Pure.
std::optional<QList<int>> cpusFrom(QStringView list);

/// The shortest list that names them.
QString cpuListOf(QList<int> cpus);

} // namespace cycast
