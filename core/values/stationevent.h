// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace cycast
{

/// A moment worth a flag on the chart.
struct StationEvent {
    enum class Kind : quint8 {
        OnAir,
        OffAir,
        Skip,
        LiveStarted,
        LiveEnded,
        SettingsChanged,
        Underrun,
        Problem
    };
    Kind kind = Kind::Problem;
    QDateTime when;
    Sentence text;
    bool operator==(const StationEvent &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::StationEvent)
