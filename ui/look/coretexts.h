// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace cycast
{

struct SettingsProblem;

/// A sentence of the station in the language of the window.
///
/// The station speaks English: its sentences go into the log, into answers to programs and into the API,
/// whatever language somebody reads the window in. Those that people see in the window are known here as
/// patterns with places ("Port %1 is already in use..."); what stands in a place is looked up in the same
/// way. A sentence that fits no pattern comes back as it is, and so does every one while the window is
/// English. GUI thread.
QString coreText(const QString &english);
QStringList coreTexts(const QStringList &english);
/// "server.host is empty: ...": the name of the setting stays.
QString coreText(const SettingsProblem &problem);

/// The patterns, for the test that keeps them in step with the station.
QList<const char *> corePatterns();

} // namespace cycast
