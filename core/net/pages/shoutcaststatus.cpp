// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/escaping.h"
#include "core/net/http/jsonwriter.h"
#include "core/net/pages/icecaststatus.h"

namespace cycast
{
namespace
{

/// The mount that Shoutcast's pages speak of; an empty one when there is none.
IcecastSource firstSource(const IcecastServer &server)
{
    return server.sources.value(0);
}

QString songOf(const IcecastSource &source)
{
    return source.artist.isEmpty() ? source.title : source.artist + QStringLiteral(" - ") + source.title;
}

} // namespace

QByteArray shoutcastSevenHtml(const IcecastServer &server)
{
    const IcecastSource source = firstSource(server);
    const auto number = [](qint64 value) { return QByteArray::number(value) + ','; };
    return "<!DOCTYPE html><html><head><meta http-equiv=\"Pragma\" content=\"no-cache\"><title>7.html</title>"
           "</head><body>" +
           number(server.listeners) + number(server.sources.isEmpty() ? 0 : 1) + number(server.listenerPeak) +
           number(source.maxListeners) + number(server.uniqueListeners) + number(source.bitrateKbps) +
           htmlEscaped(songOf(source)) + "</body></html>\n";
}

QByteArray shoutcastStatsXml(const IcecastServer &server, const QDateTime &now)
{
    const IcecastSource source = firstSource(server);
    const auto element = [](const char *name, const QString &value) {
        return QByteArray("<") + name + '>' + htmlEscaped(value) + "</" + name + '>';
    };
    const auto number = [&element](const char *name, qint64 value) {
        return element(name, QString::number(value));
    };
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\" ?><SHOUTCASTSERVER>" +
           number("CURRENTLISTENERS", server.listeners) + number("PEAKLISTENERS", server.listenerPeak) +
           number("MAXLISTENERS", source.maxListeners) + number("UNIQUELISTENERS", server.uniqueListeners) +
           number("AVERAGETIME", 0) + element("SERVERGENRE", source.genre) +
           element("SERVERURL", source.url) + element("SERVERTITLE", source.name) +
           element("SONGTITLE", songOf(source)) + number("STREAMHITS", 0) +
           number("STREAMSTATUS", server.sources.isEmpty() ? 0 : 1) + number("BACKUPSTATUS", 0) +
           number("STREAMLISTED", 0) + element("STREAMPATH", source.mount) +
           number("STREAMUPTIME", qMax<qint64>(0, server.start.secsTo(now))) +
           number("BITRATE", source.bitrateKbps) + number("SAMPLERATE", source.sampleRate) +
           element("CONTENT", QString::fromLatin1(source.contentType)) +
           element("VERSION", QStringLiteral("Cycast Desktop " CYCAST_VERSION)) + "</SHOUTCASTSERVER>\n";
}

QByteArray shoutcastStatsJson(const IcecastServer &server, const QDateTime &now)
{
    const IcecastSource source = firstSource(server);
    JsonWriter json(1024);
    json.beginObject();
    json.integer("currentlisteners", server.listeners);
    json.integer("peaklisteners", server.listenerPeak);
    json.integer("maxlisteners", source.maxListeners);
    json.integer("uniquelisteners", server.uniqueListeners);
    json.integer("averagetime", 0);
    json.text("servergenre", source.genre);
    json.text("serverurl", source.url);
    json.text("servertitle", source.name);
    json.text("songtitle", songOf(source));
    json.integer("streamhits", 0);
    json.integer("streamstatus", server.sources.isEmpty() ? 0 : 1);
    json.integer("backupstatus", 0);
    json.integer("streamlisted", 0);
    json.text("streampath", source.mount);
    json.integer("streamuptime", qMax<qint64>(0, server.start.secsTo(now)));
    json.integer("bitrate", source.bitrateKbps);
    json.integer("samplerate", source.sampleRate);
    json.text("content", QString::fromLatin1(source.contentType));
    json.text("version", QStringLiteral("Cycast Desktop " CYCAST_VERSION));
    json.endObject();
    return json.bytes();
}

} // namespace cycast
