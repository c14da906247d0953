// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settingsindex.h"

#include "core/config/similarword.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr int kMostWarnings = 50;
/// Unknown keys are compared with the known ones, which costs time; so many are more than any person writes.
constexpr int kMostExamined = 500;

struct KnownNames {
    QStringList blocks;
    QHash<QString, QStringList> keysOfBlock;
    QHash<QString, const SettingField *> byKey;  ///< "buffer.size_mb"
    QHash<QString, const SettingField *> byName; ///< "size_mb": names are used once only
};

const KnownNames &known()
{
    static const KnownNames names = [] {
        KnownNames result;
        for (const SettingField &field : settingFields()) {
            const QString key = QString::fromLatin1(field.key);
            const QString block = key.section('.'_L1, 0, 0);
            const QString name = key.section('.'_L1, 1);
            if (!result.blocks.contains(block))
                result.blocks += block;
            result.keysOfBlock[block] += name;
            result.byKey[key] = &field;
            result.byName[name] = &field;
        }
        return result;
    }();
    return names;
}

} // namespace

SettingsIndex::SettingsIndex(const HclValue &root)
{
    for (const HclItem &item : root.items)
        readTopLevel(item);
}

const HclItem *SettingsIndex::find(const SettingField &field) const
{
    return m_items.value(QString::fromLatin1(field.key));
}

void SettingsIndex::readTopLevel(const HclItem &item)
{
    const bool isKnownBlock = known().keysOfBlock.contains(item.name);
    if (item.value.kind == HclValue::Kind::Object) {
        if (isKnownBlock && item.labels.isEmpty()) {
            readBlock(item);
        } else if (isKnownBlock) {
            warn(item.name, item.begin,
                 u"the block %1 has the label \"%2\" and is not read: remove the label"_s.arg(
                     item.name, item.labels.first()));
        } else if (m_examined++ < kMostExamined) {
            if (const QString meant = similarWord(item.name, known().blocks); !meant.isNull())
                warn(item.name, item.begin,
                     u"there is no block \"%1\"; did you mean \"%2\"? It is kept and has no effect"_s.arg(
                         item.name, meant));
        }
        return;
    }
    if (isKnownBlock) {
        m_errors += {item.name, item.value.begin,
                     u"%1 is a block: expected %1 { ... } with its settings inside"_s.arg(item.name)};
        return;
    }
    const SettingField *field = known().byKey.value(item.name, known().byName.value(item.name));
    if (!field) {
        readUnknown({}, item);
        return;
    }
    const QString key = QString::fromLatin1(field->key);
    warn(key, item.begin,
         u"\"%1\" stands outside its block and is read as %2; better write it inside %3 { }"_s.arg(
             item.name, key, key.section('.'_L1, 0, 0)));
    add(*field, item);
}

void SettingsIndex::readBlock(const HclItem &block)
{
    m_blocks[block.name] = block.begin;
    for (const HclItem &item : block.value.items) {
        if (const SettingField *field = known().byKey.value(block.name + '.'_L1 + item.name))
            add(*field, item);
        else
            readUnknown(block.name, item);
    }
}

void SettingsIndex::add(const SettingField &field, const HclItem &item)
{
    const HclItem *&place = m_items[QString::fromLatin1(field.key)];
    if (place) {
        warn(QString::fromLatin1(field.key), item.begin,
             u"%1 is given more than once; the last one counts"_s.arg(QLatin1StringView(field.key)));
    }
    place = &item;
}

void SettingsIndex::readUnknown(const QString &block, const HclItem &item)
{
    if (m_examined++ >= kMostExamined)
        return;
    const KnownNames &names = known();
    QString meant;
    if (!block.isEmpty()) {
        if (const QString name = similarWord(item.name, names.keysOfBlock[block]); !name.isNull())
            meant = block + '.'_L1 + name;
    }
    if (meant.isEmpty()) {
        // A name that belongs into another block, or a slip outside all blocks.
        const QString name = names.byName.contains(item.name) ? item.name
                             : block.isEmpty()                ? similarWord(item.name, names.byName.keys())
                                                              : QString();
        if (!name.isNull())
            meant = QString::fromLatin1(names.byName[name]->key);
    }
    if (meant.isEmpty())
        return;
    m_misspelled[meant] = &item;
    const QString given = block.isEmpty() ? item.name : block + '.'_L1 + item.name;
    warn(
        given, item.begin,
        u"there is no setting \"%1\"; did you mean \"%2\"? It is kept and has no effect"_s.arg(given, meant));
}

void SettingsIndex::warn(const QString &field, qsizetype offset, const QString &sentence)
{
    if (m_warnings.size() < kMostWarnings)
        m_warnings += {field.left(80), offset, sentence.left(400)};
}

} // namespace cycast
