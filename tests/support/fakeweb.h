// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QTcpServer>
#include <QUrlQuery>

#include <functional>

namespace cycast::test
{

/// Somebody's web server on 127.0.0.1: writes down what it is asked, and answers what the test says.
class FakeWeb : public QTcpServer
{
    Q_OBJECT

public:
    struct Request {
        QByteArray line; ///< "GET /x HTTP/1.1"
        QByteArray head;
        QByteArray body;
        /// The body as a form.
        QUrlQuery form() const { return QUrlQuery(QString::fromLatin1(body)); }
        QString value(const QString &name) const
        {
            return form().queryItemValue(name, QUrl::FullyDecoded).replace(u'+', u' ');
        }
    };
    /// Returns the whole answer; empty: it hangs up.
    using Answer = std::function<QByteArray(const Request &)>;

    explicit FakeWeb(Answer answer, QObject *parent = nullptr);

    QString url(const QString &path) const;
    QList<Request> requests;

private:
    void take(QTcpSocket *socket, QByteArray &input);

    Answer m_answer;
};

} // namespace cycast::test
