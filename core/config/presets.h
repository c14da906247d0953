// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/forecast.h"
#include "core/config/settings.h"

#include <optional>

namespace cycast
{

/// A named set of values from the tuning guide (behaviour.md, section 7). Values that the preset leaves out
/// stay as they are.
struct Preset {
    enum class Section : quint8 { ByScenario, Recommended, SleepOnly };
    QString id;                    ///< stable: "scenario-low-power", "home-server", ...
    const char *name = nullptr;    ///< English, for translate("Presets", name)
    const char *purpose = nullptr; ///< one sentence, translated likewise
    Section section = Section::Recommended;
    std::optional<int> sizeMb;
    std::optional<int> chunkSize;
    std::optional<double> sleepHigh;
    std::optional<double> sleepMedium;
    std::optional<double> sleepLow;
    std::optional<int> maxListeners;
};

/// The ten, in menu order.
const QList<Preset> &presets();

/// A copy of `settings` with the preset's values.
Settings withPreset(Settings settings, const Preset &preset);

/// The full preset (not sleep-only ones) whose values are all in force, or null.
const Preset *presetInForce(const Settings &settings);

} // namespace cycast
