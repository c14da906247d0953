// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/config/settings.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace cycast
{

struct LoadedSettings {
    Settings settings;
    /// Unknown keys with "did you mean", keys given twice, keys without effect; isWarning is set in all.
    QList<SettingsProblem> warnings;
};

/// config.hcl text -> settings. An error is "name:line:column: what was expected" and covers syntax, types
/// and ranges; nothing is defaulted away. A missing pass phrase is a warning: no live source comes in. Pure.
Result<LoadedSettings> parseSettings(const QByteArray &text, const QString &fileName,
                                     PortRule rule = PortRule::Fixed);

/// `text` with only those values changed in which `settings` differs from what `text` says; comments, order,
/// unknown keys and blocks stay. Missing keys are added to their block (or a new one) when they differ from
/// the default. Pure.
Result<QByteArray> withSettings(const QByteArray &text, const Settings &settings, const QString &fileName);

/// The settings file of one process: loads, saves aside and swaps (QSaveFile, mode 0600), and tells when
/// somebody else changed it. Lives in the thread of main(). Never overwrites a file it could not read.
class SettingsFile : public QObject
{
    Q_OBJECT

public:
    explicit SettingsFile(QString path, PortRule rule = PortRule::Fixed, QObject *parent = nullptr);

    /// $XDG_CONFIG_HOME/cycast-desktop/config.hcl (the platform's place elsewhere).
    static QString defaultPath();

    const QString &path() const { return m_path; }
    QString folder() const; ///< against which relative paths are read

    bool exists() const;
    /// First start: a commented file with a generated pass phrase, mode 0600; `musicFolder` becomes
    /// playlist.directory. Refuses when the file is there. It has its name only when all of it is on the
    /// disk.
    Result<void> create(const QString &musicFolder);

    /// An error when it is empty and has not been before. Warns of a file that holds pass phrases and can be
    /// read by everybody on this computer.
    Result<LoadedSettings> load();
    /// Writes what differs from the settings loaded or saved last into the file as it is on disk now, so that
    /// what somebody else changed meanwhile stays. Does not fire changedOnDisk, except when there is such a
    /// change. Refuses, and leaves the file alone, when it cannot be read any more. Keeps the file's mode;
    /// writes through a symbolic link.
    Result<void> save(const Settings &settings);

    /// From now on tell about changes by others (editors that replace the file included).
    void watch();

signals:
    void changedOnDisk();

private:
    void lookAgain();
    void watchPlaces();
    /// The file itself, where m_path is a symbolic link.
    QString target() const;
    std::optional<SettingsProblem> openDoor(const Settings &settings) const;
    Result<void> write(const QByteArray &text);

    QString m_path;
    PortRule m_rule;
    std::unique_ptr<QFileSystemWatcher> m_watcher; ///< from watch() on: reading a file needs no event loop
    QTimer m_settle;                               ///< editors write in several steps
    QByteArray m_lastKnown;                        ///< bytes as loaded, saved or told last
    QByteArray m_unsettled;         ///< bytes of the last look, while they may still be changing
    std::optional<Settings> m_base; ///< what the file said when loaded or saved last
};

} // namespace cycast
