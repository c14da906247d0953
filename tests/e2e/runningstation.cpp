// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/runningstation.h"

#include "tests/e2e/streamlistener.h"
#include "tests/support/slack.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QUrl>

#include <csignal>

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{
namespace
{

/// music/1.mp3 to 3.mp3; made once for all stations of a test program.
bool putTones(const Sandbox &sandbox)
{
    static QList<QByteArray> tones;
    for (int i = 0; i < 3; ++i) {
        const QString name = u"music/%1.mp3"_s.arg(i + 1);
        if (i < tones.size()) {
            sandbox.write(name, tones[i]);
            continue;
        }
        if (!makeTone(sandbox, name, 200 * (i + 1), 40))
            return false;
        tones.append(sandbox.read(name));
    }
    return true;
}

} // namespace

RunningStation::RunningStation(const Sandbox &sandbox)
    : m_sandbox(sandbox)
{
}

RunningStation::~RunningStation()
{
    if (isRunning()) {
        m_process.kill();
        m_process.waitForFinished();
    }
    if (QTest::currentTestFailed())
        qInfo("cycastd said:\n%s", errors().constData());
}

QByteArray RunningStation::settingsText(const QByteArray &more)
{
    return QByteArray("server {\n"
                      "  host = \"127.0.0.1\"\n"
                      "  source_port = 0\n"
                      "  listen_port = 0\n"
                      "  source_password = \"") +
           testPassPhrase +
           "\"\n"
           "}\n"
           "playlist {\n"
           "  directory = \"./music\"\n"
           "  shuffle = false\n"
           "}\n"
           "encoder {\n"
           "  live = \"pass\"\n" // what is sent is what is looked for
           "}\n" +
           more;
}

bool RunningStation::start(const QByteArray &settings, const QProcessEnvironment &environment)
{
    if (!m_ownMusic && !putTones(m_sandbox))
        return false;
    writeSettings(settings);
    m_process.setWorkingDirectory(m_sandbox.path(u"."_s));
    m_process.setProcessEnvironment(environment.isEmpty() ? m_sandbox.environment() : environment);
    endWithTest(m_process);
    m_process.start(builtProgram(u"cycastd"_s), {u"--any-port"_s, u"-c"_s, configPath()});
    if (!waitUntil([this] { return output().contains('\n') || !isRunning(); }, 60'000)) {
        kill(); // the next try is another program's
        return false;
    }
    static const QRegularExpression ready(
        u"^ready: listen at (\\S+) \\(here: (\\S+)\\), web page \\S+, live sources on port (\\d+)\\n"_s);
    const QRegularExpressionMatch match = ready.match(QString::fromUtf8(m_output));
    m_streamUrl = match.captured(2);
    m_listenPort = static_cast<quint16>(QUrl(m_streamUrl).port(0));
    m_sourcePort = static_cast<quint16>(match.captured(3).toInt());
    return m_listenPort != 0 && m_sourcePort != 0;
}

QString RunningStation::url(const QString &path) const
{
    return u"http://127.0.0.1:%1%2"_s.arg(m_listenPort).arg(path);
}

void RunningStation::writeSettings(const QByteArray &settings) const
{
    m_sandbox.write(u"config.hcl"_s, settings);
}

void RunningStation::signal(int number) const
{
    ::kill(static_cast<pid_t>(m_process.processId()), number);
}

void RunningStation::hangUp() const
{
    signal(SIGHUP);
}

int RunningStation::end()
{
    if (isRunning())
        signal(SIGTERM);
    if (!waitUntil([this] { return !isRunning(); }, 10'000))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

void RunningStation::kill()
{
    m_process.kill();
    m_process.waitForFinished(10'000);
}

QByteArray RunningStation::output()
{
    m_output += m_process.readAllStandardOutput();
    return m_output;
}

QByteArray RunningStation::errors()
{
    m_errors += m_process.readAllStandardError();
    return m_errors;
}

QJsonObject RunningStation::json(const QString &path) const
{
    return QJsonDocument::fromJson(httpGet(m_listenPort, path.toLatin1()).body).object();
}

} // namespace cycast::test
