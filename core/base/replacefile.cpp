// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/replacefile.h"

#include <QSaveFile>

#include <cerrno>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace cycast
{

namespace
{

/// Some disks tell only here that they are full. What cannot be synchronised (EINVAL) is no disk.
bool isOnDisk(const QFileDevice &file)
{
#ifdef Q_OS_UNIX
    return ::fsync(file.handle()) == 0 || errno == EINVAL;
#else
    Q_UNUSED(file)
    return true;
#endif
}

} // namespace

Result<void> replaceFile(const QString &path, const QByteArray &content,
                         std::optional<QFileDevice::Permissions> permissions)
{
    QSaveFile file(path);
    // Unbuffered: commit() empties the buffer without looking, and renames what a full disk made of it (seen
    // in Qt 6.4).
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) ||
        (permissions && !file.setPermissions(*permissions)) || file.write(content) != content.size())
        return failure(file.errorString());
    if (!isOnDisk(file))
        return failure(qt_error_string(errno));
    if (!file.commit())
        return failure(file.errorString());
    return {};
}

} // namespace cycast
