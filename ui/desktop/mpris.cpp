// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/mpris.h"

#include "core/station/stationcontrol.h"
#include "ui/onair/broadcastactions.h"

#include <QCoreApplication>
#include <QDBusMessage>
#include <QDBusObjectPath>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{
constexpr auto objectPath = "/org/mpris/MediaPlayer2";
constexpr auto playerInterface = "org.mpris.MediaPlayer2.Player";
} // namespace

Mpris::Mpris(StationControl &control, BroadcastActions &actions, const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_actions(actions)
    , m_bus(bus)
    , m_service(u"org.mpris.MediaPlayer2.cycast"_s)
{
    new MprisRoot(this);
    new MprisPlayer(this);
    if (!m_bus.isConnected() || !m_bus.registerObject(QLatin1StringView(objectPath), this))
        return;
    m_isRegistered = m_bus.registerService(m_service);
    if (!m_isRegistered) {
        m_service += u".instance%1"_s.arg(QCoreApplication::applicationPid());
        m_isRegistered = m_bus.registerService(m_service);
    }
    connect(&control, &StationControl::statusChanged, this, &Mpris::tellChanges);
    connect(&actions, &BroadcastActions::phaseChanged, this, &Mpris::tellChanges);
}

Mpris::~Mpris()
{
    if (m_isRegistered)
        m_bus.unregisterService(m_service);
    m_bus.unregisterObject(QLatin1StringView(objectPath));
}

QString Mpris::playbackStatus() const
{
    return m_control.isOnAir() ? u"Playing"_s : u"Stopped"_s;
}

QVariantMap Mpris::metadata() const
{
    const StationStatus &status = m_control.lastStatus();
    if (status.state != AirState::OnAir)
        return {};
    const TrackInfo &track = status.current;
    const QString path = u"/io/github/cycast/track/%1"_s.arg(track.entryId);
    QVariantMap map{{u"mpris:trackid"_s, QVariant::fromValue(QDBusObjectPath(path))}};
    const QString station = m_control.settings().metadata.stationName;
    map.insert(u"xesam:title"_s, track.title.isEmpty() ? station : track.title);
    if (!track.artist.isEmpty())
        map.insert(u"xesam:artist"_s, QStringList{track.artist});
    if (!track.album.isEmpty())
        map.insert(u"xesam:album"_s, track.album);
    if (track.durationMs > 0)
        map.insert(u"mpris:length"_s, track.durationMs * 1000);
    return map;
}

qint64 Mpris::positionUs() const
{
    return m_control.lastStatus().positionMs * 1000;
}

bool Mpris::canGoNext() const
{
    return m_actions.skip()->isEnabled();
}

bool Mpris::canPlay() const
{
    return m_actions.phase() == BroadcastActions::Phase::Off;
}

void Mpris::next()
{
    if (canGoNext())
        m_actions.skip()->trigger();
}

void Mpris::play()
{
    m_actions.goOnAir(); // does nothing when it is on already
}

/// The bus hears of what has changed and of nothing else; the position is asked for, never told.
void Mpris::tellChanges()
{
    if (!m_isRegistered)
        return;
    const QVariantMap now{{u"PlaybackStatus"_s, playbackStatus()},
                          {u"Metadata"_s, metadata()},
                          {u"CanGoNext"_s, canGoNext()},
                          {u"CanPlay"_s, canPlay()}};
    QVariantMap changed;
    for (auto each = now.cbegin(); each != now.cend(); ++each) {
        if (m_told.value(each.key()) != each.value())
            changed.insert(each.key(), each.value());
    }
    if (changed.isEmpty())
        return;
    m_told = now;
    QDBusMessage message = QDBusMessage::createSignal(
        QLatin1StringView(objectPath), u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s);
    message << QString(QLatin1StringView(playerInterface)) << changed << QStringList();
    m_bus.send(message);
}

MprisRoot::MprisRoot(Mpris *mpris)
    : QDBusAbstractAdaptor(mpris)
    , m_mpris(*mpris)
{
}

QString MprisRoot::identity() const
{
    return u"Cycast Desktop"_s;
}

QString MprisRoot::desktopEntry() const
{
    return u"io.github.cycast.CycastDesktop"_s;
}

void MprisRoot::Raise()
{
    emit m_mpris.raiseAsked();
}

void MprisRoot::Quit()
{
    emit m_mpris.quitAsked();
}

MprisPlayer::MprisPlayer(Mpris *mpris)
    : QDBusAbstractAdaptor(mpris)
    , m_mpris(*mpris)
{
}

} // namespace cycast
