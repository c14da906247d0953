// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/streamlistener.h"

#include "tests/e2e/sandbox.h"
#include "tests/support/slack.h"

#include <QTest>

namespace cycast::test
{

HttpAnswer httpGet(quint16 port, const QByteArray &path, const QByteArray &method)
{
    const QByteArray all =
        exchange(port, method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) +
                           "\r\nConnection: close\r\n\r\n");
    const qsizetype end = all.indexOf("\r\n\r\n");
    if (end < 0)
        return {};
    return {statusOf(all), all.first(end + 4), bodyOf(all)};
}

bool StreamListener::hears(qint64 moreBytes, int timeoutMs) const
{
    const qint64 goal = audioBytes() + moreBytes;
    return waitUntil([this, goal] { return audioBytes() >= goal; }, timeoutMs);
}

bool StreamListener::isUnbroken() const
{
    return !frameStarts(audio()).isEmpty();
}

} // namespace cycast::test
