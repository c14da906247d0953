// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settingsjson.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

QJsonObject settingsToJson(const Settings &settings)
{
    Settings inForce = settings;
    inForce.buffer.liveCushionMs = liveCushionMs(settings);
    inForce.broadcaster.burstSize = burstBytes(settings);

    QJsonObject blocks;
    for (const SettingField &field : settingFields()) {
        const QString key = QString::fromLatin1(field.key);
        const QString name = key.section('.'_L1, 0, 0);
        const QVariant value = field.get(inForce);
        QJsonObject block = blocks[name].toObject();
        if (field.isSecret)
            block[key.section('.'_L1, 1)] =
                value.toStringList().join(QString()).isEmpty() ? u"(not set)"_s : u"(set)"_s;
        else
            block[key.section('.'_L1, 1)] = QJsonValue::fromVariant(value);
        blocks[name] = block;
    }
    return blocks;
}

} // namespace cycast
