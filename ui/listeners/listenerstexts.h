// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/listeners/listenerrow.h"

#include <QString>

/// What the table of listeners says, in the user's language. Pure; times are of the wall clock.
namespace cycast::listenerstexts
{

QString cell(const ListenerRow &row, ListenerRow::Column column, qint64 nowMs);
/// The whole row, for those who have it read to them.
QString sentence(const ListenerRow &row, qint64 nowMs);
/// Plain text; empty where the cell says it all.
QString hint(const ListenerRow &row, ListenerRow::Column column);
QString title(ListenerRow::Column column);
/// What a column counts; empty where its title says it.
QString titleHint(ListenerRow::Column column);

} // namespace cycast::listenerstexts
