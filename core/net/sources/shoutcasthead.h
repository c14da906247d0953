// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/httprequest.h"

namespace cycast
{

/// The method under which a Shoutcast v1 source travels through the house; no HTTP client can send it, for
/// lower case letters name no method that a request line here would be accepted with on the same path.
inline constexpr QByteArrayView shoutcastMethod = "shoutcast v1";

/// What a Shoutcast v1 source has sent so far: a line with the password, then header lines, an empty line,
/// audio. Lines end in LF, CRLF or CR CR LF.
struct ShoutcastHead {
    enum class State : quint8 {
        NeedsLogin,   ///< the first line is not complete
        NeedsHeaders, ///< `login` is known, the empty line has not come
        Complete,     ///< `headBytes` of the input belong to the head
        Bad           ///< too long, or bytes that belong in no such line
    };
    State state = State::NeedsLogin;
    QByteArray login;
    QList<HttpRequest::Header> headers;
    qsizetype headBytes = 0;

    /// libshout's question whether anybody is there; wants to be refused, and is no wrong password.
    bool isProbe() const { return login.startsWith("!POKE"); }
};

inline constexpr qsizetype maxShoutcastLoginBytes = 256;

/// Pure; every prefix of a good head needs more.
ShoutcastHead parseShoutcastHead(QByteArrayView bytes);

/// Whether bytes that are no HTTP request may be the beginning of a Shoutcast v1 source: one whole line of
/// readable text.
bool mayBeShoutcast(QByteArrayView bytes);

/// The logins that such a line may mean: the password alone (user "source"), or "user:password", either with
/// the stream number "#1" of newer Shoutcast encoders behind it.
QList<BasicCredentials> shoutcastLogins(const QByteArray &line);

} // namespace cycast
