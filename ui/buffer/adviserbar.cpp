// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/buffer/adviserbar.h"

#include "core/station/stationcontrol.h"
#include "ui/look/humanize.h"
#include "ui/look/theme.h"
#include "ui/settings/presetcommand.h"
#include "ui/settings/settingtexts.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUndoStack>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr qint64 memoryEveryMs = 10'000;

QString translated(const char *text)
{
    return QCoreApplication::translate("Adviser", text);
}

QString megabytes(double value)
{
    return AdviserBar::tr("%1 MB").arg(humanize::displayLocale().toString(value, 'f', 0));
}

QString percent(double value)
{
    return AdviserBar::tr("%1 %").arg(humanize::displayLocale().toString(value, 'f', value < 9.95 ? 1 : 0));
}

QLabel *wrappedLabel(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

QString costsText(const Prediction &now, const Prediction &then)
{
    QStringList parts;
    const auto add = [&parts](const QString &what, const QString &from, const QString &to) {
        if (from != to)
            parts.append(AdviserBar::tr("%1 %2 \u2192 \u2248 %3").arg(what, from, to));
    };
    const auto buffered = [](const Prediction &each) {
        return humanize::duration(std::llround(each.bufferSeconds * 1000.0));
    };
    add(AdviserBar::tr("latency"), humanize::milliseconds(now.latencyMs),
        humanize::milliseconds(then.latencyMs));
    add(AdviserBar::tr("memory"), megabytes(now.memoryMb), megabytes(then.memoryMb));
    add(AdviserBar::tr("CPU"), percent(now.cpuPercent), percent(then.cpuPercent));
    add(AdviserBar::tr("buffer"), buffered(now), buffered(then));
    return parts.join(u"  \u00b7  "_s);
}

AdviserBar::AdviserBar(StationControl &control, QUndoStack &undo, QWidget *parent)
    : Card({}, parent)
    , m_control(control)
    , m_undo(undo)
    , m_why(wrappedLabel(u"adviceWhy"_s, this))
    , m_changes(wrappedLabel(u"adviceChanges"_s, this))
    , m_costs(wrappedLabel(u"adviceCosts"_s, this))
{
    setObjectName(u"adviserBar"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_clock.start();
    m_world = {[this] { return m_clock.elapsed(); }, [] { return machineMemory(); }};
    theme::setTone(m_why, Tone::Neutral);
    m_changes->setFont(theme::scaled(font(), 1.0, true));
    for (QLabel *label : {m_why, m_changes, m_costs})
        body()->addWidget(label);
    m_apply = addButton(u"adviceApply"_s);
    m_apply->setText(tr("&Apply live"));
    m_apply->setProperty("prominent", true);
    m_takeBack = addButton(u"adviceUndo"_s);
    m_takeBack->setText(tr("&Undo"));
    m_dismiss = addButton(u"adviceDismiss"_s);
    m_dismiss->setText(tr("&Close"));
    connect(m_apply, &QPushButton::clicked, this, &AdviserBar::apply);
    connect(m_takeBack, &QPushButton::clicked, this, &AdviserBar::takeBack);
    connect(m_dismiss, &QPushButton::clicked, this, &AdviserBar::dismiss);
    connect(&control, &StationControl::statusChanged, this, &AdviserBar::take);
    hide();
}

QPushButton *AdviserBar::addButton(const QString &name)
{
    auto *button = new QPushButton(this);
    button->setObjectName(name);
    addToHeader(button);
    return button;
}

void AdviserBar::take(const StationStatus &status)
{
    const qint64 now = m_world.nowMs();
    if (m_memoryReadMs < 0 || now - m_memoryReadMs >= memoryEveryMs) {
        m_memory = m_world.memory();
        m_memoryReadMs = now;
    }
    if (m_adviser.take(now, status, m_control.settings(), m_memory))
        show(m_adviser.phase());
}

void AdviserBar::apply()
{
    if (m_adviser.phase() != Adviser::Phase::Proposed || m_adviser.proposal().changed.isEmpty())
        return;
    const Proposal &proposal = m_adviser.proposal();
    // Against the settings of this moment: others may have changed since the proposal was made.
    const Settings now = m_control.settings();
    Settings wanted = now;
    for (const QString &key : proposal.changed) {
        if (const SettingField *field = settingField(key))
            field->set(wanted, field->get(proposal.after));
    }
    m_adviser.applied(m_world.nowMs());
    m_undo.push(new PresetCommand(m_control, tr("advice"), now, wanted));
    show(m_adviser.phase());
}

void AdviserBar::takeBack()
{
    const Proposal proposal = m_adviser.proposal();
    const Settings now = m_control.settings();
    Settings wanted = now;
    for (const QString &key : proposal.changed) {
        if (const SettingField *field = settingField(key))
            field->set(wanted, field->get(proposal.before));
    }
    m_adviser.undone(m_world.nowMs());
    if (now != wanted)
        m_undo.push(new PresetCommand(m_control, tr("advice taken back"), now, wanted));
    show(m_adviser.phase());
}

void AdviserBar::dismiss()
{
    if (m_adviser.phase() == Adviser::Phase::Proposed)
        m_adviser.dismissed(m_world.nowMs());
    else
        m_adviser.closed();
    show(m_adviser.phase());
}

void AdviserBar::show(Adviser::Phase phase)
{
    if (phase == Adviser::Phase::Watching) {
        hide();
        return;
    }
    showProposal();
    if (phase == Adviser::Phase::Concluded)
        showOutcome();
    const bool isProposed = phase == Adviser::Phase::Proposed;
    const bool hasChange = !m_adviser.proposal().changed.isEmpty();
    m_apply->setVisible(isProposed && hasChange);
    m_takeBack->setVisible(!isProposed);
    m_dismiss->setVisible(phase != Adviser::Phase::Checking);
    m_dismiss->setText(isProposed && hasChange ? tr("&Not now") : tr("&Close"));
    if (phase == Adviser::Phase::Checking) {
        setTitle(tr("Applied. Measuring whether the forecast holds\u2026"));
        theme::setTone(titleLabel(), Tone::Accent);
        m_why->hide();
    }
    setVisible(true);
}

void AdviserBar::showProposal()
{
    const Proposal &proposal = m_adviser.proposal();
    setTitle(tr("Advice: %1").arg(translated(proposal.title)));
    theme::setTone(titleLabel(), Tone::Warning);
    m_why->setText(translated(proposal.why));
    m_why->show();
    QStringList changes;
    for (const QString &key : proposal.changed) {
        if (const SettingField *field = settingField(key))
            changes.append(tr("%1: %2 \u2192 %3")
                               .arg(settingtexts::label(*field),
                                    settingtexts::valueText(*field, proposal.before),
                                    settingtexts::valueText(*field, proposal.after)));
    }
    m_changes->setText(changes.join(u"  \u00b7  "_s));
    m_changes->setVisible(!changes.isEmpty());
    m_costs->setText(tr("Expected: %1").arg(costsText(proposal.now, proposal.then)));
    m_costs->setVisible(!changes.isEmpty());
    theme::setTone(m_costs, Tone::Plain);
    if (m_adviser.phase() == Adviser::Phase::Proposed)
        emit proposed(translated(proposal.title));
}

void AdviserBar::showOutcome()
{
    const Outcome &outcome = m_adviser.outcome();
    const bool held = outcome.verdict == Outcome::Verdict::Held;
    const bool isUnclear = outcome.verdict == Outcome::Verdict::Unclear;
    setTitle(isUnclear ? tr("The forecast cannot be judged: the listeners have changed meanwhile.")
             : held    ? tr("The forecast held.")
                       : tr("The forecast did not hold."));
    theme::setTone(titleLabel(), isUnclear ? Tone::Plain : held ? Tone::Good : Tone::Warning);
    m_why->setText(outcome.symptomGone
                       ? tr("What was measured before no longer shows.")
                       : tr("What was measured before still shows. Undo it, or wait for the next advice."));
    const auto figures = [](const Prediction &each) {
        return tr("latency %1, memory %2, CPU %3")
            .arg(humanize::milliseconds(each.latencyMs), megabytes(each.memoryMb), percent(each.cpuPercent));
    };
    m_costs->setText(
        tr("Expected: %1. Measured: %2.").arg(figures(outcome.expected), figures(outcome.measured)));
}

} // namespace cycast
