// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace cycast
{

/// The signs used in the window, drawn from paths in the colours of the palette: sharp at every size, right
/// in light and dark, and independent of fonts and icon themes.
enum class Glyph : quint8 { Add, Close, Copy, Listen, Off, Play, Repeat, Share, Shuffle, Skip, Warning };

/// Disabled: muted; checked: accent; Warning always in its own colour.
QIcon icon(Glyph glyph);

} // namespace cycast
