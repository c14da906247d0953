// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audition/auditionjudge.h"
#include "core/audition/ear.h"
#include "core/base/sentence.h"
#include "core/values/stationstatus.h"

#include <QObject>
#include <QTimer>

namespace cycast
{

/// The station's own listener: follows the station on and off the air and tells what is really heard. Lives
/// in the thread of StationControl; its ear has one of its own. Knows the station through values only.
class Auditor : public QObject
{
    Q_OBJECT

public:
    /// `token` marks its connection, so that nobody counts it.
    explicit Auditor(QByteArray token, QObject *parent = nullptr);

    void setRules(const AuditionJudge::Rules &rules) { m_judge.setRules(rules); }
    /// Four times a second, as it comes from the station.
    void take(const StationStatus &status);
    const Audition &audition() const { return m_audition; }

signals:
    /// The verdict, the alarm or the seconds of silence changed.
    void changed(const cycast::Audition &audition);
    /// The alarm has risen: a sentence for log and chart.
    void alarmRaised(const cycast::Sentence &sentence);
    /// It is silent and the rules say that the next track may help.
    void skipWished();

private:
    void look();

    QByteArray m_token;
    Ear m_ear;
    AuditionJudge m_judge;
    QTimer m_timer;
    QString m_url;
    QString m_why; ///< the last connection ended
    Audition m_audition;
};

/// What an audition means, a sentence in English for the log. The window has its own words.
Sentence sentenceOf(const Audition &audition);

} // namespace cycast
