// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playername.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

/// "131.0.6778.33" after "Chrome/" -> "131" (parts = 1); empty when the mark is not there.
QString versionAfter(const QString &text, QLatin1StringView mark, int parts)
{
    const qsizetype at = text.indexOf(mark);
    if (at < 0)
        return {};
    qsizetype end = at + mark.size();
    for (int dots = 0; end < text.size(); ++end) {
        if (text.at(end) == u'.' && ++dots == parts)
            break;
        if (text.at(end) != u'.' && !text.at(end).isDigit())
            break;
    }
    return text.mid(at + mark.size(), end - at - mark.size());
}

/// Browsers name each other: the order decides.
QString browserName(const QString &agent)
{
    const struct {
        QLatin1StringView mark;
        QLatin1StringView name;
    } browsers[] = {
        {"Edg/"_L1, "Edge"_L1},        {"OPR/"_L1, "Opera"_L1},     {"SamsungBrowser/"_L1, "Samsung"_L1},
        {"Firefox/"_L1, "Firefox"_L1}, {"FxiOS/"_L1, "Firefox"_L1}, {"CriOS/"_L1, "Chrome"_L1},
        {"Chrome/"_L1, "Chrome"_L1}};
    QString name;
    for (const auto &browser : browsers) {
        const QString version = versionAfter(agent, browser.mark, 1);
        if (!version.isEmpty()) {
            name = u"%1 %2"_s.arg(browser.name, version);
            break;
        }
    }
    if (name.isEmpty() && agent.contains("Safari/"_L1))
        name = u"Safari %1"_s.arg(versionAfter(agent, "Version/"_L1, 1)).trimmed();
    if (name.isEmpty())
        return agent;
    for (const auto device : {"iPhone"_L1, "iPad"_L1, "Android"_L1}) {
        if (agent.contains(device))
            return u"%1, %2"_s.arg(name, device);
    }
    return name;
}

} // namespace

QString shownPlayer(const QString &userAgent)
{
    const QString agent = userAgent.simplified();
    if (agent.startsWith("Mozilla/"_L1))
        return browserName(agent);
    // "Name/1.2.3 and more": the first word says who it is.
    const QString first = agent.section(u' ', 0, 0);
    const qsizetype slash = first.indexOf(u'/');
    if (slash <= 0)
        return agent;
    const QString name = first.left(slash);
    const QString version = versionAfter(first, "/"_L1, 4);
    if (version.isEmpty())
        return agent;
    if (name == "Lavf"_L1)
        return u"FFmpeg (Lavf %1)"_s.arg(version);
    if (name == "NSPlayer"_L1)
        return u"Windows Media Player %1"_s.arg(version.section(u'.', 0, 0));
    return u"%1 %2"_s.arg(name, version);
}

} // namespace cycast
