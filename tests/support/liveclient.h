// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/rawsocket.h"

#include <atomic>
#include <mutex>
#include <thread>

namespace cycast::test
{

struct LiveClientOptions {
    QByteArray method = "SOURCE"; ///< SOURCE or PUT
    QByteArray mount = "/stream";
    QByteArray user = "source";
    QByteArray password = "ocean-lamp-42"; ///< null: no Authorization at all
    QByteArray contentType = "audio/mpeg";
    QByteArray name = "Live show";
    bool expectsContinue = false; ///< sends audio only after "100 Continue"
    bool chunked = false;
    int source = 900;      ///< stamped into its frames
    int maxFrames = -1;    ///< ends (FIN) after so many; -1: endless
    bool pushes = false;   ///< everything as fast as the socket takes it
    int backlogFrames = 0; ///< so many at once at the beginning
};

/// An encoder in a thread of its own: stamped frames, each when its time has come.
class LiveClient
{
public:
    explicit LiveClient(int port, LiveClientOptions options = {});
    ~LiveClient();

    /// Sends nothing while on; its time runs on, so that the backlog goes out at once afterwards.
    void setStalled(bool on) { m_stalled = on; }
    void end();   ///< FIN
    void reset(); ///< RST

    QByteArray response() const; ///< all heads so far
    int framesSent() const { return m_framesSent; }
    bool isRefused() const;
    bool isDone() const { return m_done; } ///< has sent maxFrames, or was cut off

private:
    void run();
    bool handshake();
    bool sendFrames(int count);
    void stop();

    LiveClientOptions m_options;
    RawSocket m_socket;
    std::atomic<bool> m_stalled = false;
    std::atomic<bool> m_stops = false;
    std::atomic<bool> m_done = false;
    std::atomic<int> m_framesSent = 0;
    mutable std::mutex m_mutex;
    QByteArray m_response;
    std::thread m_thread;
};

} // namespace cycast::test
