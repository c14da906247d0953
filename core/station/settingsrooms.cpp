// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/settingsrooms.h"

#include "core/config/settings.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

/// A key, or a block with its point: all keys in it.
struct Concern {
    SettingsRoom room;
    QLatin1StringView prefix;
};

constexpr Concern concerns[] = {
    {SettingsRoom::Log, "advanced.verbose_logging"_L1},
    {SettingsRoom::System, "advanced.nice"_L1},
    {SettingsRoom::System, "advanced.cpus"_L1},
    {SettingsRoom::Mount, "buffer.size_mb"_L1},
    {SettingsRoom::Mount, "broadcaster."_L1},
    {SettingsRoom::Mount, "metadata.station_url"_L1},
    {SettingsRoom::Playout, "encoder."_L1},
    {SettingsRoom::Programme, "buffer."_L1},
    {SettingsRoom::Programme, "encoder.live"_L1},
    {SettingsRoom::Programme, "playlist.after_live"_L1},
    {SettingsRoom::Programme, "metadata.station_name"_L1},
    {SettingsRoom::Order, "playlist.shuffle"_L1},
    {SettingsRoom::Order, "playlist.repeat"_L1},
    {SettingsRoom::Jingles, "jingles.every_"_L1},
    {SettingsRoom::Sources, "server.mount_point"_L1},
    {SettingsRoom::Sources, "server.source_password"_L1},
    {SettingsRoom::Sources, "server.more_sources"_L1},
    {SettingsRoom::Sources, "advanced.source_timeout"_L1},
    {SettingsRoom::Sources, "advanced.header_timeout"_L1},
    {SettingsRoom::Listeners, "metadata."_L1},
    {SettingsRoom::Listeners, "server.mount_point"_L1},
    {SettingsRoom::Listeners, "server.public_url"_L1},
    {SettingsRoom::Listeners, "directory."_L1}, // what the head of the stream says for directories
    {SettingsRoom::Listeners, "encoder."_L1},   // the content type
    {SettingsRoom::Listeners, "advanced."_L1},
    {SettingsRoom::Doors, "server."_L1},
    {SettingsRoom::Doors, "advanced."_L1},
    {SettingsRoom::Doors, "metadata."_L1}, // what the admin pages show
    {SettingsRoom::Doors, "encoder."_L1},
    {SettingsRoom::Reach, "reach.open_port"_L1},
    {SettingsRoom::Reach, "server."_L1},
};

} // namespace

QList<SettingsRoom> roomsOf(const QStringList &keys)
{
    QList<SettingsRoom> rooms;
    for (const Concern &concern : concerns) {
        if (!rooms.contains(concern.room) &&
            std::any_of(keys.cbegin(), keys.cend(),
                        [&concern](const QString &key) { return key.startsWith(concern.prefix); }))
            rooms.append(concern.room);
    }
    return rooms;
}

QStringList allKeys()
{
    QStringList keys;
    for (const SettingField &field : settingFields())
        keys.append(QString::fromLatin1(field.key));
    return keys;
}

} // namespace cycast
