// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/streamlinks.h"

#include "core/base/escaping.h"
#include "core/net/http/httpresponse.h"
#include "core/net/pages/statusapi.h"

#include <QUrl>

#include <algorithm>

namespace cycast
{

namespace
{

/// One line of a playlist: no control characters, no line breaks of Unicode's either.
QByteArray oneLine(const QString &text)
{
    QString line = text;
    line.replace(QChar(QChar::LineSeparator), QLatin1Char(' '));
    line.replace(QChar(QChar::ParagraphSeparator), QLatin1Char(' '));
    return cleanedHeaderValue(line.toUtf8());
}

QByteArray streamUrl(const QByteArray &base, const StationDescription &station)
{
    return cleanedBase(base) + encodedMount(station.mount);
}

} // namespace

QByteArray encodedMount(const QString &mount)
{
    const QByteArray encoded = QUrl::toPercentEncoding(mount, "/!$&()*+,;=:@");
    return encoded.startsWith('/') ? encoded : '/' + encoded;
}

QByteArray cleanedBase(const QByteArray &base)
{
    QByteArray result;
    std::copy_if(base.begin(), base.end(), std::back_inserter(result), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               QByteArrayView(":/.-_~[]%").contains(c);
    });
    while (result.endsWith('/'))
        result.chop(1);
    return result;
}

QString webAddress(const QString &url)
{
    const QUrl parsed(url.trimmed(), QUrl::StrictMode);
    const bool isWeb =
        parsed.scheme() == QLatin1StringView("http") || parsed.scheme() == QLatin1StringView("https");
    if (!parsed.isValid() || !isWeb || parsed.host().isEmpty())
        return {};
    return QString::fromLatin1(parsed.toEncoded(QUrl::RemoveUserInfo));
}

QByteArray m3uFor(const QByteArray &base, const StationDescription &station)
{
    return streamUrl(base, station) + "\r\n";
}

QByteArray plsFor(const QByteArray &base, const StationDescription &station)
{
    return "[playlist]\r\nNumberOfEntries=1\r\nFile1=" + streamUrl(base, station) +
           "\r\nTitle1=" + oneLine(station.name) + "\r\nLength1=-1\r\nVersion=2\r\n";
}

QByteArray xspfFor(const QByteArray &base, const StationDescription &station)
{
    const auto element = [](const QByteArray &name, const QByteArray &escaped) {
        return escaped.isEmpty() ? QByteArray() : '<' + name + '>' + escaped + "</" + name + ">\n";
    };
    const QByteArray title = element("title", htmlEscaped(station.name));
    const QByteArray info = element("info", htmlEscaped(webAddress(station.url)));
    const QByteArray annotation = element("annotation", htmlEscaped(station.description));
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\">\n" +
           title + annotation + info + "<trackList>\n<track>\n" +
           element("location", htmlEscaped(QString::fromLatin1(streamUrl(base, station)))) + title +
           annotation + info + "</track>\n</trackList>\n</playlist>\n";
}

} // namespace cycast
