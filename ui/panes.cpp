// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panes.h"

#include "ui/card.h"
#include "ui/mainwindow.h"

#include <QDialog>
#include <QDockWidget>
#include <QMenu>
#include <QStatusBar>

#if __has_include("ui/buffercard.h")
#include "ui/buffercard.h"
#endif
#if __has_include("ui/listenersview.h")
#include "ui/listenersview.h"
#endif
#if __has_include("ui/settingsdialog.h")
#include "ui/settingsdialog.h"
#endif
#if __has_include("ui/presetsmenu.h")
#include "ui/presetsmenu.h"
#endif
#if __has_include("ui/logdock.h")
#include "ui/logdock.h"
#endif
#if __has_include("ui/stationstatusbar.h")
#include "ui/stationstatusbar.h"
#endif

namespace cycast
{

QWidget *makeBufferPane([[maybe_unused]] StationControl &control, QWidget *parent)
{
#if __has_include("ui/buffercard.h")
    return new BufferCard(control, parent);
#else
    return new Card(MainWindow::tr("Buffer health"), parent);
#endif
}

QWidget *makeListenersPane([[maybe_unused]] StationControl &control, QWidget *parent)
{
#if __has_include("ui/listenersview.h")
    return new ListenersView(control, parent);
#else
    return new Card(MainWindow::tr("Listeners"), parent);
#endif
}

QDialog *makeSettingsDialog([[maybe_unused]] StationControl &control, QWidget *parent)
{
#if __has_include("ui/settingsdialog.h")
    return new SettingsDialog(control, parent);
#else
    return new QDialog(parent);
#endif
}

QMenu *makePresetsMenu([[maybe_unused]] StationControl &control, [[maybe_unused]] QUndoStack &undo,
                       QWidget *parent)
{
#if __has_include("ui/presetsmenu.h")
    return new PresetsMenu(control, undo, parent);
#else
    return new QMenu(MainWindow::tr("P&resets"), parent);
#endif
}

QDockWidget *makeLogDock(MainWindow *window)
{
#if __has_include("ui/logdock.h")
    auto *dock = new LogDock(window);
    QObject::connect(window, &MainWindow::logged, dock, &LogDock::append);
    return dock;
#else
    return new QDockWidget(MainWindow::tr("Log"), window);
#endif
}

QStatusBar *makeStatusBar([[maybe_unused]] StationControl &control, QWidget *parent)
{
#if __has_include("ui/stationstatusbar.h")
    return new StationStatusBar(control, parent);
#else
    return new QStatusBar(parent);
#endif
}

} // namespace cycast
