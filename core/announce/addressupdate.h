// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>

namespace cycast
{

/// When the user's update address (dynamic DNS) is to be called: once for each new public address, and again
/// after a failure, later each time. What was told is remembered over restarts as a fingerprint, for the
/// address holds a secret. Pure: time is an argument (any clock that only goes forward, ms).
class AddressUpdate
{
public:
    /// Between two calls, whatever happens: providers lock out who calls more often.
    static constexpr qint64 leastMs = 60'000;

    /// `fingerprint`: of what an earlier run told.
    explicit AddressUpdate(QByteArray fingerprint = {});

    /// "https://www.duckdns.org/update?domains=x&token=y&ip={ip}"; empty: none.
    void setPattern(const QString &pattern);
    /// What the internet sees; empty: unknown, or none.
    void setAddresses(const QString &ipv4, const QString &ipv6);

    /// What is to be called now; the answer comes by answered() before there is another.
    std::optional<QUrl> take(qint64 nowMs);
    /// When take() is worth asking again; nothing: when something changes.
    std::optional<qint64> dueMs() const;

    enum class Answer : quint8 {
        Done,
        Later,  ///< no answer, or one that the server is to blame for
        Refused ///< not again until something changes
    };
    void answered(Answer answer, qint64 nowMs);

    const QByteArray &fingerprint() const { return m_told; }

    /// What an answer means. Providers of the old kind say "badauth" with status 200.
    static Answer meaningOf(int status, const QByteArray &body);

private:
    QString wanted() const;
    static QByteArray fingerprintOf(const QString &url);

    QString m_pattern;
    QString m_ipv4;
    QString m_ipv6;
    QByteArray m_told;    ///< fingerprint of what was told last
    QByteArray m_refused; ///< likewise, of what is not told again
    QByteArray m_asked;   ///< a call is under way
    int m_failures = 0;
    qint64 m_notBeforeMs = 0;
};

} // namespace cycast
