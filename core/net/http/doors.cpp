// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/doors.h"

namespace cycast
{

Doors::Doors(Lobby &lobby, std::function<bool()> isBusy)
    : m_lobby(lobby)
    , m_isBusy(std::move(isBusy))
{
}

Result<Doors::Door> Doors::openDoor(const QString &host, int port)
{
    auto door = std::make_unique<FrontDoor>(m_lobby);
    door->setIsBusy(m_isBusy);
    if (const auto opened = door->open(host, static_cast<quint16>(port)); !opened)
        return failure(opened.error());
    return door;
}

std::optional<Doors::Problem> Doors::open(const DoorOptions &options)
{
    m_options = options;
    auto source = openDoor(options.host, options.sourcePort);
    if (!source)
        return Problem{Place::SourcePort, source.error()};
    auto listen = openDoor(options.host, options.listenPort);
    if (!listen)
        return Problem{Place::ListenPort, listen.error()};
    m_source = std::move(*source);
    m_listen = std::move(*listen);
    return std::nullopt;
}

Doors::FreeDoors::FreeDoors(const QString &host)
    : m_host(host)
{
}

Doors::Door *Doors::FreeDoors::holderOf(int port) const
{
    const auto found = std::find_if(m_doors.begin(), m_doors.end(), [port](const Door *door) {
        return port != 0 && (*door)->port() == port;
    });
    return found == m_doors.end() ? nullptr : *found;
}

void Doors::FreeDoors::letGo(int port)
{
    FrontDoor *own = holderOf(port)->get();
    own->close();
    m_letGo.emplace_back(own, port);
}

void Doors::FreeDoors::takeBack()
{
    for (const auto &[door, port] : m_letGo)
        (void)door->open(m_host, static_cast<quint16>(port));
}

/// For a part of the house: one of ours that listens at the wanted port already, or a new one.
Result<Doors::Found> Doors::find(FreeDoors &free, const DoorOptions &next, int port)
{
    Found found;
    found.holder = free.holderOf(port);
    if (found.holder && next.host == m_options.host)
        return found;
    // On another host the port is held by ourselves, and has to be let go first.
    if (std::exchange(found.holder, nullptr))
        free.letGo(port);
    auto opened = openDoor(next.host, port);
    if (!opened)
        return failure(opened.error());
    found.opened = std::move(*opened);
    return found;
}

// All doors lead to the same rooms: one that listens at a wanted port already only changes its part.
std::optional<Doors::Problem> Doors::move(const DoorOptions &next)
{
    const bool hostChanged = next.host != m_options.host;
    FreeDoors free(m_options.host);
    for (Door &door : m_leftBehind)
        free.add(door);
    struct Part {
        Door &door;
        int port;
        Place place;
        Found found = {};
    };
    std::vector<Part> parts;
    if (hostChanged || next.sourcePort != m_options.sourcePort)
        parts.push_back({m_source, next.sourcePort, Place::SourcePort});
    if (hostChanged || next.listenPort != m_options.listenPort)
        parts.push_back({m_listen, next.listenPort, Place::ListenPort});
    for (Part &part : parts)
        free.add(part.door);

    for (Part &part : parts) {
        auto found = find(free, next, part.port);
        if (!found) {
            const Problem problem{hostChanged ? Place::Host : part.place, found.error()};
            parts.clear(); // what was opened for this gives its ports back first
            free.takeBack();
            return problem;
        }
        part.found = std::move(*found);
    }
    for (Part &part : parts) {
        if (part.found.holder)
            part.found.opened = std::move(*part.found.holder);
    }
    for (Part &part : parts) {
        std::swap(part.door, part.found.opened);
        m_leftBehind.push_back(std::move(part.found.opened));
    }
    std::erase(m_leftBehind, nullptr);
    m_options = next;
    return std::nullopt;
}

void Doors::closeAll()
{
    m_source.reset();
    m_listen.reset();
    m_leftBehind.clear();
}

void Doors::closeEmpty(const std::function<int(quint16 port)> &listenersOn)
{
    std::erase_if(m_leftBehind, [&listenersOn](const Door &door) {
        return !door->isListening() || listenersOn(door->port()) == 0;
    });
}

} // namespace cycast
