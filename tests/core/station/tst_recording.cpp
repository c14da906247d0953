// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What is on the disk is what listeners got, and a disk in trouble troubles nobody else.
#include "tests/support/recordings.h"
#include "tests/support/stationfixture.h"

#include <QDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList filesIn(const QString &folder, const QString &pattern)
{
    QStringList paths;
    for (const QFileInfo &info : QDir(folder).entryInfoList({pattern}, QDir::Files, QDir::Name))
        paths.append(info.filePath());
    return paths;
}

/// Files of this process may not grow beyond so many bytes while this lives.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        m_before = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_limit);
        const rlimit limit{bytes, m_limit.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        setrlimit(RLIMIT_FSIZE, &m_limit);
        std::signal(SIGXFSZ, m_before);
    }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)

private:
    rlimit m_limit{};
    void (*m_before)(int) = nullptr;
};

} // namespace

class TestRecording : public QObject
{
    Q_OBJECT

private slots:
    void recordedIsWhatListenersGot();
    void switchedOnAndOffOnTheAir();
    void aLiveShowIsAFileOfItsOwn();
    void aDiskThatIsFullStopsTheRecordingOnly();
};

void TestRecording::recordedIsWhatListenersGot()
{
    QTemporaryDir folder;
    StationFixture station;
    for (const int frames : {77, 115, 90})
        station.addTrack(frames);
    station.settings.recording.enabled = true;
    station.settings.recording.directory = folder.path();
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 150'000; }, 20'000));
    QVERIFY(station.status().recording.isRunning);
    station.control().skip();
    QVERIFY(waitUntil([&] { return client.audioBytes() > 250'000; }, 20'000));
    // Every piece is on the disk as it comes, not at the end: whoever is killed has lost seconds.
    QVERIFY(waitUntil([&] { return station.status().recording.bytes > 200'000; }, 20'000));
    const QString file = station.status().recording.file;
    QVERIFY(contentOf(file).size() >= 200'000);
    station.control().goOffAir();
    QVERIFY(waitUntil([&] { return client.hasEnded() && !station.control().isOnAir(); }));
    const QByteArray heard = client.audio();
    // He came a moment after the start: he heard the burst, which is recorded, and everything after it.
    QVERIFY(waitUntil([&] { return contentOf(file).indexOf(heard.first(50'000)) >= 0; }));
    const qsizetype at = contentOf(file).indexOf(heard.first(50'000));
    QVERIFY(waitUntil([&] { return contentOf(file).size() >= at + heard.size(); }));
    QVERIFY(contentOf(file).mid(at, heard.size()) == heard);
    QCOMPARE(at, contentOf(file).size() - soundOf(contentOf(file)).size());
    const StampedStream recorded(soundOf(contentOf(file)));
    QVERIFY2(recorded.fault().isEmpty(), qPrintable(recorded.fault()));
    QCOMPARE(filesIn(folder.path(), u"*.mp3"_s), QStringList{file});
    const QByteArray cue = contentOf(filesIn(folder.path(), u"*.cue"_s).value(0));
    QVERIFY2(cue.contains("TITLE \"Track 1\"") && cue.contains("PERFORMER \"Artist\""), cue);
}

void TestRecording::switchedOnAndOffOnTheAir()
{
    QTemporaryDir folder;
    StationFixture station;
    station.addTrack(4000);
    station.settings.recording.directory = folder.path();
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 30'000; }));
    QVERIFY(!station.status().recording.isRunning);
    QVERIFY(filesIn(folder.path(), u"*"_s).isEmpty());
    station.control().setRecording(true);
    QVERIFY(waitUntil([&] { return station.status().recording.bytes > 30'000; }, 20'000));
    station.control().setRecording(false);
    QVERIFY(waitUntil([&] { return !station.status().recording.isRunning; }));
    const qint64 bytes = client.audioBytes();
    QVERIFY(waitUntil([&] { return client.audioBytes() > bytes + 20'000; }));
    const QByteArray recorded = contentOf(filesIn(folder.path(), u"*.mp3"_s).value(0));
    QVERIFY(recorded.size() >= 30'000);
    QVERIFY(client.audio().contains(soundOf(recorded)));
    // The setting does the same, and another split begins anew.
    Settings changed = station.settings;
    changed.recording.enabled = true;
    QVERIFY(station.apply(changed));
    QVERIFY(waitUntil([&] { return station.status().recording.bytes > 10'000; }, 20'000));
    changed.recording.split = u"track"_s;
    QVERIFY(station.apply(changed));
    QVERIFY(waitUntil([&] { return station.status().recording.file.endsWith(u"001 Artist - Track 1.mp3"_s); },
                      20'000));
}

void TestRecording::aLiveShowIsAFileOfItsOwn()
{
    QTemporaryDir folder;
    StationFixture station;
    station.addTrack(4000);
    station.settings.recording.enabled = true;
    station.settings.recording.directory = folder.path();
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 30'000; }));
    LiveClient live(station.sourcePort(), {.maxFrames = 120});
    QVERIFY(waitUntil([&] { return live.isDone() && station.isLive(); }, 20'000));
    live.end();
    QVERIFY(waitUntil([&] { return !station.isLive(); }, 20'000));
    const qint64 bytes = client.audioBytes();
    QVERIFY(waitUntil([&] { return client.audioBytes() > bytes + 20'000; }, 20'000));
    station.control().goOffAir();
    QVERIFY(waitUntil([&] { return client.hasEnded(); }));
    QVERIFY(waitUntil([&] { return filesIn(folder.path(), u"*.mp3"_s).size() == 3; }));
    const QStringList shows = filesIn(folder.path(), u"*(live).mp3"_s);
    QCOMPARE(shows.size(), 1);
    const StampedStream show(soundOf(contentOf(shows.constFirst())));
    QVERIFY2(show.fault().isEmpty(), qPrintable(show.fault()));
    QCOMPARE(show.count(900), 120);
    QVERIFY(client.audio().contains(soundOf(contentOf(shows.constFirst()))));
}

void TestRecording::aDiskThatIsFullStopsTheRecordingOnly()
{
    QTemporaryDir folder;
    StationFixture station;
    for (int i = 0; i < 3; ++i)
        station.addTrack(150);
    station.settings.recording.enabled = true;
    station.settings.recording.directory = folder.path();
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    {
        const FileSizeLimit limit(100'000);
        QVERIFY(waitUntil([&] { return !station.status().recording.problem.isEmpty(); }, 30'000));
    }
    QVERIFY(!station.status().recording.isRunning);
    QVERIFY(!station.status().recording.isWanted);
    const bool isTold =
        std::any_of(station.events().cbegin(), station.events().cend(), [](const StationEvent &event) {
            return event.kind == StationEvent::Kind::Problem &&
                   event.text.contains(u"recording has stopped"_s);
        });
    QVERIFY(isTold);
    const qint64 bytes = client.audioBytes();
    QVERIFY(waitUntil([&] { return client.audioBytes() > bytes + 60'000; }, 20'000));
    QVERIFY2(client.heard().fault().isEmpty(), qPrintable(client.heard().fault()));
    QCOMPARE(client.heard().sequenceFault(station.lengths()), QString());
    QCOMPARE(client.heard().silentFrames(), 0);
    // What was written before is kept.
    const QByteArray kept = contentOf(filesIn(folder.path(), u"*.mp3"_s).value(0));
    QCOMPARE(kept.size(), 100'000);
    QVERIFY(client.audio().contains(kept.mid(20'000)) ||
            soundOf(kept).contains(client.audio().first(50'000)));
    station.control().setRecording(true);
    QVERIFY(waitUntil(
        [&] { return station.status().recording.bytes > 0 && station.status().recording.isRunning; },
        20'000));
}

QTEST_GUILESS_MAIN(TestRecording)
#include "tst_recording.moc"
