// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/sandbox.h"

#include "core/audio/mpeg/mpegheader.h"
#include "tests/support/slack.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTest>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{

Sandbox::Sandbox()
{
    QDir().mkpath(path(u"runtime"_s));
    QFile::setPermissions(path(u"runtime"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QProcessEnvironment Sandbox::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, path(u"home"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, path(u"config"_s));
    environment.insert(u"XDG_DATA_HOME"_s, path(u"data"_s));
    environment.insert(u"XDG_STATE_HOME"_s, path(u"state"_s));
    environment.insert(u"XDG_CACHE_HOME"_s, path(u"cache"_s));
    environment.insert(u"XDG_RUNTIME_DIR"_s, path(u"runtime"_s));
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.remove(u"CYCAST_LOG_LEVEL"_s);
    environment.remove(u"http_proxy"_s);
    return environment;
}

void Sandbox::write(const QString &name, const QByteArray &content) const
{
    QDir().mkpath(QFileInfo(path(name)).path());
    QFile file(path(name));
    QVERIFY2(file.open(QIODevice::WriteOnly | QIODevice::Truncate), qPrintable(file.errorString()));
    QCOMPARE(file.write(content), content.size());
}

QByteArray Sandbox::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ProgramResult Sandbox::run(const QString &program, const QStringList &arguments, int timeoutMs,
                           const QProcessEnvironment &environment) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessEnvironment(environment.isEmpty() ? this->environment() : environment);
    process.setStandardInputFile(QProcess::nullDevice());
    endWithTest(process);
    process.start(program, arguments);
    ProgramResult result;
    if (waitUntil([&process] { return process.state() == QProcess::NotRunning; }, timeoutMs)) {
        if (process.exitStatus() == QProcess::NormalExit && process.error() != QProcess::FailedToStart)
            result.exitCode = process.exitCode();
    } else {
        process.kill();
        process.waitForFinished();
    }
    result.output = process.readAllStandardOutput();
    result.errors = process.readAllStandardError();
    return result;
}

std::unique_ptr<QProcess> Sandbox::start(const QString &program, const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setWorkingDirectory(m_folder.path());
    process->setProcessEnvironment(environment());
    endWithTest(*process);
    process->start(program, arguments);
    return process;
}

void endWithTest(QProcess &process)
{
#ifdef Q_OS_LINUX
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
#else
    Q_UNUSED(process)
#endif
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

QList<qsizetype> frameStarts(const QByteArray &audio)
{
    QList<qsizetype> starts;
    qsizetype position = 0;
    while (position + 4 <= audio.size()) {
        const auto header = parseMpegHeader(QByteArrayView(audio).sliced(position));
        if (!header)
            return {};
        starts.append(position);
        position += header->frameBytes;
    }
    return starts;
}

QByteArray decodingFaults(const Sandbox &sandbox, const QByteArray &audio)
{
    sandbox.write(u"decoded.mp3"_s, audio);
    const ProgramResult result =
        sandbox.run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-xerror"_s, u"-f"_s, u"mp3"_s, u"-i"_s,
                                  sandbox.path(u"decoded.mp3"_s), u"-f"_s, u"null"_s, u"-"_s});
    if (result.exitCode != 0 && result.errors.isEmpty())
        return "ffmpeg ended with " + QByteArray::number(result.exitCode);
    return result.errors;
}

QByteArray probingFaults(const Sandbox &sandbox, const QByteArray &audio)
{
    sandbox.write(u"decoded.mp3"_s, audio);
    const ProgramResult result = sandbox.run(
        u"ffprobe"_s, {u"-v"_s, u"error"_s, u"-f"_s, u"mp3"_s, u"-show_entries"_s, u"frame=nb_samples"_s,
                       u"-of"_s, u"csv"_s, sandbox.path(u"decoded.mp3"_s)});
    const qsizetype frames = frameStarts(audio).size();
    const qsizetype decoded = result.output.count('\n');
    if (result.exitCode == 0 && result.errors.isEmpty() && decoded != frames)
        return QByteArray::number(decoded) + " of " + QByteArray::number(frames) + " frames decoded";
    return result.errors;
}

bool makeTone(const Sandbox &sandbox, const QString &name, int hertz, double seconds,
              const QStringList &options)
{
    QDir().mkpath(QFileInfo(sandbox.path(name)).path());
    const QString tone = u"sine=frequency=%1:duration=%2"_s.arg(hertz).arg(seconds);
    const QStringList input{u"-v"_s, u"error"_s, u"-y"_s, u"-f"_s,  u"lavfi"_s, u"-i"_s,
                            tone,    u"-ac"_s,   u"2"_s,  u"-ar"_s, u"44100"_s};
    return sandbox.run(u"ffmpeg"_s, input + options + QStringList{sandbox.path(name)}).exitCode == 0;
}

bool makeTitledTone(const Sandbox &sandbox)
{
    const QStringList names = titledToneTitle().split(u" - "_s);
    return makeTone(sandbox, u"music/1.mp3"_s, 440, 300,
                    {u"-b:a"_s, u"128k"_s, u"-metadata"_s, u"title="_s + names.last(), u"-metadata"_s,
                     u"artist="_s + names.first()});
}

QString titledToneTitle()
{
    return QStringLiteral("\u5C71\u7530 - B\u00E4ume im Wind");
}

} // namespace cycast::test
