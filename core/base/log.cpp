// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

#include "core/base/escaping.h"
#include "core/base/monotonic.h"
#include "core/base/threadhop.h"

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

Q_LOGGING_CATEGORY(lcStation, "cycast.station", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSource, "cycast.source", QtInfoMsg)
Q_LOGGING_CATEGORY(lcListener, "cycast.listener", QtInfoMsg)
Q_LOGGING_CATEGORY(lcBroadcaster, "cycast.broadcaster", QtInfoMsg)
Q_LOGGING_CATEGORY(lcBuffer, "cycast.buffer", QtInfoMsg)
Q_LOGGING_CATEGORY(lcPlaylist, "cycast.playlist", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSettings, "cycast.settings", QtInfoMsg)

namespace
{

constexpr int standardError = 2;
constexpr int longestLine = 2000;

std::mutex activeMutex;
LogSink *active = nullptr;

LogEntry::Level levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return LogEntry::Level::Debug;
    case QtInfoMsg:
        return LogEntry::Level::Info;
    case QtWarningMsg:
        return LogEntry::Level::Warning;
    default:
        return LogEntry::Level::Error;
    }
}

const char *levelName(LogEntry::Level level)
{
    static constexpr const char *names[] = {"DEBUG", "INFO", "WARNING", "ERROR"};
    return names[static_cast<int>(level)];
}

LogEntry::Level levelFromEnvironment()
{
    const QByteArray wanted = qgetenv("CYCAST_LOG_LEVEL").toUpper();
    for (const auto level : {LogEntry::Level::Debug, LogEntry::Level::Warning, LogEntry::Level::Error}) {
        if (wanted == levelName(level))
            return level;
    }
    return LogEntry::Level::Info;
}

} // namespace

void setVerboseLogging(bool on)
{
    // Whoever asked for DEBUG in the environment gets it whatever the settings say.
    const bool wanted = on || levelFromEnvironment() == LogEntry::Level::Debug;
    QLoggingCategory::setFilterRules(wanted ? u"cycast.*.debug=true"_s : QString());
}

LogSink::LogSink(QObject *parent)
    : QObject(parent)
    , m_threshold(levelFromEnvironment())
    , m_writer(standardError)
{
    setVerboseLogging(false);
    m_gather.setSingleShot(true);
    m_gather.setTimerType(Qt::PreciseTimer); // never before the time has come
    m_gather.setInterval(static_cast<int>(LineBudget::gatherMs) + 10);
    connect(&m_gather, &QTimer::timeout, this, [this] {
        const std::lock_guard waiting(m_mutex);
        m_gatherQueued = false;
        tellGathered(monotonicMs());
    });
    const std::lock_guard lock(activeMutex);
    active = this;
    m_previous = qInstallMessageHandler(&LogSink::receive);
}

LogSink::~LogSink()
{
    {
        const std::lock_guard lock(activeMutex);
        qInstallMessageHandler(m_previous);
        active = nullptr;
    }
    const std::lock_guard lock(m_mutex);
    tellGathered(monotonicMs() + LineBudget::gatherMs);
}

void LogSink::setSecrets(const QStringList &secrets)
{
    const std::lock_guard lock(m_mutex);
    m_secrets = secrets;
    m_secrets.removeAll(QString());
}

void LogSink::receive(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QString category = QString::fromLatin1(context.category);
    LogEntry entry;
    entry.level = levelOf(type);
    entry.when = QDateTime::currentDateTime();
    entry.room = category.startsWith(u"cycast."_s) ? category.mid(7) : u"system"_s;
    entry.text = logEscaped(text, longestLine);
    entry.sentence =
        takeSpokenSentence(text).mapped([](const QString &part) { return logEscaped(part, longestLine); });
    const std::lock_guard lock(activeMutex);
    if (!active)
        return;
    active->take(std::move(entry));
    constexpr int lastWordsMs = 1'000;
    if (type == QtFatalMsg) // this process ends when this returns
        active->m_writer.flush(lastWordsMs);
}

LineBudget *LogSink::budgetOf(const QString &room)
{
    return room == "listener"_L1 ? &m_aboutListeners : room == "source"_L1 ? &m_aboutSources : nullptr;
}

// m_mutex is held.
void LogSink::tellGathered(qint64 atMs)
{
    const auto tell = [this](const QString &room, int lines, const Sentence &wording) {
        const Sentence sentence = wording.arg(lines);
        if (lines > 0)
            pass({LogEntry::Level::Warning, QDateTime::currentDateTime(), room, sentence, sentence});
    };
    tell(u"listener"_s, m_aboutListeners.gathered(atMs),
         Core::tr("%1 more lines about listeners were left out."));
    tell(u"source"_s, m_aboutSources.gathered(atMs),
         Core::tr("%1 more lines about live sources were left out."));
    if ((m_aboutListeners.isOwing() || m_aboutSources.isOwing()) && active == this) {
        m_gatherQueued = true;
        hopTo(this, [this] { m_gather.start(); });
    }
}

void LogSink::take(LogEntry entry)
{
    const std::lock_guard lock(m_mutex);
    if (LineBudget *budget = budgetOf(entry.room); budget && !budget->take(monotonicMs())) {
        if (!std::exchange(m_gatherQueued, true))
            hopTo(this, [this] { m_gather.start(); });
        return;
    }
    pass(std::move(entry));
}

// m_mutex is held.
void LogSink::pass(LogEntry entry)
{
    const auto withoutSecrets = [this](QString text) {
        for (const QString &secret : std::as_const(m_secrets))
            text.replace(secret, u"(secret)"_s);
        return text;
    };
    entry.text = withoutSecrets(entry.text);
    entry.sentence = entry.sentence.mapped(withoutSecrets);
    // Debug lines are only made when somebody asked for them: then they are shown.
    if (entry.level >= m_threshold || entry.level == LogEntry::Level::Debug) {
        const QByteArray line = entry.when.toString(u"yyyy-MM-dd HH:mm:ss.zzz "_s).toUtf8() +
                                levelName(entry.level) + " [" + entry.room.toUtf8() + "] " +
                                entry.text.toUtf8() + '\n';
        m_writer.write(line);
    }
    m_waiting.push_back(std::move(entry));
    if (m_waiting.size() > 1000)
        m_waiting.pop_front();
    if (!m_deliveryQueued) {
        m_deliveryQueued = true;
        hopTo(this, [this] { deliver(); });
    }
}

void LogSink::deliver()
{
    std::deque<LogEntry> entries;
    {
        const std::lock_guard lock(m_mutex);
        entries.swap(m_waiting);
        m_deliveryQueued = false;
    }
    for (const LogEntry &entry : entries)
        emit logged(entry);
}

} // namespace cycast
