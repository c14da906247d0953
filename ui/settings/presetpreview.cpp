// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/presetpreview.h"

#include "core/config/presets.h"
#include "ui/look/card.h"
#include "ui/look/humanize.h"
#include "ui/look/plainlabel.h"
#include "ui/look/readablesize.h"
#include "ui/look/sentences.h"
#include "ui/settings/settingtexts.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{
QString rounded(double value)
{
    return humanize::displayLocale().toString(value, 'f', value < 9.95 ? 1 : 0);
}

QFrame *rule(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    return line;
}
} // namespace

PresetPreview::PresetPreview(const QString &name, const QString &purpose, const Settings &before,
                             const Settings &after, int bitrateKbps, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Preset: %1").arg(name));
    setAccessibleDescription(purpose);
    auto *card = new Card(name, this);
    card->titleLabel()->setFont(theme::scaled(font(), 1.3, true));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 14);
    layout->addWidget(card);

    QLabel *why = plainLabel(purpose, card);
    why->setWordWrap(true);
    theme::setTone(why, Tone::Neutral);
    card->body()->addWidget(why);
    card->body()->addSpacing(6);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(9);
    grid->setColumnStretch(0, 1);
    card->body()->addLayout(grid);
    card->body()->addStretch(1);
    const bool changes = !changedKeys(before, after).isEmpty();
    if (changes) {
        addChanges(*grid, before, after);
        grid->addWidget(rule(card), grid->rowCount(), 0, 1, 4);
        addCosts(*grid, before, after, bitrateKbps);
    }

    const Verdict verdict = verdictOn(after, changes);
    QLabel *note = plainLabel(verdict.text, card);
    note->setWordWrap(true);
    theme::setTone(note, verdict.tone);
    card->body()->addSpacing(14);
    card->body()->addWidget(note);
    addButtons(*card, verdict, changes);
    keepReadable(*this, 62);
}

PresetPreview::Verdict PresetPreview::verdictOn(const Settings &after, bool changes)
{
    for (const SettingsProblem &problem : validate(after, PortRule::AnyAllowed)) {
        if (!problem.isWarning)
            return {tr("Cannot be applied. %1").arg(said(problem.sentence)), Tone::Critical};
    }
    return {changes ? tr("Applied live. Nobody is disconnected.")
                    : tr("These values are in force already. There is nothing to change."),
            Tone::Good};
}

void PresetPreview::addButtons(Card &card, const Verdict &verdict, bool changes)
{
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *cancel = new QPushButton(changes ? tr("Cancel") : tr("Close"), &card);
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    buttons->addWidget(cancel);
    if (changes) {
        auto *apply = new QPushButton(tr("Apply"), &card);
        apply->setDefault(true);
        apply->setProperty("prominent", true);
        apply->setEnabled(verdict.tone != Tone::Critical);
        apply->setAccessibleDescription(verdict.text);
        connect(apply, &QPushButton::clicked, this, &QDialog::accept);
        buttons->addWidget(apply);
    }
    card.body()->addLayout(buttons);
}

void PresetPreview::addLine(QGridLayout &grid, const QString &what, const QString &from, const QString &to,
                            bool changed)
{
    const int row = grid.rowCount();
    QLabel *name = plainLabel(what, this);
    theme::setTone(name, Tone::Neutral);
    QLabel *old = plainLabel(from, this);
    QLabel *arrow = plainLabel(u"→"_s, this);
    arrow->setAccessibleName(tr("becomes"));
    theme::setTone(arrow, Tone::Neutral);
    QLabel *fresh = plainLabel(to, this);
    fresh->setAccessibleName(tr("%1: %2, was %3").arg(what, to, from));
    if (changed) {
        fresh->setFont(theme::scaled(font(), 1.0, true));
        theme::setTone(fresh, Tone::Accent);
    }
    grid.addWidget(name, row, 0);
    grid.addWidget(old, row, 1, Qt::AlignRight);
    grid.addWidget(arrow, row, 2);
    grid.addWidget(fresh, row, 3);
}

void PresetPreview::addChanges(QGridLayout &grid, const Settings &before, const Settings &after)
{
    const QStringList keys = changedKeys(before, after);
    for (const QString &key : keys) {
        const SettingField *field = settingField(key);
        if (!field)
            continue;
        addLine(grid, key, settingtexts::valueText(*field, before), settingtexts::valueText(*field, after),
                true);
    }
}

void PresetPreview::addCosts(QGridLayout &grid, const Settings &before, const Settings &after,
                             int bitrateKbps)
{
    const Forecast old = forecast(before, bitrateKbps);
    const Forecast fresh = forecast(after, bitrateKbps);
    const auto add = [&](const QString &what, const QString &from, const QString &to) {
        addLine(grid, what, from, to, false);
    };
    const auto latency = [](const Forecast &f) {
        return tr("≈ %1").arg(humanize::milliseconds(f.liveLatencyMs));
    };
    const auto memory = [](const Forecast &f) {
        return tr("≈ %1 MB").arg(humanize::displayLocale().toString(f.memoryMb, 'f', 0));
    };
    const auto cpu = [](const Forecast &f) { return tr("≈ %1 %").arg(rounded(f.cpuPercentAt100)); };
    const auto pause = [](const Forecast &f) {
        return humanize::duration(std::llround(f.pauseSeconds * 1000.0));
    };
    const auto buffer = [](const Forecast &f) {
        return humanize::duration(std::llround(f.bufferSeconds * 1000.0));
    };
    add(tr("Latency, live"), latency(old), latency(fresh));
    add(tr("Memory"), memory(old), memory(fresh));
    add(tr("CPU, 100 listeners"), cpu(old), cpu(fresh));
    add(tr("Buffer at %1 kbit/s").arg(bitrateKbps), buffer(old), buffer(fresh));
    add(tr("Rides out a listener's pause of"), pause(old), pause(fresh));
}

} // namespace cycast
