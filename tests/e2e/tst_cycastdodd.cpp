// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The headless program with the disks that people have: names of every age, a drive that comes later,
// "~/Music".
#include "tests/e2e/runningstation.h"
#include "tests/e2e/streamlistener.h"
#include "tests/support/comingdisk.h"
#include "tests/support/oddfiles.h"

#include <QDir>
#include <QTest>

#include <filesystem>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

namespace
{

/// Within the time in which a disk that is back must be heard.
constexpr int longestMs = 30'000;

bool isPlaying(const RunningStation &station)
{
    return station.status()[u"heard"_s].toString() == u"playlist"_s;
}

} // namespace

class TestCycastdOdd : public QObject
{
    Q_OBJECT

private slots:
    void namesThatAreNoUtf8()
    {
        const Sandbox sandbox;
        QVERIFY(makeTone(sandbox, u"tone.mp3"_s, 440, 4));
        QVERIFY(makeTone(sandbox, u"tone.flac"_s, 440, 4, {}));
        QVERIFY(makeOdd(u"names.sh"_s, sandbox.path(u"odd"_s), sandbox.path(u"tone.mp3"_s)));
        const std::string raw = sandbox.path(u"odd/raw"_s).toStdString();
        std::filesystem::rename(sandbox.path(u"tone.flac"_s).toStdString(), raw + "/Gl\xFC"
                                                                                  "ck.flac");
        RunningStation station(sandbox);
        QVERIFY(station.start(RunningStation::settingsText("playlist { directory = \"odd/raw\" }\n")));
        const StreamListener listener(station.listenPort(), "/stream", true);
        const auto titles = [&listener] {
            QByteArray all;
            for (const StreamClient::Title &title : listener.titles())
                all += title.text + '\n';
            return all;
        };
        for (const char *title : {"Björk", "Glück", "plain", "Straße"})
            QTRY_VERIFY2_WITH_TIMEOUT(titles().contains(title), titles() + station.errors(), 30'000);
        QVERIFY(listener.isUnbroken());
        QVERIFY2(!station.errors().contains("not there"), station.errors());
        std::filesystem::remove_all(raw);
    }

    void placesBelowHome()
    {
        const Sandbox sandbox;
        QVERIFY(makeTone(sandbox, u"home/My Music/tone.mp3"_s, 440, 4));
        for (const std::string name : {"Caf\xC3\xA9", "M\xFCnchen"})
            std::filesystem::copy(sandbox.path(u"home/My Music"_s).toStdString(),
                                  sandbox.path(u"home/"_s).toStdString() + name);
        QProcessEnvironment environment = sandbox.environment();
        environment.insert(u"HOME"_s, sandbox.path(u"home"_s));
        for (const QByteArray &place :
             {QByteArray("~/My Music"), "file://" + sandbox.path(u"home/My%20Music"_s).toUtf8(),
              // Written on another system: other capitals, the other normal form, another encoding.
              QByteArray("~/my MUSIC"), QByteArray("~/Cafe\xCC\x81"), QByteArray("~/M\xC3\xBCnchen")}) {
            QDir(sandbox.path(u"home/rec"_s)).removeRecursively();
            RunningStation station(sandbox);
            QVERIFY(station.start(
                RunningStation::settingsText("playlist { directory = \"" + place +
                                             "\" }\nrecording { enabled = true, directory = \"~/rec\" }\n"),
                environment));
            QTRY_VERIFY2_WITH_TIMEOUT(isPlaying(station), station.errors(), longestMs);
            QTRY_VERIFY(!QDir(sandbox.path(u"home/rec"_s)).entryList({u"*.mp3"_s}, QDir::Files).isEmpty());
            QCOMPARE(station.end(), 0);
        }
        std::filesystem::remove_all(sandbox.path(u"home/"_s).toStdString() + "M\xFCnchen");
    }

    void aDiskThatComesLater_data()
    {
        QTest::addColumn<bool>("isMounted");
        QTest::newRow("mounted over an empty folder") << true;
        QTest::newRow("a folder that was not there") << false;
    }

    void aDiskThatComesLater()
    {
        QFETCH(const bool, isMounted);
        const Sandbox sandbox;
        QVERIFY(makeTone(sandbox, u"tone.mp3"_s, 440, 4));
        const QByteArray tone = sandbox.read(u"tone.mp3"_s);
        ComingDisk disk(sandbox.path(u"usb"_s), sandbox.path(u"store"_s),
                        isMounted ? ComingDisk::Way::Mounted : ComingDisk::Way::Renamed);
        QVERIFY(disk.write(u"album/a.mp3"_s, tone) && disk.write(u"b.mp3"_s, tone));
        if (!isMounted)
            QVERIFY(QDir().rmdir(sandbox.path(u"usb"_s)));
        RunningStation station(sandbox);
        station.setOwnMusic();
        QVERIFY(station.start(RunningStation::settingsText("playlist { directory = \"usb\" }\n")));
        // The boot of a Raspberry Pi: silence for two seconds.
        StreamListener early(station.listenPort());
        QVERIFY(early.hears(2 * 16'000 + 65'536) && !isPlaying(station));
        QVERIFY(isMounted ? disk.insert() : QDir().rename(sandbox.path(u"store"_s), sandbox.path(u"usb"_s)));
        QTRY_VERIFY2_WITH_TIMEOUT(isPlaying(station), station.errors(), longestMs);
        const StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(100'000) && listener.isUnbroken());
    }

    void aDiskThatIsPulledAndBack_data()
    {
        QTest::addColumn<bool>("isMounted");
        QTest::addColumn<bool>("isQuick"); ///< back before anybody has noticed
        QTest::newRow("mounted") << true << false;
        QTest::newRow("renamed") << false << false;
        QTest::newRow("mounted, quickly") << true << true;
    }

    void aDiskThatIsPulledAndBack()
    {
        QFETCH(const bool, isMounted);
        QFETCH(const bool, isQuick);
        const Sandbox sandbox;
        QVERIFY(makeTone(sandbox, u"tone.mp3"_s, 440, 2));
        ComingDisk disk(sandbox.path(u"usb"_s), sandbox.path(u"store"_s),
                        isMounted ? ComingDisk::Way::Mounted : ComingDisk::Way::Renamed);
        QVERIFY(disk.write(u"a.mp3"_s, sandbox.read(u"tone.mp3"_s)) && disk.insert());
        RunningStation station(sandbox);
        station.setOwnMusic();
        QVERIFY(station.start(
            RunningStation::settingsText("playlist { directory = \"usb\" }\nbuffer { size_mb = 1 }\n")));
        const StreamListener listener(station.listenPort());
        QVERIFY2(listener.hears(100'000), station.errors());
        QVERIFY(disk.pull());
        if (!isQuick) {
            // What was read ahead (a quarter of 1 MB, 16 s) is played to its end.
            QTRY_VERIFY2_WITH_TIMEOUT(!isPlaying(station), station.errors(), 60'000);
        }
        QVERIFY(disk.insert());
        QTRY_VERIFY2_WITH_TIMEOUT(isPlaying(station), station.errors(), longestMs);
        if (isQuick) // more than was read ahead
            QVERIFY2(listener.hears(500'000, 60'000), station.errors());
        QVERIFY(isPlaying(station) && listener.isUnbroken());
    }
};

CYCAST_TEST_IN_ROOM(TestCycastdOdd, ComingDisk::prepare(); CYCAST_TEST_APPLICATION(QCoreApplication))
#include "tst_cycastdodd.moc"
