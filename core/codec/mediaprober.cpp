// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/mediaprober.h"

#include "core/codec/codecrecords.h"
#include "core/codec/codecsession.h"

#include <QElapsedTimer>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qsizetype answerBytes = 64 * 1024;
constexpr int questionMs = 5'000;
constexpr size_t mostIdle = 4;
constexpr auto idleTime = std::chrono::seconds(5);

/// One helper with what it has said.
struct Prober {
    QString program;
    std::unique_ptr<CodecProcess> process;
    CodecRecordReader records;
    bool isFresh = true; ///< it has not answered yet
};

struct Question {
    CodecRecord::Kind kind = CodecRecord::Kind::Look;
    int patienceMs = usualLookMs;
    QString program;
};

/// Those that wait for their next file. Never destroyed: its thread may still be there at the end.
class Waiting
{
public:
    std::unique_ptr<Prober> take(const QString &program)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find_if(m_idle.begin(), m_idle.end(),
                                        [&program](const auto &each) { return each->program == program; });
        if (found == m_idle.end())
            return nullptr;
        std::unique_ptr<Prober> prober = std::move(*found);
        m_idle.erase(found);
        return prober;
    }

    void giveBack(std::unique_ptr<Prober> prober)
    {
        prober->isFresh = false;
        const std::lock_guard lock(m_mutex);
        if (m_idle.size() < mostIdle)
            m_idle.push_back(std::move(prober));
        ++m_uses;
        if (!std::exchange(m_isWatched, true))
            std::thread([this] { endWhenUnused(); }).detach();
    }

private:
    void endWhenUnused()
    {
        std::unique_lock lock(m_mutex);
        for (quint64 uses = m_uses + 1; uses != m_uses;) {
            uses = m_uses;
            m_never.wait_for(lock, idleTime);
        }
        m_idle.clear();
        m_isWatched = false;
    }

    std::mutex m_mutex;
    std::condition_variable m_never;
    std::vector<std::unique_ptr<Prober>> m_idle;
    quint64 m_uses = 0;
    bool m_isWatched = false;
};

Waiting &waiting()
{
    static Waiting *all = new Waiting;
    return *all;
}

TrackError takesTooLong(const QString &name)
{
    return {Core::tr("“%1” was not looked into to its end: that takes longer than any music does, or its "
                     "disk does not answer.")
                .arg(name),
            TrackFault::NoAnswer};
}

TrackResult<CodecRecord> nextRecord(Prober &prober, const QString &name, const QElapsedTimer &spent,
                                    int patienceMs)
{
    QByteArray bytes(answerBytes, Qt::Uninitialized);
    for (;;) {
        if (auto record = prober.records.next())
            return std::move(*record);
        if (prober.records.isBroken())
            return trackFailure(Core::tr("“%1” is damaged in a way that misleads the decoder.").arg(name));
        const qint64 left = patienceMs - spent.elapsed();
        if (left <= 0)
            return tl::unexpected(takesTooLong(name));
        const qint64 got = prober.process->receive(bytes.data(), bytes.size(), static_cast<int>(left));
        if (got == 0)
            return tl::unexpected(endOfHelper(*prober.process, name));
        if (got > 0)
            prober.records.feed(QByteArrayView(bytes).first(got));
    }
}

/// Asks one helper; `take` gets each record that comes, and whether it is the
/// first one; true: it was the last.
template<class Take>
TrackResult<void> askOnce(const MusicFile &file, const Question &question, Take &&take, bool &wasFresh)
{
    auto prober = waiting().take(question.program);
    if (!prober) {
        auto started = CodecProcess::start(question.program, {u"look"_s});
        if (!started)
            return trackFailure(started.error(), TrackFault::Machine);
        prober = std::make_unique<Prober>();
        prober->program = question.program;
        prober->process = std::move(*started);
    }
    wasFresh = prober->isFresh;
    QElapsedTimer spent;
    spent.start();
    CodecRecord command;
    command.kind = question.kind;
    command.name = file.name();
    if (!prober->process->sendAll(encodeRecord(command), questionMs, file.descriptor()))
        return tl::unexpected(endOfHelper(*prober->process, file.name()));
    for (bool isFirst = true;; isFirst = false) {
        auto record = nextRecord(*prober, file.name(), spent, question.patienceMs);
        if (!record)
            return tl::unexpected(record.error());
        const TrackResult<bool> isLast = take(std::move(*record), isFirst);
        if (!isLast)
            return tl::unexpected(isLast.error());
        if (*isLast)
            break;
    }
    waiting().giveBack(std::move(prober));
    return {};
}

/// One that was kept may have been ended in the meantime, and a fresh one by somebody's hand: neither says
/// anything about the file.
template<class Take>
TrackResult<void> ask(const MusicFile &file, const Question &question, Take &&take)
{
    constexpr int turns = 3;
    TrackResult<void> answer;
    for (int turn = 0; turn < turns; ++turn) {
        bool wasFresh = true;
        answer = askOnce(file, question, take, wasFresh);
        if (answer || (wasFresh && answer.error().kind != TrackFault::Stopped) ||
            answer.error().kind == TrackFault::NoAnswer)
            break;
    }
    return answer;
}

tl::unexpected<TrackError> misled(const MusicFile &file)
{
    return trackFailure(Core::tr("“%1” is damaged in a way that misleads the decoder.").arg(file.name()));
}

} // namespace

TrackResult<MediaFacts> lookIntoMedia(const MusicFile &file, int patienceMs, const QString &program)
{
    MediaFacts facts;
    const auto asked = ask(file, {CodecRecord::Kind::Look, patienceMs, program},
                           [&facts, &file](CodecRecord record, bool) -> TrackResult<bool> {
                               if (record.kind != CodecRecord::Kind::Facts)
                                   return misled(file);
                               facts = std::move(record.facts);
                               return true;
                           });
    return asked ? TrackResult<MediaFacts>(std::move(facts)) : tl::unexpected(asked.error());
}

TrackResult<QByteArray> coverInMedia(const MusicFile &file, const QString &program)
{
    QByteArray picture;
    const auto asked = ask(file, {CodecRecord::Kind::Cover, usualLookMs, program},
                           [&picture, &file](const CodecRecord &record, bool isFirst) -> TrackResult<bool> {
                               if (isFirst)
                                   picture.clear();
                               if (record.kind != CodecRecord::Kind::Picture ||
                                   picture.size() + record.bytes.size() > maxCoverBytes)
                                   return misled(file);
                               picture += record.bytes;
                               return record.bytes.isEmpty();
                           });
    return asked ? TrackResult<QByteArray>(std::move(picture)) : tl::unexpected(asked.error());
}

} // namespace cycast
