// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths.h"

namespace cycast::test
{

QString sourcePath(const QString &path)
{
    return QStringLiteral(CYCAST_SOURCE_DIR "/") + path;
}

QString builtProgram(const QString &name)
{
    return QStringLiteral(CYCAST_BIN_DIR "/") + name;
}

} // namespace cycast::test
