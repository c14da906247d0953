// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/trayicon.h"

#include "core/station/stationcontrol.h"
#include "ui/look/humanize.h"
#include "ui/look/theme.h"
#include "ui/onair/airlamp.h"
#include "ui/onair/broadcastactions.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr int strangersEveryMs = 60'000;

enum class Sign : quint8 { Off, On, Trouble };

/// A transmitter: grey off the air, red on it; trouble has a mark besides its colour.
QIcon signIcon(Sign sign)
{
    constexpr int size = 64;
    QPixmap picture(size, size);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ground = sign == Sign::Off  ? QColor(0x6b, 0x76, 0x84)
                          : sign == Sign::On ? QColor(0xd4, 0x2a, 0x20)
                                             : QColor(0xe0, 0x8a, 0x00);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(2, 2, size - 4, size - 4), 14, 14);
    painter.setPen(QPen(Qt::white, 5, Qt::SolidLine, Qt::RoundCap));
    if (sign == Sign::Trouble) {
        painter.drawLine(QPointF(32, 14), QPointF(32, 36));
        painter.drawPoint(QPointF(32, 49));
        return QIcon(picture);
    }
    painter.setBrush(Qt::white);
    painter.drawEllipse(QPointF(32, 32), 4, 4);
    painter.setBrush(Qt::NoBrush);
    for (const qreal radius : {13.0, 22.0}) {
        const QRectF around(32 - radius, 32 - radius, 2 * radius, 2 * radius);
        painter.drawArc(around, -50 * 16, 100 * 16);
        painter.drawArc(around, 130 * 16, 100 * 16);
    }
    return QIcon(picture);
}

} // namespace

TrayIcon::TrayIcon(StationControl &control, BroadcastActions &actions, QWidget *window)
    : QObject(window)
    , m_control(control)
    , m_actions(actions)
    , m_window(window)
{
    m_menu.addAction(tr("&Show the window"), this, &TrayIcon::raiseAsked);
    m_menu.addSeparator();
    m_menu.addActions({actions.air(), actions.skip(), actions.listen(), actions.copyLink()});
    m_menu.addSeparator();
    m_menu.addAction(tr("&Quit"), window, &QWidget::close);
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            emit raiseAsked();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::raiseAsked);
    connect(&control, &StationControl::statusChanged, this, &TrayIcon::update);
    connect(&control, &StationControl::auditionChanged, this, &TrayIcon::update);
    connect(&control, &StationControl::settingsApplied, this, &TrayIcon::update);
    m_quiet.setObjectName(u"strangersQuiet"_s);
    m_quiet.setParent(this);
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(strangersEveryMs);
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        const int kept = std::exchange(m_kept, 0);
        if (kept == 0)
            return;
        notify(m_lastTitle, kept == 1 ? m_lastSentence
                                      : tr("%1 (and %n more since)", nullptr, kept - 1).arg(m_lastSentence));
        m_quiet.start(strangersEveryMs);
    });
    update();
}

void TrayIcon::notifyOfStrangers(const QString &title, const QString &sentence)
{
    if (m_quiet.isActive()) {
        m_lastTitle = title;
        m_lastSentence = sentence;
        ++m_kept;
        return;
    }
    notify(title, sentence);
    m_quiet.start(strangersEveryMs);
}

void TrayIcon::showIfPossible()
{
    if (QSystemTrayIcon::isSystemTrayAvailable())
        m_icon.show();
}

void TrayIcon::notify(const QString &title, const QString &sentence)
{
    if (m_window->isActiveWindow())
        return;
    if (m_icon.isVisible())
        m_icon.showMessage(title, sentence, QSystemTrayIcon::Warning, 15'000);
    emit notified(title, sentence);
}

void TrayIcon::update()
{
    const StationStatus &status = m_control.lastStatus();
    const bool isOn = status.state == AirState::OnAir;
    const Audition &audition = m_control.lastAudition();
    const bool isTrouble = isOn && audition.alarm;
    const Sign sign = !isOn ? Sign::Off : isTrouble ? Sign::Trouble : Sign::On;
    if (m_shownState != static_cast<int>(sign)) {
        m_shownState = static_cast<int>(sign);
        m_icon.setIcon(signIcon(sign));
    }
    const QString station = m_control.settings().metadata.stationName.simplified();
    QStringList lines{station.isEmpty() ? tr("Cycast Desktop") : station};
    if (!isOn)
        lines.append(tr("Off the air"));
    else
        lines.append(tr("ON AIR, %1").arg(humanize::listeners(status.listeners)));
    if (isTrouble)
        lines.append(lampWords(audition).sentence);
    else if (isOn && !status.current.title.isEmpty())
        lines.append(status.current.title.left(60));
    const QString text = lines.join(u'\n');
    if (m_icon.toolTip() != text)
        m_icon.setToolTip(text);
}

} // namespace cycast
