// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/liveshow.h"

#include "core/audio/ogg/oggcomments.h"
#include "core/base/log.h"
#include "core/net/sources/titletext.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr int maxConversionsFailed = 3; // in a row
constexpr Flicks provenAfter = 5 * flicksPerSecond;
constexpr qint64 pauseWhileFullNs = 50 * nsPerMs;
constexpr int watchMs = 1000;
// A source's rhythm is learned from the times of its arrivals before they may gather with the kernel.
constexpr qint64 rhythmLearnedMs = 3000;
// It is shared by all listeners, but kept with every title, and everybody who joins gets it first.
constexpr quint32 mostHeaderBytes = 64 * 1024;

} // namespace

LiveShow::LiveShow(SourceConnection *source, const LiveRules &rules, Clock clock, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_description(source->description())
    , m_rules(rules)
    , m_now(std::move(clock))
    , m_clock(rules.cushion)
    , m_sinceNs(m_now() - source->connectedMs(monotonicNs()) * nsPerMs)
{
    m_source->setParent(this);
    m_converter.setTarget(rules.target);
    m_title.title = !m_description.name.isEmpty()   ? m_description.name
                    : !m_description.user.isEmpty() ? m_description.user
                                                    : rules.titleOfNobody;
    connect(m_source, &SourceConnection::framesReceived, this, &LiveShow::takeFromSource);
    connect(m_source, &SourceConnection::ended, this, &LiveShow::sourceEnded);
    connect(&m_converter, &LiveConverter::headerPassed, this, &LiveShow::takeHeader);
    connect(&m_converter, &LiveConverter::framesReady, this, [this](const FrameBatch &batch) {
        LivePiece piece;
        piece.batch = batch;
        piece.isConverted = true;
        m_convertedSince += batch.duration();
        add(std::move(piece));
    });
    connect(&m_converter, &LiveConverter::failed, this, &LiveShow::conversionFailed);
    connect(&m_converter, &LiveConverter::drained, this, &LiveShow::drained);
    m_watch.setInterval(watchMs);
    connect(&m_watch, &QTimer::timeout, this, [this] { m_converter.look(m_now()); });
}

LiveShow::~LiveShow()
{
    m_converter.disconnect(this);
    if (m_source)
        m_source->disconnect(this);
}

void LiveShow::start()
{
    m_source->start();
}

void LiveShow::setRules(const LiveRules &rules)
{
    // What is in the converter comes out as it was meant; only where that is no part of the stream any more
    // it is given up.
    const bool isOtherStream = rules.own.codec != m_rules.own.codec;
    m_rules = rules;
    m_clock.setCushion(rules.cushion);
    m_converter.setTarget(rules.target);
    if (isOtherStream)
        m_converter.stop();
    else if (!rules.converts && m_converter.isBusy())
        m_converter.finish(m_now());
}

void LiveShow::setTimeout(double seconds)
{
    if (m_source)
        m_source->setTimeout(seconds);
}

void LiveShow::readNow()
{
    if (m_source)
        m_source->readNow();
}

void LiveShow::rest(qint64 nowNs)
{
    if (m_source && connectedMs(nowNs) > rhythmLearnedMs && m_clock.mayRead(nowNs))
        m_source->rest();
}

void LiveShow::drop(const Sentence &reason)
{
    m_converter.stop();
    if (m_source)
        m_source->close(reason); // ended() comes of it
    else
        end();
}

// ---------------------------------------------------------------- what comes in

bool LiveShow::mustConvert(const StreamFormat &format) const
{
    if (!m_rules.converts || m_rules.target.program.isEmpty())
        return false;
    const StreamFormat own = m_rules.own.streamFormat();
    return !format.isSameKindAs(own) ||
           (!m_rules.own.kind().isDecodedAlike() &&
            (format.sampleRate != own.sampleRate || format.channels != own.channels));
}

void LiveShow::takeFromSource(const FrameBatch &batch)
{
    const qint64 nowNs = m_now();
    const SourceConnection *source = m_source;
    for (const FormatRun &run : m_runs.split(batch, m_source->format())) {
        route(run, nowNs);
        if (m_source != source)
            return;
    }
    pace(nowNs);
}

// A show that is converted stays so, whatever it changes to: nothing is lost in between, and one encoder goes
// through.
void LiveShow::route(const FormatRun &run, qint64 nowNs)
{
    const bool isConverting = m_converter.isBusy();
    if (!m_behind.empty() || (isConverting && !m_rules.converts)) {
        m_behind.push_back(run);
        m_converter.finish(nowNs);
        return;
    }
    if (!isConverting && !mustConvert(run.format)) {
        pass(run);
        return;
    }
    if (!isConverting)
        qCInfo(lcSource).noquote() << Core::tr("What %1 sends is converted to %2.")
                                          .arg(m_description.address, nameOf(m_rules.own.codec).toUpper());
    m_converter.feed(run, nowNs);
    if (!m_watch.isActive())
        m_watch.start();
}

void LiveShow::drained()
{
    for (const FormatRun &run : std::exchange(m_behind, {}))
        route(run, m_now());
    if (!m_source && !m_converter.isBusy())
        end();
}

// Titles within the stream count from the page on that brings them.
void LiveShow::pass(const FormatRun &run)
{
    LivePiece piece;
    piece.format = run.format;
    const auto isHeader = [](const FrameInfo &frame) { return frame.isStreamHeader; };
    if (std::none_of(run.batch.frames.begin(), run.batch.frames.end(), isHeader)) {
        piece.batch = run.batch;
        add(std::move(piece));
        return;
    }
    qsizetype at = 0;
    for (const FrameInfo &frame : run.batch.frames) {
        const QByteArrayView bytes = QByteArrayView(run.batch.bytes).sliced(at, frame.size);
        at += frame.size;
        if (!frame.isStreamHeader) {
            piece.batch.append(bytes, frame.duration);
            continue;
        }
        if (!piece.batch.isEmpty())
            add(std::exchange(piece, {{}, run.format, false, {}}));
        if (frame.size > mostHeaderBytes) {
            if (m_source)
                m_source->close(Core::tr("the header of its Ogg stream has %1 kB, 64 are allowed: leave the "
                                         "picture out in the program")
                                    .arg(frame.size / 1024));
            return;
        }
        takeHeader(bytes);
        piece.batch.appendStreamHeader(bytes);
    }
    if (!piece.batch.isEmpty())
        add(std::move(piece));
}

void LiveShow::takeHeader(QByteArrayView header)
{
    auto title = oggComments(header);
    if (!title)
        return;
    for (QString *text : {&title->title, &title->artist, &title->album})
        *text = repairedTitle(text->toUtf8());
    if (title->title.isEmpty())
        std::swap(title->title, title->artist);
    if (!title->title.isEmpty())
        m_titleToCome = *title;
}

void LiveShow::add(LivePiece piece)
{
    if (piece.batch.isEmpty())
        return;
    piece.title = std::exchange(m_titleToCome, {});
    m_clock.arrived(m_now(), piece.batch.duration());
    m_ready.push_back(std::move(piece));
    emit piecesReady();
    pace(m_now());
}

// TCP holds back who is faster than real time.
void LiveShow::pace(qint64 nowNs)
{
    if (!m_clock.mayRead(nowNs)) {
        const qint64 untilNs = m_clock.mayReadAtNs(nowNs);
        m_converter.hold(untilNs);
        if (m_source)
            m_source->pauseReading(untilNs);
    } else if (m_source && (m_converter.hasEnough() || !m_behind.empty())) {
        m_source->pauseReading(nowNs + pauseWhileFullNs);
    }
}

// ---------------------------------------------------------------- what goes out

Flicks LiveShow::firstPlayable() const
{
    for (const LivePiece &piece : m_ready) {
        for (const FrameInfo &frame : piece.batch.frames) {
            if (frame.duration > 0)
                return frame.duration;
        }
    }
    return 0;
}

std::optional<LivePiece> LiveShow::take()
{
    if (m_ready.empty())
        return {};
    LivePiece &first = m_ready.front();
    if (first.title && *first.title == m_title)
        first.title.reset();
    if (first.title) {
        m_title = *first.title;
        m_url.clear();
    }
    std::optional<LivePiece> piece = std::move(first);
    m_ready.pop_front();
    return piece;
}

bool LiveShow::setTitle(const TitleUpdate &update)
{
    TrackInfo title = update.track;
    title.entryId = 0;
    if (title.title.isEmpty())
        std::swap(title.title, title.artist);
    if (title.title.isEmpty())
        title.title = m_rules.titleOfNobody;
    // Some programs say the same every few seconds.
    if (title == m_title && update.url == m_url)
        return false;
    m_title = title;
    m_url = update.url;
    return true;
}

// ---------------------------------------------------------------- its end

void LiveShow::sourceEnded(const Sentence &reason)
{
    m_endReason = reason;
    m_bytesReceived = m_source->bytesReceived();
    m_wasUnplayable = m_source->wasUnplayable();
    m_source->disconnect(this);
    std::exchange(m_source, nullptr)->deleteLater();
    if (m_converter.isBusy())
        m_converter.finish(m_now());
    else
        end();
}

void LiveShow::end()
{
    m_watch.stop();
    if (!std::exchange(m_hasEnded, true))
        emit ended();
}

void LiveShow::conversionFailed(const Sentence &reason)
{
    qCWarning(lcSource).noquote()
        << Core::tr("What %1 sends could not be converted: %2.").arg(m_description.address, reason);
    // The next bytes begin anew; what fails again and again does not fit together.
    if (m_convertedSince >= provenAfter)
        m_conversionsFailed = 0;
    m_convertedSince = 0;
    if (++m_conversionsFailed < maxConversionsFailed)
        return;
    m_converter.stop();
    m_wasUnplayable = true;
    const Sentence sentence = Core::tr("what it sends could not be converted: %1").arg(reason);
    if (m_source)
        m_source->close(sentence);
    else
        end();
}

} // namespace cycast
