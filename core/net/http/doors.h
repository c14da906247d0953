// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/net/http/frontdoor.h"

#include <optional>
#include <vector>

namespace cycast
{

struct DoorOptions {
    QString host;
    int sourcePort = 0; ///< 0: any free one
    int listenPort = 0;
};

/// The station's listening ports: one for sources, one for listeners, and those that listeners still use
/// after a change. All lead into the same lobby. Lives in the station's thread.
class Doors
{
public:
    enum class Place : quint8 { Host, SourcePort, ListenPort };
    struct Problem {
        Place place;
        Sentence sentence;
    };

    /// `isBusy`: see FrontDoor.
    Doors(Lobby &lobby, std::function<bool()> isBusy);

    /// Opens both ports, or none.
    std::optional<Problem> open(const DoorOptions &options);
    /// Moves what differs from before. New ports open before the old ones close, so that a taken port costs
    /// nothing: with a problem everything stays as it was.
    std::optional<Problem> move(const DoorOptions &next);
    void closeAll();

    int sourcePort() const { return m_source ? m_source->port() : 0; } ///< as bound
    int listenPort() const { return m_listen ? m_listen->port() : 0; }
    bool hasLeftBehind() const { return !m_leftBehind.empty(); }
    /// Closes the ports left behind on which nobody listens any more.
    void closeEmpty(const std::function<int(quint16 port)> &listenersOn);

private:
    using Door = std::unique_ptr<FrontDoor>;

    /// The doors that a move may use otherwise, and those of them that it had to close for that.
    class FreeDoors
    {
    public:
        explicit FreeDoors(const QString &host);
        void add(Door &door) { m_doors.push_back(&door); }
        Door *holderOf(int port) const;
        void letGo(int port);
        /// Opens again, on the host as it was, what was let go.
        void takeBack();

    private:
        QString m_host;
        std::vector<Door *> m_doors;
        std::vector<std::pair<FrontDoor *, int>> m_letGo;
    };
    struct Found {
        Door *holder = nullptr; ///< one of ours
        Door opened;            ///< or a new one
    };

    Result<Found> find(FreeDoors &free, const DoorOptions &next, int port);
    Result<Door> openDoor(const QString &host, int port);

    Lobby &m_lobby;
    std::function<bool()> m_isBusy;
    DoorOptions m_options;
    Door m_source;
    Door m_listen;
    std::vector<Door> m_leftBehind;
};

} // namespace cycast
