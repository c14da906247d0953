// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

#include <QPointer>
#include <QUndoCommand>

namespace cycast
{

class StationControl;

/// A change of several settings that can be taken back. Touches exactly the keys in which `before` and
/// `after` differ: what somebody changed elsewhere meanwhile stays, in both directions.
class PresetCommand : public QUndoCommand
{
public:
    PresetCommand(StationControl &control, const QString &title, const Settings &before,
                  const Settings &after);

    void undo() override { apply(m_before); }
    void redo() override { apply(m_after); }

private:
    void apply(const Settings &values);

    QPointer<StationControl> m_control;
    Settings m_before;
    Settings m_after;
    QStringList m_keys;
};

} // namespace cycast
