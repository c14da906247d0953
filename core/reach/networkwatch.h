// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/offthread.h"

#include <QObject>

#include <memory>
#include <optional>

class QSocketNotifier;

namespace cycast
{

/// Says when this computer's addresses or its way out have become different ones. The kernel tells (netlink);
/// nothing is asked while nothing happens, and then by a thread of its own. Elsewhere than on Linux it never
/// says anything.
class NetworkWatch : public QObject
{
    Q_OBJECT

public:
    explicit NetworkWatch(QObject *parent = nullptr);
    ~NetworkWatch() override;

    void setOn(bool on);

signals:
    void changed();

private:
    void read();
    void look();
    void compare(const QString &fingerprint);

    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::optional<QString> m_fingerprint; ///< none: not looked at since it was set on
    bool m_isLooking = false;
    bool m_looksAgain = false; ///< something happened meanwhile
    OffThread<NetworkWatch> m_off;
};

} // namespace cycast
