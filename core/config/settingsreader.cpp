// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/hcllexer.h"
#include "core/config/hclparser.h"
#include "core/config/settingsfile.h"
#include "core/config/settingsindex.h"

#include <algorithm>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qsizetype kMostErrors = 10;

/// Reads each field that the file has; what cannot be read goes to `errors`, what is odd to `warnings`.
Settings readFields(const SettingsIndex &index, QList<SettingRemark> &errors, QList<SettingRemark> &warnings)
{
    Settings settings;
    for (const SettingField &field : settingFields()) {
        const HclItem *item = index.find(field);
        if (!item)
            continue;
        const QString key = QString::fromLatin1(field.key);
        const FieldReading reading = readField(field, item->value);
        if (reading.value)
            field.set(settings, *reading.value);
        if (field.hasNoEffect)
            warnings += {key, item->begin, key + " has no effect here; it is kept"_L1};
        else if (!reading.error.isEmpty())
            errors += {key, item->value.begin, key + ' '_L1 + reading.error};
        else if (!reading.warning.isEmpty())
            warnings += {key, item->value.begin, key + ' '_L1 + reading.warning};
    }
    return settings;
}

/// A password that is not there: said where it was probably meant to be.
SettingRemark missingPassword(const SettingsIndex &index)
{
    const QString key = u"server.source_password"_s;
    if (const HclItem *slip = index.misspelled(key)) {
        return {key, slip->begin,
                u"found \"%1\", which is no setting: expected source_password. Did you mean that? Without a "
                u"pass phrase live sources are refused"_s.arg(slip->name.left(40))};
    }
    return {key, index.blockOffset(u"server"_s),
            u"server.source_password is missing, so live sources are refused: expected a line such as "
            u"source_password = \"...\" in the block server; a pass phrase is never made up for an existing "
            u"file"_s};
}

QString located(const QString &fileName, const QByteArray &text, const SettingRemark &remark)
{
    const bool isSentence = remark.sentence.endsWith('.'_L1) || remark.sentence.endsWith('?'_L1);
    return hclLocated(fileName, text, remark.offset, remark.sentence) + (isSentence ? ""_L1 : "."_L1);
}

} // namespace

Result<LoadedSettings> parseSettings(const QByteArray &text, const QString &fileName, PortRule rule)
{
    const auto root = parseHcl(text);
    if (!root)
        return failure(located(fileName, text, {{}, root.error().offset, root.error().sentence}));

    const SettingsIndex index(*root);
    QList<SettingRemark> errors = index.errors();
    QList<SettingRemark> warnings = index.warnings();
    LoadedSettings loaded;
    loaded.settings = readFields(index, errors, warnings);

    QList<SettingsProblem> general;
    for (const SettingsProblem &problem : validate(loaded.settings, rule)) {
        const SettingField *field = settingField(problem.field);
        const HclItem *item = field ? index.find(*field) : nullptr;
        const bool alreadyTold = std::any_of(
            errors.begin(), errors.end(), [&](const SettingRemark &e) { return e.field == problem.field; });
        const bool isGiven = item && item->value.kind != HclValue::Kind::Null;
        if (problem.isWarning && !isGiven && problem.field == "server.source_password"_L1) {
            if (const HclItem *slip = index.misspelled(problem.field)) // has been told as an unknown key
                warnings.removeIf([slip](const SettingRemark &told) { return told.offset == slip->begin; });
            warnings += missingPassword(index);
        } else if (problem.isWarning)
            general += problem;
        else if (alreadyTold)
            continue;
        else if (isGiven)
            errors += {problem.field, item->value.begin, problem.sentence};
        else
            errors +=
                {problem.field, index.blockOffset(problem.field.section('.'_L1, 0, 0)), problem.sentence};
    }
    if (!errors.isEmpty()) {
        std::stable_sort(errors.begin(), errors.end(),
                         [](const SettingRemark &a, const SettingRemark &b) { return a.offset < b.offset; });
        QStringList sentences;
        for (const SettingRemark &error : errors.first(std::min(errors.size(), kMostErrors)))
            sentences += located(fileName, text, error);
        return failure(sentences.join('\n'_L1));
    }
    std::stable_sort(warnings.begin(), warnings.end(),
                     [](const SettingRemark &a, const SettingRemark &b) { return a.offset < b.offset; });
    for (const SettingRemark &warning : std::as_const(warnings))
        loaded.warnings += {warning.field, Sentence(located(fileName, text, warning)), true};
    loaded.warnings += general;
    return loaded;
}

} // namespace cycast
