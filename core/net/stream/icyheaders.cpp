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
    // Listed in no public directory.
    head += "icy-pub: 0\r\n";
    head += line("icy-sr", options.sampleRate);
    head += line("ice-audio-info", audioInfo(options));
    head += line("icy-metaint", options.icyMetaint);
    head += "\r\n";
    return head;
}

} // namespace cycast
