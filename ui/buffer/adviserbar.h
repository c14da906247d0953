// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/adviser.h"
#include "core/values/stationstatus.h"
#include "ui/look/card.h"

#include <QElapsedTimer>

#include <functional>

class QPushButton;
class QUndoStack;

namespace cycast
{

class StationControl;

/// The adviser's voice: one proposal at a time with what it changes and what that will cost, one click to
/// apply, one to undo, and afterwards whether the forecast held. Not there while there is nothing to say.
class AdviserBar : public Card
{
    Q_OBJECT

public:
    /// Where time and the computer's memory come from; tests bring their own.
    struct World {
        std::function<qint64()> nowMs;
        std::function<MachineMemory()> memory;
    };

    /// Both must outlive it.
    AdviserBar(StationControl &control, QUndoStack &undo, QWidget *parent = nullptr);

    void setWorld(const World &world) { m_world = world; }
    const Adviser &adviser() const { return m_adviser; }

public slots:
    void apply();
    void takeBack();
    /// "Not now", or "Close" after the outcome.
    void dismiss();

signals:
    /// A proposal has come up, a sentence: for those who do not look at the window.
    void proposed(const QString &sentence);

private:
    void take(const StationStatus &status);
    void show(Adviser::Phase phase);
    void showProposal();
    void showOutcome();
    QPushButton *addButton(const QString &name);

    StationControl &m_control;
    QUndoStack &m_undo;
    World m_world;
    QElapsedTimer m_clock;
    Adviser m_adviser;
    MachineMemory m_memory;
    qint64 m_memoryReadMs = -1;
    QLabel *m_why;
    QLabel *m_changes;
    QLabel *m_costs;
    QPushButton *m_apply;
    QPushButton *m_takeBack;
    QPushButton *m_dismiss;
};

/// "latency \u2248 600 ms -> 200 ms", ... for two predictions; only what differs, or all when nothing does.
QString costsText(const Prediction &now, const Prediction &then);

} // namespace cycast
