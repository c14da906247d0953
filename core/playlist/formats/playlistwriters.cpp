// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/filename.h"
#include "core/playlist/formats/playlistfile.h"
#include "core/playlist/formats/playlistlocation.h"
#include "core/values/track.h"

#include <QStringDecoder>
#include <QUrl>
#include <QXmlStreamWriter>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

QString oneLine(QString text)
{
    return text.replace(u'\r', u' ').replace(u'\n', u' ');
}

qint64 secondsOrUnknown(qint64 ms)
{
    return ms > 0 ? (ms + 500) / 1000 : -1;
}

QString wordsOf(const TrackInfo &track)
{
    const QString title = oneLine(track.title);
    return track.artist.isEmpty() ? title : oneLine(track.artist) + u" - "_s + title;
}

QString m3uText(const QList<PlaylistEntry> &entries, const QString &folder)
{
    QString out;
    for (const PlaylistEntry &entry : entries) {
        out += u"#EXTINF:%1,"_s.arg(secondsOrUnknown(entry.track.durationMs)) + wordsOf(entry.track) + u'\n';
        out += writtenLocation(entry.path, folder) + u'\n';
    }
    return out;
}

/// Traditional M3U is Latin-1. Anything more is written as UTF-8 and says so; also Latin-1 that would be
/// taken for UTF-8.
QByteArray writeM3u(const QList<PlaylistEntry> &entries, const QString &folder)
{
    const QString text = m3uText(entries, folder);
    const auto isLatin1 = [](QChar c) {
        return c.unicode() < 0x80 || (c.unicode() >= 0xA0 && c.unicode() < 0x100);
    };
    const auto isAscii = [](QChar c) { return c.unicode() < 0x80; };
    const bool fits = std::all_of(text.begin(), text.end(), isLatin1);
    if (fits) {
        const QByteArray bytes = text.toLatin1();
        QStringDecoder decoder(QStringDecoder::Utf8);
        [[maybe_unused]] const QString decoded = decoder(bytes);
        if (std::all_of(text.begin(), text.end(), isAscii) || decoder.hasError())
            return "#EXTM3U\n" + bytes;
    }
    return "#EXTM3U\n#EXTENC: UTF-8\n" + pathBytes(text);
}

QByteArray writePls(const QList<PlaylistEntry> &entries, const QString &folder)
{
    QString out = u"[playlist]\n"_s;
    qsizetype number = 0;
    for (const PlaylistEntry &entry : entries) {
        const QString n = QString::number(++number);
        out += u"File"_s + n + u'=' + writtenLocation(entry.path, folder) + u'\n';
        out += u"Title"_s + n + u'=' + wordsOf(entry.track) + u'\n';
        out += u"Length"_s + n + u'=' + QString::number(secondsOrUnknown(entry.track.durationMs)) + u'\n';
    }
    out += u"NumberOfEntries=%1\nVersion=2\n"_s.arg(number);
    return pathBytes(out);
}

/// A URI reference: everything but letters, digits and slashes is escaped.
QString uriOf(const QString &path, const QString &folder)
{
    if (!windowsTails(path).isEmpty())
        return QString::fromLatin1(u"file:///"_s.toLatin1() +
                                   pathBytes(QString(path).replace(u'\\', u'/')).toPercentEncoding("/:"));
    QString written = writtenLocation(path, folder);
    if (written.startsWith("file:"_L1))
        return written;
    const QString escaped = QString::fromLatin1(pathBytes(written).toPercentEncoding("/"));
    return written.startsWith(u'/') ? u"file://"_s + escaped : escaped;
}

/// XML knows no other control characters.
QString xmlText(const QString &text)
{
    QString out;
    for (const QChar c : text)
        out += c.unicode() < 0x20 || c.unicode() == 0xFFFE || c.unicode() == 0xFFFF ? QChar(u' ') : c;
    return out;
}

QByteArray writeXspf(const QList<PlaylistEntry> &entries, const QString &folder)
{
    QByteArray out;
    QXmlStreamWriter xml(&out);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(u"playlist"_s);
    xml.writeAttribute(u"version"_s, u"1"_s);
    xml.writeDefaultNamespace(u"http://xspf.org/ns/0/"_s);
    xml.writeStartElement(u"trackList"_s);
    for (const PlaylistEntry &entry : entries) {
        xml.writeStartElement(u"track"_s);
        const auto write = [&xml](const QString &name, const QString &text) {
            if (!text.isEmpty())
                xml.writeTextElement(name, xmlText(text));
        };
        write(u"location"_s, uriOf(entry.path, folder));
        write(u"title"_s, entry.track.title);
        write(u"creator"_s, entry.track.artist);
        write(u"album"_s, entry.track.album);
        if (entry.track.durationMs > 0)
            write(u"duration"_s, QString::number(entry.track.durationMs));
        xml.writeEndElement();
    }
    xml.writeEndDocument();
    return out;
}

} // namespace

QByteArray writeM3u8(const QList<PlaylistEntry> &entries, const QString &folder)
{
    return "#EXTM3U\n" + pathBytes(m3uText(entries, folder));
}

QByteArray writePlaylist(const QList<PlaylistEntry> &entries, const QString &fileName, const QString &folder)
{
    const auto endsWith = [&fileName](QLatin1StringView ending) {
        return fileName.endsWith(ending, Qt::CaseInsensitive);
    };
    if (endsWith(".m3u"_L1))
        return writeM3u(entries, folder);
    if (endsWith(".pls"_L1))
        return writePls(entries, folder);
    return endsWith(".xspf"_L1) ? writeXspf(entries, folder) : writeM3u8(entries, folder);
}

} // namespace cycast
