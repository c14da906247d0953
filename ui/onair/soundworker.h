// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audition/streamsound.h"
#include "ui/onair/ownsound.h"

#include <QTimer>

#include <memory>

class QAudioSink;

namespace cycast
{

class SoundFeed;

/// What OwnSound does in its thread: asks for the sound device, opens it in the format of the stream, and
/// feeds it.
class SoundWorker : public QObject
{
    Q_OBJECT

public:
    SoundWorker();
    ~SoundWorker() override;

    void play(quint64 run, const QString &url);
    void stop();
    void setVolume(double volume);

signals:
    void stateReached(quint64 run, cycast::OwnSound::State state);

private:
    void look();
    void openDevice();
    void closeDevice();
    bool hasDeviceFailed() const;
    void reach(OwnSound::State state);

    StreamSound m_sound;
    QTimer m_timer;
    quint64 m_run = 0;
    OwnSound::State m_state = OwnSound::State::Off;
    double m_volume = 1.0;
    StreamSound::Format m_openFormat;
    bool m_isConnected = false;
#ifdef CYCAST_MULTIMEDIA
    std::unique_ptr<SoundFeed> m_feed;
    std::unique_ptr<QAudioSink> m_sink;
#endif
};

} // namespace cycast
