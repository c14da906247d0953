// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/offthread.h"

#include <QList>
#include <QObject>
#include <QString>

namespace cycast
{

/// What the station asks of this computer's processors: to go before others (advanced.nice), and which of
/// them (advanced.cpus). What the system refuses, RealtimeKit is asked for, away from the calling thread;
/// what that refuses as well is told in the log. For the whole process: one of them.
class SystemShare : public QObject
{
    Q_OBJECT

public:
    explicit SystemShare(QObject *parent = nullptr); ///< what is in force now is "as started"

    /// `nice` -20 to 0, 0: as started. `cpus` as cpusFrom() reads them, empty: as started.
    void claim(int nice, const QString &cpus);

signals:
    /// RealtimeKit has answered.
    void answered(bool isPermitted);

private:
    void tellRefusal(int nice, const QString &reason);

    const int m_startNiceness;
    const QList<int> m_startCpus;
    OffThread<SystemShare> m_off;
};

} // namespace cycast
