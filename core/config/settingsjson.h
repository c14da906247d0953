// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

#include <QJsonObject>

namespace cycast
{

/// The settings in the blocks of the file, for --print-config. Automatic values (-1) appear as what they
/// stand for; secrets only as "(set)" or "(not set)". Pure.
QJsonObject settingsToJson(const Settings &settings);

} // namespace cycast
