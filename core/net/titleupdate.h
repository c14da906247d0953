// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httprequest.h"
#include "core/stationstatus.h"

#include <optional>

namespace cycast
{

/// Bytes of a title from the wire -> text. Valid UTF-8 wins, whatever was announced; otherwise the announced
/// charset (Latin-1 and Windows-1252 names), otherwise Windows-1252.
QString decodedTitle(QByteArrayView bytes, QByteArrayView charset);

/// Control characters (line breaks, escapes, NUL, bidi overrides) go, runs of white space become one space,
/// at most 400 characters.
QString cleanTitle(const QString &text);

/// What `/admin/metadata?mode=updinfo...` or `/admin.cgi?...` says; artist and title beat song. "Artist -
/// Title" in song is taken apart. Nothing when the mode is another one or no text is there.
std::optional<TrackInfo> titleFromUpdate(const HttpRequest &request);

} // namespace cycast
