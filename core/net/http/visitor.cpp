// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/visitor.h"

#include "core/base/escaping.h"
#include "core/base/monotonic.h"
#include "core/net/http/httpresponse.h"
#include "core/net/http/proxyheader.h"
#include "core/net/http/unreadablehead.h"
#include "core/net/sources/shoutcasthead.h"

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qsizetype mostDrained = 256 * 1024;
constexpr qsizetype bytesPerStep = 256 * 1024; // one who reads fast does not keep the others waiting

} // namespace

bool isUpload(const HttpRequest &request)
{
    return request.method == "PUT" || request.method == "SOURCE" || request.method == shoutcastMethod;
}

bool hasBody(const HttpRequest &request)
{
    return request.hasHeader("Transfer-Encoding") ||
           (request.hasHeader("Content-Length") && request.header("Content-Length") != "0");
}

Visitor::Visitor(Transport &&connected, const ConnectionEnds &between, quint16 ourPort, qint64 forAnswerMs)
    : port(ourPort)
    , transport(std::move(connected))
    , ends(between)
    , m_answerMs(forAnswerMs)
{
}

Visitor::Visitor(Arrival &arrival, qint64 forAnswerMs)
    : isInReserve(arrival.isInReserve)
    , hasAsked(true)
    , mayStillSend(isUpload(arrival.request) || hasBody(arrival.request))
    , port(arrival.port)
    , transport(std::move(arrival.transport))
    , ends(arrival.ends)
    , input(std::move(arrival.rest))
    , m_answerMs(forAnswerMs)
{
}

Visitor::Step Visitor::proceed(bool offersTls)
{
    switch (state) {
    case State::Head:
        return readHead(offersTls);
    case State::Answer:
        return flush();
    case State::Drain:
        return drain();
    case State::WaitsTls:
    case State::Handshake:
    case State::Held:
        break;
    }
    return Step::Stays;
}

// Not one byte more is taken than the header has: what comes behind may be a handshake, which is read
// elsewhere. Nothing: there is none, or none any more.
std::optional<Visitor::Step> Visitor::takeProxyHeader()
{
    std::array<char, ProxyHeader::mostBytes> buffer;
    const qint64 seen = native::peek(transport.descriptor(), buffer.data(),
                                     static_cast<qint64>(buffer.size()) - input.size());
    if (seen == native::wouldBlock)
        return Step::Stays;
    if (seen <= 0)
        return Step::Ends;
    const ProxyHeader header = parseProxyHeader(input + QByteArray::fromRawData(buffer.data(), seen));
    mayBeProxied = header.state == ProxyHeader::State::Incomplete;
    if (header.state == ProxyHeader::State::None)
        return std::nullopt;
    const bool isWhole = header.state == ProxyHeader::State::Complete;
    const qint64 taken = transport.receive(buffer.data(), isWhole ? header.bytes - input.size() : seen);
    if (header.state == ProxyHeader::State::Bad)
        return refuse(400, header.reason);
    if (!isWhole) {
        input.append(buffer.data(), qMax<qint64>(0, taken));
        return Step::Stays;
    }
    input.clear();
    ends.wasSecure = header.isSecure;
    if (!header.source.isNull()) {
        ends.peer = header.source;
        ends.local = header.destination;
    }
    return std::nullopt;
}

Visitor::Step Visitor::readHead(bool offersTls)
{
    if (mayBeProxied) {
        if (const auto step = takeProxyHeader())
            return *step;
    }
    // Looked at, not taken: the handshake is read elsewhere.
    const bool mayBeTls = offersTls && input.isEmpty() && !ends.isSecure && !hasAsked;
    if (mayBeTls && native::peek(transport.descriptor()) == tlsHandshakeByte) {
        state = State::WaitsTls;
        return Step::Stays;
    }
    std::array<char, maxHeadBytes + 1> buffer;
    const qint64 got = transport.receive(buffer.data(), buffer.size());
    if (got == native::wouldBlock)
        return Step::Stays;
    if (got <= 0)
        return Step::Ends;
    input.append(buffer.data(), got);
    return parseHead();
}

Visitor::Step Visitor::parseHead()
{
    if (!hasAsked && isProxyHeader(input))
        return refuse(400,
                      "This begins with a PROXY header, which is believed from trusted proxies only: have "
                      "the owner of the station add this address to server.trusted_proxies.");
    HttpParse parse = parseHttpRequest(input);
    switch (parse.state) {
    case HttpParse::State::Incomplete:
        return Step::Stays;
    case HttpParse::State::Bad:
        return refuse(parse.status, parse.reason);
    case HttpParse::State::NotHttp:
        if (input.startsWith(tlsHandshakeByte)) {
            input.truncate(1);
            return refuse(
                400, "This port speaks plain HTTP, not TLS: use http:// instead of https://, or have the "
                     "owner of the station set a certificate (server.tls_certificate).");
        }
        if (!hasAsked && mayBeShoutcast(input)) {
            parse.request = {};
            parse.request.method = shoutcastMethod.toByteArray();
            parse.headBytes = 0; // it reads its lines itself
            break;
        }
        return refuse(400, "This is an HTTP port: plain HTTP requests only.");
    case HttpParse::State::Complete:
        break;
    }
    held = std::make_unique<Arrival>();
    Arrival &arrival = *held;
    arrival.ends = ends;
    arrival.address = ends.peer;
    arrival.port = port;
    arrival.request = std::move(parse.request);
    arrival.rest = input.mid(parse.headBytes);
    arrival.isSecure = ends.isSecure;
    arrival.isInReserve = isInReserve;
    return Step::Arrives;
}

Visitor::Step Visitor::refuse(int status, const QByteArray &reason)
{
    Refusal told;
    told.peer = ends.peer;
    told.port = port;
    told.head = std::move(input);
    told.reason = logEscaped(QString::fromUtf8(reason));
    input.clear();
    const QString program = describeUnreadableHead(told.head).program;
    told.sentence = u"Refused a request from %1, %2: %3"_s.arg(
        told.peer.toString(), program.isEmpty() ? u"unnamed program"_s : program, told.reason);
    refusal = std::move(told);
    const HttpResponse response = HttpResponse::text(status, reason);
    begin(serializedHead(response, false), response.body, false);
    return flush();
}

Visitor::Step Visitor::flush()
{
    const QByteArray &head = m_answerHead;
    const QByteArray &body = m_answerBody;
    const qsizetype total = head.size() + body.size();
    for (const qsizetype before = m_sent; m_sent < total;) {
        if (m_sent - before >= bytesPerStep)
            return Step::Stays;
        std::array<native::Bytes, 2> pieces;
        size_t count = 0;
        if (m_sent < head.size())
            pieces[count++] = {head.data() + m_sent, head.size() - m_sent};
        const qsizetype ofBody = qMax<qsizetype>(0, m_sent - head.size());
        if (ofBody < body.size())
            pieces[count++] = {body.data() + ofBody, body.size() - ofBody};
        const qint64 accepted = transport.send({pieces.data(), count});
        if (accepted == native::wouldBlock)
            return Step::Stays;
        if (accepted < 0)
            return Step::Ends;
        m_sent += accepted;
    }
    if (const qint64 result = transport.flush(); result < 0)
        return result == native::wouldBlock ? Step::Stays : Step::Ends;
    return answered();
}

// The kernel has all of it. Who stays may go on asking; of the others the end is waited for here, where their
// number and their time are limited: what is closed with bytes on their way costs the kernel memory for
// minutes.
Visitor::Step Visitor::answered()
{
    m_answerHead.clear();
    m_answerBody.clear();
    if (m_staysOpen) {
        state = State::Head;
        hasAsked = true;
        isPipelined = !input.isEmpty();
        untilMs = monotonicMs() + idleMs;
        return Step::Stays;
    }
    input.clear();
    transport.finishSending();
    state = State::Drain;
    if (mayStillSend)
        untilMs = qMin(untilMs, monotonicMs() + drainMs);
    return drain();
}

Visitor::Step Visitor::drain()
{
    std::array<char, 16'384> buffer;
    qint64 got = native::wouldBlock;
    for (int i = 0; i < 4 && !isAtEnd; ++i) {
        got = transport.receive(buffer.data(), buffer.size());
        if (got <= 0)
            break;
        m_drained += got;
    }
    isAtEnd = isAtEnd || got == 0;
    if (m_drained > mostDrained || got == native::peerGone || got == native::peerLost)
        return Step::Ends;
    const bool isDone = isAtEnd || !mayStillSend;
    return isDone && transport.unconfirmedBytes() == 0 ? Step::Ends : Step::Stays;
}

void Visitor::begin(QByteArray head, QByteArray body, bool staysOpenAfterwards)
{
    state = State::Answer;
    m_answerHead = std::move(head);
    m_answerBody = std::move(body);
    m_sent = 0;
    m_staysOpen = staysOpenAfterwards;
    untilMs = monotonicMs() + m_answerMs;
}

} // namespace cycast
