// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

/// Looking at the disk, by names as core/base/filename.h has them: every byte of a name counts. Links are
/// followed. All of this blocks as long as the disk does.
namespace cycast
{

/// What there is to know about a file or folder without opening it.
struct FileFacts {
    bool isFile = false; ///< a plain one: no pipe, no device
    bool isFolder = false;
    qint64 size = 0;
    qint64 modifiedMs = 0; ///< since 1970
    qint64 changedMs = 0;  ///< when it came to this name or was written, whichever is later
    quint64 device = 0;    ///< with `number`: which one it is, whatever its name; 0 where systems do not tell
    quint64 number = 0;
};

/// Nothing: it is not there, or may not be looked at.
std::optional<FileFacts> factsOf(const QString &path);
bool isThere(const QString &path);
bool isFolderThere(const QString &path);
/// Also links that lead nowhere.
bool isNameTaken(const QString &path);

/// Where it is in truth, without links; empty when it is not there.
QString realPath(const QString &path);

/// With all folders above it; true also where it is there already.
bool makeFolder(const QString &path);
/// For writing, unbuffered; null, and why, when a file of that name is there already or none can be made.
std::unique_ptr<QFile> newFile(const QString &path, QString &error);

struct FolderItem {
    enum class Kind : quint8 {
        File,
        Folder,
        Nothing
    }; ///< Nothing: pipes and devices, links that lead nowhere
    QString name;
    Kind kind = Kind::Nothing;
    bool isLink = false;
};

/// Calls `handle` for every name but "." and "..", in no order, until it answers false. False: the folder
/// cannot be read.
bool listFolder(const QString &folder, const std::function<bool(const FolderItem &)> &handle);

} // namespace cycast
