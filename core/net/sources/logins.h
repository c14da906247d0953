// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/httprequest.h"

namespace cycast
{

struct LoginOptions {
    QByteArray sourcePassword; ///< UTF-8, of the user "source"; empty opens no door
    QByteArray adminPassword;  ///< of the user "admin"; empty opens no door
    QList<BasicCredentials> moreSources;
};

/// Every password of the station: the one place where one is compared, whichever port and protocol it comes
/// by. Who may try when is LoginDesk's business. Lives in the station's thread.
class Logins
{
public:
    enum Role : quint8 { Source = 1, Admin = 2 };
    enum class Verdict : quint8 {
        Right,
        Missing, ///< libshout asks without a password first: not a wrong one
        Wrong,   ///< answer 401
        Busy     ///< too many tries from this address wait for their turn already: answer 503
    };
    struct Check {
        Verdict verdict = Verdict::Missing;
        QByteArray user = {}; ///< who it is, when Right
        bool isRight() const { return verdict == Verdict::Right; }
    };

    void setOptions(const LoginOptions &options) { m_options = options; }
    bool hasAdmin() const { return !m_options.adminPassword.isEmpty(); }

    /// A login that may be read in several ways (Shoutcast's). `roles`: Role values or-ed together; any of
    /// them will do.
    Check compare(const QList<BasicCredentials> &candidates, int roles) const;
    /// What a request says in its Authorization header; nothing: there is none. What cannot be read is a
    /// wrong password, and counts as one.
    static std::optional<QList<BasicCredentials>> loginIn(const HttpRequest &request);

private:
    bool isKnown(const BasicCredentials &credentials, int roles) const;

    LoginOptions m_options;
};

} // namespace cycast
