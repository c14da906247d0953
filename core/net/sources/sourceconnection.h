// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/framing.h"
#include "core/base/sentence.h"
#include "core/net/http/arrival.h"
#include "core/net/http/chunkedbody.h"

#include <QSocketNotifier>
#include <QTimer>

#include <memory>
#include <optional>

namespace cycast
{

/// What a source says about itself, cleaned for display.
struct SourceDescription {
    QString address;
    QString program;
    QString name; ///< ice-name / icy-name
    QString user; ///< of a source with a password of its own
    QByteArray contentType;
    int bitrateKbps = 0;
};
SourceDescription describeSource(const HttpRequest &request, const QHostAddress &address);

/// A live source whose password was right: its bytes become whole frames. Never reads ahead of what it is
/// allowed (pauseReading), so that TCP holds back a source which is faster than real time. What brings no
/// sound ends it: by the time-out, after a megabyte, or as soon as it is known to be nothing of ours.
/// Lives in the station's thread; deleted by its owner after ended().
class SourceConnection : public QObject
{
    Q_OBJECT

public:
    SourceConnection(Arrival &&arrival, std::unique_ptr<Framer> framer, QObject *parent);
    ~SourceConnection() override;

    const SourceDescription &description() const { return m_description; }
    StreamFormat format() const { return m_framer->format(); }
    qint64 bytesReceived() const { return m_bytesReceived; }
    qint64 connectedMs(qint64 nowNs) const { return (nowNs - m_connectedNs) / 1'000'000; }

    /// It ended because nothing it sent could be broadcast: the person at the encoder should know.
    bool wasUnplayable() const { return m_isUnplayable; }

    /// Whose password it was, when it is not the common one.
    void setUser(const QString &user);
    void setTimeout(double seconds);
    /// Something came within the last two seconds, or we hold it back ourselves.
    bool isSending(qint64 nowNs) const;
    /// Reads nothing before this moment.
    void pauseReading(qint64 untilNs);
    /// What arrives stays with the kernel until readNow(): audio that gathers for a round wakes nobody.
    void rest();
    /// Reads what has arrived, and is woken by arrivals again.
    void readNow();
    /// Ends the connection; ended() follows with `reason`.
    void close(const Sentence &reason);

    /// What was already in the first packet, then the socket. After the signals are connected.
    void start();

signals:
    void framesReceived(const cycast::FrameBatch &batch);
    /// Once, last.
    void ended(const cycast::Sentence &reason);

private:
    void look();
    void read();
    void listen(bool on);
    void take(QByteArrayView bytes);
    void takeBody(QByteArrayView body);
    Sentence unplayable(qint64 nowNs);
    void end(const Sentence &reason);

    SourceDescription m_description;
    std::unique_ptr<Framer> m_framer;
    std::optional<ChunkedBody> m_chunked;
    qint64 m_bodyLeft = -1; ///< of a Content-Length above 0; -1: until the connection ends
    QByteArray m_rest;
    QByteArray m_answer; ///< what it waits for before it sends
    bool m_hadSound = false;
    bool m_isUnplayable = false;
    QByteArray m_start;         ///< its first bytes, until there is sound
    qint64 m_unplayedBytes = 0; ///< since the last frame that plays
    qint64 m_skippedBefore = 0; ///< the framer's count at that frame
    qint64 m_bytesReceived = 0;
    qint64 m_connectedNs;
    qint64 m_firstDataNs = 0; ///< 0: none yet
    qint64 m_lastDataNs;
    qint64 m_lastSoundNs;
    qint64 m_timeoutNs = 10'000'000'000;
    bool m_ended = false;
    Transport m_transport;
    std::unique_ptr<QSocketNotifier> m_arrivals;
    QTimer m_resume;
    QTimer m_watch;
};

} // namespace cycast
