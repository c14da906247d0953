// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/shoutcasthead.h"

#include "core/base/characters.h"

#include <algorithm>

namespace cycast
{
namespace
{

bool belongsInNoLine(char c)
{
    return isControlByte(c) && c != '\t';
}

/// The line that begins at `position`, without its end; null when that has not come. Moves `position` on.
QByteArrayView takeLine(QByteArrayView bytes, qsizetype &position)
{
    const qsizetype lineFeed = bytes.indexOf('\n', position);
    if (lineFeed < 0)
        return {};
    QByteArrayView line = bytes.sliced(position, lineFeed - position);
    while (line.endsWith('\r'))
        line.chop(1);
    position = lineFeed + 1;
    return line;
}

} // namespace

ShoutcastHead parseShoutcastHead(QByteArrayView bytes)
{
    ShoutcastHead head;
    qsizetype position = 0;
    const auto bad = [&head] {
        head.state = ShoutcastHead::State::Bad;
        return head;
    };
    const qsizetype firstEnd = bytes.indexOf('\n');
    if (firstEnd > maxShoutcastLoginBytes || (firstEnd < 0 && bytes.size() > maxShoutcastLoginBytes))
        return bad();
    if (firstEnd < 0)
        return head;
    const QByteArrayView login = takeLine(bytes, position);
    if (std::any_of(login.begin(), login.end(), belongsInNoLine))
        return bad();
    head.login = login.toByteArray();
    head.state = ShoutcastHead::State::NeedsHeaders;
    while (position < bytes.size()) {
        const qsizetype from = position;
        const QByteArrayView line = takeLine(bytes, position);
        if (position == from) // the rest of it is still to come
            return bytes.size() > maxHeadBytes ? bad() : head;
        if (position > maxHeadBytes)
            return bad();
        if (line.isEmpty()) {
            head.state = ShoutcastHead::State::Complete;
            head.headBytes = position;
            return head;
        }
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0 || std::any_of(line.begin(), line.end(), belongsInNoLine) ||
            head.headers.size() >= maxHeaderCount)
            return bad();
        head.headers.append(
            {line.first(colon).toByteArray().trimmed(), line.sliced(colon + 1).toByteArray().trimmed()});
    }
    return head;
}

bool mayBeShoutcast(QByteArrayView bytes)
{
    const ShoutcastHead head = parseShoutcastHead(bytes.first(bytes.indexOf('\n') + 1));
    return head.state == ShoutcastHead::State::NeedsHeaders && !head.login.isEmpty();
}

QList<BasicCredentials> shoutcastLogins(const QByteArray &line)
{
    QList<BasicCredentials> logins{{"source", line}};
    const qsizetype colon = line.indexOf(':');
    if (colon > 0)
        logins.append({line.first(colon), line.sliced(colon + 1)});
    const qsizetype number = line.lastIndexOf(":#");
    if (number > 0) {
        const QByteArray plain = line.first(number);
        logins.append({"source", plain});
        if (const qsizetype inner = plain.indexOf(':'); inner > 0)
            logins.append({plain.first(inner), plain.sliced(inner + 1)});
    }
    return logins;
}

} // namespace cycast
