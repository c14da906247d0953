// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/linewriter.h"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <csignal>
#include <poll.h>
#include <unistd.h>
#endif

namespace cycast
{
namespace
{

constexpr std::chrono::milliseconds lookAgain{100};
constexpr std::chrono::milliseconds patience{500};
constexpr std::chrono::seconds longestEnd{5};
// A pipe that poll() calls writable takes this much without blocking (POSIX, PIPE_BUF).
constexpr qsizetype pieceBytes = 4096;

/// Writes a piece: how many bytes; 0: not at the moment; -1: never again.
qsizetype writePiece(int descriptor, const char *bytes, qsizetype size)
{
#ifdef Q_OS_WIN
    return ::_write(descriptor, bytes, static_cast<unsigned>(size));
#else
    pollfd place{descriptor, POLLOUT, 0};
    if (::poll(&place, 1, static_cast<int>(lookAgain.count())) <= 0)
        return 0;
    if ((place.revents & POLLOUT) == 0)
        return -1;
    const ssize_t written = ::write(descriptor, bytes, static_cast<size_t>(qMin(size, pieceBytes)));
    if (written >= 0)
        return written;
    // A full disk may have room again; a pipe without its other end never comes back.
    return errno == EPIPE || errno == EBADF ? -1 : 0;
#endif
}

} // namespace

struct LineWriter::Shared {
    explicit Shared(int target)
        : descriptor(target)
    {
    }
    void run();
    void writeAll(const QByteArray &text);

    const int descriptor;
    std::mutex mutex;
    std::condition_variable changed; ///< any of what follows
    std::deque<QByteArray> lines;
    qsizetype bytes = 0; ///< of them
    qint64 leftOut = 0;  ///< after the last of them
    bool isWriting = false;
    bool ends = false;
    bool hasEnded = false;
    quint64 progress = 0; ///< grows with what is written
};

void LineWriter::Shared::writeAll(const QByteArray &text)
{
    auto since = std::chrono::steady_clock::now();
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype written = writePiece(descriptor, text.constData() + at, text.size() - at);
        if (written < 0)
            return;
        at += written;
        const auto now = std::chrono::steady_clock::now();
        std::unique_lock lock(mutex);
        if (written > 0) {
            ++progress;
            since = now;
            changed.notify_all();
        } else if (ends && now - since >= patience) {
            return;
        } else {
            changed.wait_for(lock, lookAgain, [this] { return ends; });
        }
    }
}

void LineWriter::Shared::run()
{
#ifndef Q_OS_WIN
    // The program is the one to be told to end, by somebody who means it, and never by a pipe.
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
#endif
    std::unique_lock lock(mutex);
    for (;;) {
        changed.wait(lock, [this] { return ends || !lines.empty(); });
        if (lines.empty())
            break;
        std::deque<QByteArray> batch = std::exchange(lines, {});
        bytes = 0;
        const qint64 missing = std::exchange(leftOut, 0);
        isWriting = true;
        lock.unlock();
        for (const QByteArray &line : std::as_const(batch))
            writeAll(line);
        if (missing > 0)
            writeAll(QByteArray::number(missing) +
                     " lines of the log were left out here: nobody read them.\n");
        batch.clear();
        lock.lock();
        isWriting = false;
        changed.notify_all();
    }
    hasEnded = true;
    changed.notify_all();
}

LineWriter::LineWriter(int descriptor)
    : m_shared(std::make_shared<Shared>(descriptor))
{
    std::thread([shared = m_shared] { shared->run(); }).detach();
}

LineWriter::~LineWriter()
{
    std::unique_lock lock(m_shared->mutex);
    m_shared->ends = true;
    m_shared->changed.notify_all();
    const auto deadline = std::chrono::steady_clock::now() + longestEnd;
    quint64 seen = 0;
    do {
        seen = m_shared->progress;
        m_shared->changed.wait_for(lock, 2 * patience, [this] { return m_shared->hasEnded; });
    } while (!m_shared->hasEnded && m_shared->progress != seen &&
             std::chrono::steady_clock::now() < deadline);
}

void LineWriter::write(QByteArray line)
{
    const std::lock_guard lock(m_shared->mutex);
    if (m_shared->bytes + line.size() > mostBytes || m_shared->leftOut > 0) {
        ++m_shared->leftOut;
        return;
    }
    m_shared->bytes += line.size();
    m_shared->lines.push_back(std::move(line));
    m_shared->changed.notify_all();
}

bool LineWriter::flush(int timeoutMs)
{
    std::unique_lock lock(m_shared->mutex);
    return m_shared->changed.wait_for(lock, std::chrono::milliseconds(timeoutMs),
                                      [this] { return m_shared->lines.empty() && !m_shared->isWriting; });
}

} // namespace cycast
