// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/djfiles.h"

#include "core/base/filewriter.h"

#include <QCoreApplication>
#include <QFile>
#include <QXmlStreamWriter>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

QString say(const char *text)
{
    return QCoreApplication::translate("ConnectDj", text);
}

/// In a file of lines nothing may begin a new one.
QString oneLine(const QString &text)
{
    return text.simplified();
}

/// BUTT names a section after the server: what would end the section's name stays away.
QString sectionName(const DjDoor &door)
{
    QString name = oneLine(door.stationName);
    name.remove(u'[').remove(u']').remove(u';').remove(u'=');
    // "main", "audio" and the others are BUTT's own.
    return name.trimmed().isEmpty() ? u"Cycast"_s : u"Cycast "_s + name.trimmed();
}

QByteArray buttFile(const DjDoor &door)
{
    const QString name = sectionName(door);
    QStringList lines{u"[main]"_s,
                      u"server = "_s + name,
                      u"srv_ent = "_s + name,
                      u"num_of_srv = 1"_s,
                      u"icy = "_s,
                      u"icy_ent = "_s,
                      u"num_of_icy = 0"_s,
                      u"connect_at_startup = 0"_s,
                      QString(),
                      u"[audio]"_s,
                      u"samplerate = 44100"_s,
                      u"bitrate = %1"_s.arg(door.bitrateKbps),
                      u"channel = 2"_s,
                      u"codec = mp3"_s,
                      QString(),
                      u"[record]"_s,
                      u"samplerate = 44100"_s,
                      u"bitrate = 192"_s,
                      u"channel = 2"_s,
                      u"codec = mp3"_s,
                      QString(),
                      u'[' + name + u']',
                      u"address = "_s + oneLine(door.host),
                      u"port = %1"_s.arg(door.port),
                      u"password = "_s + oneLine(door.password),
                      u"type = 1"_s, // Icecast
                      door.isSecure ? u"tls = 1"_s : u"tls = 0"_s,
                      u"mount = "_s + (door.mount.startsWith(u'/') ? door.mount.mid(1) : door.mount),
                      u"usr = source"_s};
    return lines.join(u'\n').toUtf8() + '\n';
}

QByteArray mixxxFile(const DjDoor &door)
{
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.setAutoFormatting(true);
    xml.writeDTD(u"<!DOCTYPE broadcastprofile>"_s);
    xml.writeStartElement(u"BroadcastProfile"_s);
    const QList<std::pair<QString, QString>> values = {{u"SecureCredentialsStorage"_s, u"0"_s},
                                                       {u"Enabled"_s, u"1"_s},
                                                       {u"Host"_s, door.host},
                                                       {u"Port"_s, QString::number(door.port)},
                                                       {u"Servertype"_s, u"Icecast2"_s},
                                                       {u"Login"_s, u"source"_s},
                                                       {u"Password"_s, door.password},
                                                       {u"EnableReconnect"_s, u"1"_s},
                                                       {u"ReconnectPeriod"_s, u"5"_s},
                                                       {u"LimitReconnects"_s, u"0"_s},
                                                       {u"MaximumRetries"_s, u"10"_s},
                                                       {u"NoDelayFirstReconnect"_s, u"1"_s},
                                                       {u"ReconnectFirstDelay"_s, u"0"_s},
                                                       {u"Mountpoint"_s, door.mount},
                                                       {u"StreamName"_s, door.stationName},
                                                       {u"StreamPublic"_s, u"0"_s},
                                                       {u"Format"_s, u"MP3"_s},
                                                       {u"Bitrate"_s, QString::number(door.bitrateKbps)},
                                                       {u"Channels"_s, u"2"_s},
                                                       {u"EnableMetadata"_s, u"0"_s},
                                                       {u"MetadataCharset"_s, u"UTF-8"_s},
                                                       {u"MetadataFormat"_s, u"$artist - $title"_s},
                                                       {u"OggDynamicUpdate"_s, u"0"_s}};
    for (const auto &[name, value] : values)
        xml.writeTextElement(name, value);
    xml.writeEndElement();
    return bytes + '\n';
}

/// An OBS profile: what its dialog for "Custom Output (FFmpeg)" writes.
QByteArray obsFile(const DjDoor &door)
{
    return u"[General]\nName=Cycast\n\n"
           "[Output]\nMode=Advanced\n\n"
           "[AdvOut]\nRecType=FFmpeg\nFFOutputToFile=false\nFFURL=%1\nFFFormat=mp3\n"
           "FFFormatMimeType=audio/mpeg\nFFExtension=mp3\nFFMCustom=content_type=audio/mpeg\n"
           "FFIgnoreCompat=true\nFFVEncoderId=0\nFFVEncoder=\nFFAEncoderId=86017\nFFAEncoder=libmp3lame\n"
           "FFABitrate=%2\nFFAudioMixes=1\n"_s.arg(djUrl(door), QString::number(door.bitrateKbps))
               .toUtf8();
}

/// What stands between the quotes of a script: the shell and the command prompt of Windows have their own
/// idea of it. The address is percent-encoded: no quote, no space, no dollar is in it.
DjFile shellScript(const QString &name, const QString &command)
{
    return {
        name + u".sh"_s, say(QT_TRANSLATE_NOOP("ConnectDj", "Scripts for Linux and macOS (*.sh)")),
        u"#!/bin/sh\n# %1 FILE...\n"
        "[ $# -gt 0 ] || { echo \"%1 FILE...\" >&2; exit 2; }\n"
        "for file in \"$@\"; do\n    %2\ndone\n"_s.arg(name + u".sh"_s, command)
            .toUtf8(),
        say(QT_TRANSLATE_NOOP("ConnectDj", "Start it in a terminal with the music files behind its name.")),
        true};
}

DjFile batchScript(const QString &name, QString command)
{
    // A percent sign is doubled there.
    command.replace(u'%', u"%%"_s).replace(u"\"$file\""_s, u"\"%~1\""_s).replace(u'\'', u'"');
    return {name + u".bat"_s, say(QT_TRANSLATE_NOOP("ConnectDj", "Scripts for Windows (*.bat)")),
            u"@echo off\r\n:next\r\nif \"%~1\"==\"\" exit /b\r\n%1\r\nshift\r\ngoto next\r\n"_s
                .replace(u"%1\r\nshift"_s, command + u"\r\nshift"_s)
                .toUtf8(),
            say(QT_TRANSLATE_NOOP("ConnectDj", "Drop music files onto it.")), true};
}

QList<DjFile> scripts(const QString &name, const QString &unixCommand, const QString &windowsCommand)
{
    return {shellScript(name, unixCommand), batchScript(name, windowsCommand)};
}

} // namespace

QList<DjFile> djFiles(DjProgram program, const DjDoor &door)
{
    const QString rate = QString::number(door.bitrateKbps);
    switch (program) {
    case DjProgram::Mixxx:
        return {{u"Cycast.bcp.xml"_s, say(QT_TRANSLATE_NOOP("ConnectDj", "Mixxx profiles (*.bcp.xml)")),
                 mixxxFile(door),
                 say(QT_TRANSLATE_NOOP("ConnectDj",
                                       "Put it into the folder broadcast_profiles of Mixxx's settings folder "
                                       "(on Linux ~/.mixxx) and start Mixxx anew."))}};
    case DjProgram::Butt:
        return {{u"cycast.buttrc"_s, say(QT_TRANSLATE_NOOP("ConnectDj", "BUTT settings (*.buttrc)")),
                 buttFile(door), say(QT_TRANSLATE_NOOP("ConnectDj", "In BUTT: Settings, Main, Import."))}};
    case DjProgram::Obs:
        return {{u"basic.ini"_s, say(QT_TRANSLATE_NOOP("ConnectDj", "OBS profiles (*.ini)")), obsFile(door),
                 say(QT_TRANSLATE_NOOP("ConnectDj",
                                       "Save it into an empty folder. In OBS: Profile, Import, choose that "
                                       "folder; then press Start Recording."))}};
    case DjProgram::Vlc: {
        const QString output =
            u"--sout '#transcode{vcodec=none,acodec=mp3,ab=%1}:std{access=shout,mux=mp3,dst=%2}' "
            "--sout-shout-mp3 vlc://quit"_s.arg(rate, djAddress(door));
        return scripts(u"cycast-vlc"_s, u"cvlc \"$file\" "_s + output,
                       u"\"C:\\Program Files\\VideoLAN\\VLC\\vlc.exe\" -I dummy \"$file\" "_s + output);
    }
    case DjProgram::Ffmpeg: {
        const QString command =
            u"ffmpeg -re -i \"$file\" -vn -c:a libmp3lame -b:a %1k -content_type audio/mpeg "
            "-f mp3 %2'%3'"_s.arg(rate, ffmpegTls(door), djUrl(door));
        return scripts(u"cycast-ffmpeg"_s, command, command);
    }
    case DjProgram::Other:
        break;
    }
    return {};
}

void saveDjFile(const DjFile &file, const QString &path, FileWriter &files, QObject *context,
                const std::function<void(const QString &)> &told)
{
    QFile::Permissions owner = QFile::ReadOwner | QFile::WriteOwner;
    if (file.isProgram)
        owner |= QFile::ExeOwner;
    files.write(
        path, [content = file.content] { return content; }, {.makesFolder = false, .permissions = owner},
        context,
        [path, told](const QString &error) {
            const QString sentence =
                say(QT_TRANSLATE_NOOP("ConnectDj", "The file could not be saved as %1: %2."));
            told(error.isEmpty() ? QString() : sentence.arg(path, error));
        });
}

} // namespace cycast
