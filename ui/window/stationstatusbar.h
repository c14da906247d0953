// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/stationstatus.h"

#include <QStatusBar>

class QLabel;

namespace cycast
{

class StationControl;
struct RecordingStatus;
struct StationStatus;

/// At the foot of the window: the preset in force, CPU, memory, latency and running time, with the guide's
/// verdicts. Where a verdict is not good its word stands beside the number.
class StationStatusBar : public QStatusBar
{
    Q_OBJECT

public:
    explicit StationStatusBar(StationControl &control, QWidget *parent = nullptr);

private:
    QLabel *addPart(const QString &name);
    void showPreset();
    void showStatus(const StationStatus &status);
    void showRecording(const RecordingStatus &recording);

    StationControl &m_control;
    QLabel *m_preset;
    QLabel *m_recording;
    QLabel *m_cpu;
    QLabel *m_memory;
    QLabel *m_latency;
    QLabel *m_uptime;
};

} // namespace cycast
