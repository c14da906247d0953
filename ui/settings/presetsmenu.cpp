// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/presetsmenu.h"

#include "core/station/stationcontrol.h"
#include "ui/look/theme.h"
#include "ui/settings/presetcommand.h"
#include "ui/settings/presetpreview.h"
#include "ui/settings/userpresets.h"
#include "ui/settings/userpresetsdialog.h"

#include <QCoreApplication>
#include <QInputDialog>
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

QAction *PresetsMenu::addHeading(const QString &text)
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
    return action;
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
    if (m_own != nullptr)
        fillOwn();
}

void PresetsMenu::choose(const Preset &preset)
{
    preview(displayName(preset), QCoreApplication::translate("Presets", preset.purpose),
            [&preset](const Settings &settings) { return withPreset(settings, preset); });
}

void PresetsMenu::preview(const QString &name, const QString &purpose,
                          std::function<Settings(const Settings &)> change)
{
    delete m_preview;
    const Settings before = m_control.settings();
    const int bitrate = m_control.lastStatus().bitrateKbps > 0 ? m_control.lastStatus().bitrateKbps : 128;
    m_preview = new PresetPreview(name, purpose, before, change(before), bitrate, window());
    m_preview->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_preview, &QDialog::accepted, this, [this, name, change = std::move(change)] {
        // Against the settings of this moment: somebody may have changed others while the preview stood.
        const Settings now = m_control.settings();
        const Settings wanted = change(now);
        if (now != wanted)
            m_undo.push(new PresetCommand(m_control, tr("preset %1").arg(name), now, wanted));
    });
    m_preview->open();
}

void PresetsMenu::setUserPresets(UserPresets &presets)
{
    m_own = &presets;
    connect(m_own, &UserPresets::changed, this, &PresetsMenu::fillOwn);
    fillOwn();
}

void PresetsMenu::fillOwn()
{
    qDeleteAll(m_ownActions);
    m_ownActions.clear();
    if (!m_own->list().isEmpty()) {
        m_ownActions.append(addSeparator());
        m_ownActions.append(addHeading(tr("Your own")));
    }
    for (const UserPreset &own : m_own->list()) {
        QAction *action = addAction(QString(own.name).replace(u'&', "&&"_L1));
        const bool isInForce = userPresetOf(own.name, m_control.settings()) == own;
        action->setCheckable(isInForce);
        action->setChecked(isInForce);
        connect(action, &QAction::triggered, this, [this, own] {
            preview(own.name, tr("A preset of your own."),
                    [own](const Settings &settings) { return withPreset(settings, own); });
        });
        m_ownActions.append(action);
    }
    m_ownActions.append(addSeparator());
    m_ownActions.append(addAction(tr("&Save current as preset\u2026"), this, &PresetsMenu::askSave));
    m_ownActions.append(addAction(tr("&Manage presets\u2026"), this, [this] {
        auto *dialog = new UserPresetsDialog(*m_own, window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    }));
}

void PresetsMenu::askSave()
{
    auto *dialog = new QInputDialog(window());
    dialog->setObjectName(u"presetName"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save preset"));
    dialog->setLabelText(tr("Name of the preset. One of the same name is replaced."));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        if (!text.simplified().isEmpty())
            m_own->save(userPresetOf(text.simplified(), m_control.settings()));
    });
    dialog->open();
}

} // namespace cycast
