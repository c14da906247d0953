// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/health.h"
#include "ui/look/theme.h"

#include <QString>

namespace cycast
{

/// A verdict of core/advice/health.h as the window shows it: translated, with a capital letter and a tone.
struct ShownVerdict {
    Tone tone = Tone::Neutral;
    QString word;     ///< "Healthy", never empty
    QString inside;   ///< the same within a sentence: "healthy"
    QString sentence; ///< what it means and what helps
};
ShownVerdict shown(const Verdict &verdict);

} // namespace cycast
