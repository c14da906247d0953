// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settingsfile.h"
#include "core/station/stationcontrol.h"

namespace cycast
{

/// Ties the settings file to the station: what is applied is saved, what somebody writes into the file is
/// applied. A file that cannot be used changes nothing and is never overwritten. Lives in the main thread.
class SettingsKeeper : public QObject
{
    Q_OBJECT

public:
    SettingsKeeper(SettingsFile &file, StationControl &control, QObject *parent = nullptr);

    /// Hands the settings of the start over and watches the file from now on.
    void begin(const LoadedSettings &loaded);
    /// Reads the file again and applies it (SIGHUP, or somebody edited it).
    void reload();

signals:
    /// The pass phrases in force, so that they can be kept out of the log.
    void secretsChanged(const QStringList &secrets);

private:
    void hand(const LoadedSettings &loaded);
    void settingsApplied(const Settings &settings, const QList<SettingsProblem> &warnings);

    SettingsFile &m_file;
    StationControl &m_control;
    Settings m_inFile;             ///< what the file says
    QList<SettingsProblem> m_told; ///< what is wrong with the settings in force: said once
};

/// Where the music of a first start lives: the platform's folder for application data.
QString firstMusicFolder();

/// Loads the settings file. The default one is made at the first start, with demo music beside it; one that
/// was named with -c must exist.
Result<LoadedSettings> openSettings(SettingsFile &file, bool isDefault);

} // namespace cycast
