// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/httprequest.h"

namespace cycast
{

/// A browser sends the password along with what another site makes it ask: commands are not for those.
/// Browsers say by Sec-Fetch-Site where a request comes from, over https and on this computer; over plain
/// http Origin or Referer have to do. Programs that are no browsers send none of them.
bool isFromAnotherSite(const HttpRequest &request);
/// A browser that says nothing of it: another site may have told it not to.
bool isFromUnknownSite(const HttpRequest &request);

} // namespace cycast
