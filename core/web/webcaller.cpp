// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/web/webcaller.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

/// The system's words without the address that Qt likes to put into them.
QString wordsFor(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return u"the connection was refused"_s;
    case QNetworkReply::RemoteHostClosedError:
        return u"the server hung up"_s;
    case QNetworkReply::HostNotFoundError:
        return u"its name is not known"_s;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return u"no answer in time"_s;
    case QNetworkReply::SslHandshakeFailedError:
        return u"its certificate is not trusted (is this computer's clock right?)"_s;
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
        return u"there is no network"_s;
    default:
        return u"the connection failed (%1)"_s.arg(static_cast<int>(error));
    }
}

} // namespace

QByteArray WebAnswer::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

WebCaller::WebCaller(int timeoutMs, QObject *parent)
    : QObject(parent)
    , m_timeoutMs(timeoutMs)
{
}

QNetworkRequest WebCaller::requestFor(const QUrl &url) const
{
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Cycast Desktop/" CYCAST_VERSION));
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setMaximumRedirectsAllowed(5);
    return request;
}

void WebCaller::get(const QUrl &url, Told told)
{
    follow(m_net.get(requestFor(url)), std::move(told));
}

void WebCaller::head(const QUrl &url, Told told)
{
    follow(m_net.head(requestFor(url)), std::move(told));
}

void WebCaller::post(const QUrl &url, const QByteArray &contentType, const QByteArray &body, Told told)
{
    QNetworkRequest request = requestFor(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, contentType);
    follow(m_net.post(request, body), std::move(told));
}

void WebCaller::follow(QNetworkReply *reply, Told told)
{
    reply->setReadBufferSize(mostBodyBytes); // who sends more is not read, and out of time soon
    QTimer::singleShot(m_timeoutMs, reply, &QNetworkReply::abort);
    connect(reply, &QNetworkReply::finished, this, [reply, told = std::move(told)] {
        reply->deleteLater();
        WebAnswer answer;
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        for (const auto &[name, value] : reply->rawHeaderPairs())
            answer.headers.append({name, value});
        answer.body = reply->read(mostBodyBytes);
        if (answer.status == 0 || reply->error() == QNetworkReply::OperationCanceledError) {
            answer.status = 0;
            answer.problem = wordsFor(reply->error());
        }
        told(answer);
    });
}

} // namespace cycast
