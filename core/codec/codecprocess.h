// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

#include <memory>

namespace cycast
{

/// Where cycast-codec is: beside this program, or in the libexec folder of the same installation. Empty: it
/// is nowhere.
QString codecProgramPath();

/// One run of the helper program, tied to this process by one socket, which is its standard input and output.
/// Nothing else of ours is open in it. It is killed when this object goes, and ends by itself when this
/// process dies. One owner; no thread of its own.
class CodecProcess
{
public:
    /// The sentence says what is missing: that is a fault of this machine, whatever was to be done.
    /// `bufferBytes`: about how much the system may keep between the two
    /// in each direction; 0: as much as it likes.
    static Result<std::unique_ptr<CodecProcess>> start(const QString &program, const QStringList &arguments,
                                                       int bufferBytes = 0);
    ~CodecProcess();
    CodecProcess(const CodecProcess &) = delete;
    CodecProcess &operator=(const CodecProcess &) = delete;

    static constexpr qint64 nothingYet = -1;
    /// Waits up to `timeoutMs` for bytes: how many there were, 0 when it has ended, nothingYet.
    qint64 receive(char *buffer, qint64 size, int timeoutMs);
    /// Waits likewise until something could be sent: how much that was, 0 when it has ended, nothingYet.
    qint64 send(const char *bytes, qint64 size, int timeoutMs);
    /// All of it or not: false when it did not take it in time. `descriptor`: goes along, and stays open
    /// here; -1: none.
    bool sendAll(const QByteArray &bytes, int timeoutMs, int descriptor = -1);
    /// Nothing more will be sent; it can still answer.
    void closeInput();

    enum class Ending : quint8 {
        None,     ///< it runs
        Normal,   ///< by itself
        Crashed,  ///< a decoder went wrong, or wanted more memory or time than it may have
        Stopped,  ///< somebody else ended it, or the system did, for memory
        NoProgram ///< it could not begin: a library is missing, or it is another version
    };
    /// Whether it still runs. Just after its socket has ended it waits a moment for the answer.
    Ending ending();

    int socket() const { return m_socket; } ///< non-blocking, for a notifier
    qint64 processId() const { return m_pid; }

private:
    CodecProcess() = default;
    bool waitFor(short events, int timeoutMs) const;
    qint64 sendSome(const char *bytes, qint64 size, int timeoutMs, int descriptor);

    int m_socket = -1;
    qint64 m_pid = 0;
    Ending m_ending = Ending::None;
    bool m_hasHungUp = false;
};

} // namespace cycast
