// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/listenbar.h"

#include "ui/look/icons.h"
#include "ui/look/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

ListenBar::ListenBar(QWidget *parent)
    : Card({}, parent)
    , m_sound(this)
    , m_pause(new QPushButton(tr("Pa&use"), this))
    , m_volumeLabel(new QLabel(tr("&Volume"), this))
    , m_volume(new QSlider(Qt::Horizontal, this))
    , m_page(new QPushButton(tr("Open the web &page"), this))
    , m_close(new QPushButton(icon(Glyph::Close), {}, this))
{
    setObjectName(u"listenBar"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    titleLabel()->setObjectName(u"listenState"_s);
    titleLabel()->setTextFormat(Qt::PlainText);
    titleLabel()->setWordWrap(true);
    titleLabel()->setFont(theme::scaled(font(), 1.0));
    header()->setStretchFactor(titleLabel(), 100); // of the space behind it
    m_pause->setObjectName(u"listenPause"_s);
    m_volumeLabel->setBuddy(m_volume);
    theme::setTone(m_volumeLabel, Tone::Neutral);
    m_volume->setObjectName(u"listenVolume"_s);
    m_volume->setAccessibleName(tr("Volume of your own listening"));
    m_volume->setToolTip(tr("Only how loud it is here. Listeners hear no difference."));
    m_volume->setRange(0, 100);
    m_volume->setValue(100);
    m_volume->setFixedWidth(fontMetrics().averageCharWidth() * 16);
    m_close->setAccessibleName(tr("Stop listening"));
    m_close->setToolTip(tr("Stop listening"));
    for (QPushButton *button : {m_pause, m_page, m_close})
        button->setAutoDefault(false);
    addToHeader(m_volumeLabel);
    addToHeader(m_volume);
    addToHeader(m_pause);
    addToHeader(m_page);
    addToHeader(m_close);
    connect(m_pause, &QPushButton::clicked, this, &ListenBar::toggle);
    connect(m_volume, &QSlider::valueChanged, this,
            // Ears work in ratios: half the way down is a quarter of the amplitude.
            [this](int value) { m_sound.setVolume(value * value / 10'000.0); });
    connect(m_page, &QPushButton::clicked, this, [this] { emit browserWanted(m_pageUrl); });
    connect(m_close, &QPushButton::clicked, this, &ListenBar::end);
    connect(&m_sound, &OwnSound::stateChanged, this, &ListenBar::showState);
    hide();
}

void ListenBar::listen(const QString &streamUrl, const QString &pageUrl)
{
    const bool isSame = streamUrl == m_streamUrl && !isHidden();
    m_streamUrl = streamUrl;
    m_pageUrl = pageUrl;
    if (isSame && m_sound.state() != OwnSound::State::NoDevice &&
        m_sound.state() != OwnSound::State::DeviceFailed)
        toggle();
    else
        m_sound.play(streamUrl);
}

void ListenBar::end()
{
    m_sound.stop();
    hide();
}

void ListenBar::toggle()
{
    if (m_sound.state() == OwnSound::State::Off)
        m_sound.play(m_streamUrl);
    else
        m_sound.stop();
}

void ListenBar::showState(OwnSound::State state)
{
    const bool hasDevice = state != OwnSound::State::NoDevice && state != OwnSound::State::DeviceFailed;
    for (QWidget *widget : {static_cast<QWidget *>(m_pause), static_cast<QWidget *>(m_volumeLabel),
                            static_cast<QWidget *>(m_volume)})
        widget->setVisible(hasDevice);
    m_pause->setText(state == OwnSound::State::Off ? tr("&Listen again") : tr("Pa&use"));
    switch (state) {
    case OwnSound::State::Off:
        say(tr("Paused. It goes on with what is on the air then."), false);
        break;
    case OwnSound::State::Connecting:
        say(tr("Connecting, as any player would\u2026"), false);
        break;
    case OwnSound::State::Playing:
        say(tr("You hear your station as a listener does, a few seconds behind the broadcast."), false);
        break;
    case OwnSound::State::NoDevice:
        say(tr("No sound device was found on this computer. The web page with the player was opened in the "
               "browser instead."),
            true);
        break;
    case OwnSound::State::DeviceFailed:
        say(tr("The sound device does not play. The web page with the player was opened in the browser "
               "instead."),
            true);
        break;
    }
    show();
    if (!hasDevice)
        emit browserWanted(m_pageUrl);
}

void ListenBar::say(const QString &text, bool isProblem)
{
    setTitle(text);
    theme::setTone(titleLabel(), isProblem ? Tone::Warning : Tone::Plain);
}

} // namespace cycast
