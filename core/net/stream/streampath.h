// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/httprequest.h"

namespace cycast
{

/// Whether a request is for the stream: at `mount`, or at one of the addresses that players of Shoutcast
/// stations ask for ("/;", "/;stream.mp3", "/stream;", "/stream/", "//stream"), or at "/" from somebody who
/// is a player and no browser. Pure.
bool asksForStream(const HttpRequest &request, const QByteArray &mount);

} // namespace cycast
