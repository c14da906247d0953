// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audition/auditionjudge.h"

#include <algorithm>

namespace cycast
{

namespace
{

/// Letters and digits only: titles pass through escapings that change the rest.
QString bare(const QString &text)
{
    QString result;
    for (const QChar c : text) {
        if (c.isLetterOrNumber())
            result.append(c.toCaseFolded());
    }
    return result;
}

} // namespace

bool isTitleOf(const QString &streamTitle, const TrackInfo &track)
{
    const QString heard = bare(streamTitle);
    const QString wanted = bare(track.title);
    // A very long title is cut in the stream; one without letters cannot be compared.
    return wanted.isEmpty() || heard.contains(wanted) ||
           (heard.size() > 100 && bare(track.artist + track.title).startsWith(heard));
}

void AuditionJudge::begin(qint64 nowMs)
{
    const Rules rules = m_rules;
    *this = {};
    m_rules = rules;
    m_isOn = true;
    m_begunMs = nowMs;
}

void AuditionJudge::end()
{
    m_isOn = false;
}

void AuditionJudge::connected(qint64 nowMs)
{
    m_isConnected = true;
    m_connectedMs = nowMs;
    m_heardTitle.clear();
    m_wrongSinceMs = -1;
}

void AuditionJudge::disconnected()
{
    m_isConnected = false;
}

void AuditionJudge::heard(qint64 nowMs, double loudestDb)
{
    m_audioMs = nowMs;
    m_levelDb = loudestDb;
    if (loudestDb < silenceDb)
        return;
    m_loudMs = nowMs;
    m_everLoud = true;
    m_skipAskedMs = -1;
}

void AuditionJudge::titleHeard(qint64 nowMs, const QString &title)
{
    Q_UNUSED(nowMs)
    m_heardTitle = title;
}

void AuditionJudge::expect(qint64 nowMs, ProgrammeKind kind, const TrackInfo &track)
{
    m_kind = kind;
    const bool isWrong =
        kind == ProgrammeKind::Playlist && !m_heardTitle.isEmpty() && !isTitleOf(m_heardTitle, track);
    // Each track has its own time to be announced.
    if (!isWrong || track.title != m_expectedTitle)
        m_wrongSinceMs = -1;
    if (isWrong && m_wrongSinceMs < 0)
        m_wrongSinceMs = nowMs;
    m_expectedTitle = track.title;
}

Audition::Verdict AuditionJudge::verdict(qint64 nowMs) const
{
    using Heard = Audition::Verdict;
    if (!m_isOn)
        return Heard::Off;
    if (!m_isConnected)
        return nowMs - m_begunMs < connectMs ? Heard::Checking : Heard::NotConnected;
    const bool isNew = nowMs - m_connectedMs < nothingMs;
    if (m_audioMs < m_connectedMs || nowMs - m_audioMs > nothingMs)
        return isNew ? Heard::Checking : Heard::NothingComes;
    if (m_loudMs < 0 || nowMs - m_loudMs > silentMs)
        return isNew ? Heard::Checking : Heard::Silent;
    if (m_wrongSinceMs >= 0 && nowMs - m_wrongSinceMs > wrongTitleMs)
        return Heard::WrongTitle;
    return Heard::Hears;
}

Audition AuditionJudge::state(qint64 nowMs) const
{
    Audition result;
    result.verdict = verdict(nowMs);
    result.levelDb = m_levelDb;
    const bool isQuiet = result.verdict == Audition::Verdict::Silent ||
                         result.verdict == Audition::Verdict::NothingComes ||
                         result.verdict == Audition::Verdict::NotConnected;
    if (!isQuiet)
        return result;
    const qint64 quietMs = nowMs - std::max(m_begunMs, m_loudMs);
    result.quietSeconds = static_cast<int>(quietMs / 1000);
    // A station that waits for its first music or its first DJ is silent on purpose.
    const bool matters = m_everLoud || m_kind != ProgrammeKind::Silence;
    result.alarm = m_rules.alarmMs > 0 && matters && quietMs >= m_rules.alarmMs;
    return result;
}

bool AuditionJudge::takeSkipWish(qint64 nowMs)
{
    if (!m_rules.skips || m_kind != ProgrammeKind::Playlist || !state(nowMs).alarm)
        return false;
    if (m_skipAskedMs >= 0 && nowMs - m_skipAskedMs < m_rules.alarmMs)
        return false;
    m_skipAskedMs = nowMs;
    return true;
}

} // namespace cycast
