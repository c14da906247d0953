// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/presets.h"

#include <QHash>
#include <QMenu>
#include <QPointer>

#include <functional>

class QUndoStack;

namespace cycast
{

class PresetPreview;
class StationControl;
class UserPresets;

/// The guide's presets: a check mark on the one in force, a preview before anything changes, and one undo
/// after it.
class PresetsMenu : public QMenu
{
    Q_OBJECT

public:
    PresetsMenu(StationControl &control, QUndoStack &undo, QWidget *parent = nullptr);

    /// From now on the user's own presets stand below the guide's. They must outlive it.
    void setUserPresets(UserPresets &presets);
    /// What is in force, under a name.
    void askSave();
    /// Opens the preview; applies when it is accepted.
    void choose(const Preset &preset);
    /// The menu entry of a preset, by its id.
    QAction *actionFor(const QString &presetId) const { return m_actions.value(presetId); }
    static QString displayName(const Preset &preset);

private:
    QAction *addHeading(const QString &text);
    void fillOwn();
    void preview(const QString &name, const QString &purpose,
                 std::function<Settings(const Settings &)> change);
    void showInForce();

    StationControl &m_control;
    QUndoStack &m_undo;
    QHash<QString, QAction *> m_actions;
    QPointer<PresetPreview> m_preview;
    UserPresets *m_own = nullptr;
    QList<QAction *> m_ownActions;
};

} // namespace cycast
