// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/acme/acmeexchange.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

const QString shortLived = QStringLiteral("shortlived");

QDateTime dateIn(const QByteArray &header)
{
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(header.trimmed()), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    date.setTimeSpec(Qt::UTC);
    return date;
}

} // namespace

AcmeExchange::AcmeExchange(Wish wish, qint64 nowMs)
    : m_wish(std::move(wish))
    , m_endMs(nowMs + longestMs)
    , m_dueMs(nowMs)
{
}

void AcmeExchange::go(Step step, qint64 nowMs, qint64 delayMs)
{
    if (step != m_step)
        m_polls = 0;
    m_step = step;
    m_dueMs = nowMs + delayMs;
}

void AcmeExchange::fail(AcmeFailure::Kind kind, const QString &detail, qint64 notBeforeMs)
{
    m_step = Step::Failed;
    m_proof.reset();
    m_failure = AcmeFailure{kind, detail, notBeforeMs};
}

void AcmeExchange::odd(QStringView what)
{
    fail(AcmeFailure::Kind::Odd, u"the authority's answer cannot be understood (%1)"_s.arg(what));
}

std::optional<qint64> AcmeExchange::dueMs() const
{
    if (hasEnded() || m_waitsForAnswer || m_step == Step::Publish)
        return std::nullopt;
    return m_dueMs;
}

void AcmeExchange::published(qint64 nowMs)
{
    if (m_step == Step::Publish)
        go(Step::Challenge, nowMs);
}

AcmeExchange::Call AcmeExchange::post(const QUrl &url, const QByteArray &payload)
{
    const QByteArray address = url.toEncoded();
    return {Call::Method::Post, url,
            signedRequest(m_wish.account, m_account, address, std::exchange(m_nonce, {}), payload)};
}

std::optional<AcmeExchange::Call> AcmeExchange::take(qint64 nowMs)
{
    if (hasEnded() || m_waitsForAnswer || m_step == Step::Publish || nowMs < m_dueMs)
        return std::nullopt;
    if (nowMs > m_endMs) {
        fail(AcmeFailure::Kind::Odd, u"it took too long"_s);
        return std::nullopt;
    }
    m_waitsForAnswer = true;
    if (m_step == Step::Directory)
        return Call{Call::Method::Get, m_wish.directory, {}};
    m_asksForNonce = m_nonce.isEmpty();
    if (m_asksForNonce)
        return Call{Call::Method::Head, m_directory.newNonce, {}};
    switch (m_step) {
    case Step::Account:
        return post(m_directory.newAccount, newAccountPayload());
    case Step::Order: {
        const bool asksForProfile = m_wish.identifier.isAddress && m_directory.profiles.contains(shortLived);
        return post(m_directory.newOrder,
                    newOrderPayload(m_wish.identifier, asksForProfile ? shortLived : QString()));
    }
    case Step::Authorization:
    case Step::Validation:
        return post(m_ordered.authorizations.constFirst(), {});
    case Step::Challenge:
        return post(m_challenge->url, "{}");
    case Step::Finalize:
        return post(m_ordered.finalize, finalizePayload(certificateRequest(m_wish.key, m_wish.identifier)));
    case Step::Issue:
        return post(m_order, {});
    case Step::Fetch:
        return post(m_ordered.certificate, {});
    default:
        m_waitsForAnswer = false;
        return std::nullopt;
    }
}

// A new one comes with the refusal; the same is said again with it.
bool AcmeExchange::isRefusedNonce(const WebAnswer &answer)
{
    if (answer.status < 400 || acmeProblemIn(answer.body).type != "badNonce"_L1)
        return false;
    if (++m_refusedNonces > mostNonces)
        odd(u"it accepts no nonce");
    return true;
}

void AcmeExchange::takeProblem(const WebAnswer &answer)
{
    const AcmeProblem problem = acmeProblemIn(answer.body);
    const QString detail = problem.detail.isEmpty() ? u"status %1"_s.arg(answer.status) : problem.detail;
    const qint64 afterMs =
        retryAfterMs(answer.header("Retry-After"),
                     m_authorityTime.isValid() ? m_authorityTime : QDateTime::currentDateTimeUtc())
            .value_or(0);
    const bool isLimited = problem.type == "rateLimited"_L1 || answer.status == 429;
    fail(isLimited              ? AcmeFailure::Kind::Limited
         : answer.status >= 500 ? AcmeFailure::Kind::Unreachable
                                : AcmeFailure::Kind::Refused,
         detail, afterMs);
}

void AcmeExchange::answered(const WebAnswer &answer, qint64 nowMs)
{
    m_waitsForAnswer = false;
    if (hasEnded())
        return;
    if (answer.status == 0) {
        fail(AcmeFailure::Kind::Unreachable, answer.problem);
        return;
    }
    if (const QDateTime date = dateIn(answer.header("Date")); date.isValid())
        m_authorityTime = date;
    const QByteArray nonce = answer.header("Replay-Nonce").trimmed();
    const bool wasForNonce = std::exchange(m_asksForNonce, false);
    if (!nonce.isEmpty() && nonce.size() <= 500)
        m_nonce = nonce;
    if (isRefusedNonce(answer))
        return;
    if (answer.status >= 400) {
        takeProblem(answer);
        return;
    }
    if (wasForNonce) {
        if (m_nonce.isEmpty())
            odd(u"no nonce");
        return;
    }
    switch (m_step) {
    case Step::Directory:
        takeDirectory(answer, nowMs);
        break;
    case Step::Account:
        m_account = answer.header("Location").trimmed();
        if (m_account.isEmpty())
            odd(u"an account without an address");
        else
            go(Step::Order, nowMs);
        break;
    case Step::Order:
    case Step::Finalize:
    case Step::Issue:
        takeOrder(answer, nowMs);
        break;
    case Step::Authorization:
    case Step::Validation:
        takeAuthorization(answer, nowMs);
        break;
    case Step::Challenge:
        go(Step::Validation, nowMs, pollMs / 4);
        break;
    case Step::Fetch:
        takeCertificate(answer);
        break;
    case Step::Publish:
    case Step::Done:
    case Step::Failed:
        break;
    }
}

void AcmeExchange::poll(const WebAnswer &answer, qint64 nowMs)
{
    if (++m_polls > mostPolls) {
        fail(AcmeFailure::Kind::Odd, u"it took too long"_s);
        return;
    }
    const QDateTime now = m_authorityTime.isValid() ? m_authorityTime : QDateTime::currentDateTimeUtc();
    m_dueMs = nowMs + std::max<qint64>(retryAfterMs(answer.header("Retry-After"), now).value_or(pollMs), 250);
}

void AcmeExchange::takeDirectory(const WebAnswer &answer, qint64 nowMs)
{
    const auto directory = acmeDirectoryIn(answer.body);
    if (!directory) {
        odd(u"this is no directory of an authority");
        return;
    }
    m_directory = *directory;
    go(Step::Account, nowMs);
}

void AcmeExchange::takeAuthorization(const WebAnswer &answer, qint64 nowMs)
{
    const auto authorization = acmeAuthorizationIn(answer.body);
    if (!authorization) {
        odd(u"an authorization");
        return;
    }
    switch (authorization->status) {
    case AcmeStatus::Valid:
        m_proof.reset();
        go(Step::Finalize, nowMs);
        return;
    case AcmeStatus::Pending:
    case AcmeStatus::Processing:
        break;
    default:
        fail(AcmeFailure::Kind::Validation,
             authorization->error.detail.isEmpty() ? u"without a reason"_s : authorization->error.detail);
        return;
    }
    if (m_step == Step::Validation) {
        poll(answer, nowMs);
        return;
    }
    m_challenge = authorization->challenge(m_wish.type);
    if (!m_challenge) {
        fail(AcmeFailure::Kind::Refused, u"the authority does not offer this kind of proof"_s);
        return;
    }
    m_proof = Proof{m_wish.type, m_challenge->token, m_challenge->token + '.' + m_wish.account.thumbprint()};
    go(Step::Publish, nowMs);
}

void AcmeExchange::takeOrder(const WebAnswer &answer, qint64 nowMs)
{
    const auto order = acmeOrderIn(answer.body);
    if (!order || order->authorizations.isEmpty() || order->finalize.isEmpty()) {
        odd(u"an order");
        return;
    }
    m_ordered = *order;
    if (m_step == Step::Order) {
        m_order = QUrl(QString::fromLatin1(answer.header("Location").trimmed()), QUrl::StrictMode);
        if (m_order.scheme() != "https"_L1) {
            odd(u"an order without an address");
            return;
        }
    }
    const bool isNew = m_step == Step::Order;
    switch (order->status) {
    case AcmeStatus::Pending:
    case AcmeStatus::Ready:
    case AcmeStatus::Processing:
        if (isNew && order->status == AcmeStatus::Pending) {
            go(Step::Authorization, nowMs);
        } else if (isNew && order->status == AcmeStatus::Ready) {
            go(Step::Finalize, nowMs); // known from before: nothing is to be proved
        } else {
            go(Step::Issue, nowMs);
            poll(answer, nowMs);
        }
        break;
    case AcmeStatus::Valid:
        if (order->certificate.isEmpty())
            odd(u"a certificate without an address");
        else
            go(Step::Fetch, nowMs);
        break;
    default:
        fail(AcmeFailure::Kind::Validation,
             order->error.detail.isEmpty() ? u"without a reason"_s : order->error.detail);
        break;
    }
}

void AcmeExchange::takeCertificate(const WebAnswer &answer)
{
    m_chain = certificateChainIn(answer.body);
    if (m_chain.isEmpty()) {
        odd(u"a certificate");
        return;
    }
    m_step = Step::Done;
}

} // namespace cycast
