// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/livetrial.h"

#include "core/audio/framing.h"
#include "tests/e2e/streamlistener.h"
#include "tests/support/slack.h"

#include <QDir>
#include <QTcpServer>
#include <QTest>
#include <QtEndian>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{
namespace
{

constexpr int toneHertz = 1000;

const Sandbox &files()
{
    static const Sandbox sandbox;
    return sandbox;
}

bool isRoot()
{
#ifdef Q_OS_UNIX
    return ::geteuid() == 0;
#else
    return false;
#endif
}

/// Two free ports, one behind the other.
quint16 freePair()
{
    for (int i = 0; i < 100; ++i) {
        QTcpServer first;
        QTcpServer second;
        if (first.listen(QHostAddress::LocalHost) && first.serverPort() < 65535 &&
            second.listen(QHostAddress::LocalHost, static_cast<quint16>(first.serverPort() + 1)))
            return first.serverPort();
    }
    return 0;
}

} // namespace

QString LiveTrial::folder()
{
    return files().path(u"."_s);
}

bool LiveTrial::makeFiles()
{
    if (QFile::exists(files().path(u"live.aac"_s)))
        return true;
    QFile::setPermissions(folder(), QFile::Permissions(0x7777)); // for programs that refuse to be root
    const QStringList tags{u"-metadata"_s, u"artist=Test"_s, u"-metadata"_s, u"title=Tone"_s};
    const auto make = [&tags](const QString &name, const QStringList &options) {
        return makeTone(files(), name, toneHertz, 60, options + tags);
    };
    return make(u"live.mp3"_s, {u"-b:a"_s, u"128k"_s}) && make(u"live.ogg"_s, {u"-c:a"_s, u"libvorbis"_s}) &&
           make(u"live.opus"_s, {u"-c:a"_s, u"libopus"_s, u"-ar"_s, u"48000"_s, u"-b:a"_s, u"96k"_s}) &&
           make(u"live.oga"_s, {u"-c:a"_s, u"flac"_s, u"-f"_s, u"ogg"_s}) &&
           make(u"live.aac"_s, {u"-c:a"_s, u"aac"_s, u"-b:a"_s, u"128k"_s, u"-f"_s, u"adts"_s});
}

bool LiveTrial::start()
{
    for (int i = 0; i < 5; ++i) {
        const quint16 port = freePair();
        const QByteArray ports = "server {\n  source_port = " + QByteArray::number(port) +
                                 "\n  listen_port = " + QByteArray::number(port + 1) + "\n}\n";
        // A small burst: what a listener hears first is not the playlist from before.
        const QByteArray more =
            ports + "broadcaster {\n  burst_size = 8192\n}\nencoder {\n  live = \"pass\"\n}\n";
        if (m_station.start(RunningStation::settingsText(more)))
            return true;
    }
    return false;
}

QStringList LiveTrial::filledIn(QStringList arguments) const
{
    arguments.replaceInStrings(u"PORT"_s, QString::number(m_station.sourcePort()));
    arguments.replaceInStrings(u"PASSWORD"_s, QString::fromLatin1(testPassPhrase));
    arguments.replaceInStrings(u"FOLDER"_s, folder());
    return arguments;
}

QString LiveTrial::faultOf(const Encoder &encoder)
{
    if (!waitUntil([this] { return !m_station.isLive(); }, 20'000))
        return u"the source before it is still live"_s;
    QString program = encoder.program;
    QStringList arguments = filledIn(encoder.arguments);
    if (encoder.refusesRoot && isRoot()) {
        arguments = QStringList{u"--reuid=nobody"_s,   u"--regid=nogroup"_s,
                                u"--clear-groups"_s,   u"env"_s,
                                u"HOME="_s + folder(), program} +
                    arguments;
        program = u"setpriv"_s;
    }
    const auto source = m_sandbox.start(program, arguments);
    QString fault = heardFault(encoder);
    if (!fault.isEmpty())
        fault += u"\n%1 said: %2"_s.arg(encoder.program,
                                        QString::fromUtf8(source->readAllStandardError().right(1500)) +
                                            QString::fromUtf8(source->readAllStandardOutput().right(1500)));
    source->terminate();
    if (!waitUntil([&source] { return source->state() == QProcess::NotRunning; }, 5000))
        source->kill();
    return fault;
}

QString LiveTrial::heardFault(const Encoder &encoder)
{
    if (!waitUntil([this] { return m_station.isLive(); }, encoder.patienceMs))
        return u"it did not go live"_s;
    StreamListener listener(m_station.listenPort());
    if (!listener.hears(encoder.bytes))
        return u"only %1 bytes were heard"_s.arg(listener.audioBytes());
    const QByteArray head = listener.head().toLower();
    if (!head.contains("content-type: " + encoder.contentType + "\r\n"))
        return QString::fromLatin1("another content type: " + head);
    const QJsonObject status = m_station.status();
    const QString agent = status[u"source"_s][u"program"_s].toString();
    if (!agent.contains(encoder.agent, Qt::CaseInsensitive))
        return u"the program is called %1"_s.arg(agent);
    const auto titleIsTold = [&] {
        return m_station.status()[u"track"_s][u"title"_s].toString() == encoder.title;
    };
    if (!encoder.title.isEmpty() && !waitUntil(titleIsTold, 10'000))
        return u"the title is %1"_s.arg(m_station.status()[u"track"_s][u"title"_s].toString());
    // Whole frames or pages and nothing else; the last one may be torn.
    const auto framer = makeFramer(encoder.contentType);
    FrameBatch frames;
    framer->feed(listener.audio(), frames);
    if (framer->skippedBytes() > 0)
        return u"%1 bytes belong to no frame"_s.arg(framer->skippedBytes());
    const Decoded decoded = decodedBy(m_sandbox, frames.bytes);
    if (!decoded.messages.isEmpty())
        return u"ffmpeg says: %1"_s.arg(QString::fromUtf8(decoded.messages));
    if (decoded.seconds < 0.5 || qAbs(decoded.hertz - toneHertz) > 20)
        return u"%1 s of %2 Hz were heard"_s.arg(decoded.seconds).arg(decoded.hertz);
    return {};
}

Decoded decodedBy(const Sandbox &sandbox, const QByteArray &audio)
{
    constexpr int rate = 8000;
    sandbox.write(u"heard.bin"_s, audio);
    const ProgramResult result =
        sandbox.run(u"ffmpeg"_s,
                    {u"-v"_s, u"error"_s, u"-y"_s, u"-i"_s, sandbox.path(u"heard.bin"_s), u"-f"_s, u"s16le"_s,
                     u"-ac"_s, u"1"_s, u"-ar"_s, QString::number(rate), sandbox.path(u"heard.pcm"_s)});
    Decoded decoded;
    decoded.messages = result.errors;
    const QByteArray pcm = sandbox.read(u"heard.pcm"_s);
    const qsizetype samples = pcm.size() / 2;
    decoded.seconds = static_cast<double>(samples) / rate;
    // The second half: whatever was on before, and the start of a codec, is over by then.
    int crossings = 0;
    int before = 0;
    for (qsizetype i = samples / 2; i < samples; ++i) {
        const int value = qFromLittleEndian<qint16>(pcm.constData() + 2 * i);
        if (before < 0 && value >= 0)
            ++crossings;
        before = value;
    }
    if (samples > 0)
        decoded.hertz = crossings / (decoded.seconds / 2);
    return decoded;
}

} // namespace cycast::test
