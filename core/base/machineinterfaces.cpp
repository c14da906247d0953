// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/machineinterfaces.h"

#include "core/base/monotonic.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace cycast
{

struct MachineInterfaces::Known {
    Ask ask;
    std::mutex mutex;
    std::condition_variable answered;
    QList<QNetworkInterface> interfaces;
    qint64 askedNs = 0; ///< 0: never
    bool isBeingAsked = false;
};

MachineInterfaces::MachineInterfaces(Ask ask)
    : m_known(std::make_shared<Known>())
{
    m_known->ask = std::move(ask);
}

QList<QNetworkInterface> MachineInterfaces::list(qint64 nowNs)
{
    constexpr qint64 freshNs = 3 * nsPerSecond;
    constexpr std::chrono::seconds patience{1};
    std::unique_lock lock(m_known->mutex);
    const bool isOld = m_known->askedNs == 0 || nowNs - m_known->askedNs > freshNs;
    if (isOld && !m_known->isBeingAsked) {
        m_known->isBeingAsked = true;
        m_known->askedNs = nowNs;
        std::thread([known = m_known] {
            QList<QNetworkInterface> interfaces = known->ask();
            const std::lock_guard guard(known->mutex);
            known->interfaces = std::move(interfaces);
            known->isBeingAsked = false;
            known->answered.notify_all();
        }).detach();
        m_known->answered.wait_for(lock, patience, [this] { return !m_known->isBeingAsked; });
    }
    return m_known->interfaces;
}

QList<QNetworkInterface> machineInterfaces()
{
    static MachineInterfaces interfaces;
    return interfaces.list(monotonicNs());
}

} // namespace cycast
