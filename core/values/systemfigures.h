// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cycast
{

/// What the system gives this program, and how awake its processors are.
struct SystemFigures {
    enum class Heat : quint8 { Unknown, Cool, WasHot, Hot };

    QString
        governor; ///< "performance", "schedutil"; several: the slowest to wake up; empty: it does not tell
    Heat heat = Heat::Unknown; ///< whether heat, or too little power, slows the processor down
    int niceness = 0;          ///< in force
    int leastNiceness = 0;     ///< permitted
    QString cpus;              ///< that the program may use, "0-3"
    bool hasKernelTls = false; ///< the kernel can encrypt by itself
    bool operator==(const SystemFigures &) const = default;
};

} // namespace cycast
