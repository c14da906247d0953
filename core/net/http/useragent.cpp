// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/useragent.h"
#include "core/base/escaping.h"

#include <algorithm>

namespace cycast
{

namespace
{

enum class Version : quint8 { None, Major, Full };

struct Rule {
    const char *mark;                  ///< found anywhere in the User-Agent, any case
    const char *name;                  ///< shown
    Version version;                   ///< how much of what follows the mark is shown
    const char *versionMark = nullptr; ///< where the version stands, when not behind the mark
};

// The first rule that fits wins: programs name their ancestors behind themselves (every browser says Safari,
// players name the library they use), so the particular comes before the general.
constexpr Rule rules[] = {
    {"VLC", "VLC", Version::Full},
    {"mpv", "mpv", Version::Full},
    {"Sonos", "Sonos", Version::None},
    {"WinampMPEG", "Winamp", Version::Full},
    {"Winamp", "Winamp", Version::Full},
    {"NSPlayer", "Windows Media Player", Version::None},
    {"Windows-Media-Player", "Windows Media Player", Version::None},
    {"Music Player Daemon", "MPD", Version::Full},
    {"foobar2000", "foobar2000", Version::Full},
    {"GStreamer", "GStreamer", Version::Full},
    {"souphttpsrc", "GStreamer", Version::None},
    {"Liquidsoap", "Liquidsoap", Version::Full},
    {"Icecast", "Icecast", Version::Full},
    {"TuneIn", "TuneIn", Version::None},
    {"iTunes", "iTunes", Version::Major},
    {"Roku", "Roku", Version::None},
    {"AlexaMediaPlayer", "Alexa", Version::None},
    {"CrKey", "Chromecast", Version::None},
    {"ExoPlayer", "ExoPlayer (Android)", Version::None},
    {"stagefright", "Android player", Version::None},
    {"AppleCoreMedia", "Apple player", Version::None},
    {"Edg", "Edge", Version::Major, "Edg/"},
    {"OPR/", "Opera", Version::Major},
    {"Vivaldi", "Vivaldi", Version::Major},
    {"SamsungBrowser", "Samsung Internet", Version::Major},
    {"FxiOS", "Firefox", Version::Major},
    {"Firefox", "Firefox", Version::Major},
    {"CriOS", "Chrome", Version::Major},
    {"Chromium", "Chromium", Version::Major},
    {"Chrome/", "Chrome", Version::Major},
    {"Safari/", "Safari", Version::Major, "Version/"},
    {"Lavf", "FFmpeg", Version::None},
    {"Dalvik", "Android app", Version::None},
};

/// Of the names above: they show pages.
constexpr const char *browsers[] = {"Edge",    "Opera",    "Vivaldi", "Samsung Internet",
                                    "Firefox", "Chromium", "Chrome",  "Safari"};

/// Players without a rule: their first product is name enough.
constexpr const char *furtherPlayers[] = {"mpg123",
                                          "MPlayer",
                                          "xine",
                                          "Audacious",
                                          "XMMS",
                                          "Clementine",
                                          "Strawberry",
                                          "Amarok",
                                          "Rhythmbox",
                                          "Banshee",
                                          "Kodi",
                                          "XBMC",
                                          "BASS",
                                          "RadioDroid",
                                          "Streamripper",
                                          "libmpg123",
                                          "RealMedia",
                                          "RMA",
                                          "QuickTime",
                                          "VirtualDJ",
                                          "Squeezebox",
                                          "SqueezePlay",
                                          "Logitech Media Server",
                                          "Denon",
                                          "Bose",
                                          "FreeAmp",
                                          "sonata",
                                          "cmus",
                                          "moc",
                                          "DeaDBeeF",
                                          "Mopidy",
                                          "HTTPStream",
                                          "Frontier",
                                          "Reciva",
                                          "vTuner",
                                          "Internet Radio"};

constexpr int maxNameLength = 40;

bool isVersionChar(QChar c)
{
    return (c >= u'0' && c <= u'9') || c == u'.';
}

/// The number behind `from`, over one '/', ' ', or 'v'; empty when there is none.
QString versionAt(const QString &text, qsizetype from, Version wanted)
{
    while (from < text.size() && (text.at(from) == u'/' || text.at(from) == u' ' || text.at(from) == u'v'))
        ++from;
    qsizetype end = from;
    while (end < text.size() && isVersionChar(text.at(end)) &&
           !(wanted == Version::Major && text.at(end) == u'.'))
        ++end;
    while (end > from && text.at(end - 1) == u'.')
        --end;
    return text.mid(from, end - from);
}

/// Where a mark stands at the beginning of a word; -1 when nowhere ("mpv" is not in "compvers").
qsizetype markPosition(const QString &text, QLatin1StringView mark)
{
    qsizetype at = text.indexOf(mark, 0, Qt::CaseInsensitive);
    while (at > 0 && text.at(at - 1).isLetterOrNumber())
        at = text.indexOf(mark, at + 1, Qt::CaseInsensitive);
    return at;
}

QString device(const QString &text)
{
    for (const auto *name : {"iPhone", "iPad", "iPod", "Apple TV", "HomePod"}) {
        if (text.contains(QLatin1StringView(name)))
            return QLatin1StringView(name);
    }
    return {};
}

QString byRule(const Rule &rule, const QString &text, qsizetype at)
{
    QString name = QLatin1StringView(rule.name);
    if (const QString appleDevice = device(text); !appleDevice.isEmpty())
        return name + QStringLiteral(" (%1)").arg(appleDevice);
    if (rule.version == Version::None)
        return name;
    qsizetype versionFrom = at + QLatin1StringView(rule.mark).size();
    if (rule.versionMark != nullptr) {
        const QLatin1StringView mark(rule.versionMark);
        const qsizetype found = text.indexOf(mark, 0, Qt::CaseInsensitive);
        if (found < 0)
            return name;
        versionFrom = found + mark.size();
    }
    const QString version = versionAt(text, versionFrom, rule.version);
    return version.isEmpty() ? name : name + u' ' + version;
}

/// "Foo/1.2.3 (comment) Bar/4" is "Foo 1.2.3"; "Foo Player 2" without a slash stays whole.
QString firstProduct(const QString &text)
{
    const qsizetype comment = text.indexOf(u'(');
    QString product = comment > 0 ? text.left(comment).trimmed() : text;
    const qsizetype slash = product.indexOf(u'/');
    if (slash <= 0)
        return product;
    const QString version = versionAt(product, slash, Version::Full);
    product.truncate(slash);
    return version.isEmpty() ? product.trimmed() : product.trimmed() + u' ' + version;
}

} // namespace

bool isPlayer(const QString &userAgent)
{
    const QString text = userAgent.left(1000).trimmed();
    for (const Rule &rule : rules) {
        if (markPosition(text, QLatin1StringView(rule.mark)) >= 0)
            return std::none_of(std::begin(browsers), std::end(browsers),
                                [&rule](const char *browser) { return qstrcmp(browser, rule.name) == 0; });
    }
    return std::any_of(std::begin(furtherPlayers), std::end(furtherPlayers), [&text](const char *player) {
        return markPosition(text, QLatin1StringView(player)) >= 0;
    });
}

QString playerName(const QString &userAgent)
{
    const QString text = userAgent.left(1000).trimmed();
    for (const Rule &rule : rules) {
        const qsizetype at = markPosition(text, QLatin1StringView(rule.mark));
        if (at >= 0)
            return logEscaped(byRule(rule, text, at), maxNameLength);
    }
    return logEscaped(firstProduct(text), maxNameLength);
}

} // namespace cycast
