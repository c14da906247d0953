// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace cycast
{

/// Says when this computer's addresses or its way out have become different ones. The kernel tells (netlink);
/// nothing is asked while nothing happens. Elsewhere than on Linux it never says anything.
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

    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QString m_fingerprint;
};

} // namespace cycast
