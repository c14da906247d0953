// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QWidget;

namespace cycast
{

/// What is asked before listeners are disconnected. Opened, never executed; `yes` is called at most once, and
/// not after `parent` has gone.
namespace leavequestions
{

void askOffAir(QWidget *parent, int listeners, std::function<void()> yes);
/// Nothing while it is asked already.
void askQuit(QWidget *parent, int listeners, std::function<void()> yes);

} // namespace leavequestions

} // namespace cycast
