// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/wall.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <vector>

#ifdef Q_OS_LINUX
#include <csignal>
#include <cstddef>

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#endif

namespace cycast
{

#ifdef Q_OS_LINUX

namespace
{

#ifndef SYS_landlock_create_ruleset // the same numbers everywhere
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self 446
#endif

/// As newer kernels have it; older ones take the part that they know.
struct LandlockRules {
    quint64 files = 0;
    quint64 ports = 0;
    quint64 scopes = 0;
};

#if defined(__x86_64__)
constexpr quint32 thisMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr quint32 thisMachine = AUDIT_ARCH_AARCH64;
#elif defined(__i386__)
constexpr quint32 thisMachine = AUDIT_ARCH_I386;
#elif defined(__arm__)
constexpr quint32 thisMachine = AUDIT_ARCH_ARM;
#elif defined(__riscv) && __riscv_xlen == 64
constexpr quint32 thisMachine = AUDIT_ARCH_RISCV64;
#else
constexpr quint32 thisMachine = 0; // then there is no second wall
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isSanitized = true; // these need much of the system for their own work
#else
constexpr bool isSanitized = false;
#endif

/// All that is needed for decoding.
constexpr std::array needed{
    SYS_read,
    SYS_readv,
    SYS_pread64,
    SYS_write,
    SYS_writev,
    SYS_lseek,
    SYS_close,
    SYS_dup,
    SYS_recvmsg,
    SYS_ppoll,
    SYS_munmap,
    SYS_mremap,
    SYS_brk,
    SYS_madvise,
    SYS_futex,
    SYS_exit,
    SYS_exit_group,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_restart_syscall,
    SYS_clock_gettime,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_gettimeofday,
    SYS_getrusage,
    SYS_getpid,
    SYS_gettid,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_getrandom,
    SYS_membarrier,
    SYS_set_robust_list, // of a thread that has just begun
#ifdef SYS_rseq
    SYS_rseq,
#endif
#ifdef SYS_fstat
    SYS_fstat,
#endif
#ifdef SYS_newfstatat
    SYS_newfstatat,
#endif
#ifdef SYS_fstat64
    SYS_fstat64,
    SYS_fstatat64,
#endif
#ifdef SYS_statx
    SYS_statx,
#endif
#ifdef SYS_poll
    SYS_poll,
#endif
#ifdef SYS_time
    SYS_time,
#endif
#ifdef SYS__llseek
    SYS__llseek,
#endif
#ifdef SYS_clock_gettime64
    SYS_clock_gettime64,
    SYS_futex_time64,
    SYS_ppoll_time64,
#endif
};

/// What must not be even where much else is needed.
constexpr std::array forbidden{SYS_socket,
                               SYS_socketpair,
                               SYS_connect,
                               SYS_bind,
                               SYS_listen,
                               SYS_accept4,
                               SYS_execve,
                               SYS_execveat,
                               SYS_ptrace,
                               SYS_process_vm_readv,
                               SYS_process_vm_writev,
                               SYS_kill,
                               SYS_setsid,
                               SYS_memfd_create};

constexpr quint32 refuse = SECCOMP_RET_ERRNO | EPERM;
constexpr quint32 numberAt = offsetof(seccomp_data, nr);
constexpr quint32 machineAt = offsetof(seccomp_data, arch);

/// The lower or the upper half of a call's argument.
constexpr quint32 argumentAt(int index, bool upper = false)
{
    constexpr bool isLittle = Q_BYTE_ORDER == Q_LITTLE_ENDIAN;
    return static_cast<quint32>(offsetof(seccomp_data, args)) + static_cast<quint32>(index) * 8 +
           (upper == isLittle ? 4 : 0);
}

class Filter
{
public:
    Filter()
    {
        load(machineAt);
        // The calls of another machine have other numbers.
        jump(BPF_JEQ, thisMachine, 1, 0);
        answer(SECCOMP_RET_KILL_PROCESS);
    }
    void when(long call, quint32 verdict)
    {
        load(numberAt);
        jump(BPF_JEQ, static_cast<quint32>(call), 0, 1);
        answer(verdict);
    }
    /// Memory is memory, never code.
    void allowWithoutCode(long call)
    {
        load(numberAt);
        jump(BPF_JEQ, static_cast<quint32>(call), 0, 4);
        load(argumentAt(2));
        jump(BPF_JSET, PROT_EXEC, 0, 1);
        answer(refuse);
        answer(SECCOMP_RET_ALLOW);
    }
    /// Its own limits only.
    void allowForOneself(long call)
    {
        load(numberAt);
        jump(BPF_JEQ, static_cast<quint32>(call), 0, 6);
        load(argumentAt(0));
        jump(BPF_JEQ, 0, 0, 3);
        load(argumentAt(0, true));
        jump(BPF_JEQ, 0, 0, 1);
        answer(SECCOMP_RET_ALLOW);
        answer(refuse);
    }
    void answer(quint32 verdict) { m_steps.push_back(BPF_STMT(BPF_RET | BPF_K, verdict)); }
    bool install()
    {
        sock_fprog program{static_cast<unsigned short>(m_steps.size()), m_steps.data()};
        return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
    }

private:
    void load(quint32 at) { m_steps.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at)); }
    void jump(int how, quint32 value, quint8 ifSo, quint8 ifNot)
    {
        m_steps.push_back(BPF_JUMP(static_cast<quint16>(BPF_JMP | how | BPF_K), value, ifSo, ifNot));
    }

    std::vector<sock_filter> m_steps;
};

void tell(const char *what, bool isPossible)
{
    std::array<char, 100> line{};
    const int length =
        std::snprintf(line.data(), line.size(), "%s: %s\n", what, isPossible ? "possible" : "refused");
    [[maybe_unused]] const ssize_t written = ::write(STDOUT_FILENO, line.data(), static_cast<size_t>(length));
}

} // namespace

bool shutOutFiles()
{
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, 1U);
    if (version < 1)
        return false;
    // Every right that this version knows is asked for, and none is given.
    constexpr std::array<quint64, 6> rights{0, 0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF};
    LandlockRules rules;
    rules.files = rights[static_cast<size_t>(qMin<long>(version, rights.size() - 1))];
    rules.ports = version >= 4 ? 0x3 : 0;
    rules.scopes = version >= 6 ? 0x3 : 0;
    const size_t size = version >= 6 ? sizeof(rules) : version >= 4 ? 16 : 8;
    const auto set = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, size, 0U));
    if (set < 0)
        return false;
    const bool isRestricted = ::syscall(SYS_landlock_restrict_self, set, 0U) == 0;
    ::close(set);
    return isRestricted;
}

bool shutOutSystem()
{
    if (thisMachine == 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    Filter filter;
    if (isSanitized) {
        for (const long call : forbidden)
            filter.when(call, refuse);
        filter.answer(SECCOMP_RET_ALLOW);
        return filter.install();
    }
    for (const long call : needed)
        filter.when(call, SECCOMP_RET_ALLOW);
#ifdef SYS_mmap
    filter.allowWithoutCode(SYS_mmap);
#endif
#ifdef SYS_mmap2
    filter.allowWithoutCode(SYS_mmap2);
#endif
    filter.allowWithoutCode(SYS_mprotect);
    filter.allowForOneself(SYS_prlimit64);
    filter.answer(refuse);
    return filter.install();
}

void tryTheWalls(bool onlyFiles)
{
    const auto open = [](const char *path, int flags) {
        return ::open(path, flags | O_CLOEXEC | O_NONBLOCK, 0600) >= 0;
    };
    tell("read a file", open("/etc/passwd", O_RDONLY));
    tell("write a file", open("/tmp", O_TMPFILE | O_RDWR));
    tell("list a folder", open("/", O_RDONLY | O_DIRECTORY));
    tell("gain rights", ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0);
    if (onlyFiles)
        return;
    tell("socket", ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0);
    tell("local socket", ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    // The wall answers before anybody finds out that 0 is no such socket.
    tell("connect", ::connect(STDIN_FILENO, reinterpret_cast<sockaddr *>(&address), sizeof(address)) == 0 ||
                        errno != EPERM);
    // Likewise that nobody of this number is traced.
    tell("trace",
         ::syscall(SYS_ptrace, PTRACE_PEEKDATA, ::getppid(), nullptr, nullptr) == 0 || errno != EPERM);
    quint64 word = 0;
    const iovec here{&word, sizeof(word)};
    tell("read another's memory", ::process_vm_readv(::getpid(), &here, 1, &here, 1, 0) > 0);
    tell("signal", ::syscall(SYS_kill, ::getpid(), 0) == 0);
    if (!isSanitized) {
        tell("limit another", [] {
            rlimit limit{};
            return ::prlimit(::getpid(), RLIMIT_CORE, nullptr, &limit) == 0;
        }());
        tell("new code",
             ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
        tell("fork", [] {
            const long child = ::syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, 0);
            if (child == 0)
                ::_exit(0);
            return child > 0;
        }());
    }
    // Last: where it is possible nothing comes back.
    char program[] = "/bin/true";
    std::array<char *, 2> arguments{program, nullptr};
    std::array<char *, 1> environment{nullptr};
    tell("exec", ::execve(program, arguments.data(), environment.data()) == 0);
}

#else

bool shutOutFiles()
{
    return false;
}
bool shutOutSystem()
{
    return false;
}
void tryTheWalls(bool) {}

#endif

} // namespace cycast
