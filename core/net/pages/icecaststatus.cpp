// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/pages/icecaststatus.h"

#include "core/base/escaping.h"
#include "core/net/http/jsonwriter.h"
#include "core/net/stream/streamlinks.h"
#include "core/values/stationstatus.h"
#include "core/values/track.h"

#include <QLocale>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

const QString serverId = QStringLiteral("Cycast Desktop " CYCAST_VERSION " (Icecast 2.4 compatible)");

/// "+0200"
QString zoneOf(const QDateTime &when)
{
    const int minutes = when.offsetFromUtc() / 60;
    const int absolute = qAbs(minutes);
    return (minutes < 0 ? u"-"_s : u"+"_s) +
           QString::number(absolute / 60 * 100 + absolute % 60).rightJustified(4, u'0');
}

QString classic(const QDateTime &when)
{
    return QLocale::c().toString(when, u"ddd, dd MMM yyyy HH:mm:ss "_s) + zoneOf(when);
}

QString iso8601(const QDateTime &when)
{
    return QLocale::c().toString(when, u"yyyy-MM-ddTHH:mm:ss"_s) + zoneOf(when);
}

/// Icecast's own order and spelling, as libshout announces it.
QString audioInfo(const IcecastSource &source)
{
    QStringList parts;
    if (source.bitrateKbps > 0)
        parts += u"bitrate=%1"_s.arg(source.bitrateKbps);
    if (source.channels > 0)
        parts += u"channels=%1"_s.arg(source.channels);
    if (source.sampleRate > 0)
        parts += u"samplerate=%1"_s.arg(source.sampleRate);
    return parts.join(u';');
}

void writeSource(JsonWriter &json, QByteArrayView key, const IcecastSource &source)
{
    json.beginObject(key);
    if (!source.artist.isEmpty())
        json.text("artist", source.artist);
    json.text("audio_info", audioInfo(source));
    if (source.bitrateKbps > 0)
        json.integer("bitrate", source.bitrateKbps);
    if (source.channels > 0)
        json.integer("channels", source.channels);
    json.text("genre", source.genre);
    json.integer("listener_peak", source.listenerPeak);
    json.integer("listeners", source.listeners);
    json.text("listenurl", source.listenUrl);
    if (source.sampleRate > 0)
        json.integer("samplerate", source.sampleRate);
    json.text("server_description", source.description);
    json.text("server_name", source.name);
    json.text("server_type", QString::fromLatin1(source.contentType));
    json.text("server_url", source.url);
    json.text("stream_start", classic(source.start));
    json.text("stream_start_iso8601", iso8601(source.start));
    json.text("title", source.title);
    json.null("dummy");
    json.endObject();
}

QByteArray element(const char *name, const QString &value)
{
    return QByteArray("<") + name + '>' + htmlEscaped(value) + "</" + name + '>';
}

QByteArray element(const char *name, qint64 value)
{
    return element(name, QString::number(value));
}

QByteArray sourceTag(const QString &mount)
{
    return "<source mount=\"" + htmlEscaped(mount) + "\">";
}

QByteArray sourceXml(const IcecastSource &source)
{
    return sourceTag(source.mount) +
           (source.artist.isEmpty() ? QByteArray() : element("artist", source.artist)) +
           element("audio_info", audioInfo(source)) + element("bitrate", source.bitrateKbps) +
           element("channels", source.channels) + element("genre", source.genre) +
           element("listener_peak", source.listenerPeak) + element("listeners", source.listeners) +
           element("listenurl", source.listenUrl) +
           element("max_listeners",
                   source.maxListeners > 0 ? QString::number(source.maxListeners) : u"unlimited"_s) +
           element("public", 0) + element("samplerate", source.sampleRate) +
           element("server_description", source.description) + element("server_name", source.name) +
           element("server_type", QString::fromLatin1(source.contentType)) +
           element("server_url", source.url) + element("slow_listeners", source.slowListeners) +
           element("source_ip", source.sourceAddress) + element("stream_start", classic(source.start)) +
           element("stream_start_iso8601", iso8601(source.start)) + element("title", source.title) +
           element("total_bytes_read", source.bytesRead) + element("total_bytes_sent", source.bytesSent) +
           element("user_agent", source.sourceProgram) + "</source>";
}

constexpr char xmlHead[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

} // namespace

IcecastServer icecastServer(const StationStatus &status, const StationDescription &station,
                            const QByteArray &base, const QDateTime &now)
{
    IcecastServer server;
    server.host = QUrl(QString::fromLatin1(base)).host();
    server.start = now.addMSecs(-status.onAirMs);
    server.listeners = status.listeners;
    server.listenerPeak = status.listenersPeak;
    if (status.state != AirState::OnAir)
        return server;
    IcecastSource source;
    source.mount = station.mount;
    source.listenUrl = QString::fromLatin1(cleanedBase(base) + encodedMount(station.mount));
    source.name = station.name;
    source.description = station.description;
    source.genre = station.genre;
    source.url = station.url;
    source.contentType = station.contentType;
    const bool isOgg = station.contentType.endsWith("/ogg");
    const TrackInfo &track = status.current;
    source.artist = isOgg ? track.artist : QString();
    source.title = isOgg || track.artist.isEmpty() ? track.title : track.artist + u" - "_s + track.title;
    source.listeners = status.listeners;
    source.listenerPeak = status.listenersPeak;
    source.slowListeners = status.stalledListeners;
    source.bitrateKbps = status.bitrateKbps;
    source.bytesRead = status.source.bytesReceived;
    source.bytesSent = status.totalBytesSent;
    source.start = server.start;
    source.sourceAddress = status.source.address;
    source.sourceProgram = status.source.program;
    server.sources.append(source);
    return server;
}

QByteArray icecastStatusJson(const IcecastServer &server)
{
    JsonWriter json(2048);
    json.beginObject();
    json.beginObject("icestats");
    json.text("admin", {});
    json.text("host", server.host);
    json.text("location", {});
    json.text("server_id", serverId);
    json.text("server_start", classic(server.start));
    json.text("server_start_iso8601", iso8601(server.start));
    if (server.sources.size() == 1) {
        writeSource(json, "source", server.sources.constFirst());
    } else if (!server.sources.isEmpty()) {
        json.beginArray("source");
        for (const IcecastSource &source : server.sources)
            writeSource(json, {}, source);
        json.endArray();
    }
    json.endObject();
    json.endObject();
    return json.bytes();
}

QByteArray icecastStatsXml(const IcecastServer &server)
{
    QByteArray xml = xmlHead + QByteArray("<icestats>") + element("admin", QString()) +
                     element("clients", server.listeners) + element("host", server.host) +
                     element("listeners", server.listeners) + element("location", QString()) +
                     element("server_id", serverId) + element("server_start", classic(server.start)) +
                     element("server_start_iso8601", iso8601(server.start)) +
                     element("sources", server.sources.size());
    for (const IcecastSource &source : server.sources)
        xml += sourceXml(source);
    return xml + "</icestats>\n";
}

QByteArray icecastMountsXml(const IcecastServer &server, const QDateTime &now)
{
    QByteArray xml = xmlHead + QByteArray("<icestats>");
    for (const IcecastSource &source : server.sources)
        xml += sourceTag(source.mount) + element("listeners", source.listeners) +
               element("Connected", source.start.secsTo(now)) +
               element("content-type", QString::fromLatin1(source.contentType)) + "</source>";
    return xml + "</icestats>\n";
}

QByteArray icecastClientsXml(const QString &mount, const QList<IcecastListener> &listeners)
{
    QByteArray xml =
        xmlHead + QByteArray("<icestats>") + sourceTag(mount) + element("Listeners", listeners.size());
    for (const IcecastListener &listener : listeners) {
        const auto id = static_cast<qint64>(listener.info.id);
        xml += "<listener id=\"" + QByteArray::number(id) + "\">" + element("ID", id) +
               element("IP", listener.info.address) + element("UserAgent", listener.program) +
               element("Connected", listener.connectedSeconds) + "</listener>";
    }
    return xml + "</source></icestats>\n";
}

QByteArray icecastResponseXml(const QString &message, bool isGood)
{
    return xmlHead + QByteArray("<iceresponse>") + element("message", message) +
           element("return", isGood ? 1 : 0) + "</iceresponse>\n";
}

} // namespace cycast
