// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingtexts.h"

#include "ui/look/humanize.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace cycast::settingtexts
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("SettingsDialog", text);
}

QString translated(const char *text)
{
    return text ? QCoreApplication::translate("Settings", text) : QString();
}

bool isPause(const SettingField &field)
{
    return QByteArrayView(field.key).startsWith("broadcaster.sleep_");
}

bool is(const SettingField &field, QLatin1StringView key)
{
    return QLatin1StringView(field.key) == key;
}

struct ChoiceWord {
    const char *key;
    const char *value;
    const char *word;
};

constexpr ChoiceWord choiceWords[] = {
    {"server.admin_from", "loopback", QT_TRANSLATE_NOOP("SettingsDialog", "This computer")},
    {"server.admin_from", "lan", QT_TRANSLATE_NOOP("SettingsDialog", "The local network")},
    {"server.admin_from", "anywhere", QT_TRANSLATE_NOOP("SettingsDialog", "Everybody")},
    {"playlist.after_live", "next", QT_TRANSLATE_NOOP("SettingsDialog", "Play the next track")},
    {"playlist.after_live", "resume", QT_TRANSLATE_NOOP("SettingsDialog", "Resume the interrupted one")},
    {"recording.split", "show", QT_TRANSLATE_NOOP("SettingsDialog", "One for each show")},
    {"recording.split", "track", QT_TRANSLATE_NOOP("SettingsDialog", "One for each title")},
    {"directory.radio_browser", "unsaid", QT_TRANSLATE_NOOP("SettingsDialog", "Are told nothing")},
    {"directory.radio_browser", "listed", QT_TRANSLATE_NOOP("SettingsDialog", "May list the station")},
    {"directory.radio_browser", "hidden", QT_TRANSLATE_NOOP("SettingsDialog", "Are asked to stay away")},
    {"encoder.format", "mp3", "MP3"},
    {"encoder.format", "aac", "AAC"},
    {"encoder.format", "opus", "Opus"},
    {"encoder.live", "convert", QT_TRANSLATE_NOOP("SettingsDialog", "Convert to the station\u2019s format")},
    {"encoder.live", "pass", QT_TRANSLATE_NOOP("SettingsDialog", "Send it as it comes")},
};

} // namespace

QString choiceWord(const SettingField &field, const QString &value)
{
    for (const ChoiceWord &each : choiceWords) {
        if (is(field, QLatin1StringView(each.key)) && value == QLatin1StringView(each.value))
            return tr(each.word);
    }
    return value;
}

QString label(const SettingField &field)
{
    return field.label ? translated(field.label) : name(field);
}

QString help(const SettingField &field)
{
    return translated(field.help);
}

QString unit(const SettingField &field)
{
    return isPause(field) ? tr("ms") : translated(field.unit);
}

double shownFactor(const SettingField &field)
{
    return isPause(field) ? 1000.0 : 1.0;
}

QString name(const SettingField &field)
{
    return QString::fromLatin1(field.key).section(u'.', 1);
}

QString pageOf(const SettingField &field)
{
    const QString key = QString::fromLatin1(field.key);
    if (key.startsWith("metadata.station_"_L1))
        return u"station"_s;
    if (key.startsWith("metadata."_L1) || key.startsWith("advanced.max_"_L1) ||
        key == "advanced.header_timeout"_L1)
        return u"listeners"_s;
    if (key.startsWith("https."_L1))
        return u"reach"_s;
    return key.section(u'.', 0, 0);
}

QString pageTitle(const QString &page)
{
    if (page == "station"_L1)
        return tr("Station");
    if (page == "server"_L1)
        return tr("Server");
    if (page == "buffer"_L1)
        return tr("Buffer");
    if (page == "broadcaster"_L1)
        return tr("Broadcaster");
    if (page == "playlist"_L1)
        return tr("Playlist");
    if (page == "jingles"_L1)
        return tr("Jingles");
    if (page == "recording"_L1)
        return tr("Recording");
    if (page == "encoder"_L1)
        return tr("Encoder");
    if (page == "listeners"_L1)
        return tr("Listeners");
    if (page == "reach"_L1)
        return tr("From outside");
    if (page == "directory"_L1)
        return tr("Directories");
    if (page == "alarm"_L1)
        return tr("Alarm");
    if (page == "advanced"_L1)
        return tr("Advanced");
    return page.left(1).toUpper() + page.mid(1);
}

QStringList pages()
{
    const QStringList order{u"station"_s,   u"server"_s,    u"buffer"_s,  u"broadcaster"_s, u"playlist"_s,
                            u"jingles"_s,   u"recording"_s, u"encoder"_s, u"listeners"_s,   u"reach"_s,
                            u"directory"_s, u"alarm"_s,     u"advanced"_s};
    QStringList used;
    for (const SettingField &field : settingFields()) {
        if (!used.contains(pageOf(field)))
            used.append(pageOf(field));
    }
    QStringList result;
    for (const QString &page : order) {
        if (used.removeOne(page))
            result.append(page);
    }
    return result + used;
}

Badge badge(const SettingField &field)
{
    if (field.hasNoEffect || field.takesEffect == TakesEffect::Never)
        return {tr("no effect"), tr("Kept in the file for Cycast; this application does not use it."),
                Tone::Neutral};
    switch (field.takesEffect) {
    case TakesEffect::NewListeners:
        return {tr("new listeners"), tr("Felt by whoever begins to listen from now on."), Tone::Warning};
    case TakesEffect::NewConnections:
        return {tr("new connections"), tr("Felt by every connection made from now on."), Tone::Warning};
    case TakesEffect::NextSource:
        return {tr("next source"), tr("Asked for when the next live source connects."), Tone::Warning};
    case TakesEffect::MovesPort:
        return {tr("moves a port"),
                tr("The new port opens at once; whoever listens on the old one stays until he leaves."),
                Tone::Warning};
    case TakesEffect::ChangesStream:
        return {
            tr("changes the stream"),
            tr("On the air at once. With another kind of stream whoever listens is disconnected and has to "
               "connect anew; most players do so by themselves."),
            Tone::Warning};
    case TakesEffect::Now:
    case TakesEffect::Never:
        break;
    }
    return {tr("now"), tr("Felt at once. Nobody is disconnected."), Tone::Good};
}

QList<std::pair<QString, QString>> choices(const SettingField &field)
{
    QList<std::pair<QString, QString>> result;
    for (const QString &value : field.choices)
        result.append({value, choiceWord(field, value)});
    return result;
}

bool hasAutomatic(const SettingField &field)
{
    return field.type == QMetaType::Int && field.minimum == -1.0;
}

double automaticValue(const SettingField &field, const Settings &settings)
{
    Settings automatic = settings;
    field.set(automatic, -1);
    if (is(field, "buffer.live_cushion_ms"_L1))
        return liveCushionMs(automatic);
    if (is(field, "broadcaster.burst_size"_L1))
        return burstBytes(automatic);
    return -1.0;
}

bool isFolder(const SettingField &field)
{
    return is(field, "playlist.directory"_L1) || is(field, "jingles.directory"_L1) ||
           is(field, "recording.directory"_L1);
}

bool canGenerate(const SettingField &field)
{
    return field.isSecret && !field.hasNoEffect && field.type == QMetaType::QString &&
           !is(field, "reach.update_url"_L1);
}

QString valueText(const SettingField &field, const Settings &settings)
{
    const QVariant value = field.get(settings);
    if (field.isSecret)
        return value.toStringList().join(QString()).isEmpty() ? tr("none") : u"••••••••"_s;
    const auto withUnit = [&](const QString &number) {
        return unit(field).isEmpty() ? number : u"%1 %2"_s.arg(number, unit(field));
    };
    switch (field.type) {
    case QMetaType::Int:
        if (hasAutomatic(field) && value.toInt() == -1)
            return tr("automatic (%1)").arg(withUnit(QString::number(automaticValue(field, settings))));
        return withUnit(QString::number(value.toInt()));
    case QMetaType::Double:
        return withUnit(humanize::displayLocale().toString(value.toDouble() * shownFactor(field), 'g', 6));
    case QMetaType::Bool:
        return value.toBool() ? tr("On") : tr("Off");
    case QMetaType::QStringList:
        return value.toStringList().join(", "_L1);
    default:
        return choiceWord(field, value.toString());
    }
}

} // namespace cycast::settingtexts
