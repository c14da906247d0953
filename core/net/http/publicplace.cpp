// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/publicplace.h"

#include "core/values/publicurl.h"

#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

QString hostIn(const QByteArray &hostHeader)
{
    const qsizetype bracket = hostHeader.indexOf(']');
    if (hostHeader.startsWith('[') && bracket > 0)
        return QString::fromLatin1(hostHeader.sliced(1, bracket - 1));
    return QString::fromLatin1(
        hostHeader.first(hostHeader.indexOf(':') < 0 ? hostHeader.size() : hostHeader.indexOf(':')));
}

PublicPlace::PublicPlace(const QString &url)
{
    const auto normalised = normalisedPublicUrl(url);
    if (!normalised)
        return;
    const QUrl parsed(*normalised);
    m_base = normalised->toLatin1();
    m_path = parsed.path().toLatin1();
    m_host = parsed.host();
    m_port = parsed.port(parsed.scheme() == "https"_L1 ? 443 : 80);
}

void PublicPlace::take(Arrival &arrival, const QByteArray &mount) const
{
    if (m_path.isEmpty() || mount.startsWith(m_path + '/'))
        return;
    QByteArray &path = arrival.request.path;
    const bool isBelow = path == m_path || path.startsWith(m_path + '/');
    if (isBelow)
        path = path.size() == m_path.size() ? QByteArray("/") : path.sliced(m_path.size());
    const bool isAskedThere =
        isBelow || hostIn(arrival.request.header("Host")).compare(m_host, Qt::CaseInsensitive) == 0;
    if (arrival.prefix.isEmpty() && isAskedThere)
        arrival.prefix = m_path;
}

QByteArray PublicPlace::baseFor(const Arrival &arrival) const
{
    const QByteArray host = arrival.request.header("Host");
    const bool cameByProxy = arrival.isUnknown || arrival.address != arrival.ends.peer;
    const bool isAtHome = !host.isEmpty() && !cameByProxy && isHomeHost(hostIn(host));
    return isAtHome ? QByteArray() : m_base;
}

} // namespace cycast
