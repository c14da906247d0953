// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/values/entrylist.h"

#include <QStringList>

namespace cycast
{

// What Library is asked for one at a time. These wait for disks: for a thread of its pool.

/// What has become of the files of some rows. A disk that does not answer says nothing.
struct FilesLook {
    QStringList missing;
    QList<PlaylistEntry> changed; ///< since their tags were read
};
FilesLook lookAtFiles(const EntryList &entries);

/// Writes aside and swaps; the format by the name's ending. Empty when it is written.
Sentence exportList(const EntryList &entries, const QString &path);

} // namespace cycast
