// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settingsimport.h"

#include "core/config/hcllexer.h"
#include "core/config/hclparser.h"
#include "core/config/settingsindex.h"

#include <QXmlStreamReader>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qsizetype mostNotTaken = 40;

/// icecast.xml element -> our key. The first that is met counts: the main listen-socket and mount come first.
struct Counterpart {
    const char *path;
    const char *key;
};
constexpr Counterpart counterparts[] = {
    {"icecast/limits/clients", "advanced.max_listeners"},
    {"icecast/limits/source-timeout", "advanced.source_timeout"},
    {"icecast/limits/header-timeout", "advanced.header_timeout"},
    {"icecast/limits/burst-size", "broadcaster.burst_size"},
    {"icecast/authentication/source-password", "server.source_password"},
    {"icecast/authentication/admin-password", "server.admin_password"},
    {"icecast/listen-socket/port", "server.listen_port"},
    {"icecast/listen-socket/bind-address", "server.host"},
    {"icecast/mount/mount-name", "server.mount_point"},
    {"icecast/mount/password", "server.source_password"},
    {"icecast/mount/max-listeners", "advanced.max_listeners"},
    {"icecast/mount/burst-size", "broadcaster.burst_size"},
    {"icecast/mount/stream-name", "metadata.station_name"},
    {"icecast/mount/stream-description", "metadata.station_description"},
    {"icecast/mount/stream-url", "metadata.station_url"},
    {"icecast/mount/genre", "metadata.station_genre"},
    {"icecast/paths/ssl-certificate", "server.tls_certificate"},
    {"icecast/paths/tls-certificate", "server.tls_certificate"},
};

const SettingField *counterpartOf(const QString &path)
{
    for (const Counterpart &each : counterparts) {
        if (path == QLatin1StringView(each.path))
            return settingField(QString::fromLatin1(each.key));
    }
    return nullptr;
}

/// Puts a text into a field when it is one of its values.
bool put(const SettingField &field, const QString &text, Settings &settings)
{
    bool isFine = true;
    QVariant value;
    switch (field.type) {
    case QMetaType::Int:
        value = text.toInt(&isFine);
        break;
    case QMetaType::Double:
        value = text.toDouble(&isFine);
        break;
    case QMetaType::Bool:
        value = text == "1"_L1 || text == "true"_L1;
        break;
    default:
        value = text;
        break;
    }
    const bool isNumber = field.type == QMetaType::Int || field.type == QMetaType::Double;
    if (!isFine || text.isEmpty() ||
        (isNumber && (value.toDouble() < field.minimum || value.toDouble() > field.maximum)))
        return false;
    field.set(settings, value);
    return true;
}

/// One port here is for listeners, the other for sources; Icecast has one for both.
void keepPortsApart(Settings &settings)
{
    if (settings.server.sourcePort == settings.server.listenPort)
        settings.server.sourcePort = settings.server.listenPort > 1 ? settings.server.listenPort - 1 : 2;
}

void finish(ImportedSettings &imported)
{
    keepPortsApart(imported.settings);
    for (const SettingField &field : settingFields()) {
        const QString key = QString::fromLatin1(field.key);
        if (!imported.taken.contains(key) && !field.hasNoEffect)
            imported.fresh.append(key);
    }
}

Result<ImportedSettings> importXml(const QByteArray &text, const QString &fileName, const Settings &inForce)
{
    ImportedSettings imported;
    imported.program = u"Icecast"_s;
    imported.settings = inForce;
    QXmlStreamReader xml(text);
    QStringList path;
    QString content;
    bool isLeaf = false;
    while (!xml.atEnd()) {
        switch (xml.readNext()) {
        case QXmlStreamReader::StartElement:
            path.append(xml.name().toString());
            content.clear();
            isLeaf = true;
            if (path.size() == 1 && path.first() != "icecast"_L1)
                return failure(Core::tr("%1 is no settings file of Icecast: it begins with <%2>.")
                                   .arg(fileName, path.first().left(40)));
            break;
        case QXmlStreamReader::Characters:
            content += xml.text();
            break;
        case QXmlStreamReader::EndElement: {
            const QString place = path.join(u'/');
            const SettingField *field = isLeaf ? counterpartOf(place) : nullptr;
            const QString key = field != nullptr ? QString::fromLatin1(field->key) : QString();
            if (field != nullptr &&
                (imported.taken.contains(key) || put(*field, content.trimmed(), imported.settings))) {
                if (!imported.taken.contains(key))
                    imported.taken.append(key);
            } else if (isLeaf && imported.notTaken.size() < mostNotTaken &&
                       !imported.notTaken.contains(place.section(u'/', 1))) {
                imported.notTaken.append(place.section(u'/', 1));
            }
            isLeaf = false;
            path.removeLast();
            break;
        }
        default:
            break;
        }
    }
    if (xml.hasError())
        return failure(Sentence::composed("%1:%2:%3: %4")
                           .arg(fileName)
                           .arg(xml.lineNumber())
                           .arg(xml.columnNumber())
                           .arg(xml.errorString()));
    finish(imported);
    return imported;
}

/// Everything that the tree names, as "block.key".
void collectNames(const HclValue &value, const QString &prefix, QStringList &names)
{
    for (const HclItem &item : value.items) {
        const QString name = prefix.isEmpty() ? item.name : prefix + u'.' + item.name;
        if (item.value.kind == HclValue::Kind::Object && prefix.isEmpty())
            collectNames(item.value, name, names);
        else if (names.size() < 1'000)
            names.append(name);
    }
}

Result<ImportedSettings> importHcl(const QByteArray &text, const QString &fileName, const Settings &inForce)
{
    const auto root = parseHcl(text);
    if (!root)
        return failure(hclLocated(fileName, text, root.error().offset, root.error().sentence));
    ImportedSettings imported;
    imported.program = u"Cycast"_s;
    imported.settings = inForce;
    const SettingsIndex index(*root);
    QStringList names;
    collectNames(*root, {}, names);
    for (const SettingField &field : settingFields()) {
        const QString key = QString::fromLatin1(field.key);
        const HclItem *item = index.find(field);
        if (item == nullptr)
            continue;
        names.removeAll(key);
        const FieldReading reading = readField(field, item->value);
        if (!reading.error.isEmpty())
            return failure(hclLocated(fileName, text, item->value.begin, key + u' ' + reading.error));
        if (field.hasNoEffect) {
            imported.notTaken.append(key);
        } else if (reading.value) {
            field.set(imported.settings, *reading.value);
            imported.taken.append(key);
        }
    }
    if (imported.taken.isEmpty())
        return failure(Core::tr("%1 holds none of the settings that are known here.").arg(fileName));
    imported.notTaken += names.first(qMin(names.size(), mostNotTaken));
    finish(imported);
    return imported;
}

} // namespace

Result<ImportedSettings> importSettings(const QByteArray &text, const QString &fileName,
                                        const Settings &inForce)
{
    QByteArrayView bare(text);
    if (bare.startsWith("\xEF\xBB\xBF"))
        bare = bare.sliced(3);
    bare = bare.trimmed();
    return bare.startsWith('<') ? importXml(bare.toByteArray(), fileName, inForce)
                                : importHcl(text, fileName, inForce);
}

} // namespace cycast
