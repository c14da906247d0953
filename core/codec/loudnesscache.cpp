// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/loudnesscache.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/base/places.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <cmath>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// Empty when the file is not there.
QByteArray keyOf(const QString &path, int channels)
{
    const auto facts = factsOf(path);
    if (!facts || !facts->isFile)
        return {};
    const QString text = u"%1\n%2\n%3\n%4"_s.arg(QFileInfo(path).absoluteFilePath())
                             .arg(facts->size)
                             .arg(facts->modifiedMs)
                             .arg(channels);
    return QCryptographicHash::hash(pathBytes(text), QCryptographicHash::Sha1).toHex();
}

} // namespace

LoudnessCache &LoudnessCache::shared()
{
    static LoudnessCache cache(userPlace(QStandardPaths::GenericCacheLocation) +
                               u"/cycast-desktop/loudness"_s);
    return cache;
}

LoudnessCache::LoudnessCache(QString file)
    : m_file(std::move(file))
{
}

void LoudnessCache::load()
{
    if (std::exchange(m_isLoaded, true))
        return;
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return;
    while (!file.atEnd() && m_entries.size() < maxEntries) {
        // key, LUFS or "silence", dBTP, milliseconds of silence at the end
        const QList<QByteArray> parts = file.readLine(200).trimmed().split(' ');
        if (parts.size() != 4)
            continue;
        bool isNumber = false;
        const double lufs = parts[1].toDouble(&isNumber);
        const double peak = parts[2].toDouble();
        const qint32 silentEndMs = qMax(0, parts[3].toInt());
        if (parts[1] == "silence")
            m_entries.insert(parts[0], {});
        else if (isNumber && std::isfinite(lufs) && std::isfinite(peak))
            m_entries.insert(parts[0], {Loudness{lufs, peak, silentEndMs}});
    }
}

std::optional<LoudnessCache::Entry> LoudnessCache::find(const QString &path, int channels)
{
    const QByteArray key = keyOf(path, channels);
    const std::lock_guard lock(m_mutex);
    load();
    const auto found = m_entries.constFind(key);
    return found == m_entries.cend() ? std::nullopt : std::optional(*found);
}

void LoudnessCache::insert(const QString &path, int channels, const std::optional<Loudness> &loudness)
{
    const QByteArray key = keyOf(path, channels);
    if (key.isEmpty())
        return;
    const std::lock_guard lock(m_mutex);
    load();
    const bool isFull = m_entries.size() >= maxEntries;
    if (isFull)
        m_entries.clear();
    m_entries.insert(key, {loudness});
    QDir().mkpath(QFileInfo(m_file).path());
    QFile file(m_file);
    if (!file.open(isFull ? QIODevice::WriteOnly : QIODevice::WriteOnly | QIODevice::Append))
        return;
    const QByteArray values = loudness ? QByteArray::number(loudness->lufs, 'f', 3) + ' ' +
                                             QByteArray::number(loudness->peakDbtp, 'f', 3) + ' ' +
                                             QByteArray::number(loudness->silentEndMs)
                                       : QByteArray("silence 0 0");
    file.write('\n' + key + ' ' + values + '\n'); // whatever the last line was, this is one of its own
}

} // namespace cycast
