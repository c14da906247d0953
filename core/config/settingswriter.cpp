// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settingswriter.h"

#include "core/config/hcleditor.h"
#include "core/config/hcllexer.h"
#include "core/config/hclliteral.h"
#include "core/config/hclparser.h"
#include "core/config/settingsfile.h"
#include "core/config/settingsindex.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// What the file says about a field, in the form the settings have it (extensions with their dot); invalid
/// when it cannot be read.
QVariant said(const SettingField &field, const HclItem &item)
{
    const FieldReading reading = readField(field, item.value);
    if (!reading.value)
        return {};
    Settings settings;
    field.set(settings, *reading.value);
    return field.get(settings);
}

} // namespace

Result<QByteArray> withValues(const QByteArray &text, const Settings &settings, const QStringList &keys,
                              const QString &fileName)
{
    const auto root = parseHcl(text);
    if (!root)
        return failure(hclLocated(fileName, text, root.error().offset, root.error().sentence) + '.'_L1);

    const SettingsIndex index(*root);
    const Settings defaults;
    HclEditor editor(text, *root);
    QStringList blocks;
    QHash<QString, QList<std::pair<QString, QByteArray>>> missing;
    for (const SettingField &field : settingFields()) {
        const QString key = QString::fromLatin1(field.key);
        if (!keys.contains(key))
            continue;
        const QVariant wanted = field.get(settings);
        const HclItem *item = index.find(field);
        const bool isGiven = item && item->value.kind != HclValue::Kind::Null;
        if (!isGiven && wanted == field.get(defaults))
            continue;
        if (!item) {
            const QString block = key.section('.'_L1, 0, 0);
            if (!blocks.contains(block))
                blocks += block;
            missing[block] += {key.section('.'_L1, 1), hclLiteral(wanted)};
            continue;
        }
        const QVariant before = said(field, *item);
        if (before == wanted)
            continue;
        if (item->isBlock)
            return failure(hclLocated(fileName, text, item->begin,
                                      u"found a block: expected %1 = value."_s.arg(item->name.left(40))));
        if (field.type == QMetaType::QStringList && before.isValid() &&
            item->value.kind == HclValue::Kind::List)
            editor.replaceList(item->value, before.toStringList(), wanted.toStringList());
        else
            editor.replace(item->value, hclLiteral(wanted));
    }
    for (const QString &block : std::as_const(blocks))
        editor.addKeys(block, missing[block]);
    return editor.result();
}

Result<QByteArray> withSettings(const QByteArray &text, const Settings &settings, const QString &fileName)
{
    QStringList keys;
    for (const SettingField &field : settingFields())
        keys += QString::fromLatin1(field.key);
    return withValues(text, settings, keys, fileName);
}

} // namespace cycast
