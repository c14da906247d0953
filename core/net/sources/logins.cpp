// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/logins.h"

#include "core/base/characters.h"

#include <QStringDecoder>

namespace cycast
{

namespace
{

/// Programs send what was typed in the encoding of their system: Windows-1252, or UTF-8 with accents that
/// stand by themselves (macOS). Ours is composed UTF-8.
QByteArray asTyped(const QByteArray &bytes)
{
    QStringDecoder utf8(QStringDecoder::Utf8);
    QString text = utf8.decode(bytes);
    if (utf8.hasError())
        text = fromWindows1252(bytes);
    return text.normalized(QString::NormalizationForm_C).toUtf8();
}

/// What may be meant, the bytes as they came first.
QList<BasicCredentials> readingsOf(const BasicCredentials &credentials)
{
    const BasicCredentials typed{asTyped(credentials.user), asTyped(credentials.password)};
    const bool isSame = typed.user == credentials.user && typed.password == credentials.password;
    return isSame ? QList{credentials} : QList{credentials, typed};
}

} // namespace

// Every comparison always runs: the answer's time tells nothing about user names either.
bool Logins::isKnown(const BasicCredentials &credentials, int roles) const
{
    bool isFound = false;
    const auto compareTo = [&](bool isAsked, QByteArrayView user, QByteArrayView password) {
        const bool rightUser = equalInConstantTime(credentials.user, user);
        const bool rightPassword = equalInConstantTime(credentials.password, password) ||
                                   equalInConstantTime(credentials.password, asTyped(password.toByteArray()));
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
        for (const BasicCredentials &reading : readingsOf(credentials)) {
            if (isKnown(reading, roles))
                return {Verdict::Right, reading.user};
        }
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
