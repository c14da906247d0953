// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/announce/ypprotocol.h"
#include "core/base/sentence.h"

#include <optional>

namespace cycast
{

/// When a directory is told what: an addition a minute after the station went on the air, a touch as often as
/// it wants one and soon after a new title, a removal when it goes off. After a failure it waits as Icecast
/// does: 20 minutes when nobody answered, two hours after a refused addition, 20 minutes at least after a
/// refused touch. What was accepted is kept over a restart, so that the directory sees no new station each
/// time. Pure: time is an argument (ms of any clock that only goes forward).
class YpListing
{
public:
    static constexpr qint64 firstMs = 60'000;
    static constexpr qint64 firstTouchMs = 5'000;
    static constexpr qint64 titleMs = 3'000;       ///< after a new title
    static constexpr qint64 titlePauseMs = 60'000; ///< not when it was touched so recently
    static constexpr qint64 unreachableMs = 20 * 60'000;
    static constexpr qint64 refusedMs = 2 * 3'600'000;
    static constexpr int leastTouchSeconds = 30;
    static constexpr int usualTouchSeconds = 600;

    enum class State : quint8 { Off, Waiting, Listed, Refused, Unreachable };

    /// What is kept over a restart; worth nothing when `sid` is empty.
    struct Kept {
        QString directory;
        QString listenUrl;
        QByteArray sid;
        int touchSeconds = usualTouchSeconds;
        bool operator==(const Kept &) const = default;
    };
    /// `ageMs`: since it was accepted or touched last. What the directory has forgotten by now is dropped.
    void restore(const Kept &kept, qint64 ageMs);
    /// Empty sid: nothing.
    const Kept &kept() const { return m_kept; }

    /// On the air, and to be listed there; nothing: not (any more).
    void setStation(const QString &directory, const std::optional<YpStation> &station, qint64 nowMs);
    void setMoment(const YpMoment &moment, qint64 nowMs);

    struct Request {
        QString directory;
        QByteArray body;
    };
    /// What is to be said now; the answer comes by answered() before there is another.
    std::optional<Request> take(qint64 nowMs);
    void answered(const YpAnswer &answer, qint64 nowMs);
    /// When take() is worth asking again; nothing: when something changes.
    std::optional<qint64> dueMs() const;

    State state() const { return m_state; }
    const QString &lastAnswer() const { return m_answer; }

private:
    enum class Asked : quint8 { Nothing, Add, Touch, Remove };

    bool isToBeRemoved() const;
    void takeAdded(const YpAnswer &answer, qint64 nowMs);
    void fail(State state, qint64 untilMs);
    void takeTouched(const YpAnswer &answer, qint64 nowMs);
    qint64 touchMs() const { return qint64{m_kept.touchSeconds} * 1'000; }

    State m_state = State::Off;
    Asked m_asked = Asked::Nothing;
    Kept m_kept;               ///< of the directory that knows us
    bool m_isRestored = false; ///< and nobody has confirmed it in this run
    QString m_directory;
    std::optional<YpStation> m_station;
    std::optional<YpStation> m_listed; ///< as it was told
    YpMoment m_moment;
    QString m_toldTitle;
    /// What has failed is not asked again before, not even when the station was off the air in between.
    std::optional<YpStation> m_failed;
    qint64 m_failedUntilMs = 0;
    QString m_answer;
    qint64 m_nextMs = 0;
    qint64 m_touchedMs = 0;
};

} // namespace cycast
