// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/acme/acmeplan.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qint64 dayMs = 86'400'000;
constexpr qint64 fewDaysMs = 10 * dayMs;

} // namespace

QDateTime AcmePlan::nextAttempt(const Validity &inForce) const
{
    QDateTime due; // at once
    if (inForce.from.isValid() && inForce.until > inForce.from) {
        const qint64 lifeMs = inForce.from.msecsTo(inForce.until);
        due = inForce.from.addMSecs(lifeMs <= fewDaysMs ? std::min(2 * dayMs, lifeMs / 2) : lifeMs / 3 * 2);
    }
    return notBefore.isValid() && (!due.isValid() || notBefore > due) ? notBefore : due;
}

void AcmePlan::succeeded(bool wasRehearsal)
{
    isRehearsed = true;
    if (wasRehearsal)
        return; // now in earnest, with the proof that has worked
    failures = 0;
    notBefore = {};
}

bool AcmePlan::failed(const AcmeFailure &failure, bool wasRehearsal, const QDateTime &now)
{
    const bool isProof = failure.kind == AcmeFailure::Kind::Validation;
    // What has worked once may have been a router that has forgotten; it is tried for nothing first again.
    isRehearsed = false;
    const bool triesOther = wasRehearsal && isProof && type == AcmeChallengeType::Http01;
    if (isProof)
        type = type == AcmeChallengeType::Http01 ? AcmeChallengeType::TlsAlpn01 : AcmeChallengeType::Http01;
    if (triesOther)
        return true;
    const qint64 pauseMs = std::min(failureMs << std::min(failures, 5), longestFailureMs);
    ++failures;
    notBefore = now.addMSecs(std::max(pauseMs, failure.notBeforeMs));
    return false;
}

QByteArray AcmePlan::toJson() const
{
    return QJsonDocument(QJsonObject{{u"identifier"_s, identifier},
                                     {u"authority"_s, authority},
                                     {u"rehearsed"_s, isRehearsed},
                                     {u"tls"_s, type == AcmeChallengeType::TlsAlpn01},
                                     {u"failures"_s, failures},
                                     {u"not_before"_s, notBefore.toUTC().toString(Qt::ISODate)}})
        .toJson();
}

AcmePlan AcmePlan::fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    AcmePlan plan;
    plan.identifier = object.value(u"identifier"_s).toString();
    plan.authority = object.value(u"authority"_s).toString();
    plan.isRehearsed = object.value(u"rehearsed"_s).toBool();
    plan.type = object.value(u"tls"_s).toBool() ? AcmeChallengeType::TlsAlpn01 : AcmeChallengeType::Http01;
    plan.failures = std::clamp(object.value(u"failures"_s).toInt(), 0, 1'000);
    plan.notBefore = QDateTime::fromString(object.value(u"not_before"_s).toString(), Qt::ISODate);
    return plan;
}

} // namespace cycast
