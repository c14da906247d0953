// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/stationrecording.h"

#include "core/base/filename.h"
#include "core/base/log.h"
#include "core/net/stream/mount.h"

#include <QDir>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

StationRecording::StationRecording(Mount &mount, std::function<bool(quint64)> isJingle)
    : m_mount(mount)
{
    m_recorder.setIsJingle(std::move(isJingle));
    // The head has moved, nothing has been sent yet: no byte can have left the ring.
    m_mount.addFollower(m_recorder);
    connect(&m_recorder, &Recorder::failed, this, [this](const Sentence &reason) {
        m_isWanted = m_recorder.isRunning();
        emit failed(reason);
    });
}

void StationRecording::setFolders(const QString &base, const QString &recordings)
{
    m_baseFolder = base;
    m_recordingsFolder = recordings;
}

RecordingPlan StationRecording::plan() const
{
    RecordingPlan plan;
    plan.directory = m_settings.directory.isEmpty() ? m_recordingsFolder
                                                    : absolutePath(m_settings.directory, m_baseFolder);
    plan.name = m_stationName.isEmpty() ? u"Recording"_s : m_stationName;
    plan.perTrack = m_settings.split == u"track"_s;
    plan.withCue = m_settings.cue;
    return plan;
}

void StationRecording::start()
{
    const RecordingPlan next = plan();
    if (!QDir::isAbsolutePath(next.directory)) { // smb://nas/recordings
        m_isWanted = false;
        emit failed(Core::tr("The recording has stopped: the folder %1 cannot be made. Choose another one in "
                             "the settings.")
                        .arg(next.directory));
        return;
    }
    qCInfo(lcStation).noquote() << Core::tr("Recording into %1.").arg(next.directory);
    m_recorder.start(next, m_mount.ring());
}

void StationRecording::followSettings(const Settings &settings, const QStringList &changed)
{
    m_settings = settings.recording;
    m_stationName = settings.metadata.stationName;
    if (changed.contains("recording.enabled"_L1))
        setWanted(m_settings.enabled);
    else if (m_recorder.isRunning() && !changed.filter(u"recording."_s).isEmpty())
        start(); // goes on in new files, as they are wanted now
}

void StationRecording::setWanted(bool on)
{
    m_isWanted = on;
    if (m_isOnAir && on && !m_recorder.isRunning())
        start();
    else if (!on)
        m_recorder.stop();
}

void StationRecording::goOnAir()
{
    m_isOnAir = true;
    if (m_isWanted)
        start();
}

void StationRecording::goOffAir()
{
    m_isOnAir = false;
    m_recorder.stop();
    m_isWanted = m_settings.enabled;
}

RecordingStatus StationRecording::status() const
{
    RecordingStatus status = m_recorder.status();
    status.isWanted = m_isWanted;
    return status;
}

} // namespace cycast
