// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/libraryjobs.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/base/patientdisk.h"
#include "core/base/replacefile.h"
#include "core/codec/musicfile.h"
#include "core/playlist/formats/namefinder.h"
#include "core/playlist/formats/playlistfile.h"

#include <QFileInfo>

#include <memory>

namespace cycast
{

FilesLook lookAtFiles(const EntryList &entries)
{
    FilesLook look;
    for (const PlaylistEntry &entry : entries) {
        const auto now = std::make_shared<FileStamp>();
        const bool answers = patiently(entry.path, MusicFile::usualPatienceMs,
                                       [now, path = entry.path] { *now = stampOf(path); });
        if (!answers)
            continue; // nothing is known of it
        if (!now->isKnown() && !isThere(entry.path))
            look.missing.append(entry.path);
        else if (entry.tagsRead && *now != entry.stamp)
            look.changed.append(entry);
    }
    return look;
}

Sentence exportList(const EntryList &entries, const QString &path)
{
    QString folder = QFileInfo(path).absolutePath();
    if (const QString meant = NameFinder({}).find(folder); !meant.isEmpty())
        folder = meant;
    const QString file = joinedPath(folder, path.section(u'/', -1));
    const auto written = replaceFile(file, writePlaylist(entries.mid(0), file, folder));
    if (written)
        return {};
    return Core::tr("The playlist could not be saved to %1: %2.").arg(shownPath(path), written.error());
}

} // namespace cycast
