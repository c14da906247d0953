// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/mediaprober.h"

#include <QByteArray>
#include <QString>

namespace cycast
{

/// The picture inside a file, as it is (JPEG, PNG ...), else the one that lies beside it under a usual name
/// (cover.jpg, folder.png ...). Empty when there is none. Blocking; for a pool thread.
QByteArray coverOf(const QString &path);

} // namespace cycast
