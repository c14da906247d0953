// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settings.h"

#include <algorithm>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

QStringList playableExtensions()
{
    return {u".mp3"_s,  u".mp2"_s,  u".mp1"_s, u".mpa"_s,  u".aac"_s, u".m4a"_s, u".m4b"_s, u".mp4"_s,
            u".flac"_s, u".ogg"_s,  u".oga"_s, u".opus"_s, u".spx"_s, u".wav"_s, u".w64"_s, u".aif"_s,
            u".aiff"_s, u".aifc"_s, u".wma"_s, u".asf"_s,  u".ape"_s, u".wv"_s,  u".mpc"_s, u".tta"_s,
            u".mka"_s,  u".webm"_s, u".caf"_s, u".au"_s,   u".ac3"_s, u".3gp"_s, u".amr"_s, u".dsf"_s};
}

QStringList changedKeys(const Settings &before, const Settings &after)
{
    QStringList keys;
    for (const SettingField &row : settingFields()) {
        if (row.get(before) != row.get(after))
            keys += QString::fromLatin1(row.key);
    }
    return keys;
}

void copyKeys(const QStringList &keys, const Settings &from, Settings &to)
{
    for (const QString &key : keys) {
        if (const SettingField *row = settingField(key))
            row->set(to, row->get(from));
    }
}

int liveCushionMs(const Settings &settings)
{
    constexpr int freeMb = 20;
    constexpr int msPerMb = 20;
    if (settings.buffer.liveCushionMs >= 0)
        return settings.buffer.liveCushionMs;
    return std::max(0, settings.buffer.sizeMb - freeMb) * msPerMb;
}

int burstBytes(const Settings &settings)
{
    const auto &broadcaster = settings.broadcaster;
    return broadcaster.burstSize >= 0 ? broadcaster.burstSize : 4 * broadcaster.chunkSize;
}

int liveGatherMs(const Settings &settings)
{
    const Settings::Broadcaster &broadcaster = settings.broadcaster;
    return broadcaster.gatherMs >= 0 ? broadcaster.gatherMs : chunkDeadlineMs(broadcaster.chunkSize);
}

int chunkDeadlineMs(int chunkSize)
{
    constexpr int longestMs = 500;
    return static_cast<int>(std::min<qint64>(longestMs, qint64(chunkSize) * 200 / 16384));
}

double bufferSeconds(qint64 bytes, int bitrateKbps)
{
    return bitrateKbps > 0 ? double(bytes) / (bitrateKbps * 1000.0 / 8.0) : 0.0;
}

QStringList secretTexts(const Settings &settings)
{
    QStringList texts;
    for (const SettingField &row : settingFields()) {
        if (!row.isSecret)
            continue;
        for (const QString &value : row.get(settings).toStringList()) {
            const bool isList = row.type == QMetaType::QStringList;
            const QString text = isList ? value.section(u':', 1) : value;
            if (!text.isEmpty() && text != wellKnownPassphrase)
                texts += text;
        }
    }
    return texts;
}

} // namespace cycast
