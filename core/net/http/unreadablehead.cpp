// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/unreadablehead.h"

#include "core/base/characters.h"
#include "core/base/escaping.h"
#include "core/net/http/httprequest.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr int longestShown = 80;
/// RTMP begins with one byte and a block of 1536; what else begins with that byte is much shorter.
constexpr qsizetype shortestRtmp = 64;

/// A header's value even where the head as a whole cannot be read.
QByteArrayView valueOf(QByteArrayView head, QByteArrayView name)
{
    qsizetype from = head.indexOf('\n') + 1;
    while (from > 0 && from < head.size()) {
        qsizetype end = head.indexOf('\n', from);
        if (end < 0)
            end = head.size();
        const QByteArrayView line = head.sliced(from, end - from);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            line.first(name.size()).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(name.size() + 1).trimmed();
        from = end + 1;
    }
    return {};
}

/// Method and path of a line that looks like HTTP's; without the query, which may hold a password.
QByteArray requestLine(QByteArrayView head)
{
    const qsizetype lineEnd = head.indexOf('\n');
    const QByteArrayView line = head.first(lineEnd < 0 ? head.size() : lineEnd);
    const qsizetype space = line.indexOf(' ');
    const auto isCapital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (space < 3 || space > 10 || !std::all_of(line.begin(), line.begin() + space, isCapital))
        return {};
    QByteArrayView target = line.sliced(space + 1);
    if (!target.startsWith('/'))
        return line.first(space).toByteArray(); // an address may hold a login
    const auto ends = [](char c) { return c == ' ' || c == '?' || c == '\r'; };
    target = target.first(std::find_if(target.begin(), target.end(), ends) - target.begin());
    return line.first(space).toByteArray() + ' ' + target.toByteArray();
}

QString namedProtocol(QByteArrayView head)
{
    const qsizetype lineEnd = head.indexOf('\n');
    const QByteArrayView line = head.first(lineEnd < 0 ? head.size() : lineEnd).trimmed();
    if (head.front() == '\x03' && head.size() >= shortestRtmp)
        return u"RTMP"_s;
    if (line.endsWith("RTSP/1.0") || line.endsWith("RTSP/2.0"))
        return u"RTSP"_s;
    if (line == "PRI * HTTP/2.0")
        return u"HTTP/2"_s;
    if (line.startsWith("SSH-"))
        return u"SSH"_s;
    return {};
}

QString escaped(QByteArrayView bytes)
{
    return logEscaped(QString::fromUtf8(bytes), longestShown);
}

} // namespace

UnreadableHead describeUnreadableHead(QByteArrayView head)
{
    UnreadableHead result;
    result.program = escaped(valueOf(head, "User-Agent"));
    result.cure = Core::tr("Choose Icecast 2 as the type of server in your program.");
    if (head.isEmpty()) {
        result.request = u"nothing"_s;
        return result;
    }
    if (head.front() == tlsHandshakeByte) {
        result.request = u"TLS"_s;
        result.cure = Core::tr("Switch TLS (SSL) off in your program, or give this station a certificate "
                               "(server.tls_certificate).");
        return result;
    }
    if (const QString protocol = namedProtocol(head); !protocol.isEmpty()) {
        result.request = protocol;
        result.cure =
            Core::tr("This is %1, which is not spoken here: choose Icecast 2 as the type of server in your "
                     "program.")
                .arg(protocol);
        return result;
    }
    if (const QByteArray line = requestLine(head); !line.isEmpty()) {
        result.request = escaped(line);
        result.cure =
            Core::tr("Look for odd characters and very long texts in your program's settings for this server "
                     "(name, description, genre, mount); if there are none, choose Icecast 2 as its type.");
        return result;
    }
    // A line of text may be a password.
    const auto isPlain = [](char c) { return !isControlByte(c) || c == '\r' || c == '\n' || c == '\t'; };
    if (!isPlain(head.front()))
        result.request = u"%1 bytes beginning with %2"_s.arg(head.size())
                             .arg(QString::fromLatin1(
                                 head.first(qMin<qsizetype>(4, head.size())).toByteArray().toHex(' ')));
    else if (std::all_of(head.begin(), head.end(), isPlain))
        result.request = u"%1 bytes of text"_s.arg(head.size());
    else
        result.request = u"%1 bytes, not all of them text"_s.arg(head.size());
    return result;
}

} // namespace cycast
