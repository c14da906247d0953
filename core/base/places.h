// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStandardPaths>
#include <QString>

namespace cycast
{

/// QStandardPaths::writableLocation() that ignores XDG variables with a relative path, as their specification
/// asks for (not every version of Qt does): the files would be somewhere else after each start.
QString userPlace(QStandardPaths::StandardLocation location);

} // namespace cycast
