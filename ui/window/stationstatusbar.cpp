// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stationstatusbar.h"

#include "core/station/stationcontrol.h"
#include "ui/buffer/verdicts.h"
#include "ui/look/humanize.h"
#include "ui/look/sentences.h"
#include "ui/look/theme.h"
#include "ui/settings/presetsmenu.h"

#include <QLabel>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{
void put(QLabel *label, const QString &text, const QString &tip, Tone tone)
{
    if (label->text() != text)
        label->setText(text);
    label->setToolTip(u"<p>%1</p>"_s.arg(tip.toHtmlEscaped()));
    label->setAccessibleDescription(tip);
    theme::setTone(label, tone);
}

/// Good news needs no word and no colour; anything else has both.
void put(QLabel *label, const QString &text, const ShownVerdict &verdict)
{
    const bool isQuiet = verdict.tone == Tone::Good || verdict.tone == Tone::Neutral;
    put(label,
        isQuiet ? text : QCoreApplication::translate("StationStatusBar", "%1 (%2)").arg(text, verdict.inside),
        u"%1: %2"_s.arg(verdict.word, verdict.sentence), isQuiet ? Tone::Neutral : verdict.tone);
}
} // namespace

StationStatusBar::StationStatusBar(StationControl &control, QWidget *parent)
    : QStatusBar(parent)
    , m_control(control)
    , m_preset(new QLabel(this))
{
    m_preset->setTextFormat(Qt::PlainText);
    m_preset->setContentsMargins(8, 2, 8, 2);
    addWidget(m_preset);
    m_recording = addPart(tr("Recording"));
    m_cpu = addPart(tr("CPU"));
    m_memory = addPart(tr("Memory"));
    m_latency = addPart(tr("Latency"));
    m_uptime = addPart(tr("Running time"));
    connect(&control, &StationControl::settingsApplied, this, &StationStatusBar::showPreset);
    connect(&control, &StationControl::statusChanged, this, &StationStatusBar::showStatus);
    showPreset();
    showStatus(control.lastStatus());
}

QLabel *StationStatusBar::addPart(const QString &name)
{
    auto *label = new QLabel(this);
    label->setTextFormat(Qt::PlainText);
    label->setObjectName(name);
    label->setContentsMargins(8, 2, 8, 2);
    addPermanentWidget(label);
    return label;
}

void StationStatusBar::showPreset()
{
    const Preset *preset = presetInForce(m_control.settings());
    put(m_preset, tr("Preset: %1").arg(preset ? PresetsMenu::displayName(*preset) : tr("Custom")),
        preset ? tr("The values of this preset are in force.")
               : tr("The values in force are no preset's. The Presets menu has some to start from."),
        Tone::Neutral);
}

void StationStatusBar::showRecording(const RecordingStatus &recording)
{
    m_recording->setVisible(recording.isRunning || recording.isWanted || !recording.problem.isEmpty());
    if (recording.isRunning)
        put(m_recording,
            tr("\u25cf recording %1 \u00b7 %2")
                .arg(humanize::clock(recording.recordedMs), humanize::bytes(recording.bytes)),
            recording.file.isEmpty() ? tr("What listeners get is being recorded.") : recording.file,
            Tone::Critical);
    else if (recording.isWanted)
        put(m_recording, tr("records on the air"), tr("The recording begins when you go on the air."),
            Tone::Neutral);
    else if (!recording.problem.isEmpty())
        put(m_recording, tr("recording stopped"), said(recording.problem), Tone::Warning);
}

void StationStatusBar::showStatus(const StationStatus &status)
{
    showRecording(status.recording);
    const bool onAir = status.state == AirState::OnAir;
    put(m_cpu, tr("CPU %1").arg(humanize::percent(status.cpuPercent)),
        shown(describe(cpuVerdict(status.cpuPercent))));
    put(m_memory, humanize::bytes(status.memoryBytes),
        tr("Memory of this application, with a buffer of %1 MB.").arg(m_control.settings().buffer.sizeMb),
        Tone::Neutral);
    if (onAir)
        put(m_latency, tr("latency ≈ %1").arg(humanize::milliseconds(status.latencyMs)),
            shown(describe(delayVerdict(status.latencyMs))));
    else
        put(m_latency, tr("latency –"), tr("Known once you are on the air."), Tone::Neutral);
    put(m_uptime, onAir ? tr("up %1").arg(humanize::duration(status.onAirMs)) : tr("off air"),
        onAir ? tr("How long this broadcast has been running.") : tr("Nobody can listen now."),
        Tone::Neutral);
}

} // namespace cycast
