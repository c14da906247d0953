// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/rawsocket.h"

#include <QList>
#include <QString>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>

namespace cycast::test
{

/// A listener for hours: looks at every frame as it comes and keeps what was wrong, not what was heard. In a
/// thread of its own; its methods are for any other.
class Witness
{
public:
    /// Times are of monotonicNs(), in ms.
    struct Silence {
        qint64 beganMs = 0;
        qint64 endedMs = 0;   ///< 0: it still lasts
        double seconds = 0.0; ///< of sound: a burst of it comes at once
    };

    explicit Witness(int port);
    ~Witness();

    /// A sentence: a torn, missing or repeated frame, the end of the connection. Empty: nothing.
    QString fault() const;
    /// Silence of more than half a second.
    QList<Silence> silences() const;
    /// The longest time without any byte, and when it ended.
    std::pair<qint64, qint64> longestPauseMs() const;
    qint64 frames() const;
    int lastSource() const { return m_lastSource; } ///< 0: silence
    qint64 lastSoundMs() const { return m_lastSoundMs; }

private:
    void run();
    void examine();
    void note(const QString &fault);

    RawSocket m_socket;
    std::atomic<bool> m_stops = false;
    mutable std::mutex m_mutex;
    QByteArray m_rest;
    QString m_fault;
    QList<Silence> m_silences;
    std::pair<qint64, qint64> m_longestPause{0, 0};
    qint64 m_frames = 0;
    std::array<int, 4096> m_next{}; ///< of each source: the frame that comes next, 0: any
    int m_before = -1;
    std::atomic<int> m_lastSource = 0;
    std::atomic<qint64> m_lastSoundMs = 0;
    std::thread m_thread;
};

} // namespace cycast::test
