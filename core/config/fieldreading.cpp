// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settingsindex.h"
#include "core/config/validation.h"

#include <cmath>
#include <limits>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

QString kindName(const HclValue &value)
{
    switch (value.kind) {
    case HclValue::Kind::Null:
        return u"null"_s;
    case HclValue::Kind::String:
        return u"a text"_s;
    case HclValue::Kind::Number:
        return u"a number"_s;
    case HclValue::Kind::Bool:
        return u"true or false"_s;
    case HclValue::Kind::List:
        return u"a list"_s;
    case HclValue::Kind::Object:
        return u"a block"_s;
    }
    return {};
}

FieldReading wrongType(const SettingField &field, const HclValue &value)
{
    return {{}, u"is %1: expected %2"_s.arg(kindName(value), acceptedBy(field)), {}};
}

FieldReading readNumber(const SettingField &field, const HclValue &value)
{
    double number = value.number;
    QString warning;
    if (value.kind == HclValue::Kind::String) {
        bool ok = false;
        number = value.text.trimmed().toDouble(&ok);
        if (!ok || !std::isfinite(number))
            return wrongType(field, value);
        warning = u"is a number in quotes; it is read as %1, better leave the quotes away"_s.arg(number);
    } else if (value.kind != HclValue::Kind::Number) {
        return wrongType(field, value);
    }
    if (field.type == QMetaType::Double)
        return {QVariant(number), {}, warning};
    if (number != std::trunc(number))
        return {
            {}, u"is %1: expected a whole number, %2"_s.arg(QString::number(number), acceptedBy(field)), {}};
    if (std::abs(number) > std::numeric_limits<int>::max())
        return {{}, u"is %1: expected %2"_s.arg(QString::number(number), acceptedBy(field)), {}};
    return {QVariant(static_cast<int>(number)), {}, warning};
}

FieldReading readBool(const SettingField &field, const HclValue &value)
{
    if (value.kind == HclValue::Kind::Bool)
        return {QVariant(value.truth), {}, {}};
    const QString word = value.text.trimmed().toLower();
    if (value.kind != HclValue::Kind::String || (word != "true"_L1 && word != "false"_L1))
        return wrongType(field, value);
    return {QVariant(word == "true"_L1),
            {},
            u"is in quotes; it is read as %1, better leave them away"_s.arg(word)};
}

FieldReading readTexts(const SettingField &field, const HclValue &value)
{
    if (value.kind == HclValue::Kind::String)
        return {QVariant(QStringList(value.text)), {}, u"is a single text; it is read as a list of one"_s};
    if (value.kind != HclValue::Kind::List)
        return wrongType(field, value);
    QStringList texts;
    for (const HclValue &element : value.elements) {
        if (element.kind != HclValue::Kind::String)
            return {{}, u"contains %1: expected %2"_s.arg(kindName(element), acceptedBy(field)), {}};
        texts += element.text;
    }
    return {QVariant(texts), {}, {}};
}

} // namespace

FieldReading readField(const SettingField &field, const HclValue &value)
{
    if (value.kind == HclValue::Kind::Null)
        return {};
    switch (field.type) {
    case QMetaType::Int:
    case QMetaType::Double:
        return readNumber(field, value);
    case QMetaType::Bool:
        return readBool(field, value);
    case QMetaType::QStringList:
        return readTexts(field, value);
    default:
        return value.kind == HclValue::Kind::String ? FieldReading{QVariant(value.text), {}, {}}
                                                    : wrongType(field, value);
    }
}

} // namespace cycast
