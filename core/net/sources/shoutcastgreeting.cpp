// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/shoutcastgreeting.h"

#include "core/net/socket/notifier.h"

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

ShoutcastGreeting::ShoutcastGreeting(Arrival &&arrival, double patienceSeconds, QObject *parent)
    : QObject(parent)
    , m_arrival(std::move(arrival))
    , m_head(parseShoutcastHead(m_arrival.rest))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(qRound(patienceSeconds * 1000));
    connect(&m_patience, &QTimer::timeout, this,
            [this] { fail(Core::tr("its header lines did not arrive in time")); });
}

ShoutcastGreeting::~ShoutcastGreeting()
{
    m_notifier.reset(); // before its descriptor goes
}

void ShoutcastGreeting::welcome(const QByteArray &path, ArrivalHandler next)
{
    m_path = path;
    m_next = std::move(next);
    // Some wait for this before they go on, others have sent everything already.
    m_arrival.transport.send("OK2\r\nicy-caps:11\r\n\r\n");
    m_patience.start();
    proceed();
}

void ShoutcastGreeting::readMore()
{
    std::array<char, 16'384> buffer; // a whole record: what is decrypted already wakes nobody
    const qint64 got = m_arrival.transport.receive(buffer.data(), buffer.size());
    if (got == native::wouldBlock)
        return;
    if (got <= 0) {
        fail(Core::tr("it hung up before its header lines were complete"));
        return;
    }
    m_arrival.rest.append(buffer.data(), got);
    m_head = parseShoutcastHead(m_arrival.rest);
    proceed();
}

void ShoutcastGreeting::proceed()
{
    switch (m_head.state) {
    case ShoutcastHead::State::NeedsLogin:
    case ShoutcastHead::State::NeedsHeaders:
        if (!m_notifier) {
            m_notifier =
                std::make_unique<QSocketNotifier>(m_arrival.transport.descriptor(), QSocketNotifier::Read);
            connect(m_notifier.get(), &QSocketNotifier::activated, this, &ShoutcastGreeting::readMore);
        }
        return;
    case ShoutcastHead::State::Bad:
        fail(Core::tr("its header lines cannot be read"));
        return;
    case ShoutcastHead::State::Complete:
        break;
    }
    HttpRequest &request = m_arrival.request;
    request = {};
    request.method = "SOURCE";
    request.target = request.path = m_path;
    request.protocol = "ICY";
    request.headers = m_head.headers;
    if (!request.hasHeader("User-Agent"))
        request.headers.append(HttpRequest::Header{"User-Agent", "Shoutcast v1 encoder"});
    m_arrival.rest.remove(0, m_head.headBytes);
    retire(m_notifier, this);
    m_patience.stop();
    Arrival complete = std::move(m_arrival);
    deleteLater();
    m_next(std::move(complete));
}

void ShoutcastGreeting::fail(const Sentence &why)
{
    emit failed(m_arrival, why);
    end();
}

void ShoutcastGreeting::end()
{
    retire(m_notifier, this);
    m_patience.stop();
    m_arrival.transport.close();
    deleteLater();
}

} // namespace cycast
