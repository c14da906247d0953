// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/announce/yplisting.h"

#include <algorithm>

namespace cycast
{

void YpListing::restore(const Kept &kept, qint64 ageMs)
{
    // Directories drop a station that has been silent for about three of its intervals.
    if (kept.sid.isEmpty() || ageMs < 0 || ageMs > 3'000LL * kept.touchSeconds)
        return;
    m_kept = kept;
    m_kept.touchSeconds = std::max(kept.touchSeconds, leastTouchSeconds);
    m_isRestored = true;
}

void YpListing::setStation(const QString &directory, const std::optional<YpStation> &station, qint64 nowMs)
{
    if (directory == m_directory && station == m_station)
        return;
    const bool isNew = station && (!m_station || directory != m_directory);
    if (directory != m_directory)
        m_failed.reset();
    m_directory = directory;
    m_station = station;
    if (!station) {
        m_state = State::Off;
        m_answer.clear();
        return;
    }
    // A changed name or address is a new entry; a refusal of the old one says nothing about it.
    if (isNew || m_state != State::Listed) {
        m_state = State::Waiting;
        m_nextMs = std::max(nowMs + firstMs, m_failed == station ? m_failedUntilMs : 0);
        m_answer.clear();
    }
}

void YpListing::setMoment(const YpMoment &moment, qint64 nowMs)
{
    const bool isNews = moment.title != m_moment.title && !moment.title.isEmpty();
    m_moment = moment;
    if (isNews && m_state == State::Listed && m_asked == Asked::Nothing && moment.title != m_toldTitle &&
        nowMs - m_touchedMs > titlePauseMs)
        m_nextMs = std::min(m_nextMs, nowMs + titleMs);
}

// What is known there is not wanted there any more, or is not what it says.
bool YpListing::isToBeRemoved() const
{
    if (m_kept.sid.isEmpty())
        return false;
    if (m_isRestored && !m_station)
        return false; // it may be on its way back to the air
    return !m_station || m_kept.directory != m_directory || m_kept.listenUrl != m_station->listenUrl ||
           (m_listed && *m_listed != *m_station);
}

std::optional<YpListing::Request> YpListing::take(qint64 nowMs)
{
    if (m_asked != Asked::Nothing)
        return std::nullopt;
    if (isToBeRemoved()) {
        m_asked = Asked::Remove;
        return Request{m_kept.directory, ypRemove(m_kept.sid)};
    }
    if (!m_station || nowMs < m_nextMs)
        return std::nullopt;
    if (m_kept.sid.isEmpty()) {
        m_asked = Asked::Add;
        m_listed = m_station;
        return Request{m_directory, ypAdd(*m_station)};
    }
    m_asked = Asked::Touch;
    m_toldTitle = m_moment.title;
    m_touchedMs = nowMs;
    if (m_isRestored)
        m_listed = m_station;
    return Request{m_directory, ypTouch(m_kept.sid, *m_station, m_moment)};
}

std::optional<qint64> YpListing::dueMs() const
{
    if (m_asked != Asked::Nothing)
        return std::nullopt;
    if (isToBeRemoved())
        return 0;
    return m_station ? std::optional(m_nextMs) : std::nullopt;
}

void YpListing::answered(const YpAnswer &answer, qint64 nowMs)
{
    const Asked asked = std::exchange(m_asked, Asked::Nothing);
    switch (asked) {
    case Asked::Add:
        takeAdded(answer, nowMs);
        break;
    case Asked::Touch:
        takeTouched(answer, nowMs);
        break;
    case Asked::Remove:
        // Whatever it said: it forgets by itself who is silent.
        m_kept = {};
        m_listed.reset();
        m_isRestored = false;
        if (m_station) {
            m_state = State::Waiting;
            m_nextMs = nowMs + firstMs;
        }
        break;
    case Asked::Nothing:
        break;
    }
}

void YpListing::takeAdded(const YpAnswer &answer, qint64 nowMs)
{
    if (m_station)
        m_answer = answer.message;
    if (answer.kind == YpAnswer::Kind::Accepted && !answer.sid.isEmpty()) {
        m_kept = {
            m_directory, m_listed->listenUrl, answer.sid,
            std::max(answer.touchSeconds > 0 ? answer.touchSeconds : usualTouchSeconds, leastTouchSeconds)};
        m_isRestored = false;
        m_toldTitle.clear();
        if (m_station)
            m_state = State::Listed;
        m_nextMs = nowMs + firstTouchMs;
        return;
    }
    m_listed.reset();
    if (answer.kind == YpAnswer::Kind::None)
        fail(State::Unreachable, nowMs + unreachableMs);
    else
        fail(State::Refused, nowMs + refusedMs);
}

void YpListing::fail(State state, qint64 untilMs)
{
    if (m_station)
        m_state = state;
    m_failed = m_station;
    m_failedUntilMs = m_nextMs = untilMs;
}

void YpListing::takeTouched(const YpAnswer &answer, qint64 nowMs)
{
    if (m_station)
        m_answer = answer.message;
    const bool wasRestored = std::exchange(m_isRestored, false);
    if (answer.kind == YpAnswer::Kind::Accepted) {
        if (answer.touchSeconds > 0)
            m_kept.touchSeconds = std::max(answer.touchSeconds, leastTouchSeconds);
        if (m_station)
            m_state = State::Listed;
        m_nextMs = nowMs + touchMs();
        return;
    }
    // Added anew, then. That it does not know what an earlier run was given is no refusal.
    if (answer.kind == YpAnswer::Kind::None)
        fail(State::Unreachable, nowMs + unreachableMs);
    else if (wasRestored)
        fail(State::Waiting, nowMs + firstMs);
    else
        fail(State::Refused, nowMs + std::max(unreachableMs, touchMs()));
    m_kept = {};
    m_listed.reset();
}

} // namespace cycast
