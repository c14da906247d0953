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
    connect(&m_mount, &Mount::roundStarted, &m_recorder, [this] { m_recorder.take(m_mount.ring()); });
    connect(&m_recorder, &Recorder::failed, this, [this](const Sentence &reason) {
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
        report(StationEvent::Kind::Problem, Core::tr("The recording has stopped: the folder %1 cannot be "
                                                     "made. Choose another one in the settings.")
                                                .arg(plan.directory));
        return;
    }
    qCInfo(lcStation).noquote() << Core::tr("Recording into %1.").arg(plan.directory);
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
