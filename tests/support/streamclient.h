// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/rawsocket.h"
#include "tests/support/stampedframes.h"

#include <QList>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace cycast::test
{

struct StreamClientOptions {
    QByteArray path = "/stream";
    bool wantsTitles = false;
    int receiveBuffer = 0;
    QByteArray extraHeaders = {};
    bool reads = true; ///< false: not a byte until setReading(true)
};

/// A player in a thread of its own: asks for the stream, takes the titles out, and keeps what it heard and
/// when. All methods are for the thread that made it.
class StreamClient
{
public:
    struct Title {
        qint64 audioOffset = 0; ///< audio bytes before the block
        QByteArray text;        ///< the whole block, padding cut
    };
    struct ArrivalTime {
        qint64 ns = 0;
        qint64 audioBytes = 0; ///< all of them up to here
        qint64 slackNs = 0;    ///< MachineSlack, known a tenth of a second before
    };

    explicit StreamClient(int port, StreamClientOptions options = {});
    /// Goes on with a connection whose request was sent already.
    StreamClient(RawSocket &&socket, StreamClientOptions options);
    ~StreamClient();

    void setReading(bool on) { m_reading = on; }
    /// Hangs up; what was heard stays.
    void hangUp();
    void reset();

    QByteArray head() const; ///< of the answer, empty before it is whole
    QByteArray audio() const;
    qint64 audioBytes() const;
    QList<Title> titles() const; ///< blocks with text
    /// Wrong about the titles' blocks (a length that does not fit, a text not well-formed); empty: fine.
    QString titleFault() const;
    QList<ArrivalTime> arrivals() const;
    bool hasEnded() const;
    /// From the request sent to the first byte of audio; -1: none yet.
    qint64 firstByteNs() const;
    qint64 connectedNs() const { return m_connectedNs; }
    StampedStream heard() const { return StampedStream(audio()); }
    /// The longest time without any audio between two arrivals, less what the machine took of it.
    qint64 longestPauseNs() const;
    int metaint() const;

private:
    void run();
    void take(const QByteArray &bytes);
    void takeBlock();

    RawSocket m_socket;
    StreamClientOptions m_options;
    qint64 m_connectedNs = 0;
    std::atomic<bool> m_reading;
    std::atomic<bool> m_stops = false;
    mutable std::mutex m_mutex;
    QByteArray m_input; ///< head in the making
    QByteArray m_head;
    QByteArray m_audio;
    QByteArray m_block;
    qint64 m_metaint = 0;
    qint64 m_untilBlock = 0;
    // Never shared with what is handed out: the other thread goes on writing.
    std::vector<Title> m_titles;
    std::vector<ArrivalTime> m_arrivals;
    QString m_titleFault;
    bool m_ended = false;
    std::thread m_thread;
};

} // namespace cycast::test
