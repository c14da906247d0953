// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/hclliteral.h"
#include "core/config/settingswriter.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// `text` as comment lines of at most 100 characters.
QByteArray comment(const QString &text, const QByteArray &indent)
{
    constexpr qsizetype width = 100;
    QByteArray out;
    QByteArray line;
    for (const QString &word : text.split(' '_L1, Qt::SkipEmptyParts)) {
        const QByteArray bytes = word.toUtf8();
        if (!line.isEmpty() && line.size() + 1 + bytes.size() > width) {
            out += line + '\n';
            line.clear();
        }
        line += (line.isEmpty() ? indent + "# " : QByteArray(" ")) + bytes;
    }
    return line.isEmpty() ? out : out + line + '\n';
}

QString purposeOf(const QString &block)
{
    static const QHash<QString, QString> purposes = {
        {u"server"_s, u"Where the station can be reached, and by whom it may be fed."_s},
        {u"buffer"_s, u"The memory between what is played and what is heard."_s},
        {u"playlist"_s, u"What is heard while nobody is live."_s},
        {u"encoder"_s, u"What the stream is made of, and how tracks follow one another."_s},
        {u"broadcaster"_s,
         u"How audio is handed to the listeners. The menu Presets changes these together."_s},
        {u"metadata"_s, u"What players and the web page show."_s},
        {u"advanced"_s, u"Limits and details; the defaults suit most stations."_s},
    };
    return purposes.value(block);
}

QString accepted(const SettingField &field)
{
    QString text = u"%1. %2"_s.arg(QLatin1StringView(field.label), QLatin1StringView(field.help));
    if (!field.unit)
        return text;
    return u"%1, in %2. %3"_s.arg(QLatin1StringView(field.label), QLatin1StringView(field.unit),
                                  QLatin1StringView(field.help));
}

/// A long list goes over several lines.
QByteArray literal(const QVariant &value)
{
    constexpr qsizetype width = 100;
    QByteArray text = hclLiteral(value);
    if (value.typeId() != QMetaType::QStringList || text.size() <= width)
        return text;
    QByteArray out = "[";
    QByteArray line;
    for (const QString &item : value.toStringList()) {
        const QByteArray each = hclLiteral(item) + ',';
        if (line.isEmpty() || line.size() + each.size() >= width) {
            out += line + "\n";
            line = "    " + each;
        } else {
            line += ' ' + each;
        }
    }
    return out + line + "\n  ]";
}

} // namespace

QByteArray firstSettingsText(const Settings &settings)
{
    QByteArray out =
        comment(u"Settings of this station. Changes are taken over while it is on the air, as soon as this "
                u"file is saved; nobody is disconnected. The application changes single values in here and "
                u"leaves comments and everything else alone."_s,
                {});
    QString open;
    for (const SettingField &field : settingFields()) {
        if (field.hasNoEffect)
            continue;
        const QString key = QString::fromLatin1(field.key);
        const QString block = key.section('.'_L1, 0, 0);
        if (block != open) {
            if (!open.isEmpty())
                out += "}\n";
            out += '\n' + comment(purposeOf(block), {}) + block.toUtf8() + " {\n";
        } else {
            out += '\n';
        }
        open = block;
        const QVariant value = field.get(settings);
        const bool isAutomatic = field.minimum == -1.0 && value.toDouble() < 0.0;
        out += comment(accepted(field), "  ");
        out +=
            (isAutomatic ? "  # " : "  ") + key.section('.'_L1, 1).toUtf8() + " = " + literal(value) + '\n';
    }
    return out + "}\n";
}

} // namespace cycast
