// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/config/settings.h"

#include <QObject>

#include <functional>

namespace cycast
{

class FileWriter;

/// A preset of the user's own: the values that the guide's presets have, under a name.
struct UserPreset {
    QString name;
    int sizeMb = 20;
    int chunkSize = 16384;
    double sleepHigh = 0.0005;
    double sleepMedium = 0.001;
    double sleepLow = 0.002;
    int maxListeners = 0;
    bool operator==(const UserPreset &) const = default;
};

UserPreset userPresetOf(const QString &name, const Settings &settings);
Settings withPreset(Settings settings, const UserPreset &preset);
QByteArray toJson(const QList<UserPreset> &presets);
/// Values out of range are an error that names the preset. Pure.
Result<QList<UserPreset>> userPresetsFromJson(const QByteArray &json);

/// The user's presets, kept in a file beside the session.
class UserPresets : public QObject
{
    Q_OBJECT

public:
    /// An empty path keeps nothing.
    explicit UserPresets(QString path, QObject *parent = nullptr);
    UserPresets(QString path, FileWriter &files, QObject *parent = nullptr);

    const QList<UserPreset> &list() const { return m_list; }
    /// One of the same name is replaced.
    void save(const UserPreset &preset);
    void rename(const QString &name, const QString &newName);
    void remove(const QString &name);
    /// All of them into a file, for another computer; from one, beside those that are here. The answer is a
    /// sentence when it did not work, or empty.
    void exportTo(const QString &path, QObject *context,
                  const std::function<void(const QString &)> &told) const;
    QString importFrom(const QString &path);

signals:
    void changed();
    /// A sentence: the list could not be kept for the next start.
    void noticed(const QString &sentence);

private:
    void keep();

    FileWriter &m_files;
    QString m_path;
    QList<UserPreset> m_list;
};

} // namespace cycast
