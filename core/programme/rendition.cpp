// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/rendition.h"

#include <algorithm>

namespace cycast
{

Rendition::Rendition(Mount &mount)
    : m_mount(mount)
    , m_silence(m_own.kind().silence(m_own.streamFormat()))
    , m_joiner(m_own.kind().joiner(m_own.channels))
    , m_format(m_own.streamFormat())
{
}

void Rendition::setStationFormat(const StationFormat &format, bool isHeard)
{
    if (format.codec != m_own.codec || format.channels != m_own.channels)
        m_joiner = format.kind().joiner(format.channels);
    m_own = format;
    m_silence = format.kind().silence(format.streamFormat());
    if (!isHeard)
        m_format = format.streamFormat();
}

StreamFormat Rendition::format() const
{
    // What was appended last may be of another kind than what is heard.
    const StreamMark *heard = m_mount.ring().streamMarkAt(m_mount.ring().head());
    return heard && !heard->format.isSameKindAs(m_format) ? heard->format : m_format;
}

quint64 Rendition::positionOf(Flicks from) const
{
    // Header pages play for no time: only the mark knows whether they belong to it.
    const std::deque<TitleMark> &marks = m_mount.ring().marks();
    const auto mark = std::find_if(marks.rbegin(), marks.rend(),
                                   [from](const TitleMark &each) { return each.time <= from; });
    return mark != marks.rend() && mark->time == from ? mark->position : m_mount.ring().positionAtTime(from);
}

void Rendition::use(const StreamFormat &format)
{
    m_format = format;
    m_mount.setFormat(format);
}

void Rendition::append(FrameBatch batch, qint64 nowNs)
{
    use(m_own.kind().formatOf(batch, m_own.streamFormat()));
    m_silence->follow(batch, m_format);
    m_joiner->join(batch, m_mount.ring());
    m_mount.append(batch, nowNs);
}

void Rendition::appendPassed(const FrameBatch &batch, const StreamFormat &format, qint64 nowNs)
{
    const StreamKind &kind = m_own.kind();
    const bool isOwnKind = format.isSameKindAs(m_own.streamFormat());
    use(isOwnKind ? kind.formatOf(batch, format) : format);
    if (isOwnKind)
        m_silence->follow(batch, m_format);
    m_mount.append(batch, nowNs);
}

void Rendition::appendSilence(Flicks duration, qint64 nowNs)
{
    use(m_silence->format());
    FrameBatch batch = m_silence->frames(duration);
    m_joiner->join(batch, m_mount.ring());
    m_mount.append(batch, nowNs);
}

} // namespace cycast
