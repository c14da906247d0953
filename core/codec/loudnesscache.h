// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/loudness.h"

#include <QHash>

#include <mutex>

namespace cycast
{

/// What was measured once: by path, size, time of change and number of channels. One text file in the cache
/// folder, a line each; it is only ever added to, and begun anew when it has grown too large. Losing it costs
/// nothing but the measuring. Thread-safe.
class LoudnessCache
{
public:
    /// In the user's cache folder ($XDG_CACHE_HOME/cycast-desktop).
    static LoudnessCache &shared();
    explicit LoudnessCache(QString file);

    struct Entry {
        std::optional<Loudness> loudness; ///< nothing: it is silence
    };
    /// Nothing when it is not known (any more).
    std::optional<Entry> find(const QString &path, int channels);
    void insert(const QString &path, int channels, const std::optional<Loudness> &loudness);

private:
    void load();

    static constexpr qsizetype maxEntries = 200'000;

    std::mutex m_mutex;
    QString m_file;
    bool m_isLoaded = false;
    QHash<QByteArray, Entry> m_entries;
};

} // namespace cycast
