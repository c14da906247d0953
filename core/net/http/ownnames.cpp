// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/ownnames.h"

#include "core/net/socket/addressset.h"

#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

bool namesThisServer(const QByteArray &origin, const QHostAddress &local, const QList<int> &ports,
                     const QStringList &names)
{
    const QUrl url = QUrl::fromEncoded(origin, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isWeb || !url.userInfo().isEmpty() || url.host().isEmpty())
        return false;
    if (!ports.contains(url.port(url.scheme() == "https"_L1 ? 443 : 80)))
        return false;
    const QHostAddress address(url.host());
    if (!address.isNull())
        return address.isLoopback() || AddressSet::plain(address) == AddressSet::plain(local);
    return url.host() == "localhost"_L1 || names.contains(url.host(), Qt::CaseInsensitive);
}

} // namespace cycast
