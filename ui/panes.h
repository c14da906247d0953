// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QDialog;
class QDockWidget;
class QMenu;
class QStatusBar;
class QUndoStack;
class QWidget;

namespace cycast
{

class MainWindow;
class StationControl;

/// Makes the parts that MainWindow only places.
QWidget *makeBufferPane(StationControl &control, QWidget *parent);
QWidget *makeListenersPane(StationControl &control, QWidget *parent);
QDialog *makeSettingsDialog(StationControl &control, QWidget *parent);
QMenu *makePresetsMenu(StationControl &control, QUndoStack &undo, QWidget *parent);
/// Connected to MainWindow::logged.
QDockWidget *makeLogDock(MainWindow *window);
QStatusBar *makeStatusBar(StationControl &control, QWidget *parent);

} // namespace cycast
