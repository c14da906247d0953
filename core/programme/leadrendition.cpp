// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/leadrendition.h"

#include <algorithm>

namespace cycast
{

LeadRendition::LeadRendition(Mount &mount, QObject *parent)
    : QObject(parent)
    , m_mount(mount)
    , m_rendition(mount)
{
}

void LeadRendition::begin(TimelineItem item)
{
    const TimelineItem &begun = m_timeline.begin(std::move(item), ring().endTime());
    m_mount.addMark(begun.track, begun.offset, begun.url);
    emit itemBegun(begun.from);
}

void LeadRendition::cut(quint64 position)
{
    const bool isAtEnd = position >= ring().end();
    m_mount.cutReadAhead(position);
    const Flicks from = ring().endTime();
    m_timeline.cut(from + (isAtEnd ? 1 : 0));
    emit timelineCut(from);
}

void LeadRendition::cutAhead()
{
    cut(qBound(ring().head(), m_showEnd, ring().end()));
}

void LeadRendition::cutSilence(qint64 nowNs)
{
    if (!m_timeline.endsInSilence())
        return;
    m_mount.advance(nowNs);
    cut(m_rendition.positionOf(m_timeline.items().back().from));
}

Flicks LeadRendition::restOfShow(qint64 nowNs) const
{
    return m_showEnd > ring().head() ? ring().timeAt(m_showEnd) - m_mount.dueTime(nowNs) : 0;
}

void LeadRendition::followClock(qint64 nowNs, Flicks owed)
{
    m_owed = owed;
    m_mount.followClock(nowNs);
}

void LeadRendition::followShow(LiveShow &show)
{
    m_mount.followLive(&show.clock(), ring().endTime());
    begin({ProgrammeKind::Live, show.title(), show.url()});
}

void LeadRendition::payOwed(qint64 nowNs)
{
    if (m_owed > 0)
        m_mount.followClock(nowNs, std::exchange(m_owed, 0));
}

void LeadRendition::append(const FrameBatch &batch, qint64 nowNs)
{
    m_rendition.append(batch, nowNs);
    if (m_owed > 0)
        payOwed(nowNs);
    else
        m_mount.reschedule(nowNs);
}

void LeadRendition::append(const LivePiece &piece, qint64 nowNs)
{
    if (piece.isConverted)
        m_rendition.append(piece.batch, nowNs);
    else
        m_rendition.appendPassed(piece.batch, piece.format, nowNs);
}

void LeadRendition::appendSilence(Flicks until, qint64 nowNs)
{
    m_rendition.appendSilence(until - ring().endTime(), nowNs);
}

const TimelineItem *LeadRendition::nextTrack() const
{
    const Flicks head = ring().headTime();
    const auto &items = m_timeline.items();
    const auto found = std::find_if(items.begin(), items.end(), [head](const TimelineItem &item) {
        return item.from >= head && item.kind == ProgrammeKind::Playlist;
    });
    return found == items.end() ? nullptr : &*found;
}

qint64 LeadRendition::positionMs() const
{
    const TimelineItem *item = heard();
    return item ? nsFromFlicks(ring().headTime() - item->from + item->offset) / nsPerMs : 0;
}

} // namespace cycast
