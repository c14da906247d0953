// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Where the project and its programs stand on this machine.
namespace cycast::test
{

/// A file or folder of the project, of its path from there: sourcePath(u"README.md"_s).
QString sourcePath(const QString &path);
/// A program of this build, of its name.
QString builtProgram(const QString &name);

} // namespace cycast::test
