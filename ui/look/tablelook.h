// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace cycast
{

/// What all tables of the window have in common: whole rows are chosen, nothing is edited in place, rows are
/// told apart by shade and not by lines, and Tab leads on to the next control.
void applyTableLook(QTableView &table);

} // namespace cycast
