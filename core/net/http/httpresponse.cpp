// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/httpresponse.h"

#include "core/base/characters.h"

#include <algorithm>
#include <utility>

namespace cycast
{

namespace
{

constexpr std::pair<int, const char *> phrases[] = {
    {100, "Continue"},
    {200, "OK"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

QByteArray headerLine(QByteArrayView name, const QByteArray &value)
{
    return name.toByteArray() + ": " + cleanedHeaderValue(value) + "\r\n";
}

bool isHeaderName(const QByteArray &name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_';
    });
}

} // namespace

bool mayHaveBody(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

QByteArray reasonPhrase(int status)
{
    const auto *found = std::find_if(std::begin(phrases), std::end(phrases),
                                     [status](const auto &entry) { return entry.first == status; });
    if (found != std::end(phrases))
        return found->second;
    // RFC 9110, 15: an unknown status means what its first digit means.
    if (status < 200)
        return "Informational";
    if (status < 300)
        return "OK";
    if (status < 400)
        return "Redirect";
    return status < 500 ? "Client Error" : "Server Error";
}

HttpResponse HttpResponse::text(int status, const QByteArray &sentence)
{
    HttpResponse response;
    response.status = status;
    response.body = QByteArray::number(status) + ' ' + reasonPhrase(status) + ": " + sentence + '\n';
    return response;
}

HttpResponse HttpResponse::json(int status, const QByteArray &body)
{
    HttpResponse response;
    response.status = status;
    response.contentType = "application/json; charset=utf-8";
    response.body = body;
    return response;
}

QByteArray cleanedHeaderValue(QByteArrayView value)
{
    QByteArray result("");
    result.reserve(value.size());
    for (const char c : value)
        result.append(isControlByte(c) ? ' ' : c);
    return result.trimmed();
}

QByteArray corsHeaders()
{
    return "Access-Control-Allow-Origin: *\r\n"
           "Access-Control-Allow-Methods: GET, HEAD, OPTIONS\r\n"
           "Access-Control-Allow-Headers: Origin, Accept, X-Requested-With, Content-Type, Icy-MetaData, "
           "Range\r\n"
           "Access-Control-Expose-Headers: icy-metaint, icy-name, icy-genre, icy-url, icy-description, "
           "icy-br, "
           "icy-pub, icy-sr, ice-audio-info\r\n";
}

QByteArray serialized(const HttpResponse &response, bool keepAlive, bool withBody)
{
    QByteArray bytes = serializedHead(response, keepAlive);
    if (withBody && mayHaveBody(response.status))
        bytes += response.body;
    return bytes;
}

QByteArray serializedHead(const HttpResponse &response, bool keepAlive)
{
    QByteArray bytes;
    bytes.reserve(1024);
    bytes += "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonPhrase(response.status) + "\r\n";
    if (response.status < 200)
        return bytes + "\r\n"; // an interim answer: the real one, with the headers, follows

    const auto isGiven = [&response](const char *name) {
        return std::any_of(response.headers.begin(), response.headers.end(), [name](const auto &header) {
            return header.name.compare(name, Qt::CaseInsensitive) == 0;
        });
    };
    if (mayHaveBody(response.status)) {
        if (!isGiven("Content-Type"))
            bytes += headerLine("Content-Type", response.contentType);
        bytes += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    }
    if (!isGiven("Cache-Control"))
        bytes += "Cache-Control: no-cache\r\n";
    bytes += "Server: Cycast/" CYCAST_VERSION "\r\n";
    bytes += "X-Content-Type-Options: nosniff\r\n";
    if (response.isForEverySite)
        bytes += corsHeaders();
    for (const HttpRequest::Header &header : response.headers) {
        // These two say where the answer ends: only this function knows.
        const bool isFraming = header.name.compare("Content-Length", Qt::CaseInsensitive) == 0 ||
                               header.name.compare("Connection", Qt::CaseInsensitive) == 0;
        if (isHeaderName(header.name) && !isFraming)
            bytes += headerLine(header.name, header.value);
    }
    bytes += keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return bytes;
}

} // namespace cycast
