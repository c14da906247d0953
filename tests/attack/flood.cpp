// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/attack/flood.h"

#include "core/base/monotonic.h"

#include <array>
#include <cerrno>
#include <map>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cycast::test
{
namespace
{

struct Client {
    qsizetype sent = 0;
    bool isAnswered = false;
};

class Clients
{
public:
    explicit Clients(const FloodPlan &plan)
        : m_plan(plan)
        , m_poller(::epoll_create1(EPOLL_CLOEXEC))
    {
    }
    ~Clients()
    {
        for (const auto &[descriptor, client] : m_clients)
            ::close(descriptor);
        ::close(m_poller);
    }
    Clients(const Clients &) = delete;
    Clients &operator=(const Clients &) = delete;

    int count() const { return static_cast<int>(m_clients.size()); }

    bool open()
    {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor < 0)
            return false;
        if (m_plan.receiveBuffer > 0) {
            ::setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &m_plan.receiveBuffer,
                         sizeof m_plan.receiveBuffer);
            const int small = 8192; // what it cannot get rid of is not to take our time
            ::setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
        }
        sockaddr_in address{};
        address.sin_family = AF_INET;
        auto *generic = reinterpret_cast<sockaddr *>(&address);
        if (m_plan.addresses > 1) {
            const int on = 1;
            ::setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
            address.sin_addr.s_addr =
                htonl(0x7f000001U + (static_cast<unsigned>(m_next++ % m_plan.addresses) << 8U));
            ::bind(descriptor, generic, sizeof address);
        }
        address.sin_port = htons(static_cast<quint16>(m_plan.port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(descriptor, generic, sizeof address) != 0 && errno != EINPROGRESS) {
            ::close(descriptor);
            return false;
        }
        epoll_event event{};
        event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP;
        event.data.fd = descriptor;
        ::epoll_ctl(m_poller, EPOLL_CTL_ADD, descriptor, &event);
        m_clients.emplace(descriptor, Client{});
        return true;
    }

    /// How many were answered, and how many the server closed.
    std::pair<int, int> turn()
    {
        std::array<epoll_event, 256> events{};
        const int count = ::epoll_wait(m_poller, events.data(), static_cast<int>(events.size()), 1);
        int answered = 0;
        int closed = 0;
        for (int i = 0; i < count; ++i) {
            const epoll_event &event = events[static_cast<size_t>(i)];
            const auto it = m_clients.find(event.data.fd);
            if (it == m_clients.end())
                continue;
            const End end = serve(it->first, it->second, event.events);
            if (it->second.isAnswered && end != End::None)
                ++answered;
            if (end == End::ByServer)
                ++closed;
            if (end != End::None) {
                ::close(it->first);
                m_clients.erase(it);
            }
        }
        return {answered, closed};
    }

private:
    enum class End { None, ByServer, ByUs };

    End serve(int descriptor, Client &client, quint32 events)
    {
        using Then = FloodPlan::Then;
        if ((events & EPOLLOUT) != 0) {
            const QByteArray &request = m_plan.request;
            while (client.sent < request.size()) {
                const ssize_t sent = ::send(descriptor, request.data() + client.sent,
                                            static_cast<size_t>(request.size() - client.sent), MSG_NOSIGNAL);
                if (sent < 0)
                    return errno == EAGAIN || errno == ENOTCONN ? End::None : End::ByServer;
                client.sent += sent;
                if (m_plan.then == Then::GoOn && client.sent == request.size())
                    client.sent = 0;
            }
            if (m_plan.then == Then::HangUp)
                return End::ByUs;
            watch(descriptor, EPOLLIN | EPOLLRDHUP);
        }
        if (m_plan.then != Then::ReadAll)
            return (events & (EPOLLHUP | EPOLLERR)) != 0 ? End::ByServer : End::None;
        std::array<char, 65'536> buffer;
        while (true) {
            const ssize_t got = ::recv(descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (got > 0) {
                client.isAnswered = true;
                continue;
            }
            return got < 0 && (errno == EAGAIN || errno == ENOTCONN) ? End::None : End::ByServer;
        }
    }

    void watch(int descriptor, quint32 events)
    {
        epoll_event event{};
        // What stays unread would wake us for ever.
        event.events = m_plan.then == FloodPlan::Then::ReadAll ? events : 0U;
        event.data.fd = descriptor;
        ::epoll_ctl(m_poller, EPOLL_CTL_MOD, descriptor, &event);
    }

    const FloodPlan &m_plan;
    int m_poller;
    int m_next = 0;
    std::map<int, Client> m_clients;
};

} // namespace

Flood::Flood(const FloodPlan &plan)
    : m_plan(plan)
    , m_thread([this] { run(); })
{
}

Flood::~Flood()
{
    stop();
}

void Flood::stop()
{
    m_stops = true;
    if (m_thread.joinable())
        m_thread.join();
}

void Flood::run()
{
    Clients clients(m_plan);
    const bool stays = m_plan.then == FloodPlan::Then::NeverRead || m_plan.then == FloodPlan::Then::GoOn;
    const qint64 beganNs = monotonicNs();
    qint64 wanted = 0;
    while (!m_stops) {
        const qint64 dueByNow = (monotonicNs() - beganNs) * m_plan.perSecond / nsPerSecond;
        const qint64 limit = stays ? qMin<qint64>(dueByNow, m_plan.atOnce) : dueByNow;
        int inARow = 0;
        while (wanted < limit && clients.count() < m_plan.atOnce && inARow++ < 64) {
            ++wanted;
            if (clients.open())
                ++m_opened;
        }
        // What could not be opened in time is not made up for: the rate is the rate.
        wanted = qMax(wanted, limit - m_plan.perSecond / 10);
        const auto [answered, closed] = clients.turn();
        m_answered += answered;
        m_closed += closed;
    }
}

} // namespace cycast::test
