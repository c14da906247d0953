// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QThread>

#include <condition_variable>
#include <functional>
#include <mutex>

class QTcpSocket;

namespace cycast
{

struct SoundBlock;

/// Listens to a stream through the network, as a player does, in a thread of its own: connects, decodes,
/// measures, and connects again when it ends. Reports through signals in the thread it lives in.
class Ear : public QThread
{
    Q_OBJECT

public:
    explicit Ear(QObject *parent = nullptr);
    /// Ends the thread and waits for it: at most a fraction of a second.
    ~Ear() override;

    /// Begins to listen, or goes on at another address. `token`: see
    /// ListenerServerOptions::monitorToken; without one it is a listener as all others are.
    void listen(const QString &url, const QByteArray &token);
    void stop();

signals:
    void connected();
    void disconnected(const QString &why);
    /// Up to four times a second while audio comes: the loudest tenth of a second since the last time.
    void soundHeard(double loudestDb);
    void titleHeard(const QString &title);

protected:
    void run() override;
    /// In the thread that listens, for whoever wants the sound itself. May wait, but ends soon after
    /// isInterruptionRequested().
    virtual void soundDecoded(const SoundBlock &block);
    /// What it calls itself; before listen().
    void setAgent(const QByteArray &agent) { m_agent = agent; }

private:
    QString listenOnce();
    /// More bytes of the stream, titles taken out; 0: ended. Waits.
    int readAudio(QTcpSocket &socket, char *buffer, int size);
    bool fill(QTcpSocket &socket, qsizetype wanted);
    bool readHead(QTcpSocket &socket, QByteArray &head);
    template<class Call>
    void tell(Call &&call);

    std::mutex m_mutex;
    std::condition_variable m_pause;
    QString m_host; ///< these are set before the thread starts
    quint16 m_port = 0;
    QByteArray m_path;
    QByteArray m_token;
    QByteArray m_agent = "Cycast monitor";

    // Of the connection in hand; the thread's own.
    QByteArray m_input;
    qint64 m_metaint = 0;
    qint64 m_untilMeta = 0;
    std::function<void()> m_beforeWait;
};

} // namespace cycast
