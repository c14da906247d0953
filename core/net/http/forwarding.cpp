// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/forwarding.h"

#include <algorithm>

namespace cycast
{
namespace
{

/// One element of the list: an address, perhaps in quotes or brackets, perhaps with a port.
QHostAddress addressIn(QByteArray text)
{
    text = text.trimmed();
    if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
        text = text.sliced(1, text.size() - 2);
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        if (end < 0)
            return {};
        text = text.sliced(1, end - 1);
    } else if (text.count(':') == 1) {
        text = text.first(text.indexOf(':'));
    }
    const auto parsed = AddressSet::parse(QString::fromLatin1(text));
    return parsed && !text.contains('/') ? parsed->address : QHostAddress();
}

/// A path without a byte that would have to be escaped where it is going to stand, and without a way up.
QByteArray prefixIn(const QByteArray &header)
{
    constexpr qsizetype longest = 200;
    QByteArray prefix = header.trimmed();
    while (prefix.endsWith('/'))
        prefix.chop(1);
    const bool isPath = prefix.startsWith('/') && prefix.size() <= longest && !prefix.contains("//") &&
                        !prefix.contains("/.") && std::all_of(prefix.begin(), prefix.end(), [](char c) {
                            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                                   (c >= 'A' && c <= 'Z') || QByteArrayView("/-._~").contains(c);
                        });
    return isPath ? prefix : QByteArray();
}

} // namespace

Forwarding forwardingOf(const HttpRequest &request, const QHostAddress &peer, const AddressSet &trusted)
{
    Forwarding result;
    result.client = peer;
    QByteArrayList chain;
    bool isForwarded = false;
    for (const HttpRequest::Header &header : request.headers) {
        const QByteArray name = header.name.toLower();
        if (name == "x-forwarded-for")
            chain += header.value.split(',');
        isForwarded =
            isForwarded || name.startsWith("x-forwarded-") || name == "forwarded" || name == "x-real-ip";
    }
    if (!trusted.contains(peer)) {
        result.isUntrusted = isForwarded;
        return result;
    }
    result.isSecure = request.header("X-Forwarded-Proto").trimmed().toLower() == "https";
    result.prefix = prefixIn(request.header("X-Forwarded-Prefix"));
    result.isUnsaid = chain.isEmpty();
    for (auto element = chain.crbegin(); element != chain.crend(); ++element) {
        const QHostAddress address = addressIn(*element);
        if (address.isNull()) {
            result.isUnsaid = true; // "unknown", or nonsense: the last one that could be read is shown
            break;
        }
        result.client = address;
        if (!trusted.contains(address))
            break;
    }
    return result;
}

} // namespace cycast
