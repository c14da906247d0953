// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/oggchain.h"

#include "core/audio/ogg/oggframer.h"

#include <QtEndian>

#include <map>

#include <cerrno>

#include <unistd.h>

namespace cycast
{

namespace
{

constexpr qint64 stepBytes = 256 * 1024;
/// Smaller files are read as a whole.
constexpr qint64 smallBytes = 1024 * 1024;
/// Of one stream: a page later in the file has a higher number. A link that is shorter than twice the
/// distance between two places, and of the same stream number as its neighbours, is not found.
constexpr int placesLookedAt = 8;
constexpr qint64 usualPageBytes = 20 * 1024;
/// In which the last page of the sound is looked for.
constexpr qint64 mostAtTheEnd = 4LL * 1024 * 1024;

QByteArray bytesAt(int descriptor, qint64 offset, qint64 count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    qint64 got = 0;
    while (got < count) {
        const ssize_t more =
            ::pread(descriptor, bytes.data() + got, static_cast<size_t>(count - got), offset + got);
        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            break;
        got += more;
    }
    bytes.truncate(got);
    return bytes;
}

struct PageMark {
    qint64 at = 0; ///< in the file
    quint32 serial = 0;
    quint32 sequence = 0;
};

/// Whole pages only. `take(const OggPage &, qsizetype at)` says whether to go on.
template<class Take>
void forEachPage(QByteArrayView bytes, Take &&take)
{
    for (qsizetype at = bytes.indexOf("OggS"); at >= 0; at = bytes.indexOf("OggS", at)) {
        const OggProbe probe = probeOggPage(bytes.sliced(at));
        const bool isPage = probe.kind == OggProbe::Kind::Page;
        if (isPage && !take(probe.page, at))
            return;
        at += isPage ? probe.page.bytes.size() : 1;
    }
}

/// The more of them, the more are read at a time: a file can be a chain of many short links.
template<class Take>
void forEachPageFrom(int descriptor, qint64 begin, qint64 end, Take &&take)
{
    qint64 step = usualPageBytes;
    for (bool goesOn = true; goesOn && begin < end; step = qMin(2 * step, stepBytes)) {
        const QByteArray bytes = bytesAt(descriptor, begin, qMin(step, end - begin));
        qsizetype read = 0;
        forEachPage(bytes, [&](const OggPage &page, qsizetype at) {
            read = at + page.bytes.size();
            goesOn = take(page, begin + at);
            return goesOn;
        });
        if (bytes.size() < step)
            return;                                    // that was all
        const bool isLongest = step > maxOggPageBytes; // then there is none, or it is not whole yet
        begin += read > 0 ? read : isLongest ? step - maxOggPageBytes : 0;
    }
}

/// How the first sound of a link counts its time.
struct LinkClock {
    quint32 serial = 0;
    int rate = 0;     ///< granules per second
    qint64 begin = 0; ///< granule at which its sound begins
};

QByteArrayView firstPacketOf(const OggPage &page)
{
    QByteArrayView packet;
    page.forEachPacket([&packet](QByteArrayView part, bool, bool) {
        if (packet.isNull())
            packet = part;
    });
    return packet;
}

/// Of what the framer does not know.
int speexRate(QByteArrayView header)
{
    constexpr qsizetype rateAt = 36;
    return header.startsWith("Speex   ") && header.size() >= rateAt + 4
               ? qFromLittleEndian<qint32>(header.data() + rateAt)
               : 0;
}

std::optional<LinkClock> clockOf(int descriptor, qint64 begin, qint64 end)
{
    std::optional<LinkClock> clock;
    int preSkip = 0;
    OggFramer framer;
    Flicks before = 0;
    forEachPageFrom(descriptor, begin, end, [&](const OggPage &page, qint64) {
        if (page.beginsStream && !clock) {
            const QByteArrayView packet = firstPacketOf(page);
            const auto codec = parseOggCodec(packet);
            const int rate = codec ? codec->granuleRate : speexRate(packet);
            preSkip = codec ? codec->preSkip : 0;
            if (rate > 0 && rate <= 768'000)
                clock = LinkClock{page.serial, rate, 0};
        }
        FrameBatch batch;
        framer.feed(page.bytes, batch);
        before += batch.duration();
        const bool isPlaced = clock && page.serial == clock->serial && page.granulePosition > 0;
        if (isPlaced && framer.format().sampleRate > 0)
            clock->begin =
                qMax<qint64>(preSkip, page.granulePosition - before / (flicksPerSecond / clock->rate));
        return !isPlaced;
    });
    return clock;
}

std::optional<PageMark> firstPageAfter(int descriptor, qint64 offset)
{
    std::optional<PageMark> mark;
    for (const qint64 count : {usualPageBytes, qint64{2 * maxOggPageBytes}}) {
        forEachPage(bytesAt(descriptor, offset, count), [&](const OggPage &page, qsizetype at) {
            mark = PageMark{offset + at, page.serial, page.sequence};
            return false;
        });
        if (mark)
            break;
    }
    return mark;
}

std::optional<PageMark> lastPage(int descriptor, qint64 size)
{
    std::optional<PageMark> mark;
    const qint64 offset = size - 2 * maxOggPageBytes;
    forEachPage(bytesAt(descriptor, offset, 2 * maxOggPageBytes), [&](const OggPage &page, qsizetype at) {
        mark = PageMark{offset + at, page.serial, page.sequence};
        return true;
    });
    return mark;
}

} // namespace

bool isChainedOgg(int descriptor, qint64 size)
{
    if (bytesAt(descriptor, 0, 4) != "OggS")
        return false;
    if (size <= smallBytes)
        return endOfOggLink(descriptor, 0, size) < size;
    // The streams of the first link, all of which begin before anything goes on; the last page seen of each.
    std::map<quint32, PageMark> streams;
    forEachPage(bytesAt(descriptor, 0, stepBytes), [&streams](const OggPage &page, qsizetype at) {
        if (page.beginsStream)
            streams[page.serial] = {at, page.serial, page.sequence};
        return page.beginsStream;
    });
    const auto last = lastPage(descriptor, size);
    if (last && !streams.contains(last->serial))
        return true;
    for (int i = 1; i <= placesLookedAt; ++i) {
        const auto mark = i == placesLookedAt ? last : firstPageAfter(descriptor, size / placesLookedAt * i);
        if (!mark)
            continue;
        const auto known = streams.find(mark->serial);
        if (known == streams.end())
            return true;
        if (mark->at > known->second.at && mark->sequence <= known->second.sequence)
            return true;
        known->second = *mark;
    }
    return false;
}

qint64 endOfOggLink(int descriptor, qint64 begin, qint64 size)
{
    bool isInBeginnings = true;
    qint64 next = size;
    forEachPageFrom(descriptor, begin, size, [&](const OggPage &page, qint64 at) {
        const bool isNext = page.beginsStream && !isInBeginnings;
        if (isNext)
            next = at;
        isInBeginnings = isInBeginnings && page.beginsStream;
        return !isNext;
    });
    return next;
}

Flicks oggLinkDuration(int descriptor, qint64 begin, qint64 end)
{
    const auto clock = clockOf(descriptor, begin, end);
    if (!clock)
        return 0;
    std::optional<qint64> last;
    for (qint64 window = 2 * maxOggPageBytes; !last; window *= 8) {
        const qint64 from = qMax(begin, end - window);
        forEachPage(bytesAt(descriptor, from, end - from), [&](const OggPage &page, qsizetype) {
            if (page.serial == clock->serial && page.granulePosition >= 0)
                last = page.granulePosition;
            return true;
        });
        if (from == begin || window > mostAtTheEnd)
            break;
    }
    return flicksForSamples(qMax<qint64>(0, last.value_or(0) - clock->begin), clock->rate);
}

qint64 oggLinkBegin(int descriptor, qint64 begin, qint64 end)
{
    const auto clock = clockOf(descriptor, begin, end);
    return clock ? clock->begin : 0;
}

Flicks oggDuration(int descriptor, qint64 size)
{
    Flicks duration = 0;
    for (qint64 begin = 0; begin < size;) {
        const qint64 end = endOfOggLink(descriptor, begin, size);
        duration += oggLinkDuration(descriptor, begin, end);
        begin = end;
    }
    return duration;
}

} // namespace cycast
