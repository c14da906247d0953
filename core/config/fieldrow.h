// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

#include <type_traits>
#include <utility>

/// How the rows of the field table are made; for the files that settingFields() is made of.
namespace cycast
{

template<auto Block, auto Member>
using MemberType = std::remove_cvref_t<decltype((std::declval<Settings &>().*Block).*Member)>;

/// Completes a row with what the member itself knows: its type, how to read it and how to write it.
template<auto Block, auto Member>
SettingField field(SettingField row)
{
    using T = MemberType<Block, Member>;
    row.type = static_cast<QMetaType::Type>(qMetaTypeId<T>());
    row.get = [](const Settings &settings) { return QVariant::fromValue((settings.*Block).*Member); };
    row.set = [](Settings &settings, const QVariant &value) { (settings.*Block).*Member = value.value<T>(); };
    return row;
}

/// "jingles.*" and "recording.*"
QList<SettingField> jingleFields();
QList<SettingField> recordingFields();
/// "reach.*", "directory.*" and "https.*": how the world gets here.
QList<SettingField> reachFields();
QList<SettingField> directoryFields();
QList<SettingField> httpsFields();
/// "reach.open_port"
QList<SettingField> openingFields();
/// "encoder.*": what the stream is, and how tracks sound in it.
QList<SettingField> streamFields();
QList<SettingField> soundFields();

} // namespace cycast
