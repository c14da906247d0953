// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/systemfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast::systemfiles
{
namespace
{

constexpr qint64 wasHot = 1 << 18;

QByteArray firstLine(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readLine(128).trimmed() : QByteArray();
}

QStringList cpuFolders(const QString &root)
{
    const QDir folder(root + u"/sys/devices/system/cpu"_s);
    QStringList result;
    for (const QString &name : folder.entryList({u"cpu[0-9]*"_s}, QDir::Dirs))
        result.append(folder.filePath(name));
    return result;
}

} // namespace

QString governors(const QString &root)
{
    QSet<QString> names;
    for (const QString &cpu : cpuFolders(root)) {
        const QByteArray name = firstLine(cpu + u"/cpufreq/scaling_governor"_s);
        if (!name.isEmpty())
            names.insert(QString::fromLatin1(name));
    }
    QStringList sorted(names.cbegin(), names.cend());
    sorted.sort();
    return sorted.join(u',');
}

qint64 throttling(const QString &root)
{
    const QByteArray firmware = firstLine(root + u"/sys/devices/platform/soc/soc:firmware/get_throttled"_s);
    bool isNumber = false;
    if (const qint64 bits = firmware.toLongLong(&isNumber, 16); isNumber)
        return bits;
    qint64 times = -1;
    for (const QString &cpu : cpuFolders(root)) {
        const qint64 here = firstLine(cpu + u"/thermal_throttle/core_throttle_count"_s).toLongLong(&isNumber);
        if (isNumber)
            times = std::max(times, here);
    }
    return times < 0 ? -1 : times > 0 ? wasHot : 0;
}

bool hasKernelTls(const QString &root)
{
    return QFileInfo::exists(root + u"/proc/net/tls_stat"_s);
}

} // namespace cycast::systemfiles
