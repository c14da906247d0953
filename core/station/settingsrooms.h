// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

namespace cycast
{

/// Whom Station has to tell of a setting.
enum class SettingsRoom : quint8 {
    Log,
    System,
    Mount,
    Playout,
    Programme,
    Order,
    Jingles,
    Sources,
    Listeners,
    Doors,
    Reach
};

/// The rooms that these keys of the field table concern, each once, in the order in which they are told. A
/// key that no room knows (those that the caller's side or the recording follows) concerns none. Pure.
QList<SettingsRoom> roomsOf(const QStringList &keys);

/// Every key of the field table.
QStringList allKeys();

} // namespace cycast
