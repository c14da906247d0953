// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audition/audition.h"
#include "core/values/playedtrack.h"
#include "core/values/track.h"

namespace cycast
{

/// Decides what the built-in listener's observations mean. Pure: times are milliseconds of a clock that never
/// goes back; nothing runs by itself.
class AuditionJudge
{
public:
    static constexpr double silenceDb = -60.0; ///< RMS below is silence
    static constexpr qint64 nothingMs = 3'000; ///< no audio for so long: nothing comes
    static constexpr qint64 silentMs = 4'000;  ///< mute for so long: silent. Pauses in music are shorter
    static constexpr qint64 connectMs = 3'000; ///< after going on the air
    static constexpr qint64 wrongTitleMs = 15'000;

    struct Rules {
        qint64 alarmMs = 15'000; ///< 0: never
        bool skips = false;      ///< asks for the next track with the alarm
    };
    void setRules(const Rules &rules) { m_rules = rules; }

    void begin(qint64 nowMs);
    void end();
    void connected(qint64 nowMs);
    void disconnected();
    /// Audio came; its loudest tenth of a second.
    void heard(qint64 nowMs, double loudestDb);
    /// A title came in the stream.
    void titleHeard(qint64 nowMs, const QString &title);
    /// What should be heard.
    void expect(qint64 nowMs, ProgrammeKind kind, const TrackInfo &track);

    Audition state(qint64 nowMs) const;
    /// True once when the alarm rises, and again after each further alarmMs while it lasts: time to skip.
    bool takeSkipWish(qint64 nowMs);

private:
    Audition::Verdict verdict(qint64 nowMs) const;

    Rules m_rules;
    bool m_isOn = false;
    bool m_isConnected = false;
    bool m_everLoud = false; ///< in this broadcast: before that there is nothing to miss
    qint64 m_begunMs = 0;
    qint64 m_connectedMs = 0;
    qint64 m_audioMs = -1;
    qint64 m_loudMs = -1;
    qint64 m_wrongSinceMs = -1;
    qint64 m_skipAskedMs = -1;
    double m_levelDb = -120.0;
    ProgrammeKind m_kind = ProgrammeKind::Silence;
    QString m_expectedTitle;
    QString m_heardTitle;
};

/// Whether a title in the stream is that of `track`, whatever became of quotes, spaces and letters on the
/// way.
bool isTitleOf(const QString &streamTitle, const TrackInfo &track);

} // namespace cycast
