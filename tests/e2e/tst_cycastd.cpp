// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The headless program while it runs: signals, changes of its file, its end, what it never says.
#include "tests/e2e/runningstation.h"
#include "tests/e2e/streamlistener.h"

#include <QFile>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

namespace
{

QString stationName(const RunningStation &station)
{
    return station.status()[u"station_name"_s].toString();
}

} // namespace

class TestCycastd : public QObject
{
    Q_OBJECT

private slots:
    void cycastdSaysReadyOnceAndEndsOnSigterm()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start());
        QCOMPARE(station.output().count('\n'), 1);
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(30'000));
        QCOMPARE(station.stats()[u"total_listeners"_s].toInt(), 1);

        QCOMPARE(station.end(), 0);
        QTRY_VERIFY(!listener.isConnected());
        QVERIFY(listener.isUnbroken());
        QCOMPARE(httpGet(station.listenPort(), "/").status, 0);
        QCOMPARE(httpGet(station.sourcePort(), "/").status, 0);
        QCOMPARE(station.output().count('\n'), 1);
    }

    void sighupAppliesTheChangedFileUnderAListener()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start());
        QCOMPARE(station.stats()[u"latency_ms"_s].toDouble(), 200.0);
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(20'000));

        station.writeSettings(RunningStation::settingsText("broadcaster { chunk_size = 4096 }\n"
                                                           "metadata { station_name = \"Second name\" }\n"));
        station.hangUp();
        QTRY_COMPARE(stationName(station), u"Second name"_s);
        QCOMPARE(station.stats()[u"latency_ms"_s].toDouble(), 50.0);

        const quint16 moved = freePort();
        station.writeSettings(RunningStation::settingsText("metadata { station_name = \"Third name\" }\n"
                                                           "server { listen_port = " +
                                                           QByteArray::number(moved) + " }\n"));
        station.hangUp();
        QTRY_COMPARE(httpGet(moved, "/api/status").status, 200);
        QVERIFY(httpGet(moved, "/api/status").body.contains("Third name"));

        QVERIFY(listener.isConnected());
        QVERIFY(listener.hears(40'000));
        QVERIFY(listener.isUnbroken());
        StreamListener newcomer(moved);
        QVERIFY(newcomer.hears(20'000));
    }

    void aFileEditedByHandIsNoticed_data()
    {
        QTest::addColumn<bool>("swapped");
        QTest::newRow("written in place") << false;
        QTest::newRow("written aside and swapped") << true;
    }

    void aFileEditedByHandIsNoticed()
    {
        QFETCH(const bool, swapped);
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start());
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(10'000));
        // Twice: what watches the file must survive the first change.
        for (const QByteArray name : {"By hand", "By hand again"}) {
            const QByteArray text =
                RunningStation::settingsText("metadata { station_name = \"" + name + "\" }\n");
            if (swapped) {
                sandbox.write(u"config.hcl.new"_s, text);
                QFile::remove(station.configPath() + u"~"_s);
                QVERIFY(QFile::rename(station.configPath(), station.configPath() + u"~"_s));
                QVERIFY(QFile::rename(sandbox.path(u"config.hcl.new"_s), station.configPath()));
            } else {
                station.writeSettings(text);
            }
            QTRY_COMPARE(stationName(station), QString::fromLatin1(name));
        }
        QVERIFY(listener.isConnected());
    }

    void aBadEditLeavesEverythingRunning()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start(RunningStation::settingsText("metadata { station_name = \"Good\" }\n")));
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(10'000));

        const QByteArray bad = "metadata {\n  station_name = \"Bad\"\n}\nbuffer {\n  size_mb = = 20\n}\n";
        station.writeSettings(bad);
        station.hangUp();
        QTRY_VERIFY(station.errors().contains("config.hcl:5:13:"));
        QCOMPARE(stationName(station), u"Good"_s);
        QCOMPARE(sandbox.read(u"config.hcl"_s), bad);

        // Readable, but not possible.
        station.writeSettings(RunningStation::settingsText("buffer { size_mb = 5000 }\n"));
        station.hangUp();
        QTRY_VERIFY(station.errors().contains("size_mb"));
        QCOMPARE(station.stats()[u"buffer"_s][u"capacity"_s].toInt(), 20 * 1024 * 1024);

        station.writeSettings(RunningStation::settingsText("metadata { station_name = \"Better\" }\n"));
        station.hangUp();
        QTRY_COMPARE(stationName(station), u"Better"_s);
        QVERIFY(listener.hears(20'000));
        QVERIFY(listener.isUnbroken());
    }

    void aTakenPortKeepsTheOldOneOnTheAir()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start());
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(10'000));
        // The station's own source port is as taken as any.
        const QByteArray taken = QByteArray::number(station.sourcePort());
        station.writeSettings(RunningStation::settingsText("server { listen_port = " + taken + " }\n"));
        station.hangUp();
        QTRY_VERIFY(station.errors().contains("Port " + taken));
        QVERIFY(!station.status().isEmpty());
        QVERIFY(listener.hears(20'000));
        QVERIFY(listener.isUnbroken());
    }

    void thePasswordNeverReachesTheLog()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QProcessEnvironment environment = sandbox.environment();
        environment.insert(u"CYCAST_LOG_LEVEL"_s, u"DEBUG"_s);
        QVERIFY(station.start(RunningStation::settingsText("advanced { verbose_logging = true }\n"),
                              environment));
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(30'000));
        const QByteArray word = testPassPhrase;
        (void)httpGet(station.sourcePort(), "/admin.cgi?mode=updinfo&song=x&pass=" + word);
        (void)httpGet(station.sourcePort(), "/admin.cgi?mode=updinfo&song=x&pass=no" + word);
        (void)httpGet(station.listenPort(), "/" + word);
        const auto ffmpeg = sandbox.start(
            u"ffmpeg"_s, {u"-v"_s, u"quiet"_s, u"-re"_s, u"-i"_s, u"music/1.mp3"_s, u"-c"_s, u"copy"_s,
                          u"-f"_s, u"mp3"_s, u"-content_type"_s, u"audio/mpeg"_s,
                          u"icecast://source:%1@127.0.0.1:%2/stream"_s.arg(QString::fromLatin1(word))
                              .arg(station.sourcePort())});
        QTRY_VERIFY_WITH_TIMEOUT(station.isLive(), 10'000);
        ffmpeg->kill();
        QTRY_VERIFY_WITH_TIMEOUT(!station.isLive(), 10'000);
        QVERIFY(station.errors().contains("DEBUG"));
        QCOMPARE(station.end(), 0);
        const QByteArray said = station.output() + station.errors();
        QVERIFY2(!said.contains(word), said);
        QVERIFY(!said.contains(QByteArray("source:" + word).toBase64()));
    }

    void aMusicFolderThatIsNotThereIsSilenceWithAReason()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        station.setOwnMusic();
        QVERIFY(station.start(RunningStation::settingsText("playlist { directory = \"./elsewhere\" }\n")));
        QTRY_VERIFY_WITH_TIMEOUT(station.errors().contains("elsewhere"), 5'000);
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(16'000));
        QVERIFY(listener.isUnbroken());
        QCOMPARE(station.status()[u"heard"_s].toString(), u"silence"_s);
        QCOMPARE(station.end(), 0);
    }

    void whatStandsInTheMusicFolderIsPlayedInOrder()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start());
        QTRY_COMPARE(station.status()[u"track"_s][u"title"_s].toString(), u"1"_s);
        QCOMPARE(station.status()[u"next"_s][u"title"_s].toString(), u"2"_s);
        QCOMPARE(station.status()[u"heard"_s].toString(), u"playlist"_s);
        QCOMPARE(station.status()[u"source_status"_s].toString(), u"Playlist Fallback"_s);
        // The guide's healthy buffer.
        QTRY_VERIFY(station.stats()[u"buffer"_s][u"fill_percentage"_s].toDouble() > 20.0);
    }
};

QTEST_GUILESS_MAIN(TestCycastd)
#include "tst_cycastd.moc"
