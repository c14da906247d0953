// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

/// What is wrong with the settings that say who may come in. Each returns the rest of a sentence that begins
/// with the key; empty when fine. A part of validate().
namespace cycast::accesschecks
{

QString moreSourcesProblem(const Settings &settings);
QString adminPasswordProblem(const Settings &settings);
QString adminPasswordWarning(const Settings &settings);
QString trustedProxiesProblem(const Settings &settings);
QString tlsKeyProblem(const Settings &settings);
QString secondCertificateProblem(const Settings &settings);
QString secondKeyProblem(const Settings &settings);

} // namespace cycast::accesschecks
