// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/headfollower.h"
#include "core/audio/ringbuffer.h"
#include "core/base/sentence.h"
#include "core/recording/recordingwriter.h"
#include "core/values/stationstatus.h"

namespace cycast
{

/// Records what is sent: follows the broadcast head of a ring and hands the bytes, whole frames, to a writer.
/// A file begins with a show (a live programme takes over or ends, the kind of stream changes) or with every
/// track; jingles and silence belong to what was before them. When the disk is too slow for what may wait,
/// the recording has a gap and goes on in a new file; the stream never notices. Lives in the station's
/// thread.
class Recorder : public QObject, public HeadFollower
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Which entries are no tracks of their own.
    void setIsJingle(std::function<bool(quint64)> isJingle) { m_isJingle = std::move(isJingle); }

    /// From the head of the ring on. A recording that is running is finished first.
    void start(const RecordingPlan &plan, const RingBuffer &ring);
    void stop();
    bool isRunning() const { return m_writer != nullptr; }

    /// Everything up to the head; called whenever that has moved.
    void take(const RingBuffer &ring) override;

    /// File, bytes, length and problem; isWanted is the owner's.
    const RecordingStatus &status() const { return m_status; }

signals:
    /// It has stopped by itself, or has a gap. A sentence.
    void failed(const cycast::Sentence &reason);

private:
    RecordingWriter *letGo();
    void noteKind(const RingBuffer &ring);
    void hand(const RingBuffer &ring, quint64 from, quint64 to, const TitleMark *mark, bool begins);

    std::function<bool(quint64)> m_isJingle;
    std::unique_ptr<RecordingWriter> m_writer;
    RecordingStatus m_status;
    bool m_perTrack = false;
    quint64 m_position = 0;
    quint64 m_markSerial = 0; ///< of the mark that m_position lies behind
    Flicks m_startTime = 0;
    QByteArray m_contentType;
    bool m_beginsFile = false;
    bool m_isLive = false;
    bool m_hasGap = false; ///< the disk is behind: nothing is taken until there is room
};

} // namespace cycast
