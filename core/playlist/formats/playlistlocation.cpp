// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/playlistlocation.h"

#include "core/base/characters.h"
#include "core/base/filename.h"
#include "core/playlist/formats/playlistfile.h"
#include "core/playlist/formats/textencoding.h"
#include "core/playlist/formats/trackfromfilename.h"

#include <QDir>
#include <QUrl>

#include <algorithm>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// Longer than any system's paths (Windows: 32,767).
constexpr qsizetype maxLocationLength = 32'767;

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

/// "C:\x", "C:/x"
bool startsWithDrive(QStringView text)
{
    return text.size() >= 3 && isLetter(text[0]) && text[1] == u':' && (text[2] == u'\\' || text[2] == u'/');
}

bool isUncPath(QStringView text)
{
    return text.startsWith(u"\\\\");
}

/// How percent escapes become text: as a guess that reads well, or byte for byte.
using Decoder = QString (*)(const QString &);

QString exactlyDecoded(const QString &text)
{
    return pathFromBytes(percentDecodedBytes(pathBytes(text)));
}

/// The path inside a file: URL: file:/x, file:///x, file://localhost/x, file:///C:/x, file://host/share.
QString pathOfFileUrl(const QString &url, const Decoder &decoded)
{
    QString rest = url.mid(5);
    if (rest.startsWith("//"_L1)) {
        const qsizetype slash = rest.indexOf(u'/', 2);
        const QString host = slash < 0 ? rest.mid(2) : rest.mid(2, slash - 2);
        if (startsWithDrive(QString(host + u'/'))) // file://C:/x, wrong but common
            rest = rest.mid(2);
        else if (host.isEmpty() || host.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
            rest = slash < 0 ? QString() : rest.mid(slash);
        else
            rest = u"\\\\"_s + host + (slash < 0 ? QString() : rest.mid(slash)).replace(u'/', u'\\');
    }
    rest = decoded(rest);
    if (rest.startsWith(u'/') && startsWithDrive(QStringView(rest).sliced(1)))
        rest.remove(0, 1);
    return rest;
}

#ifdef Q_OS_WIN
constexpr bool isForeignToThisSystem(QStringView)
{
    return false;
}
#else
bool isForeignToThisSystem(QStringView text)
{
    return startsWithDrive(text) || isUncPath(text);
}
#endif

QString shortened(const QString &text)
{
    return text.size() <= 80 ? text : text.left(77) + u"..."_s;
}

} // namespace

QString percentDecoded(const QString &text)
{
    return text.contains(u'%') ? decodeText(percentDecodedBytes(text.toUtf8())) : text;
}

Sentence addressRefusal(const QString &word)
{
    static const QStringList streams{u"http"_s, u"https"_s, u"icy"_s, u"mms"_s, u"mmsh"_s,
                                     u"rtsp"_s, u"rtmp"_s,  u"rtp"_s, u"udp"_s, u"shout"_s};
    const QString scheme = schemeOf(word);
    if (scheme.isEmpty() || scheme == "file"_L1)
        return {};
    if (streams.contains(scheme))
        return Core::tr("“%1” is an internet address, and only files can be played: save it on this "
                        "computer, then add it.")
            .arg(shortened(word));
    return Core::tr("“%1” is on another computer or device: mount it (open it in your file manager), then "
                    "add it from its folder there.")
        .arg(shortened(word));
}

namespace
{

PlaylistLocation resolve(const QString &written, const QString &folder, LocationStyle style,
                         const Decoder &decoded)
{
    QString text = written.trimmed();
    if (text.size() >= 2 && text.startsWith(u'"') && text.endsWith(u'"'))
        text = text.mid(1, text.size() - 2);
    PlaylistLocation location;
    if (text.isEmpty() || text.size() > maxLocationLength) {
        location.refusal = Sentence(text.isEmpty() ? u"there is no file name here"_s
                                                   : u"this is too long to be the name of a file"_s);
        return location;
    }
    location.refusal = addressRefusal(text);
    if (!location.refusal.isEmpty())
        return location;
    if (!schemeOf(text).isEmpty())
        text = pathOfFileUrl(text, decoded);
    else if (style == LocationStyle::Uri)
        text = decoded(text);
    if (text.isEmpty() || text.contains(QChar::Null)) {
        location.refusal = Core::tr("“%1” names no file").arg(shortened(written.simplified()));
        return location;
    }
    if (isForeignToThisSystem(text)) {
        location.path = text;
        location.problem =
            isUncPath(text)
                ? Core::tr("“%1” is a network place of a Windows computer; add the file from where it is on "
                           "this one")
                      .arg(shortened(text))
                : Core::tr("“%1” is a place on a Windows computer; add the file from where it is on this one")
                      .arg(shortened(text));
        return location;
    }
    // A backslash can be part of a name here, but where no slash is beside it, it stands for one.
    if (!text.contains(u'/'))
        text.replace(u'\\', u'/');
    location.path = QDir::cleanPath(QDir::isAbsolutePath(text) ? text : folder + u'/' + text);
    return location;
}

} // namespace

PlaylistLocation resolveLocation(const QString &written, const QString &folder, LocationStyle style,
                                 const QString &exact)
{
    PlaylistLocation location = resolve(written, folder, style, percentDecoded);
    if (location.path.isEmpty() || (exact.isEmpty() && !written.contains(u'%')))
        return location;
    const QString path = resolve(exact.isEmpty() ? written : exact, folder, style, exactlyDecoded).path;
    if (path != location.path)
        location.exact = path;
    return location;
}

QStringList windowsTails(const QString &path)
{
    if (!startsWithDrive(path) && !isUncPath(path))
        return {};
    QString tail = path;
    tail.replace(u'\\', u'/');
    tail.remove(0, 2);
    QStringList parts = tail.split(u'/', Qt::SkipEmptyParts);
    parts.removeAll(u".."_s);
    parts.removeAll(u"."_s);
    QStringList tails;
    for (; !parts.isEmpty() && tails.size() < 32; parts.removeFirst())
        tails.append(parts.join(u'/'));
    return tails;
}

QString writtenLocation(const QString &path, const QString &folder)
{
    if (std::any_of(path.cbegin(), path.cend(), isControlCharacter) || path != path.trimmed() ||
        path.endsWith(u'"'))
        return QString::fromLatin1(fileUrl(path).toEncoded());
    const bool shareFolder = !folder.isEmpty() && QDir::isAbsolutePath(path) &&
                             path.section(u'/', 0, 1) == QDir::cleanPath(folder).section(u'/', 0, 1) &&
                             path.count(u'/') > 1;
    if (!shareFolder)
        return path;
    const QString relative = QDir(folder).relativeFilePath(path);
    const bool misread = relative.startsWith(u'#') || relative.startsWith(u'"') ||
                         relative.front().isSpace() || relative.contains(u'\\') || relative.contains(u':');
    return misread && !relative.startsWith("../"_L1) ? u"./"_s + relative : relative;
}

void addRow(ParsedPlaylist &parsed, const PlaylistLocation &location, const QString &words,
            const QString &artist, const QString &album, qint64 durationMs)
{
    PlaylistEntry entry;
    entry.id = newEntryId();
    entry.path = location.path;
    entry.problem = location.problem;
    entry.track = trackFromFileName(location.path);
    const QString title = tidyText(words);
    if (!title.isEmpty()) {
        const QString prefix = tidyText(artist) + u" - "_s;
        const qsizetype dash = title.indexOf(u" - ");
        entry.track.artist.clear();
        if (!artist.isEmpty() && title.startsWith(prefix)) {
            entry.track.title = title.mid(prefix.size());
        } else if (artist.isEmpty() && dash > 0 && dash + 3 < title.size()) {
            entry.track.artist = title.left(dash);
            entry.track.title = title.mid(dash + 3);
        } else {
            entry.track.title = title;
        }
    }
    if (!artist.isEmpty())
        entry.track.artist = tidyText(artist);
    entry.track.album = tidyText(album);
    entry.track.durationMs = std::clamp<qint64>(durationMs, 0, 1000LL * 3600 * 24 * 366);
    entry.track.entryId = entry.id;
    if (!location.exact.isEmpty())
        parsed.exactPaths.insert(entry.id, location.exact);
    parsed.entries.append(entry);
}

} // namespace cycast
