// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/linebudget.h"
#include "core/base/linewriter.h"
#include "core/base/logentry.h"

#include <QLoggingCategory>
#include <QObject>
#include <QTimer>

#include <deque>
#include <mutex>

namespace cycast
{

// One category per room; their debug level is the verbose log (advanced.verbose_logging).
Q_DECLARE_LOGGING_CATEGORY(lcStation)
Q_DECLARE_LOGGING_CATEGORY(lcSource)
Q_DECLARE_LOGGING_CATEGORY(lcListener)
Q_DECLARE_LOGGING_CATEGORY(lcBroadcaster)
Q_DECLARE_LOGGING_CATEGORY(lcBuffer)
Q_DECLARE_LOGGING_CATEGORY(lcPlaylist)
Q_DECLARE_LOGGING_CATEGORY(lcSettings)

/// Switches the debug level of all rooms; off, a debug line costs one comparison. Thread-safe.
void setVerboseLogging(bool on);

/// Takes all messages of the process: writes them to stderr from `CYCAST_LOG_LEVEL` on (DEBUG, INFO, WARNING,
/// ERROR; default INFO), one line each whatever they contain, and passes them on as values.
/// What the rooms "listener" and "source" say is caused by strangers: each has a budget of lines
/// (LineBudget), above which they are gathered into one. Whoever logs never waits for the one who reads
/// (LineWriter). One at a time; lives in the main thread, thread-safe to log into.
class LogSink : public QObject
{
    Q_OBJECT

public:
    explicit LogSink(QObject *parent = nullptr);
    ~LogSink() override;

    /// The text of secrets (pass phrases) never gets through: it is replaced in every line.
    void setSecrets(const QStringList &secrets);

signals:
    /// In the main thread, in order; in bursts the oldest of more than 1,000 waiting lines go.
    void logged(const cycast::LogEntry &entry);

private:
    static void receive(QtMsgType type, const QMessageLogContext &context, const QString &text);
    void take(LogEntry entry);
    void pass(LogEntry entry);
    LineBudget *budgetOf(const QString &room);
    void tellGathered(qint64 atMs);
    void deliver();

    std::mutex m_mutex;
    std::deque<LogEntry> m_waiting;
    bool m_deliveryQueued = false;
    QStringList m_secrets;
    LogEntry::Level m_threshold = LogEntry::Level::Info;
    QtMessageHandler m_previous = nullptr;
    LineBudget m_aboutListeners;
    LineBudget m_aboutSources;
    bool m_gatherQueued = false;
    QTimer m_gather; ///< what was left out is told soon, whether anything else is said or not
    LineWriter m_writer;
};

} // namespace cycast
