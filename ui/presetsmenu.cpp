// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/presetsmenu.h"

#include "core/stationcontrol.h"
#include "ui/presetcommand.h"
#include "ui/presetpreview.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QLabel>
#include <QUndoStack>
#include <QWidgetAction>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

PresetsMenu::PresetsMenu(StationControl &control, QUndoStack &undo, QWidget *parent)
    : QMenu(tr("P&resets"), parent)
    , m_control(control)
    , m_undo(undo)
{
    setToolTipsVisible(true);
    auto section = Preset::Section::SleepOnly;
    bool isFirst = true;
    for (const Preset &preset : presets()) {
        if (isFirst || preset.section != section) {
            if (!isFirst)
                addSeparator();
            if (preset.section == Preset::Section::ByScenario)
                addHeading(tr("By scenario"));
            else if (preset.section == Preset::Section::Recommended)
                addHeading(tr("Recommended"));
            else
                addHeading(tr("Sleep only"));
        }
        isFirst = false;
        section = preset.section;
        QAction *action = addAction(displayName(preset).replace(u'&', "&&"_L1));
        action->setToolTip(QCoreApplication::translate("Presets", preset.purpose).toHtmlEscaped());
        m_actions.insert(preset.id, action);
        connect(action, &QAction::triggered, this, [this, &preset] {
            // Choosing is no applying: the mark stays where the values in force are.
            showInForce();
            choose(preset);
        });
    }
    connect(&control, &StationControl::settingsApplied, this, &PresetsMenu::showInForce);
    connect(this, &QMenu::aboutToShow, this, &PresetsMenu::showInForce);
    showInForce();
}

QString PresetsMenu::displayName(const Preset &preset)
{
    return QCoreApplication::translate("Presets", preset.name);
}

void PresetsMenu::addHeading(const QString &text)
{
    auto *label = new QLabel(text.toUpper(), this);
    label->setTextFormat(Qt::PlainText);
    label->setFont(theme::scaled(font(), 0.85));
    label->setContentsMargins(26, 6, 12, 3);
    theme::setTone(label, Tone::Neutral);
    auto *action = new QWidgetAction(this);
    action->setText(text);
    action->setDefaultWidget(label);
    action->setEnabled(false);
    addAction(action);
}

void PresetsMenu::showInForce()
{
    const Preset *inForce = presetInForce(m_control.settings());
    for (auto action = m_actions.cbegin(); action != m_actions.cend(); ++action) {
        // Only the one in force has a mark at all; empty boxes would ask to be ticked.
        const bool isInForce = inForce && inForce->id == action.key();
        action.value()->setCheckable(isInForce);
        action.value()->setChecked(isInForce);
    }
}

void PresetsMenu::choose(const Preset &preset)
{
    delete m_preview;
    const Settings before = m_control.settings();
    const int bitrate = m_control.lastStatus().bitrateKbps > 0 ? m_control.lastStatus().bitrateKbps : 128;
    m_preview = new PresetPreview(displayName(preset), QCoreApplication::translate("Presets", preset.purpose),
                                  before, withPreset(before, preset), bitrate, window());
    m_preview->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_preview, &QDialog::accepted, this, [this, &preset] {
        // Against the settings of this moment: somebody may have changed others while the preview stood.
        const Settings now = m_control.settings();
        const Settings wanted = withPreset(now, preset);
        if (now != wanted)
            m_undo.push(new PresetCommand(m_control, tr("preset %1").arg(displayName(preset)), now, wanted));
    });
    m_preview->open();
}

} // namespace cycast
