// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/offthread.h"
#include "core/reach/lease.h"
#include "core/reach/networkwatch.h"
#include "core/reach/walk.h"
#include "core/values/reachreport.h"

#include <QObject>
#include <QTimer>

namespace cycast
{

/// Whether the world can hear the station, and the port of the router that lets it. Lives in the station's
/// thread and never blocks it: what waits for routers is done by a thread of its own, one thing at a time.
///
/// Off the air it asks nobody anything. On the air it looks when it is asked to, and, with `opens`, keeps the
/// port open: a few packets at half of the lease, nothing in between.
class Reach : public QObject
{
    Q_OBJECT

public:
    explicit Reach(QObject *parent = nullptr);
    ~Reach() override; ///< gives the port back: five seconds at most

    struct Options {
        QString host;
        int port = 0; ///< as bound; 0: off the air
        QString mount;
        bool opens = false; ///< reach.open_port
        bool operator==(const Options &) const = default;
    };
    void setOptions(const Options &options);
    /// Looks now; the answer is changed(), at once with isLooking and later with what was found.
    void look();
    /// Somebody at this address listens: no stranger's address, no news.
    void noteListener(const QHostAddress &address);

    const ReachReport &report() const { return m_report; }

signals:
    void changed(const cycast::ReachReport &report);
    /// What somebody should know who does not look: the port was opened, lost or given back.
    void told(const cycast::Sentence &sentence, bool isProblem);

private:
    WalkOptions walkOptions(const Options &options) const;
    bool isWished() const;
    void follow();
    void proceed();
    void startWalk();
    void startRenewal();
    void startClosing();
    void takeWalk(const WalkResult &result, const Options &askedFor);
    void takeRenewal(const RenewResult &result);
    void takeClosed();
    void judge();
    void setReport(const ReachReport &report);

    Options m_options;
    Options m_openedWith; ///< what the held ports belong to
    QByteArray m_identity;
    Lease m_lease;
    NetworkWatch m_network;
    QTimer m_timer;
    Evidence m_evidence;
    HeldPort m_held4;
    HeldPort m_held6;
    ReachReport m_report;
    QHostAddress m_heardFrom4;
    QHostAddress m_heardFrom6;
    bool m_isBusy = false;    ///< something is done by the thread
    bool m_wantsLook = false; ///< as soon as it is free
    std::shared_ptr<std::atomic_bool> m_isGivenUp = std::make_shared<std::atomic_bool>(false);
    OffThread<Reach> m_work;
};

} // namespace cycast
