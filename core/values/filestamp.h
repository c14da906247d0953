// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast
{

/// By what it shows that a file was changed or replaced since it was looked into. Zeroes: nobody has.
struct FileStamp {
    qint64 size = 0;       ///< bytes
    qint64 modifiedMs = 0; ///< since 1970
    quint64 inode = 0;     ///< 0 where there is no such thing
    bool isKnown() const { return size > 0; }
    bool operator==(const FileStamp &) const = default;
};

} // namespace cycast
