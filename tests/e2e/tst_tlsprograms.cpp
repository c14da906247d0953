// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// https with the programs that use it: curl, players, encoders.
#include "tests/e2e/runningstation.h"
#include "tests/e2e/soundcheck.h"
#include "tests/e2e/streamlistener.h"
#include "tests/support/tlsclient.h"

#include <QDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

class TestTlsPrograms : public QObject
{
    Q_OBJECT

    Sandbox m_sandbox;
    RunningStation m_station{m_sandbox};
    QByteArray m_settings;

    QString secure(const QString &path) const
    {
        return u"https://localhost:%1%2"_s.arg(m_station.listenPort()).arg(path);
    }

    ProgramResult curl(const QStringList &arguments) const
    {
        return m_sandbox.run(
            u"curl"_s, QStringList{u"-s"_s, u"--cacert"_s, m_sandbox.path(u"tls/cert.pem"_s)} + arguments);
    }

private slots:
    void initTestCase()
    {
        QDir().mkpath(m_sandbox.path(u"tls"_s));
        QVERIFY(makeCertificate(m_sandbox.path(u"tls/cert.pem"_s), m_sandbox.path(u"tls/key.pem"_s),
                                u"localhost"_s));
        // Relative to the settings file's folder.
        m_settings = RunningStation::settingsText(
            "server {\n  tls_certificate = \"tls/cert.pem\"\n  tls_key = \"tls/key.pem\"\n}\n");
        QVERIFY2(m_station.start(m_settings), m_station.errors());
    }

    void curlReadsPagesAndStream()
    {
        const ProgramResult status = curl({secure(u"/api/status"_s)});
        QCOMPARE(status.exitCode, 0);
        QVERIFY(status.output.contains("\"on_air\":true"));
        const ProgramResult two = curl({u"-w"_s, u"%{num_connects} "_s, u"-o"_s, u"/dev/null"_s,
                                        secure(u"/"_s), u"-o"_s, u"/dev/null"_s, secure(u"/api/stats"_s)});
        QVERIFY2(two.output.startsWith("1 0"), two.output);
        QCOMPARE(curl({secure(u"/stream.m3u"_s)}).output.trimmed(), secure(u"/stream"_s).toLatin1());
        const ProgramResult stream = curl({u"--max-time"_s, u"3"_s, u"-o"_s, u"stream.mp3"_s, u"-w"_s,
                                           u"%{http_code}"_s, secure(u"/stream"_s)});
        QCOMPARE(stream.output, QByteArray("200"));
        QVERIFY(!frameStarts(m_sandbox.read(u"stream.mp3"_s)).isEmpty());
        // Plain http goes on at the same port.
        QVERIFY(m_station.status()[u"on_air"_s].toBool());
    }

    void ffmpegListens()
    {
        const ProgramResult player =
            m_sandbox.run(u"ffmpeg"_s, {u"-v"_s, u"warning"_s, u"-xerror"_s, u"-t"_s, u"3"_s, u"-i"_s,
                                        secure(u"/stream"_s), u"-c:a"_s, u"pcm_s16le"_s, u"heard.wav"_s});
        QCOMPARE(player.exitCode, 0);
        QCOMPARE(player.errors, QByteArray());
        QVERIFY2(soundOf(m_sandbox, u"heard.wav"_s).seconds > 2.5, "too short");
    }

    void mpvListens()
    {
        const ProgramResult player = m_sandbox.run(
            u"mpv"_s, {u"--no-config"_s, u"--no-video"_s, u"--ao=pcm"_s, u"--ao-pcm-file=mpv.wav"_s,
                       u"--length=3"_s, u"--term-status-msg="_s, secure(u"/stream"_s)});
        QCOMPARE(player.exitCode, 0);
        QVERIFY2(soundOf(m_sandbox, u"mpv.wav"_s).seconds > 2.5, player.output + player.errors);
    }

    void ffmpegBroadcasts()
    {
        StreamListener listener(m_station.listenPort());
        QVERIFY(listener.hears(10'000));
        const auto encoder = m_sandbox.start(
            u"ffmpeg"_s, {u"-v"_s,
                          u"error"_s,
                          u"-re"_s,
                          u"-f"_s,
                          u"lavfi"_s,
                          u"-i"_s,
                          u"sine=frequency=900"_s,
                          u"-b:a"_s,
                          u"128k"_s,
                          u"-ac"_s,
                          u"2"_s,
                          u"-ar"_s,
                          u"44100"_s,
                          u"-f"_s,
                          u"mp3"_s,
                          u"-content_type"_s,
                          u"audio/mpeg"_s,
                          u"-tls"_s,
                          u"1"_s,
                          u"icecast://source:%1@localhost:%2/stream"_s.arg(QLatin1StringView(testPassPhrase))
                              .arg(m_station.sourcePort())});
        QTRY_VERIFY2_WITH_TIMEOUT(m_station.isLive(), encoder->readAllStandardError(), 20'000);
        const qsizetype from = listener.audioBytes();
        QVERIFY(listener.hears(100'000));
        m_sandbox.write(u"live.mp3"_s, listener.audio().sliced(from + 20'000));
        const Sound sound = soundOf(m_sandbox, u"live.mp3"_s);
        QVERIFY2(sound.isTone(900, 3), sound.text());
        QVERIFY(listener.isUnbroken());
        encoder->terminate();
        QTRY_VERIFY_WITH_TIMEOUT(!m_station.isLive(), 20'000);
    }

    void aRenewedCertificateIsTakenOver()
    {
        const QString one = QString::fromLatin1(
            curl({u"-o"_s, u"/dev/null"_s, u"-w"_s, u"%{http_code}"_s, secure(u"/api/status"_s)}).output);
        QCOMPARE(one, u"200"_s);
        QVERIFY(makeCertificate(m_sandbox.path(u"tls/cert.pem"_s), m_sandbox.path(u"tls/key.pem"_s),
                                u"localhost"_s));
        // The new file is not believed by what is served until the settings are read again.
        QVERIFY(curl({secure(u"/api/status"_s)}).exitCode != 0);
        m_station.hangUp();
        QTRY_COMPARE_WITH_TIMEOUT(curl({secure(u"/api/status"_s)}).exitCode, 0, 20'000);
    }

    void aBadCertificateKeepsTheOldOne()
    {
        m_sandbox.write(u"tls/bad.pem"_s, "no certificate\n");
        QByteArray bad = m_settings;
        bad.replace("tls/cert.pem", "tls/bad.pem");
        m_station.writeSettings(bad);
        m_station.hangUp();
        QTRY_VERIFY_WITH_TIMEOUT(m_station.errors().contains("bad.pem contains no certificate"), 20'000);
        QCOMPARE(curl({secure(u"/api/status"_s)}).exitCode, 0);
        m_station.writeSettings(m_settings);
    }

    void theKeyNeverReachesTheLog()
    {
        QVERIFY(!m_station.errors().contains("PRIVATE KEY"));
        QVERIFY(!m_station.errors().contains(m_sandbox.read(u"tls/key.pem"_s).split('\n').value(1)));
    }
};

QTEST_GUILESS_MAIN(TestTlsPrograms)
#include "tst_tlsprograms.moc"
