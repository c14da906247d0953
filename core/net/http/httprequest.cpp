// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/httprequest.h"

namespace cycast
{

namespace
{

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

QByteArrayView trimmedValue(QByteArrayView text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && a.compare(b, Qt::CaseInsensitive) == 0;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

QByteArray HttpRequest::header(QByteArrayView name) const
{
    for (const Header &header : headers) {
        if (equalsIgnoringCase(header.name, name))
            return header.value;
    }
    return {};
}

std::optional<QByteArray> HttpRequest::queryValue(QByteArrayView name) const
{
    const QList<QByteArray> pairs = query.split('&');
    for (const QByteArray &pair : pairs) {
        const qsizetype equals = pair.indexOf('=');
        const QByteArrayView key = QByteArrayView(pair).first(equals < 0 ? pair.size() : equals);
        if (percentDecoded(key, true) != name)
            continue;
        return equals < 0 ? QByteArray("") : percentDecoded(QByteArrayView(pair).sliced(equals + 1), true);
    }
    return std::nullopt;
}

bool HttpRequest::headerHasToken(QByteArrayView name, QByteArrayView token) const
{
    for (const Header &header : headers) {
        if (!equalsIgnoringCase(header.name, name))
            continue;
        const QList<QByteArray> parts = header.value.split(',');
        for (const QByteArray &part : parts) {
            if (equalsIgnoringCase(trimmedValue(part), token))
                return true;
        }
    }
    return false;
}

bool HttpRequest::wantsKeepAlive() const
{
    if (headerHasToken("Connection", "close"))
        return false;
    return isHttp11() || (protocol == "HTTP/1.0" && headerHasToken("Connection", "keep-alive"));
}

std::optional<BasicCredentials> basicCredentials(const HttpRequest &request)
{
    // Two Authorization headers contradict each other: neither is believed.
    QByteArray value;
    for (const HttpRequest::Header &header : request.headers) {
        if (!equalsIgnoringCase(header.name, "Authorization"))
            continue;
        if (!value.isNull())
            return std::nullopt;
        value = header.value;
    }
    constexpr QByteArrayView scheme = "Basic";
    if (value.size() <= scheme.size() || !isSpace(value.at(scheme.size())) ||
        !equalsIgnoringCase(QByteArrayView(value).first(scheme.size()), scheme))
        return std::nullopt;
    const QByteArray encoded = trimmedValue(QByteArrayView(value).sliced(scheme.size())).toByteArray();
    const auto decoded = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
    if (encoded.isEmpty() || !decoded)
        return std::nullopt;
    const qsizetype colon = decoded.decoded.indexOf(':');
    if (colon < 0)
        return std::nullopt;
    return BasicCredentials{decoded.decoded.first(colon), decoded.decoded.sliced(colon + 1)};
}

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    // volatile keeps the compiler from leaving the loop at the first difference.
    volatile unsigned difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference = difference | (static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
    return difference == 0;
}

QByteArray percentDecoded(QByteArrayView text, bool plusIsSpace)
{
    QByteArray result("");
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%' && i + 2 < text.size()) {
            const int high = hexDigit(text[i + 1]);
            const int low = hexDigit(text[i + 2]);
            if (high >= 0 && low >= 0) {
                result.append(static_cast<char>(high * 16 + low));
                i += 2;
                continue;
            }
        }
        result.append(plusIsSpace && c == '+' ? ' ' : c);
    }
    return result;
}

} // namespace cycast
