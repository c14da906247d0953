// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/streampath.h"

#include "core/net/http/useragent.h"

namespace cycast
{
namespace
{

/// One slash where there were several, and none at the end.
QByteArray plainPath(QByteArrayView path)
{
    QByteArray plain;
    plain.reserve(path.size());
    for (const char c : path) {
        if (c != '/' || !plain.endsWith('/'))
            plain.append(c);
    }
    while (plain.endsWith('/'))
        plain.chop(1);
    return plain;
}

bool isFromPlayer(const HttpRequest &request)
{
    if (request.hasHeader("Icy-MetaData"))
        return true;
    return !request.header("Accept").toLower().contains("text/html") &&
           isPlayer(QString::fromUtf8(request.header("User-Agent")));
}

} // namespace

bool asksForStream(const HttpRequest &request, const QByteArray &mount)
{
    const QByteArray &path = request.path;
    if (path == mount)
        return true;
    if (path == "/")
        return isFromPlayer(request);
    // Shoutcast's sign for "not the page"; what stands behind it is for players that look at endings.
    const qsizetype sign = path.indexOf(';');
    const QByteArray plain = plainPath(QByteArrayView(path).first(sign < 0 ? path.size() : sign));
    if (plain.isEmpty())
        return sign > 0;
    return plain == plainPath(mount);
}

} // namespace cycast
