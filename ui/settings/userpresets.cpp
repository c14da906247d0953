// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/userpresets.h"

#include "core/base/filewriter.h"
#include "ui/look/sentences.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

UserPreset userPresetOf(const QString &name, const Settings &settings)
{
    const auto &broadcaster = settings.broadcaster;
    return {name,
            settings.buffer.sizeMb,
            broadcaster.chunkSize,
            broadcaster.sleepHigh,
            broadcaster.sleepMedium,
            broadcaster.sleepLow,
            settings.advanced.maxListeners};
}

Settings withPreset(Settings settings, const UserPreset &preset)
{
    settings.buffer.sizeMb = preset.sizeMb;
    settings.broadcaster.chunkSize = preset.chunkSize;
    settings.broadcaster.sleepHigh = preset.sleepHigh;
    settings.broadcaster.sleepMedium = preset.sleepMedium;
    settings.broadcaster.sleepLow = preset.sleepLow;
    settings.advanced.maxListeners = preset.maxListeners;
    return settings;
}

QByteArray toJson(const QList<UserPreset> &presets)
{
    QJsonArray list;
    for (const UserPreset &preset : presets)
        list.append(QJsonObject{{u"name"_s, preset.name},
                                {u"size_mb"_s, preset.sizeMb},
                                {u"chunk_size"_s, preset.chunkSize},
                                {u"sleep_high"_s, preset.sleepHigh},
                                {u"sleep_medium"_s, preset.sleepMedium},
                                {u"sleep_low"_s, preset.sleepLow},
                                {u"max_listeners"_s, preset.maxListeners}});
    return QJsonDocument(QJsonObject{{u"version"_s, 1}, {u"presets"_s, list}}).toJson();
}

Result<QList<UserPreset>> userPresetsFromJson(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return failure(UserPresets::tr("Byte %1: %2.").arg(error.offset).arg(error.errorString()));
    if (!document.object().value(u"presets"_s).isArray())
        return failure(UserPresets::tr("This is no file of presets."));
    QList<UserPreset> presets;
    for (const auto value : document.object().value(u"presets"_s).toArray()) {
        const QJsonObject object = value.toObject();
        UserPreset preset;
        preset.name = object.value(u"name"_s).toString().simplified();
        preset.sizeMb = object.value(u"size_mb"_s).toInt(preset.sizeMb);
        preset.chunkSize = object.value(u"chunk_size"_s).toInt(preset.chunkSize);
        preset.sleepHigh = object.value(u"sleep_high"_s).toDouble(preset.sleepHigh);
        preset.sleepMedium = object.value(u"sleep_medium"_s).toDouble(preset.sleepMedium);
        preset.sleepLow = object.value(u"sleep_low"_s).toDouble(preset.sleepLow);
        preset.maxListeners = object.value(u"max_listeners"_s).toInt(preset.maxListeners);
        Settings probe;
        probe.server.sourcePassword = u"only-to-be-valid"_s;
        const QList<SettingsProblem> problems = validate(withPreset(probe, preset));
        if (preset.name.isEmpty())
            return failure(UserPresets::tr("A preset has no name."));
        if (hasErrors(problems))
            return failure(UserPresets::tr("%1: %2").arg(preset.name, said(problems.first().sentence)));
        presets.append(preset);
    }
    return presets;
}

UserPresets::UserPresets(QString path, QObject *parent)
    : UserPresets(std::move(path), FileWriter::shared(), parent)
{
}

UserPresets::UserPresets(QString path, FileWriter &files, QObject *parent)
    : QObject(parent)
    , m_files(files)
    , m_path(std::move(path))
{
    connect(&m_files, &FileWriter::finished, this, [this](const QString &which, const QString &error) {
        if (which == m_path && !error.isEmpty())
            emit noticed(tr("%1 could not be written: %2.").arg(m_path, error));
    });
    m_files.finish();
    QFile file(m_path);
    if (!m_path.isEmpty() && file.open(QIODevice::ReadOnly))
        m_list = userPresetsFromJson(file.readAll()).value_or(QList<UserPreset>());
}

void UserPresets::save(const UserPreset &preset)
{
    const auto same = std::find_if(m_list.begin(), m_list.end(),
                                   [&preset](const UserPreset &each) { return each.name == preset.name; });
    if (same != m_list.end())
        *same = preset;
    else
        m_list.append(preset);
    keep();
}

void UserPresets::rename(const QString &name, const QString &newName)
{
    const QString wanted = newName.simplified();
    if (wanted.isEmpty() || wanted == name)
        return;
    m_list.removeIf([&wanted](const UserPreset &each) { return each.name == wanted; });
    for (UserPreset &preset : m_list) {
        if (preset.name == name)
            preset.name = wanted;
    }
    keep();
}

void UserPresets::remove(const QString &name)
{
    if (m_list.removeIf([&name](const UserPreset &each) { return each.name == name; }) > 0)
        keep();
}

void UserPresets::exportTo(const QString &path, QObject *context,
                           const std::function<void(const QString &)> &told) const
{
    m_files.write(
        path, [list = m_list] { return toJson(list); }, {.makesFolder = false}, context,
        [path, told](const QString &error) {
            told(error.isEmpty() ? QString() : tr("%1 could not be written: %2.").arg(path, error));
        });
}

QString UserPresets::importFrom(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return tr("%1 cannot be read: %2.").arg(path, file.errorString());
    const auto presets = userPresetsFromJson(file.readAll());
    if (!presets)
        return presets.error();
    for (const UserPreset &preset : *presets)
        save(preset);
    return {};
}

void UserPresets::keep()
{
    if (!m_path.isEmpty())
        m_files.write(m_path, [list = m_list] { return toJson(list); });
    emit changed();
}

} // namespace cycast
