// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/fieldrow.h"
#include "core/values/publicurl.h"

#include <algorithm>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// "MP3", ".mp3" and " .Mp3" are the same file name extension: ".mp3".
void setExtensions(Settings &settings, const QVariant &value)
{
    QStringList extensions;
    for (const QString &given : value.toStringList()) {
        const QString bare = given.trimmed().toLower();
        const QString extension = bare.isEmpty() || bare.startsWith('.'_L1) ? bare : '.'_L1 + bare;
        if (!extensions.contains(extension))
            extensions += extension;
    }
    settings.playlist.extensions = extensions;
}

/// One address has one spelling; what is none stays as it was typed, to be complained about.
void setPublicUrl(Settings &settings, const QVariant &value)
{
    const QString given = value.toString().trimmed();
    settings.server.publicUrl = normalisedPublicUrl(given).value_or(given);
}

SettingField &rowOf(QList<SettingField> &fields, QLatin1StringView key)
{
    return *std::find_if(fields.begin(), fields.end(),
                         [key](const SettingField &row) { return QLatin1StringView(row.key) == key; });
}

QList<SettingField> serverFields()
{
    using S = Settings::Server;
    constexpr auto block = &Settings::server;
    QList<SettingField> fields = {
        field<block, &S::host>(
            {.key = "server.host",
             .label = QT_TRANSLATE_NOOP("Settings", "Address to listen on"),
             .help = QT_TRANSLATE_NOOP("Settings", "0.0.0.0 is every network of this computer, IPv4 and "
                                                   "IPv6. 127.0.0.1 is this computer only."),
             .takesEffect = TakesEffect::MovesPort}),
        field<block, &S::sourcePort>(
            {.key = "server.source_port",
             .label = QT_TRANSLATE_NOOP("Settings", "Port for live sources"),
             .help =
                 QT_TRANSLATE_NOOP("Settings", "Where Mixxx, BUTT and other broadcasting programs connect."),
             .takesEffect = TakesEffect::MovesPort,
             .minimum = 1,
             .maximum = 65535}),
        field<block, &S::listenPort>(
            {.key = "server.listen_port",
             .label = QT_TRANSLATE_NOOP("Settings", "Port for listeners"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "For players, the web page and the API. Listeners who are connected stay when it changes."),
             .takesEffect = TakesEffect::MovesPort,
             .minimum = 1,
             .maximum = 65535}),
        field<block, &S::sourcePassword>(
            {.key = "server.source_password",
             .label = QT_TRANSLATE_NOOP("Settings", "Pass phrase for live sources"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings", "Whoever knows it can go live on this station. It is never shown in logs."),
             .takesEffect = TakesEffect::NextSource,
             .isSecret = true}),
        field<block, &S::mountPoint>(
            {.key = "server.mount_point",
             .label = QT_TRANSLATE_NOOP("Settings", "Path of the stream"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings", "The end of the stream's address; it begins with a slash, as in /stream."),
             .takesEffect = TakesEffect::NewConnections}),
        field<block, &S::moreSources>(
            {.key = "server.more_sources",
             .label = QT_TRANSLATE_NOOP("Settings", "Further people who may go live"),
             .help = QT_TRANSLATE_NOOP("Settings", "Each with a user name and a pass phrase of their own, as "
                                                   "in anna:blue river stone. The user \"source\" stays."),
             .takesEffect = TakesEffect::NextSource,
             .isSecret = true}),
        field<block, &S::adminPassword>(
            {.key = "server.admin_password",
             .label = QT_TRANSLATE_NOOP("Settings", "Pass phrase for the admin pages"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "For programs that ask as user \"admin\", such as Icecast statistics. "
                                       "Empty: the admin pages are closed."),
             .isSecret = true}),
        field<block, &S::adminFrom>(
            {.key = "server.admin_from",
             .label = QT_TRANSLATE_NOOP("Settings", "Admin pages answer to"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "Who may ask for them at all. The pass phrase is needed everywhere."),
             .choices = {u"loopback"_s, u"lan"_s, u"anywhere"_s}}),
        field<block, &S::publicUrl>(
            {.key = "server.public_url",
             .label = QT_TRANSLATE_NOOP("Settings", "Public address"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "Where people outside reach the station, as in https://radio.example.org or "
                 "http://203.0.113.7:8001. Every link that is shown to them begins with it. Empty: what was "
                 "found out."),
             .takesEffect = TakesEffect::NewConnections}),
        field<block, &S::trustedProxies>(
            {.key = "server.trusted_proxies",
             .label = QT_TRANSLATE_NOOP("Settings", "Web servers in front of this one"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "Their addresses, such as 127.0.0.1 for nginx on this computer, or a subnet. The listener's "
                 "address is then the one that they report (X-Forwarded-For, or the PROXY protocol).")}),
        field<block, &S::tlsCertificate>(
            {.key = "server.tls_certificate",
             .label = QT_TRANSLATE_NOOP("Settings", "Certificate for https"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "A PEM file with the certificate and those between it and its authority. Both ports then "
                 "answer https as well; http goes on beside it. Empty: no https."),
             .takesEffect = TakesEffect::NewConnections}),
        field<block, &S::tlsKey>(
            {.key = "server.tls_key",
             .label = QT_TRANSLATE_NOOP("Settings", "Private key for https"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings", "A PEM file without a pass phrase. Empty: it is in the certificate's file."),
             .takesEffect = TakesEffect::NewConnections}),
        field<block, &S::tlsSecondCertificate>(
            {.key = "server.tls_second_certificate",
             .label = QT_TRANSLATE_NOOP("Settings", "Second certificate for https"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "With a key of another kind: RSA for old players beside a short and quick one (ECDSA). Each "
                 "player is shown the one it understands. Empty: there is one."),
             .takesEffect = TakesEffect::NewConnections}),
        field<block, &S::tlsSecondKey>(
            {.key = "server.tls_second_key",
             .label = QT_TRANSLATE_NOOP("Settings", "Private key of the second one"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings", "A PEM file without a pass phrase. Empty: it is in that certificate's file."),
             .takesEffect = TakesEffect::NewConnections}),
    };
    rowOf(fields, "server.public_url"_L1).set = setPublicUrl;
    return fields;
}

QList<SettingField> bufferFields()
{
    using S = Settings::Buffer;
    constexpr auto block = &Settings::buffer;
    return {
        field<block, &S::sizeMb>(
            {.key = "buffer.size_mb",
             .label = QT_TRANSLATE_NOOP("Settings", "Buffer size"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "Larger: listeners may pause longer and stalls of a live source are ridden out. Smaller: "
                 "less memory, and above 20 MB less delay of live shows."),
             .unit = "MB",
             .minimum = 1,
             .maximum = 1000}),
        field<block, &S::liveCushionMs>(
            {.key = "buffer.live_cushion_ms",
             .label = QT_TRANSLATE_NOOP("Settings", "Cushion for live sources"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "How long live audio is held back to bridge stalls of the source. -1 is automatic: nothing "
                 "up to 20 MB of buffer, and 20 ms more for each MB above."),
             .unit = "ms",
             .minimum = -1,
             .maximum = 10000}),
    };
}

QList<SettingField> playlistFields()
{
    using S = Settings::Playlist;
    constexpr auto block = &Settings::playlist;
    QList<SettingField> fields = {
        field<block, &S::directory>(
            {.key = "playlist.directory",
             .label = QT_TRANSLATE_NOOP("Settings", "Music folder"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "Played when nobody is live. A relative path starts at the folder of this file.")}),
        field<block, &S::shuffle>(
            {.key = "playlist.shuffle",
             .label = QT_TRANSLATE_NOOP("Settings", "Shuffle"),
             .help = QT_TRANSLATE_NOOP("Settings", "Plays the tracks in random order.")}),
        field<block, &S::repeat>(
            {.key = "playlist.repeat",
             .label = QT_TRANSLATE_NOOP("Settings", "Repeat"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "Starts again after the last track. Off: silence follows it.")}),
        field<block, &S::extensions>(
            {.key = "playlist.extensions",
             .label = QT_TRANSLATE_NOOP("Settings", "File name extensions"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "Which files of the music folder are tracks. Capital letters make no difference.")}),
        field<block, &S::afterLive>(
            {.key = "playlist.after_live",
             .label = QT_TRANSLATE_NOOP("Settings", "After a live show"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "\"next\" goes on with the next track, \"resume\" with the one that was interrupted."),
             .choices = {u"next"_s, u"resume"_s}}),
        field<block, &S::watch>(
            {.key = "playlist.watch",
             .label = QT_TRANSLATE_NOOP("Settings", "Watch the music folders"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "New files in a folder of the playlist join it by themselves, and files that are gone are "
                 "greyed until they are back.")}),
    };
    rowOf(fields, "playlist.extensions"_L1).set = setExtensions;
    return fields;
}

QList<SettingField> broadcasterFields()
{
    using S = Settings::Broadcaster;
    constexpr auto block = &Settings::broadcaster;
    return {
        field<block, &S::chunkSize>(
            {.key = "broadcaster.chunk_size",
             .label = QT_TRANSLATE_NOOP("Settings", "Chunk size"),
             .help =
                 QT_TRANSLATE_NOOP("Settings", "Larger: less CPU. Smaller: lower latency for live shows."),
             .unit = "bytes",
             .minimum = 1024,
             .maximum = 65536}),
        field<block, &S::sleepHigh>(
            {.key = "broadcaster.sleep_high",
             .label = QT_TRANSLATE_NOOP("Settings", "Pause, buffer above 80 %"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "Shortest pause between two rounds of sending. Shorter: smoother. "
                                       "Longer: less CPU."),
             .unit = "s",
             .maximum = 1}),
        field<block, &S::sleepMedium>(
            {.key = "broadcaster.sleep_medium",
             .label = QT_TRANSLATE_NOOP("Settings", "Pause, buffer 50 to 80 %"),
             .help = QT_TRANSLATE_NOOP("Settings", "The same while the buffer is more than half full."),
             .unit = "s",
             .maximum = 1}),
        field<block, &S::sleepLow>(
            {.key = "broadcaster.sleep_low",
             .label = QT_TRANSLATE_NOOP("Settings", "Pause, buffer below 50 %"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "The same while the buffer is less than half full, as it is in "
                                       "everyday use."),
             .unit = "s",
             .maximum = 1}),
        field<block, &S::burstSize>(
            {.key = "broadcaster.burst_size",
             .label = QT_TRANSLATE_NOOP("Settings", "Burst on connect"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "What a new listener gets at once, so that playing starts without "
                                       "a wait. -1 is automatic: four chunks."),
             .unit = "bytes",
             .takesEffect = TakesEffect::NewListeners,
             .minimum = -1,
             .maximum = 1048576}),
        field<block, &S::gatherMs>(
            {.key = "broadcaster.gather_ms",
             .label = QT_TRANSLATE_NOOP("Settings", "Gathering of live sound"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "How long live sound waits to be sent in one piece. -1 is automatic: by the chunk size, and "
                 "up to a second where a very large crowd would take more than half of a processor."),
             .unit = "ms",
             .minimum = -1,
             .maximum = 1000}),
    };
}

QList<SettingField> metadataFields()
{
    using S = Settings::Metadata;
    constexpr auto block = &Settings::metadata;
    return {
        field<block, &S::stationName>(
            {.key = "metadata.station_name",
             .label = QT_TRANSLATE_NOOP("Settings", "Station name"),
             .help = QT_TRANSLATE_NOOP("Settings", "Shown by players and on the web page."),
             .takesEffect = TakesEffect::NewConnections}),
        field<block, &S::stationDescription>(
            {.key = "metadata.station_description",
             .label = QT_TRANSLATE_NOOP("Settings", "Description"),
             .help = QT_TRANSLATE_NOOP("Settings", "One line about the station."),
             .takesEffect = TakesEffect::NewConnections}),
        field<block, &S::stationGenre>({.key = "metadata.station_genre",
                                        .label = QT_TRANSLATE_NOOP("Settings", "Genre"),
                                        .help = QT_TRANSLATE_NOOP("Settings", "For example Jazz, or Talk."),
                                        .takesEffect = TakesEffect::NewConnections}),
        field<block, &S::stationUrl>(
            {.key = "metadata.station_url",
             .label = QT_TRANSLATE_NOOP("Settings", "Web site"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "An address that begins with http:// or https://, or nothing."),
             .takesEffect = TakesEffect::NewConnections}),
        field<block, &S::enableIcy>(
            {.key = "metadata.enable_icy",
             .label = QT_TRANSLATE_NOOP("Settings", "Send titles in the stream"),
             .help = QT_TRANSLATE_NOOP("Settings", "Players that ask for titles get them between the audio."),
             .takesEffect = TakesEffect::NewListeners}),
        field<block, &S::icyMetaint>(
            {.key = "metadata.icy_metaint",
             .label = QT_TRANSLATE_NOOP("Settings", "Audio between two titles"),
             .help = QT_TRANSLATE_NOOP("Settings", "16000 is what players are used to."),
             .unit = "bytes",
             .takesEffect = TakesEffect::NewListeners,
             .minimum = 256,
             .maximum = 1000000}),
    };
}

QList<SettingField> advancedFields()
{
    using S = Settings::Advanced;
    constexpr auto block = &Settings::advanced;
    return {
        field<block, &S::maxListeners>(
            {.key = "advanced.max_listeners",
             .label = QT_TRANSLATE_NOOP("Settings", "Most listeners at once"),
             .help =
                 QT_TRANSLATE_NOOP("Settings", "0 is no limit. Nobody who listens already is thrown out."),
             .maximum = 1000000}),
        field<block, &S::maxListenersPerAddress>(
            {.key = "advanced.max_listeners_per_address",
             .label = QT_TRANSLATE_NOOP("Settings", "Most listeners from one address"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "0 is no limit. A household or an office behind one router counts as one address."),
             .maximum = 1000000}),
        field<block, &S::maxConnections>(
            {.key = "advanced.max_connections",
             .label = QT_TRANSLATE_NOOP("Settings", "Most connections that do not listen"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "Requests, pages and programs that ask for figures. 0 is no limit. "
                                       "When it is reached, those "
                                       "who have been connected for longest have to go; nobody who listens."),
             .maximum = 100000}),
        field<block, &S::maxConnectionsPerAddress>(
            {.key = "advanced.max_connections_per_address",
             .label = QT_TRANSLATE_NOOP("Settings", "The same from one address"),
             .help = QT_TRANSLATE_NOOP("Settings", "0 is no limit. Trusted proxies have none."),
             .maximum = 100000}),
        field<block, &S::maxRequestsPerSecond>(
            {.key = "advanced.max_requests_per_second",
             .label = QT_TRANSLATE_NOOP("Settings", "Requests for pages from one address"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "In a second, on the average; further ones are told to come back later. 0 is no limit. The "
                 "stream itself is not counted."),
             .maximum = 100000}),
        field<block, &S::sourceTimeout>(
            {.key = "advanced.source_timeout",
             .label = QT_TRANSLATE_NOOP("Settings", "Patience with a silent source"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "A live source that sends nothing for so long is let go, and the playlist takes over."),
             .unit = "s",
             .minimum = 0.5,
             .maximum = 3600}),
        field<block, &S::headerTimeout>(
            {.key = "advanced.header_timeout",
             .label = QT_TRANSLATE_NOOP("Settings", "Patience with a slow request"),
             .help = QT_TRANSLATE_NOOP("Settings", "Whoever connects has so long to say what is wanted."),
             .unit = "s",
             .takesEffect = TakesEffect::NewConnections,
             .minimum = 1,
             .maximum = 600}),
        field<block, &S::nice>(
            {.key = "advanced.nice",
             .label = QT_TRANSLATE_NOOP("Settings", "Priority"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "How far Cycast goes before other programs: 0 as all others, -10 well before them, -20 the "
                 "most. The self-test says whether this computer permits it."),
             .minimum = -20,
             .maximum = 0}),
        field<block, &S::cpus>(
            {.key = "advanced.cpus",
             .label = QT_TRANSLATE_NOOP("Settings", "Processors"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "Those that Cycast may use, counted from 0: \"2,3\" or \"0-1\". "
                                       "Empty: all of them.")}),
        field<block, &S::strictPorts>(
            {.key = "advanced.strict_ports",
             .label = QT_TRANSLATE_NOOP("Settings", "Strict ports"),
             .help = QT_TRANSLATE_NOOP(
                 "Settings",
                 "Off: sources and listeners are served on either port. On: each on its own only; Shoutcast "
                 "encoders then need the port before the one for live sources."),
             .takesEffect = TakesEffect::NewConnections}),
        field<block, &S::verboseLogging>(
            {.key = "advanced.verbose_logging",
             .label = QT_TRANSLATE_NOOP("Settings", "Log every detail"),
             .help = QT_TRANSLATE_NOOP("Settings", "Every chunk read and sent, buffer fill and timing.")}),
        field<block, &S::enableStats>(
            {.key = "advanced.enable_stats",
             .label = QT_TRANSLATE_NOOP("Settings", "Statistics for everybody"),
             .help = QT_TRANSLATE_NOOP("Settings", "Off: /api/stats is refused to those who ask for it.")}),
        field<block, &S::flaskDebug>(
            {.key = "advanced.flask_debug",
             .label = QT_TRANSLATE_NOOP("Settings", "Flask debug mode"),
             .help = QT_TRANSLATE_NOOP("Settings", "Kept for Cycast; without effect here."),
             .takesEffect = TakesEffect::Never,
             .hasNoEffect = true}),
        field<block, &S::flaskSecretKey>(
            {.key = "advanced.flask_secret_key",
             .label = QT_TRANSLATE_NOOP("Settings", "Flask secret key"),
             .help = QT_TRANSLATE_NOOP("Settings", "Kept for Cycast; without effect here."),
             .takesEffect = TakesEffect::Never,
             .isSecret = true,
             .hasNoEffect = true}),
    };
}

QList<SettingField> alarmFields()
{
    using S = Settings::Alarm;
    constexpr auto block = &Settings::alarm;
    return {
        field<block, &S::silenceSeconds>(
            {.key = "alarm.silence_seconds",
             .label = QT_TRANSLATE_NOOP("Settings", "Alarm after silence of"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "A built-in listener checks what people hear. Silence for longer "
                                       "rings the alarm; 0 is no alarm."),
             .unit = "s",
             .maximum = 3600}),
        field<block, &S::skipWhenSilent>(
            {.key = "alarm.skip_when_silent",
             .label = QT_TRANSLATE_NOOP("Settings", "Skip silent tracks"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "With the alarm the playlist moves on to its next track by itself.")}),
    };
}

} // namespace

const QList<SettingField> &settingFields()
{
    static const QList<SettingField> fields =
        serverFields() + bufferFields() + playlistFields() + jingleFields() + recordingFields() +
        streamFields() + soundFields() + broadcasterFields() + metadataFields() + openingFields() +
        reachFields() + directoryFields() + httpsFields() + advancedFields() + alarmFields();
    return fields;
}

const SettingField *settingField(QStringView key)
{
    for (const SettingField &row : settingFields()) {
        if (key == QLatin1StringView(row.key))
            return &row;
    }
    return nullptr;
}

} // namespace cycast
