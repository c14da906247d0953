// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/comingdisk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{

namespace
{

bool mountsArePrivate = false;

#ifdef Q_OS_LINUX
bool writeWhole(const char *path, const QByteArray &text)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(text) == text.size();
}
#endif

} // namespace

void ComingDisk::prepare()
{
#ifdef Q_OS_LINUX
    // Where "/" is no mount of its own (a chroot), no mounts can be kept to oneself, and a program in a copy
    // of them finds its own folder no more.
    struct statx root = {};
    if (::statx(AT_FDCWD, "/", AT_NO_AUTOMOUNT, 0, &root) != 0 ||
        (root.stx_attributes & STATX_ATTR_MOUNT_ROOT) == 0)
        return;
    const uid_t user = ::getuid();
    const gid_t group = ::getgid();
    if (::unshare(CLONE_NEWNS) != 0) {
        // Anybody may do so among users of his own, where the system has those.
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
            return;
        const QByteArray uid = QByteArray::number(user);
        const QByteArray gid = QByteArray::number(group);
        writeWhole("/proc/self/setgroups", "deny");
        writeWhole("/proc/self/uid_map", uid + ' ' + uid + " 1");
        writeWhole("/proc/self/gid_map", gid + ' ' + gid + " 1");
    }
    mountsArePrivate = ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
#endif
}

bool ComingDisk::canMount()
{
    return mountsArePrivate;
}

ComingDisk::ComingDisk(QString mountPoint, QString store, Way way)
    : m_mountPoint(std::move(mountPoint))
    , m_store(std::move(store))
    , m_way(way)
{
    if (m_way == Way::Mounted && !mountsArePrivate) {
        qWarning("Nothing may be mounted here: the same with folders that are renamed.");
        m_way = Way::Renamed;
    }
    QDir().mkpath(m_mountPoint);
    QDir().mkpath(m_store);
#ifdef Q_OS_LINUX
    if (m_way == Way::Mounted &&
        ::mount("none", QFile::encodeName(m_store).constData(), "tmpfs", 0, nullptr) != 0)
        qFatal("No tmpfs can be mounted at %s", qPrintable(m_store));
#endif
}

ComingDisk::~ComingDisk()
{
    if (m_isIn)
        pull();
#ifdef Q_OS_LINUX
    if (m_way == Way::Mounted)
        ::umount2(QFile::encodeName(m_store).constData(), MNT_DETACH);
#endif
}

bool ComingDisk::write(const QString &name, const QByteArray &content) const
{
    const QString path = this->content() + u'/' + name;
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).absolutePath()) && file.open(QIODevice::WriteOnly) &&
           file.write(content) == content.size();
}

bool ComingDisk::insert()
{
    if (m_way == Way::Renamed) {
        QDir here;
        m_isIn = here.rename(m_mountPoint, m_mountPoint + u".under"_s) && here.rename(m_store, m_mountPoint);
        return m_isIn;
    }
#ifdef Q_OS_LINUX
    m_isIn = ::mount(QFile::encodeName(m_store).constData(), QFile::encodeName(m_mountPoint).constData(),
                     nullptr, MS_BIND, nullptr) == 0;
#endif
    return m_isIn;
}

bool ComingDisk::pull()
{
    if (m_way == Way::Renamed) {
        QDir here;
        m_isIn =
            !(here.rename(m_mountPoint, m_store) && here.rename(m_mountPoint + u".under"_s, m_mountPoint));
        return !m_isIn;
    }
#ifdef Q_OS_LINUX
    m_isIn = ::umount2(QFile::encodeName(m_mountPoint).constData(), MNT_DETACH) != 0;
#endif
    return !m_isIn;
}

} // namespace cycast::test
