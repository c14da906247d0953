// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/filesystem.h"

#include "core/base/filename.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>
#include <memory>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace cycast
{

#ifdef Q_OS_UNIX

namespace
{

/// The system would stop at a zero and look at another file.
bool isName(const QString &path)
{
    return !path.isEmpty() && !path.contains(QChar::Null);
}

qint64 milliseconds(const timespec &time)
{
    return qint64{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

FolderItem::Kind kindOf(mode_t mode)
{
    return S_ISDIR(mode)   ? FolderItem::Kind::Folder
           : S_ISREG(mode) ? FolderItem::Kind::File
                           : FolderItem::Kind::Nothing;
}

FolderItem itemOf(int folder, const dirent &entry)
{
    FolderItem item;
    item.name = pathFromBytes(entry.d_name);
#ifdef DT_REG
    if (entry.d_type == DT_REG || entry.d_type == DT_DIR) {
        item.kind = entry.d_type == DT_REG ? FolderItem::Kind::File : FolderItem::Kind::Folder;
        return item;
    }
#endif
    struct stat info = {};
    if (::fstatat(folder, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return item;
    item.isLink = S_ISLNK(info.st_mode);
    if (!item.isLink || ::fstatat(folder, entry.d_name, &info, 0) == 0)
        item.kind = kindOf(info.st_mode);
    return item;
}

} // namespace

std::optional<FileFacts> factsOf(const QString &path)
{
    struct stat info = {};
    if (!isName(path) || ::stat(pathBytes(path).constData(), &info) != 0)
        return {};
    FileFacts facts;
    facts.isFile = S_ISREG(info.st_mode);
    facts.isFolder = S_ISDIR(info.st_mode);
    facts.size = info.st_size;
#ifdef Q_OS_DARWIN
    facts.modifiedMs = milliseconds(info.st_mtimespec);
    facts.changedMs = std::max(facts.modifiedMs, milliseconds(info.st_ctimespec));
#else
    facts.modifiedMs = milliseconds(info.st_mtim);
    facts.changedMs = std::max(facts.modifiedMs, milliseconds(info.st_ctim));
#endif
    facts.device = info.st_dev;
    facts.number = info.st_ino;
    return facts;
}

bool isNameTaken(const QString &path)
{
    struct stat info = {};
    return isName(path) && ::lstat(pathBytes(path).constData(), &info) == 0;
}

QString realPath(const QString &path)
{
    if (!isName(path))
        return {};
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(pathBytes(path).constData(), nullptr),
                                                           &std::free);
    return real ? pathFromBytes(real.get()) : QString();
}

bool makeFolder(const QString &path)
{
    if (!isName(path))
        return false;
    constexpr mode_t usual = 0777; // the user's mask takes from it
    const QByteArray bytes = pathBytes(path);
    for (qsizetype at = bytes.indexOf('/', 1); at >= 0; at = bytes.indexOf('/', at + 1))
        ::mkdir(bytes.first(at).constData(), usual); // where it cannot be, the last one cannot either
    ::mkdir(bytes.constData(), usual);
    return isFolderThere(path);
}

std::unique_ptr<QFile> newFile(const QString &path, QString &error)
{
    constexpr mode_t usual = 0666;
    const int descriptor =
        !isName(path) ? -1
                      : ::open(pathBytes(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, usual);
    auto file = std::make_unique<QFile>();
    if (descriptor >= 0 &&
        file->open(descriptor, QIODevice::WriteOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle))
        return file;
    error = qt_error_string(errno);
    return nullptr;
}

bool listFolder(const QString &folder, const std::function<bool(const FolderItem &)> &handle)
{
    if (!isName(folder))
        return false;
    const std::unique_ptr<DIR, int (*)(DIR *)> open(::opendir(pathBytes(folder).constData()), &::closedir);
    if (!open)
        return false;
    while (const dirent *entry = ::readdir(open.get())) {
        const QByteArrayView name(entry->d_name);
        if (name != "." && name != ".." && !handle(itemOf(::dirfd(open.get()), *entry)))
            break;
    }
    return true;
}

#else

std::optional<FileFacts> factsOf(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return {};
    const qint64 modified = info.lastModified().toMSecsSinceEpoch();
    return FileFacts{info.isFile(), info.isDir(), info.size(), modified,
                     std::max(modified, info.metadataChangeTime().toMSecsSinceEpoch())};
}

bool isNameTaken(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() || info.isSymLink();
}

QString realPath(const QString &path)
{
    return QFileInfo(path).canonicalFilePath();
}

bool makeFolder(const QString &path)
{
    return QDir().mkpath(path);
}

std::unique_ptr<QFile> newFile(const QString &path, QString &error)
{
    auto file = std::make_unique<QFile>(path);
    if (file->open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered))
        return file;
    error = file->errorString();
    return nullptr;
}

bool listFolder(const QString &folder, const std::function<bool(const FolderItem &)> &handle)
{
    if (!QFileInfo(folder).isReadable())
        return false;
    QDirIterator entries(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    while (entries.hasNext()) {
        entries.next();
        const QFileInfo info = entries.fileInfo();
        const FolderItem::Kind kind = info.isDir()    ? FolderItem::Kind::Folder
                                      : info.isFile() ? FolderItem::Kind::File
                                                      : FolderItem::Kind::Nothing;
        if (!handle({entries.fileName(), kind, info.isSymLink()}))
            break;
    }
    return true;
}

#endif

bool isThere(const QString &path)
{
    return factsOf(path).has_value();
}

bool isFolderThere(const QString &path)
{
    const auto facts = factsOf(path);
    return facts && facts->isFolder;
}

} // namespace cycast
