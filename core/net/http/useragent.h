// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cycast
{

/// A short name for people out of a User-Agent: "VLC 3.0.20", "Chrome 131", "Sonos", "Safari (iPhone)". What
/// is not known keeps its first product ("Foo/1.2 (x)" is "Foo 1.2"); empty for an empty one. At most 40
/// characters, no control characters.
QString playerName(const QString &userAgent);

/// Whether a User-Agent is one of a program that plays streams and shows no pages. Unknown ones are not.
bool isPlayer(const QString &userAgent);

} // namespace cycast
