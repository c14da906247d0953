// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/announce/addressupdate.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr std::array<qint64, 5> backOffMs{60'000, 5 * 60'000, 15 * 60'000, 60 * 60'000, 6 * 3'600'000};

} // namespace

AddressUpdate::AddressUpdate(QByteArray fingerprint)
    : m_told(std::move(fingerprint))
{
}

// A change of either is news: nothing of the last failure counts for it, but the pause between two calls
// does.
void AddressUpdate::setPattern(const QString &pattern)
{
    if (std::exchange(m_pattern, pattern) == pattern)
        return;
    m_failures = 0;
    m_refused.clear();
}

void AddressUpdate::setAddresses(const QString &ipv4, const QString &ipv6)
{
    if (m_ipv4 == ipv4 && m_ipv6 == ipv6)
        return;
    m_ipv4 = ipv4;
    m_ipv6 = ipv6;
    m_failures = 0;
    m_refused.clear();
}

// Empty: there is nothing that could be told.
QString AddressUpdate::wanted() const
{
    const bool namesIpv4 = m_pattern.contains("{ip}"_L1);
    const bool namesIpv6 = m_pattern.contains("{ip6}"_L1);
    const bool isKnown = namesIpv4 || namesIpv6
                             ? (namesIpv4 && !m_ipv4.isEmpty()) || (namesIpv6 && !m_ipv6.isEmpty())
                             : !m_ipv4.isEmpty() || !m_ipv6.isEmpty();
    if (m_pattern.isEmpty() || !isKnown)
        return {};
    return QString(m_pattern).replace("{ip}"_L1, m_ipv4).replace("{ip6}"_L1, m_ipv6);
}

// Of the addresses as well: a provider may look at where the call comes from instead of at a place in it.
QByteArray AddressUpdate::fingerprintOf(const QString &url)
{
    return QCryptographicHash::hash(url.toUtf8(), QCryptographicHash::Sha256).toHex();
}

std::optional<QUrl> AddressUpdate::take(qint64 nowMs)
{
    const QString url = wanted();
    if (url.isEmpty() || !m_asked.isEmpty() || nowMs < m_notBeforeMs)
        return std::nullopt;
    const QByteArray fingerprint = fingerprintOf(url + ' '_L1 + m_ipv4 + ' '_L1 + m_ipv6);
    if (fingerprint == m_told || fingerprint == m_refused)
        return std::nullopt;
    m_asked = fingerprint;
    return QUrl(url, QUrl::StrictMode);
}

std::optional<qint64> AddressUpdate::dueMs() const
{
    const QString url = wanted();
    if (url.isEmpty() || !m_asked.isEmpty())
        return std::nullopt;
    const QByteArray fingerprint = fingerprintOf(url + ' '_L1 + m_ipv4 + ' '_L1 + m_ipv6);
    if (fingerprint == m_told || fingerprint == m_refused)
        return std::nullopt;
    return m_notBeforeMs;
}

void AddressUpdate::answered(Answer answer, qint64 nowMs)
{
    const QByteArray asked = std::exchange(m_asked, {});
    m_notBeforeMs = nowMs + leastMs;
    switch (answer) {
    case Answer::Done:
        m_told = asked;
        m_failures = 0;
        break;
    case Answer::Refused:
        m_refused = asked;
        break;
    case Answer::Later:
        m_notBeforeMs =
            nowMs + backOffMs.at(std::min<size_t>(static_cast<size_t>(m_failures), backOffMs.size() - 1));
        ++m_failures;
        break;
    }
}

AddressUpdate::Answer AddressUpdate::meaningOf(int status, const QByteArray &body)
{
    if (status == 429 || status >= 500 || status < 200)
        return Answer::Later;
    if (status >= 300)
        return Answer::Refused;
    const QByteArray word = body.left(200).trimmed().toLower();
    for (const char *refusal :
         {"badauth", "nohost", "notfqdn", "numhost", "abuse", "badagent", "!donator", "ko"}) {
        if (word == refusal || word.startsWith(QByteArray(refusal) + ' '))
            return Answer::Refused;
    }
    return word == "911" || word == "dnserr" ? Answer::Later : Answer::Done;
}

} // namespace cycast
