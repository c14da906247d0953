// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/loudness.h"

#include <QHash>

#include <deque>
#include <mutex>

namespace cycast
{

/// What was measured once: by path, size, time of change and number of channels. One text file in the cache
/// folder, a line each; it is only ever added to. When it is full, the oldest tenth goes, in one writing.
/// Losing it costs nothing but the measuring. Thread-safe.
class LoudnessCache
{
public:
    /// In the user's cache folder ($XDG_CACHE_HOME/cycast-desktop).
    static LoudnessCache &shared();
    static constexpr qsizetype usualMost = 200'000;
    explicit LoudnessCache(QString file, qsizetype most = usualMost);

    struct Entry {
        std::optional<Loudness> loudness; ///< nothing: it is silence
    };
    /// Nothing when it is not known (any more).
    std::optional<Entry> find(const QString &path, int channels);
    void insert(const QString &path, int channels, const std::optional<Loudness> &loudness);

private:
    void load();
    void keep(const QByteArray &key, const Entry &entry);
    void dropOldest();

    std::mutex m_mutex;
    QString m_file;
    qsizetype m_most;
    bool m_isLoaded = false;
    QHash<QByteArray, Entry> m_entries;
    std::deque<QByteArray> m_order; ///< their keys, oldest first
};

} // namespace cycast
