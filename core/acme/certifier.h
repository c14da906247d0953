// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/acme/acmeplan.h"
#include "core/values/certificateproof.h"
#include "core/values/httpsstatus.h"
#include "core/web/webcaller.h"

#include <QObject>
#include <QTimer>

namespace cycast
{

/// Gets a certificate for the station and renews it in time. The key of its account, the certificate with its
/// key, and what was tried when, stand in a folder that only this user can read; each is written aside and
/// swapped. Costs nothing while there is nothing to do. Lives in the caller's thread.
class Certifier : public QObject
{
    Q_OBJECT

public:
    struct Wish {
        bool isWanted = false;
        AcmeIdentifier identifier; ///< value empty: there is nothing that a certificate could be for
        QString directory;
        QString rehearsal; ///< empty: none
        bool operator==(const Wish &) const = default;
    };

    /// `folder`: made when it is needed; empty: nothing is done at all.
    explicit Certifier(QString folder, QObject *parent = nullptr);
    ~Certifier() override;

    void follow(const Wish &wish);
    /// The user says that something has changed: an attempt now, for nothing first.
    void tryNow();

    const HttpsStatus &status() const { return m_status; }

    /// For tests: another hour (UTC), and how long a proof stands at the door before it is looked for.
    void setClock(std::function<QDateTime()> clock) { m_clock = std::move(clock); }
    void setProofDelay(int ms) { m_proofDelayMs = ms; }

signals:
    /// What has to be seen at our door from now on.
    void proofChanged(const cycast::CertificateProof &proof);
    /// The file with the certificate that is in force and its key; empty: none is wanted, or there is none.
    void certificateChanged(const QString &file);
    void statusChanged(const cycast::HttpsStatus &status);

private:
    void load();
    bool isRehearsal() const;
    QString fileNamed(const QString &name) const;
    Validity inForce() const;
    void proceed();
    void begin();
    void attempt();
    void callOn();
    void takeAnswer(const WebAnswer &answer);
    void showProof();
    void withdrawProof();
    void end();
    void keepCertificate();
    void fail(const Sentence &words, const AcmeFailure &failure);
    bool isClockWrong() const;
    void keepPlan();
    void write(const QString &name, const QByteArray &content, const std::function<void()> &then);
    void tell(HttpsStatus::State state, const Sentence &words, const QString &detail = {});
    void tellOffer();

    const QString m_folder;
    std::function<QDateTime()> m_clock;
    int m_proofDelayMs = 2'000;
    Wish m_wish;
    AcmePlan m_plan;
    AcmeKey m_account;
    QByteArray m_certificate; ///< PEM with its key, as on disk
    AcmeKey m_key;            ///< of the one that is being got
    std::optional<AcmeExchange> m_exchange;
    bool m_isRehearsing = false;
    bool m_isProofShown = false;
    quint64 m_attempt = 0; ///< an answer to an earlier one is nobody's
    HttpsStatus m_status;
    QString m_offered;
    WebCaller m_web;
    QTimer m_next;  ///< until the next attempt is due; looks again within the hour, for computers sleep
    QTimer m_again; ///< within an attempt
};

/// What went wrong, with its cure. Pure.
Sentence acmeFailureWords(const AcmeFailure &failure, const AcmeIdentifier &identifier,
                          AcmeChallengeType type);

} // namespace cycast
