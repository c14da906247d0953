// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/helper/trackfile.h"

#include <QByteArray>

namespace cycast
{

/// The picture inside a file, as it is (JPEG, PNG ...); empty when there is none, or one larger than
/// `mostBytes`. In the helper program only.
QByteArray coverInside(TrackFile file, qint64 mostBytes);

} // namespace cycast
