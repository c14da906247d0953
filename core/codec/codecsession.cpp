// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/codecsession.h"

#include "core/base/filename.h"

#include <QElapsedTimer>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qsizetype readBytes = 64 * 1024;
constexpr int commandPatienceMs = 5000;
constexpr qint64 betweenLooksMs = 200;

Sentence noHelper(const QString &name, const Sentence &why)
{
    return Core::tr("“%1” cannot be played: %2.").arg(name, why);
}

Sentence crashed(const QString &name)
{
    return Core::tr("“%1” is damaged in a way that ends the decoder. Convert it with another program, or get "
                    "it again.")
        .arg(name);
}

Sentence hangs(const QString &name)
{
    return Core::
        tr("“%1” was left out: its decoder did not get on with it. Check the disk it is on, or get it again.")
            .arg(name);
}

} // namespace

CodecSession::CodecSession(QString program, EncodingOptions options, Task task)
    : m_program(std::move(program))
    , m_options(options)
    , m_task(task)
{
}

TrackError endOfHelper(CodecProcess &process, const QString &name)
{
    switch (process.ending()) {
    case CodecProcess::Ending::Crashed:
        return {crashed(name)};
    case CodecProcess::Ending::NoProgram:
        return {noHelper(name, Core::tr("cycast-codec could not begin; install Cycast Desktop again")),
                TrackFault::Machine};
    default:
        return {Core::tr(
                    "“%1” was cut off: its decoder, cycast-codec, was ended from outside. It is tried again.")
                    .arg(name),
                TrackFault::Stopped};
    }
}

tl::unexpected<TrackError> CodecSession::broken(TrackError error)
{
    m_isBroken = true;
    m_process.reset();
    return tl::unexpected(std::move(error));
}

tl::unexpected<TrackError> CodecSession::ended()
{
    return broken(endOfHelper(*m_process, m_name));
}

TrackResult<void> CodecSession::begin(const MusicFile &file, Flicks offset, double gainDb)
{
    m_name = file.name();
    if (!m_process) {
        const QString task = m_task == Task::Copy ? u"copy"_s : u"session"_s;
        auto started = CodecProcess::start(m_program, QStringList{task} + argumentsFor(m_options));
        if (!started)
            return broken({noHelper(m_name, started.error()), TrackFault::Machine});
        m_process = std::move(*started);
        m_records = {};
    }
    CodecRecord command;
    command.kind = CodecRecord::Kind::Track;
    command.name = m_name;
    command.offset = offset;
    command.gainDb = gainDb;
    command.fades = m_fades;
    m_hasBegun = m_task == Task::Copy;
    if (!m_process->sendAll(encodeRecord(command), commandPatienceMs, file.descriptor()))
        return ended();
    return {};
}

TrackResult<CodecRecord> CodecSession::receive(int patienceMs)
{
    QByteArray bytes(readBytes, Qt::Uninitialized);
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        if (const auto record = m_records.next())
            return *record;
        if (m_records.isBroken())
            return broken({crashed(m_name)});
        const qint64 left = patienceMs - waited.elapsed();
        const qint64 got = left <= 0 || !m_process
                               ? CodecProcess::nothingYet
                               : m_process->receive(bytes.data(), bytes.size(), static_cast<int>(left));
        if (got == 0)
            return ended();
        if (got > 0)
            m_records.feed(QByteArrayView(bytes).first(got));
        else if (waited.elapsed() >= patienceMs)
            return broken({hangs(m_name), TrackFault::NoAnswer});
    }
}

TrackResult<CodecSession::Output> CodecSession::next(qint64 bytes, int patienceMs)
{
    Output output;
    while (!m_hasBegun || output.batch.bytes.size() < bytes) {
        auto record = receive(patienceMs);
        if (!record) {
            if (output.batch.isEmpty())
                return tl::unexpected(record.error());
            output.trackEnded = true;
            output.problem = record.error();
            return output;
        }
        if (record->kind == CodecRecord::Kind::Frames) {
            output.batch.bytes += record->batch.bytes;
            output.batch.frames += record->batch.frames;
        } else if (record->kind == CodecRecord::Kind::TrackBegin) {
            m_before.append(std::exchange(output.batch, {}));
            m_hasBegun = true;
        } else if (record->kind == CodecRecord::Kind::TrackEnd) {
            output.trackEnded = true;
            if (!record->text.isEmpty())
                output.problem = {record->text, record->fault};
            return output;
        } else {
            return broken({crashed(m_name)});
        }
    }
    return output;
}

FrameBatch CodecSession::finish(int patienceMs)
{
    FrameBatch rest;
    CodecRecord command;
    command.kind = CodecRecord::Kind::Finish;
    if (!m_process || !m_process->sendAll(encodeRecord(command), commandPatienceMs))
        return rest;
    for (;;) {
        const auto record = receive(patienceMs);
        if (!record || record->kind != CodecRecord::Kind::Frames)
            break;
        rest.bytes += record->batch.bytes;
        rest.frames += record->batch.frames;
    }
    m_process.reset();
    return rest;
}

TrackResult<std::optional<Loudness>> measureLoudness(const QString &program, const QString &path,
                                                     int channels, int patienceMs,
                                                     const std::function<bool()> &stop)
{
    QElapsedTimer waited;
    waited.start();
    const auto file = MusicFile::open(path, qMin(patienceMs, MusicFile::usualPatienceMs));
    if (!file)
        return tl::unexpected(file.error());
    return measureLoudness(program, **file, channels,
                           qMax(0, patienceMs - static_cast<int>(waited.elapsed())), stop);
}

TrackResult<std::optional<Loudness>> measureLoudness(const QString &program, const MusicFile &file,
                                                     int channels, int patienceMs,
                                                     const std::function<bool()> &stop)
{
    QElapsedTimer waited;
    waited.start();
    const QString name = file.name();
    auto process = CodecProcess::start(program, {u"loudness"_s, QString::number(channels)});
    if (!process)
        return trackFailure(process.error(), TrackFault::Machine);
    CodecRecord command;
    command.kind = CodecRecord::Kind::Track;
    command.name = name;
    if (!(*process)->sendAll(encodeRecord(command), commandPatienceMs, file.descriptor()))
        return tl::unexpected(endOfHelper(**process, name));
    CodecRecordReader records;
    QByteArray bytes(readBytes, Qt::Uninitialized);
    for (;;) {
        if (const auto record = records.next()) {
            if (record->kind != CodecRecord::Kind::Loudness || !record->text.isEmpty())
                return trackFailure(record->text);
            if (record->lufs == 0.0)
                return std::optional<Loudness>();
            return std::optional(Loudness{record->lufs, record->peakDb, record->silentEndMs});
        }
        const qint64 left = patienceMs - waited.elapsed();
        if (left <= 0 || (stop && stop()))
            return trackFailure(Core::tr("“%1” could not be measured in time").arg(name),
                                TrackFault::NoAnswer);
        const qint64 wait = stop ? qMin(left, betweenLooksMs) : left;
        const qint64 got = (*process)->receive(bytes.data(), bytes.size(), static_cast<int>(wait));
        if (records.isBroken())
            return trackFailure(crashed(name));
        if (got == 0)
            return tl::unexpected(endOfHelper(**process, name));
        if (got > 0)
            records.feed(QByteArrayView(bytes).first(got));
    }
}

} // namespace cycast
