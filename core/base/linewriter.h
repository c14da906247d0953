// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

namespace cycast
{

/// Writes lines to a descriptor (the standard error) in a thread of its own, behind a bounded queue: whoever
/// logs never waits for a terminal that was stopped, a pipe that nobody reads or a disk that hangs. What
/// finds no room is left out and counted, and the count is written when somebody reads again. Thread-safe.
class LineWriter
{
public:
    static constexpr qsizetype mostBytes = 1024 * 1024;

    explicit LineWriter(int descriptor);
    /// Writes what is left, for as long as that gets on: after a second without progress, or five in all, the
    /// rest is given up, so that the end of the program never hangs here.
    ~LineWriter();
    LineWriter(const LineWriter &) = delete;
    LineWriter &operator=(const LineWriter &) = delete;

    void write(QByteArray line); ///< with its line break
    /// Waits until all is written, at most `timeoutMs`. False: something is left.
    bool flush(int timeoutMs);

private:
    struct Shared;

    std::shared_ptr<Shared> m_shared; ///< outlives this where the thread hangs in a write
};

} // namespace cycast
