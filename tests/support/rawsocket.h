// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace cycast::test
{

/// A blocking TCP connection to 127.0.0.1, as bare as it gets: what Qt's sockets hide (windows, resets, half
/// closes) is what the tests are about. Not thread-safe, except cut().
class RawSocket
{
public:
    RawSocket() = default;
    /// `receiveBuffer` in bytes, 0: the system's own choice. Check isOpen().
    explicit RawSocket(int port, int receiveBuffer = 0);
    ~RawSocket();
    RawSocket(RawSocket &&other) noexcept;
    RawSocket &operator=(RawSocket &&other) noexcept;
    RawSocket(const RawSocket &) = delete;
    RawSocket &operator=(const RawSocket &) = delete;

    bool isOpen() const { return m_descriptor >= 0; }
    bool send(const QByteArray &bytes); ///< false: broken
    /// What is there within `timeoutMs`; empty: nothing (yet), or the end, see atEnd().
    QByteArray receive(int timeoutMs);
    /// Until the end or the time-out.
    QByteArray receiveAll(int timeoutMs = 10'000);
    bool atEnd() const { return m_atEnd; }
    bool wasReset() const { return m_wasReset; }
    void finishSending(); ///< FIN, still reads
    void cut();           ///< both directions end; wakes a blocked receive
    void close();         ///< FIN, or RST when there is unread input
    void reset();         ///< RST

private:
    int m_descriptor = -1;
    bool m_atEnd = false;
    bool m_wasReset = false;
};

/// One request, one answer, closed: everything until the end (or `timeoutMs`).
QByteArray exchange(int port, const QByteArray &request, int timeoutMs = 10'000);
int statusOf(const QByteArray &response);                          ///< 0: none
QByteArray headerOf(const QByteArray &response, const char *name); ///< of the first head in it
QByteArray bodyOf(const QByteArray &response);
QByteArray basicAuth(const QByteArray &user, const QByteArray &password); ///< a header line with its end

} // namespace cycast::test
