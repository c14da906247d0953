// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QUrlQuery>

#include <optional>

namespace cycast
{

/// A parsed request head (RFC 9112, and the old SOURCE form of Icecast). Bytes as they came; nothing here
/// is decoded unless a function says so.
struct HttpRequest {
    struct Header {
        QByteArray name;  ///< as sent
        QByteArray value; ///< outer white space removed
    };

    QByteArray method;   ///< "GET", "HEAD", "OPTIONS", "PUT", "SOURCE", ...; upper case as sent
    QByteArray target;   ///< raw request target
    QByteArray path;     ///< percent-decoded, without query; always starts with '/' ("*" for OPTIONS *);
                         ///< an absolute URI is reduced to its path, a missing leading slash is added
    QByteArray query;    ///< raw, without '?'
    QByteArray origin;   ///< scheme and authority of an absolute URI, raw; empty otherwise
    QByteArray protocol; ///< "HTTP/1.0", "HTTP/1.1", "ICE/1.0"
    QList<Header> headers;

    /// First value of a header, any case; null QByteArray when missing.
    QByteArray header(QByteArrayView name) const;
    bool hasHeader(QByteArrayView name) const { return !header(name).isNull(); }
    /// Value of a query parameter, percent-decoded with '+' as space; nothing when missing.
    std::optional<QByteArray> queryValue(QByteArrayView name) const;
    /// Whether a comma list header contains the token (any case): Connection: close.
    bool headerHasToken(QByteArrayView name, QByteArrayView token) const;
    bool isHttp11() const { return protocol == "HTTP/1.1"; }
    /// After the answer the connection stays open.
    bool wantsKeepAlive() const;
};

/// user:password of `Authorization: Basic`; nothing when missing or malformed.
struct BasicCredentials {
    QByteArray user;
    QByteArray password;
};
std::optional<BasicCredentials> basicCredentials(const HttpRequest &request);

/// Compares without telling by its duration where the difference is (the length may show).
bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

/// Percent-decoding; bad escapes stay as they are. `plusIsSpace`: for queries.
QByteArray percentDecoded(QByteArrayView text, bool plusIsSpace);

/// What came of the bytes so far.
struct HttpParse {
    enum class State : quint8 {
        Incomplete, ///< more is needed
        Complete,   ///< `request` is whole; `headBytes` of the input belong to it
        Bad,        ///< `status` and `reason` say what to answer
        NotHttp,    ///< the first line is no HTTP request (Shoutcast v1, TLS, noise)
    };
    State state = State::Incomplete;
    HttpRequest request;
    qsizetype headBytes = 0;
    int status = 400;
    QByteArray reason; ///< a sentence for the body of the answer
};

/// The first byte of a TLS client: the type of a handshake record (RFC 8446, 5.1). No request begins with it.
inline constexpr char tlsHandshakeByte = 0x16;

inline constexpr qsizetype maxHeadBytes = 8192;
inline constexpr int maxHeaderCount = 100;

/// Pure: the same bytes give the same answer; every prefix of a valid head is Incomplete. Lines may end in
/// CRLF or LF. A NUL, a control character or an obsolete folded line makes it Bad (400), a head over
/// maxHeadBytes 431, an unknown version 505, both Content-Length and Transfer-Encoding 400.
HttpParse parseHttpRequest(QByteArrayView bytes);

} // namespace cycast
