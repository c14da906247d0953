// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/roomoptions.h"

#include "core/base/filename.h"
#include "core/base/monotonic.h"

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

QList<CertificateFiles> certificateFilesOf(const Settings &settings, const QString &base)
{
    const Settings::Server &server = settings.server;
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

ListenerServerOptions listenerOptionsOf(const Settings &settings, const QByteArray &monitorToken)
{
    ListenerServerOptions listeners;
    listeners.station = describe(settings);
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
