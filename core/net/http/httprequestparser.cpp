// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/characters.h"
#include "core/net/http/httprequest.h"

#include <algorithm>

namespace cycast
{

namespace
{

using State = HttpParse::State;

/// RFC 9110, 5.6.2: what methods and header names are made of.
bool isTokenChar(char c)
{
    return isAsciiDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

/// Gives its verdict by the first byte that decides it: what was said of a prefix stays true of all that may
/// follow, however the network cuts the bytes.
class HeadParser
{
public:
    HttpParse parse(QByteArrayView bytes)
    {
        if (!bytes.isEmpty() && bytes.front() == tlsHandshakeByte) {
            m_result.state = State::NotHttp;
            m_result.reason = "This port speaks plain HTTP, not TLS: use http:// instead of https://.";
            return m_result;
        }
        parseLines(bytes.first(std::min(bytes.size(), maxHeadBytes)));
        if (m_result.state == State::Incomplete && bytes.size() >= maxHeadBytes) {
            if (m_hasRequestLine || !m_sawMethod)
                bad(431, "The request head is longer than 8192 bytes.");
            else
                bad(414, "The request line is longer than 8192 bytes: shorten the address.");
        }
        if (m_result.state != State::Complete)
            m_result.request = {};
        return m_result;
    }

private:
    bool bad(int status, const char *reason)
    {
        m_result.state = State::Bad;
        m_result.status = status;
        m_result.reason = reason;
        return false;
    }

    void parseLines(QByteArrayView bytes)
    {
        qsizetype position = 0;
        while (true) {
            const qsizetype lineFeed = bytes.indexOf('\n', position);
            if (lineFeed < 0) {
                checkBeginning(bytes.sliced(position));
                return;
            }
            QByteArrayView line = bytes.sliced(position, lineFeed - position);
            position = lineFeed + 1;
            if (line.endsWith('\r'))
                line.chop(1);
            if (line.isEmpty()) {
                if (!m_hasRequestLine)
                    continue; // RFC 9112, 2.2: empty lines before the request line do no harm
                if (!checkFraming())
                    return;
                m_result.state = State::Complete;
                m_result.headBytes = position;
                return;
            }
            if (!(m_hasRequestLine ? parseHeader(line) : parseRequestLine(line)))
                return;
        }
    }

    /// A line that has only begun: what can be said of it already.
    bool checkBeginning(QByteArrayView line)
    {
        if (line.endsWith('\r'))
            line.chop(1); // may become CRLF
        return m_hasRequestLine ? checkHeaderBytes(line) : checkRequestBytes(line);
    }

    bool checkRequestBytes(QByteArrayView line)
    {
        if (line.contains('\0'))
            return bad(400, "The request contains a NUL byte.");
        const qsizetype space = line.indexOf(' ');
        m_sawMethod = space > 0 && isToken(line.first(space));
        return true;
    }

    bool checkHeaderBytes(QByteArrayView line)
    {
        if (!line.isEmpty() && (line.front() == ' ' || line.front() == '\t'))
            return bad(400, "A header continues on a second line, which is no longer allowed.");
        for (const char c : line) {
            if (isControlByte(c) && c != '\t')
                return bad(400, "A header contains a control character.");
        }
        return true;
    }

    bool notHttp()
    {
        m_result.state = State::NotHttp;
        m_result.reason = "This is not an HTTP request.";
        return false;
    }

    bool parseRequestLine(QByteArrayView line)
    {
        if (!checkRequestBytes(line))
            return false;
        while (line.endsWith(' '))
            line.chop(1);
        const qsizetype firstSpace = line.indexOf(' ');
        const qsizetype lastSpace = line.lastIndexOf(' ');
        if (firstSpace < 0 || !m_sawMethod)
            return notHttp();

        const QByteArrayView protocol = line.sliced(lastSpace + 1);
        const bool isHttp =
            protocol.first(std::min<qsizetype>(5, protocol.size())).compare("HTTP/", Qt::CaseInsensitive) ==
            0;
        const bool isIce =
            protocol.first(std::min<qsizetype>(4, protocol.size())).compare("ICE/", Qt::CaseInsensitive) == 0;
        if (!isHttp && !isIce) {
            if (line.sliced(firstSpace + 1).startsWith('/'))
                return bad(400, "The request line has no protocol version (HTTP/1.0 or HTTP/1.1).");
            return notHttp();
        }
        if (firstSpace == lastSpace)
            return bad(400, "The request line has no address.");
        const QByteArrayView target = line.sliced(firstSpace + 1, lastSpace - firstSpace - 1);
        if (target.isEmpty())
            return bad(400, "The request line has no address.");
        if (target.contains(' '))
            return bad(400, "The address contains a space: write it as %20.");
        if (std::any_of(line.begin(), line.end(), isControlByte))
            return bad(400, "The request line contains a control character.");

        const QByteArrayView version = protocol.sliced(isHttp ? 5 : 4);
        if (version.size() != 3 || !isAsciiDigit(version[0]) || version[1] != '.' ||
            !isAsciiDigit(version[2]))
            return bad(400, "The protocol version cannot be read.");
        if (protocol != "HTTP/1.0" && protocol != "HTTP/1.1" && protocol != "ICE/1.0")
            return bad(505, "Only HTTP/1.0, HTTP/1.1 and ICE/1.0 are spoken here.");

        m_result.request.method = line.first(firstSpace).toByteArray();
        m_result.request.protocol = protocol.toByteArray();
        m_hasRequestLine = true;
        return parseTarget(target);
    }

    bool parseTarget(QByteArrayView target)
    {
        HttpRequest &request = m_result.request;
        request.target = target.toByteArray();
        const qsizetype question = target.indexOf('?');
        if (question >= 0)
            request.query = target.sliced(question + 1).toByteArray();
        QByteArrayView path = target.first(question < 0 ? target.size() : question);
        if (path == "*") {
            if (request.method != "OPTIONS")
                return bad(400, "The address * goes only with OPTIONS.");
            request.path = "*";
            return true;
        }
        // RFC 9112, 3.2.2: an absolute URI means the same as its path.
        const qsizetype authority = path.indexOf("://");
        if (authority > 0 && isToken(path.first(authority))) {
            const qsizetype slash = path.indexOf('/', authority + 3);
            request.origin = path.first(slash < 0 ? path.size() : slash).toByteArray();
            path = slash < 0 ? QByteArrayView("/") : path.sliced(slash);
        }
        request.path = percentDecoded(path, false);
        if (!request.path.startsWith('/'))
            request.path.prepend('/');
        if (request.path.contains('\0'))
            return bad(400, "The address contains a NUL byte.");
        return true;
    }

    bool parseHeader(QByteArrayView line)
    {
        if (!checkHeaderBytes(line))
            return false;
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            return bad(400, "A header line has no colon.");
        if (!isToken(line.first(colon)))
            return bad(400, "A header name is empty or contains a forbidden character.");
        if (m_result.request.headers.size() >= maxHeaderCount)
            return bad(431, "The request has more than 100 headers.");
        QByteArrayView value = line.sliced(colon + 1);
        while (!value.isEmpty() && (value.front() == ' ' || value.front() == '\t'))
            value = value.sliced(1);
        while (!value.isEmpty() && (value.back() == ' ' || value.back() == '\t'))
            value.chop(1);
        m_result.request.headers.append(
            {line.first(colon).toByteArray(), QByteArray(value.data(), value.size())});
        return true;
    }

    /// RFC 9112, 6.3: what would make two readers disagree about where the body ends is refused.
    bool checkFraming()
    {
        const HttpRequest &request = m_result.request;
        QByteArray length;
        int hosts = 0;
        for (const HttpRequest::Header &header : request.headers) {
            if (header.name.compare("Host", Qt::CaseInsensitive) == 0 && ++hosts > 1)
                return bad(400, "The request names its host twice.");
            if (header.name.compare("Content-Length", Qt::CaseInsensitive) != 0)
                continue;
            if (header.value.isEmpty() || header.value.size() > 18 ||
                !std::all_of(header.value.begin(), header.value.end(), isAsciiDigit))
                return bad(400, "Content-Length is not a number.");
            if (!length.isNull() && length != header.value)
                return bad(400, "The request states two different lengths.");
            length = header.value;
        }
        if (!length.isNull() && request.hasHeader("Transfer-Encoding"))
            return bad(400, "The request has both Content-Length and Transfer-Encoding.");
        return true;
    }

    HttpParse m_result;
    bool m_hasRequestLine = false;
    bool m_sawMethod = false;
};

} // namespace

HttpParse parseHttpRequest(QByteArrayView bytes)
{
    return HeadParser().parse(bytes);
}

} // namespace cycast
