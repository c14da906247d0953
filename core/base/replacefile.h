// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QFileDevice>

#include <optional>

namespace cycast
{

/// Gives the file at `path` this content, or leaves it as it is: a full disk, a power cut or a kill never
/// leaves half of it. The bytes are on the disk when this returns, so it blocks. `permissions` it has before
/// it has its name; otherwise those of the file it replaces, or the usual ones. The folder must exist. The
/// error is the system's reason ("No space left on device"), for the caller's sentence.
Result<void> replaceFile(const QString &path, const QByteArray &content,
                         std::optional<QFileDevice::Permissions> permissions = {});

} // namespace cycast
