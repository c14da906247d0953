// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/httprequest.h"
#include "core/values/track.h"

#include <optional>

namespace cycast
{

struct TitleUpdate {
    TrackInfo track;
    QString url; ///< for StreamUrl; http or https, otherwise empty

    bool operator==(const TitleUpdate &) const = default;
};

/// What `/admin/metadata?mode=updinfo...` or `/admin.cgi?...` says, repaired (titletext.h); artist and title
/// beat song. "Artist - Title" in song is taken apart. Nothing when the mode is another one or no text is
/// there.
std::optional<TitleUpdate> titleFromUpdate(const HttpRequest &request);

} // namespace cycast
