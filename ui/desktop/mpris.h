// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusAbstractAdaptor>
#include <QDBusConnection>
#include <QObject>
#include <QVariantMap>

namespace cycast
{

class BroadcastActions;
class StationControl;

/// MPRIS 2.2 (specifications.freedesktop.org): the desktop's media panel and keys see what is on the air and
/// can skip and go on the air. They can neither pause nor stop: a key beside the volume must not end a
/// broadcast.
class Mpris : public QObject
{
    Q_OBJECT

public:
    /// Registers as org.mpris.MediaPlayer2.cycast on `bus`, with the process id behind it when that is taken.
    /// Both must outlive it.
    Mpris(StationControl &control, BroadcastActions &actions, const QDBusConnection &bus,
          QObject *parent = nullptr);
    ~Mpris() override;

    bool isRegistered() const { return m_isRegistered; }

    QString playbackStatus() const;
    QVariantMap metadata() const;
    qint64 positionUs() const;
    bool canGoNext() const;
    bool canPlay() const;
    void next();
    void play();

signals:
    void raiseAsked();
    void quitAsked();

private:
    void tellChanges();

    StationControl &m_control;
    BroadcastActions &m_actions;
    QDBusConnection m_bus;
    QString m_service;
    QVariantMap m_told; ///< properties of the player as the bus knows them
    bool m_isRegistered = false;
};

/// org.mpris.MediaPlayer2
class MprisRoot : public QDBusAbstractAdaptor
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.mpris.MediaPlayer2")
    Q_PROPERTY(bool CanQuit READ isTrue)
    Q_PROPERTY(bool CanRaise READ isTrue)
    Q_PROPERTY(bool HasTrackList READ isFalse)
    Q_PROPERTY(QString Identity READ identity)
    Q_PROPERTY(QString DesktopEntry READ desktopEntry)
    Q_PROPERTY(QStringList SupportedUriSchemes READ none)
    Q_PROPERTY(QStringList SupportedMimeTypes READ none)

public:
    explicit MprisRoot(Mpris *mpris);
    bool isTrue() const { return true; }
    bool isFalse() const { return false; }
    QString identity() const;
    QString desktopEntry() const;
    QStringList none() const { return {}; }

public slots:
    void Raise();
    void Quit();

private:
    Mpris &m_mpris;
};

/// org.mpris.MediaPlayer2.Player
class MprisPlayer : public QDBusAbstractAdaptor
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.mpris.MediaPlayer2.Player")
    Q_PROPERTY(QString PlaybackStatus READ playbackStatus)
    Q_PROPERTY(double Rate READ one)
    Q_PROPERTY(double MinimumRate READ one)
    Q_PROPERTY(double MaximumRate READ one)
    Q_PROPERTY(double Volume READ one)
    Q_PROPERTY(QVariantMap Metadata READ metadata)
    Q_PROPERTY(qlonglong Position READ position)
    Q_PROPERTY(bool CanGoNext READ canGoNext)
    Q_PROPERTY(bool CanGoPrevious READ isFalse)
    Q_PROPERTY(bool CanPlay READ canPlay)
    Q_PROPERTY(bool CanPause READ isFalse)
    Q_PROPERTY(bool CanSeek READ isFalse)
    Q_PROPERTY(bool CanControl READ isTrue)

public:
    explicit MprisPlayer(Mpris *mpris);
    QString playbackStatus() const { return m_mpris.playbackStatus(); }
    double one() const { return 1.0; }
    QVariantMap metadata() const { return m_mpris.metadata(); }
    qlonglong position() const { return m_mpris.positionUs(); }
    bool canGoNext() const { return m_mpris.canGoNext(); }
    bool canPlay() const { return m_mpris.canPlay(); }
    bool isTrue() const { return true; }
    bool isFalse() const { return false; }

public slots:
    void Next() { m_mpris.next(); }
    void Play() { m_mpris.play(); }
    // What a station cannot do is there and does nothing, as the specification asks.
    void PlayPause() { m_mpris.play(); }
    void Previous() {}
    void Pause() {}
    void Stop() {}

private:
    Mpris &m_mpris;
};

} // namespace cycast
