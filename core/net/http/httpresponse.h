// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/httprequest.h"

namespace cycast
{

/// One whole answer with a body, built as bytes.
struct HttpResponse {
    int status = 200;
    QByteArray contentType = "text/plain; charset=utf-8";
    QByteArray body;
    QList<HttpRequest::Header> headers; ///< further ones; values are checked for line breaks
    bool isForEverySite = true; ///< pages of other sites may read it (CORS); not what the admin is told

    /// A readable plain-text body: "404 Not Found: there is no /foo here. ..."
    static HttpResponse text(int status, const QByteArray &sentence);
    static HttpResponse json(int status, const QByteArray &body);
    void addHeader(const QByteArray &name, const QByteArray &value) { headers.append({name, value}); }
};

QByteArray reasonPhrase(int status); ///< "Not Found"

/// Status line, headers (Content-Length, Cache-Control: no-cache, CORS, X-Content-Type-Options, Connection),
/// body. `withBody` false answers HEAD: same headers, no body.
QByteArray serialized(const HttpResponse &response, bool keepAlive, bool withBody);
/// The same up to the empty line before the body.
QByteArray serializedHead(const HttpResponse &response, bool keepAlive);
/// RFC 9110, 6.4.1 and 8.6: some end with their head.
bool mayHaveBody(int status);

/// The CORS lines of answers that are for every site: allow *, expose icy-metaint and the other icy headers.
QByteArray corsHeaders();

/// One line: control characters, line breaks among them, become spaces; outer white space goes.
QByteArray cleanedHeaderValue(QByteArrayView value);

} // namespace cycast
