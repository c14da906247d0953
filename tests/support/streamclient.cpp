// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/streamclient.h"

#include "tests/support/slack.h"

#include "core/base/monotonic.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{

StreamClient::StreamClient(int port, StreamClientOptions options)
    : StreamClient(RawSocket(port, options.receiveBuffer), std::move(options))
{
}

StreamClient::StreamClient(RawSocket &&socket, StreamClientOptions options)
    : m_socket(std::move(socket))
    , m_options(std::move(options))
    , m_connectedNs(monotonicNs())
    , m_reading(m_options.reads)
    , m_ended(!m_socket.isOpen())
{
    if (m_ended)
        return;
    if (!m_options.path.isEmpty())
        m_socket.send("GET " + m_options.path + " HTTP/1.1\r\nHost: test\r\nUser-Agent: test\r\n" +
                      (m_options.wantsTitles ? "Icy-MetaData: 1\r\n" : "") + m_options.extraHeaders + "\r\n");
    m_thread = std::thread([this] { run(); });
}

StreamClient::~StreamClient()
{
    hangUp();
}

void StreamClient::hangUp()
{
    m_stops = true;
    if (m_thread.joinable())
        m_thread.join();
    m_socket.close();
}

void StreamClient::reset()
{
    m_stops = true;
    if (m_thread.joinable())
        m_thread.join();
    m_socket.reset();
}

void StreamClient::run()
{
    while (!m_stops) {
        if (!m_reading) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            continue;
        }
        const QByteArray bytes = m_socket.receive(20);
        const std::lock_guard lock(m_mutex);
        if (!bytes.isEmpty())
            take(bytes);
        if (m_socket.atEnd()) {
            m_ended = true;
            return;
        }
    }
}

void StreamClient::take(const QByteArray &bytes)
{
    QByteArray body = bytes;
    if (m_head.isEmpty()) {
        m_input += bytes;
        const qsizetype end = m_input.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        m_head = m_input.first(end + 4);
        body = m_input.sliced(end + 4);
        m_metaint = headerOf(m_head, "icy-metaint").toLongLong();
        m_untilBlock = m_metaint;
    }
    if (body.isEmpty())
        return;
    const qint64 before = m_audio.size();
    if (m_metaint == 0) {
        m_audio += body;
    } else {
        for (qsizetype at = 0; at < body.size();) {
            if (m_untilBlock > 0) {
                const qsizetype part = qMin<qint64>(m_untilBlock, body.size() - at);
                m_audio += body.sliced(at, part);
                m_untilBlock -= part;
                at += part;
                continue;
            }
            m_block += body.at(at++);
            if (m_block.size() == 1 + 16 * static_cast<quint8>(m_block.front()))
                takeBlock();
        }
    }
    if (m_audio.size() > before)
        m_arrivals.push_back({monotonicNs(), m_audio.size(), MachineSlack::totalNs(100)});
}

void StreamClient::takeBlock()
{
    m_untilBlock = m_metaint;
    const QByteArray block = std::exchange(m_block, {});
    if (block.size() == 1)
        return;
    qsizetype length = block.size();
    while (length > 1 && block.at(length - 1) == '\0')
        --length;
    const QByteArray text = block.sliced(1, length - 1);
    if (!text.startsWith("StreamTitle='") || !text.endsWith("';") || text.contains('\0') ||
        block.size() - length >= 16) {
        if (m_titleFault.isEmpty())
            m_titleFault =
                u"bad block after %1 bytes: %2"_s.arg(m_audio.size()).arg(QString::fromLatin1(block.toHex()));
    }
    m_titles.push_back({m_audio.size(), text});
}

QByteArray StreamClient::head() const
{
    const std::lock_guard lock(m_mutex);
    return m_head;
}

QByteArray StreamClient::audio() const
{
    const std::lock_guard lock(m_mutex);
    return QByteArray(m_audio.constData(), m_audio.size());
}

qint64 StreamClient::audioBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_audio.size();
}

QList<StreamClient::Title> StreamClient::titles() const
{
    const std::lock_guard lock(m_mutex);
    return QList<Title>(m_titles.begin(), m_titles.end());
}

QString StreamClient::titleFault() const
{
    const std::lock_guard lock(m_mutex);
    return m_titleFault;
}

QList<StreamClient::ArrivalTime> StreamClient::arrivals() const
{
    const std::lock_guard lock(m_mutex);
    return QList<ArrivalTime>(m_arrivals.begin(), m_arrivals.end());
}

bool StreamClient::hasEnded() const
{
    const std::lock_guard lock(m_mutex);
    return m_ended;
}

qint64 StreamClient::firstByteNs() const
{
    const std::lock_guard lock(m_mutex);
    return m_arrivals.empty() ? -1 : m_arrivals.front().ns - m_connectedNs;
}

qint64 StreamClient::longestPauseNs() const
{
    const QList<ArrivalTime> all = arrivals();
    qint64 longest = 0;
    for (qsizetype i = 1; i < all.size(); ++i)
        longest =
            qMax(longest, all.at(i).ns - all.at(i - 1).ns - (all.at(i).slackNs - all.at(i - 1).slackNs));
    return longest;
}

int StreamClient::metaint() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_metaint);
}

} // namespace cycast::test
