// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/logindesk.h"

#include "core/base/monotonic.h"

namespace cycast
{

LoginDesk::LoginDesk(const Logins &logins, Lobby &lobby)
    : m_logins(logins)
    , m_lobby(lobby)
{
    m_turns.setSingleShot(true);
    m_turns.setTimerType(Qt::PreciseTimer);
    connect(&m_turns, &QTimer::timeout, this, &LoginDesk::turn);
}

void LoginDesk::examine(Arrival &&arrival, int roles, Then then)
{
    if (const auto login = Logins::loginIn(arrival.request))
        examine(std::move(arrival), *login, LoginGuard::Way::Http, roles, std::move(then));
    else
        then(std::move(arrival), {Logins::Verdict::Missing});
}

void LoginDesk::examine(Arrival &&arrival, const QList<BasicCredentials> &candidates, LoginGuard::Way way,
                        int roles, Then then)
{
    const qint64 nowMs = monotonicMs();
    const QHostAddress address = arrival.address;
    const auto slow = m_guard.slowKey(address, way, nowMs);
    if (!slow) {
        const Logins::Check check = look(address, candidates, way, roles, nowMs);
        then(std::move(arrival), check);
        return;
    }
    // A forgotten encoder behind the same router must not keep the one out who is known here.
    if (m_guard.mayLookAtOnce(address, nowMs)) {
        Logins::Check check = m_logins.compare(candidates, roles);
        if (check.isRight()) {
            m_guard.letIn(address, nowMs);
            then(std::move(arrival), check);
            return;
        }
    }
    const auto queue = m_queues.constFind(*slow);
    const bool isFull = queue != m_queues.constEnd() && queue->tries.size() >= mostWaiting;
    if (isFull || m_waiting >= mostWaitingInAll)
        then(std::move(arrival), {Logins::Verdict::Busy});
    else
        wait(std::move(arrival), *slow, {0, candidates, way, roles, std::move(then)}, nowMs);
}

Logins::Check LoginDesk::look(const QHostAddress &address, const QList<BasicCredentials> &candidates,
                              LoginGuard::Way way, int roles, qint64 nowMs)
{
    Logins::Check check = m_logins.compare(candidates, roles);
    if (check.isRight())
        m_guard.letIn(address, nowMs);
    else
        m_guard.failed(address, way, nowMs);
    return check;
}

void LoginDesk::wait(Arrival &&arrival, const LoginGuard::Key &key, Try &&attempt, qint64 nowMs)
{
    auto ticket = std::make_shared<quint64>(0);
    *ticket = m_lobby.hold(std::move(arrival), [this, key, ticket] {
        const auto queue = m_queues.find(key);
        if (queue != m_queues.end())
            m_waiting -= static_cast<int>(
                std::erase_if(queue->tries, [&ticket](const Try &each) { return each.ticket == *ticket; }));
    });
    if (*ticket == 0)
        return; // there was no room for it
    attempt.ticket = *ticket;
    auto queue = m_queues.find(key);
    if (queue == m_queues.end()) {
        queue = m_queues.insert(key, {});
        queue->lastMs = m_guard.lastWrongMs(key);
    }
    queue->tries.push_back(std::move(attempt));
    ++m_waiting;
    schedule(nowMs);
}

void LoginDesk::turn()
{
    const qint64 nowMs = monotonicMs();
    std::vector<Try> due;
    for (auto it = m_queues.begin(); it != m_queues.end();) {
        const bool isDue = nowMs - it->lastMs >= it.key().pace();
        if (isDue && it->tries.empty()) {
            it = m_queues.erase(it);
            continue;
        }
        if (isDue) {
            due.push_back(std::move(it->tries.front()));
            it->tries.pop_front();
            it->lastMs = nowMs;
            --m_waiting;
        }
        ++it;
    }
    for (Try &attempt : due) {
        if (auto arrival = m_lobby.release(attempt.ticket)) {
            const Logins::Check check =
                look(arrival->address, attempt.candidates, attempt.way, attempt.roles, nowMs);
            attempt.then(std::move(*arrival), check);
        }
    }
    schedule(nowMs);
}

void LoginDesk::schedule(qint64 nowMs)
{
    qint64 nextMs = -1;
    for (auto it = m_queues.cbegin(); it != m_queues.cend(); ++it) {
        const qint64 dueMs = qMax(nowMs, it->lastMs + it.key().pace());
        nextMs = nextMs < 0 ? dueMs : qMin(nextMs, dueMs);
    }
    if (nextMs < 0)
        m_turns.stop();
    else
        m_turns.start(static_cast<int>(nextMs - nowMs));
}

void LoginDesk::forgetAll()
{
    m_queues.clear();
    m_waiting = 0;
    m_turns.stop();
}

} // namespace cycast
