// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/pages/webpage.h"

#include "core/audio/streamkind.h"
#include "core/base/escaping.h"
#include "core/net/stream/streamlinks.h"
#include "core/values/playedtrack.h"
#include "core/values/stationstatus.h"

#include <QCryptographicHash>
#include <QFile>
#include <QHash>

// In a static library the linker drops a resource that nobody names; the macro must stand outside of
// namespaces.
static void initWebResource()
{
    Q_INIT_RESOURCE(web);
}

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

using Fields = QHash<QByteArray, QByteArray>;

/// One pass: what was filled in is not looked at again, so a station named "{{mount}}" is just that.
QByteArray filled(const QByteArray &text, const Fields &fields)
{
    QByteArray result;
    result.reserve(text.size() + 4096);
    qsizetype position = 0;
    while (true) {
        const qsizetype open = text.indexOf("{{", position);
        const qsizetype close = open < 0 ? -1 : text.indexOf("}}", open);
        if (close < 0)
            return result + text.sliced(position);
        const auto field = fields.constFind(text.sliced(open + 2, close - open - 2));
        if (field == fields.constEnd()) {
            result += text.sliced(position, open + 2 - position);
            position = open + 2;
            continue;
        }
        result += text.sliced(position, open - position) + *field;
        position = close + 2;
    }
}

QByteArray resource(const char *name)
{
    QFile file(QLatin1StringView(":/web/") + QLatin1StringView(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The web page is missing from the program's resources");
    return file.readAll();
}

QByteArray sha256Source(const QByteArray &text)
{
    return "'sha256-" + QCryptographicHash::hash(text, QCryptographicHash::Sha256).toBase64() + '\'';
}

/// Read once; style and script are the same for every station, so their hashes are too.
struct Template {
    QByteArray html;
    QByteArray policy;

    Template()
    {
        initWebResource();
        const QByteArray style = resource("page.css");
        const QByteArray script = resource("player.js") + resource("page.js");
        html = filled(resource("index.html"), {{"style", style}, {"script", script}});
        policy = "default-src 'none'; style-src " + sha256Source(style) + "; script-src " +
                 sha256Source(script) +
                 "; media-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";
    }
};

const Template &pageTemplate()
{
    static const Template page;
    return page;
}

/// As it stands in the page, which may be shown below another path than ours.
QByteArray addressOf(const QByteArray &path, const QByteArray &prefix)
{
    if (!prefix.isEmpty())
        return prefix + path;
    const QByteArray relative = path.sliced(1);
    // "a:b" would be read as a scheme, "" as this page, and "/x" as another place.
    const bool isPlain = !relative.isEmpty() && !relative.startsWith('/') && !relative.contains(':');
    return isPlain ? relative : "./" + relative;
}

/// "1 h 42 min", as the script will show it.
QByteArray onAirFor(qint64 minutes)
{
    if (minutes < 60)
        return QByteArray::number(minutes) + " min";
    if (minutes < qint64{48} * 60)
        return QByteArray::number(minutes / 60) + " h " + QByteArray::number(minutes % 60) + " min";
    return QByteArray::number(minutes / (qint64{24} * 60)) + " days";
}

QString joined(const QString &first, const QString &separator, const QString &second)
{
    return first.isEmpty() || second.isEmpty() ? first + second : first + separator + second;
}

QByteArray stationLink(const QString &url)
{
    const QString address = webAddress(url);
    if (address.isEmpty())
        return {};
    QString shown = address.section(QLatin1StringView("://"), 1);
    if (shown.endsWith(u'/'))
        shown.chop(1);
    return "<a rel=\"noopener noreferrer\" target=\"_blank\" href=\"" + htmlEscaped(address) + "\">" +
           htmlEscaped(shown) + "</a>";
}

/// What a browser without scripts keeps showing, and the others until the first answer of the API.
void addProgramme(Fields &fields, const StationStatus &status)
{
    const bool isOnAir = status.state == AirState::OnAir;
    const bool isLive = isOnAir && status.heard == ProgrammeKind::Live;
    const bool isPlaylist = isOnAir && status.heard == ProgrammeKind::Playlist;
    QString title = isLive || isPlaylist ? status.current.title : QString();
    const QString artist =
        title.isEmpty() ? QString()
                        : joined(status.current.artist, QStringLiteral(" \u00b7 "), status.current.album);
    if (title.isEmpty()) {
        title = !isOnAir ? QStringLiteral("Off the air")
                : isLive ? QStringLiteral("Live broadcast")
                         : QStringLiteral("Nothing is playing right now");
    }
    const QString next = isPlaylist && !status.next.title.isEmpty()
                             ? joined(status.next.title, QStringLiteral(" \u2013 "), status.next.artist)
                             : QString();
    fields.insert("nowLabel", isLive || isPlaylist ? "Now playing" : "");
    fields.insert("title", htmlEscaped(title));
    fields.insert("artist", htmlEscaped(artist));
    fields.insert("next", htmlEscaped(next));
    fields.insert("nextLabel", next.isEmpty() ? "" : "Next:");
    fields.insert("badge", !isOnAir ? "Off air" : isLive ? "LIVE" : isPlaylist ? "Playlist" : "Silence");
    fields.insert("badgeClass", isLive ? "live" : isPlaylist ? "playlist" : "");
}

} // namespace

QByteArray webPage(const StationStatus &status, const StationDescription &station, const QByteArray &prefix)
{
    const QByteArray dash = "&ndash;";
    const bool isOnAir = status.state == AirState::OnAir;
    Fields fields;
    fields.insert("name", htmlEscaped(station.name));
    fields.insert("nameJson", htmlEscaped(QString::fromUtf8(jsonString(station.name))));
    fields.insert("description", htmlEscaped(station.description));
    fields.insert("genre", htmlEscaped(station.genre));
    fields.insert("stationLink", stationLink(station.url));
    const QString mountUrl = QString::fromLatin1(addressOf(encodedMount(station.mount), prefix));
    fields.insert("mountUrl", htmlEscaped(mountUrl));
    fields.insert("mountJson", htmlEscaped(QString::fromUtf8(jsonString(mountUrl))));
    const QString base = prefix.isEmpty() ? u"./"_s : QString::fromLatin1(prefix) + u'/';
    fields.insert("baseJson", htmlEscaped(QString::fromUtf8(jsonString(base))));
    const StreamContainer *container = streamContainerOf(station.contentType);
    fields.insert("format", container ? container->name : QByteArray());
    fields.insert("listeners", isOnAir ? QByteArray::number(status.listeners) : dash);
    fields.insert("peak", status.listenersPeak > 0 ? "peak " + QByteArray::number(status.listenersPeak)
                                                   : QByteArray());
    fields.insert("quality",
                  status.bitrateKbps > 0 ? QByteArray::number(status.bitrateKbps) + " kbit/s" : dash);
    fields.insert("uptime", isOnAir ? onAirFor(status.onAirMs / 60'000) : dash);
    addProgramme(fields, status);
    return filled(pageTemplate().html, fields);
}

QByteArray webPagePolicy()
{
    return pageTemplate().policy;
}

} // namespace cycast
