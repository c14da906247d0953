// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/acme/acmemessages.h"
#include "core/web/webcaller.h"

namespace cycast
{

/// Why there is no certificate.
struct AcmeFailure {
    enum class Kind : quint8 {
        Unreachable, ///< the authority
        Validation,  ///< the authority did not reach us, or found something else
        Limited,     ///< asked for too often
        Refused,     ///< the authority does not want to
        Odd          ///< it says what cannot be understood, or takes for ever
    };
    Kind kind = Kind::Odd;
    QString detail;         ///< in the authority's or the system's words
    qint64 notBeforeMs = 0; ///< how long it wants to be left alone; 0: it does not say
};

/// One certificate, from the first question to the last answer (RFC 8555): nonces that are refused are
/// replaced, what is not ready is asked for again as slowly as the authority wants, and everything has an
/// end. Pure: it says what is to be called and takes the answers; time is an argument (ms of any clock that
/// only goes forward).
class AcmeExchange
{
public:
    static constexpr int mostNonces = 30;        ///< that are refused, in all
    static constexpr int mostPolls = 60;         ///< of one thing
    static constexpr qint64 longestMs = 300'000; ///< in all
    static constexpr qint64 pollMs = 2'000;      ///< where the authority does not say

    struct Wish {
        QUrl directory;
        AcmeKey account;
        AcmeKey key; ///< of the certificate
        AcmeIdentifier identifier;
        AcmeChallengeType type = AcmeChallengeType::Http01;
    };
    AcmeExchange(Wish wish, qint64 nowMs);

    struct Call {
        enum class Method : quint8 { Get, Head, Post };
        Method method = Method::Get;
        QUrl url;
        QByteArray body;
    };
    /// What is to be called now; the answer comes by answered() before there is another.
    std::optional<Call> take(qint64 nowMs);
    void answered(const WebAnswer &answer, qint64 nowMs);
    /// When take() is worth asking again; nothing: it has ended, or waits for an answer or for published().
    std::optional<qint64> dueMs() const;

    /// What has to be seen at our door before it goes on: call published() then.
    struct Proof {
        AcmeChallengeType type = AcmeChallengeType::Http01;
        QByteArray token;
        QByteArray keyAuthorization;
    };
    const std::optional<Proof> &proof() const { return m_proof; }
    bool waitsForProof() const { return m_step == Step::Publish; }
    void published(qint64 nowMs);

    bool hasEnded() const { return m_step == Step::Done || m_step == Step::Failed; }
    /// Of the one that has ended well; PEM.
    const QByteArray &chain() const { return m_chain; }
    const std::optional<AcmeFailure> &failure() const { return m_failure; }
    /// What the authority's clock said last; invalid: nothing.
    const QDateTime &authorityTime() const { return m_authorityTime; }

private:
    enum class Step : quint8 {
        Directory,
        Account,
        Order,
        Authorization,
        Publish,
        Challenge,
        Validation,
        Finalize,
        Issue,
        Fetch,
        Done,
        Failed
    };

    Call post(const QUrl &url, const QByteArray &payload);
    void go(Step step, qint64 nowMs, qint64 delayMs = 0);
    void fail(AcmeFailure::Kind kind, const QString &detail, qint64 notBeforeMs = 0);
    void poll(const WebAnswer &answer, qint64 nowMs);
    bool isRefusedNonce(const WebAnswer &answer);
    void takeProblem(const WebAnswer &answer);
    void takeDirectory(const WebAnswer &answer, qint64 nowMs);
    void takeAuthorization(const WebAnswer &answer, qint64 nowMs);
    void takeOrder(const WebAnswer &answer, qint64 nowMs);
    void takeCertificate(const WebAnswer &answer);
    void odd(QStringView what);

    Wish m_wish;
    qint64 m_endMs;
    Step m_step = Step::Directory;
    bool m_waitsForAnswer = false;
    bool m_asksForNonce = false;
    qint64 m_dueMs;
    int m_polls = 0;
    int m_refusedNonces = 0;
    AcmeDirectory m_directory;
    QByteArray m_nonce;
    QByteArray m_account; ///< its address
    QUrl m_order;
    AcmeOrder m_ordered;
    std::optional<AcmeChallenge> m_challenge;
    std::optional<Proof> m_proof;
    QByteArray m_chain;
    std::optional<AcmeFailure> m_failure;
    QDateTime m_authorityTime;
};

} // namespace cycast
