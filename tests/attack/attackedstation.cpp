// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/attack/attackedstation.h"

#include "tests/support/paths.h"
#include "tests/support/slack.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QUrl>

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{
namespace
{

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

AttackedStation::AttackedStation() = default;

AttackedStation::~AttackedStation()
{
    m_listener.reset();
    if (isRunning()) {
        m_process.kill();
        m_process.waitForFinished();
    }
    for (const int end : m_unread) {
        if (end >= 0)
            ::close(end);
    }
    if (QTest::currentTestFailed())
        qInfo("cycastd said:\n%s", errors().right(4000).constData());
}

bool AttackedStation::start(const QByteArray &more, int descriptors)
{
    QDir(m_folder.path()).mkpath(u"music"_s);
    for (int i = 0; i < m_tracks.size(); ++i) {
        QFile track(path(u"music/%1.mp3"_s.arg(i + 1, 4, 10, QChar(u'0'))));
        if (!track.open(QIODevice::WriteOnly))
            return false;
        track.write(stampedFrames(i + 1, m_tracks[i]));
    }
    QFile config(path(u"config.hcl"_s));
    if (!config.open(QIODevice::WriteOnly))
        return false;
    config.write(QByteArray("server {\n  host = \"127.0.0.1\"\n  source_port = 0\n  listen_port = 0\n"
                            "  source_password = \"") +
                 passPhrase +
                 "\"\n}\nplaylist {\n  directory = \"./music\"\n  shuffle = false\n}\n"
                 "encoder {\n  live = \"pass\"\n}\n" +
                 more);
    config.close();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"XDG_CONFIG_HOME"_s, u"XDG_STATE_HOME"_s, u"XDG_CACHE_HOME"_s,
                                u"XDG_DATA_HOME"_s, u"XDG_MUSIC_DIR"_s, u"HOME"_s})
        environment.insert(name, path(u"home"_s));
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(m_folder.path());
    if (m_leavesErrors) {
        if (::pipe2(m_unread, O_CLOEXEC) != 0 || ::fcntl(m_unread[1], F_SETPIPE_SZ, 4096) < 0)
            return false;
    }
    m_process.setChildProcessModifier([descriptors, errors = m_unread[1]] {
        if (errors >= 0)
            ::dup2(errors, STDERR_FILENO);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (descriptors > 0) {
            const rlimit limit{static_cast<rlim_t>(descriptors), static_cast<rlim_t>(descriptors)};
            ::setrlimit(RLIMIT_NOFILE, &limit);
        }
    });
    const QString other = qEnvironmentVariable("CYCAST_ATTACK_PROGRAM"); // an earlier one, for comparison
    m_process.start(other.isEmpty() ? builtProgram(u"cycastd"_s) : other,
                    {u"--any-port"_s, u"-c"_s, path(u"config.hcl"_s)});
    QByteArray output;
    if (!waitUntil([&] { return (output += m_process.readAllStandardOutput()).contains('\n'); }, 30'000))
        return false;
    static const QRegularExpression ready(u"here: (\\S+)\\), .*live sources on port (\\d+)"_s);
    const QRegularExpressionMatch match = ready.match(QString::fromUtf8(output));
    m_listenPort = QUrl(match.captured(1)).port(0);
    m_sourcePort = match.captured(2).toInt();
    m_listener = std::make_unique<StreamClient>(m_listenPort);
    // Files are looked into before they are played, and the first ones are played at once: until it has read
    // ahead, a busy computer may hear silence.
    static const QRegularExpression ahead(u"\"ahead_seconds\":(\\d+)"_s);
    const auto hasReadAhead = [this] {
        return ahead.match(QString::fromUtf8(get("/api/stats"))).captured(1).toInt() >= 10;
    };
    if (!waitUntil([this] { return m_listener->heard().count(1) > 40; }, 30'000) ||
        !waitUntil(hasReadAhead, 30'000))
        return false;
    m_runsBefore = m_listener->heard().runs().size();
    m_waitedBeforeNs = waitedForProcessorNs(m_process.processId());
    return true;
}

QString AttackedStation::listenerFault(int longestPauseMs) const
{
    const StampedStream heard = m_listener->heard();
    if (m_listener->hasEnded())
        return u"the connection ended"_s;
    if (!heard.fault().isEmpty())
        return heard.fault();
    if (const QString fault = heard.sequenceFault(QList<int>{0} + m_tracks); !fault.isEmpty())
        return fault;
    const QList<HeardRun> runs = heard.runs();
    const bool isSilentLater =
        std::any_of(runs.begin() + qMin(m_runsBefore, runs.size()), runs.end(),
                    [](const HeardRun &run) { return run.kind == HeardFrame::Kind::Silent; });
    if (isSilentLater)
        return u"silence: "_s + heard.summary();
    const qint64 waitedMs = (waitedForProcessorNs(m_process.processId()) - m_waitedBeforeNs) / 1'000'000;
    if (const qint64 pauseMs = m_listener->longestPauseNs() / 1'000'000; pauseMs > longestPauseMs + waitedMs)
        return u"nothing came for %1 ms"_s.arg(pauseMs);
    return {};
}

int AttackedStation::descriptors() const
{
    return static_cast<int>(QDir(u"/proc/%1/fd"_s.arg(m_process.processId()))
                                .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
                                .size());
}

qint64 AttackedStation::residentBytes() const
{
    const QList<QByteArray> fields = readAll(u"/proc/%1/statm"_s.arg(m_process.processId())).split(' ');
    return fields.size() > 1 ? fields[1].toLongLong() * ::sysconf(_SC_PAGESIZE) : -1;
}

double AttackedStation::cpuSeconds() const
{
    const QByteArray stat = readAll(u"/proc/%1/stat"_s.arg(m_process.processId()));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 12
               ? (fields[11].toDouble() + fields[12].toDouble()) / static_cast<double>(::sysconf(_SC_CLK_TCK))
               : -1.0;
}

qint64 AttackedStation::kernelBytes() const
{
    // "0: 0100007F:1F41 0100007F:D431 01 00004E20:00000000 ...": both ends, the state, and what waits to be
    // sent and to be read, in hexadecimal.
    const QByteArray port = ':' + QByteArray::number(m_listenPort, 16).toUpper().rightJustified(4, '0');
    qint64 waiting = 0;
    for (const QString &table : {u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s}) {
        for (const QByteArray &line : readAll(table).split('\n')) {
            const QList<QByteArray> fields = line.simplified().split(' ');
            // Of the station's end: what waits at the other one is on the attacker's own machine.
            if (fields.size() < 5 || !fields[1].endsWith(port))
                continue;
            for (const QByteArray &bytes : fields[4].split(':'))
                waiting += bytes.toLongLong(nullptr, 16);
        }
    }
    return waiting;
}

QByteArray AttackedStation::get(const QByteArray &path) const
{
    return bodyOf(exchange(m_listenPort, "GET " + path + " HTTP/1.0\r\n\r\n"));
}

bool AttackedStation::end()
{
    m_process.terminate();
    return m_process.waitForFinished(20'000) && m_process.exitStatus() == QProcess::NormalExit &&
           m_process.exitCode() == 0;
}

QByteArray AttackedStation::errors()
{
    return m_errors += m_process.readAllStandardError();
}

} // namespace cycast::test
