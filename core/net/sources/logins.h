// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/httprequest.h"
#include "core/net/sources/loginguard.h"

namespace cycast
{

struct LoginOptions {
    QByteArray sourcePassword; ///< UTF-8, of the user "source"; empty opens no door
    QByteArray adminPassword;  ///< of the user "admin"; empty opens no door
    QList<BasicCredentials> moreSources;
};

/// Every password of the station and the guard against guessing them: the one place where a login is
/// checked, whichever port and protocol it comes by. Lives in the station's thread.
class Logins
{
public:
    enum Role : quint8 { Source = 1, Admin = 2 };
    enum class Verdict : quint8 {
        Right,
        Missing,  ///< libshout asks without a password first: not a wrong one
        Wrong,    ///< answer 401, after `delayMs`
        LockedOut ///< too many wrong ones from this address: the password was not looked at
    };
    struct Check {
        Verdict verdict = Verdict::Missing;
        int delayMs = 0;      ///< how long to hold the answer back; not for ever: an honest encoder would
                              ///< report a network fault
        qint64 waitMs = 0;    ///< until the next try from this address counts
        QByteArray user = {}; ///< who it is, when Right
        bool isRight() const { return verdict == Verdict::Right; }
    };

    void setOptions(const LoginOptions &options) { m_options = options; }
    bool hasAdmin() const { return !m_options.adminPassword.isEmpty(); }

    /// `roles`: Role values or-ed together; any of them will do.
    Check check(const HttpRequest &request, const QHostAddress &address, int roles, qint64 nowMs);
    Check check(const BasicCredentials &credentials, const QHostAddress &address, int roles, qint64 nowMs)
    {
        return check(QList<BasicCredentials>{credentials}, address, roles, nowMs);
    }
    /// A login that is not in an Authorization header (Shoutcast), and may be read in several ways: one try.
    Check check(const QList<BasicCredentials> &candidates, const QHostAddress &address, int roles,
                qint64 nowMs);

private:
    bool isKnown(const BasicCredentials &credentials, int roles) const;

    LoginOptions m_options;
    LoginGuard m_guard;
};

} // namespace cycast
