// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/titleupdate.h"

#include "core/net/sources/titletext.h"
#include "core/net/stream/streamlinks.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qsizetype longestUrl = 1000;

} // namespace

std::optional<TitleUpdate> titleFromUpdate(const HttpRequest &request)
{
    if (request.queryValue("mode").value_or(QByteArray()) != "updinfo")
        return std::nullopt;
    const QByteArray charset = request.queryValue("charset").value_or(QByteArray());
    const auto text = [&](const char *name) {
        return repairedTitle(undoneDoubleEscaping(request.queryValue(name).value_or(QByteArray())), charset);
    };
    TitleUpdate update;
    const QByteArray url = request.queryValue("url").value_or(QByteArray());
    if (url.size() <= longestUrl)
        update.url = webAddress(QString::fromUtf8(url));
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
