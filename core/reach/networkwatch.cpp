// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/networkwatch.h"

#include "core/reach/routes.h"

#include <QSocketNotifier>

#ifdef Q_OS_LINUX
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#endif

namespace cycast
{

NetworkWatch::NetworkWatch(QObject *parent)
    : QObject(parent)
    , m_off(this, 1)
{
}

NetworkWatch::~NetworkWatch()
{
    setOn(false);
}

#ifdef Q_OS_LINUX
void NetworkWatch::setOn(bool on)
{
    if (on == (m_descriptor >= 0))
        return;
    if (!on) {
        m_notifier.reset();
        ::close(std::exchange(m_descriptor, -1));
        return;
    }
    m_descriptor = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (m_descriptor < 0)
        return;
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
    if (::bind(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(std::exchange(m_descriptor, -1));
        return;
    }
    m_fingerprint.reset();
    look();
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &NetworkWatch::read);
}

void NetworkWatch::read()
{
    std::array<char, 8'192> waste{};
    while (::recv(m_descriptor, waste.data(), waste.size(), 0) > 0) {
    }
    look();
}

void NetworkWatch::look()
{
    m_looksAgain = m_isLooking;
    if (m_isLooking)
        return;
    m_isLooking = true;
    m_off.start([](WayBack<NetworkWatch> &back) {
        back.tell([now = routes::fingerprint()](NetworkWatch *self) { self->compare(now); });
    });
}

// Routers repeat themselves, and so does the kernel: only what is different counts.
void NetworkWatch::compare(const QString &fingerprint)
{
    m_isLooking = false;
    if (m_descriptor < 0)
        return;
    if (m_looksAgain)
        look();
    const std::optional<QString> before = std::exchange(m_fingerprint, fingerprint);
    if (before && *before != fingerprint)
        emit changed();
}
#else
void NetworkWatch::setOn(bool) {}

void NetworkWatch::read() {}

void NetworkWatch::look() {}

void NetworkWatch::compare(const QString &) {}
#endif

} // namespace cycast
