// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/replacefile.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"

#include <QRandomGenerator>

#include <array>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <QSaveFile>
#endif

namespace cycast
{

#ifdef Q_OS_UNIX

namespace
{

/// Its bits are the system's, in another order.
mode_t modeOf(QFileDevice::Permissions permissions)
{
    constexpr std::array<std::pair<QFileDevice::Permission, mode_t>, 9> bits{{
        {QFileDevice::ReadOwner, S_IRUSR},
        {QFileDevice::WriteOwner, S_IWUSR},
        {QFileDevice::ExeOwner, S_IXUSR},
        {QFileDevice::ReadGroup, S_IRGRP},
        {QFileDevice::WriteGroup, S_IWGRP},
        {QFileDevice::ExeGroup, S_IXGRP},
        {QFileDevice::ReadOther, S_IROTH},
        {QFileDevice::WriteOther, S_IWOTH},
        {QFileDevice::ExeOther, S_IXOTH},
    }};
    mode_t mode = 0;
    for (const auto &[permission, bit] : bits)
        mode |= permissions.testFlag(permission) ? bit : 0;
    return mode;
}

/// A new file beside the one that it will become, gone with this unless it has.
class FileAside
{
public:
    explicit FileAside(QByteArray target)
        : m_target(std::move(target))
    {
        constexpr mode_t usual = 0666; // the user's mask takes from it
        do {
            m_name = m_target + '.' + QByteArray::number(QRandomGenerator::global()->generate(), 36);
            m_descriptor = ::open(m_name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, usual);
        } while (m_descriptor < 0 && errno == EEXIST);
    }
    ~FileAside()
    {
        if (m_descriptor < 0)
            return;
        ::close(m_descriptor);
        if (!m_isDone)
            ::unlink(m_name.constData());
    }
    Q_DISABLE_COPY_MOVE(FileAside)

    bool isOpen() const { return m_descriptor >= 0; }
    bool setMode(mode_t mode) { return ::fchmod(m_descriptor, mode) == 0; }
    bool write(QByteArrayView bytes)
    {
        while (!bytes.isEmpty()) {
            const ssize_t count = ::write(m_descriptor, bytes.data(), static_cast<size_t>(bytes.size()));
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0)
                return false;
            bytes = bytes.sliced(count);
        }
        return true;
    }
    /// Some disks tell only here that they are full. What cannot be synchronised (EINVAL) is no disk.
    bool synchronise() { return ::fsync(m_descriptor) == 0 || errno == EINVAL; }
    bool swap() { return m_isDone = std::rename(m_name.constData(), m_target.constData()) == 0; }

private:
    QByteArray m_target;
    QByteArray m_name;
    int m_descriptor = -1;
    bool m_isDone = false;
};

} // namespace

Result<void> replaceFile(const QString &path, const QByteArray &content,
                         std::optional<QFileDevice::Permissions> permissions)
{
    const auto refused = [] { return failure(qt_error_string(errno)); };
    const QString real = realPath(path); // a link stays one
    const QByteArray target = pathBytes(real.isEmpty() ? path : real);
    struct stat before = {};
    const bool isThere = ::stat(target.constData(), &before) == 0;
    if (isThere && !S_ISREG(before.st_mode))
        return failure(qt_error_string(S_ISDIR(before.st_mode) ? EISDIR : EINVAL));
    if (isThere && ::access(target.constData(), W_OK) != 0)
        return refused();
    FileAside file(target);
    if (!file.isOpen())
        return refused();
    constexpr mode_t allBits = 07777;
    if (permissions ? !file.setMode(modeOf(*permissions))
                    : isThere && !file.setMode(before.st_mode & allBits))
        return refused();
    if (!file.write(content) || !file.synchronise() || !file.swap())
        return refused();
    return {};
}

#else

Result<void> replaceFile(const QString &path, const QByteArray &content,
                         std::optional<QFileDevice::Permissions> permissions)
{
    QSaveFile file(path);
    // Unbuffered: commit() empties the buffer without looking, and renames what a full disk made of it (seen
    // in Qt 6.4).
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) ||
        (permissions && !file.setPermissions(*permissions)) || file.write(content) != content.size() ||
        !file.commit())
        return failure(file.errorString());
    return {};
}

#endif

} // namespace cycast
