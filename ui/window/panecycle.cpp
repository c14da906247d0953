// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/panecycle.h"

#include <QApplication>

namespace cycast
{

QWidget *firstFocusable(QWidget *pane)
{
    QWidget *at = pane;
    do {
        const bool isHere = at == pane || pane->isAncestorOf(at);
        if (isHere && at->isEnabled() && at->isVisible() && (at->focusPolicy() & Qt::TabFocus) != 0)
            return at;
        at = at->nextInFocusChain();
    } while (at != pane && at != nullptr);
    return nullptr;
}

void PaneCycle::step(int direction)
{
    const int count = static_cast<int>(m_panes.size());
    QWidget *focus = QApplication::focusWidget();
    int current = direction > 0 ? -1 : count;
    for (int i = 0; i < count && focus != nullptr; ++i) {
        QWidget *pane = m_panes.at(i).widget;
        if (pane != nullptr && (pane == focus || pane->isAncestorOf(focus))) {
            current = i;
            m_panes[i].lastFocus = focus;
            break;
        }
    }
    for (int tried = 0, i = current; tried < count; ++tried) {
        i = (i + direction + count) % count;
        const Pane &pane = m_panes.at(i);
        if (pane.widget == nullptr || !pane.widget->isVisible())
            continue;
        QWidget *target = pane.lastFocus;
        if (target == nullptr || !target->isVisible() || !target->isEnabled())
            target = firstFocusable(pane.widget);
        if (target != nullptr) {
            target->setFocus(direction > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return;
        }
    }
}

} // namespace cycast
