// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/ogg/oggframer.h"
#include "core/recording/recorder.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/playlist/library/mediainfo.h"
#include "core/recording/cuesheet.h"
#include "tests/core/playlist/library/mediafiles.h"
#include "tests/support/oddfiles.h"
#include "tests/support/recordings.h"
#include "tests/support/slack.h"
#include "tests/support/stampedframes.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <mutex>
#include <semaphore>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

FrameBatch batchOf(int source, int frames, int first = 0)
{
    FrameBatch batch;
    for (int i = 0; i < frames; ++i)
        batch.append(stampedFrame(source, first + i), flicksForSamples(1152, 44'100));
    return batch;
}

TitleMark markOf(quint64 entryId, const QString &title, const QString &artist = {})
{
    TitleMark mark;
    mark.track.entryId = entryId;
    mark.track.title = title;
    mark.track.artist = artist;
    return mark;
}

/// A disk that takes nothing until it is let.
class HangingDisk : public QIODevice
{
public:
    explicit HangingDisk(std::counting_semaphore<> &gate, QByteArray &taken)
        : m_gate(gate)
        , m_taken(taken)
    {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }

    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        m_gate.acquire();
        m_gate.release();
        m_taken.append(data, size);
        return size;
    }

private:
    std::counting_semaphore<> &m_gate;
    QByteArray &m_taken;
};

struct Studio {
    QTemporaryDir folder;
    RingBuffer ring{1024 * 1024};
    Recorder recorder;
    QSignalSpy failed{&recorder, &Recorder::failed};
    RecordingPlan plan;

    Studio()
    {
        plan.directory = folder.filePath(u"a/b"_s); // made when it is needed
        plan.name = u"Test Radio"_s;
    }

    /// Appends and sends.
    void air(const FrameBatch &batch, const QByteArray &type = {})
    {
        if (!type.isEmpty()) {
            StreamFormat format;
            format.contentType = type;
            ring.setFormat(format);
        }
        ring.append(batch);
        ring.advanceHead(ring.end());
        recorder.take(ring);
    }

    /// Names and contents of what was recorded, in order; waits for the writer's end.
    QMap<QString, QByteArray> files()
    {
        recorder.stop();
        [[maybe_unused]] const bool ended =
            waitUntil([this] { return recorder.findChildren<RecordingWriter *>().isEmpty(); }, 10'000);
        QMap<QString, QByteArray> all;
        read(QDir(plan.directory), {}, all);
        return all;
    }

    static void read(const QDir &dir, const QString &prefix, QMap<QString, QByteArray> &all)
    {
        for (const QFileInfo &info : dir.entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot)) {
            if (info.isDir()) {
                read(QDir(info.filePath()), prefix + info.fileName() + u'/', all);
                continue;
            }
            QFile file(info.filePath());
            if (file.open(QIODevice::ReadOnly))
                all.insert(prefix + info.fileName(), file.readAll());
        }
    }
};

QStringList endingWith(const QMap<QString, QByteArray> &files, const QString &ending)
{
    QStringList names;
    for (auto at = files.cbegin(); at != files.cend(); ++at) {
        if (at.key().endsWith(ending))
            names.append(at.key());
    }
    return names;
}

} // namespace

class TestRecorder : public QObject
{
    Q_OBJECT

private slots:
    void oggFilesBeginWithZero_data();
    void oggFilesBeginWithZero();
    void lengthOfAnMp3Recording_data();
    void lengthOfAnMp3Recording();
    void everyByteFromTheHeadOn()
    {
        Studio studio;
        studio.ring.addMark(markOf(1, u"One"_s, u"A"_s));
        studio.ring.append(batchOf(1, 50));
        studio.ring.advanceHead(studio.ring.end());
        studio.recorder.start(studio.plan, studio.ring); // what was sent before is history
        QByteArray expected;
        for (int i = 0; i < 20; ++i) {
            const FrameBatch batch = batchOf(2, 30, i * 30);
            if (i == 7)
                studio.ring.addMark(markOf(2, u"Two"_s));
            expected += batch.bytes;
            studio.air(batch);
        }
        QVERIFY(studio.recorder.isRunning());
        QTRY_VERIFY(studio.recorder.status().bytes > expected.size());
        QVERIFY(studio.recorder.status().bytes < expected.size() + 300);
        QVERIFY(QFile::exists(studio.recorder.status().file));
        QCOMPARE(studio.recorder.status().recordedMs, 20 * 30 * 1152 * 1000 / 44'100);
        const auto files = studio.files();
        QCOMPARE(files.size(), 2);
        const QString name = endingWith(files, u"Test Radio.mp3"_s).value(0);
        QCOMPARE(soundOf(files.value(name)), expected);
        const QByteArray cue = files.value(endingWith(files, u"Test Radio.cue"_s).value(0));
        QVERIFY2(cue.contains("FILE \"" + name.toUtf8() + "\" MP3"), cue);
        QVERIFY2(cue.contains("TITLE \"One\"\r\n    PERFORMER \"A\"\r\n    INDEX 01 00:00:00"), cue);
        QVERIFY2(cue.contains("TITLE \"Two\"\r\n    INDEX 01 00:05:36"), cue); // 210 frames
        QVERIFY(studio.failed.isEmpty());
    }

    void aFileForEachShow()
    {
        Studio studio;
        studio.recorder.setIsJingle([](quint64 id) { return id == 99; });
        studio.recorder.start(studio.plan, studio.ring);
        studio.ring.addMark(markOf(1, u"One"_s));
        studio.air(batchOf(1, 10));
        studio.ring.addMark(markOf(99, u"Jingle"_s));
        studio.air(batchOf(9, 3));
        studio.ring.addMark(markOf(2, u"Two"_s));
        studio.ring.append(batchOf(2, 10));
        studio.ring.addMark(markOf(0, u"Live now"_s)); // in the middle of what one round sends
        studio.air(batchOf(3, 10));
        studio.ring.addMark(markOf(0, u"Live, next title"_s));
        studio.air(batchOf(3, 10, 10));
        studio.ring.addMark({}); // silence stays where it is
        studio.air(batchOf(4, 2));
        studio.ring.addMark(markOf(3, u"Three"_s));
        studio.air(batchOf(5, 10));
        const auto files = studio.files();
        const QStringList sound = endingWith(files, u".mp3"_s);
        QCOMPARE(sound.size(), 3);
        const QString live = endingWith(files, u"Test Radio (live).mp3"_s).value(0);
        QCOMPARE(soundOf(files.value(live)), stampedFrames(3, 20) + stampedFrames(4, 2));
        QByteArray rest;
        for (const QString &name : sound) {
            if (name != live)
                rest += soundOf(files.value(name));
        }
        QVERIFY(rest == stampedFrames(1, 10) + stampedFrames(9, 3) + stampedFrames(2, 10) +
                            stampedFrames(5, 10) ||
                rest ==
                    stampedFrames(5, 10) + stampedFrames(1, 10) + stampedFrames(9, 3) + stampedFrames(2, 10));
        for (const QString &name : endingWith(files, u".cue"_s))
            QVERIFY(!files.value(name).contains("Jingle"));
    }

    void aFileForEachTrack()
    {
        Studio studio;
        studio.plan.perTrack = true;
        studio.recorder.start(studio.plan, studio.ring);
        const QStringList titles{u"AC/DC: Thunder"_s, u"Same"_s, u"Same"_s};
        for (int i = 0; i < titles.size(); ++i) {
            studio.ring.addMark(
                markOf(static_cast<quint64>(i) + 1, titles.at(i), i == 0 ? u"X"_s : QString()));
            studio.air(batchOf(i + 1, 10));
            studio.air(batchOf(i + 1, 10, 10));
        }
        const auto files = studio.files();
        const QStringList sound = endingWith(files, u".mp3"_s);
        QCOMPARE(sound.size(), 3);
        QVERIFY(sound.at(0).endsWith(u"Test Radio/001 X - AC-DC- Thunder.mp3"_s));
        QVERIFY(sound.at(2).endsWith(u"/003 Same.mp3"_s));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(soundOf(files.value(sound.at(i))), stampedFrames(i + 1, 20));
        const QByteArray cue = files.value(endingWith(files, u".cue"_s).value(0));
        QCOMPARE(cue.count("FILE "), 3);
        QCOMPARE(cue.count("INDEX 01 00:00:00"), 3);
    }

    void aSecondSheetAfter99Tracks_data()
    {
        QTest::addColumn<bool>("perTrack");
        QTest::newRow("one file") << false;
        QTest::newRow("a file for each track") << true;
    }

    void aSecondSheetAfter99Tracks()
    {
        QFETCH(const bool, perTrack);
        Studio studio;
        studio.plan.perTrack = perTrack;
        studio.recorder.start(studio.plan, studio.ring);
        for (int i = 1; i <= 201; ++i) {
            studio.ring.addMark(markOf(static_cast<quint64>(i), u"Song %1"_s.arg(i)));
            studio.air(batchOf(1, 2, 2 * i));
        }
        const auto files = studio.files();
        QStringList sheets = endingWith(files, u".cue"_s);
        sheets.sort();
        QCOMPARE(sheets.size(), 3);
        // "x - part 2.cue" sorts before "x.cue".
        QVERIFY(sheets.at(0).endsWith(u" - part 2.cue"_s) && sheets.at(1).endsWith(u" - part 3.cue"_s));
        const QByteArray first = files.value(sheets.at(2));
        const QByteArray second = files.value(sheets.at(0));
        const QByteArray third = files.value(sheets.at(1));
        for (const QByteArray &sheet : {first, second, third}) {
            QVERIFY2(!sheet.contains("TRACK 100") && sheet.contains("  TRACK 01 AUDIO\r\n"), sheet);
            QCOMPARE(sheet.count("FILE "), perTrack ? sheet.count("TRACK ") : 1);
        }
        QCOMPARE(first.count("TRACK "), 99);
        QCOMPARE(second.count("TRACK "), 99);
        QCOMPARE(third.count("TRACK "), 3);
        QVERIFY(first.contains("Song 99\"") && !first.contains("Song 100\""));
        QVERIFY(second.contains("TRACK 01 AUDIO\r\n    TITLE \"Song 100\"") && second.contains("Song 198\""));
        QVERIFY(third.contains("TRACK 03 AUDIO\r\n    TITLE \"Song 201\""));
        // Times go on counting from the beginning of the file, wherever the sheet begins.
        QCOMPARE(second.count("INDEX 01 00:00:00"), perTrack ? 99 : 0);
        QVERIFY(studio.failed.isEmpty());
    }

    void aBackslashDoesNotEatTheQuotationMark()
    {
        CueSheet sheet;
        sheet.title = u"C:\\"_s;
        sheet.files.append({u"a.mp3"_s, {{u"AC\\DC\\"_s, u"back\\"_s, 0}, {u"a \"b\""_s, {}, 0}}});
        const QByteArray text = writeCueSheet(sheet);
        QVERIFY2(!text.contains("\\\""), text);
        QVERIFY2(text.contains("TITLE \"AC\\DC\\ \"\r\n    PERFORMER \"back\\ \"\r\n"), text);
        QVERIFY2(text.contains("TITLE \"a 'b'\""), text);
    }

    void anotherKindOfStreamIsAnotherFile()
    {
        Studio studio;
        studio.plan.withCue = false;
        studio.recorder.start(studio.plan, studio.ring);
        studio.air(batchOf(1, 10), "audio/mpeg");
        studio.air(batchOf(2, 10), "audio/aac");
        const auto files = studio.files();
        QCOMPARE(files.size(), 2);
        QCOMPARE(soundOf(files.value(endingWith(files, u".mp3"_s).value(0))), stampedFrames(1, 10));
        QCOMPARE(files.value(endingWith(files, u".aac"_s).value(0)), stampedFrames(2, 10));
    }

    void oggBeginsWithItsHeaderPages()
    {
        Studio studio;
        studio.plan.withCue = false;
        FrameBatch first;
        first.appendStreamHeader("OggS header pages");
        first.append("page one", flicksPerSecond);
        FrameBatch second;
        second.append("page two", flicksPerSecond);
        // From its beginning: as it is.
        studio.recorder.start(studio.plan, studio.ring);
        studio.air(first, "application/ogg");
        studio.air(second);
        QCOMPARE(studio.files().first(), QByteArray("OggS header pagespage onepage two"));
        // From the middle: the pages that every newcomer gets, first.
        studio.plan.directory = studio.folder.filePath(u"c"_s);
        studio.recorder.start(studio.plan, studio.ring);
        studio.air(second);
        const auto files = studio.files();
        QVERIFY(files.firstKey().endsWith(u".ogg"_s));
        QCOMPARE(files.first(), QByteArray("OggS header pagespage two"));
    }

    void twoOfTheSameSecond()
    {
        Studio studio;
        studio.plan.withCue = false;
        for (int i = 1; i <= 3; ++i) {
            studio.recorder.start(studio.plan, studio.ring);
            studio.air(batchOf(i, 10));
        }
        QByteArray all;
        const auto files = studio.files();
        QCOMPARE(files.size(), 3);
        for (const QByteArray &bytes : files)
            QCOMPARE(soundOf(bytes).size(), stampedFrames(1, 10).size());
    }

    void aFolderThatIsNoUtf8()
    {
        const OddFolder folder;
        Studio studio;
        studio.plan.directory = pathFromBytes(folder.path().toUtf8() + "/M\xFCnchen/shows");
        studio.recorder.start(studio.plan, studio.ring);
        studio.air(batchOf(1, 10));
        QTRY_VERIFY(studio.recorder.status().bytes > 0);
        const QString file = studio.recorder.status().file;
        studio.files(); // waits for the end
        QCOMPARE(factsOf(file)->size, studio.recorder.status().bytes);
        QVERIFY(factsOf(file.chopped(3) + u"cue"_s)->size > 0);
        QVERIFY(studio.failed.isEmpty());
    }

    void aFullDiskStopsTheRecording()
    {
        Studio studio;
        // The system's own full disk.
        studio.plan.open = [](const QString &, QString &error) -> std::unique_ptr<QIODevice> {
            auto file = std::make_unique<QFile>(u"/dev/full"_s);
            if (file->open(QIODevice::WriteOnly | QIODevice::Unbuffered))
                return file;
            error = file->errorString();
            return nullptr;
        };
        studio.recorder.start(studio.plan, studio.ring);
        studio.air(batchOf(1, 10));
        QTRY_COMPARE(studio.failed.count(), 1);
        QVERIFY(!studio.recorder.isRunning());
        QVERIFY2(studio.recorder.status().problem.contains(u"No space left"_s),
                 qPrintable(studio.recorder.status().problem));
        studio.air(batchOf(1, 10)); // and the stream goes on
        // With room again, it can be started again.
        studio.plan.open = {};
        studio.recorder.start(studio.plan, studio.ring);
        studio.air(batchOf(2, 10));
        const auto files = studio.files();
        QCOMPARE(soundOf(files.value(endingWith(files, u".mp3"_s).value(0))), stampedFrames(2, 10));
        QVERIFY(studio.recorder.status().problem.isEmpty());
    }

    /// The disk refuses in its thread; until that is heard of here, more comes. Only the true reason is told.
    void theReasonIsNoGuess()
    {
        std::counting_semaphore<> refused(0);
        Studio studio;
        studio.plan.queueBytes = 1'000'000'000;
        studio.plan.open = [&refused](const QString &, QString &error) -> std::unique_ptr<QIODevice> {
            error = u"No space left on device"_s;
            refused.release();
            return nullptr;
        };
        studio.recorder.start(studio.plan, studio.ring);
        studio.air(batchOf(1, 10));
        refused.acquire();
        QElapsedTimer spent;
        for (spent.start(); spent.elapsed() < 300;)
            studio.air(batchOf(1, 10)); // no event is taken in between
        QCOMPARE(studio.failed.count(), 0);
        QTRY_COMPARE(studio.failed.count(), 1);
        const QString said = studio.failed.constFirst().constFirst().toString();
        QVERIFY2(said.contains(u"No space left"_s), qPrintable(said));
    }

    void aFolderThatCannotBeMade()
    {
        Studio studio;
        QFile file(studio.folder.filePath(u"a"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        studio.recorder.start(studio.plan, studio.ring);
        studio.air(batchOf(1, 10));
        QTRY_COMPARE(studio.failed.count(), 1);
        QVERIFY(studio.failed.constFirst().constFirst().toString().contains(u"cannot be made"_s));
    }

    void aDiskThatHangsHoldsNobodyUp()
    {
        std::counting_semaphore<> gate(0);
        QList<std::shared_ptr<QByteArray>> taken;
        std::mutex mutex;
        Studio studio;
        studio.plan.withCue = false;
        studio.plan.queueBytes = 100'000;
        studio.plan.open = [&](const QString &, QString &) {
            const std::lock_guard lock(mutex);
            taken.append(std::make_shared<QByteArray>());
            return std::make_unique<HangingDisk>(gate, *taken.constLast());
        };
        studio.recorder.start(studio.plan, studio.ring);
        int sent = 0;
        while (studio.failed.isEmpty() && sent < 100)
            studio.air(batchOf(1, 10, 10 * sent++)); // returns at once every time
        QVERIFY(sent > 20 && sent < 40);             // so much may wait
        QCOMPARE(studio.failed.count(), 1);
        QVERIFY(studio.recorder.isRunning());
        for (int i = 0; i < 100; ++i)
            studio.air(batchOf(2, 10));
        QCOMPARE(studio.failed.count(), 1); // told once
        gate.release();
        const qint64 first = stampedFrames(1, 10 * (sent - 1)).size();
        QTRY_VERIFY_WITH_TIMEOUT(studio.recorder.status().bytes >= first, 10'000);
        studio.air(batchOf(3, 10)); // there is room again: a file of its own, whole frames both
        studio.files();
        QCOMPARE(taken.size(), 2);
        QCOMPARE(soundOf(*taken.at(0)), stampedFrames(1, 10 * (sent - 1)));
        QCOMPARE(soundOf(*taken.at(1)), stampedFrames(3, 10));
    }

    void nobodyWaitsForAHangingDiskAtTheEnd()
    {
        auto gate = std::make_shared<std::counting_semaphore<>>(0);
        auto taken = std::make_shared<QByteArray>();
        {
            Studio studio;
            studio.plan.withCue = false;
            studio.plan.open = [gate, taken](const QString &, QString &) {
                return std::make_unique<HangingDisk>(*gate, *taken);
            };
            studio.recorder.start(studio.plan, studio.ring);
            studio.air(batchOf(1, 10));
            const MachineSlack slack;
            QElapsedTimer timer;
            timer.start();
            studio.recorder.stop();
            QVERIFY(timer.elapsed() < 1000 + slack.ms());
            studio.recorder.start(studio.plan, studio.ring);
            gate->release();
        }
        QCOMPARE(soundOf(*taken), stampedFrames(1, 10));
    }
};

void TestRecorder::oggFilesBeginWithZero_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("vorbis") << QStringList{u"-c:a"_s, u"libvorbis"_s};
    QTest::newRow("opus") << QStringList{u"-c:a"_s, u"libopus"_s};
    QTest::newRow("flac") << QStringList{u"-c:a"_s, u"flac"_s};
}

void TestRecorder::oggFilesBeginWithZero()
{
    QFETCH(QStringList, options);
    QTemporaryDir folder;
    const QString whole = folder.filePath(u"whole.ogg"_s);
    QCOMPARE(mediafiles::encode(whole, options + QStringList{u"-f"_s, u"ogg"_s}, 40.0), QByteArray());
    OggFramer framer;
    FrameBatch pages;
    framer.feed(mediafiles::contentOf(whole), pages);
    Studio studio;
    // On the air for 25 seconds before anybody records, and off before the stream has ended.
    FrameBatch before;
    FrameBatch recorded;
    qsizetype at = 0;
    for (const FrameInfo &frame : std::as_const(pages.frames)) {
        const QByteArrayView bytes = QByteArrayView(pages.bytes).sliced(at, frame.size);
        at += frame.size;
        FrameBatch &batch = before.duration() < 25 * flicksPerSecond ? before : recorded;
        if (recorded.duration() >= 10 * flicksPerSecond)
            break;
        if (frame.isStreamHeader)
            batch.appendStreamHeader(bytes);
        else
            batch.append(bytes, frame.duration);
    }
    studio.air(before, "audio/ogg");
    studio.recorder.start(studio.plan, studio.ring);
    studio.air(recorded, "audio/ogg");
    const QMap<QString, QByteArray> files = studio.files();
    const QStringList names = endingWith(files, u".ogg"_s);
    QCOMPARE(names.size(), 1);
    const QString file = folder.filePath(u"recorded.ogg"_s);
    QVERIFY(mediafiles::write(file, files.value(names.constFirst())));
    QCOMPARE(mediafiles::decode(file), QByteArray());
    const double seconds = secondsOf(recorded.duration());
    const QByteArray said =
        mediafiles::run(u"ffprobe"_s, {u"-v"_s, u"error"_s, u"-show_entries"_s, u"format=duration"_s,
                                       u"-of"_s, u"csv=p=0"_s, file});
    QVERIFY2(qAbs(said.trimmed().toDouble() - seconds) < 0.1, said);
    // Page after page from 0 on, and the last one says so.
    QByteArrayView rest(files[names.constFirst()]);
    quint32 sequence = 0;
    while (!rest.isEmpty()) {
        const OggProbe probe = probeOggPage(rest);
        QCOMPARE(probe.kind, OggProbe::Kind::Page);
        QCOMPARE(probe.page.sequence, sequence++);
        QCOMPARE(probe.page.endsStream, probe.page.bytes.size() == rest.size());
        rest = rest.sliced(probe.page.bytes.size());
    }
    QVERIFY(sequence > 5);
}

/// Passed-on files of several bit rates: whoever goes by the first one shows another length.
void TestRecorder::lengthOfAnMp3Recording_data()
{
    QTest::addColumn<QList<QStringList>>("tracks");
    QTest::addColumn<int>("joinedAt"); ///< frames that are no part of it
    QTest::addColumn<bool>("isVbr");
    const auto at = [](const char *rate, const char *kbps, const char *channels = "2") {
        return QStringList{u"-ar"_s,  QString::fromLatin1(rate), u"-ac"_s, QString::fromLatin1(channels),
                           u"-b:a"_s, QString::fromLatin1(kbps)};
    };
    QTest::newRow("several") << QList{at("44100", "64k"), at("44100", "320k"), at("44100", "128k")} << 0
                             << true;
    QTest::newRow("one") << QList{at("44100", "128k"), at("44100", "128k")} << 0 << false;
    QTest::newRow("small") << QList{at("24000", "32k", "1"), at("24000", "160k", "1")} << 0 << true;
    QTest::newRow("smallest") << QList{at("8000", "8k", "1"), at("8000", "64k", "1")} << 0 << true;
    QTest::newRow("vbr") << QList<QStringList>{{u"-q:a"_s, u"2"_s}} << 40 << true;
}

void TestRecorder::lengthOfAnMp3Recording()
{
    QFETCH(QList<QStringList>, tracks);
    QFETCH(int, joinedAt);
    QFETCH(bool, isVbr);
    QTemporaryDir folder;
    FrameBatch all;
    for (const QStringList &options : std::as_const(tracks)) {
        const QString track = folder.filePath(u"track.mp3"_s);
        QCOMPARE(mediafiles::encode(track, options, 40.0), QByteArray());
        all.append(mediafiles::framesOf(track));
    }
    Studio studio;
    studio.plan.withCue = false;
    FrameBatch expected;
    qsizetype at = 0;
    for (qsizetype i = 0; i < all.frames.size(); ++i) {
        const FrameInfo frame = all.frames[i];
        FrameBatch one;
        one.append(QByteArrayView(all.bytes).sliced(at, frame.size), frame.duration);
        at += frame.size;
        if (i == joinedAt)
            studio.recorder.start(studio.plan, studio.ring);
        if (i >= joinedAt)
            expected.append(one);
        studio.air(one);
        if (i % 100 == 0)
            QCoreApplication::processEvents();
    }
    QTRY_VERIFY_WITH_TIMEOUT(studio.recorder.status().bytes >= expected.bytes.size(), 10'000);
    const QString path = studio.recorder.status().file;
    const auto lengthOf = [](const QString &file) {
        const QByteArray said =
            mediafiles::run(u"ffprobe"_s, {u"-v"_s, u"error"_s, u"-show_entries"_s, u"format=duration"_s,
                                           u"-of"_s, u"csv=p=0"_s, file});
        return said.trimmed().toDouble();
    };
    const double seconds = secondsOf(expected.duration());
    // As a crash would leave it: whole frames, all of them, and nothing else that anybody hears.
    const QString cut = folder.filePath(u"cut.mp3"_s);
    QVERIFY(QFile::copy(path, cut));
    QCOMPARE(soundOf(mediafiles::contentOf(cut)), expected.bytes);
    QCOMPARE(mediafiles::framesOf(cut).bytes, expected.bytes);
    if (joinedAt == 0)
        QCOMPARE(mediafiles::decode(cut), QByteArray());

    const QByteArray recorded = studio.files().first();
    QCOMPARE(soundOf(recorded), expected.bytes);
    QCOMPARE(mediafiles::framesOf(path).frames, expected.frames);
    QVERIFY2(qAbs(lengthOf(path) - seconds) < 0.06, QByteArray::number(lengthOf(path)));
    QCOMPARE(recorded.first(200).contains("Xing"), isVbr);
    QCOMPARE(recorded.first(200).contains("Info"), !isVbr);
    // The table leads to where it says: a tenth of the way each.
    const auto header = parseMpegHeader(recorded);
    const qsizetype table = header->frameBytes - mpegMainDataBytes(*header) + 16;
    const double audio = static_cast<double>(recorded.size());
    Flicks time = 0;
    qsizetype byte = header->frameBytes;
    for (qsizetype i = 0, tenth = 0; i < expected.frames.size() && tenth < 10; ++i) {
        if (time >= expected.duration() * tenth / 10) {
            const double said = static_cast<quint8>(recorded[table + tenth * 10]) / 256.0;
            QVERIFY2(qAbs(said - static_cast<double>(byte) / audio) < 0.02, QByteArray::number(said));
            ++tenth;
        }
        time += expected.frames[i].duration;
        byte += expected.frames[i].size;
    }
    PlaylistEntry entry;
    entry.path = path;
    entry = withMediaInfo(entry);
    QVERIFY2(qAbs(static_cast<double>(entry.track.durationMs) / 1000.0 - seconds) < 0.06,
             QByteArray::number(entry.track.durationMs));
}

QTEST_GUILESS_MAIN(TestRecorder)
#include "tst_recorder.moc"
