// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/realtimekit.h"

#include <chrono>
#include <cstdint>

#ifdef CYCAST_HAS_SDBUS
#include <systemd/sd-bus.h>
#endif

namespace cycast
{

#ifdef CYCAST_HAS_SDBUS

struct RealtimeKit::Bus {
    sd_bus *bus = nullptr;

    ~Bus() { sd_bus_flush_close_unref(bus); }
};

RealtimeKit::RealtimeKit()
    : m_bus(std::make_unique<Bus>())
{
    using namespace std::chrono;
    const int result = sd_bus_open_system(&m_bus->bus);
    if (result < 0)
        m_error = qt_error_string(-result);
    else
        sd_bus_set_method_call_timeout(m_bus->bus, microseconds(seconds(2)).count());
}

bool RealtimeKit::setNiceness(pid_t thread, int nice)
{
    if (m_bus->bus == nullptr)
        return false;
    sd_bus_error error = SD_BUS_ERROR_NULL;
    const int result =
        sd_bus_call_method(m_bus->bus, "org.freedesktop.RealtimeKit1", "/org/freedesktop/RealtimeKit1",
                           "org.freedesktop.RealtimeKit1", "MakeThreadHighPriority", &error, nullptr, "ti",
                           static_cast<uint64_t>(thread), static_cast<int32_t>(nice));
    if (result < 0)
        m_error = error.message != nullptr ? QString::fromUtf8(error.message) : qt_error_string(-result);
    sd_bus_error_free(&error);
    return result >= 0;
}

#else

struct RealtimeKit::Bus {
};

RealtimeKit::RealtimeKit()
    : m_error(QStringLiteral("built without sd-bus"))
{
}

bool RealtimeKit::setNiceness(pid_t, int)
{
    return false;
}

#endif

RealtimeKit::~RealtimeKit() = default;

} // namespace cycast
