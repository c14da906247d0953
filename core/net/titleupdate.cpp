// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/titleupdate.h"

#include "core/net/titletext.h"

#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qsizetype longestUrl = 1000;

QString webAddress(const QByteArray &given)
{
    if (given.size() > longestUrl)
        return {};
    const QUrl url(QString::fromUtf8(given.trimmed()), QUrl::StrictMode);
    const bool isWeb = url.scheme() == u"http"_s || url.scheme() == u"https"_s;
    return isWeb && url.isValid() && !url.host().isEmpty() ? QString::fromLatin1(url.toEncoded()) : QString();
}

} // namespace

std::optional<TitleUpdate> titleFromUpdate(const HttpRequest &request)
{
    if (request.queryValue("mode").value_or(QByteArray()) != "updinfo")
        return std::nullopt;
    const QByteArray charset = request.queryValue("charset").value_or(QByteArray());
    const auto text = [&](const char *name) {
        return repairedTitle(request.queryValue(name).value_or(QByteArray()), charset);
    };
    TitleUpdate update;
    update.url = webAddress(request.queryValue("url").value_or(QByteArray()));
    TrackInfo &track = update.track;
    track.title = text("title");
    track.artist = text("artist");
    if (!track.title.isEmpty() || !track.artist.isEmpty())
        return update;
    track.title = text("song");
    if (const qsizetype dash = track.title.indexOf(u" - "_s); dash > 0) {
        track.artist = track.title.first(dash);
        track.title = track.title.sliced(dash + 3);
    }
    if (!track.title.isEmpty() || request.queryValue("song"))
        return update;
    return std::nullopt;
}

} // namespace cycast
