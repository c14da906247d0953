// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingsdialog.h"

#include "core/config/presets.h"
#include "core/station/stationcontrol.h"
#include "ui/look/card.h"
#include "ui/look/humanize.h"
#include "ui/settings/settingeditor.h"
#include "ui/settings/settingrow.h"
#include "ui/settings/settingtexts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{
constexpr int idRole = Qt::UserRole;

} // namespace

SettingsDialog::SettingsDialog(StationControl &control, QWidget *parent)
    : QDialog(parent)
    , m_control(control)
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

    auto *left = new QVBoxLayout;
    left->setSpacing(12);
    left->addWidget(m_search);
    left->addWidget(m_pageList, 1);
    const int leftWidth = fontMetrics().averageCharWidth() * 26;
    m_search->setFixedWidth(leftWidth);
    m_pageList->setFixedWidth(leftWidth);

    auto *right = new QVBoxLayout;
    right->setSpacing(12);
    right->addWidget(buildPages(), 1);
    right->addWidget(buildSummary());
    right->addWidget(buildButtons());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 14);
    layout->setSpacing(14);
    layout->addLayout(left);
    layout->addLayout(right, 1);

    connect(m_search, &QLineEdit::textChanged, this, &SettingsDialog::showRows);
    connect(m_pageList, &QListWidget::currentRowChanged, this, &SettingsDialog::showRows);
    // A page chosen while searching: the search has done its work.
    connect(m_pageList, &QListWidget::itemClicked, this, [this] { m_search->clear(); });
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, m_search, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    connect(&control, &StationControl::settingsApplied, this, &SettingsDialog::applied);
    connect(&control, &StationControl::settingsRejected, this, &SettingsDialog::rejected);

    takeSettings(control.settings());
    m_pageList->setCurrentRow(0);
    showRows();
    resize(std::max(900, fontMetrics().averageCharWidth() * 135), std::max(620, fontMetrics().height() * 38));
}

SettingsDialog::~SettingsDialog() = default;

QWidget *SettingsDialog::buildPages()
{
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    for (const QString &id : settingtexts::pages()) {
        Page page{id, new Card(settingtexts::pageTitle(id), content), {}};
        page.card->titleLabel()->setFont(theme::scaled(font(), 1.3, true));
        page.card->body()->setSpacing(0);
        for (const SettingField &field : settingFields()) {
            if (settingtexts::pageOf(field) != id)
                continue;
            auto *row = new SettingRow(field, page.card);
            connect(row->editor(), &SettingEditor::edited, this, &SettingsDialog::check);
            page.card->body()->addWidget(row);
            page.rows.append(row);
        }
        column->addWidget(page.card);
        auto *item = new QListWidgetItem(settingtexts::pageTitle(id), m_pageList);
        item->setData(idRole, id);
        m_pages.append(page);
    }
    m_nothingFound = new QLabel(tr("No setting matches the search."), content);
    m_nothingFound->setAlignment(Qt::AlignCenter);
    theme::setTone(m_nothingFound, Tone::Neutral);
    column->addWidget(m_nothingFound);
    column->addStretch(1);

    m_scroll = new QScrollArea(this);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return m_scroll;
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

Settings SettingsDialog::edited() const
{
    Settings settings = m_base;
    for (const Page &page : m_pages) {
        for (const SettingRow *row : page.rows) {
            if (row->editor()->isEdited())
                row->field().set(settings, row->editor()->value());
        }
    }
    return settings;
}

bool SettingsDialog::hasEdits() const
{
    return edited() != m_base;
}

/// New settings in force: edited fields keep what was typed, the others show them.
void SettingsDialog::takeSettings(const Settings &settings)
{
    m_isTaking = true;
    m_base = settings;
    for (const Page &page : std::as_const(m_pages)) {
        for (SettingRow *row : page.rows) {
            const QVariant inForce = row->field().get(settings);
            const QVariant typed = row->editor()->value();
            const bool keeps = row->editor()->isEdited() && typed != inForce;
            row->editor()->setValue(inForce);
            if (keeps)
                row->editor()->propose(typed);
        }
    }
    m_isTaking = false;
    check();
}

void SettingsDialog::check()
{
    if (m_isTaking)
        return;
    const Settings settings = edited();
    m_isTaking = true;
    for (const Page &page : std::as_const(m_pages)) {
        for (SettingRow *row : page.rows) {
            if (settingtexts::hasAutomatic(row->field()))
                row->editor()->showAutomatic(settingtexts::automaticValue(row->field(), settings));
        }
    }
    m_isTaking = false;
    showProblems(validate(settings, portRule()));
    showSummary(settings);
    say({}, false);
    m_cancelButton->setText(hasEdits() ? tr("Cancel") : tr("Close"));
}

void SettingsDialog::showProblems(const QList<SettingsProblem> &problems)
{
    for (qsizetype i = 0; i < m_pages.size(); ++i) {
        int errors = 0;
        for (SettingRow *row : m_pages.at(i).rows) {
            QList<SettingsProblem> mine;
            std::copy_if(problems.begin(), problems.end(), std::back_inserter(mine),
                         [row](const SettingsProblem &problem) { return problem.field == row->key(); });
            row->showProblems(mine);
            errors += hasErrors(mine) ? 1 : 0;
        }
        QListWidgetItem *item = m_pageList->item(static_cast<int>(i));
        const QString title = settingtexts::pageTitle(m_pages.at(i).id);
        item->setText(errors ? tr("%1 (%2 to fix)").arg(title).arg(errors) : title);
        item->setForeground(errors ? QBrush(theme::critical()) : QBrush());
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

QStringList SettingsDialog::searchWords() const
{
    return m_search->text().simplified().split(u' ', Qt::SkipEmptyParts);
}

void SettingsDialog::showRows()
{
    const QStringList words = searchWords();
    bool any = false;
    for (qsizetype i = 0; i < m_pages.size(); ++i) {
        const Page &page = m_pages.at(i);
        bool pageHas = false;
        for (SettingRow *row : page.rows) {
            const bool shown = words.isEmpty() ? true : row->matches(words);
            row->setVisible(shown);
            pageHas = pageHas || shown;
        }
        const bool isCurrent = m_pageList->currentRow() == static_cast<int>(i);
        page.card->setVisible(words.isEmpty() ? isCurrent : pageHas);
        any = any || !page.card->isHidden();
    }
    m_nothingFound->setVisible(!any);
    m_resetButton->setEnabled(words.isEmpty());
    if (words.isEmpty())
        m_scroll->ensureVisible(0, 0);
}

void SettingsDialog::showField(const QString &key)
{
    for (qsizetype i = 0; i < m_pages.size(); ++i) {
        for (SettingRow *row : m_pages.at(i).rows) {
            if (row->key() != key)
                continue;
            m_search->clear();
            m_pageList->setCurrentRow(static_cast<int>(i));
            m_scroll->ensureWidgetVisible(row);
            row->editor()->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void SettingsDialog::resetPage()
{
    const int current = m_pageList->currentRow();
    if (current < 0)
        return;
    const Settings defaults;
    for (SettingRow *row : m_pages.at(current).rows) {
        // A pass phrase has no default: an empty one would be an open door.
        if (!row->field().isSecret && !row->field().hasNoEffect)
            row->editor()->propose(row->field().get(defaults));
    }
    if (hasEdits())
        say(tr("This page shows the defaults. Apply them to make them count."), false);
    else
        say(tr("This page holds the defaults already."), false);
}

void SettingsDialog::say(const QString &text, bool isProblem)
{
    m_message->setText(text);
    theme::setTone(m_message, isProblem ? Tone::Critical : Tone::Good);
}

void SettingsDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!hasEdits())
        takeSettings(m_control.settings());
    m_search->setFocus();
}

} // namespace cycast
