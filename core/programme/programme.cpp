// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/programme.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

// Silence is made a little further than the longest pause between two rounds.
constexpr Flicks silenceAhead = flicksPerSecond + flicksPerSecond / 5;
// The reader gets this long before silence is put in between.
constexpr qint64 readerGraceNs = nsPerSecond / 2;
// What an encoder that begins anew is given until its first frames must be there.
constexpr Flicks encoderStart = 2 * flicksPerSecond;
// A timer is late now and then; what comes behind a show must not be heard for it.
constexpr Flicks closeEnough = flicksPerSecond / 10;

} // namespace

Programme::Programme(Mount &mount, PlaylistFeeder &feeder, Clock clock, QObject *parent)
    : QObject(parent)
    , m_mount(mount)
    , m_clock(std::move(clock))
    , m_rendition(mount)
    , m_readAhead(feeder)
    , m_stage(m_clock)
{
    m_stage.setRules(liveRules());
    m_mount.setSupply([this](qint64 nowNs) { supply(nowNs); });
    connect(&m_mount, &Mount::roundStarted, this, &Programme::noteHead);
    connect(&m_readAhead, &ReadAhead::trackBegun, this, &Programme::takeTrack);
    connect(&m_readAhead, &ReadAhead::framesRead, this, &Programme::takeFrames);
    connect(&feeder, &PlaylistFeeder::entryProblem, this, &Programme::entryProblem);
    connect(&feeder, &PlaylistFeeder::entryRead, this, &Programme::entryRead);
    connect(&feeder, &PlaylistFeeder::entryMeasured, this, &Programme::entryMeasured);
    connect(&m_stage, &LiveStage::piecesReady, this, &Programme::takePieces);
    connect(&m_stage, &LiveStage::leftUnheard, this, &Programme::liveUnheard);
    connect(&m_stage, &LiveStage::changed, this, [this] { lookWhoIsNext(m_clock()); });
    connect(&m_candidateDue, &RoundTimer::expired, this, [this] { lookWhoIsNext(m_clock()); });
}

Programme::~Programme()
{
    m_mount.setSupply({});
}

// ---------------------------------------------------------------- what was decided

void Programme::begin(TimelineItem item)
{
    const TimelineItem &begun = m_timeline.begin(std::move(item), m_mount.ring().endTime());
    m_mount.addMark(begun.track, begun.offset, begun.url);
    emit itemBegun(begun.from);
}

void Programme::cut(quint64 position)
{
    const bool isAtEnd = position >= m_mount.ring().end();
    m_mount.cutReadAhead(position);
    const Flicks from = m_mount.ring().endTime();
    m_timeline.cut(from + (isAtEnd ? 1 : 0));
    emit timelineCut(from);
}

// What is read ahead of the head goes, but not what is left of a show.
quint64 Programme::cutPosition() const
{
    return qBound(m_mount.ring().head(), m_showEnd, m_mount.ring().end());
}

const TimelineItem *Programme::heardItem() const
{
    return m_timeline.at(m_mount.ring().headTime());
}

const TimelineItem *Programme::nextTrack() const
{
    const Flicks head = m_mount.ring().headTime();
    for (const TimelineItem &item : m_timeline.items()) {
        if (item.from >= head && item.kind == ProgrammeKind::Playlist)
            return &item;
    }
    return nullptr;
}

ResumePoint Programme::placeIn(const TimelineItem &item, Flicks time) const
{
    return {item.track.entryId, qMax<Flicks>(0, time - item.from) + item.offset, item.turn};
}

// ---------------------------------------------------------------- on and off the air

void Programme::setOptions(const ProgrammeOptions &options)
{
    m_options = options;
    m_stage.setRules(liveRules());
    if (m_readAhead.isHolding())
        m_readAhead.holdAnew(afterLive());
}

void Programme::start(qint64 nowNs)
{
    m_running = true;
    m_startedNs = nowNs;
    m_hungrySinceNs = 0;
    m_timeline.cut(m_mount.ring().endTime() + 1);
    const TimelineItem *before = heardItem();
    m_headSerial = before ? before->serial : 0; // those of an earlier broadcast are told
    // Primed: whoever tunes in first gets a full burst like everybody later.
    m_refill = primeTime;
    const ResumePoint start = std::exchange(m_start, {});
    const PlaylistEntry *entry = m_readAhead.playlist().entry(start.entryId);
    if (entry && start.turn > 0) {
        // It has had its turn, and so has nothing behind it.
        TrackInfo track = entry->track;
        track.entryId = entry->id;
        takeTrack(track, start.offset, start.turn);
        m_readAhead.continueWith(*entry, start);
    } else {
        if (entry)
            m_readAhead.playlist().jumpTo(start.entryId);
        m_readAhead.restart(entry ? start.offset : 0);
    }
    m_mount.followClock(nowNs);
    order();
}

void Programme::stop()
{
    // The next start goes on with the track that was heard, or would have been next; what was read ahead of
    // it, and what was asked for, comes after it as it would have.
    const Flicks head = m_mount.ring().headTime();
    const TimelineItem *item = heardItem();
    if (m_running && m_readAhead.isHolding()) {
        m_start = afterLive().value_or(ResumePoint());
        m_readAhead.giveBack();
    } else if (m_running) {
        if (!item || item->kind != ProgrammeKind::Playlist)
            item = nextTrack();
        if (item) {
            m_start = placeIn(*item, head);
            m_readAhead.playlist().rewind(item->turn);
        } else {
            m_readAhead.giveBackOpening();
        }
    }
    m_running = false;
    dropSource(Core::tr("the station went off the air"));
    m_readAhead.want(0, 0);
    m_readAhead.restart();
}

// ---------------------------------------------------------------- playlist

// The mount says how much it wants; the read-ahead delivers.
void Programme::order()
{
    if (!m_running || m_stage.live())
        return;
    const RingBuffer &ring = m_mount.ring();
    const bool isSilence = m_timeline.endsInSilence(); // which gives way to anything
    m_readAhead.want(m_mount.wantedBytes() + (isSilence ? ring.available() : 0),
                     isSilence ? 0 : ring.endTime() - ring.headTime());
}

void Programme::takeTrack(const TrackInfo &track, Flicks offset, quint64 turn)
{
    // Silence that was read ahead gives way to music.
    if (m_timeline.endsInSilence()) {
        m_mount.advance(m_clock());
        cut(m_rendition.positionOf(m_timeline.items().back().from)); // what is before it is heard to its end
    }
    m_read = {ProgrammeKind::Playlist, track, {}, offset, turn};
    begin(m_read);
}

void Programme::takeFrames(const FrameBatch &batch)
{
    const qint64 nowNs = m_clock();
    // The reader was late within a track: what is left of the silence gives way to it.
    if (m_timeline.endsInSilence() && m_read.track.entryId == m_readAhead.currentEntry())
        takeTrack(m_read.track, m_read.offset, m_read.turn);
    m_read.offset += batch.duration();
    m_rendition.append(batch, nowNs);
    if (m_refill > 0)
        m_mount.followClock(nowNs, std::exchange(m_refill, 0));
    else
        m_mount.reschedule(nowNs);
}

// Runs at the start of each round: the ring must reach beyond the next one.
void Programme::supply(qint64 nowNs)
{
    if (LiveShow *live = m_stage.live()) {
        live->readNow();
        return;
    }
    order();
    fillWithSilence(nowNs);
}

void Programme::fillWithSilence(qint64 nowNs)
{
    const Flicks end = m_mount.ring().endTime();
    if (end >= m_mount.dueTime(nowNs) + silenceAhead) {
        m_hungrySinceNs = 0;
        return;
    }
    const bool isComing = m_readAhead.isReading();
    if (isComing || nowNs - m_startedNs < readerGraceNs) { // the list may be on its way as well
        // Music is coming: it gets a moment, and what is still ahead plays out first.
        if (m_hungrySinceNs == 0)
            m_hungrySinceNs = nowNs;
        if (end > m_mount.dueTime(nowNs) || nowNs - m_hungrySinceNs < readerGraceNs)
            return;
    }
    if (!m_timeline.endsInSilence()) {
        if (isComing && m_mount.ring().end() > 0)
            emit ranDry();
        begin({});
    }
    // Players are refilled with music; with silence only when nothing else is to come.
    if (!isComing && m_refill > 0)
        m_mount.followClock(nowNs, std::exchange(m_refill, 0));
    m_rendition.appendSilence(m_mount.dueTime(nowNs) + silenceAhead - end, nowNs);
}

// What was read ahead from `position` on goes; the reader goes on from exactly there.
bool Programme::readAgainFrom(quint64 position)
{
    const RingBuffer &ring = m_mount.ring();
    const Flicks time = ring.timeAt(position);
    const TimelineItem *item = position == ring.head() ? heardItem() : m_timeline.at(time - 1);
    const PlaylistEntry *entry = item ? m_readAhead.playlist().entry(item->track.entryId) : nullptr;
    if (!entry)
        return false;
    const ResumePoint point = placeIn(*item, time);
    m_readAhead.playlist().rewind(point.turn);
    m_read = *item;
    m_read.offset = point.offset;
    cut(position);
    m_readAhead.continueWith(*entry, point);
    return true;
}

void Programme::setPlayout(const PlayoutOptions &options, qint64 nowNs)
{
    if (options == m_readAhead.playout())
        return;
    m_readAhead.setPlayout(options);
    m_rendition.setStationFormat(options.format, m_running);
    m_stage.setRules(liveRules());
    if (!m_running)
        return;
    if (m_readAhead.isHolding()) {
        m_readAhead.holdInstead(afterLive());
        return;
    }
    m_mount.advance(nowNs);
    const RingBuffer &ring = m_mount.ring();
    if (!readAgainFrom(ring.positionAtTime(ring.headTime() + encoderStart))) {
        cut(cutPosition());
        m_readAhead.restart();
    }
    order();
    m_mount.reschedule(nowNs);
}

// A smaller ring would be full of what was read ahead for the larger one: the far end goes, and is read again
// from exactly there when its turn comes. No frame is lost.
void Programme::capacityChanged(qint64 nowNs)
{
    if (!m_running || m_stage.live())
        return;
    const RingBuffer &ring = m_mount.ring();
    const qint64 target = m_mount.wantedBytes() + ring.available();
    const quint64 cutAt = ring.frameAtOrBefore(ring.head() + static_cast<quint64>(target));
    // With a piece in hand it is not worth it.
    if (!m_timeline.endsInSilence() && ring.available() > target + 2 * PlaylistFeeder::pieceBytes &&
        cutAt > ring.head()) {
        readAgainFrom(cutAt);
    }
    m_mount.advance(nowNs);
    order();
}

void Programme::cutToNewTrack(qint64 nowNs, Flicks offset)
{
    m_mount.advance(nowNs);
    cut(cutPosition());
    m_readAhead.restart(offset);
    order();
    m_mount.reschedule(nowNs);
}

void Programme::skip(qint64 nowNs)
{
    if (!m_running || m_stage.live())
        return;
    m_mount.advance(nowNs);
    const TimelineItem *item = heardItem();
    if (item && item->kind == ProgrammeKind::Playlist)
        m_readAhead.playlist().rewind(item->turn);
    cutToNewTrack(nowNs, 0);
}

void Programme::playFrom(quint64 entryId, qint64 positionMs, qint64 nowNs)
{
    const Flicks offset = flicksFromNs(positionMs * nsPerMs);
    Playlist &playlist = m_readAhead.playlist();
    playlist.setProblem(entryId, {});
    if (!m_running) {
        m_start = {entryId, offset, 0};
    } else if (m_stage.live()) { // after the show: this one
        m_interrupted = {};
        m_readAhead.giveBack();
        playlist.jumpTo(entryId);
        m_readAhead.hold({});
    } else {
        playlist.jumpTo(entryId);
        cutToNewTrack(nowNs, offset);
    }
}

// ---------------------------------------------------------------- what comes next

// The list has changed: does what was read ahead still agree with it? From the first track that does not,
// the read-ahead is cut and read anew.
void Programme::agree(qint64 nowNs, const QList<quint64> &asked)
{
    Playlist &playlist = m_readAhead.playlist();
    if (m_running && m_readAhead.isHolding()) {
        m_readAhead.holdAnew(afterLive(), asked);
        return;
    }
    if (!m_running) {
        playlist.playNext(asked);
        return;
    }
    m_mount.advance(nowNs);
    const RingBuffer &ring = m_mount.ring();
    const TimelineItem *item = heardItem();
    if (!item || item->kind != ProgrammeKind::Playlist) {
        playlist.playNext(asked);
        if (item && ring.available() > 0 && !m_timeline.endsInSilence())
            cutToNewTrack(nowNs, 0);
        else
            order();
        return;
    }
    const TimelineItem heardNow = *item;
    const std::optional<Flicks> from = m_readAhead.reconcile(m_timeline, heardNow, asked);
    if (from && *from <= heardNow.from) { // the track on the air was removed: its successor starts
        cutToNewTrack(nowNs, 0);
        return;
    }
    if (from) {
        cut(m_rendition.positionOf(*from));
        m_readAhead.restart();
        m_mount.reschedule(nowNs);
    }
    order();
}

void Programme::setEntries(const EntryList &entries, qint64 nowNs, const BagState *bag)
{
    m_readAhead.playlist().setEntries(entries);
    if (bag)
        m_readAhead.playlist().restoreBag(*bag);
    agree(nowNs);
}

void Programme::setOrder(bool shuffle, bool repeat, qint64 nowNs)
{
    m_readAhead.playlist().setShuffle(shuffle);
    m_readAhead.playlist().setRepeat(repeat);
    agree(nowNs);
}

void Programme::updateEntries(const QList<PlaylistEntry> &fresh, qint64 nowNs)
{
    if (m_readAhead.playlist().updateEntries(fresh))
        agree(nowNs);
}

void Programme::setJingles(const QList<PlaylistEntry> &jingles, qint64 nowNs)
{
    m_readAhead.playlist().setJingles(jingles);
    agree(nowNs);
}

void Programme::setJingleRule(const JingleRule &rule, qint64 nowNs)
{
    m_readAhead.playlist().setJingleRule(rule);
    agree(nowNs);
}

BagState Programme::bag() const
{
    const Playlist &playlist = m_readAhead.playlist();
    if (m_readAhead.isHolding())
        return playlist.bagAt(m_readAhead.holdTurn());
    const TimelineItem *item = heardItem();
    return playlist.bagAt(item && item->kind == ProgrammeKind::Playlist ? item->turn : playlist.turn());
}

// ---------------------------------------------------------------- live

LiveRules Programme::liveRules() const
{
    LiveRules rules;
    rules.cushion = m_options.liveCushion;
    rules.converts = m_options.convertsLive;
    rules.own = m_rendition.stationFormat();
    rules.target = {m_readAhead.playout().codecProgram, m_readAhead.playout().encodingOptions()};
    rules.target.options.crossfadeSeconds = 0.0; // nothing is held back
    rules.target.options.trimsSilence = false;
    rules.titleOfNobody = m_options.stationName.isEmpty() ? u"Live"_s : m_options.stationName;
    return rules;
}

void Programme::takePieces()
{
    const qint64 nowNs = m_clock();
    appendLive(nowNs);
    m_mount.reschedule(nowNs);
    if (m_mount.isGathering())
        m_stage.live()->rest(nowNs);
}

void Programme::appendLive(qint64 nowNs)
{
    LiveShow &live = *m_stage.live();
    while (const auto piece = live.take()) {
        if (piece->title)
            begin({ProgrammeKind::Live, live.title()});
        emit livePassed(
            {piece->isConverted ? m_rendition.stationFormat().streamFormat() : piece->format, piece->batch});
        if (piece->isConverted)
            m_rendition.append(piece->batch, nowNs);
        else
            m_rendition.appendPassed(piece->batch, piece->format, nowNs);
    }
}

void Programme::setLiveTitle(const TitleUpdate &update)
{
    if (m_stage.setTitle(update))
        begin({ProgrammeKind::Live, m_stage.live()->title(), m_stage.live()->url()});
}

// A show that ends is heard to its end, in real time.
bool Programme::mayFollowNow(qint64 nowNs)
{
    const LiveShow *live = m_stage.live();
    if (live && live->isConnected())
        return true;
    if (live && !live->hasEnded())
        return false;
    const RingBuffer &ring = m_mount.ring();
    const Flicks rest = m_showEnd > ring.head() ? ring.timeAt(m_showEnd) - m_mount.dueTime(nowNs) : 0;
    if (rest <= closeEnough)
        return true;
    m_candidateDue.startAt(nowNs + nsFromFlicks(rest - closeEnough));
    return false;
}

void Programme::lookWhoIsNext(qint64 nowNs)
{
    do {
        if (m_stage.live() && m_stage.live()->hasEnded())
            m_showEnd = m_mount.ring().end();
    } while (goLive(nowNs));
    if (!m_stage.waiting())
        m_candidateDue.stop();
    // Who waits for the end of a show follows without a word of the playlist in between.
    if (m_stage.live() && m_stage.live()->hasEnded() && !m_stage.isFollowed())
        returnToPlaylist(nowNs);
}

// What is on goes on after the show where it is now. After a show that has only just ended it is what would
// have come next.
void Programme::rememberInterrupted()
{
    const TimelineItem *item = heardItem();
    m_wasDue = !item || item->kind != ProgrammeKind::Playlist;
    if (m_wasDue)
        item = nextTrack();
    m_interrupted = item ? placeIn(*item, m_mount.ring().headTime()) : ResumePoint();
    if (item)
        m_readAhead.playlist().rewind(item->turn);
}

std::optional<ResumePoint> Programme::afterLive() const
{
    const bool goesOn = m_interrupted.entryId != 0 && (m_options.resumesAfterLive || m_wasDue);
    return goesOn ? std::optional(m_interrupted) : std::nullopt;
}

// Whoever waits is heard from now on, if that is to be.
bool Programme::goLive(qint64 nowNs)
{
    LiveShow *next = m_stage.waiting();
    const Flicks firstFrame = next ? next->firstPlayable() : 0;
    if (firstFrame == 0 || !mayFollowNow(nowNs))
        return false;
    if (next->clock().dueTime(nowNs) < firstFrame) {
        const qint64 whenNs = next->clock().nextDueNs(nowNs, firstFrame - 1);
        if (whenNs >= 0)
            m_candidateDue.startAt(whenNs);
        return false;
    }
    m_candidateDue.stop();
    m_mount.advance(nowNs);
    if (!m_stage.live())
        rememberInterrupted();
    std::unique_ptr<LiveShow> previous = m_stage.promote();
    cut(cutPosition());
    if (!previous)
        m_readAhead.hold(afterLive());
    m_mount.followLive(&next->clock(), m_mount.ring().endTime());
    begin({ProgrammeKind::Live, next->title(), next->url()});
    appendLive(nowNs);
    if (previous) {
        const bool wasOn = previous->isConnected();
        emit liveEnded(previous->description(),
                       wasOn ? Core::tr("another source took over") : previous->endReason());
        if (wasOn)
            previous->drop(Core::tr("another source took over"));
        LiveStage::letGo(std::move(previous));
    }
    emit liveStarted(next->description());
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
    m_refill = qBound<Flicks>(0, silentFor, primeTime);
    m_hungrySinceNs = 0;
    m_interrupted = {};
    m_mount.followClock(nowNs);
    if (m_running) {
        m_readAhead.release();
        order();
    }
    emit liveEnded(ended->description(), ended->endReason());
    LiveStage::letGo(std::move(ended));
}

// ---------------------------------------------------------------- what is heard

void Programme::noteHead()
{
    const TimelineItem *item = heardItem();
    const quint64 serial = item ? item->serial : 0;
    if (serial == m_headSerial)
        return;
    const quint64 before = std::exchange(m_headSerial, serial);
    // What began and ended within one round was heard too.
    const std::deque<TimelineItem> items = m_timeline.items();
    m_timeline.forgetBefore(m_mount.ring().headTime());
    for (const TimelineItem &passed : items) {
        if (passed.serial > before && passed.serial < serial)
            emit headChanged(passed.track, passed.kind);
    }
    emit headChanged(current(), heard());
}

ProgrammeKind Programme::heard() const
{
    const TimelineItem *item = heardItem();
    return item ? item->kind : ProgrammeKind::Silence;
}

TrackInfo Programme::current() const
{
    const TimelineItem *item = heardItem();
    return item ? item->track : TrackInfo();
}

qint64 Programme::positionMs() const
{
    const TimelineItem *item = heardItem();
    if (!item)
        return 0;
    return nsFromFlicks(m_mount.ring().headTime() - item->from + item->offset) / nsPerMs;
}

TrackInfo Programme::next() const
{
    // During a show: what comes after it.
    if (!m_stage.live()) {
        const Flicks head = m_mount.ring().headTime();
        for (const TimelineItem &item : m_timeline.items()) {
            if (item.from > head)
                return item.track;
        }
    }
    if (const TrackInfo coming = m_readAhead.coming(); !coming.title.isEmpty())
        return coming;
    const auto entry = m_readAhead.playlist().peek();
    return entry ? entry->track : TrackInfo();
}

} // namespace cycast
