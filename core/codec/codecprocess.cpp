// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/codecprocess.h"

#include "core/base/filename.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <array>
#include <cstring>
#include <mutex>
#include <vector>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

QString codecProgramPath()
{
    const QString here = QCoreApplication::applicationDirPath();
#ifdef Q_OS_WIN
    const QString name = u"cycast-codec.exe"_s;
#else
    const QString name = u"cycast-codec"_s;
#endif
    for (const QString &folder : {u"/"_s, u"/../libexec/"_s, u"/../libexec/cycast-desktop/"_s}) {
        const QFileInfo info(here + folder + name);
        if (info.isFile() && info.isExecutable())
            return info.absoluteFilePath();
    }
    return {};
}

#ifdef Q_OS_UNIX

namespace
{

/// Killed, but not gone yet when they were let go (a process can be stuck in a dead disk).
class Leftovers
{
public:
    void add(pid_t pid)
    {
        const std::lock_guard lock(m_mutex);
        m_pids.push_back(pid);
    }
    void collect()
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_pids, [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) != 0; });
    }

private:
    std::mutex m_mutex;
    std::vector<pid_t> m_pids;
};

Leftovers &leftovers()
{
    static Leftovers all;
    return all;
}

/// The child: its two standard streams are the socket, its signals are as a new program expects them.
int spawn(pid_t &pid, const QString &program, const QStringList &arguments, int socket)
{
    std::vector<QByteArray> texts{pathBytes(program)};
    for (const QString &argument : arguments)
        texts.push_back(pathBytes(argument)); // files among them
    std::vector<char *> pointers;
    pointers.reserve(texts.size() + 1);
    for (QByteArray &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    sigset_t usual;
    sigemptyset(&usual);
    for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGCHLD})
        sigaddset(&usual, number);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    // A group of its own: Ctrl+C is for the station, which ends it in its own time.
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                             POSIX_SPAWN_SETPGROUP));
    const int error =
        ::posix_spawn(&pid, texts.front().constData(), &actions, &attributes, pointers.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

} // namespace

Result<std::unique_ptr<CodecProcess>> CodecProcess::start(const QString &program,
                                                          const QStringList &arguments, int bufferBytes)
{
    if (program.isEmpty())
        return failure(
            Core::tr("the program cycast-codec, which decodes and encodes, is missing: install Cycast "
                     "Desktop again"));
    leftovers().collect();
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return failure(
            Core::tr("there is no descriptor left for cycast-codec: %1").arg(qt_error_string(errno)));
    if (bufferBytes > 0) {
        for (const int end : ends)
            ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &bufferBytes, sizeof bufferBytes);
    }
    pid_t pid = 0;
    const int error = spawn(pid, program, arguments, ends[1]);
    ::close(ends[1]);
    if (error != 0) {
        ::close(ends[0]);
        return failure(Core::tr("%1 could not be started: %2").arg(program, qt_error_string(error)));
    }
    std::unique_ptr<CodecProcess> process(new CodecProcess);
    process->m_socket = ends[0];
    process->m_pid = pid;
    return process;
}

CodecProcess::~CodecProcess()
{
    const auto pid = static_cast<pid_t>(m_pid);
    if (m_ending == Ending::None)
        ::kill(pid, SIGKILL);
    ::close(m_socket);
    if (m_ending == Ending::None && ::waitpid(pid, nullptr, WNOHANG) == 0)
        leftovers().add(pid);
}

CodecProcess::Ending CodecProcess::ending()
{
    constexpr int looks = 50;
    constexpr int betweenLooksMs = 10;
    constexpr int notExecuted = 127; // what the dynamic linker ends with
    constexpr int misuse = 2;
    int status = 0;
    for (int look = 0; m_ending == Ending::None; ++look) {
        const pid_t result = ::waitpid(static_cast<pid_t>(m_pid), &status, WNOHANG);
        if (result == 0) {
            if (!m_hasHungUp || look == looks)
                return Ending::None;
            ::poll(nullptr, 0, betweenLooksMs);
        } else if (result < 0) {
            m_ending = Ending::Stopped; // somebody took the answer away
        } else if (WIFEXITED(status)) {
            const int code = WEXITSTATUS(status);
            m_ending = code == notExecuted || code == misuse ? Ending::NoProgram : Ending::Normal;
        } else {
            const int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
            const bool isForeign = number == SIGKILL || number == SIGTERM || number == SIGINT ||
                                   number == SIGHUP || number == SIGQUIT;
            m_ending = isForeign ? Ending::Stopped : Ending::Crashed;
        }
    }
    return m_ending;
}

bool CodecProcess::waitFor(short events, int timeoutMs) const
{
    pollfd wanted{m_socket, events, 0};
    int result = 0;
    do {
        result = ::poll(&wanted, 1, timeoutMs);
    } while (result < 0 && errno == EINTR);
    return result > 0;
}

qint64 CodecProcess::receive(char *buffer, qint64 size, int timeoutMs)
{
    if (timeoutMs > 0 && !waitFor(POLLIN, timeoutMs))
        return nothingYet;
    const ssize_t got = ::recv(m_socket, buffer, static_cast<size_t>(size), MSG_DONTWAIT);
    if (got > 0)
        return got;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return nothingYet;
    m_hasHungUp = true;
    return 0;
}

qint64 CodecProcess::send(const char *bytes, qint64 size, int timeoutMs)
{
    return sendSome(bytes, size, timeoutMs, -1);
}

qint64 CodecProcess::sendSome(const char *bytes, qint64 size, int timeoutMs, int descriptor)
{
    if (timeoutMs > 0 && !waitFor(POLLOUT, timeoutMs))
        return nothingYet;
    iovec part{const_cast<char *>(bytes), static_cast<size_t>(size)}; // sendmsg() only reads there
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    if (descriptor >= 0) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
    }
    const ssize_t sent = ::sendmsg(m_socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0)
        return sent;
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
        return nothingYet;
    m_hasHungUp = true;
    return 0;
}

bool CodecProcess::sendAll(const QByteArray &bytes, int timeoutMs, int descriptor)
{
    for (qint64 done = 0; done < bytes.size();) {
        const qint64 sent =
            sendSome(bytes.constData() + done, bytes.size() - done, timeoutMs, done == 0 ? descriptor : -1);
        if (sent <= 0)
            return false;
        done += sent;
    }
    return true;
}

void CodecProcess::closeInput()
{
    ::shutdown(m_socket, SHUT_WR);
}

#else

Result<std::unique_ptr<CodecProcess>> CodecProcess::start(const QString &, const QStringList &, int)
{
    return failure(Core::tr("this system cannot run cycast-codec"));
}

CodecProcess::~CodecProcess() = default;
bool CodecProcess::waitFor(short, int) const
{
    return false;
}
qint64 CodecProcess::receive(char *, qint64, int)
{
    return 0;
}
qint64 CodecProcess::send(const char *, qint64, int)
{
    return 0;
}
qint64 CodecProcess::sendSome(const char *, qint64, int, int)
{
    return 0;
}
CodecProcess::Ending CodecProcess::ending()
{
    return Ending::NoProgram;
}
bool CodecProcess::sendAll(const QByteArray &, int, int)
{
    return false;
}
void CodecProcess::closeInput() {}

#endif

} // namespace cycast
