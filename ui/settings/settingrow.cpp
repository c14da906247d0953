// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingrow.h"

#include "ui/look/plainlabel.h"
#include "ui/look/sentences.h"
#include "ui/settings/settingeditor.h"
#include "ui/settings/settingtexts.h"

#include <QApplication>
#include <QGridLayout>
#include <QLabel>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

void makeChip(QLabel &label, const settingtexts::Badge &badge)
{
    label.setText(badge.text);
    label.setFont(theme::scaled(QApplication::font(), 0.9));
    label.setToolTip(badge.explanation);
    theme::setChip(&label, badge.tone);
}

/// Of the widest chip that any row has.
int chipWidth()
{
    int width = 0;
    QLabel probe;
    for (const SettingField &field : settingFields()) {
        makeChip(probe, settingtexts::badge(field));
        width = std::max(width, probe.sizeHint().width());
    }
    return width;
}

} // namespace

SettingRow::SettingRow(const SettingField &field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
    , m_editor(SettingEditor::make(field, this))
    , m_help(plainLabel(settingtexts::help(field), this))
    , m_problem(plainLabel({}, this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 6, 0, 6);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(1);
    grid->setColumnStretch(0, 1);
    const int width = fontMetrics().averageCharWidth();
    // Rows are grids of their own: fixed widths make them one table.
    m_editor->setFixedWidth(width * 46);
    grid->setColumnMinimumWidth(2, chipWidth());

    QString text = settingtexts::label(field);
    QLabel *label = plainLabel(text.replace(u'&', "&&"_L1), this);
    label->setBuddy(m_editor->input());
    label->setWordWrap(true);
    QLabel *name = plainLabel(settingtexts::name(field), this);
    name->setFont(theme::scaled(font(), 0.88));
    name->setToolTip(tr("In the settings file: %1").arg(key()));
    theme::setTone(name, Tone::Neutral);
    QLabel *chip = plainLabel({}, this);
    makeChip(*chip, settingtexts::badge(field));
    m_help->setWordWrap(true);
    m_help->setFont(theme::scaled(font(), 0.92));
    theme::setTone(m_help, Tone::Neutral);
    m_help->setVisible(!m_help->text().isEmpty());
    m_problem->setWordWrap(true);
    m_problem->hide();

    grid->addWidget(label, 0, 0);
    grid->addWidget(name, 1, 0, Qt::AlignTop);
    grid->addWidget(m_editor, 0, 1, 2, 1, Qt::AlignVCenter);
    grid->addWidget(chip, 0, 2, 2, 1, Qt::AlignLeft | Qt::AlignVCenter);
    grid->addWidget(m_problem, 2, 0, 1, 3);
    grid->addWidget(m_help, 3, 0, 1, 3);
    m_editor->setEnabled(!field.hasNoEffect);
    showProblems({});
}

void SettingRow::showProblems(const QList<SettingsProblem> &problems)
{
    QStringList sentences;
    bool isError = false;
    for (const SettingsProblem &problem : problems) {
        sentences.append(problem.isWarning ? tr("Note: %1").arg(said(problem.sentence))
                                           : said(problem.sentence));
        isError = isError || !problem.isWarning;
    }
    m_problem->setText(sentences.join(u'\n'));
    m_problem->setVisible(!sentences.isEmpty());
    theme::setTone(m_problem, isError ? Tone::Critical : Tone::Warning);
    const settingtexts::Badge badge = settingtexts::badge(m_field);
    sentences.append(settingtexts::help(m_field));
    sentences.append(tr("Takes effect: %1.").arg(badge.text));
    if (const QString unit = settingtexts::unit(m_field); !unit.isEmpty())
        sentences.append(tr("Unit: %1.").arg(unit));
    m_editor->setDescription(sentences.join(u' ').simplified());
}

QString SettingRow::problemText() const
{
    return m_problem->text();
}

bool SettingRow::matches(const QStringList &words) const
{
    const QString text = QStringList{key(), settingtexts::label(m_field), settingtexts::help(m_field),
                                     settingtexts::pageTitle(settingtexts::pageOf(m_field))}
                             .join(u'\n');
    return std::all_of(words.begin(), words.end(),
                       [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace cycast
