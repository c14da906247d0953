// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recording/recordingwriter.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/base/replacefile.h"
#include "core/recording/cuesheet.h"
#include "core/recording/mpegrecording.h"
#include "core/recording/oggrecording.h"
#include "core/recording/recordingnames.h"

#include <QFile>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

void syncToDisk(QIODevice *device)
{
#ifdef Q_OS_UNIX
    if (const auto *file = qobject_cast<QFile *>(device))
        ::fsync(file->handle());
#else
    Q_UNUSED(device)
#endif
}

} // namespace

/// What owner and thread have in common; outlives the owner when the disk hangs.
struct RecordingWriter::Shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<RecordingPiece> queue;
    qint64 queueLimit = 0;
    qint64 queuedBytes = 0;
    bool ends = false;
    bool hasFailed = false;
};

/// The far side: everything here runs in the thread.
class RecordingWriter::Job
{
public:
    Job(std::shared_ptr<Shared> shared, WayBack<RecordingWriter> &back, RecordingPlan plan)
        : m_shared(std::move(shared))
        , m_back(back)
        , m_plan(std::move(plan))
    {
        if (!m_plan.open)
            m_plan.open = newFile;
    }

    void run()
    {
        std::unique_lock lock(m_shared->mutex);
        while (true) {
            const auto hasWork = [this] { return !m_shared->queue.empty() || m_shared->ends; };
            m_shared->changed.wait_for(lock, std::chrono::milliseconds(syncIntervalMs), hasWork);
            if (m_shared->queue.empty() && m_shared->ends)
                break;
            std::optional<RecordingPiece> piece;
            if (!m_shared->queue.empty()) {
                piece = std::move(m_shared->queue.front());
                m_shared->queue.pop_front();
            }
            lock.unlock();
            const Sentence error = piece ? take(*piece) : Sentence();
            syncNowAndThen();
            lock.lock();
            // Counted until it is written: a disk that hangs holds the queue up with it.
            if (piece)
                m_shared->queuedBytes -= piece->bytes.size();
            if (!error.isEmpty()) {
                m_shared->hasFailed = true;
                m_shared->queue.clear();
                m_shared->queuedBytes = 0;
                m_back.tell([error](RecordingWriter *owner) { emit owner->failed(error); });
                break;
            }
        }
        lock.unlock();
        closeFile();
        m_back.tell([](RecordingWriter *owner) { emit owner->finished(); });
    }

private:
    /// An error is a sentence.
    Sentence take(const RecordingPiece &piece)
    {
        if (piece.beginsFile || !m_file) {
            closeFile();
            if (Sentence error = openFile(piece); !error.isEmpty())
                return error;
        }
        if (piece.beginsTrack || m_sheet.files.constLast().tracks.isEmpty()) {
            const QString title = piece.track.title.isEmpty() ? m_plan.name : piece.track.title;
            m_sheet.files.last().tracks.append({title, piece.track.artist, piece.time - m_fileStart});
            writeSheet();
        }
        const bool isOgg = piece.contentType == "audio/ogg";
        const QByteArray bytes = isOgg ? m_ogg.take(piece.bytes, piece.joinedAfter) : withPlace(piece);
        if (const auto patch = m_ogg.takePatch())
            patchFile(patch->at, patch->page);
        qint64 written = 0;
        while (written < bytes.size()) {
            const qint64 count = m_file->write(bytes.constData() + written, bytes.size() - written);
            if (count <= 0)
                return Core::tr("The recording has stopped: %1. What was recorded until then is in %2.")
                    .arg(m_file->errorString(), shownPath(m_path));
            written += count;
        }
        m_unsynced = true;
        m_bytes += written;
        m_fileBytes += written;
        m_back.tell([path = m_path, bytes = m_bytes](RecordingWriter *owner) {
            emit owner->progressed(path, bytes);
        });
        return {};
    }

    /// What of MP3 is written: at first, the place for what is known at the end only.
    QByteArray withPlace(const RecordingPiece &piece)
    {
        if (piece.contentType != "audio/mpeg")
            return piece.bytes;
        const QByteArray place = m_fileBytes == 0 ? m_mpeg.begin(piece.bytes) : QByteArray();
        m_mpeg.take(piece.bytes);
        return place + piece.bytes;
    }

    Sentence openFile(const RecordingPiece &piece)
    {
        const QString words = piece.isLive ? m_plan.name + u" (live)"_s : m_plan.name;
        const QString ending = endingFor(piece.contentType);
        if (m_folder.isEmpty()) {
            m_folder = m_plan.directory;
            m_base = recordingName(piece.when, m_plan.name);
            if (m_plan.perTrack)
                m_folder += u'/' + m_base;
        }
        if (!makeFolder(m_folder))
            return Core::tr("The recording has stopped: the folder %1 cannot be made. Choose another one in "
                            "the settings.")
                .arg(shownPath(m_folder));
        QString stem = recordingName(piece.when, words);
        if (m_plan.perTrack) {
            const QString title = piece.track.artist.isEmpty()
                                      ? piece.track.title
                                      : piece.track.artist + u" - "_s + piece.track.title;
            stem = QString::number(++m_number).rightJustified(3, u'0') + u' ' +
                   safeFileName(title.isEmpty() ? words : title);
        }
        QString error;
        for (int turn = 1; turn <= 100 && !m_file; ++turn) {
            const QString name = turn == 1 ? stem : u"%1 (%2)"_s.arg(stem).arg(turn);
            m_path = m_folder + u'/' + name + ending;
            if (isNameTaken(m_path))
                continue;
            m_file = m_plan.open(m_path, error);
            if (!m_file && isNameTaken(m_path))
                continue; // somebody else was quicker
            if (!m_file)
                break;
            if (!m_plan.perTrack) {
                m_sheet = {};
                m_base = name;
            }
            m_sheet.title = m_plan.perTrack ? m_plan.name : words;
            m_sheet.files.append({name + ending, {}});
        }
        if (!m_file)
            return Core::tr("The recording has stopped: %1 cannot be written: %2.")
                .arg(shownPath(m_path),
                     error.isEmpty() ? u"too many files of this name"_s : error);
        m_fileStart = piece.time;
        m_ogg = {};
        m_mpeg = {};
        m_fileBytes = 0;
        m_lastSync = std::chrono::steady_clock::now();
        return {};
    }

    void syncNowAndThen()
    {
        const auto now = std::chrono::steady_clock::now();
        if (!m_unsynced || now - m_lastSync < std::chrono::milliseconds(syncIntervalMs))
            return;
        patchFile(0, m_mpeg.beginning()); // whoever is killed now leaves a length that is nearly right
        syncToDisk(m_file.get());
        m_lastSync = now;
        m_unsynced = false;
    }

    void closeFile()
    {
        if (!m_file)
            return;
        if (const auto patch = m_ogg.end())
            patchFile(patch->at, patch->page);
        patchFile(0, m_mpeg.beginning());
        syncToDisk(m_file.get());
        m_file->close();
        m_file.reset();
        m_unsynced = false;
        writeSheet();
    }

    /// Over what is there; where that cannot be done, the file is only a little less tidy.
    void patchFile(qint64 at, const QByteArray &bytes)
    {
        if (bytes.isEmpty() || m_file->isSequential())
            return;
        const qint64 end = m_file->pos();
        if (m_file->seek(at))
            m_file->write(bytes);
        m_file->seek(end);
    }

    /// Anew with every title, so that it is there whatever happens. Where it cannot be written, the recording
    /// goes on: the sound matters more. After 99 tracks a second sheet begins; the first stays as it is.
    void writeSheet()
    {
        if (!m_plan.withCue)
            return;
        qsizetype part = 1;
        const CueSheet sheet = lastPart(m_sheet, part);
        const QString name = part == 1 ? m_base : u"%1 - part %2"_s.arg(m_base).arg(part);
        static_cast<void>(replaceFile(m_folder + u'/' + name + u".cue"_s, writeCueSheet(sheet)));
    }

    std::shared_ptr<Shared> m_shared;
    WayBack<RecordingWriter> &m_back;
    RecordingPlan m_plan;
    std::unique_ptr<QIODevice> m_file;
    QString m_folder;
    QString m_base; ///< of the CUE sheet's name
    QString m_path;
    int m_number = 0;
    qint64 m_bytes = 0;
    Flicks m_fileStart = 0;
    qint64 m_fileBytes = 0; ///< of this file
    OggRecording m_ogg;
    MpegRecording m_mpeg;
    CueSheet m_sheet;
    bool m_unsynced = false;
    std::chrono::steady_clock::time_point m_lastSync;
};

RecordingWriter::RecordingWriter(RecordingPlan plan, QObject *parent)
    : QObject(parent)
    , m_shared(std::make_shared<Shared>())
    , m_off(this, 1)
{
    m_shared->queueLimit = plan.queueBytes;
    m_off.start([shared = m_shared, plan = std::move(plan)](auto &back) mutable {
        Job(shared, back, std::move(plan)).run();
    });
}

RecordingWriter::~RecordingWriter()
{
    finish();
}

RecordingWriter::Answer RecordingWriter::write(RecordingPiece piece)
{
    const std::lock_guard lock(m_shared->mutex);
    if (m_shared->hasFailed || m_shared->ends)
        return Answer::HasEnded;
    if (m_shared->queuedBytes >= m_shared->queueLimit)
        return Answer::DiskIsBehind;
    m_shared->queuedBytes += piece.bytes.size();
    m_shared->queue.push_back(std::move(piece));
    m_shared->changed.notify_all();
    return Answer::Taken;
}

void RecordingWriter::finish()
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->ends = true;
    m_shared->changed.notify_all();
}

} // namespace cycast
