// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/hclvalue.h"
#include "core/config/settings.h"

#include <QHash>

#include <optional>

namespace cycast
{

/// A remark about one place of a settings file.
struct SettingRemark {
    QString field;
    qsizetype offset = 0;
    QString sentence;
};

/// Where each known setting stands in a parsed settings file. The last one counts; blocks of the same name
/// are read as one. The tree must outlive the index.
class SettingsIndex
{
public:
    explicit SettingsIndex(const HclValue &root);

    /// Null when the file does not have it.
    const HclItem *find(const SettingField &field) const;
    /// Keys given twice, keys outside their block, and unknown ones that look like known ones; a bounded
    /// number.
    const QList<SettingRemark> &warnings() const { return m_warnings; }
    /// What cannot be read at all, such as `buffer = 5`.
    const QList<SettingRemark> &errors() const { return m_errors; }
    /// The unknown key that was probably meant to be `key`, or null.
    const HclItem *misspelled(const QString &key) const { return m_misspelled.value(key); }
    /// Where a block of this name begins, or 0.
    qsizetype blockOffset(const QString &block) const { return m_blocks.value(block); }

private:
    void readTopLevel(const HclItem &item);
    void readBlock(const HclItem &block);
    void add(const SettingField &field, const HclItem &item);
    void readUnknown(const QString &block, const HclItem &item);
    void warn(const QString &field, qsizetype offset, const QString &sentence);

    QHash<QString, const HclItem *> m_items;
    QHash<QString, const HclItem *> m_misspelled;
    QHash<QString, qsizetype> m_blocks;
    QList<SettingRemark> m_warnings;
    QList<SettingRemark> m_errors;
    int m_examined = 0;
};

/// What one value of the file says, as the field's type. Neither value nor error: `null`, which is as if the
/// key were not there.
struct FieldReading {
    std::optional<QVariant> value;
    QString error;   ///< "is ...: expected ..."
    QString warning; ///< "is ..."
};
FieldReading readField(const SettingField &field, const HclValue &value);

} // namespace cycast
