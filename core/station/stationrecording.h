// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"
#include "core/recording/recorder.h"

#include <QObject>
#include <QString>

#include <functional>

namespace cycast
{

class Mount;

/// When what is sent is recorded, and where to: as the settings and whoever presses the button want it, while
/// the station is on the air. Lives in the station's thread.
class StationRecording : public QObject
{
    Q_OBJECT

public:
    /// `isJingle`: see Recorder.
    StationRecording(Mount &mount, std::function<bool(quint64)> isJingle);

    /// Against which a relative folder of the settings is read, and where recordings go by default.
    void setFolders(const QString &base, const QString &recordings);
    void followSettings(const Settings &settings, const QStringList &changed);
    /// Off the air: for the next broadcast.
    void setWanted(bool on);
    void goOnAir();
    /// Ends it; the next broadcast begins as the settings say.
    void goOffAir();

    RecordingStatus status() const;

signals:
    /// It has stopped by itself, or has a gap.
    void failed(const cycast::Sentence &reason);

private:
    RecordingPlan plan() const;
    void start();

    Mount &m_mount;
    Recorder m_recorder;
    Settings::Recording m_settings;
    QString m_stationName;
    QString m_baseFolder;
    QString m_recordingsFolder;
    bool m_isOnAir = false;
    bool m_isWanted = false;
};

} // namespace cycast
