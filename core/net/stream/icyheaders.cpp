// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/icyheaders.h"

#include "core/net/http/httpresponse.h"

namespace cycast
{

namespace
{

QByteArray line(const char *name, QByteArrayView value)
{
    const QByteArray cleaned = cleanedHeaderValue(value);
    return cleaned.isEmpty() ? QByteArray() : QByteArray(name) + ": " + cleaned + "\r\n";
}

QByteArray line(const char *name, int value)
{
    return value > 0 ? line(name, QByteArray::number(value)) : QByteArray();
}

/// "ice-bitrate=128;ice-samplerate=44100;ice-channels=2", with what is known.
QByteArray audioInfo(const StreamHeadOptions &options)
{
    QByteArray info;
    const auto add = [&info](const char *key, int value) {
        if (value <= 0)
            return;
        if (!info.isEmpty())
            info += ';';
        info += key + QByteArray::number(value);
    };
    add("ice-bitrate=", options.bitrateKbps);
    add("ice-samplerate=", options.sampleRate);
    add("ice-channels=", options.channels);
    return info;
}

/// Only who wants to be listed says where he is.
QByteArray indexHeaders(const StreamHeadOptions &options)
{
    using Index = StreamHeadOptions::Index;
    if (options.index == Index::Unsaid)
        return {};
    if (options.index == Index::Hidden)
        return "icy-do-not-index: 1\r\n";
    QString location = options.location;
    location.remove(QLatin1Char(' '));
    return "icy-index-metadata: 1\r\n" + line("icy-main-stream-url", options.mainUrl) +
           line("icy-logo", options.logo.toUtf8()) +
           line("icy-country-code", options.country.left(2).toUpper().toUtf8()) +
           line("icy-country-subdivision-code",
                options.country.size() > 2 ? options.country.toUpper().toUtf8() : QByteArray()) +
           line("icy-language-codes", options.languages.join(QLatin1Char(',')).toLower().toUtf8()) +
           line("icy-geo-lat-long", location.toUtf8());
}

} // namespace

QByteArray streamResponseHead(const StreamHeadOptions &options)
{
    QByteArray head = "HTTP/1.0 200 OK\r\n";
    head += line("Content-Type", options.contentType);
    head += "Connection: close\r\n"
            "Cache-Control: no-cache, no-store\r\n"
            "Pragma: no-cache\r\n"
            "Expires: Mon, 26 Jul 1997 05:00:00 GMT\r\n"
            "Server: Cycast/" CYCAST_VERSION "\r\n";
    head += corsHeaders();
    head += line("icy-name", options.stationName.toUtf8());
    head += line("icy-genre", options.stationGenre.toUtf8());
    head += line("icy-url", options.stationUrl.toUtf8());
    head += line("icy-description", options.stationDescription.toUtf8());
    head += line("icy-br", options.bitrateKbps);
    head += options.isPublic ? "icy-pub: 1\r\n" : "icy-pub: 0\r\n";
    head += indexHeaders(options);
    head += line("icy-sr", options.sampleRate);
    head += line("ice-audio-info", audioInfo(options));
    head += line("icy-metaint", options.icyMetaint);
    head += "\r\n";
    return head;
}

} // namespace cycast
