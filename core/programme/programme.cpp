// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/programme.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

Programme::Programme(Mount &mount, ReadAhead &readAhead, Clock clock, QObject *parent)
    : QObject(parent)
    , m_mount(mount)
    , m_clock(std::move(clock))
    , m_lead(mount)
    , m_autoDj(m_lead, readAhead, m_clock)
    , m_stage(m_clock)
{
    m_stage.setRules(liveRules(m_autoDj.playout()));
    m_mount.setSupply([this](qint64 nowNs) { supply(nowNs); });
    connect(&m_mount, &Mount::roundStarted, this, &Programme::tellHead);
    connect(&m_lead, &LeadRendition::itemBegun, this, &Programme::itemBegun);
    connect(&m_lead, &LeadRendition::timelineCut, this, &Programme::timelineCut);
    connect(&readAhead, &ReadAhead::entryProblem, this, &Programme::entryProblem);
    connect(&readAhead, &ReadAhead::entryRead, this, &Programme::entryRead);
    connect(&readAhead, &ReadAhead::entryMeasured, this, &Programme::entryMeasured);
    connect(&m_stage, &LiveStage::piecesReady, this, &Programme::passShowOn);
    connect(&m_stage, &LiveStage::leftUnheard, this, &Programme::liveUnheard);
    connect(&m_stage, &LiveStage::changed, this, [this] { lookWhoIsNext(m_clock()); });
    connect(&m_handover, &Handover::due, this, [this] { lookWhoIsNext(m_clock()); });
}

Programme::~Programme()
{
    m_mount.setSupply({});
}

// ---------------------------------------------------------------- on and off the air

LiveRules Programme::liveRules(const PlayoutOptions &playout) const
{
    LiveRules rules;
    rules.cushion = m_options.liveCushion;
    rules.converts = m_options.convertsLive;
    rules.own = m_lead.rendition().stationFormat();
    rules.target = {playout.codecProgram, playout.encodingOptions()};
    rules.target.options.crossfadeSeconds = 0.0; // nothing is held back
    rules.target.options.trimsSilence = false;
    rules.titleOfNobody = m_options.stationName.isEmpty() ? u"Live"_s : m_options.stationName;
    return rules;
}

void Programme::setOptions(const ProgrammeOptions &options)
{
    m_options = options;
    m_stage.setRules(liveRules(m_autoDj.playout()));
    m_autoDj.setResumes(options.resumesAfterLive);
}

void Programme::setPlayout(const PlayoutOptions &options, qint64 nowNs)
{
    if (options == m_autoDj.playout())
        return;
    m_lead.rendition().setStationFormat(options.format, m_autoDj.isRunning());
    m_stage.setRules(liveRules(options));
    m_autoDj.setPlayout(options, nowNs);
}

void Programme::start(qint64 nowNs)
{
    const RingBuffer &ring = m_mount.ring();
    m_lead.timeline().cut(ring.endTime() + 1);
    m_asRun.start(m_lead.timeline(), ring.headTime()); // those of an earlier broadcast are told
    m_deadAir.start(nowNs);
    // Primed: whoever tunes in first gets a full burst like everybody later.
    m_lead.followClock(nowNs, primeTime);
    m_autoDj.start();
}

void Programme::stop()
{
    m_autoDj.stop();
    dropSource(Core::tr("the station went off the air"));
}

// ---------------------------------------------------------------- who is heard

// Runs at the start of each round: the ring must reach beyond the next one.
void Programme::supply(qint64 nowNs)
{
    if (LiveShow *live = m_stage.live()) {
        live->readNow();
        return;
    }
    m_autoDj.order();
    const RingBuffer &ring = m_mount.ring();
    const bool isComing = m_autoDj.isReading();
    if (!m_deadAir.isToFill(ring.endTime(), m_mount.dueTime(nowNs), isComing, nowNs))
        return;
    if (!m_lead.timeline().endsInSilence()) {
        if (isComing && ring.end() > 0)
            emit ranDry();
        m_lead.begin({});
    }
    // Players are refilled with music; with silence only when nothing else is to come.
    if (!isComing)
        m_lead.payOwed(nowNs);
    m_lead.appendSilence(m_mount.dueTime(nowNs) + DeadAir::madeAhead, nowNs);
}

void Programme::lookWhoIsNext(qint64 nowNs)
{
    do {
        if (m_stage.live() && m_stage.live()->hasEnded())
            m_lead.markShowEnd();
    } while (goLive(nowNs));
    if (!m_stage.waiting())
        m_handover.cancel();
    // Who waits for the end of a show follows without a word of the playlist in between.
    if (m_stage.live() && m_stage.live()->hasEnded() && !m_stage.isFollowed())
        returnToPlaylist(nowNs);
}

// Whoever waits is heard from now on, if that is to be.
bool Programme::goLive(qint64 nowNs)
{
    if (!m_handover.isDue(m_stage, m_lead.restOfShow(nowNs), nowNs))
        return false;
    m_mount.advance(nowNs);
    if (!m_stage.live())
        m_autoDj.stepAside();
    std::unique_ptr<LiveShow> previous = m_stage.promote();
    LiveShow &show = *m_stage.live();
    m_lead.cutAhead();
    m_lead.followShow(show);
    appendShow(nowNs);
    if (previous) {
        const bool wasOn = previous->isConnected();
        emit liveEnded(previous->description(),
                       wasOn ? Core::tr("another source took over") : previous->endReason());
        if (wasOn)
            previous->drop(Core::tr("another source took over"));
        LiveStage::letGo(std::move(previous));
    }
    emit liveStarted(show.description());
    m_mount.reschedule(nowNs);
    return true;
}

void Programme::returnToPlaylist(qint64 nowNs)
{
    m_mount.advance(nowNs);
    // What the source had sent before it ended plays out; then the playlist. When it had been silent for a
    // while, players' buffers are refilled by as much.
    std::unique_ptr<LiveShow> ended = m_stage.finish();
    const Flicks silentFor = m_mount.ring().available() > 0 ? 0 : ended->clock().lateness(nowNs);
    m_deadAir.reset();
    m_lead.followClock(nowNs, qBound<Flicks>(0, silentFor, primeTime));
    m_autoDj.stepIn();
    emit liveEnded(ended->description(), ended->endReason());
    LiveStage::letGo(std::move(ended));
}

// ---------------------------------------------------------------- live

void Programme::passShowOn()
{
    const qint64 nowNs = m_clock();
    appendShow(nowNs);
    m_mount.reschedule(nowNs);
    if (m_mount.isGathering())
        m_stage.live()->rest(nowNs);
}

void Programme::appendShow(qint64 nowNs)
{
    LiveShow &live = *m_stage.live();
    while (const auto piece = live.take()) {
        if (piece->title)
            m_lead.begin({ProgrammeKind::Live, live.title()});
        const StreamFormat own = m_lead.rendition().stationFormat().streamFormat();
        emit livePassed({piece->isConverted ? own : piece->format, piece->batch});
        m_lead.append(*piece, nowNs);
    }
}

void Programme::setLiveTitle(const TitleUpdate &update)
{
    if (m_stage.setTitle(update))
        m_lead.begin({ProgrammeKind::Live, m_stage.live()->title(), m_stage.live()->url()});
}

// ---------------------------------------------------------------- the list

void Programme::setEntries(const EntryList &entries, qint64 nowNs, const BagState *bag)
{
    m_autoDj.list().setEntries(entries);
    if (bag)
        m_autoDj.list().restoreBag(*bag);
    m_autoDj.agree(nowNs);
}

void Programme::updateEntries(const QList<PlaylistEntry> &fresh, qint64 nowNs)
{
    if (m_autoDj.list().updateEntries(fresh))
        m_autoDj.agree(nowNs);
}

void Programme::setOrder(bool shuffle, bool repeat, qint64 nowNs)
{
    m_autoDj.list().setShuffle(shuffle);
    m_autoDj.list().setRepeat(repeat);
    m_autoDj.agree(nowNs);
}

void Programme::setJingles(const QList<PlaylistEntry> &jingles, qint64 nowNs)
{
    m_autoDj.list().setJingles(jingles);
    m_autoDj.agree(nowNs);
}

void Programme::setJingleRule(const JingleRule &rule, qint64 nowNs)
{
    m_autoDj.list().setJingleRule(rule);
    m_autoDj.agree(nowNs);
}

// ---------------------------------------------------------------- what is heard

void Programme::tellHead()
{
    for (const TimelineItem &item : m_asRun.follow(m_lead.timeline(), m_mount.ring().headTime()))
        emit headChanged(item.track, item.kind);
}

ProgrammeKind Programme::heard() const
{
    const TimelineItem *item = m_lead.heard();
    return item ? item->kind : ProgrammeKind::Silence;
}

TrackInfo Programme::current() const
{
    const TimelineItem *item = m_lead.heard();
    return item ? item->track : TrackInfo();
}

TrackInfo Programme::next() const
{
    // During a show: what comes after it.
    if (!m_stage.live()) {
        const Flicks head = m_mount.ring().headTime();
        for (const TimelineItem &item : timeline().items()) {
            if (item.from > head)
                return item.track;
        }
    }
    return m_autoDj.next();
}

} // namespace cycast
