// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Station that records what is sent.
#include "core/base/filename.h"
#include "core/base/log.h"
#include "core/station/station.h"
#include "core/values/stationevent.h"

#include <QDir>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

void Station::setFolders(const QString &base, const QString &recordings)
{
    m_baseFolder = base;
    m_recordingsFolder = recordings;
}

void Station::connectRecorder()
{
    m_recorder.setIsJingle([this](quint64 entryId) { return m_programme.isJingle(entryId); });
    // The head has moved, nothing has been sent yet: no byte can have left the ring.
    m_mount.addFollower(m_recorder);
    connect(&m_recorder, &Recorder::failed, this, [this](const QString &reason) {
        m_recordingWanted = m_recorder.isRunning();
        report(StationEvent::Kind::Problem, reason);
        emit statusChanged(status());
    });
}

RecordingPlan Station::recordingPlan() const
{
    const Settings::Recording &wanted = m_settings.recording;
    RecordingPlan plan;
    plan.directory =
        wanted.directory.isEmpty() ? m_recordingsFolder : absolutePath(wanted.directory, m_baseFolder);
    plan.name = m_settings.metadata.stationName.isEmpty() ? u"Recording"_s : m_settings.metadata.stationName;
    plan.perTrack = wanted.split == u"track"_s;
    plan.withCue = wanted.cue;
    return plan;
}

void Station::startRecording()
{
    const RecordingPlan plan = recordingPlan();
    if (!QDir::isAbsolutePath(plan.directory)) { // smb://nas/recordings
        m_recordingWanted = false;
        report(
            StationEvent::Kind::Problem,
            u"The recording has stopped: the folder %1 cannot be made. Choose another one in the settings."_s
                .arg(plan.directory));
        return;
    }
    qCInfo(lcStation).noquote() << u"Recording into %1."_s.arg(plan.directory);
    m_recorder.start(plan, m_mount.ring());
}

void Station::setRecording(bool on)
{
    m_recordingWanted = on;
    if (m_onAir && on && !m_recorder.isRunning())
        startRecording();
    else if (!on)
        m_recorder.stop();
    emit statusChanged(status());
}

void Station::followRecordingSettings(const QStringList &changed)
{
    if (changed.contains("recording.enabled"_L1))
        setRecording(m_settings.recording.enabled);
    else if (m_recorder.isRunning() && !changed.filter(u"recording."_s).isEmpty())
        startRecording(); // goes on in new files, as they are wanted now
}

} // namespace cycast
