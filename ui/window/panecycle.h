// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

namespace cycast
{

/// F6 and Shift+F6: the keyboard goes from pane to pane, and back to where it was in each.
class PaneCycle
{
public:
    void add(QWidget *pane) { m_panes.append({pane, nullptr}); }
    /// +1 forwards, -1 backwards; hidden panes are passed over.
    void step(int direction);

private:
    struct Pane {
        QPointer<QWidget> widget;
        QPointer<QWidget> lastFocus;
    };
    QList<Pane> m_panes;
};

/// The first child (or the widget itself) that takes the keyboard, in tab order; null when there is none.
QWidget *firstFocusable(QWidget *pane);

} // namespace cycast
