// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/filewriter.h"

#include <QHash>
#include <QSet>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace cycast::test
{

/// A disk for FileWriter on which every write hangs until goOn() is called; what it takes stays in memory.
class SlowDisk
{
public:
    FileWriter::Write write() const
    {
        return [state = m_state](const QString &path, const QByteArray &content,
                                 const FileWriter::How &) -> Result<void> {
            std::unique_lock lock(state->mutex);
            ++state->writes;
            state->changed.notify_all();
            state->changed.wait(lock, [&] { return state->goesOn || state->alive.contains(path); });
            state->contents.insert(path, content);
            return {};
        };
    }

    /// Somebody hangs; false when nobody does for long.
    bool waitUntilAsked() const
    {
        std::unique_lock lock(m_state->mutex);
        return m_state->changed.wait_for(lock, std::chrono::seconds(30),
                                         [this] { return m_state->writes > 0; });
    }
    void goOn() const
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->goesOn = true;
        m_state->changed.notify_all();
    }
    /// This path does not hang.
    void letThrough(const QString &path) const
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->alive.insert(path);
    }
    QByteArray contentOf(const QString &path) const
    {
        const std::lock_guard lock(m_state->mutex);
        return m_state->contents.value(path);
    }
    int writes() const
    {
        const std::lock_guard lock(m_state->mutex);
        return m_state->writes;
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable changed;
        bool goesOn = false;
        int writes = 0;
        QSet<QString> alive;
        QHash<QString, QByteArray> contents;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>(); ///< outlives this in a thread that hangs
};

} // namespace cycast::test
