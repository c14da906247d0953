// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cycast
{

/// What people call the program behind a User-Agent: "VLC 3.0.20", "Chrome 131", "Safari on iPhone". What is
/// not recognised comes back as it is, on one line. Pure; `userAgent` is a stranger's text and so is the
/// answer.
QString shownPlayer(const QString &userAgent);

} // namespace cycast
