// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

/// What is wrong with the settings that say how the world gets here. Each returns the rest of a sentence that
/// begins with the key; empty when fine. A part of validate().
namespace cycast::outsidechecks
{

Sentence publicUrlProblem(const Settings &settings);
Sentence publicUrlWarning(const Settings &settings);
Sentence updateUrlProblem(const Settings &settings);
Sentence directoryUrlProblem(const Settings &settings);
Sentence logoProblem(const Settings &settings);
Sentence countryProblem(const Settings &settings);
Sentence languagesProblem(const Settings &settings);
Sentence locationProblem(const Settings &settings);
Sentence httpsNameProblem(const Settings &settings);
Sentence acmeDirectoryProblem(const Settings &settings);
Sentence rehearsalProblem(const Settings &settings);

} // namespace cycast::outsidechecks
