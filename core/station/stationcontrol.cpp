// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/stationcontrol.h"

namespace cycast
{

StationControl::StationControl(QObject *parent)
    : FileNews(parent)
{
    qRegisterMetaType<QList<SettingsProblem>>();
}

StationControl::~StationControl() = default;

} // namespace cycast
