// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/regularfile.h"

#include "core/base/filename.h"

#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

Sentence notThere(const QString &name)
{
    return Core::tr("“%1” is not there: it was moved, renamed or deleted.").arg(name);
}
Sentence isFolder(const QString &name)
{
    return Core::tr("“%1” is a folder, not a file: add the files in it.").arg(name);
}
Sentence isNoFile(const QString &name)
{
    return Core::tr("“%1” is a pipe or a device, not a file: only plain files can be played.").arg(name);
}
Sentence isEmpty(const QString &name)
{
    return Core::tr("“%1” is empty: copy it again from where it came from.").arg(name);
}
Sentence mayNotRead(const QString &name)
{
    return Core::tr("“%1” may not be read: change its permissions, or those of its folder.").arg(name);
}

} // namespace

#ifdef Q_OS_UNIX

namespace
{

TrackError errorFor(int error, const QString &name)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return {notThere(name), TrackFault::Missing};
    case EACCES:
    case EPERM:
        return {mayNotRead(name)};
    case ENXIO:
        return {isNoFile(name)};
    case EMFILE:
    case ENFILE:
        return {
            Core::tr("“%1” could not be opened: too many files are open. Close other programs.").arg(name),
            TrackFault::Machine};
    case ELOOP:
    case ENAMETOOLONG:
        return {Core::tr("“%1” could not be opened: %2.").arg(name, qt_error_string(error))};
    default: // no memory, a disk that reports errors, a network disk that is gone, a file that is leased
        return {Core::tr("“%1” could not be opened: %2.").arg(name, qt_error_string(error)),
                TrackFault::Machine};
    }
}

/// Empty when it is a plain file with content.
Sentence sentenceForKind(const struct stat &info, const QString &name)
{
    if (S_ISDIR(info.st_mode))
        return isFolder(name);
    if (!S_ISREG(info.st_mode))
        return isNoFile(name);
    return info.st_size == 0 ? isEmpty(name) : Sentence();
}

} // namespace

TrackResult<void> openRegularFile(QFile &file, const QString &path)
{
    const QString name = shownName(path);
    if (path.isEmpty() || path.contains(QChar::Null))
        return trackFailure(notThere(name), TrackFault::Missing);
    const QByteArray native = pathBytes(path);
    // Looked at before it is opened (opening a device can move it) and after (it may have been exchanged).
    struct stat info = {};
    if (::stat(native.constData(), &info) != 0)
        return tl::unexpected(errorFor(errno, name));
    if (const Sentence sentence = sentenceForKind(info, name); !sentence.isEmpty())
        return trackFailure(sentence);
    const int descriptor = ::open(native.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return tl::unexpected(errorFor(errno, name));
    if (::fstat(descriptor, &info) != 0) {
        const int error = errno;
        ::close(descriptor);
        return tl::unexpected(errorFor(error, name));
    }
    if (const Sentence sentence = sentenceForKind(info, name); !sentence.isEmpty()) {
        ::close(descriptor);
        return trackFailure(sentence);
    }
    if (!file.open(descriptor, QIODevice::ReadOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle)) {
        ::close(descriptor);
        return trackFailure(Core::tr("“%1” could not be opened: %2.").arg(name, file.errorString()),
                            TrackFault::Machine);
    }
    return {};
}

#else

TrackResult<void> openRegularFile(QFile &file, const QString &path)
{
    const QFileInfo info(path);
    const QString name = info.fileName();
    if (!info.exists())
        return trackFailure(notThere(name), TrackFault::Missing);
    if (info.isDir())
        return trackFailure(isFolder(name));
    if (!info.isFile())
        return trackFailure(isNoFile(name));
    if (info.size() == 0)
        return trackFailure(isEmpty(name));
    file.setFileName(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return trackFailure(mayNotRead(name));
    return {};
}

#endif

} // namespace cycast
