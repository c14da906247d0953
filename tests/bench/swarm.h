// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/listenerstate.h"
#include "tests/bench/tlsclient.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bench
{

/// Up to 19,000 listeners in one thread on one epoll descriptor.
class Swarm
{
public:
    struct Rules {
        std::uint16_t port = 0;
        std::string path = "/stream";
        double icyShare = 0.0;     ///< of the listeners ask for titles
        double stalledShare = 0.0; ///< never read a byte
        double tlsShare = 0.0;     ///< use TLS
        bool tlsResumes = false;   ///< all but the first bring a ticket
        ListenerRules listener;
    };

    explicit Swarm(Rules rules);
    ~Swarm();
    Swarm(const Swarm &) = delete;
    Swarm &operator=(const Swarm &) = delete;

    /// Opens one more connection, or one in the place of the listener that has been there longest.
    void join();
    void leaveOldest();

    /// Reads what is there, waiting at most until `untilNs`.
    void work(std::int64_t untilNs);
    void finish();

    std::size_t size() const { return m_order.size() - m_oldest; }
    std::size_t withoutAudio() const;
    std::uint64_t lostConnections() const { return m_lostConnections; }
    std::uint64_t refused() const { return m_refused; }
    /// Longest time between two looks at the sockets: this program's own lag, which the servers' figures
    /// contain.
    double longestLagMs() const { return static_cast<double>(m_longestLagNs) / 1e6; }
    void forgetLag() { m_longestLagNs = 0; }
    Tally &tally() { return m_tally; }

private:
    struct Slot {
        int socket = -1;
        SSL *tls = nullptr; ///< owned; null: plain
        bool isShakingHands = false;
        bool isStalled = false;
        bool isIcy = false;
        bool hasAsked = false;
        ListenerState state;
    };

    void proceed(std::size_t index);
    void ask(Slot &slot);
    void watch(Slot &slot, std::uint32_t events);
    void close(Slot &slot);
    void read(std::size_t index);
    void drop(std::size_t index);
    std::size_t freeSlot();

    Rules m_rules;
    Tally m_tally;
    int m_epoll = -1;
    std::unique_ptr<TlsClient> m_tls;
    std::vector<Slot> m_slots;
    std::vector<std::size_t> m_free;
    std::vector<std::size_t> m_order; ///< slots in the order of their joining, from m_oldest on
    std::size_t m_oldest = 0;
    std::uint64_t m_joined = 0;
    std::uint64_t m_lostConnections = 0;
    std::uint64_t m_refused = 0;
    std::int64_t m_lastLookNs = 0;
    std::int64_t m_longestLagNs = 0;
    std::vector<std::uint8_t> m_buffer = std::vector<std::uint8_t>(262'144);
};

} // namespace bench
