// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/streamclient.h"

namespace cycast::test
{

/// One answer of an HTTP server that closes when it has said everything.
struct HttpAnswer {
    int status = 0; ///< 0: nothing came
    QByteArray head;
    QByteArray body;
    /// The first header of that name, any case; empty when there is none.
    QByteArray header(const QByteArray &name) const { return headerOf(head, name.constData()); }
};
HttpAnswer httpGet(quint16 port, const QByteArray &path, const QByteArray &method = "GET");

/// A player whose test turns the event loop while it waits for it.
class StreamListener : public StreamClient
{
public:
    explicit StreamListener(quint16 port, const QByteArray &mount = "/stream", bool asksForTitles = false)
        : StreamClient(port, {.path = mount, .wantsTitles = asksForTitles})
    {
    }

    bool isConnected() const { return !hasEnded(); }
    /// True when so many more bytes of audio have come.
    bool hears(qint64 moreBytes, int timeoutMs = 20'000) const;
    /// True when audio and nothing but whole frames came.
    bool isUnbroken() const;
};

} // namespace cycast::test
