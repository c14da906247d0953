// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/alarmbell.h"

#include "core/station/stationcontrol.h"
#include "ui/onair/airlamp.h"

#include <QApplication>

#include <chrono>

using namespace std::chrono_literals;

namespace cycast
{

AlarmBell::AlarmBell(StationControl &control, QObject *parent)
    : QObject(parent)
{
    m_repeat.setInterval(30s);
    connect(&m_repeat, &QTimer::timeout, this, [] { QApplication::beep(); });
    connect(&control, &StationControl::auditionChanged, this, &AlarmBell::take);
}

void AlarmBell::take(const Audition &audition)
{
    if (audition.alarm == isRinging())
        return;
    if (!audition.alarm) {
        m_repeat.stop();
        emit ended();
        return;
    }
    QApplication::beep();
    m_repeat.start();
    emit rang(tr("Your listeners hear nothing"), lampWords(audition).sentence);
}

} // namespace cycast
