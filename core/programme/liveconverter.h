// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/formatruns.h"
#include "core/base/sentence.h"
#include "core/codec/livetranscoder.h"

#include <QObject>

#include <deque>
#include <memory>

namespace cycast
{

/// What one live source sends, brought into the station's format to its last frame. One helper program does
/// it; where the source goes on with another codec, or the station's format changes, that one is heard to its
/// end before the next one begins. Lives in the station's thread.
class LiveConverter : public QObject
{
    Q_OBJECT

public:
    struct Target {
        QString program; ///< cycast-codec; empty: nothing can be converted
        EncodingOptions options;
        bool operator==(const Target &) const = default;
    };

    using QObject::QObject;
    ~LiveConverter() override;

    /// For what is fed from now on.
    void setTarget(const Target &target) { m_target = target; }
    /// How long it may be fed without giving anything.
    void setPatience(qint64 ns) { m_patienceNs = ns; }

    /// Whether something is in it: what follows must wait behind that.
    bool isBusy() const { return m_transcoder || !m_waiting.empty(); }
    void feed(const FormatRun &run, qint64 nowNs);
    /// Nothing follows for now: drained() tells when the last frame is out.
    void finish(qint64 nowNs);
    /// Everything in it goes.
    void stop();

    /// The source should not be read for a moment.
    bool hasEnough() const;
    /// Gives nothing before this moment.
    void hold(qint64 untilNs);
    /// Once a second or so: a helper that gives nothing is given up.
    void look(qint64 nowNs);

signals:
    /// The header pages of an Ogg stream, where what comes after them begins to come out.
    void headerPassed(const QByteArray &header);
    void framesReady(const cycast::FrameBatch &batch);
    /// It is empty again.
    void drained();
    /// What was in the helper is lost; it goes on with a new one, unless it is stopped now.
    void failed(const cycast::Sentence &reason);

private:
    void start(const FormatRun &run, qint64 nowNs);
    void push(const FormatRun &run);
    void takeReady(const FrameBatch &batch);
    void goOn(qint64 nowNs);
    void fail(const Sentence &reason);
    void letGo();

    struct Header {
        Flicks time = 0; ///< of the input
        QByteArray bytes;
    };

    Target m_target;
    qint64 m_patienceNs = 10'000'000'000;
    std::unique_ptr<LiveTranscoder> m_transcoder;
    Target m_running;                ///< what it was started with
    StreamFormat m_input;            ///< likewise
    std::deque<FormatRun> m_waiting; ///< for the one that comes after it
    bool m_finishes = false;         ///< also what waits
    QByteArray m_header;             ///< of the source's stream, for a helper that begins within it
    std::deque<Header> m_headers;
    Flicks m_fed = 0;   ///< since the helper was started
    Flicks m_given = 0; ///< likewise
    qint64 m_lastSignNs = 0;
    Flicks m_owed = 0; ///< fed since the last sign of life
};

} // namespace cycast
