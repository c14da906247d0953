// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/loudnesscache.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/base/places.h"
#include "core/base/replacefile.h"

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

QByteArray lineOf(const QByteArray &key, const std::optional<Loudness> &loudness)
{
    const QByteArray values = loudness ? QByteArray::number(loudness->lufs, 'f', 3) + ' ' +
                                             QByteArray::number(loudness->peakDbtp, 'f', 3) + ' ' +
                                             QByteArray::number(loudness->silentEndMs)
                                       : QByteArray("silence 0 0");
    return key + ' ' + values + '\n';
}

} // namespace

LoudnessCache &LoudnessCache::shared()
{
    static LoudnessCache cache(userPlace(QStandardPaths::GenericCacheLocation) +
                               u"/cycast-desktop/loudness"_s);
    return cache;
}

LoudnessCache::LoudnessCache(QString file, qsizetype most)
    : m_file(std::move(file))
    , m_most(most)
{
}

void LoudnessCache::keep(const QByteArray &key, const Entry &entry)
{
    if (!m_entries.contains(key))
        m_order.push_back(key);
    m_entries.insert(key, entry);
}

/// A tenth at a time, so that the file is written anew once in a long while only.
void LoudnessCache::dropOldest()
{
    for (qsizetype left = qMax<qsizetype>(1, m_most / 10); left > 0 && !m_order.empty(); --left) {
        m_entries.remove(m_order.front());
        m_order.pop_front();
    }
    QByteArray text;
    for (const QByteArray &key : m_order)
        text += lineOf(key, m_entries.value(key).loudness);
    static_cast<void>(replaceFile(m_file, text)); // the old one costs nothing but its length
}

void LoudnessCache::load()
{
    if (std::exchange(m_isLoaded, true))
        return;
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return;
    while (!file.atEnd()) {
        // key, LUFS or "silence", dBTP, milliseconds of silence at the end
        const QList<QByteArray> parts = file.readLine(200).trimmed().split(' ');
        if (parts.size() != 4)
            continue;
        bool isNumber = false;
        const double lufs = parts[1].toDouble(&isNumber);
        const double peak = parts[2].toDouble();
        const qint32 silentEndMs = qMax(0, parts[3].toInt());
        if (parts[1] == "silence")
            keep(parts[0], {});
        else if (isNumber && std::isfinite(lufs) && std::isfinite(peak))
            keep(parts[0], {Loudness{lufs, peak, silentEndMs}});
    }
    while (static_cast<qsizetype>(m_order.size()) > m_most) { // of a time when more was allowed
        m_entries.remove(m_order.front());
        m_order.pop_front();
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
    if (!m_entries.contains(key) && m_entries.size() >= m_most)
        dropOldest();
    keep(key, {loudness});
    QDir().mkpath(QFileInfo(m_file).path());
    QFile file(m_file);
    if (file.open(QIODevice::WriteOnly | QIODevice::Append))
        file.write('\n' + lineOf(key, loudness)); // whatever the last line was, this is one of its own
}

} // namespace cycast
