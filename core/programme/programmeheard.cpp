// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Programme that tells what is heard, and what comes next.
#include "core/programme/programme.h"

#include "core/base/monotonic.h"
#include "core/values/stationstatus.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

void Programme::noteHead()
{
    const TitleMark *mark = m_mount.headMark();
    const quint64 serial = mark ? mark->serial : 0;
    if (serial == m_headSerial)
        return;
    const quint64 before = std::exchange(m_headSerial, serial);
    // What began and ended within one round was heard too.
    for (const TitleMark &passed : m_mount.ring().marks()) {
        if (passed.serial > before && passed.serial < serial)
            emit headChanged(passed.track, kindOf(&passed));
    }
    emit headChanged(current(), heard());
}

ProgrammeKind Programme::heard() const
{
    return kindOf(m_mount.headMark());
}

TrackInfo Programme::current() const
{
    const TitleMark *mark = m_mount.headMark();
    return mark ? mark->track : TrackInfo();
}

qint64 Programme::positionMs() const
{
    const TitleMark *mark = m_mount.headMark();
    if (!mark)
        return 0;
    return nsFromFlicks(m_mount.ring().headTime() - mark->time + mark->trackOffset) / nsPerMs;
}

TrackInfo Programme::next()
{
    // During a show: what comes after it.
    if (!m_live) {
        const quint64 head = m_mount.ring().head();
        for (const TitleMark &mark : m_mount.ring().marks()) {
            if (mark.position > head)
                return mark.track;
        }
        if (const PlaylistEntry *opening = m_feeder.openingEntry())
            return opening->track;
    }
    const auto entry = m_feeder.playlist().peekNext();
    return entry ? entry->track : TrackInfo();
}

SourceStatus Programme::sourceStatus(qint64 nowNs)
{
    const LiveShow *show = connectedShow();
    if (!show)
        return {};
    const SourceDescription &who = show->description();
    SourceStatus status;
    status.connected = true;
    status.address = who.address;
    status.program = who.program;
    status.name = who.name;
    status.connectedMs = show->connectedMs(nowNs);
    status.bytesReceived = show->bytesReceived();
    status.lateSeconds = secondsOf(show->clock().lateness(nowNs));
    status.cushionSeconds = secondsOf(show->clock().cushion());
    return status;
}

} // namespace cycast
