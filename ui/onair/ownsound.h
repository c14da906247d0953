// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

namespace cycast
{

class SoundWorker;

/// Plays a stream through the sound device of this computer, as a player on another one would: through the
/// network. Decoding and the device have threads of their own, so that neither a slow sound system nor a busy
/// window disturbs the other. Without Qt Multimedia at build time it knows no sound device.
class OwnSound : public QObject
{
    Q_OBJECT

public:
    enum class State : quint8 {
        Off,
        Connecting, ///< to the station or to the sound device
        Playing,
        NoDevice,
        DeviceFailed ///< there is one, and it does not play
    };

    explicit OwnSound(QObject *parent = nullptr);
    ~OwnSound() override;

    State state() const { return m_state; }
    /// Of the device as it plays, 0 to 1.
    double volume() const { return m_volume; }

public slots:
    void play(const QString &url);
    void stop();
    void setVolume(double volume);

signals:
    void stateChanged(cycast::OwnSound::State state);

private:
    void take(State state);

    QThread m_thread;
    SoundWorker *m_worker; ///< lives in m_thread and ends with it
    State m_state = State::Off;
    double m_volume = 1.0;
    quint64 m_run = 0; ///< states of an earlier play() that arrive late are not news
};

} // namespace cycast
