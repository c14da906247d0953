// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/roomoptions.h"

#include "core/base/filename.h"
#include "core/base/monotonic.h"
#include "core/net/stream/streamlinks.h"
#include "core/values/publicurl.h"
#include "core/values/stationstatus.h"
#include "core/values/track.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

StationDescription describe(const Settings &settings)
{
    return {settings.metadata.stationName,  settings.metadata.stationDescription,
            settings.metadata.stationGenre, settings.metadata.stationUrl,
            settings.server.mountPoint,     stationFormatOf(settings).contentType()};
}

} // namespace

Certifier::Wish certificateWishOf(const Settings &settings, const Outside &outside)
{
    const Settings::Https &https = settings.https;
    QString host = https.name;
    if (host.isEmpty())
        host = QUrl(publicUrlOf(settings, outside)).host();
    if (host.isEmpty())
        host = outside.ipv4;
    // His own certificate is enough.
    return {https.enabled && settings.server.tlsCertificate.isEmpty(), acmeIdentifier(host), https.directory,
            https.rehearsal};
}

QList<CertificateFiles> certificateFilesOf(const Settings &settings, const QString &base, const QString &own)
{
    const Settings::Server &server = settings.server;
    if (server.tlsCertificate.isEmpty() && !own.isEmpty())
        return {{own, {}, u"https.enabled"_s, u"https.enabled"_s}};
    if (server.tlsCertificate.isEmpty())
        return {};
    const auto absolute = [&base](const QString &path) {
        return path.isEmpty() ? QString() : absolutePath(path, base);
    };
    QList<CertificateFiles> files{{absolute(server.tlsCertificate), absolute(server.tlsKey),
                                   u"server.tls_certificate"_s, u"server.tls_key"_s}};
    if (!server.tlsSecondCertificate.isEmpty())
        files.append({absolute(server.tlsSecondCertificate), absolute(server.tlsSecondKey),
                      u"server.tls_second_certificate"_s, u"server.tls_second_key"_s});
    return files;
}

DoorOptions doorOptionsOf(const Settings &settings)
{
    return {settings.server.host, settings.server.sourcePort, settings.server.listenPort};
}

LobbyOptions lobbyOptionsOf(const Settings &settings)
{
    return {.headerSeconds = settings.advanced.headerTimeout,
            .maxConnections = settings.advanced.maxConnections,
            .maxConnectionsPerAddress = settings.advanced.maxConnectionsPerAddress,
            .trustedProxies = AddressSet(settings.server.trustedProxies)};
}

LoginOptions loginOptionsOf(const Settings &settings)
{
    LoginOptions logins;
    logins.sourcePassword = settings.server.sourcePassword.toUtf8();
    logins.adminPassword = settings.server.adminPassword.toUtf8();
    for (const QString &more : settings.server.moreSources) {
        const QByteArray text = more.toUtf8();
        const qsizetype colon = text.indexOf(':');
        if (colon > 0)
            logins.moreSources.append({text.first(colon), text.sliced(colon + 1)});
    }
    return logins;
}

SourceServerOptions sourceOptionsOf(const Settings &settings)
{
    const Settings::Server &server = settings.server;
    return {server.mountPoint.toUtf8(), settings.advanced.sourceTimeout, settings.advanced.headerTimeout,
            !server.sourcePassword.isEmpty() || !server.moreSources.isEmpty()};
}

namespace
{

StreamHeadOptions directoryHead(const Settings &settings, const PublicPlace &place)
{
    using Index = StreamHeadOptions::Index;
    const Settings::Directory &directory = settings.directory;
    StreamHeadOptions head;
    head.isPublic = directory.enabled;
    head.index = directory.radioBrowser == u"listed"_s   ? Index::Listed
                 : directory.radioBrowser == u"hidden"_s ? Index::Hidden
                                                         : Index::Unsaid;
    head.logo = directory.logo;
    head.country = directory.country;
    head.languages = directory.languages;
    head.location = directory.location;
    if (place.isKnown())
        head.mainUrl = place.base() + encodedMount(settings.server.mountPoint);
    return head;
}

} // namespace

Outside outsideOf(const ReachReport &report, const QString &mount)
{
    Outside outside;
    // Of the stream: what stands before its path.
    const QString path = QString::fromLatin1(encodedMount(mount));
    if (report.publicUrl.endsWith(path))
        outside.publicUrl = normalisedPublicUrl(report.publicUrl.chopped(path.size())).value_or(QString());
    outside.ipv4 = report.mapping.externalAddress;
    outside.ipv6 = report.pinhole.externalAddress;
    outside.isReachable = report.scope == ReachScope::Everywhere || report.scope == ReachScope::Ipv6Only;
    return outside;
}

QString publicUrlOf(const Settings &settings, const Outside &outside)
{
    const QString &said = settings.server.publicUrl;
    return normalisedPublicUrl(said.isEmpty() ? outside.publicUrl : said).value_or(QString());
}

ListenerServerOptions listenerOptionsOf(const Settings &settings, const Outside &outside,
                                        const QByteArray &monitorToken)
{
    ListenerServerOptions listeners;
    listeners.place = PublicPlace(publicUrlOf(settings, outside));
    listeners.station = describe(settings);
    listeners.head = directoryHead(settings, listeners.place);
    listeners.maxListeners = settings.advanced.maxListeners;
    listeners.maxListenersPerAddress = settings.advanced.maxListenersPerAddress;
    listeners.icyEnabled = settings.metadata.enableIcy;
    listeners.icyMetaint = settings.metadata.icyMetaint;
    listeners.statsEnabled = settings.advanced.enableStats;
    listeners.maxRequestsPerSecond = settings.advanced.maxRequestsPerSecond;
    listeners.monitorToken = monitorToken;
    return listeners;
}

AdminServerOptions adminOptionsOf(const Settings &settings)
{
    using From = AdminServerOptions::From;
    const QString &from = settings.server.adminFrom;
    return {from == u"anywhere"_s   ? From::Anywhere
            : from == u"loopback"_s ? From::Loopback
                                    : From::Lan,
            describe(settings)};
}

namespace
{

/// Empty: nothing speaks against listing it.
Sentence whyNotListed(const Settings &settings, const Outside &outside, const QString &listenUrl)
{
    if (listenUrl.isEmpty() || (settings.server.publicUrl.isEmpty() && !outside.isReachable))
        return Core::tr("It is not known yet that people outside can reach the station.");
    if (isHomeUrl(listenUrl))
        return Core::tr("The public address is one that works at home only, so no directory is told of it.");
    return {};
}

/// What the internet sees, as was found out; else what the user says, where that is an address.
void addAddresses(Announcements &now, const Settings &settings, const Outside &outside)
{
    const QHostAddress said(QUrl(settings.server.publicUrl).host());
    const bool isIpv4 = said.protocol() == QAbstractSocket::IPv4Protocol;
    now.ipv4 = outside.ipv4.isEmpty() && isIpv4 ? said.toString() : outside.ipv4;
    now.ipv6 = outside.ipv6.isEmpty() && !said.isNull() && !isIpv4 ? said.toString() : outside.ipv6;
}

} // namespace

Announcements announcementsOf(const Settings &settings, const Outside &outside, const StationStatus &status)
{
    Announcements now;
    now.updateUrl = settings.reach.updateUrl;
    addAddresses(now, settings, outside);
    now.directory = settings.directory.url;
    const TrackInfo &track = status.current;
    now.moment = {track.artist.isEmpty() ? track.title : track.artist + u" - "_s + track.title,
                  status.listeners,
                  settings.advanced.maxListeners > 0 ? settings.advanced.maxListeners
                                                     : static_cast<int>(status.descriptorLimit)};
    if (!settings.directory.enabled)
        return now;
    if (status.state != AirState::OnAir) {
        now.whyNotListed = Core::tr("The station is off the air.");
        return now;
    }
    const QString listenUrl = status.addresses.publicStreamUrl;
    now.whyNotListed = whyNotListed(settings, outside, listenUrl);
    if (!now.whyNotListed.isEmpty())
        return now;
    const StationDescription station = describe(settings);
    now.listing =
        YpStation{station.name,
                  station.genre,
                  station.description,
                  station.url,
                  listenUrl,
                  station.contentType,
                  station.contentType.endsWith("/ogg") ? settings.encoder.format.toLatin1() : QByteArray(),
                  settings.encoder.bitrateKbps,
                  settings.encoder.sampleRate,
                  settings.encoder.channels};
    return now;
}

MountOptions mountOptionsOf(const Settings &settings)
{
    MountOptions mount;
    mount.capacityBytes = qint64{settings.buffer.sizeMb} * 1024 * 1024;
    mount.broadcaster.chunkBytes = settings.broadcaster.chunkSize;
    mount.broadcaster.burstBytes = burstBytes(settings);
    mount.liveDeadlineNs = liveGatherMs(settings) * nsPerMs;
    mount.mayStretch = settings.broadcaster.gatherMs < 0;
    mount.sleepHighNs = qRound64(settings.broadcaster.sleepHigh * 1e9);
    mount.sleepMediumNs = qRound64(settings.broadcaster.sleepMedium * 1e9);
    mount.sleepLowNs = qRound64(settings.broadcaster.sleepLow * 1e9);
    mount.stationUrl = settings.metadata.stationUrl;
    return mount;
}

PlayoutOptions playoutOptionsOf(const Settings &settings)
{
    const Settings::Encoder &encoder = settings.encoder;
    PlayoutOptions options;
    options.format = stationFormatOf(settings);
    options.passthroughMaxKbps = encoder.passthroughMaxKbps;
    options.crossfadeSeconds = encoder.crossfadeSeconds;
    options.trimsSilence = encoder.trimSilence;
    options.loudness = {encoder.loudness, encoder.targetLufs, encoder.maxPeakDbtp};
    options.codecProgram = codecProgramPath();
    return options;
}

ProgrammeOptions programmeOptionsOf(const Settings &settings)
{
    ProgrammeOptions programme;
    programme.liveCushion = flicksFromNs(liveCushionMs(settings) * nsPerMs);
    programme.convertsLive = settings.encoder.live == u"convert"_s;
    programme.resumesAfterLive = settings.playlist.afterLive == u"resume"_s;
    programme.stationName = settings.metadata.stationName;
    return programme;
}

} // namespace cycast
