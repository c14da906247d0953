// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/outsidechecks.h"

#include "core/values/publicurl.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace cycast::outsidechecks
{
namespace
{

bool isWebAddress(const QString &given)
{
    const QUrl url(given, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == "http"_L1 || url.scheme() == "https"_L1);
}

bool fits(const QString &text, const QString &pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

Sentence acmeProblem(const QString &given)
{
    if (given.isEmpty() || (isWebAddress(given) && given.startsWith("https://"_L1)))
        return {};
    return Core::tr("is \"%1\": expected the directory address of an authority, which begins with https://")
        .arg(given.left(80));
}

} // namespace

Sentence publicUrlProblem(const Settings &settings)
{
    const QString &given = settings.server.publicUrl;
    if (given.isEmpty() || normalisedPublicUrl(given))
        return {};
    return Core::tr("is \"%1\": expected an address such as https://radio.example.org or "
                    "http://203.0.113.7:8001, or nothing")
        .arg(given.left(80));
}

Sentence publicUrlWarning(const Settings &settings)
{
    const QString &given = settings.server.publicUrl;
    if (given.isEmpty() || !isHomeUrl(given))
        return {};
    return Core::tr(
               "is \"%1\", which people outside of your network cannot reach; no directory is told of it")
        .arg(given.left(80));
}

// Never with the text itself: it usually holds a secret.
Sentence updateUrlProblem(const Settings &settings)
{
    QString given = settings.reach.updateUrl;
    given.replace("{ip}"_L1, "192.0.2.1"_L1).replace("{ip6}"_L1, "2001:db8::1"_L1);
    if (given.isEmpty() || isWebAddress(given))
        return {};
    return Core::tr(
        "is no address that can be called: expected one that begins with https:// or http://, with "
        "{ip} or {ip6} in the place of the address");
}

Sentence directoryUrlProblem(const Settings &settings)
{
    const QString &given = settings.directory.url;
    if (isWebAddress(given))
        return {};
    return Core::tr("is \"%1\": expected the address of a directory, such as "
                    "http://dir.xiph.org/cgi-bin/yp-cgi")
        .arg(given.left(80));
}

Sentence logoProblem(const Settings &settings)
{
    const QString &given = settings.directory.logo;
    if (given.isEmpty() || isWebAddress(given))
        return {};
    return Core::tr("is \"%1\": expected an address that begins with http:// or https://, or nothing")
        .arg(given.left(80));
}

Sentence countryProblem(const Settings &settings)
{
    const QString &given = settings.directory.country;
    if (given.isEmpty() || fits(given, u"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?"_s))
        return {};
    return Core::tr("is \"%1\": expected two letters such as DE, or with a part of the country DE-HH")
        .arg(given.left(40));
}

Sentence languagesProblem(const Settings &settings)
{
    for (const QString &each : settings.directory.languages) {
        if (!fits(each, u"[A-Za-z]{2,3}"_s))
            return Core::tr("contains \"%1\": expected two or three letters each, such as de or en")
                .arg(each.left(40).simplified());
    }
    return {};
}

Sentence locationProblem(const Settings &settings)
{
    const QString &given = settings.directory.location;
    const QStringList parts = given.split(','_L1);
    const auto isWithin = [](const QString &text, double most) {
        return fits(text.trimmed(), u"-?[0-9]{1,3}(\\.[0-9]{1,8})?"_s) && qAbs(text.toDouble()) <= most;
    };
    if (given.isEmpty() || (parts.size() == 2 && isWithin(parts.at(0), 90) && isWithin(parts.at(1), 180)))
        return {};
    return Core::tr("is \"%1\": expected latitude and longitude, such as 53.55,9.99").arg(given.left(40));
}

Sentence httpsNameProblem(const Settings &settings)
{
    const QString &given = settings.https.name;
    const bool isName = fits(given, u"(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
                                    "[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"_s);
    if (given.isEmpty() || ((isName || !QHostAddress(given).isNull()) && !isHomeHost(given)))
        return {};
    return Core::tr("is \"%1\": expected a name or an address that leads here from everywhere, such as "
                    "radio.example.org, or nothing")
        .arg(given.left(80));
}

Sentence acmeDirectoryProblem(const Settings &settings)
{
    if (settings.https.directory.isEmpty())
        return Core::tr(
            "is empty: expected the directory address of an authority, which begins with https://");
    return acmeProblem(settings.https.directory);
}

Sentence rehearsalProblem(const Settings &settings)
{
    return acmeProblem(settings.https.rehearsal);
}

} // namespace cycast::outsidechecks
