// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/pages/statusapi.h"

#include "core/net/http/jsonwriter.h"
#include "core/values/bufferstatus.h"
#include "core/values/playedtrack.h"
#include "core/values/track.h"

#include <algorithm>

namespace cycast
{

namespace
{

QString heardName(ProgrammeKind kind)
{
    switch (kind) {
    case ProgrammeKind::Live:
        return QStringLiteral("live");
    case ProgrammeKind::Playlist:
        return QStringLiteral("playlist");
    case ProgrammeKind::Silence:
        break;
    }
    return QStringLiteral("silence");
}

QString withoutSlash(const QString &url)
{
    return url.endsWith(u'/') ? url.chopped(1) : url;
}

double seconds(qint64 milliseconds)
{
    return static_cast<double>(milliseconds) / 1000.0;
}

void writeTrack(JsonWriter &json, QByteArrayView key, const TrackInfo &track, qint64 positionMs)
{
    json.beginObject(key);
    json.text("title", track.title);
    json.text("artist", track.artist);
    json.text("album", track.album);
    if (track.durationMs > 0)
        json.number("duration_seconds", seconds(track.durationMs), 1);
    else
        json.null("duration_seconds"); // unknown is not "no time at all"
    if (positionMs >= 0)
        json.number("position_seconds", seconds(positionMs), 1);
    json.endObject();
}

void writeHistory(JsonWriter &json, const QList<PlayedTrack> &history)
{
    json.beginArray("history");
    for (const PlayedTrack &played : history) {
        json.beginObject();
        json.text("title", played.track.title);
        json.text("artist", played.track.artist);
        json.text("started_at",
                  played.startedAt.toOffsetFromUtc(played.startedAt.offsetFromUtc()).toString(Qt::ISODate));
        json.endObject();
    }
    json.endArray();
}

void writeBuffer(JsonWriter &json, const BufferStatus &buffer)
{
    json.beginObject("buffer");
    json.integer("available", buffer.available);
    json.integer("space", buffer.space);
    json.integer("capacity", buffer.capacity);
    json.number("fill_percentage", std::clamp(buffer.fillPercent, 0.0, 100.0), 2);
    json.number("ahead_seconds", buffer.aheadSeconds, 1);
    json.endObject();
}

QString isoDate(const QDateTime &when)
{
    return when.isValid() ? when.toUTC().toString(Qt::ISODate) : QString();
}

QString directoryState(DirectoryStatus::State state)
{
    switch (state) {
    case DirectoryStatus::State::Waiting:
        return QStringLiteral("waiting");
    case DirectoryStatus::State::Listed:
        return QStringLiteral("listed");
    case DirectoryStatus::State::Refused:
        return QStringLiteral("refused");
    case DirectoryStatus::State::Unreachable:
        return QStringLiteral("unreachable");
    case DirectoryStatus::State::Off:
        break;
    }
    return QStringLiteral("off");
}

void writeDirectory(JsonWriter &json, const DirectoryStatus &directory)
{
    json.beginObject("directory");
    json.text("state", directoryState(directory.state));
    json.text("why", directory.why);
    json.text("answer", directory.answer);
    json.text("next_attempt", isoDate(directory.nextAttempt));
    json.endObject();
}

QString httpsState(HttpsStatus::State state)
{
    switch (state) {
    case HttpsStatus::State::Working:
        return QStringLiteral("working");
    case HttpsStatus::State::InForce:
        return QStringLiteral("in force");
    case HttpsStatus::State::Failed:
        return QStringLiteral("failed");
    case HttpsStatus::State::Off:
        break;
    }
    return QStringLiteral("off");
}

void writeHttps(JsonWriter &json, const HttpsStatus &https)
{
    json.beginObject("https");
    json.text("state", httpsState(https.state));
    json.text("name", https.name);
    json.text("words", https.words);
    json.text("valid_until", isoDate(https.validUntil));
    json.text("next_attempt", isoDate(https.nextAttempt));
    json.endObject();
}

/// What both answers tell about the process.
void writeProcess(JsonWriter &json, const StationStatus &status)
{
    json.integer("listener_peak", status.listenersPeak);
    json.integer("stalled", status.stalledListeners);
    json.number("cpu_percent", status.cpuPercent, 1);
    json.integer("memory_bytes", status.memoryBytes);
    json.integer("descriptors", status.descriptors);
    json.integer("descriptor_limit", status.descriptorLimit);
    json.text("version", QStringLiteral(CYCAST_VERSION));
}

QString scopeName(ReachScope scope)
{
    switch (scope) {
    case ReachScope::Home:
        return QStringLiteral("home");
    case ReachScope::Ipv6Only:
        return QStringLiteral("ipv6");
    case ReachScope::Everywhere:
        return QStringLiteral("everywhere");
    case ReachScope::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

/// Nothing of the home network: those who ask may be strangers.
void writeReach(JsonWriter &json, const ReachReport &reach)
{
    json.text("reachable", scopeName(reach.scope));
    const PortMapping &mapping = reach.mapping.isEmpty() ? reach.pinhole : reach.mapping;
    if (mapping.isEmpty()) {
        json.null("mapping");
        return;
    }
    json.beginObject("mapping");
    json.text("protocol", mapping.protocol);
    json.text("address", mapping.externalAddress);
    json.integer("port", mapping.externalPort);
    json.integer("lease_seconds", mapping.leaseSeconds);
    json.endObject();
}

} // namespace

QString formattedUptime(qint64 seconds)
{
    const qint64 minutes = std::max<qint64>(0, seconds) / 60;
    return QStringLiteral("%1h %2m").arg(minutes / 60).arg(minutes % 60);
}

QByteArray statusJson(const StationStatus &status, const StationDescription &station)
{
    const qint64 uptimeSeconds = std::max<qint64>(0, status.onAirMs) / 1000;
    JsonWriter json(2048);
    json.beginObject();
    json.boolean("source_connected", status.source.connected);
    json.text("source_status",
              status.source.connected ? QStringLiteral("Connected") : QStringLiteral("Playlist Fallback"));
    json.beginObject("metadata");
    json.text("title", status.current.title);
    json.text("artist", status.current.artist);
    json.endObject();
    json.integer("listeners", status.listeners);
    json.integer("uptime_seconds", uptimeSeconds);
    json.text("uptime_formatted", formattedUptime(uptimeSeconds));
    json.text("station_name", station.name);
    json.text("station_genre", station.genre);

    json.text("station_description", station.description);
    json.text("station_url", station.url);
    json.text("mount", station.mount);
    json.text("public_url", withoutSlash(status.addresses.publicPageUrl));
    json.text("content_type", QString::fromLatin1(station.contentType));
    json.boolean("on_air", status.state == AirState::OnAir);
    json.text("heard", heardName(status.heard));
    writeTrack(json, "track", status.current, std::max<qint64>(0, status.positionMs));
    writeTrack(json, "next", status.next, -1);
    writeHistory(json, status.history);
    // The address of a live source is nobody's business but the station's.
    json.beginObject("source");
    json.text("program", status.source.connected ? status.source.program : QString());
    json.text("name", status.source.connected ? status.source.name : QString());
    json.endObject();
    writeDirectory(json, status.directory);
    writeHttps(json, status.https);
    writeReach(json, status.reach);
    json.integer("bitrate_kbps", status.bitrateKbps);
    json.number("buffer_seconds", status.buffer.aheadSeconds, 1);
    writeProcess(json, status);
    json.endObject();
    return json.bytes();
}

QByteArray statsJson(const StationStatus &status, const QList<ListenerFigures> &figures,
                     const QList<double> &connectedSeconds)
{
    JsonWriter json(1024 + figures.size() * 128);
    json.beginObject();
    json.integer("total_listeners", figures.size());
    json.integer("total_bytes_sent", status.totalBytesSent);
    json.beginArray("listeners");
    for (qsizetype i = 0; i < figures.size(); ++i) {
        const ListenerFigures &listener = figures.at(i);
        json.beginObject();
        json.integer("id", static_cast<qint64>(listener.id));
        json.integer("bytes_sent", listener.bytesSent);
        json.number("connected_seconds", i < connectedSeconds.size() ? connectedSeconds.at(i) : 0.0, 1);
        json.boolean("active", listener.active);
        json.number("behind_seconds", static_cast<double>(listener.behindSeconds), 1);
        json.integer("skips", listener.skips);
        json.endObject();
    }
    json.endArray();
    writeBuffer(json, status.buffer);
    json.number("out_bytes_per_second", status.outBytesPerSecond, 0);
    json.integer("skips", status.skips);
    json.number("latency_ms", status.latencyMs, 1);
    json.integer("gathering_ms", status.gatheringMs);
    writeProcess(json, status);
    json.endObject();
    return json.bytes();
}

} // namespace cycast
