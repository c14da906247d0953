// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace cycast
{

/// Insertions, deletions, replacements and swaps of neighbours that make `b` of `a`, ignoring case.
int editDistance(QStringView a, QStringView b);

/// The word of `known` that somebody who typed `word` may have meant; null when none is near.
QString similarWord(const QString &word, const QStringList &known);

} // namespace cycast
