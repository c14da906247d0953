// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <random>

namespace cycast
{

/// What makes two tracks "by the same artist": case, spaces and guests ("feat. ...") aside. Empty: unknown.
QString artistKey(const QString &artist);

/// A random order of the items 0..n-1 in which the tracks of an artist lie far apart and none follows
/// another one of his, as long as there is anything to put between them. `groups[i]` is the artist of item i
/// as a number; `before` is the one of what plays in front of the first item, -1 for nobody. Pure; takes
/// O(n log n).
QList<int> spreadArtists(const QList<int> &groups, int before, std::mt19937 &random);

} // namespace cycast
