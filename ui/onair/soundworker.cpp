// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/soundworker.h"

#ifdef CYCAST_MULTIMEDIA
#include <QAudioDevice>
#include <QAudioSink>
#include <QElapsedTimer>
#include <QIODevice>
#include <QMediaDevices>
#endif

#include <algorithm>

namespace cycast
{

#ifdef CYCAST_MULTIMEDIA

namespace
{

constexpr int soundLookMs = 50;
constexpr int beginMs = 500;      ///< so much is held before the device begins
constexpr int patienceMs = 3'000; ///< a device that asks for nothing for so long does not play

} // namespace

/// What the device reads: the stream's sound, and silence where that has not come yet. A device that is given
/// nothing stops and has to be started anew.
class SoundFeed : public QIODevice
{
public:
    explicit SoundFeed(StreamSound &sound)
        : m_sound(sound)
    {
        open(ReadOnly | Unbuffered);
        sinceRead.start();
    }

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return 1 << 20; }

    QElapsedTimer sinceRead; ///< the device asked last

protected:
    qint64 readData(char *data, qint64 most) override
    {
        sinceRead.start();
        constexpr qint64 sample = sizeof(qint16);
        const qint64 wanted = most / sample;
        const qint64 taken = m_sound.take(reinterpret_cast<qint16 *>(data), wanted);
        std::fill(data + taken * sample, data + wanted * sample, '\0');
        return wanted * sample;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    StreamSound &m_sound;
};

SoundWorker::SoundWorker()
    : m_sound(this)
    , m_timer(this)
{
    m_timer.setInterval(soundLookMs);
    connect(&m_timer, &QTimer::timeout, this, &SoundWorker::look);
    connect(&m_sound, &Ear::connected, this, [this] { m_isConnected = true; });
    // The stream broke off; it is listened to again.
    connect(&m_sound, &Ear::disconnected, this, [this] {
        m_isConnected = false;
        if (m_state == OwnSound::State::Playing)
            reach(OwnSound::State::Connecting);
    });
}

SoundWorker::~SoundWorker()
{
    stop();
}

void SoundWorker::play(quint64 run, const QString &url)
{
    stop();
    m_run = run;
    m_state = OwnSound::State::Off;
    // May take a while, which is why it happens here: the sound system is looked for.
    if (QMediaDevices::defaultAudioOutput().isNull()) {
        reach(OwnSound::State::NoDevice);
        return;
    }
    reach(OwnSound::State::Connecting);
    m_sound.listen(url, {});
    m_timer.start();
}

void SoundWorker::stop()
{
    m_timer.stop();
    closeDevice();
    m_sound.stop();
    m_sound.drop();
}

void SoundWorker::setVolume(double volume)
{
    m_volume = volume;
    if (m_sink)
        m_sink->setVolume(volume);
}

void SoundWorker::look()
{
    const StreamSound::Format format = m_sound.format();
    if (m_sink && hasDeviceFailed()) {
        stop();
        reach(OwnSound::State::DeviceFailed);
        return;
    }
    if (m_sink && format != m_openFormat)
        closeDevice();
    if (!m_sink && format.sampleRate > 0 && m_sound.heldMs() >= beginMs)
        openDevice();
    else if (m_sink && m_state == OwnSound::State::Connecting && m_isConnected && m_sound.heldMs() > 0)
        reach(OwnSound::State::Playing);
}

/// A sound system that ends may say so, or just ask for nothing any more.
bool SoundWorker::hasDeviceFailed() const
{
    return m_sink->error() == QAudio::FatalError || m_sink->error() == QAudio::IOError ||
           m_feed->sinceRead.elapsed() > patienceMs;
}

void SoundWorker::openDevice()
{
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (device.isNull()) {
        stop();
        reach(OwnSound::State::NoDevice);
        return;
    }
    m_openFormat = m_sound.format();
    QAudioFormat format;
    format.setSampleFormat(QAudioFormat::Int16);
    format.setSampleRate(m_openFormat.sampleRate);
    format.setChannelCount(m_openFormat.channels);
    m_feed = std::make_unique<SoundFeed>(m_sound);
    m_sink = std::make_unique<QAudioSink>(device, format);
    m_sink->setVolume(m_volume);
    m_sink->start(m_feed.get());
    if (m_sink->error() != QAudio::NoError && m_sink->error() != QAudio::UnderrunError) {
        stop();
        reach(OwnSound::State::DeviceFailed);
    }
}

void SoundWorker::closeDevice()
{
    if (m_sink)
        m_sink->stop();
    m_sink.reset();
    m_feed.reset();
}

#else

SoundWorker::SoundWorker() = default;
SoundWorker::~SoundWorker() = default;

void SoundWorker::play(quint64 run, const QString &)
{
    m_run = run;
    reach(OwnSound::State::NoDevice);
}

void SoundWorker::stop() {}
void SoundWorker::setVolume(double) {}

#endif

void SoundWorker::reach(OwnSound::State state)
{
    m_state = state;
    emit stateReached(m_run, state);
}

} // namespace cycast
