// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/desktop/session.h"
#include "ui/playlist/runningimport.h"

namespace cycast
{

/// What a window leaves to the one that comes in its place, in another language.
struct HandOver {
    Session session;
    QList<RunningImport> imports;
    QList<RunningImport> jingleImports;
};

} // namespace cycast
