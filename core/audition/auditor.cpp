// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audition/auditor.h"

#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/values/stationstatus.h"

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr int lookMs = 250;

} // namespace

Sentence sentenceOf(const Audition &audition)
{
    switch (audition.verdict) {
    case Audition::Verdict::Off:
        return Core::tr("Off the air.");
    case Audition::Verdict::Checking:
        return Core::tr("Waiting for the first sound.");
    case Audition::Verdict::Hears:
        return Core::tr("The built-in listener hears the programme.");
    case Audition::Verdict::Silent:
        return Core::tr("Listeners hear silence: the sound has been mute for %1 s.")
            .arg(audition.quietSeconds);
    case Audition::Verdict::NothingComes:
        return Core::tr("Listeners hear nothing: no audio has come for %1 s.").arg(audition.quietSeconds);
    case Audition::Verdict::NotConnected:
        return Core::tr("Nobody can listen: the station does not answer on its own port.");
    case Audition::Verdict::WrongTitle:
        return Core::tr("The titles that players get are not those of what plays.");
    }
    return {};
}

Auditor::Auditor(QByteArray token, QObject *parent)
    : QObject(parent)
    , m_token(std::move(token))
{
    m_timer.setInterval(lookMs);
    connect(&m_timer, &QTimer::timeout, this, &Auditor::look);
    connect(&m_ear, &Ear::connected, this, [this] {
        m_why.clear();
        m_judge.connected(monotonicMs());
    });
    connect(&m_ear, &Ear::disconnected, this, [this](const QString &why) {
        if (why != m_why)
            qCDebug(lcStation).noquote() << u"The built-in listener stopped: %1."_s.arg(why);
        m_why = why;
        m_judge.disconnected();
    });
    connect(&m_ear, &Ear::soundHeard, this,
            [this](double loudestDb) { m_judge.heard(monotonicMs(), loudestDb); });
    connect(&m_ear, &Ear::titleHeard, this,
            [this](const QString &title) { m_judge.titleHeard(monotonicMs(), title); });
}

void Auditor::take(const StationStatus &status)
{
    const bool isOn = status.state == AirState::OnAir;
    const QString url = isOn ? status.addresses.localUrl : QString();
    if (url != m_url) {
        const bool wasOn = !m_url.isEmpty();
        m_url = url;
        m_judge.disconnected();
        if (url.isEmpty()) {
            m_ear.stop();
            m_judge.end();
            m_timer.stop();
        } else {
            // A moved port is no new broadcast: what was heard so far still counts.
            if (!wasOn)
                m_judge.begin(monotonicMs());
            m_ear.listen(url, m_token);
            m_timer.start();
        }
        look();
    }
    m_judge.expect(monotonicMs(), status.heard, status.current);
}

void Auditor::look()
{
    const qint64 now = monotonicMs();
    Audition audition = m_judge.state(now);
    const bool rises = audition.alarm && !m_audition.alarm;
    const bool ends = !audition.alarm && m_audition.alarm;
    // The level moves all the time; nobody has to be told of that alone.
    audition.levelDb = std::round(audition.levelDb);
    Audition comparable = m_audition;
    comparable.levelDb = audition.levelDb;
    const bool isNews = comparable != audition;
    m_audition = audition;
    if (isNews)
        emit changed(m_audition);
    if (rises) {
        qCWarning(lcStation).noquote() << sentenceOf(m_audition);
        emit alarmRaised(sentenceOf(m_audition));
    } else if (ends && audition.verdict == Audition::Verdict::Hears) {
        qCInfo(lcStation).noquote() << sentenceOf(m_audition);
    }
    if (m_judge.takeSkipWish(now))
        emit skipWished();
}

} // namespace cycast
