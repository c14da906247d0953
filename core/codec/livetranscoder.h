// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/codec/codecprocess.h"
#include "core/codec/codecrecords.h"
#include "core/codec/stationformat.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

namespace cycast
{

/// A live source in another format, brought into the station's by the helper program. Never blocks: what the
/// helper does not take at once waits here, up to `maxWaitingBytes`; what it has made waits with it while it
/// is held. Nothing that was fed is lost: finish(), then finished() behind the last frame. Lives in the
/// station's thread; the helper ends with it.
class LiveTranscoder : public QObject
{
    Q_OBJECT

public:
    /// From here on the source should not be read for a moment.
    static constexpr qsizetype enoughWaitingBytes = 16 * 1024;
    static constexpr qsizetype maxWaitingBytes = 1024 * 1024;

    /// `source`: what the source sends; nothing comes of formats that no demuxer is known for.
    static Result<std::unique_ptr<LiveTranscoder>> start(const QString &program, const StreamFormat &source,
                                                         const EncodingOptions &options);
    ~LiveTranscoder() override;

    void feed(QByteArrayView bytes);
    /// Nothing follows: what is still inside comes out, then finished().
    void finish();
    bool isFinishing() const { return m_isFinishing; }
    bool hasEnough() const { return m_waiting.size() >= enoughWaitingBytes; }
    /// Takes nothing from the helper before this moment, which then holds back itself.
    void hold(qint64 untilNs);
    bool isHeld() const { return m_held.isActive(); }

    // Whoever is told may not delete it at that moment (deleteLater).
signals:
    void framesReady(const cycast::FrameBatch &batch);
    /// Once, last: after finish(), all has been given.
    void finished();
    /// Once, last: the helper has ended, with a reason for people.
    void failed(const cycast::Sentence &reason);

private:
    explicit LiveTranscoder(std::unique_ptr<CodecProcess> process);
    void send();
    void receive();
    void end(const Sentence &problem);
    void rest();
    void report(const Sentence &problem);

    std::unique_ptr<CodecProcess> m_process;
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
    QTimer m_held;
    QByteArray m_waiting;
    CodecRecordReader m_records;
    bool m_isFinishing = false;
    bool m_hasEnded = false;
};

} // namespace cycast
