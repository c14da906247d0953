// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingspages.h"

#include "ui/look/card.h"
#include "ui/look/theme.h"
#include "ui/settings/settingeditor.h"
#include "ui/settings/settingrow.h"
#include "ui/settings/settingtexts.h"

#include <QLabel>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

namespace cycast
{

SettingsPages::SettingsPages(QWidget *parent)
    : QScrollArea(parent)
{
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    for (const QString &id : settingtexts::pages()) {
        m_pages.append(makePage(id, content));
        column->addWidget(m_pages.last().card);
    }
    m_nothingFound = new QLabel(tr("No setting matches the search."), content);
    m_nothingFound->setAlignment(Qt::AlignCenter);
    theme::setTone(m_nothingFound, Tone::Neutral);
    column->addWidget(m_nothingFound);
    column->addStretch(1);

    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
}

SettingsPages::~SettingsPages() = default;

SettingsPages::Page SettingsPages::makePage(const QString &id, QWidget *content)
{
    Page page{id, new Card(settingtexts::pageTitle(id), content), {}};
    page.card->titleLabel()->setFont(theme::scaled(font(), 1.3, true));
    page.card->body()->setSpacing(0);
    for (const SettingField &field : settingFields()) {
        if (settingtexts::pageOf(field) != id)
            continue;
        auto *row = new SettingRow(field, page.card);
        connect(row->editor(), &SettingEditor::edited, this, [this] {
            if (!m_isTaking)
                emit typed();
        });
        page.card->body()->addWidget(row);
        page.rows.append(row);
    }
    return page;
}

QStringList SettingsPages::titles() const
{
    QStringList titles;
    for (const Page &page : m_pages)
        titles.append(settingtexts::pageTitle(page.id));
    return titles;
}

SettingRow *SettingsPages::rowOf(const QString &key) const
{
    for (const Page &page : m_pages) {
        for (SettingRow *row : page.rows) {
            if (row->key() == key)
                return row;
        }
    }
    return nullptr;
}

int SettingsPages::pageOf(const QString &key) const
{
    SettingRow *row = rowOf(key);
    const auto has = [row](const Page &page) { return page.rows.contains(row); };
    const auto at = std::find_if(m_pages.begin(), m_pages.end(), has);
    return at == m_pages.end() ? -1 : static_cast<int>(at - m_pages.begin());
}

Settings SettingsPages::edited(const Settings &inForce) const
{
    Settings settings = inForce;
    for (const Page &page : m_pages) {
        for (const SettingRow *row : page.rows) {
            if (row->editor()->isEdited())
                row->field().set(settings, row->editor()->value());
        }
    }
    return settings;
}

void SettingsPages::takeSettings(const Settings &inForce)
{
    const QScopedValueRollback taking(m_isTaking, true);
    for (const Page &page : std::as_const(m_pages)) {
        for (SettingRow *row : page.rows) {
            const QVariant value = row->field().get(inForce);
            const QVariant typed = row->editor()->value();
            const bool keeps = row->editor()->isEdited() && typed != value;
            row->editor()->setValue(value);
            if (keeps)
                row->editor()->propose(typed);
        }
    }
}

void SettingsPages::propose(const Settings &wanted, const Settings &inForce)
{
    for (const Page &page : std::as_const(m_pages)) {
        for (SettingRow *row : page.rows) {
            const QVariant value = row->field().get(wanted);
            if (value != row->field().get(inForce))
                row->editor()->propose(value);
        }
    }
}

void SettingsPages::proposeDefaults(int page)
{
    const Settings defaults;
    for (SettingRow *row : m_pages.at(page).rows) {
        // A pass phrase has no default: an empty one would be an open door.
        if (!row->field().isSecret && !row->field().hasNoEffect)
            row->editor()->propose(row->field().get(defaults));
    }
}

void SettingsPages::showAutomatic(const Settings &settings)
{
    const QScopedValueRollback taking(m_isTaking, true);
    for (const Page &page : std::as_const(m_pages)) {
        for (SettingRow *row : page.rows) {
            if (settingtexts::hasAutomatic(row->field()))
                row->editor()->showAutomatic(settingtexts::automaticValue(row->field(), settings));
        }
    }
}

QList<int> SettingsPages::showProblems(const QList<SettingsProblem> &problems)
{
    QList<int> errors;
    for (const Page &page : std::as_const(m_pages)) {
        errors.append(0);
        for (SettingRow *row : page.rows) {
            QList<SettingsProblem> mine;
            std::copy_if(problems.begin(), problems.end(), std::back_inserter(mine),
                         [row](const SettingsProblem &problem) { return problem.field == row->key(); });
            row->showProblems(mine);
            errors.last() += hasErrors(mine) ? 1 : 0;
        }
    }
    return errors;
}

bool SettingsPages::showMatches(const QStringList &words, int page)
{
    bool any = false;
    for (qsizetype i = 0; i < m_pages.size(); ++i) {
        const Page &each = m_pages.at(i);
        bool pageHas = false;
        for (SettingRow *row : each.rows) {
            const bool shown = words.isEmpty() || row->matches(words);
            row->setVisible(shown);
            pageHas = pageHas || shown;
        }
        each.card->setVisible(words.isEmpty() ? page == static_cast<int>(i) : pageHas);
        any = any || !each.card->isHidden();
    }
    m_nothingFound->setVisible(!any);
    if (words.isEmpty())
        ensureVisible(0, 0);
    return any;
}

void SettingsPages::focusField(const QString &key)
{
    if (SettingRow *row = rowOf(key)) {
        ensureWidgetVisible(row);
        row->editor()->setFocus(Qt::TabFocusReason);
    }
}

} // namespace cycast
