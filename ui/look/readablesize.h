// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QDialog;

namespace cycast
{

/// Makes the dialog as large as what it shows needs, at least `characters` average letters wide, and lets
/// nobody make it smaller. A minimum width of its own would take the place of its layout's, and wrapped
/// sentences know their height only when they know their width, so that Qt squeezes everything else instead.
/// Called when the dialog is complete, and again when it shows something else.
void keepReadable(QDialog &dialog, int characters);

} // namespace cycast
