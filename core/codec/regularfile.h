// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/trackfault.h"

#include <QFile>

namespace cycast
{

/// Opens `path` for reading, unbuffered, and only when it is a plain file with something in it: a pipe or
/// a device could block for ever. Never blocks on those itself; a dead disk can (see MusicFile). The sentence
/// names the file.
TrackResult<void> openRegularFile(QFile &file, const QString &path);

} // namespace cycast
