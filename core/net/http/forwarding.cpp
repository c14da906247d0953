// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/forwarding.h"

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
    for (auto element = chain.crbegin(); element != chain.crend(); ++element) {
        const QHostAddress address = addressIn(*element);
        if (address.isNull())
            break; // "unknown", or nonsense: the last one that could be read counts
        result.client = address;
        if (!trusted.contains(address))
            break;
    }
    return result;
}

} // namespace cycast
