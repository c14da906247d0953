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

// All doors lead to the same rooms: one that listens at a wanted port already only changes its part.
std::optional<Doors::Problem> Doors::move(const DoorOptions &next)
{
    const bool hostChanged = next.host != m_options.host;
    const bool moveSource = hostChanged || next.sourcePort != m_options.sourcePort;
    const bool moveListen = hostChanged || next.listenPort != m_options.listenPort;
    std::vector<Door *> free;
    for (Door &door : m_leftBehind)
        free.push_back(&door);
    if (moveSource)
        free.push_back(&m_source);
    if (moveListen)
        free.push_back(&m_listen);
    const auto holderOf = [&free](int port) -> Door * {
        const auto found = std::find_if(free.begin(), free.end(), [port](const Door *door) {
            return port != 0 && (*door)->port() == port;
        });
        return found == free.end() ? nullptr : *found;
    };

    Door source;
    Door listen;
    Door *sourceHolder = nullptr;
    Door *listenHolder = nullptr;
    std::vector<std::pair<FrontDoor *, int>> letGo;
    std::optional<Problem> problem;
    const auto find = [&](Door &door, Door *&holder, int port, Place place) {
        holder = holderOf(port);
        if (holder && !hostChanged)
            return;
        if (std::exchange(holder, nullptr)) {
            // On another host the port is held by ourselves, and has to be let go first.
            FrontDoor *own = holderOf(port)->get();
            own->close();
            letGo.emplace_back(own, port);
        }
        auto opened = openDoor(next.host, port);
        if (opened)
            door = std::move(*opened);
        else
            problem = Problem{hostChanged ? Place::Host : place, opened.error()};
    };
    if (moveSource)
        find(source, sourceHolder, next.sourcePort, Place::SourcePort);
    if (moveListen && !problem)
        find(listen, listenHolder, next.listenPort, Place::ListenPort);
    if (problem) {
        source.reset();
        for (const auto &[door, port] : letGo)
            (void)door->open(m_options.host, static_cast<quint16>(port));
        return problem;
    }
    if (sourceHolder)
        source = std::move(*sourceHolder);
    if (listenHolder)
        listen = std::move(*listenHolder);
    for (const auto &[place, door] : {std::pair{&m_source, &source}, std::pair{&m_listen, &listen}}) {
        if (!*door)
            continue;
        std::swap(*place, *door);
        m_leftBehind.push_back(std::move(*door));
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
