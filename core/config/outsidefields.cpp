// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/fieldrow.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

QList<SettingField> reachFields()
{
    using S = Settings::Reach;
    constexpr auto block = &Settings::reach;
    return {
        field<block, &S::updateUrl>(
            {.key = "reach.update_url",
             .label = QT_TRANSLATE_NOOP("Settings", "Call when the address changes"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "The update address of your dynamic name (DuckDNS, No-IP, deSEC and others); {ip} and {ip6} "
                 "stand for the new addresses. It usually holds a secret and is never shown in logs."),
             .isSecret = true}),
    };
}

QList<SettingField> directoryFields()
{
    using S = Settings::Directory;
    constexpr auto block = &Settings::directory;
    return {
        field<block, &S::enabled>(
            {.key = "directory.enabled",
             .label = QT_TRANSLATE_NOOP("Settings", "List the station publicly"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "In the directory below, while it is on the air and people outside can reach it.")}),
        field<block, &S::url>(
            {.key = "directory.url",
             .label = QT_TRANSLATE_NOOP("Settings", "Directory"),
             .help = QT_TRANSLATE_NOOP("Settings", "One that understands the YP protocol, as Xiph's does.")}),
        field<block, &S::radioBrowser>(
            {.key = "directory.radio_browser",
             .label = QT_TRANSLATE_NOOP("Settings", "radio-browser.info and others that ask"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "They read what the stream says of itself, every other day. The first entry is made by hand "
                 "at radio-browser.info."),
             .takesEffect = TakesEffect::NewListeners,
             .choices = {u"unsaid"_s, u"listed"_s, u"hidden"_s}}),
        field<block, &S::logo>(
            {.key = "directory.logo",
             .label = QT_TRANSLATE_NOOP("Settings", "Logo"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "The address of a picture, which begins with http:// or https://."),
             .takesEffect = TakesEffect::NewListeners}),
        field<block, &S::country>(
            {.key = "directory.country",
             .label = QT_TRANSLATE_NOOP("Settings", "Country"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "Two letters, as in DE; with a part of the country as in DE-HH."),
             .takesEffect = TakesEffect::NewListeners}),
        field<block, &S::languages>(
            {.key = "directory.languages",
             .label = QT_TRANSLATE_NOOP("Settings", "Languages"),
             .help = QT_TRANSLATE_NOOP("Settings", "Two or three letters each, as in de or en."),
             .takesEffect = TakesEffect::NewListeners}),
        field<block, &S::location>(
            {.key = "directory.location",
             .label = QT_TRANSLATE_NOOP("Settings", "Place on the map"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "Latitude and longitude, as in 53.55,9.99. Everybody can read it: a town is enough."),
             .takesEffect = TakesEffect::NewListeners}),
    };
}

QList<SettingField> httpsFields()
{
    using S = Settings::Https;
    constexpr auto block = &Settings::https;
    return {
        field<block, &S::enabled>(
            {.key = "https.enabled",
             .label = QT_TRANSLATE_NOOP("Settings", "Get a certificate by itself"),
             .help = QT_TRANSLATE_NOOP("Settings", "From the authority below, free of charge, and renew it "
                                                   "in time. Port 80 or 443 of the public "
                                                   "address has to lead here while that is done.")}),
        field<block, &S::name>({.key = "https.name",
                                .label = QT_TRANSLATE_NOOP("Settings", "For the name"),
                                .help = QT_TRANSLATE_NOOP(
                                    "Settings", "A host name that leads to this computer, as in "
                                                "radio.example.org, or its address in the internet. Empty: "
                                                "the host of the public address.")}),
        field<block, &S::directory>(
            {.key = "https.directory",
             .label = QT_TRANSLATE_NOOP("Settings", "Authority"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings", "The directory address of a certificate authority (ACME); Let\u2019s Encrypt if "
                             "you have no other.")}),
        field<block, &S::rehearsal>(
            {.key = "https.rehearsal",
             .label = QT_TRANSLATE_NOOP("Settings", "Tried first at"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "The first certificate is asked for here, for nothing: who fails too often at the real "
                 "authority is locked out. Empty: no rehearsal.")}),
    };
}

} // namespace cycast
