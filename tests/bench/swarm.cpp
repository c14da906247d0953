// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/swarm.h"

#include "tests/bench/loopback.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <sys/epoll.h>
#include <unistd.h>
#include <utility>

namespace bench
{
namespace
{

// So many of every hundred, spread evenly over the order of joining.
bool belongsTo(std::uint64_t number, double share)
{
    const double position = static_cast<double>(number);
    return std::floor((position + 1) * share) > std::floor(position * share);
}

} // namespace

Swarm::Swarm(Rules rules)
    : m_rules(std::move(rules))
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
    m_slots.reserve(20'000);
    if (m_rules.tlsShare > 0)
        m_tls = std::make_unique<TlsClient>(m_rules.tlsResumes);
}

Swarm::~Swarm()
{
    for (Slot &slot : m_slots)
        close(slot);
    ::close(m_epoll);
}

std::size_t Swarm::freeSlot()
{
    if (m_free.empty()) {
        m_slots.emplace_back();
        return m_slots.size() - 1;
    }
    const std::size_t index = m_free.back();
    m_free.pop_back();
    return index;
}

void Swarm::join()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket < 0) {
        ++m_refused;
        return;
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    // One address has 28,000 ports, some of them still resting from listeners that left.
    const sockaddr_in from = loopback(static_cast<std::uint8_t>(1 + m_joined % 16), 0);
    const sockaddr_in to = loopback(1, m_rules.port);
    const std::size_t index = freeSlot();
    Slot &slot = m_slots[index];
    slot.socket = socket;
    slot.isStalled = belongsTo(m_joined, m_rules.stalledShare);
    slot.isIcy = belongsTo(m_joined, m_rules.icyShare);
    slot.hasAsked = false;
    slot.isShakingHands = belongsTo(m_joined, m_rules.tlsShare);
    ++m_joined;
    slot.state.begin(nowNs());
    m_order.push_back(index);
    if (::bind(socket, asAddress(from), sizeof from) != 0 ||
        (::connect(socket, asAddress(to), sizeof to) != 0 && errno != EINPROGRESS)) {
        ++m_refused;
        drop(index);
        return;
    }
    epoll_event event{};
    event.events = EPOLLOUT;
    event.data.u64 = index;
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, socket, &event);
    if (slot.isShakingHands)
        slot.tls = m_tls->connection(socket);
    else
        ask(slot);
}

void Swarm::watch(Slot &slot, std::uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.u64 = static_cast<std::uint64_t>(&slot - m_slots.data());
    ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, slot.socket, &event);
}

// One step of whoever has not asked yet.
void Swarm::proceed(std::size_t index)
{
    Slot &slot = m_slots[index];
    if (slot.isShakingHands) {
        switch (TlsClient::shakeHands(slot.tls)) {
        case TlsClient::Step::WantsToRead:
            watch(slot, EPOLLIN);
            return;
        case TlsClient::Step::WantsToWrite:
            watch(slot, EPOLLOUT);
            return;
        case TlsClient::Step::Failed:
            ++m_lostConnections;
            drop(index);
            return;
        case TlsClient::Step::Done:
            slot.isShakingHands = false;
        }
    }
    ask(slot);
}

void Swarm::ask(Slot &slot)
{
    std::string request =
        "GET " + m_rules.path + " HTTP/1.0\r\nHost: 127.0.0.1\r\nUser-Agent: bench_load\r\n";
    if (slot.isIcy)
        request += "Icy-MetaData: 1\r\n";
    request += "\r\n";
    const bool isSent = slot.tls ? TlsClient::send(slot.tls, request.data(), request.size())
                                 : ::send(slot.socket, request.data(), request.size(), MSG_NOSIGNAL) >= 0;
    if (!isSent)
        return; // not connected yet; an error shows itself in read()
    slot.hasAsked = true;
    watch(slot, slot.isStalled ? 0U : static_cast<std::uint32_t>(EPOLLIN));
}

void Swarm::leaveOldest()
{
    while (m_oldest < m_order.size() && m_slots[m_order[m_oldest]].socket < 0)
        ++m_oldest;
    if (m_oldest == m_order.size())
        return;
    const std::size_t index = m_order[m_oldest++];
    m_slots[index].state.finish(nowNs(), m_tally);
    drop(index);
    m_free.push_back(index);
}

void Swarm::drop(std::size_t index)
{
    close(m_slots[index]);
}

void Swarm::close(Slot &slot)
{
    if (slot.tls)
        TlsClient::free(std::exchange(slot.tls, nullptr));
    if (slot.socket >= 0)
        ::close(std::exchange(slot.socket, -1));
}

void Swarm::read(std::size_t index)
{
    Slot &slot = m_slots[index];
    const ssize_t got = slot.tls ? m_tls->receive(slot.tls, m_buffer.data(), m_buffer.size())
                                 : ::recv(slot.socket, m_buffer.data(), m_buffer.size(), 0);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0 || !slot.state.take(m_buffer.data(), static_cast<std::size_t>(got), nowNs(),
                                     m_rules.listener, m_tally)) {
        ++m_lostConnections;
        drop(index);
    }
}

void Swarm::work(std::int64_t untilNs)
{
    std::array<epoll_event, 512> events;
    do {
        const std::int64_t before = nowNs();
        if (m_lastLookNs != 0)
            m_longestLagNs = std::max(m_longestLagNs, before - m_lastLookNs);
        const std::int64_t leftNs = std::max<std::int64_t>(0, untilNs - before);
        const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()),
                                       static_cast<int>((leftNs + 999'999) / 1'000'000));
        m_lastLookNs = nowNs();
        for (int i = 0; i < count; ++i) {
            const auto index = static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64);
            if (m_slots[index].socket < 0)
                continue;
            if (!m_slots[index].hasAsked)
                proceed(index);
            if (m_slots[index].socket < 0 || !m_slots[index].hasAsked)
                continue;
            if (m_slots[index].hasAsked && m_slots[index].isStalled)
                continue;
            if (events[static_cast<std::size_t>(i)].events & (EPOLLIN | EPOLLERR | EPOLLHUP))
                read(index);
        }
    } while (nowNs() < untilNs);
}

void Swarm::finish()
{
    const std::int64_t now = nowNs();
    for (Slot &slot : m_slots) {
        if (slot.socket >= 0 && !slot.isStalled)
            slot.state.finish(now, m_tally);
    }
}

std::size_t Swarm::withoutAudio() const
{
    std::size_t count = 0;
    for (std::size_t i = m_oldest; i < m_order.size(); ++i) {
        const Slot &slot = m_slots[m_order[i]];
        count += !slot.isStalled && !slot.state.hasAudio();
    }
    return count;
}

} // namespace bench
