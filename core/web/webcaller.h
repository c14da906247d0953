// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

#include <functional>
#include <utility>

namespace cycast
{

/// What a web server said.
struct WebAnswer {
    int status = 0; ///< 0: it did not answer, `problem` says why
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body; ///< at most WebCaller::mostBodyBytes of it
    QString problem; ///< the system's words; never an address, which may hold secrets
    /// The first of that name, any case.
    QByteArray header(QByteArrayView name) const;
};

/// Calls web servers of others: one answer each, in time, of a bounded length, without cookies or a cache.
/// Every URL and every body may hold a secret: nothing of it is logged. Lives in its owner's thread.
class WebCaller : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 mostBodyBytes = 256 * 1024;

    /// `timeoutMs`: for a whole answer.
    explicit WebCaller(int timeoutMs, QObject *parent = nullptr);

    using Told = std::function<void(const WebAnswer &)>;
    void get(const QUrl &url, Told told);
    void head(const QUrl &url, Told told);
    void post(const QUrl &url, const QByteArray &contentType, const QByteArray &body, Told told);

private:
    QNetworkRequest requestFor(const QUrl &url) const;
    void follow(QNetworkReply *reply, Told told);

    QNetworkAccessManager m_net;
    int m_timeoutMs;
};

} // namespace cycast
