// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/acme/certifier.h"

#include "core/base/escaping.h"
#include "core/base/filewriter.h"
#include "core/base/log.h"
#include "core/base/monotonic.h"

#include <QDir>
#include <QFile>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr int callMs = 30'000;
constexpr qint64 mostFileBytes = 256 * 1024;
constexpr qint64 longestSleepMs = 3'600'000;
constexpr qint64 wrongClockMs = 3'600'000;
constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.size() <= mostFileBytes ? file.readAll() : QByteArray();
}

} // namespace

Sentence acmeFailureWords(const AcmeFailure &failure, const AcmeIdentifier &identifier,
                          AcmeChallengeType type)
{
    switch (failure.kind) {
    case AcmeFailure::Kind::Unreachable:
        return Core::tr(
            "The certificate authority does not answer. Look whether this computer is connected to "
            "the internet; it is asked again by itself.");
    case AcmeFailure::Kind::Validation:
        if (type == AcmeChallengeType::Http01)
            return Core::tr(
                       "The authority did not find this station at port 80 of %1. Let your router lead "
                       "port 80 from outside to the listeners\u2019 port of this computer, and look whether "
                       "%1 leads to your own address.")
                .arg(identifier.value);
        return Core::tr(
                   "The authority did not find this station at port 443 of %1. Let your router lead port "
                   "443 from outside to the listeners\u2019 port of this computer, and look whether %1 leads "
                   "to your own address.")
            .arg(identifier.value);
    case AcmeFailure::Kind::Limited:
        return Core::tr("The authority has been asked too often. It is asked again by itself when it allows "
                        "that; until then nothing helps but waiting.");
    case AcmeFailure::Kind::Refused:
        return Core::tr("The authority does not issue a certificate for %1.").arg(identifier.value);
    case AcmeFailure::Kind::Odd:
        break;
    }
    return Core::tr("The authority could not be understood. It is asked again by itself.");
}

Certifier::Certifier(QString folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_clock([] { return QDateTime::currentDateTimeUtc(); })
    , m_web(callMs)
{
    load();
    for (QTimer *timer : {&m_next, &m_again})
        timer->setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &Certifier::proceed);
    connect(&m_again, &QTimer::timeout, this, &Certifier::callOn);
}

Certifier::~Certifier() = default;

QString Certifier::fileNamed(const QString &name) const
{
    return m_folder + '/'_L1 + name;
}

void Certifier::load()
{
    if (m_folder.isEmpty())
        return;
    m_plan = AcmePlan::fromJson(contentOf(fileNamed(u"plan.json"_s)));
    m_certificate = contentOf(fileNamed(u"certificate.pem"_s));
    if (const QByteArray pem = contentOf(fileNamed(u"account.key"_s)); !pem.isEmpty()) {
        if (const auto key = AcmeKey::fromPem(pem))
            m_account = *key;
    }
}

Validity Certifier::inForce() const
{
    return validityOf(m_certificate);
}

bool Certifier::isRehearsal() const
{
    return !m_wish.rehearsal.isEmpty() && m_wish.rehearsal != m_wish.directory && !m_plan.isRehearsed;
}

void Certifier::follow(const Wish &wish)
{
    if (wish == m_wish)
        return;
    m_wish = wish;
    ++m_attempt; // one that is under way is for something else
    m_exchange.reset();
    m_again.stop();
    withdrawProof();
    if (wish.isWanted && !wish.identifier.value.isEmpty() &&
        (m_plan.identifier != wish.identifier.value || m_plan.authority != wish.directory)) {
        // The certificate of before stays in force until there is another.
        m_plan = {};
        m_plan.identifier = wish.identifier.value;
        m_plan.authority = wish.directory;
        m_certificate.clear();
    }
    tellOffer();
    proceed();
}

void Certifier::tryNow()
{
    if (!m_wish.isWanted || m_exchange)
        return;
    m_plan.isRehearsed = false;
    m_plan.notBefore = {};
    begin();
}

// Whoever asks for https gets what there is, also while a better one is on its way.
void Certifier::tellOffer()
{
    const QString file = fileNamed(u"certificate.pem"_s);
    const QString offered = m_wish.isWanted && !m_folder.isEmpty() && QFile::exists(file) ? file : QString();
    if (std::exchange(m_offered, offered) != offered)
        emit certificateChanged(offered);
}

void Certifier::proceed()
{
    m_next.stop();
    if (m_exchange)
        return;
    if (!m_wish.isWanted || m_folder.isEmpty()) {
        tell(HttpsStatus::State::Off, {});
        return;
    }
    if (m_wish.identifier.value.isEmpty()) {
        tell(HttpsStatus::State::Off,
             Core::tr("It is not known under which name or address people outside reach the station: enter "
                      "it as public address."));
        return;
    }
    const QDateTime now = m_clock();
    const QDateTime due = m_plan.nextAttempt(inForce());
    if (!due.isValid() || due <= now) {
        begin();
        return;
    }
    m_next.start(static_cast<int>(std::clamp<qint64>(now.msecsTo(due), 1'000, longestSleepMs)));
    if (m_plan.failures == 0)
        tell(HttpsStatus::State::InForce, {});
    else if (m_status.state != HttpsStatus::State::Failed)
        tell(HttpsStatus::State::Failed, // of an earlier run
             Core::tr("The last attempt to get a certificate has failed. It is tried again by itself."));
}

void Certifier::begin()
{
    if (!m_account.isNull()) {
        attempt();
        return;
    }
    const auto key = AcmeKey::generate();
    if (!key) {
        fail(key.error(), {AcmeFailure::Kind::Odd, {}, 0});
        return;
    }
    tell(HttpsStatus::State::Working, Core::tr("A key is made."));
    write(u"account.key"_s, key->toPem(), [this, account = *key] {
        m_account = account;
        attempt();
    });
}

void Certifier::attempt()
{
    const auto key = AcmeKey::generate();
    if (!key) {
        fail(key.error(), {AcmeFailure::Kind::Odd, {}, 0});
        return;
    }
    m_key = *key;
    m_isRehearsing = isRehearsal();
    const QString authority = m_isRehearsing ? m_wish.rehearsal : m_wish.directory;
    m_exchange.emplace(AcmeExchange::Wish{QUrl(authority), m_account, m_key, m_wish.identifier, m_plan.type},
                       monotonicMs());
    tell(HttpsStatus::State::Working, m_isRehearsing
                                          ? Core::tr("A rehearsal: the authority is asked for nothing yet.")
                                          : Core::tr("The authority is asked for a certificate."));
    callOn();
}

// The next question of the exchange, as long as it has one.
void Certifier::callOn()
{
    if (!m_exchange)
        return;
    if (const auto call = m_exchange->take(monotonicMs())) {
        const auto told = [this, attempt = m_attempt](const WebAnswer &answer) {
            if (attempt == m_attempt && m_exchange)
                takeAnswer(answer);
        };
        switch (call->method) {
        case AcmeExchange::Call::Method::Get:
            m_web.get(call->url, told);
            break;
        case AcmeExchange::Call::Method::Head:
            m_web.head(call->url, told);
            break;
        case AcmeExchange::Call::Method::Post:
            m_web.post(call->url, "application/jose+json", call->body, told);
            break;
        }
        return;
    }
    if (m_exchange->hasEnded())
        end();
    else if (m_exchange->waitsForProof())
        showProof();
    else if (const auto dueMs = m_exchange->dueMs())
        m_again.start(static_cast<int>(std::clamp<qint64>(*dueMs - monotonicMs(), 0, longestSleepMs)));
}

void Certifier::takeAnswer(const WebAnswer &answer)
{
    m_exchange->answered(answer, monotonicMs());
    // Before anything is asked for: a certificate would not be valid here yet, or not any more.
    if (isClockWrong()) {
        const qint64 hours = qAbs(m_clock().secsTo(m_exchange->authorityTime())) / 3'600;
        fail(Core::tr("The clock of this computer is wrong by about %1 hours. Set it right and try again.")
                 .arg(hours),
             {AcmeFailure::Kind::Odd, {}, 0});
        return;
    }
    if (!m_exchange->proof())
        withdrawProof();
    callOn();
}

bool Certifier::isClockWrong() const
{
    const QDateTime &there = m_exchange->authorityTime();
    return there.isValid() && qAbs(m_clock().msecsTo(there)) > wrongClockMs;
}

void Certifier::showProof()
{
    const auto proof = m_exchange->proof();
    CertificateProof shown;
    if (proof->type == AcmeChallengeType::Http01)
        shown = {proof->token, proof->keyAuthorization, {}};
    else
        shown.certificate = challengeCertificate(m_wish.identifier, proof->keyAuthorization);
    tell(HttpsStatus::State::Working, proof->type == AcmeChallengeType::Http01
                                          ? Core::tr("The authority looks for this station at port 80.")
                                          : Core::tr("The authority looks for this station at port 443."));
    m_isProofShown = true;
    emit proofChanged(shown);
    QTimer::singleShot(m_proofDelayMs, this, [this, attempt = m_attempt] {
        if (attempt != m_attempt || !m_exchange)
            return;
        m_exchange->published(monotonicMs());
        callOn();
    });
}

void Certifier::withdrawProof()
{
    if (std::exchange(m_isProofShown, false))
        emit proofChanged({});
}

void Certifier::end()
{
    withdrawProof();
    if (const auto failure = m_exchange->failure()) {
        fail(acmeFailureWords(*failure, m_wish.identifier, m_plan.type), *failure);
        return;
    }
    m_plan.succeeded(m_isRehearsing);
    if (!m_isRehearsing) {
        keepCertificate();
        return;
    }
    m_exchange.reset();
    ++m_attempt;
    keepPlan();
    attempt(); // now in earnest
}

void Certifier::keepCertificate()
{
    const QByteArray pem = m_exchange->chain() + m_key.toPem();
    m_exchange.reset();
    ++m_attempt;
    write(u"certificate.pem"_s, pem, [this, pem] {
        m_certificate = pem;
        keepPlan();
        qCInfo(lcSettings).noquote() << u"A certificate for %1 is in force until %2."_s.arg(
            m_wish.identifier.value, inForce().until.toUTC().toString(Qt::ISODate));
        tellOffer();
        proceed();
    });
}

void Certifier::fail(const Sentence &words, const AcmeFailure &failure)
{
    const bool wasRehearsal = std::exchange(m_isRehearsing, false);
    m_exchange.reset();
    ++m_attempt;
    withdrawProof();
    const bool triesOther = m_plan.failed(failure, wasRehearsal, m_clock());
    keepPlan();
    if (triesOther) {
        attempt();
        return;
    }
    qCWarning(lcSettings).noquote() << u"No certificate for https: %1 (%2)"_s.arg(words.english(),
                                                                                  logEscaped(failure.detail));
    tell(HttpsStatus::State::Failed, words, failure.detail);
    proceed();
}

void Certifier::keepPlan()
{
    write(u"plan.json"_s, m_plan.toJson(), {});
}

void Certifier::write(const QString &name, const QByteArray &content, const std::function<void()> &then)
{
    if (!QDir(m_folder).exists() && QDir().mkpath(m_folder))
        QFile::setPermissions(m_folder, ownerOnly | QFileDevice::ExeOwner);
    const QString path = fileNamed(name);
    FileWriter::shared().write(
        path, [content] { return content; }, {.permissions = ownerOnly}, this,
        [this, path, then](const QString &error) {
            if (!error.isEmpty()) {
                const Sentence words = Core::tr("The file %1 cannot be written: %2.").arg(path, error);
                qCWarning(lcSettings).noquote() << words;
                if (then)
                    fail(words, {AcmeFailure::Kind::Odd, error, 0});
            } else if (then) {
                then();
            }
        });
}

void Certifier::tell(HttpsStatus::State state, const Sentence &words, const QString &detail)
{
    HttpsStatus status;
    status.state = state;
    status.words = words;
    status.detail = detail;
    if (m_wish.isWanted) {
        status.name = m_wish.identifier.value;
        status.validUntil = inForce().until;
        if (state == HttpsStatus::State::InForce || state == HttpsStatus::State::Failed)
            status.nextAttempt = m_plan.nextAttempt(inForce());
    }
    if (status == m_status)
        return;
    m_status = status;
    emit statusChanged(m_status);
}

} // namespace cycast
