// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>

namespace cycast::test
{

/// The cycast-codec that this process has started, from the kernel's list; 0: there is none.
inline qint64 helperOf(qint64 parent)
{
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/%1/stat").arg(name));
        const QByteArray stat = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        const qsizetype paren = stat.lastIndexOf(')');
        if (paren > 0 && stat.contains("(cycast-codec)") && !stat.mid(paren + 2).startsWith('Z') &&
            stat.mid(paren + 2).split(' ').value(1).toLongLong() == parent)
            return name.toLongLong();
    }
    return 0;
}

} // namespace cycast::test
