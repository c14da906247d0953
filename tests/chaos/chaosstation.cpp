// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/chaosstation.h"

#include "tests/support/paths.h"
#include "tests/support/stampedframes.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QUrl>

#include <csignal>
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

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

ChaosStation::ChaosStation() = default;

ChaosStation::~ChaosStation()
{
    if (isRunning()) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

QByteArray ChaosStation::settingsText(const QByteArray &more) const
{
    return QByteArray("server {\n  host = \"127.0.0.1\"\n  source_port = 0\n  listen_port = 0\n"
                      "  source_password = \"") +
           passPhrase +
           "\"\n}\nplaylist {\n  directory = \"./music\"\n  shuffle = true\n}\n"
           "encoder {\n  live = \"pass\"\n}\nbuffer {\n  size_mb = 1\n}\n"
           "recording {\n  directory = \"./recordings\"\n}\n" +
           more;
}

bool ChaosStation::start()
{
    int source = 0;
    for (const QString &folder : {u"music/a"_s, u"music/b"_s}) {
        QDir(m_folder.path()).mkpath(folder);
        for (int i = 0; i < tracksPerFolder; ++i) {
            ++source;
            if (!write(path(u"%1/%2.mp3"_s.arg(folder).arg(source)),
                       stampedFrames(source, 400 + 150 * source))) // 14 s to a minute
                return false;
        }
    }
    QDir(m_folder.path()).mkpath(u"away"_s);
    if (!write(path(u"config.hcl"_s), settingsText({})))
        return false;
    QFile::setPermissions(path(u"config.hcl"_s), QFile::ReadOwner | QFile::WriteOwner);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"XDG_CONFIG_HOME"_s, u"XDG_STATE_HOME"_s, u"XDG_CACHE_HOME"_s,
                                u"XDG_DATA_HOME"_s, u"XDG_MUSIC_DIR"_s, u"HOME"_s})
        environment.insert(name, path(u"home"_s));
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(m_folder.path());
    m_process.setStandardErrorFile(logPath());
    m_process.setChildProcessModifier([] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const rlimit few{mostDescriptors, mostDescriptors};
        ::setrlimit(RLIMIT_NOFILE, &few);
        std::signal(SIGXFSZ, SIG_IGN); // a full disk is an error of write(), no signal
    });
    m_process.start(builtProgram(u"cycastd"_s), {u"--any-port"_s, u"-c"_s, path(u"config.hcl"_s)});
    QByteArray output;
    for (const QDeadlineTimer deadline(30'000); !output.contains('\n') && !deadline.hasExpired();) {
        m_process.waitForReadyRead(1'000);
        output += m_process.readAllStandardOutput();
    }
    static const QRegularExpression ready(u"here: (\\S+)\\), .*live sources on port (\\d+)"_s);
    const QRegularExpressionMatch match = ready.match(QString::fromUtf8(output));
    m_listenPort = QUrl(match.captured(1)).port(0);
    m_sourcePort = match.captured(2).toInt();
    return m_listenPort > 0;
}

bool ChaosStation::end()
{
    m_process.terminate();
    return m_process.waitForFinished(20'000) && m_process.exitStatus() == QProcess::NormalExit &&
           m_process.exitCode() == 0;
}

QList<qint64> ChaosStation::helpers() const
{
    QList<qint64> found;
    for (const QByteArray &id : readAll(u"/proc/%1/task/%1/children"_s.arg(pid())).simplified().split(' ')) {
        if (id.toLongLong() > 1)
            found.append(id.toLongLong());
    }
    // Qt starts processes from the thread that asks.
    const QStringList tasks =
        QDir(u"/proc/%1/task"_s.arg(pid())).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &task : tasks) {
        for (const QByteArray &id :
             readAll(u"/proc/%1/task/%2/children"_s.arg(pid()).arg(task)).simplified().split(' ')) {
            if (id.toLongLong() > 1 && !found.contains(id.toLongLong()))
                found.append(id.toLongLong());
        }
    }
    return found;
}

void ChaosStation::setSettings(const QByteArray &more)
{
    // Aside and swapped: it must never be read half.
    write(path(u"config.new"_s), settingsText(more));
    QFile::setPermissions(path(u"config.new"_s), QFile::ReadOwner | QFile::WriteOwner);
    ::rename(QFile::encodeName(path(u"config.new"_s)).constData(),
             QFile::encodeName(path(u"config.hcl"_s)).constData());
    ::kill(static_cast<pid_t>(pid()), SIGHUP);
}

void ChaosStation::limit(int what, qint64 most)
{
    rlimit limits{};
    const auto resource = static_cast<__rlimit_resource>(what);
    if (::prlimit(static_cast<pid_t>(pid()), resource, nullptr, &limits) != 0)
        return;
    limits.rlim_cur = most < 0 ? limits.rlim_max : static_cast<rlim_t>(most);
    ::prlimit(static_cast<pid_t>(pid()), resource, &limits, nullptr);
}

int ChaosStation::descriptors() const
{
    return static_cast<int>(QDir(u"/proc/%1/fd"_s.arg(pid()))
                                .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
                                .size());
}

qint64 ChaosStation::residentBytes() const
{
    const QList<QByteArray> fields = readAll(u"/proc/%1/statm"_s.arg(pid())).split(' ');
    return fields.size() > 1 ? fields[1].toLongLong() * ::sysconf(_SC_PAGESIZE) : -1;
}

double ChaosStation::cpuSeconds() const
{
    const QByteArray stat = readAll(u"/proc/%1/stat"_s.arg(pid()));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 12
               ? (fields[11].toDouble() + fields[12].toDouble()) / static_cast<double>(::sysconf(_SC_CLK_TCK))
               : -1.0;
}

} // namespace cycast::test
