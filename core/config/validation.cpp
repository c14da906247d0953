// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/validation.h"

#include "core/base/characters.h"
#include "core/base/cpulist.h"
#include "core/config/accesschecks.h"
#include "core/config/outsidechecks.h"

#include <QUrl>

#include <algorithm>
#include <cmath>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qsizetype kLongestText = 1000;

bool isPort(const SettingField &field)
{
    return QLatin1StringView(field.key).endsWith("_port"_L1);
}

QString number(double value)
{
    return QString::number(value, 'g', 10);
}

/// Range, choice, length and control characters: what the table knows. Empty when fine.
Sentence generalProblem(const SettingField &field, const QVariant &value, PortRule rule)
{
    switch (field.type) {
    case QMetaType::Int:
    case QMetaType::Double: {
        const double given = value.toDouble();
        const bool anyPort = rule == PortRule::AnyAllowed && isPort(field) && given == 0.0;
        if (anyPort || (std::isfinite(given) && given >= field.minimum && given <= field.maximum))
            return {};
        return Core::tr("is %1: expected %2")
            .arg(std::isfinite(given) ? Sentence(number(given)) : Core::tr("not a number"),
                 acceptedBy(field, rule));
    }
    case QMetaType::QString: {
        const QString text = value.toString();
        if (!field.choices.isEmpty() && !field.choices.contains(text))
            return Core::tr("is \"%1\": expected %2").arg(text.left(40), acceptedBy(field));
        if (std::any_of(text.begin(), text.end(), isControlCharacter)) {
            return Core::tr("contains a line break, a tab or another control character: remove it. If a "
                            "backslash is meant, write it twice in the file, as in \"C:\\\\music\\\\new\": "
                            "single ones begin an escape such as \\n (Cycast's own reader kept them)");
        }
        if (text.size() > kLongestText)
            return Core::tr("has %1 characters: expected at most %2").arg(text.size()).arg(kLongestText);
        return {};
    }
    default:
        return {};
    }
}

Sentence hostProblem(const Settings &settings)
{
    const QString &host = settings.server.host;
    if (host.isEmpty())
        return Core::tr(
            "is empty: expected an address such as 0.0.0.0 (every network) or 127.0.0.1 (this computer)");
    const auto belongs = [](QChar c) {
        return c.isLetterOrNumber() || c == '.'_L1 || c == ':'_L1 || c == '-'_L1 || c == '%'_L1 ||
               c == '_'_L1;
    };
    if (!std::all_of(host.begin(), host.end(), belongs))
        return Core::tr("is \"%1\": expected an address alone, such as 0.0.0.0 or 192.168.1.20, without "
                        "http:// or a port")
            .arg(host.left(60));
    return {};
}

Sentence portProblem(const Settings &settings)
{
    const auto &server = settings.server;
    if (server.listenPort != server.sourcePort || server.listenPort == 0)
        return {};
    return Core::tr(
               "is %1, and so is server.source_port: expected two different ports, such as 8000 and 8001")
        .arg(server.listenPort);
}

Sentence passwordProblem(const Settings &settings)
{
    if (settings.server.sourcePassword == wellKnownPassphrase && !isLoopbackHost(settings.server.host)) {
        return Core::tr("is \"hackme\", which everybody knows, and server.host lets other computers connect: "
                        "expected a pass phrase of your own, or server.host = \"127.0.0.1\"");
    }
    return {};
}

Sentence passwordWarning(const Settings &settings)
{
    if (settings.server.sourcePassword.isEmpty() && settings.server.moreSources.isEmpty())
        return Core::tr("is empty, so live sources are refused: expected a line such as source_password = "
                        "\"...\" in the block server, with a pass phrase of your own");
    if (settings.server.sourcePassword != wellKnownPassphrase)
        return {};
    return Core::tr("is \"hackme\", which everybody knows. That is accepted because only this computer can "
                    "connect; choose a pass phrase of your own before you open the station to others");
}

Sentence mountProblem(const Settings &settings)
{
    const QString &mount = settings.server.mountPoint;
    if (!mount.startsWith('/'_L1) || mount.size() < 2)
        return Core::tr("is \"%1\": expected a slash and a name, such as /stream").arg(mount.left(60));
    const auto strange = [](QChar c) {
        return c.isSpace() || isControlCharacter(c) || u"?#&%\"'<>\\"_s.contains(c);
    };
    if (std::any_of(mount.begin(), mount.end(), strange)) {
        return Core::tr(
                   "is \"%1\": expected no spaces, quotes or any of ? # & % < > and backslash, as in /stream")
            .arg(mount.left(60));
    }
    for (const QString &taken : {u"/api"_s, u"/admin"_s}) {
        if (mount == taken || mount.startsWith(taken + '/'_L1) || mount.startsWith(taken + '.'_L1))
            return Core::tr("is \"%1\": addresses that begin with %2 belong to the server; expected another "
                            "name, such as /stream")
                .arg(mount.left(60), taken);
    }
    const QStringList parts = mount.split('/'_L1);
    if (parts.contains("."_L1) || parts.contains(".."_L1))
        return Core::tr("is \"%1\": expected no . or .. between slashes").arg(mount.left(60));
    return {};
}

Sentence directoryProblem(const Settings &settings)
{
    return settings.playlist.directory.trimmed().isEmpty()
               ? Core::tr("is empty: expected a folder, such as ./music")
               : Sentence();
}

Sentence extensionsProblem(const Settings &settings)
{
    const QStringList &extensions = settings.playlist.extensions;
    if (extensions.isEmpty())
        return Core::tr("is empty: expected at least one, such as [\".mp3\"]");
    for (const QString &each : extensions) {
        const auto strange = [](QChar c) {
            return c.isSpace() || isControlCharacter(c) || c == '/'_L1 || c == '\\'_L1;
        };
        if (each.size() < 2 || !each.startsWith('.'_L1) || std::any_of(each.begin(), each.end(), strange))
            return Core::tr("contains \"%1\": expected file name extensions, such as \".mp3\"")
                .arg(each.left(40));
    }
    return {};
}

Sentence rateProblem(const Settings &settings)
{
    const int rate = settings.encoder.sampleRate;
    const QList<int> mpegRates{48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000};
    if (settings.encoder.format == "opus"_L1 && rate != 48000)
        return Core::tr("is %1, and encoder.format is \"opus\": expected 48000, the only rate of Opus")
            .arg(rate);
    if (!mpegRates.contains(rate))
        return Core::tr("is %1: expected 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025 or 8000 Hz")
            .arg(rate);
    return {};
}

/// MPEG-1, MPEG-2 and MPEG-2.5 Layer III each have bitrates of their own.
Sentence mp3BitrateProblem(const Settings::Encoder &encoder)
{
    static const QList<int> mpeg1{32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    static const QList<int> mpeg2{8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    static const QList<int> mpeg25{8, 16, 24, 32, 40, 48, 56, 64};
    const QList<int> &allowed = encoder.sampleRate >= 32000   ? mpeg1
                                : encoder.sampleRate >= 16000 ? mpeg2
                                                              : mpeg25;
    if (allowed.contains(encoder.bitrateKbps))
        return {};
    QStringList names;
    for (const int each : allowed)
        names += QString::number(each);
    return Core::tr("is %1: MP3 at %2 Hz has %3 kbit/s; expected one of these")
        .arg(encoder.bitrateKbps)
        .arg(encoder.sampleRate)
        .arg(names.join(u", "_s));
}

Sentence bitrateProblem(const Settings &settings)
{
    const Settings::Encoder &encoder = settings.encoder;
    if (encoder.format == "mp3"_L1)
        return mp3BitrateProblem(encoder);
    // AAC: at most 6144 bits per channel in a frame of 1024 samples (ISO/IEC 14496-3 4.5.3.1).
    const int highest = encoder.format == "aac"_L1
                            ? std::min(512, 6 * encoder.channels * encoder.sampleRate / 1024)
                            : 256 * encoder.channels;
    if (encoder.bitrateKbps <= highest)
        return {};
    return Core::tr("is %1: expected at most %2 kbit/s with %3 at %4 Hz and %5")
        .arg(encoder.bitrateKbps)
        .arg(highest)
        .arg(encoder.format)
        .arg(encoder.sampleRate)
        .arg(encoder.channels == 1 ? u"one channel"_s : u"two channels"_s);
}

Sentence urlProblem(const Settings &settings)
{
    const QString &given = settings.metadata.stationUrl;
    if (given.isEmpty())
        return {};
    const QUrl url(given, QUrl::StrictMode);
    if (url.isValid() && !url.host().isEmpty() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1))
        return {};
    return Core::tr("is \"%1\": expected an address that begins with http:// or https://, or nothing")
        .arg(given.left(80));
}

Sentence cpusProblem(const Settings &settings)
{
    const QString &given = settings.advanced.cpus;
    if (cpusFrom(given))
        return {};
    return Core::tr("is \"%1\": expected processors by number, such as \"0,2-3\", or nothing for all of them")
        .arg(given.left(80));
}

struct Check {
    const char *key;
    Sentence (*problem)(const Settings &);
    bool isWarning = false;
};

constexpr Check kChecks[] = {
    {"server.host", hostProblem},
    {"server.listen_port", portProblem},
    {"server.source_password", passwordProblem},
    {"server.source_password", passwordWarning, true},
    {"server.mount_point", mountProblem},
    {"server.more_sources", accesschecks::moreSourcesProblem},
    {"server.admin_password", accesschecks::adminPasswordProblem},
    {"server.admin_password", accesschecks::adminPasswordWarning, true},
    {"server.public_url", outsidechecks::publicUrlProblem},
    {"server.public_url", outsidechecks::publicUrlWarning, true},
    {"server.trusted_proxies", accesschecks::trustedProxiesProblem},
    {"server.tls_key", accesschecks::tlsKeyProblem},
    {"server.tls_second_certificate", accesschecks::secondCertificateProblem},
    {"server.tls_second_key", accesschecks::secondKeyProblem},
    {"playlist.directory", directoryProblem},
    {"playlist.extensions", extensionsProblem},
    {"encoder.bitrate_kbps", bitrateProblem},
    {"encoder.sample_rate", rateProblem},
    {"metadata.station_url", urlProblem},
    {"reach.update_url", outsidechecks::updateUrlProblem},
    {"directory.url", outsidechecks::directoryUrlProblem},
    {"directory.logo", outsidechecks::logoProblem},
    {"directory.country", outsidechecks::countryProblem},
    {"directory.languages", outsidechecks::languagesProblem},
    {"directory.location", outsidechecks::locationProblem},
    {"https.name", outsidechecks::httpsNameProblem},
    {"https.directory", outsidechecks::acmeDirectoryProblem},
    {"https.rehearsal", outsidechecks::rehearsalProblem},
    {"advanced.cpus", cpusProblem},
};

} // namespace

Sentence acceptedBy(const SettingField &field, PortRule rule)
{
    if (field.type == QMetaType::Int || field.type == QMetaType::Double) {
        const bool zeroToo = rule == PortRule::AnyAllowed && isPort(field);
        const bool hasAutomatic = field.minimum == -1.0;
        const QString least = number(zeroToo || hasAutomatic ? 0.0 : field.minimum);
        const QString most = number(field.maximum);
        const QLatin1StringView unit(field.unit);
        const Sentence range = unit == "bytes"_L1 ? Core::tr("%1 to %2 bytes").arg(least, most)
                               : unit.isEmpty()   ? Core::tr("%1 to %2").arg(least, most)
                                                  : Core::tr("%1 to %2").arg(least, most + ' '_L1 + unit);
        return hasAutomatic ? Core::tr("%1, or -1 for automatic").arg(range) : range;
    }
    if (field.type == QMetaType::Bool)
        return Core::tr("true or false");
    if (field.type == QMetaType::QStringList)
        return Sentence(field.key == QByteArrayView("playlist.extensions")
                            ? u"a list of texts, such as [\".mp3\"]"_s
                            : u"a list of texts, such as [\"one\", \"another\"]"_s);
    if (!field.choices.isEmpty())
        return Sentence('"'_L1 + field.choices.join("\" or \""_L1) + '"'_L1);
    return Core::tr("text in quotes");
}

bool isLoopbackHost(const QString &host)
{
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || host == "::1"_L1)
        return true;
    const QStringList parts = host.split('.'_L1);
    const auto isByte = [](const QString &part) {
        bool ok = false;
        return part.toInt(&ok) <= 255 && ok && part.size() <= 3 && part.front().isDigit();
    };
    return parts.size() == 4 && parts.front() == "127"_L1 && std::all_of(parts.begin(), parts.end(), isByte);
}

QList<SettingsProblem> validate(const Settings &settings, PortRule rule)
{
    QList<SettingsProblem> problems;
    for (const SettingField &field : settingFields()) {
        if (field.hasNoEffect)
            continue;
        const QString key = QString::fromLatin1(field.key);
        const auto report = [&](const Sentence &what, bool isWarning) {
            problems += {key, Sentence::composed("%1 %2.").arg(key, what), isWarning};
        };
        if (const Sentence general = generalProblem(field, field.get(settings), rule); !general.isEmpty()) {
            report(general, false);
            continue;
        }
        for (const Check &check : kChecks) {
            if (key != QLatin1StringView(check.key))
                continue;
            if (const Sentence found = check.problem(settings); !found.isEmpty()) {
                report(found, check.isWarning);
                break;
            }
        }
    }
    return problems;
}

bool hasErrors(const QList<SettingsProblem> &problems)
{
    return std::any_of(problems.begin(), problems.end(),
                       [](const SettingsProblem &p) { return !p.isWarning; });
}

} // namespace cycast
