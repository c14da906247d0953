// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

/// What is wrong with the settings that say who may come in. Each returns the rest of a sentence that begins
/// with the key; empty when fine. A part of validate().
namespace cycast::accesschecks
{

Sentence moreSourcesProblem(const Settings &settings);
Sentence adminPasswordProblem(const Settings &settings);
Sentence adminPasswordWarning(const Settings &settings);
Sentence trustedProxiesProblem(const Settings &settings);
Sentence tlsKeyProblem(const Settings &settings);
Sentence secondCertificateProblem(const Settings &settings);
Sentence secondKeyProblem(const Settings &settings);

} // namespace cycast::accesschecks
