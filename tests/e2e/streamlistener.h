// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>
#include <QTcpSocket>

namespace cycast::test
{

/// One answer of an HTTP server that closes when it has said everything.
struct HttpAnswer {
    int status = 0; ///< 0: nothing came
    QByteArray head;
    QByteArray body;
    /// The first header of that name, any case; empty when there is none.
    QByteArray header(const QByteArray &name) const;
};
HttpAnswer httpGet(quint16 port, const QByteArray &path, const QByteArray &method = "GET");

/// A player that keeps everything it hears. Reads while the event loop turns; ICY titles are taken out.
class StreamListener : public QObject
{
    Q_OBJECT

public:
    explicit StreamListener(quint16 port, const QByteArray &mount = "/stream", bool asksForTitles = false);

    const QByteArray &head() const { return m_head; }
    const QByteArray &audio() const { return m_audio; }
    const QList<QByteArray> &titles() const { return m_titles; }
    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    /// True when so many more bytes of audio have come.
    bool hears(qint64 moreBytes, int timeoutMs = 20'000);
    /// True when audio and nothing but whole frames came.
    bool isUnbroken() const;

private:
    void read();
    void takeAudio(QByteArrayView bytes);

    QTcpSocket m_socket;
    QByteArray m_pending;
    QByteArray m_head;
    QByteArray m_audio;
    QList<QByteArray> m_titles;
    qint64 m_metaint = 0;
    qint64 m_untilBlock = 0;
};

} // namespace cycast::test
