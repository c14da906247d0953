// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/airlamp.h"

#include "ui/look/humanize.h"

#include <QPainter>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

LampWords lampWords(const Audition &audition)
{
    const Tone bad = audition.alarm ? Tone::Critical : Tone::Warning;
    const QString howLong = humanize::duration(qint64{audition.quietSeconds} * 1000);
    switch (audition.verdict) {
    case Audition::Verdict::Off:
        break;
    case Audition::Verdict::Checking:
        return {Tone::Warning, AirLamp::tr("checking\u2026"),
                AirLamp::tr("On the air. The built-in listener waits for the first sound.")};
    case Audition::Verdict::Hears:
        return {
            Tone::Good, AirLamp::tr("\u25cf heard"),
            AirLamp::tr("The built-in listener hears the programme, through the same port as everybody.")};
    case Audition::Verdict::Silent:
        return {bad, AirLamp::tr("\u25b2 silence: %1").arg(howLong),
                AirLamp::tr("Listeners hear silence. The file may be mute, or the live program's input.")};
    case Audition::Verdict::NothingComes:
        return {
            bad, AirLamp::tr("\u25b2 no audio: %1").arg(howLong),
            AirLamp::tr("Listeners are connected, but no audio comes. Is the live program still sending?")};
    case Audition::Verdict::NotConnected:
        return {bad, AirLamp::tr("\u25b2 not reachable"),
                AirLamp::tr("The station does not answer on its own port: nobody can listen.")};
    case Audition::Verdict::WrongTitle:
        return {Tone::Warning, AirLamp::tr("\u25b2 wrong title"),
                AirLamp::tr("Sound comes, but players are told another title than the one that plays.")};
    }
    return {};
}

AirLamp::AirLamp(QWidget *parent)
    : QLabel(parent)
{
    setObjectName(u"airLamp"_s);
    setTextFormat(Qt::PlainText);
    setAlignment(Qt::AlignCenter);
    // Its place is kept: the bar does not jump when it comes and goes.
    QSizePolicy policy = sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    setSizePolicy(policy);
    hide();
}

void AirLamp::show(const Audition &audition)
{
    m_audition = audition;
    const LampWords words = lampWords(audition);
    setText(words.word);
    setToolTip(words.sentence.isEmpty() ? QString() : u"<p>%1</p>"_s.arg(words.sentence.toHtmlEscaped()));
    setAccessibleName(tr("Lamp: %1").arg(words.word));
    setAccessibleDescription(words.sentence);
    theme::setTone(this, words.tone);
    setVisible(!words.word.isEmpty());
}

QIcon greenLamp()
{
    constexpr int size = 48;
    QPixmap picture(size, size);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Qt::white, 5.0));
    painter.setBrush(QColor(0x2b, 0xd1, 0x6a));
    painter.drawEllipse(QRectF(8, 8, size - 16, size - 16));
    return QIcon(picture);
}

} // namespace cycast
