// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/lobby.h"
#include "core/net/sources/loginguard.h"
#include "core/net/sources/logins.h"

#include <QTimer>

#include <deque>
#include <functional>

namespace cycast
{

/// Where everybody who brings a password is examined: at once, or in his turn when his address has guessed
/// (see LoginGuard). A try is never refused unseen while there is a place in the queue; an encoder that has
/// hung up meanwhile gives up its own. Lives in the station's thread.
class LoginDesk : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostWaiting = 8; ///< of one address
    static constexpr int mostWaitingInAll = 100;
    static constexpr int retryAfterSeconds = mostWaiting;

    using Then = std::function<void(Arrival &&arrival, const Logins::Check &check)>;

    /// Both outlive this.
    LoginDesk(const Logins &logins, Lobby &lobby);

    /// The Authorization header of a request, or that there is none. `then` gets the arrival back, now or
    /// later.
    void examine(Arrival &&arrival, int roles, Then then);
    /// A login that is not in that header. `way`: whose tries it counts among.
    void examine(Arrival &&arrival, const QList<BasicCredentials> &candidates, LoginGuard::Way way, int roles,
                 Then then);
    /// Those who wait are forgotten (the lobby closes them).
    void forgetAll();

    int waiting() const { return m_waiting; }

private:
    struct Try {
        quint64 ticket = 0; ///< of the lobby
        QList<BasicCredentials> candidates;
        LoginGuard::Way way = LoginGuard::Way::Http;
        int roles = 0;
        Then then;
    };
    struct Queue {
        std::deque<Try> tries;
        qint64 lastMs = 0; ///< when one of them was examined last
    };

    Logins::Check look(const QHostAddress &address, const QList<BasicCredentials> &candidates,
                       LoginGuard::Way way, int roles, qint64 nowMs);
    void wait(Arrival &&arrival, const LoginGuard::Key &key, Try &&attempt, qint64 nowMs);
    void turn();
    void schedule(qint64 nowMs);

    const Logins &m_logins;
    Lobby &m_lobby;
    LoginGuard m_guard;
    QHash<LoginGuard::Key, Queue> m_queues; ///< also those that have been empty for less than their pace
    int m_waiting = 0;
    QTimer m_turns;
};

} // namespace cycast
