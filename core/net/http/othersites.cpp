// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/othersites.h"

#include <QUrl>

namespace cycast
{
namespace
{

/// "Radio.example:80" is "radio.example".
QByteArray plainAuthority(QByteArray authority)
{
    authority = authority.trimmed().toLower();
    for (const char *port : {":80", ":443"}) {
        if (authority.endsWith(port))
            authority.chop(static_cast<qsizetype>(qstrlen(port)));
    }
    return authority;
}

QByteArray saidOrigin(const HttpRequest &request)
{
    const QByteArray origin = request.header("Origin");
    return origin.isEmpty() ? request.header("Referer") : origin;
}

} // namespace

bool isFromAnotherSite(const HttpRequest &request)
{
    const QByteArray site = request.header("Sec-Fetch-Site");
    if (!site.isEmpty())
        return site != "same-origin" && site != "none";
    const QByteArray origin = saidOrigin(request);
    if (origin.isEmpty())
        return false;
    const QUrl url = QUrl::fromEncoded(origin, QUrl::StrictMode);
    const QByteArray asked =
        plainAuthority(url.authority(QUrl::FullyEncoded).toLatin1().split('@').constLast());
    if (!url.isValid() || asked.isEmpty()) // "null": from a frame that is nobody's
        return true;
    // No page can make a browser send a name of its own choice in either of these.
    return asked != plainAuthority(request.header("Host")) &&
           asked != plainAuthority(request.header("X-Forwarded-Host"));
}

bool isFromUnknownSite(const HttpRequest &request)
{
    return request.header("User-Agent").startsWith("Mozilla/") && !request.hasHeader("Sec-Fetch-Site") &&
           saidOrigin(request).isEmpty();
}

} // namespace cycast
