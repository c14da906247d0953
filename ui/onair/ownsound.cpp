// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/ownsound.h"

#include "ui/onair/soundworker.h"

#include <algorithm>

namespace cycast
{

OwnSound::OwnSound(QObject *parent)
    : QObject(parent)
    , m_worker(new SoundWorker)
{
    m_thread.setObjectName(QStringLiteral("own sound"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &SoundWorker::stateReached, this, [this](quint64 run, State state) {
        if (run == m_run)
            take(state);
    });
}

OwnSound::~OwnSound()
{
    if (!m_thread.isRunning()) {
        delete m_worker;
        return;
    }
    m_thread.quit();
    m_thread.wait();
}

void OwnSound::play(const QString &url)
{
    // Nobody who never listens pays for a thread.
    if (!m_thread.isRunning())
        m_thread.start();
    ++m_run;
    take(State::Connecting);
    QMetaObject::invokeMethod(m_worker, [run = m_run, url, worker = m_worker] { worker->play(run, url); });
}

void OwnSound::stop()
{
    ++m_run;
    if (m_thread.isRunning())
        QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->stop(); });
    take(State::Off);
}

void OwnSound::setVolume(double volume)
{
    m_volume = std::clamp(volume, 0.0, 1.0);
    if (m_thread.isRunning())
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, now = m_volume] { worker->setVolume(now); });
}

void OwnSound::take(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    emit stateChanged(state);
}

} // namespace cycast
