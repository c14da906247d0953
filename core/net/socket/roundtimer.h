// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>

namespace cycast
{

/// A single-shot alarm at an absolute monotonic time, exact below a millisecond where the platform can
/// (timerfd on Linux; QTimer, rounded up, elsewhere). Setting it again replaces the alarm; it costs nothing
/// while it is not set.
class RoundTimer : public QObject
{
    Q_OBJECT

public:
    explicit RoundTimer(QObject *parent = nullptr);
    ~RoundTimer() override;

    void startAt(qint64 monotonicTimeNs);
    void stop();

signals:
    void expired();

private:
    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_fallback;
};

} // namespace cycast
