// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"
#include "ui/look/theme.h"

#include <optional>
#include <utility>

/// What the dialog and the previews say about a row of the field table. Pure functions; a new row of the
/// table needs nothing here unless it wants a page, a choice or a unit of its own.
namespace cycast::settingtexts
{

QString label(const SettingField &field);
QString help(const SettingField &field);
/// As shown: pauses are kept in seconds and shown in "ms". Empty when there is none.
QString unit(const SettingField &field);
/// Shown number = kept number x factor.
double shownFactor(const SettingField &field);
/// The name without its block: "chunk_size".
QString name(const SettingField &field);

/// Stable id of the page a field stands on ("station", "server", ...), and the title of a page.
QString pageOf(const SettingField &field);
QString pageTitle(const QString &page);
/// All pages in the order of the dialog.
QStringList pages();

struct Badge {
    QString text;
    QString explanation;
    Tone tone = Tone::Neutral;
};
Badge badge(const SettingField &field);

/// What people read for one of a field's choices; the file keeps `value`.
QString choiceWord(const SettingField &field, const QString &value);

/// Values and their words, for texts of which only some make sense. Empty: any text.
QList<std::pair<QString, QString>> choices(const SettingField &field);
/// Whether -1 stands for "automatic", and what that comes to with these settings.
bool hasAutomatic(const SettingField &field);
double automaticValue(const SettingField &field, const Settings &settings);
/// Whether it is a folder, to be chosen with a button.
bool isFolder(const SettingField &field);
/// Whether "New" can make one up.
bool canGenerate(const SettingField &field);

/// "16384 bytes", "0.5 ms", "On", "••••••" for secrets.
QString valueText(const SettingField &field, const Settings &settings);

} // namespace cycast::settingtexts
