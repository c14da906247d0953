// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/acme/acmemessages.h"

#include "core/base/characters.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QSslCertificate>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qsizetype longestText = 400;
constexpr qsizetype mostAuthorizations = 10;

QString textIn(const QJsonObject &object, const QString &key)
{
    QString text = object.value(key).toString().left(longestText * 2);
    std::replace_if(text.begin(), text.end(), isControlCharacter, u' ');
    return text.simplified().left(longestText);
}

QUrl urlIn(const QJsonValue &value)
{
    const QUrl url(value.toString(), QUrl::StrictMode);
    const bool isUsable =
        url.isValid() && url.scheme() == "https"_L1 && !url.host().isEmpty() && url.userInfo().isEmpty();
    return isUsable ? url : QUrl();
}

std::optional<QJsonObject> objectIn(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

AcmeStatus statusIn(const QJsonObject &object)
{
    const QString word = object.value(u"status"_s).toString();
    return word == "pending"_L1      ? AcmeStatus::Pending
           : word == "processing"_L1 ? AcmeStatus::Processing
           : word == "ready"_L1      ? AcmeStatus::Ready
           : word == "valid"_L1      ? AcmeStatus::Valid
           : word == "invalid"_L1    ? AcmeStatus::Invalid
                                     : AcmeStatus::Other;
}

AcmeProblem problemOf(const QJsonObject &object)
{
    AcmeProblem problem{textIn(object, u"type"_s), textIn(object, u"detail"_s)};
    problem.type = problem.type.section(':'_L1, -1);
    // Of several the first says enough.
    const QJsonObject sub = object.value(u"subproblems"_s).toArray().first().toObject();
    if (!sub.isEmpty() && problem.detail.isEmpty())
        problem.detail = textIn(sub, u"detail"_s);
    return problem;
}

/// A token becomes a part of a path: letters that need no escape, and enough of them (RFC 8555, 8.3).
bool isToken(const QByteArray &token)
{
    return token.size() >= 16 && token.size() <= 128 && std::all_of(token.begin(), token.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '-' || c == '_';
           });
}

} // namespace

std::optional<AcmeDirectory> acmeDirectoryIn(const QByteArray &json)
{
    const auto object = objectIn(json);
    if (!object)
        return std::nullopt;
    AcmeDirectory directory{urlIn(object->value(u"newNonce"_s)),
                            urlIn(object->value(u"newAccount"_s)),
                            urlIn(object->value(u"newOrder"_s)),
                            {}};
    if (directory.newNonce.isEmpty() || directory.newAccount.isEmpty() || directory.newOrder.isEmpty())
        return std::nullopt;
    directory.profiles =
        object->value(u"meta"_s).toObject().value(u"profiles"_s).toObject().keys().mid(0, 50);
    return directory;
}

AcmeProblem acmeProblemIn(const QByteArray &json)
{
    const auto object = objectIn(json);
    return object ? problemOf(*object) : AcmeProblem();
}

std::optional<AcmeOrder> acmeOrderIn(const QByteArray &json)
{
    const auto object = objectIn(json);
    if (!object)
        return std::nullopt;
    AcmeOrder order;
    order.status = statusIn(*object);
    const QJsonArray authorizations = object->value(u"authorizations"_s).toArray();
    for (const QJsonValue &each : authorizations) {
        if (const QUrl url = urlIn(each); !url.isEmpty() && order.authorizations.size() < mostAuthorizations)
            order.authorizations.append(url);
    }
    order.finalize = urlIn(object->value(u"finalize"_s));
    order.certificate = urlIn(object->value(u"certificate"_s));
    order.error = problemOf(object->value(u"error"_s).toObject());
    return order;
}

std::optional<AcmeAuthorization> acmeAuthorizationIn(const QByteArray &json)
{
    const auto object = objectIn(json);
    if (!object)
        return std::nullopt;
    AcmeAuthorization authorization;
    authorization.status = statusIn(*object);
    const QJsonArray challenges = object->value(u"challenges"_s).toArray();
    for (const QJsonValue &each : challenges) {
        const QJsonObject challenge = each.toObject();
        const QString type = challenge.value(u"type"_s).toString();
        const QUrl url = urlIn(challenge.value(u"url"_s));
        const QByteArray token = challenge.value(u"token"_s).toString().toLatin1();
        if (const AcmeProblem error = problemOf(challenge.value(u"error"_s).toObject()); !error.isNone())
            authorization.error = error;
        if (url.isEmpty() || !isToken(token))
            continue;
        if (type == "http-01"_L1)
            authorization.http01 = AcmeChallenge{url, token};
        else if (type == "tls-alpn-01"_L1)
            authorization.tlsAlpn01 = AcmeChallenge{url, token};
    }
    return authorization;
}

QByteArray newAccountPayload()
{
    return QJsonDocument(QJsonObject{{u"termsOfServiceAgreed"_s, true}}).toJson(QJsonDocument::Compact);
}

QByteArray newOrderPayload(const AcmeIdentifier &identifier, const QString &profile)
{
    const QJsonObject named{{u"type"_s, identifier.isAddress ? u"ip"_s : u"dns"_s},
                            {u"value"_s, identifier.value}};
    QJsonObject order{{u"identifiers"_s, QJsonArray{named}}};
    if (!profile.isEmpty())
        order.insert(u"profile"_s, profile);
    return QJsonDocument(order).toJson(QJsonDocument::Compact);
}

QByteArray finalizePayload(const QByteArray &request)
{
    return QJsonDocument(QJsonObject{{u"csr"_s, QString::fromLatin1(base64Url(request))}})
        .toJson(QJsonDocument::Compact);
}

std::optional<qint64> retryAfterMs(const QByteArray &header, const QDateTime &now)
{
    constexpr qint64 longestMs = qint64{24} * 3'600'000;
    const QByteArray text = header.trimmed();
    bool isNumber = false;
    const qint64 seconds = text.toLongLong(&isNumber);
    if (isNumber)
        return std::clamp<qint64>(seconds, 0, longestMs / 1000) * 1000;
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(text), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    date.setTimeSpec(Qt::UTC);
    return std::clamp<qint64>(now.msecsTo(date), 0, longestMs);
}

QByteArray certificateChainIn(const QByteArray &body)
{
    QByteArray pem;
    for (const QSslCertificate &each : QSslCertificate::fromData(body, QSsl::Pem))
        pem += each.toPem();
    return pem;
}

} // namespace cycast
