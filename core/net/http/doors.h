// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/frontdoor.h"

#include <optional>
#include <vector>

namespace cycast
{

struct DoorOptions {
    QString host;
    int sourcePort = 0; ///< 0: any free one
    int listenPort = 0;
    double headerTimeout = 15.0; ///< s
};

/// The station's listening ports: one for sources, one for listeners, and those that listeners still use
/// after a change. All lead to the same handler. Lives in the station's thread.
class Doors : public QObject
{
    Q_OBJECT

public:
    enum class Place : quint8 { Host, SourcePort, ListenPort };
    struct Problem {
        Place place;
        QString sentence;
    };

    explicit Doors(FrontDoor::Handler handler, QObject *parent = nullptr);

    /// Opens both ports, or none.
    std::optional<Problem> open(const DoorOptions &options);
    /// Moves what differs from before. New ports open before the old ones close, so that a taken port costs
    /// nothing: with a problem everything stays as it was.
    std::optional<Problem> move(const DoorOptions &next);
    void setHeaderTimeout(double seconds);
    /// See FrontDoor::setTls(); before open().
    void setTls(TlsTerminator *tls) { m_tls = tls; }
    void closeAll();

    int sourcePort() const { return m_source ? m_source->serverPort() : 0; } ///< as bound
    int listenPort() const { return m_listen ? m_listen->serverPort() : 0; }
    bool hasLeftBehind() const { return !m_leftBehind.empty(); }
    /// Closes the ports left behind on which nobody listens any more.
    void closeEmpty(const std::function<int(quint16 port)> &listenersOn);

signals:
    void refused(const cycast::Refusal &refusal); ///< see FrontDoor

private:
    using Door = std::unique_ptr<FrontDoor>;

    Result<Door> openDoor(const QString &host, int port);

    FrontDoor::Handler m_handler;
    TlsTerminator *m_tls = nullptr;
    DoorOptions m_options;
    Door m_source;
    Door m_listen;
    std::vector<Door> m_leftBehind;
};

} // namespace cycast
