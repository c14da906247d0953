// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/logins.h"

namespace cycast
{

// Every comparison always runs: the answer's time tells nothing about user names either.
bool Logins::isKnown(const BasicCredentials &credentials, int roles) const
{
    bool isFound = false;
    const auto compareTo = [&](bool isAsked, QByteArrayView user, QByteArrayView password) {
        const bool rightUser = equalInConstantTime(credentials.user, user);
        const bool rightPassword = equalInConstantTime(credentials.password, password);
        isFound = isFound || (isAsked && rightUser && rightPassword && !password.isEmpty());
    };
    const bool asksSource = (roles & Source) != 0;
    compareTo(asksSource, "source", m_options.sourcePassword);
    for (const BasicCredentials &more : m_options.moreSources)
        compareTo(asksSource && !more.user.isEmpty(), more.user, more.password);
    compareTo((roles & Admin) != 0, "admin", m_options.adminPassword);
    return isFound;
}

Logins::Check Logins::compare(const QList<BasicCredentials> &candidates, int roles) const
{
    for (const BasicCredentials &credentials : candidates) {
        if (isKnown(credentials, roles))
            return {Verdict::Right, credentials.user};
    }
    return {Verdict::Wrong};
}

std::optional<QList<BasicCredentials>> Logins::loginIn(const HttpRequest &request)
{
    const auto credentials = basicCredentials(request);
    if (!credentials && !request.hasHeader("Authorization"))
        return std::nullopt;
    return QList<BasicCredentials>{credentials.value_or(BasicCredentials())};
}

} // namespace cycast
