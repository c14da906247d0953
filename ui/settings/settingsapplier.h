// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

#include <QObject>

class QUndoStack;

namespace cycast
{

class StationControl;

/// Brings to the station what was edited in a dialog, and tells the answer to that from what others change
/// meanwhile.
class SettingsApplier : public QObject
{
    Q_OBJECT

public:
    enum class Outcome : quint8 { Asked, Unchanged, Wrong };

    explicit SettingsApplier(StationControl &control, QObject *parent = nullptr);

    /// From now on what is applied can be undone there.
    void setUndoStack(QUndoStack *undo) { m_undo = undo; }

    /// As last heard of the station.
    const Settings &inForce() const { return m_inForce; }
    /// What validate() says; port 0 is fine only where it is in force.
    QList<SettingsProblem> problemsOf(const Settings &settings) const;
    /// `Asked`: applied() or rejected() follows. `Wrong`: see problemsOf.
    Outcome apply(const Settings &settings);
    /// Asks the station what is in force.
    void reload();

signals:
    /// Other or the same settings are in force. `isOurs`: the answer to apply(); `before`: until now.
    void applied(bool isOurs, const cycast::Settings &before);
    void rejected(bool isOurs, const QList<cycast::SettingsProblem> &problems);

private:
    StationControl &m_control;
    QUndoStack *m_undo = nullptr;
    Settings m_inForce;
    bool m_isWaiting = false; ///< for the answer to our own apply
};

} // namespace cycast
