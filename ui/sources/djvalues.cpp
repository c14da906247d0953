// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/djvalues.h"

#include <QCoreApplication>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("ConnectDj", text);
}

/// Within a URL the pass phrase must not end it.
QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

QString addressOf(const DjDoor &door, bool withPassword)
{
    const QString who = withPassword ? u"source:%1@"_s.arg(encoded(door.password)) : QString();
    const QString host = door.host.contains(u':') ? u'[' + door.host + u']' : door.host;
    return who + host + u':' + QString::number(door.port) + door.mount;
}

QString withoutSlash(const QString &mount)
{
    return mount.startsWith(u'/') ? mount.mid(1) : mount;
}

} // namespace

QString ffmpegTls(const DjDoor &door)
{
    return door.isSecure ? u"-tls 1 "_s : QString();
}

DjDoor djDoor(const Settings &settings, const StationAddresses &addresses, DjPlace place)
{
    DjDoor door;
    const bool isPublic = place == DjPlace::Elsewhere && !addresses.publicStreamUrl.isEmpty();
    const QUrl url(isPublic ? addresses.publicStreamUrl : addresses.streamUrl);
    door.host = url.host();
    if (door.host.isEmpty())
        door.host = u"127.0.0.1"_s;
    door.isSecure = isPublic && url.scheme() == u"https"_s;
    door.port = isPublic                   ? url.port(door.isSecure ? 443 : 80)
                : addresses.sourcePort > 0 ? addresses.sourcePort
                                           : settings.server.sourcePort;
    door.mount = isPublic ? url.path() : settings.server.mountPoint;
    door.password = settings.server.sourcePassword;
    door.stationName = settings.metadata.stationName;
    return door;
}

QString djAddress(const DjDoor &door)
{
    return addressOf(door, true);
}

QString djUrl(const DjDoor &door)
{
    return u"icecast://"_s + djAddress(door);
}

QString programName(DjProgram program)
{
    switch (program) {
    case DjProgram::Mixxx:
        return u"Mixxx"_s;
    case DjProgram::Butt:
        return u"BUTT"_s;
    case DjProgram::Vlc:
        return u"VLC"_s;
    case DjProgram::Obs:
        return u"OBS Studio"_s;
    case DjProgram::Ffmpeg:
        return u"ffmpeg"_s;
    case DjProgram::Other:
        break;
    }
    return tr("Another program");
}

QString whereToEnter(DjProgram program)
{
    switch (program) {
    case DjProgram::Mixxx:
        return tr("In Mixxx: Options, Preferences, Live Broadcasting. Then switch on Options, Enable Live "
                  "Broadcasting.");
    case DjProgram::Butt:
        return tr("In BUTT: Settings, Main, Server, Add. Then press the play button.");
    case DjProgram::Vlc:
        return tr("VLC sends from the command line. Put your file in place of music.mp3.");
    case DjProgram::Obs:
        return tr("In OBS: Settings, Output, Advanced, Recording, type Custom Output (FFmpeg). Then press "
                  "Start Recording.");
    case DjProgram::Ffmpeg:
        return tr("In a terminal. Put your file or input in place of music.flac.");
    case DjProgram::Other:
        break;
    }
    return tr("Any program that can broadcast to an Icecast 2 server. It asks for some of these.");
}

QList<DjValue> djValues(DjProgram program, const DjDoor &door)
{
    const QString port = QString::number(door.port);
    const QString rate = QString::number(door.bitrateKbps);
    switch (program) {
    case DjProgram::Mixxx:
        return {{tr("Type"), u"Icecast 2"_s},
                {tr("Host"), door.host},
                {tr("Login"), u"source"_s},
                {tr("Mount"), door.mount},
                {tr("Port"), port},
                {tr("Password"), door.password, true},
                {tr("Bitrate"), rate + u" kbps"_s},
                {tr("Format"), u"MP3"_s}};
    case DjProgram::Butt:
        return {{tr("Name"), door.stationName},
                {tr("Type"), u"Icecast"_s},
                {tr("Address"), door.host},
                {tr("Port"), port},
                {tr("Password"), door.password, true},
                {tr("Icecast mountpoint"), withoutSlash(door.mount)},
                {tr("Icecast user"), u"source"_s}};
    case DjProgram::Vlc:
        return {{tr("Command"),
                 u"cvlc music.mp3 --sout '#transcode{vcodec=none,acodec=mp3,ab=%1}"
                 ":std{access=shout,mux=mp3,dst=%2}' --sout-shout-mp3"_s.arg(rate, djAddress(door)),
                 true}};
    case DjProgram::Obs:
        return {{tr("File path or URL"), djUrl(door), true},
                {tr("Container format"), u"mp3"_s},
                {tr("Muxer settings"), u"content_type=audio/mpeg"_s},
                {tr("Audio bitrate"), rate + u" kbps"_s},
                {tr("Audio encoder"), u"libmp3lame"_s}};
    case DjProgram::Ffmpeg:
        return {{tr("Command"),
                 u"ffmpeg -re -i music.flac -vn -c:a libmp3lame -b:a %1k -content_type audio/mpeg -f mp3 "
                 "%2icecast://%3"_s.arg(rate, ffmpegTls(door), djAddress(door)),
                 true}};
    case DjProgram::Other:
        break;
    }
    return {{tr("Server type"), u"Icecast 2"_s},
            {tr("Host"), door.host},
            {tr("Port"), port},
            {tr("Mount"), door.mount},
            {tr("User"), u"source"_s},
            {tr("Password"), door.password, true},
            {tr("Address in one"), (door.isSecure ? u"https://"_s : u"http://"_s) + addressOf(door, false)}};
}

QString masked(const DjValue &value, const QString &password)
{
    const QString dots = u"\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"_s;
    if (!value.isSecret || password.isEmpty())
        return value.value;
    QString text = value.value;
    text.replace(encoded(password), dots);
    return text.replace(password, dots);
}

} // namespace cycast
