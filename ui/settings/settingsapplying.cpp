// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What SettingsDialog does with edited settings: taking over another server's file, applying, the answer.
#include "core/config/settingsimport.h"
#include "core/station/stationcontrol.h"
#include "ui/look/coretexts.h"
#include "ui/settings/presetcommand.h"
#include "ui/settings/settingeditor.h"
#include "ui/settings/settingrow.h"
#include "ui/settings/settingsdialog.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QUndoStack>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

/// Port 0 is in force only where somebody asked for any free port.
PortRule SettingsDialog::portRule() const
{
    return m_base.server.sourcePort == 0 || m_base.server.listenPort == 0 ? PortRule::AnyAllowed
                                                                          : PortRule::Fixed;
}

void SettingsDialog::askImport()
{
    auto *dialog = new QFileDialog(this, tr("Import settings"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Settings of Cycast or Icecast (*.hcl *.xml)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        auto *box = new QMessageBox(QMessageBox::Information, tr("Import settings"), importFrom(path),
                                    QMessageBox::Close, this);
        box->setTextFormat(Qt::PlainText);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    dialog->open();
}

QString SettingsDialog::importFrom(const QString &path)
{
    constexpr qint64 most = 4 << 20;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return tr("%1 cannot be read: %2.").arg(path, file.errorString());
    const auto imported = importSettings(file.read(most), QFileInfo(path).fileName(), edited());
    if (!imported)
        return coreText(imported.error());
    for (const Page &page : std::as_const(m_pages)) {
        for (SettingRow *row : page.rows) {
            const QVariant value = row->field().get(imported->settings);
            if (value != row->field().get(m_base))
                row->editor()->propose(value);
        }
    }
    check();
    const auto list = [](const QStringList &names) {
        return names.isEmpty() ? tr("nothing") : names.join(u", "_s);
    };
    return tr("Read from a settings file of %1. Look at the pages, then apply.\n\n"
              "Taken: %2.\n\nHas nothing like it here: %3.\n\nNot in that file, stays as it is: %4.")
        .arg(imported->program, list(imported->taken), list(imported->notTaken), list(imported->fresh));
}

void SettingsDialog::apply()
{
    const Settings settings = edited();
    const QList<SettingsProblem> problems = validate(settings, portRule());
    if (hasErrors(problems)) {
        rejected(problems);
        return;
    }
    if (settings == m_base) {
        say(tr("Nothing to apply: these settings are in force."), false);
        return;
    }
    m_isWaiting = true;
    // The pass phrase is no playlist row: whoever changes it does not want the old one back by accident.
    const bool changesSecret = settings.server.sourcePassword != m_base.server.sourcePassword;
    if (m_undo != nullptr && !changesSecret)
        m_undo->push(new PresetCommand(m_control, tr("settings"), m_base, settings));
    else
        m_control.change([keys = changedKeys(m_base, settings), settings](Settings &wanted) {
            copyKeys(keys, settings, wanted);
        });
}

void SettingsDialog::applied(const Settings &settings, const QList<SettingsProblem> &)
{
    const bool ours = std::exchange(m_isWaiting, false);
    const bool changed = settings != m_base;
    const bool isOtherStream = settings.encoder.format != m_base.encoder.format;
    takeSettings(settings);
    if (ours)
        say(isOtherStream ? tr("Applied live. Whoever listens has to connect to the new stream.")
                          : tr("Applied live. Nobody is disconnected."),
            false);
    else if (changed && isVisible())
        say(tr("Settings were changed elsewhere. What you have not edited shows them."), false);
}

void SettingsDialog::rejected(const QList<SettingsProblem> &problems)
{
    const bool isOurs = std::exchange(m_isWaiting, false) || hasErrors(validate(edited(), portRule()));
    if (!isOurs)
        return;
    showProblems(problems);
    QStringList homeless;
    const SettingsProblem *first = nullptr;
    for (const SettingsProblem &problem : problems) {
        if (problem.isWarning)
            continue;
        if (!settingField(problem.field))
            homeless.append(coreText(problem));
        else if (!first)
            first = &problem;
    }
    if (first)
        showField(first->field);
    say(homeless.isEmpty() ? tr("Not applied. The fields to fix say what is wrong.")
                           : tr("Not applied. %1").arg(homeless.join(u' ')),
        true);
}

} // namespace cycast
