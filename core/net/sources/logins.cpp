// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/logins.h"

namespace cycast
{
namespace
{
constexpr qint64 longestDelayMs = 5'000;
} // namespace

// Every comparison always runs: the answer's time tells nothing about user names either.
bool Logins::isKnown(const BasicCredentials &credentials, int roles) const
{
    bool isFound = false;
    const auto compare = [&](bool isAsked, QByteArrayView user, QByteArrayView password) {
        const bool rightUser = equalInConstantTime(credentials.user, user);
        const bool rightPassword = equalInConstantTime(credentials.password, password);
        isFound = isFound || (isAsked && rightUser && rightPassword && !password.isEmpty());
    };
    const bool asksSource = (roles & Source) != 0;
    compare(asksSource, "source", m_options.sourcePassword);
    for (const BasicCredentials &more : m_options.moreSources)
        compare(asksSource && !more.user.isEmpty(), more.user, more.password);
    compare((roles & Admin) != 0, "admin", m_options.adminPassword);
    return isFound;
}

Logins::Check Logins::check(const HttpRequest &request, const QHostAddress &address, int roles, qint64 nowMs)
{
    const auto credentials = basicCredentials(request);
    if (!credentials && !request.hasHeader("Authorization"))
        return {Verdict::Missing};
    // What cannot be read is a wrong password, and counts as one.
    return check(credentials.value_or(BasicCredentials()), address, roles, nowMs);
}

Logins::Check Logins::check(const QList<BasicCredentials> &candidates, const QHostAddress &address, int roles,
                            qint64 nowMs)
{
    const LoginGuard::Verdict guard = m_guard.verdict(address, nowMs);
    if (!guard.isAllowed) // not counted again: a program that retries by itself would stay out for ever
        return {Verdict::LockedOut, static_cast<int>(qMin(guard.waitMs, longestDelayMs)), guard.waitMs};
    for (const BasicCredentials &credentials : candidates) {
        if (isKnown(credentials, roles)) {
            m_guard.succeeded(address);
            return {Verdict::Right, 0, 0, credentials.user};
        }
    }
    const qint64 waitMs = m_guard.failed(address, nowMs);
    return {Verdict::Wrong, static_cast<int>(qMin(waitMs, longestDelayMs)), waitMs};
}

} // namespace cycast
