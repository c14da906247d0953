// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace cycast
{

/// SIGTERM, SIGINT and SIGHUP as Qt signals of the main thread. One at a time. Does nothing on Windows.
class UnixSignals : public QObject
{
    Q_OBJECT

public:
    explicit UnixSignals(QObject *parent = nullptr);
    ~UnixSignals() override;

signals:
    void endRequested();    ///< SIGTERM, SIGINT
    void reloadRequested(); ///< SIGHUP

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace cycast
