// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/accesschecks.h"

#include "core/config/validation.h"

#include <QSet>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast::accesschecks
{
namespace
{

bool hasControlCharacter(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.category() == QChar::Other_Control; });
}

/// Digits only, at most `largest`.
bool isNumberUpTo(QStringView text, int largest)
{
    bool ok = false;
    const bool digits = !text.isEmpty() && text.size() <= 3 &&
                        std::all_of(text.begin(), text.end(), [](QChar c) { return c.isDigit(); });
    return digits && text.toInt(&ok) <= largest && ok;
}

bool looksLikeIpv4(QStringView text)
{
    const auto parts = text.split('.'_L1);
    return parts.size() == 4 &&
           std::all_of(parts.begin(), parts.end(), [](QStringView part) { return isNumberUpTo(part, 255); });
}

bool looksLikeIpv6(QStringView text)
{
    const auto belongs = [](QChar c) {
        return c.isDigit() || (c >= 'a'_L1 && c <= 'f'_L1) || (c >= 'A'_L1 && c <= 'F'_L1) || c == ':'_L1 ||
               c == '.'_L1;
    };
    return text.size() <= 45 && text.count(':'_L1) >= 2 && std::all_of(text.begin(), text.end(), belongs);
}

bool looksLikeSubnet(const QString &text)
{
    const qsizetype slash = text.indexOf('/'_L1);
    const QStringView address = QStringView(text).left(slash < 0 ? text.size() : slash);
    const QStringView bits = slash < 0 ? QStringView() : QStringView(text).mid(slash + 1);
    if (looksLikeIpv4(address))
        return slash < 0 || isNumberUpTo(bits, 32);
    return looksLikeIpv6(address) && (slash < 0 || isNumberUpTo(bits, 128));
}

} // namespace

// A pass phrase of these is never part of a sentence: only the user's name is.
Sentence moreSourcesProblem(const Settings &settings)
{
    QSet<QString> users = {u"source"_s, u"admin"_s};
    for (const QString &each : settings.server.moreSources) {
        const qsizetype colon = each.indexOf(':'_L1);
        const QString user = each.left(std::max<qsizetype>(colon, 0));
        if (colon <= 0 || colon + 1 == each.size())
            return Core::tr("needs a user name, a colon and a pass phrase in each of its texts, as in "
                            "\"anna:blue river stone\"");
        if (hasControlCharacter(each) || each.size() > 300)
            return Core::tr("contains a control character or more than 300 characters for \"%1\"")
                .arg(user.left(40).simplified());
        if (each.mid(colon + 1) == wellKnownPassphrase && !isLoopbackHost(settings.server.host))
            return Core::tr(
                       "gives \"%1\" the pass phrase \"hackme\", which everybody knows: expected another one")
                .arg(user.left(40));
        if (users.contains(user))
            return Core::tr("names the user \"%1\" twice (\"source\" and \"admin\" have settings of their "
                            "own): expected a name for each")
                .arg(user.left(40));
        users += user;
    }
    return {};
}

Sentence adminPasswordProblem(const Settings &settings)
{
    if (settings.server.adminPassword != wellKnownPassphrase || isLoopbackHost(settings.server.host))
        return {};
    return Core::tr("is \"hackme\", which everybody knows: expected a pass phrase of your own, or nothing, "
                    "which closes the admin pages");
}

Sentence adminPasswordWarning(const Settings &settings)
{
    const auto &server = settings.server;
    if (server.adminPassword.isEmpty() || server.adminPassword != server.sourcePassword)
        return {};
    return Core::tr("is the same as server.source_password: whoever may go live can also send listeners "
                    "away; choose another one");
}

Sentence trustedProxiesProblem(const Settings &settings)
{
    for (const QString &each : settings.server.trustedProxies) {
        if (!looksLikeSubnet(each))
            return Core::tr("contains \"%1\": expected addresses such as 127.0.0.1 or ::1, or subnets such "
                            "as 10.0.0.0/8")
                .arg(each.left(60).simplified());
    }
    return {};
}

Sentence tlsKeyProblem(const Settings &settings)
{
    const auto &server = settings.server;
    if (server.tlsKey.isEmpty() || !server.tlsCertificate.isEmpty())
        return {};
    return Core::tr("names a key, but server.tls_certificate is empty: expected both, or neither");
}

Sentence secondCertificateProblem(const Settings &settings)
{
    const auto &server = settings.server;
    if (server.tlsSecondCertificate.isEmpty() || !server.tlsCertificate.isEmpty())
        return {};
    return Core::tr("names a certificate, but server.tls_certificate is empty: the first one belongs there");
}

Sentence secondKeyProblem(const Settings &settings)
{
    const auto &server = settings.server;
    if (server.tlsSecondKey.isEmpty() || !server.tlsSecondCertificate.isEmpty())
        return {};
    return Core::tr("names a key, but server.tls_second_certificate is empty: expected both, or neither");
}

} // namespace cycast::accesschecks
