// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/musicfile.h"

#include "core/base/filename.h"
#include "core/base/patientdisk.h"
#include "core/codec/regularfile.h"

#include <QDateTime>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

tl::unexpected<TrackError> noAnswer(const QString &name)
{
    return trackFailure(
        Core::tr(
            "“%1” does not answer: the disk it is on hangs, or its network is gone. It is tried again later.")
            .arg(name),
        TrackFault::NoAnswer);
}

/// Moved out of the thread that may be left behind.
struct Answer {
    QByteArray bytes;
    FileStamp stamp;
    int error = 0;
};

#ifdef Q_OS_UNIX
FileStamp stampFrom(const struct stat &info)
{
    FileStamp stamp;
    stamp.size = info.st_size;
#ifdef Q_OS_DARWIN
    const timespec &time = info.st_mtimespec;
#else
    const timespec &time = info.st_mtim;
#endif
    stamp.modifiedMs = qint64{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
    stamp.inode = info.st_ino;
    return stamp;
}
#endif

} // namespace

#ifdef Q_OS_UNIX
FileStamp stampOf(int descriptor)
{
    struct stat info = {};
    return ::fstat(descriptor, &info) == 0 ? stampFrom(info) : FileStamp();
}

FileStamp stampOf(const QString &path)
{
    struct stat info = {};
    return ::stat(pathBytes(path).constData(), &info) == 0 ? stampFrom(info) : FileStamp();
}
#else
FileStamp stampOf(int)
{
    return {};
}

FileStamp stampOf(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() ? FileStamp{info.size(), info.lastModified().toMSecsSinceEpoch(), 0} : FileStamp();
}
#endif

MusicFile::MusicFile(const QString &path)
    : m_path(path)
{
}

QString MusicFile::name() const
{
    return shownName(m_path);
}

TrackResult<std::shared_ptr<MusicFile>> MusicFile::open(const QString &path, int patienceMs)
{
    const std::shared_ptr<MusicFile> file(new MusicFile(path));
    const auto opened = std::make_shared<TrackResult<void>>();
    const bool isDone = patiently(path, patienceMs, [file, opened] {
        *opened = openRegularFile(file->m_file, file->m_path);
        if (*opened)
            file->m_stamp = stampOf(file->m_file.handle());
    });
    if (!isDone)
        return noAnswer(file->name());
    if (!*opened)
        return tl::unexpected(opened->error());
    return file;
}

TrackResult<QByteArray> MusicFile::read(qint64 offset, qint64 count, int patienceMs)
{
    const auto answer = std::make_shared<Answer>();
    const auto self = shared_from_this();
    const bool isDone = patiently(m_path, patienceMs, [self, answer, offset, count] {
        answer->bytes = QByteArray(count, Qt::Uninitialized);
        qint64 got = 0;
#ifdef Q_OS_UNIX
        while (got < count) {
            const ssize_t more = ::pread(self->descriptor(), answer->bytes.data() + got,
                                         static_cast<size_t>(count - got), offset + got);
            if (more < 0 && errno == EINTR)
                continue;
            if (more < 0)
                answer->error = errno;
            if (more <= 0)
                break;
            got += more;
        }
#else
        if (self->m_file.seek(offset))
            got = qMax<qint64>(0, self->m_file.read(answer->bytes.data(), count));
#endif
        answer->bytes.truncate(got);
        answer->stamp = stampOf(self->descriptor());
    });
    if (!isDone)
        return noAnswer(name());
    m_stamp = answer->stamp;
    if (answer->error != 0 && answer->bytes.isEmpty())
        return trackFailure(Core::tr("“%1” could not be read on: %2. Check the disk it is on.")
                                .arg(name(), qt_error_string(answer->error)),
                            TrackFault::Machine);
    return std::move(answer->bytes);
}

} // namespace cycast
