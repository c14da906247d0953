// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/livetrial.h"
#include "tests/e2e/streamlistener.h"
#include "tests/support/slack.h"
#include "ui/sources/djfiles.h"

#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

QByteArray ezstreamSettings(const QByteArray &format, const QString &file)
{
    return "<ezstream><servers><server><protocol>HTTP</protocol><hostname>127.0.0.1</hostname><port>PORT</"
           "port>"
           "<user>source</user><password>PASSWORD</password><tls>None</tls></server></"
           "servers><streams><stream>"
           "<mountpoint>/stream</mountpoint><format>" +
           format +
           "</format><stream_name>Ez show</stream_name></stream></streams><intakes><intake><type>file</type>"
           "<filename>" +
           LiveTrial::folder().toUtf8() + "/" + file.toUtf8() + "</filename></intake></intakes></ezstream>\n";
}

} // namespace

/// The programs that people broadcast with, as they come out of the box: libshout in its many coats, and
/// butt.
class TestEncoders : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(LiveTrial::makeFiles());
        m_trial = std::make_unique<LiveTrial>();
        QVERIFY(m_trial->start());
    }

    void cleanupTestCase() { m_trial.reset(); }

    void ezstreamMp3() { ezstream("MP3", u"live.mp3"_s, "audio/mpeg", 30'000); }
    void ezstreamVorbis() { ezstream("Ogg", u"live.ogg"_s, "audio/ogg", 9'000); }

    void gstreamerMp3()
    {
        gstreamer({u"FOLDER/live.mp3"_s, u"!"_s, u"id3demux"_s, u"!"_s, u"mpegaudioparse"_s},
                  {u"mount=/stream"_s}, "audio/mpeg", u"GStreamer"_s, 30'000);
    }
    void gstreamerVorbis()
    {
        gstreamer({u"FOLDER/live.ogg"_s, u"!"_s, u"oggparse"_s}, {u"mount=/stream"_s}, "audio/ogg",
                  u"GStreamer"_s, 9'000);
    }
    void gstreamerShoutcast()
    {
        gstreamer({u"FOLDER/live.mp3"_s, u"!"_s, u"id3demux"_s, u"!"_s, u"mpegaudioparse"_s},
                  {u"protocol=icy"_s}, "audio/mpeg", u"Shoutcast v1"_s, 30'000);
    }

    void vlcVorbis() { vlc(u"live.ogg"_s, u"ogg"_s, {}, "audio/ogg", u"VLC"_s, 9'000); }
    void vlcMp3ByShoutcast()
    {
        vlc(u"live.mp3"_s, u"raw"_s, {u"--sout-shout-mp3"_s}, "audio/mpeg", u"Shoutcast v1"_s, 30'000);
    }

    void butt();

private:
    void expect(const Encoder &encoder)
    {
        const QString fault = m_trial->faultOf(encoder);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
    void ezstream(const QByteArray &format, const QString &file, const QByteArray &type, qint64 bytes);
    void gstreamer(const QStringList &input, const QStringList &output, const QByteArray &type,
                   const QString &agent, qint64 bytes);
    void vlc(const QString &file, const QString &mux, const QStringList &options, const QByteArray &type,
             const QString &agent, qint64 bytes);

    std::unique_ptr<LiveTrial> m_trial;
};

void TestEncoders::ezstream(const QByteArray &format, const QString &file, const QByteArray &type,
                            qint64 bytes)
{
    const QString settings = m_trial->sandbox().path(u"ezstream.xml"_s);
    const QStringList text = m_trial->filledIn({QString::fromUtf8(ezstreamSettings(format, file))});
    m_trial->sandbox().write(u"ezstream.xml"_s, text.constFirst().toUtf8());
    QVERIFY(QFile::setPermissions(settings, QFile::ReadOwner | QFile::WriteOwner)); // it holds a password
    expect({.program = u"ezstream"_s,
            .arguments = {u"-c"_s, settings},
            .contentType = type,
            .agent = u"libshout"_s,
            .title = u"Tone"_s,
            .bytes = bytes});
}

void TestEncoders::gstreamer(const QStringList &input, const QStringList &output, const QByteArray &type,
                             const QString &agent, qint64 bytes)
{
    QStringList source = input;
    source.first().prepend(u"location="_s);
    expect({.program = u"gst-launch-1.0"_s,
            .arguments = QStringList{u"-q"_s, u"filesrc"_s} + source +
                         QStringList{u"!"_s, u"shout2send"_s, u"ip=127.0.0.1"_s, u"port=PORT"_s,
                                     u"password=PASSWORD"_s, u"streamname=Gst"_s} +
                         output,
            .contentType = type,
            .agent = agent,
            .title = u"Tone"_s,
            .bytes = bytes});
}

void TestEncoders::vlc(const QString &file, const QString &mux, const QStringList &options,
                       const QByteArray &type, const QString &agent, qint64 bytes)
{
    expect({.program = u"cvlc"_s,
            .arguments =
                QStringList{u"--intf"_s, u"dummy"_s, u"FOLDER/"_s + file} + options +
                QStringList{u"--sout"_s,
                            u"#std{access=shout,mux=%1,dst=source:PASSWORD@127.0.0.1:PORT/stream}"_s.arg(mux),
                            u"vlc://quit"_s},
            .contentType = type,
            .agent = agent,
            .bytes = bytes,
            .refusesRoot = true});
}

// Without a sound card: from ALSA's null device, on a screen that nobody sees. It sends silence.
void TestEncoders::butt()
{
    const Sandbox &sandbox = m_trial->sandbox();
    sandbox.write(u"alsa.conf"_s,
                  "</usr/share/alsa/alsa.conf>\npcm.!default { type null }\nctl.!default { type null }\n");
    // The file that "Connect a DJ" saves, with the music folder and the start that a person would click.
    DjDoor door;
    door.host = u"127.0.0.1"_s;
    door.port = m_trial->station().sourcePort();
    door.mount = u"/stream"_s;
    door.password = QString::fromLatin1(testPassPhrase);
    door.stationName = u"Harbour Radio"_s;
    QByteArray settings = djFiles(DjProgram::Butt, door).constFirst().content;
    settings.replace("connect_at_startup = 0", "connect_at_startup = 1");
    settings.replace("[record]\n", "[record]\nfolder = " + LiveTrial::folder().toUtf8() + "/\n");
    settings.replace("[audio]\n", "[audio]\ndevice = 0\n");
    sandbox.write(u"buttrc"_s, settings);
    const auto screen = sandbox.start(u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s,
                                                  u"640x480x16"_s, u"-nolisten"_s, u"tcp"_s});
    QByteArray display;
    QTRY_VERIFY_WITH_TIMEOUT((display += screen->readAllStandardOutput()).endsWith('\n'), 10'000);
    QVERIFY(waitUntil([this] { return !m_trial->station().isLive(); }, 20'000));
    const auto program = sandbox.start(u"env"_s, {u"DISPLAY=:"_s + QString::fromLatin1(display.trimmed()),
                                                  u"ALSA_CONFIG_PATH="_s + sandbox.path(u"alsa.conf"_s),
                                                  u"butt"_s, u"-c"_s, sandbox.path(u"buttrc"_s)});
    QVERIFY2(waitUntil([this] { return m_trial->station().isLive(); }, 20'000),
             program->readAllStandardError().right(1000));
    QVERIFY(m_trial->station().status()[u"source"_s][u"program"_s].toString().startsWith(u"butt"_s));
    StreamListener listener(m_trial->station().listenPort());
    QVERIFY(listener.hears(30'000));
    QVERIFY(listener.isUnbroken());
    QCOMPARE(decodingFaults(sandbox, listener.audio()), QByteArray());
}

QTEST_GUILESS_MAIN(TestEncoders)
#include "tst_encoders.moc"
