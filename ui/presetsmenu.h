// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/presets.h"

#include <QHash>
#include <QMenu>
#include <QPointer>

class QUndoStack;

namespace cycast
{

class PresetPreview;
class StationControl;

/// The guide's presets: a check mark on the one in force, a preview before anything changes, and one undo
/// after it.
class PresetsMenu : public QMenu
{
    Q_OBJECT

public:
    PresetsMenu(StationControl &control, QUndoStack &undo, QWidget *parent = nullptr);

    /// Opens the preview; applies when it is accepted.
    void choose(const Preset &preset);
    /// The menu entry of a preset, by its id.
    QAction *actionFor(const QString &presetId) const { return m_actions.value(presetId); }
    static QString displayName(const Preset &preset);

private:
    void addHeading(const QString &text);
    void showInForce();

    StationControl &m_control;
    QUndoStack &m_undo;
    QHash<QString, QAction *> m_actions;
    QPointer<PresetPreview> m_preview;
};

} // namespace cycast
