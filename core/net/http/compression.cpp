// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/compression.h"

#include <zlib.h>

namespace cycast
{
namespace
{

// Fast rather than small: it is made anew every second.
constexpr int level = 3;
constexpr int gzipWindow = 15 + 16; // zlib.h: 16 more is gzip

/// Empty: zlib refuses.
QByteArray gzip(const QByteArray &bytes)
{
    z_stream stream{};
    if (::deflateInit2(&stream, level, Z_DEFLATED, gzipWindow, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray result(static_cast<qsizetype>(::deflateBound(&stream, static_cast<uLong>(bytes.size()))),
                      Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    const bool isDone = ::deflate(&stream, Z_FINISH) == Z_STREAM_END;
    result.truncate(isDone ? static_cast<qsizetype>(stream.total_out) : 0);
    ::deflateEnd(&stream);
    return result;
}

/// "gzip;q=0.5": name and weight.
bool isRefused(const QByteArray &parameters)
{
    const QByteArray compact = parameters.toLower().replace(' ', "").replace('\t', "");
    return compact.startsWith("q=") && compact.sliced(2).toDouble() <= 0.0;
}

} // namespace

bool acceptsGzip(const HttpRequest &request)
{
    bool isAccepted = false;
    for (const QByteArray &part : request.header("Accept-Encoding").split(',')) {
        const qsizetype semicolon = part.indexOf(';');
        const QByteArray name = (semicolon < 0 ? part : part.first(semicolon)).trimmed().toLower();
        const bool isGood = semicolon < 0 || !isRefused(part.sliced(semicolon + 1));
        if (name == "gzip" || name == "x-gzip")
            return isGood;
        if (name == "*")
            isAccepted = isGood;
    }
    return isAccepted;
}

HttpResponse varying(HttpResponse response)
{
    response.addHeader("Vary", "Accept-Encoding");
    return response;
}

HttpResponse gzipped(HttpResponse response)
{
    if (response.body.size() >= leastCompressed && response.body.size() <= mostCompressed) {
        const QByteArray smaller = gzip(response.body);
        if (!smaller.isEmpty() && smaller.size() < response.body.size()) {
            response.body = smaller;
            response.addHeader("Content-Encoding", "gzip");
        }
    }
    return varying(std::move(response));
}

} // namespace cycast
