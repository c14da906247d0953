// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingsdialog.h"

#include "core/config/presets.h"
#include "core/config/settingsimport.h"
#include "core/station/stationcontrol.h"
#include "ui/look/card.h"
#include "ui/look/humanize.h"
#include "ui/look/sentences.h"
#include "ui/look/theme.h"
#include "ui/settings/settingsapplier.h"
#include "ui/settings/settingspages.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

SettingsDialog::SettingsDialog(StationControl &control, QWidget *parent)
    : QDialog(parent)
    , m_control(control)
    , m_applier(new SettingsApplier(control, this))
    , m_pages(new SettingsPages(this))
    , m_search(new QLineEdit(this))
    , m_pageList(new QListWidget(this))
{
    setWindowTitle(tr("Settings"));
    // Colours by role: they follow the theme.
    setStyleSheet(u"QDoubleSpinBox { background: palette(base); color: palette(text); padding: 0.35em 0.5em;"
                  " border: 1px solid palette(dark); border-radius: 8px; }"
                  "QDoubleSpinBox:focus { border: 2px solid palette(link); padding: 0.28em 0.43em; }"
                  "QDoubleSpinBox:disabled { background: palette(window); }"
                  "QDoubleSpinBox QLineEdit { border: none; padding: 0; background: transparent; }"_s);
    m_search->setPlaceholderText(tr("Search settings"));
    m_search->setAccessibleName(tr("Search settings"));
    m_search->setClearButtonEnabled(true);
    m_pageList->setAccessibleName(tr("Pages"));
    m_pageList->setObjectName(u"settingsPages"_s);
    m_pageList->setStyleSheet(u"QListWidget#settingsPages { background: transparent; }"
                              "QListWidget#settingsPages::item { padding: 0.5em 0.9em; border-radius: 6px; }"
                              "QListWidget#settingsPages::item:selected { background: palette(highlight);"
                              " color: palette(highlighted-text); }"_s);

    m_pageList->addItems(m_pages->titles());
    placeParts();

    connect(m_search, &QLineEdit::textChanged, this, &SettingsDialog::showRows);
    connect(m_pageList, &QListWidget::currentRowChanged, this, &SettingsDialog::showRows);
    // A page chosen while searching: the search has done its work.
    connect(m_pageList, &QListWidget::itemClicked, this, [this] { m_search->clear(); });
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, m_search, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    connect(m_pages, &SettingsPages::typed, this, &SettingsDialog::check);
    connect(m_applier, &SettingsApplier::applied, this, &SettingsDialog::applied);
    connect(m_applier, &SettingsApplier::rejected, this, &SettingsDialog::rejected);

    takeSettings();
    m_pageList->setCurrentRow(0);
    showRows();
    resize(std::max(900, fontMetrics().averageCharWidth() * 135), std::max(620, fontMetrics().height() * 38));
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::placeParts()
{
    auto *left = new QVBoxLayout;
    left->setSpacing(12);
    left->addWidget(m_search);
    left->addWidget(m_pageList, 1);
    const int leftWidth = fontMetrics().averageCharWidth() * 26;
    m_search->setFixedWidth(leftWidth);
    m_pageList->setFixedWidth(leftWidth);

    auto *right = new QVBoxLayout;
    right->setSpacing(12);
    right->addWidget(m_pages, 1);
    right->addWidget(buildSummary());
    right->addWidget(buildButtons());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 14);
    layout->setSpacing(14);
    layout->addLayout(left);
    layout->addLayout(right, 1);
}

QWidget *SettingsDialog::buildSummary()
{
    auto *card = new Card({}, this);
    card->setAccessibleName(tr("With these settings"));
    auto *line = new QHBoxLayout;
    auto *title = new QLabel(tr("With these settings"), card);
    title->setFont(theme::scaled(font(), 1.0, true));
    m_summary = new QLabel(card);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    theme::setTone(m_summary, Tone::Neutral);
    line->addWidget(title);
    line->addWidget(m_summary, 1);
    card->body()->addLayout(line);
    return card;
}

QWidget *SettingsDialog::buildButtons()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_resetButton = new QPushButton(tr("&Reset page"), row);
    m_resetButton->setAutoDefault(false);
    m_resetButton->setToolTip(
        tr("Puts the defaults into this page. Nothing changes until they are applied."));
    m_message = new QLabel(row);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_cancelButton = new QPushButton(tr("Cancel"), row);
    m_cancelButton->setAutoDefault(false);
    m_applyButton = new QPushButton(tr("&Apply live"), row);
    m_applyButton->setDefault(true);
    m_applyButton->setProperty("prominent", true);
    auto *import = new QPushButton(tr("&Import\u2026"), row);
    import->setAutoDefault(false);
    import->setToolTip(tr("Takes over the settings file of a Cycast or an Icecast server."));
    connect(import, &QPushButton::clicked, this, &SettingsDialog::askImport);
    layout->addWidget(m_resetButton);
    layout->addWidget(import);
    layout->addWidget(m_message, 1);
    layout->addWidget(m_cancelButton);
    layout->addWidget(m_applyButton);
    connect(m_resetButton, &QPushButton::clicked, this, &SettingsDialog::resetPage);
    connect(m_cancelButton, &QPushButton::clicked, this, &SettingsDialog::reject);
    connect(m_applyButton, &QPushButton::clicked, this, &SettingsDialog::apply);
    return row;
}

void SettingsDialog::setUndoStack(QUndoStack *undo)
{
    m_applier->setUndoStack(undo);
}

Settings SettingsDialog::edited() const
{
    return m_pages->edited(m_applier->inForce());
}

bool SettingsDialog::hasEdits() const
{
    return edited() != m_applier->inForce();
}

void SettingsDialog::takeSettings()
{
    m_pages->takeSettings(m_applier->inForce());
    check();
}

void SettingsDialog::check()
{
    const Settings settings = edited();
    m_pages->showAutomatic(settings);
    showProblems(m_applier->problemsOf(settings));
    showSummary(settings);
    say({}, false);
    m_cancelButton->setText(hasEdits() ? tr("Cancel") : tr("Close"));
}

void SettingsDialog::showProblems(const QList<SettingsProblem> &problems)
{
    const QList<int> errors = m_pages->showProblems(problems);
    const QStringList titles = m_pages->titles();
    for (int page = 0; page < errors.size(); ++page) {
        const QString &title = titles.at(page);
        QListWidgetItem *item = m_pageList->item(page);
        item->setText(errors.at(page) ? tr("%1 (%2 to fix)").arg(title).arg(errors.at(page)) : title);
        item->setForeground(errors.at(page) ? QBrush(theme::critical()) : QBrush());
    }
}

void SettingsDialog::showSummary(const Settings &settings)
{
    const int bitrate = m_control.lastStatus().bitrateKbps > 0 ? m_control.lastStatus().bitrateKbps : 128;
    const Forecast costs = forecast(settings, bitrate);
    const QLocale locale = humanize::displayLocale();
    m_summary->setText(tr("latency ≈ %1 live  ·  %2 MB = %3 at %4 kbit/s  ·  CPU ≈ %5 % at 100 listeners")
                           .arg(humanize::milliseconds(costs.liveLatencyMs),
                                QString::number(settings.buffer.sizeMb),
                                humanize::duration(std::llround(costs.bufferSeconds * 1000.0)),
                                QString::number(bitrate), locale.toString(costs.cpuPercentAt100, 'f', 1)));
}

void SettingsDialog::showRows()
{
    const QStringList words = m_search->text().simplified().split(u' ', Qt::SkipEmptyParts);
    m_pages->showMatches(words, m_pageList->currentRow());
    m_resetButton->setEnabled(words.isEmpty());
}

void SettingsDialog::showField(const QString &key)
{
    const int page = m_pages->pageOf(key);
    if (page < 0)
        return;
    m_search->clear();
    m_pageList->setCurrentRow(page);
    m_pages->focusField(key);
}

void SettingsDialog::resetPage()
{
    const int current = m_pageList->currentRow();
    if (current < 0)
        return;
    m_pages->proposeDefaults(current);
    if (hasEdits())
        say(tr("This page shows the defaults. Apply them to make them count."), false);
    else
        say(tr("This page holds the defaults already."), false);
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
        return said(imported.error());
    m_pages->propose(imported->settings, m_applier->inForce());
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
    switch (m_applier->apply(settings)) {
    case SettingsApplier::Outcome::Asked:
        break;
    case SettingsApplier::Outcome::Unchanged:
        say(tr("Nothing to apply: these settings are in force."), false);
        break;
    case SettingsApplier::Outcome::Wrong:
        rejected(true, m_applier->problemsOf(settings));
        break;
    }
}

void SettingsDialog::applied(bool isOurs, const Settings &before)
{
    const Settings &settings = m_applier->inForce();
    const bool changed = settings != before;
    const bool isOtherStream = settings.encoder.format != before.encoder.format;
    takeSettings();
    if (isOurs)
        say(isOtherStream ? tr("Applied live. Whoever listens has to connect to the new stream.")
                          : tr("Applied live. Nobody is disconnected."),
            false);
    else if (changed && isVisible())
        say(tr("Settings were changed elsewhere. What you have not edited shows them."), false);
}

void SettingsDialog::rejected(bool isOurs, const QList<SettingsProblem> &problems)
{
    if (!isOurs && !hasErrors(m_applier->problemsOf(edited())))
        return;
    showProblems(problems);
    QStringList homeless;
    const SettingsProblem *first = nullptr;
    for (const SettingsProblem &problem : problems) {
        if (problem.isWarning)
            continue;
        if (!settingField(problem.field))
            homeless.append(said(problem.sentence));
        else if (!first)
            first = &problem;
    }
    if (first)
        showField(first->field);
    say(homeless.isEmpty() ? tr("Not applied. The fields to fix say what is wrong.")
                           : tr("Not applied. %1").arg(homeless.join(u' ')),
        true);
}

void SettingsDialog::say(const QString &text, bool isProblem)
{
    m_message->setText(text);
    theme::setTone(m_message, isProblem ? Tone::Critical : Tone::Good);
}

void SettingsDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!hasEdits()) {
        m_applier->reload();
        takeSettings();
    }
    m_search->setFocus();
}

} // namespace cycast
