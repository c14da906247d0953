// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/onairbar.h"

#include "core/station/stationcontrol.h"
#include "ui/look/elidedlabel.h"
#include "ui/look/humanize.h"
#include "ui/look/theme.h"
#include "ui/onair/airlamp.h"
#include "ui/onair/broadcastactions.h"
#include "ui/onair/coverpicture.h"
#include "ui/onair/reachdialog.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QResizeEvent>
#include <QStackedWidget>
#include <QToolButton>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

QLabel *quietLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    theme::setTone(label, Tone::Neutral);
    return label;
}

} // namespace

QString sourceWords(const StationStatus &status)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("OnAirBar", text); };
    if (status.heard == ProgrammeKind::Playlist)
        return tr("Playlist");
    if (status.heard == ProgrammeKind::Silence)
        return tr("Silence");
    const QString who = status.source.program.isEmpty() ? status.source.name : status.source.program;
    if (who.isEmpty() && status.source.address.isEmpty())
        return tr("LIVE");
    if (who.isEmpty())
        return tr("LIVE \u00b7 from %1").arg(status.source.address);
    if (status.source.address.isEmpty())
        return tr("LIVE \u00b7 %1").arg(who);
    return tr("LIVE \u00b7 %1 from %2").arg(who, status.source.address);
}

OnAirBar::OnAirBar(StationControl &control, BroadcastActions &actions, QWidget *parent)
    : Card({}, parent)
    , m_control(control)
    , m_actions(actions)
    , m_air(new QPushButton(this))
    , m_lamp(new AirLamp(this))
    , m_pages(new QStackedWidget(this))
{
    setObjectName(u"onAirBar"_s);
    setAccessibleName(tr("On air"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout;
    row->setSpacing(20);
    m_air->setObjectName(u"airButton"_s);
    m_air->setFont(theme::scaled(font(), 1.05, true));
    const QFontMetrics metrics(m_air->font());
    // As wide as its longest text, so that nothing moves when it changes.
    m_air->setMinimumSize(metrics.horizontalAdvance(tr("\u25cf ON AIR   %1").arg(u"000:00:00"_s)) +
                              metrics.height() * 2,
                          metrics.height() * 5 / 2);
    connect(m_air, &QPushButton::clicked, actions.air(), &QAction::trigger);
    m_pages->addWidget(makeReadiness());
    m_pages->addWidget(makeProgramme());
    auto *air = new QVBoxLayout;
    air->setSpacing(3);
    air->addStretch(1);
    air->addWidget(m_air);
    air->addWidget(m_lamp);
    air->addStretch(1);
    row->addLayout(air);
    row->addWidget(new CoverPicture(control, this));
    row->addWidget(m_pages, 1);
    row->addWidget(addButton(actions.skip()));
    row->addWidget(makeListeners());
    row->addWidget(makeLink());
    body()->addLayout(row);

    connect(&actions, &BroadcastActions::phaseChanged, this, &OnAirBar::showPhase);
    connect(&actions, &BroadcastActions::addressesChanged, this, &OnAirBar::showLink);
    connect(&control, &StationControl::statusChanged, this, &OnAirBar::showStatus);
    connect(&control, &StationControl::settingsApplied, this, &OnAirBar::showReadiness);
    connect(&control, &StationControl::auditionChanged, this, &OnAirBar::showLamp);
    showStatus(control.lastStatus());
    showPhase();
}

QPushButton *OnAirBar::addButton(QAction *action)
{
    auto *button = new QPushButton(this);
    button->setIcon(action->icon());
    button->setIconSize(QSize(1, 1) * fontMetrics().height());
    const auto follow = [this, button, action] {
        button->setText(m_isCompact ? QString() : action->iconText());
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
        button->setAccessibleName(action->iconText());
    };
    follow();
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    m_buttons.append(button);
    return button;
}

/// What the bar saves by showing signs only.
int OnAirBar::captionsWidth() const
{
    int width = 0;
    for (const QPushButton *button : m_buttons)
        width += fontMetrics().horizontalAdvance(button->accessibleName());
    return width;
}

void OnAirBar::setCompact(bool on)
{
    if (on == m_isCompact)
        return;
    m_isCompact = on;
    for (QPushButton *button : std::as_const(m_buttons))
        button->setText(on ? QString() : button->accessibleName());
}

QSize OnAirBar::minimumSizeHint() const
{
    const QSize size = Card::minimumSizeHint();
    return m_isCompact ? size : QSize(size.width() - captionsWidth(), size.height());
}

void OnAirBar::resizeEvent(QResizeEvent *event)
{
    // The programme needs room for a title; the captions of the buttons are the first to give way.
    const int full = Card::minimumSizeHint().width() + (m_isCompact ? captionsWidth() : 0) +
                     fontMetrics().averageCharWidth() * 20;
    setCompact(event->size().width() < full);
    Card::resizeEvent(event);
}

QWidget *OnAirBar::makeProgramme()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    auto *top = new QHBoxLayout;
    m_title = new ElidedLabel(page);
    m_title->setObjectName(u"nowTitle"_s);
    m_title->setFont(theme::scaled(font(), 1.35, true));
    m_artist = new ElidedLabel(page);
    m_artist->setObjectName(u"nowArtist"_s);
    theme::setTone(m_artist, Tone::Neutral);
    m_source = new ElidedLabel(page);
    m_source->setObjectName(u"nowSource"_s);
    QFont bold = font();
    bold.setBold(true);
    m_source->setFont(bold);
    m_title->setKept(12);
    m_artist->setKept(12);
    m_source->setKept(20);
    m_source->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    top->addWidget(m_title);
    top->addWidget(m_artist);
    top->addStretch(1);
    top->addWidget(m_source);
    m_progress = new QProgressBar(page);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Position in the track"));
    auto *bottom = new QHBoxLayout;
    m_elapsed = quietLabel(page);
    m_elapsed->setAccessibleName(tr("Elapsed"));
    m_next = new ElidedLabel(page);
    m_next->setObjectName(u"nextTitle"_s);
    m_next->setAlignment(Qt::AlignCenter);
    theme::setTone(m_next, Tone::Neutral);
    m_remaining = quietLabel(page);
    bottom->addWidget(m_elapsed);
    bottom->addWidget(m_next, 1);
    bottom->addWidget(m_remaining);
    layout->addStretch(1);
    layout->addLayout(top);
    layout->addWidget(m_progress);
    layout->addLayout(bottom);
    layout->addStretch(1);
    return page;
}

QWidget *OnAirBar::makeReadiness()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_station = new ElidedLabel(page);
    m_station->setObjectName(u"stationName"_s);
    m_station->setFont(theme::scaled(font(), 1.35, true));
    m_hint = new QLabel(page);
    m_hint->setObjectName(u"airHint"_s);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addStretch(1);
    layout->addWidget(m_station);
    layout->addWidget(m_hint);
    layout->addStretch(1);
    return page;
}

QWidget *OnAirBar::makeListeners()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *caption = quietLabel(box);
    caption->setText(tr("Listeners"));
    m_listeners = new QLabel(box);
    m_listeners->setObjectName(u"listenerCount"_s);
    m_listeners->setFont(theme::scaled(font(), 1.9, true));
    m_peak = quietLabel(box);
    layout->addStretch(1);
    layout->addWidget(caption);
    layout->addWidget(m_listeners);
    layout->addWidget(m_peak);
    layout->addStretch(1);
    return box;
}

QWidget *OnAirBar::makeLink()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_url = new ElidedLabel(box, Qt::ElideMiddle);
    m_url->setObjectName(u"streamUrl"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(addButton(m_actions.copyLink()));
    buttons->addWidget(addButton(m_actions.share()));
    buttons->addWidget(addButton(m_actions.listen()));
    m_scope = quietLabel(box);
    m_scope->setObjectName(u"linkScope"_s);
    auto *link = new QHBoxLayout;
    link->setSpacing(8);
    link->addWidget(m_url, 1);
    link->addWidget(m_scope);
    layout->addStretch(1);
    layout->addLayout(link);
    layout->addLayout(buttons);
    layout->addStretch(1);
    return box;
}

void OnAirBar::setAirButton(const QString &text, const QString &look, const QString &spoken)
{
    m_air->setText(text);
    m_air->setAccessibleName(spoken);
    theme::setLook(m_air, "air", look);
    // Never disabled: it would hand the keyboard to its neighbour. While it waits, its action does nothing.
    m_air->setToolTip(m_actions.phase() == BroadcastActions::Phase::On
                          ? tr("On the air. Click to go off air.")
                          : QString());
}

void OnAirBar::showPhase()
{
    using Phase = BroadcastActions::Phase;
    switch (m_actions.phase()) {
    case Phase::On:
        showStatus(m_control.lastStatus());
        break;
    case Phase::Starting:
        setAirButton(tr("Starting\u2026"), u"wait"_s, tr("Starting"));
        break;
    case Phase::Stopping:
        setAirButton(tr("Stopping\u2026"), u"wait"_s, tr("Stopping"));
        break;
    case Phase::Off: {
        const QString words = m_actions.failure().isEmpty() ? tr("Go on air") : tr("Try again");
        setAirButton(words, u"ready"_s, words);
        break;
    }
    }
    const bool hasProgramme = m_actions.phase() == Phase::On || m_actions.phase() == Phase::Stopping;
    m_pages->setCurrentIndex(hasProgramme ? 1 : 0);
    showLamp();
    showReadiness();
    showLink();
}

void OnAirBar::showLamp()
{
    const bool isOn = m_actions.phase() == BroadcastActions::Phase::On;
    m_lamp->show(isOn ? m_control.lastAudition() : Audition());
    m_air->setIcon(isOn && m_lamp->isGreen() ? greenLamp() : QIcon());
    m_air->setAccessibleDescription(m_lamp->accessibleDescription());
    if (isOn)
        showStatus(m_control.lastStatus());
}

void OnAirBar::setWaiting(int tracks)
{
    m_waiting = tracks;
    showReadiness();
}

void OnAirBar::setStart(const TrackInfo &track)
{
    m_startTitle = track.title;
    showReadiness();
}

void OnAirBar::showReadiness()
{
    m_station->setFullText(m_control.settings().metadata.stationName);
    const bool isStarting = m_actions.phase() == BroadcastActions::Phase::Starting;
    const bool hasFailed = !isStarting && !m_actions.failure().isEmpty();
    theme::setTone(m_hint, hasFailed ? Tone::Critical : Tone::Neutral);
    if (hasFailed)
        m_hint->setText(tr("Not on the air: %1").arg(m_actions.failure()));
    else if (isStarting)
        m_hint->setText(tr("Opening the ports for listeners and live programs\u2026"));
    else if (m_waiting == 0)
        m_hint->setText(tr("Off the air. Add music first, or go on air and wait for a live program: "
                           "listeners hear silence until then."));
    else if (!m_startTitle.isEmpty())
        m_hint->setText(tr("Off the air. Starts with \u201c%1\u201d.").arg(m_startTitle));
    else
        m_hint->setText(tr("Off the air. %1 ready.").arg(humanize::tracks(m_waiting)));
}

void OnAirBar::showLink()
{
    const QString &url = m_actions.link();
    const ReachScope scope = m_actions.linkScope();
    const bool isForAll = scope == ReachScope::Everywhere || scope == ReachScope::Ipv6Only;
    m_scope->setText(url.isEmpty() ? QString() : linkReach(scope, QUrl(url).host()));
    m_scope->setVisible(!m_scope->text().isEmpty());
    theme::setTone(m_scope, isForAll ? Tone::Good : Tone::Neutral);
    theme::setTone(m_url, url.isEmpty() ? Tone::Neutral : Tone::Plain);
    m_url->setFullText(url.isEmpty() ? tr("Your link appears here on the air") : url);
    m_url->setTextInteractionFlags(url.isEmpty() ? Qt::NoTextInteraction : Qt::TextSelectableByMouse);
}

void OnAirBar::showStatus(const StationStatus &status)
{
    const bool isOn = status.state == AirState::OnAir;
    m_listeners->setText(humanize::number(status.listeners));
    m_listeners->setAccessibleName(humanize::listeners(status.listeners));
    m_peak->setText(tr("peak %1").arg(humanize::number(status.listenersPeak)));
    if (!isOn || m_actions.phase() != BroadcastActions::Phase::On)
        return;
    m_startTitle.clear();
    // The green lamp stands in place of the dot; amber until there is one.
    const QString running = humanize::longClock(status.onAirMs);
    setAirButton(m_lamp->isGreen() ? tr("ON AIR   %1").arg(running) : tr("\u25cf ON AIR   %1").arg(running),
                 m_lamp->isUnsure() ? u"unsure"_s : u"on"_s,
                 tr("On air for %1. Go off air").arg(humanize::duration(status.onAirMs)));

    const bool isLive = status.heard == ProgrammeKind::Live;
    const TrackInfo &track = status.current;
    QString title = track.title;
    if (title.isEmpty())
        title = isLive                                   ? tr("Live programme")
                : status.heard == ProgrammeKind::Silence ? tr("Silence")
                                                         : tr("Untitled");
    m_title->setFullText(title);
    QStringList about{track.artist, track.album};
    about.removeAll(QString());
    m_artist->setFullText(about.join(u" \u00b7 "_s));
    m_source->setFullText(sourceWords(status));
    theme::setTone(m_source, isLive                                   ? Tone::Critical
                             : status.heard == ProgrammeKind::Silence ? Tone::Warning
                                                                      : Tone::Accent);
    const bool hasLength = track.durationMs > 0;
    m_progress->setRange(0, 1000);
    m_progress->setValue(
        hasLength ? static_cast<int>(std::min<qint64>(1000, status.positionMs * 1000 / track.durationMs))
                  : 0);
    m_elapsed->setText(humanize::clock(status.positionMs));
    m_remaining->setText(humanize::remaining(status.positionMs, track.durationMs));
    QString next;
    if (!status.next.title.isEmpty())
        next = status.next.artist.isEmpty()
                   ? tr("next: %1").arg(status.next.title)
                   : tr("next: %1 \u2014 %2").arg(status.next.title, status.next.artist);
    m_next->setFullText(next);
}

} // namespace cycast
