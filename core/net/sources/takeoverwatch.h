// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace cycast
{

/// Notices when encoders throw each other out again and again. A takeover is meant to be: the next show
/// begins. Four within half a minute, each of a source that was still sending, are a fight: from then on the
/// one that is on stays, until nobody else has knocked for a while. Time in milliseconds of any clock that
/// never goes back; pure.
class TakeoverWatch
{
public:
    static constexpr int fightTakeovers = 4;
    static constexpr qint64 windowMs = 30'000;
    static constexpr qint64 calmMs = 20'000; ///< without a further try

    /// `newcomer` wants the place of `holder`, which is still sending. True: it may have it. False: they
    /// fight, and the holder stays.
    bool mayTakeOver(const QString &newcomer, const QString &holder, qint64 nowMs);
    bool isFight(qint64 nowMs) const { return m_fightUntilMs > nowMs; }
    /// Of the running or last fight: "192.0.2.1, butt 0.1.37 and 192.0.2.9, Mixxx".
    QString parties() const { return m_parties; }

private:
    QList<qint64> m_takeoverMs;
    qint64 m_fightUntilMs = -1;
    QString m_parties;
};

} // namespace cycast
