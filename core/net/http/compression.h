// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/httprequest.h"
#include "core/net/http/httpresponse.h"

namespace cycast
{

/// Accept-Encoding (RFC 9110, 12.5.3) names gzip, or everything, and does not refuse it (";q=0").
bool acceptsGzip(const HttpRequest &request);

/// The same answer with its body in gzip (RFC 1952), where that is worth it: between a packet and what takes
/// a few milliseconds. Says in any case that it depends on Accept-Encoding.
HttpResponse gzipped(HttpResponse response);
/// As it is, but it says so as well.
HttpResponse varying(HttpResponse response);

/// Bodies of this size are compressed, in bytes.
inline constexpr qsizetype leastCompressed = 1'200;
inline constexpr qsizetype mostCompressed = 256 * 1024;

} // namespace cycast
