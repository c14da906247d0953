// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/base/offthread.h"
#include "core/base/sentence.h"
#include "core/values/track.h"

#include <QDateTime>
#include <QIODevice>
#include <QObject>

#include <functional>
#include <memory>

namespace cycast
{

struct RecordingPlan {
    QString directory; ///< absolute; made when it is not there
    QString name;      ///< of the recording: words for its files
    bool perTrack = false;
    bool withCue = true;
    qint64 queueBytes = 8 * 1024 * 1024; ///< what may wait for the disk
    /// Opens a new file for writing; null: `error` says why. Tests put disks of their own kind here.
    std::function<std::unique_ptr<QIODevice>(const QString &path, QString &error)> open;
};

/// Whole frames as they were sent, and what begins with them.
struct RecordingPiece {
    QByteArray bytes;
    bool beginsFile = false;
    bool beginsTrack = false;
    bool isLive = false;
    TrackInfo track;
    Flicks time = 0; ///< stream time at its first byte
    QDateTime when;
    QByteArray contentType;
    Flicks joinedAfter = 0; ///< Ogg, of the first piece of a file: see OggRecording::take
};

/// Puts pieces on the disk in a thread of its own, in order. What waits is bounded; every piece reaches the
/// system as it comes, and the disk itself every 5 s, so that neither a killed process nor a power cut loses
/// more. Lives in its owner's thread, which never waits for the disk: a thread that hangs is left to itself.
class RecordingWriter : public QObject
{
    Q_OBJECT

public:
    static constexpr int syncIntervalMs = 5000;

    explicit RecordingWriter(RecordingPlan plan, QObject *parent = nullptr);
    /// Whatever waits is still written; waits for it at most 2 s.
    ~RecordingWriter() override;

    enum class Answer : quint8 {
        Taken,
        DiskIsBehind, ///< too much is waiting already: the piece is not taken
        HasEnded      ///< nothing is written any more; why is told by failed(), maybe a moment later
    };
    Answer write(RecordingPiece piece);
    /// Nothing comes any more. Does not wait; finished() follows.
    void finish();

signals:
    void progressed(const QString &file, qint64 bytes);
    /// The disk refused; nothing is written any more. A sentence.
    void failed(const cycast::Sentence &reason);
    void finished();

private:
    struct Shared;
    class Job;

    std::shared_ptr<Shared> m_shared; ///< outlives this object when the disk hangs
    OffThread<RecordingWriter> m_off;
};

} // namespace cycast
