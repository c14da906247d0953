// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A whole station that plays what does not fit its stream, and changes its stream on the air.
#include "core/audio/framing.h"
#include "core/audio/mpeg/mpegheader.h"
#include "tests/core/playlist/library/mediafiles.h"
#include "tests/support/helperprocess.h"
#include "tests/support/stationfixture.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

class TestAnyFormat : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_files;

    QByteArray music(const QString &name, const QStringList &options = {}, double seconds = 20.0) const
    {
        const QString path = m_files.filePath(name);
        if (!QFile::exists(path) && !mediafiles::encode(path, options, seconds).isEmpty())
            return {};
        return mediafiles::contentOf(path);
    }

    bool decodes(const QByteArray &bytes, const QString &name) const
    {
        const QString path = m_files.filePath(name);
        const QByteArray said = mediafiles::write(path, bytes) ? mediafiles::decode(path) : "not written";
        if (!said.isEmpty())
            qWarning("%s", said.constData());
        return said.isEmpty();
    }

    /// Only whole frames: what ends in the middle of one is cut.
    static QByteArray wholeFrames(const QByteArray &bytes, const char *type)
    {
        const auto framer = makeFramer(type);
        FrameBatch batch;
        framer->feed(bytes, batch);
        return batch.bytes;
    }

    /// MP3 frames at 44.1 kHz in stereo, one after the other.
    static bool isOneFormat(QByteArrayView heard)
    {
        for (qsizetype at = 0; at < heard.size();) {
            const auto header = parseMpegHeader(heard.sliced(at));
            if (!header || header->sampleRate != 44100 || header->channels != 2)
                return false;
            at += header->frameBytes;
        }
        return !heard.isEmpty();
    }

private slots:
    void flacIsHeardAsMp3AndSkippedWithoutATear()
    {
        StationFixture station;
        station.addFile(music(u"a.flac"_s));
        station.addFile(music(u"b.m4a"_s, {u"-ar"_s, u"48000"_s, u"-ac"_s, u"1"_s}));
        station.addTrack(500);
        QVERIFY(station.start());
        StreamClient listener(station.listenPort());
        QVERIFY(waitUntil([&] { return station.status().current.title == u"Track 1"_s; }, 30'000));
        QVERIFY(waitUntil([&] { return listener.audio().size() > 40'000; }, 30'000));
        station.control().skip();
        QVERIFY(waitUntil([&] { return station.status().current.title == u"Track 2"_s; }, 30'000));
        const qsizetype before = listener.audio().size();
        QVERIFY(waitUntil([&] { return listener.audio().size() > before + 40'000; }, 30'000));
        QVERIFY(station.problems().isEmpty());
        const QByteArray heard = wholeFrames(listener.audio(), "audio/mpeg");
        QVERIFY(decodes(heard, u"heard.mp3"_s));
        QVERIFY(isOneFormat(heard));
    }

    void anotherBitrateDropsNobodyAndAnotherFormatSaysGoodbye()
    {
        StationFixture station;
        station.addFile(music(u"a.flac"_s));
        station.addFile(music(u"a.flac"_s));
        QVERIFY(station.start());
        StreamClient listener(station.listenPort());
        // The change is heard two seconds later: there must be that much of the track before and after.
        QVERIFY(waitUntil(
            [&] { return station.status().positionMs > 1000 && station.status().buffer.aheadSeconds > 10; },
            30'000));

        Settings changed = station.settings;
        changed.encoder.bitrateKbps = 64;
        QVERIFY(station.apply(changed));
        const auto lastKbps = [&] {
            const auto framer = makeFramer("audio/mpeg");
            FrameBatch batch;
            framer->feed(listener.audio(), batch);
            return framer->format().bitrateKbps;
        };
        QVERIFY(waitUntil([&] { return lastKbps() == 64; }, 30'000));
        QCOMPARE(station.listeners(), 1);
        QCOMPARE(station.status().current.title, u"Track 1"_s); // it went on where it was
        QVERIFY(station.status().positionMs > 1000);

        station.control().watchListeners(true);
        changed.encoder.format = u"aac"_s;
        QVERIFY(station.apply(changed));
        QVERIFY(waitUntil([&] { return station.left().size() == 1; }, 30'000));
        QCOMPARE(station.left()[0].why, LeftBecause::FormatChanged);
        QVERIFY(decodes(wholeFrames(listener.audio(), "audio/mpeg"), u"before.mp3"_s));

        StreamClient again(station.listenPort());
        QVERIFY(waitUntil([&] { return again.audio().size() > 20'000; }, 30'000));
        QVERIFY2(again.head().contains("audio/aac"), again.head());
        QVERIFY(decodes(wholeFrames(again.audio(), "audio/aac"), u"after.aac"_s));
    }

    void tracksShorterThanTheFadeAreHeardInTurn()
    {
        StationFixture station;
        station.settings.encoder.crossfadeSeconds = 5.0;
        station.settings.playlist.shuffle = false;
        for (int i = 0; i < 2; ++i)
            station.addFile(music(u"short.flac"_s, {}, 3.0));
        QVERIFY(station.start());
        StreamClient listener(station.listenPort());
        QStringList titles;
        bool wasSilentAgain = false; // once it had begun
        QVERIFY(waitUntil(
            [&] {
                const TrackInfo current = station.status().current;
                if (current.entryId == 0)
                    wasSilentAgain = wasSilentAgain || !titles.isEmpty();
                else if (titles.isEmpty() || titles.constLast() != current.title)
                    titles.append(current.title);
                return titles.size() >= 6;
            },
            60'000));
        QVERIFY(!wasSilentAgain);
        QCOMPARE(titles.count(u"Track 2"_s), 3);
        QVERIFY(station.problems().isEmpty());
        QVERIFY(decodes(wholeFrames(listener.audio(), "audio/mpeg"), u"short.heard.mp3"_s));
    }

    void opusIsOneStreamThroughSkipsAndForNewcomers()
    {
        StationFixture station;
        station.settings.encoder.format = u"opus"_s;
        station.settings.encoder.sampleRate = 48000;
        station.settings.encoder.bitrateKbps = 96;
        for (int i = 0; i < 3; ++i)
            station.addFile(music(u"a.flac"_s));
        QVERIFY(station.start());
        StreamClient first(station.listenPort());
        QVERIFY(waitUntil([&] { return first.audio().size() > 30'000; }, 30'000));
        station.control().skip();
        QVERIFY(waitUntil([&] { return station.status().current.title == u"Track 2"_s; }, 30'000));
        StreamClient second(station.listenPort());
        QVERIFY(waitUntil([&] { return second.audio().size() > 40'000; }, 30'000));
        const QByteArray whole = wholeFrames(first.audio(), "audio/ogg");
        QCOMPARE(whole.count("OpusHead"), 1);
        QVERIFY(decodes(whole, u"first.ogg"_s));
        const QByteArray joined = wholeFrames(second.audio(), "audio/ogg");
        QVERIFY(joined.startsWith("OggS"));
        QCOMPARE(joined.count("OpusHead"), 1);
        QVERIFY(decodes(joined, u"second.ogg"_s));
        const QByteArray info = mediafiles::run(u"opusinfo"_s, {m_files.filePath(u"first.ogg"_s)});
        QVERIFY2(!info.contains("hole") && !info.contains("sequence"), info);
    }

    void liveSourcesBecomeTheStationsFormat_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("aac") << u"live.aac"_s << QStringList{u"-c:a"_s, u"aac"_s, u"-ar"_s, u"48000"_s}
                             << QByteArray("audio/aac");
        QTest::newRow("vorbis") << u"live.ogg"_s << QStringList{u"-c:a"_s, u"libvorbis"_s}
                                << QByteArray("application/ogg");
        QTest::newRow("mp3 of another rate")
            << u"live.mp3"_s << QStringList{u"-ar"_s, u"22050"_s, u"-ac"_s, u"1"_s}
            << QByteArray("audio/mpeg");
    }
    void liveSourcesBecomeTheStationsFormat()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, options);
        QFETCH(QByteArray, type);
        const QByteArray show = music(name, options);
        QVERIFY(show.size() > 20'000);
        StationFixture station;
        station.settings.encoder.live = u"convert"_s;
        station.addTrack(4000);
        QVERIFY(station.start());
        StreamClient listener(station.listenPort());
        QVERIFY(waitUntil([&] { return listener.audio().size() > 20'000; }, 30'000));
        RawSocket source(station.sourcePort());
        source.send("SOURCE /stream HTTP/1.0\r\n" + basicAuth("source", "ocean-lamp-42") +
                    "Content-Type: " + type + "\r\nice-name: Show\r\n\r\n" + show.first(show.size() / 2));
        QVERIFY(waitUntil([&] { return station.isLive(); }, 30'000));
        const qsizetype before = listener.audio().size();
        QVERIFY(waitUntil([&] { return listener.audio().size() > before + 60'000; }, 30'000));
        source.close();
        QVERIFY(waitUntil([&] { return !station.isLive(); }, 30'000));
        QCOMPARE(station.listeners(), 1);
        const QByteArray heard = wholeFrames(listener.audio(), "audio/mpeg");
        QVERIFY(decodes(heard, u"live.heard.mp3"_s));
        QVERIFY(isOneFormat(heard));
    }

    /// A minute in which one station's helper stands still and another one's list has a pipe in it from which
    /// nothing comes: nobody misses a frame. Both at once, and next to no work.
    void nobodyHearsAMinuteInWhichNothingIsRead()
    {
        constexpr qint64 minuteMs = 60'000;
        StationFixture piped;
        piped.addTrack(400); // ten seconds
        const QString pipe = piped.addFile({}).path;
        piped.addTrack(8000);
        QVERIFY(QFile::remove(pipe));
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        // Somebody holds its other end and writes nothing: opening it does not hang, reading it would.
        const int held = ::open(QFile::encodeName(pipe).constData(), O_RDWR | O_NONBLOCK);
        QVERIFY(held >= 0);
        QVERIFY(piped.start());
        StreamClient pipedListener(piped.listenPort());

        StationFixture station;
        for (int i = 0; i < 4; ++i)
            station.addFile(music(u"long.flac"_s, {}, 120.0));
        QVERIFY(station.start());
        // More than two minutes are read ahead; then the helper stands still.
        QVERIFY(waitUntil([&] { return station.status().buffer.aheadSeconds > 90.0; }, 60'000));
        const qint64 helper = helperOf(QCoreApplication::applicationPid());
        QVERIFY(helper > 0);
        QCOMPARE(::kill(static_cast<pid_t>(helper), SIGSTOP), 0);
        const MachineSlack slack;
        QElapsedTimer stopped;
        stopped.start();
        // An encoder that begins on a busy machine may have been late; from now on nothing may be.
        const qsizetype toldBefore = station.events().size();
        const qsizetype pipedToldBefore = piped.events().size();
        StreamClient listener(station.listenPort());
        QVERIFY(waitUntil([&] { return listener.audio().size() > 0; }, 10'000));
        const qsizetype before = listener.audio().size();
        const qint64 from = stopped.elapsed();
        QVERIFY(!QTest::qWaitFor([&] { return listener.hasEnded() || pipedListener.hasEnded(); },
                                 static_cast<int>(minuteMs)));
        // What a minute holds, in time: rounds are a second apart.
        const qint64 heardMs = (listener.audio().size() - before) / 16;
        const qint64 passedMs = stopped.elapsed() - from;
        QVERIFY2(heardMs >= passedMs - 3000 - slack.ms(),
                 QByteArray::number(heardMs) + " of " + QByteArray::number(passedMs));
        ::kill(static_cast<pid_t>(helper), SIGCONT);

        const auto wasNeverDry = [](const StationFixture &one, qsizetype since) {
            const QList<StationEvent> events = one.events().sliced(since);
            return std::none_of(events.cbegin(), events.cend(), [](const StationEvent &event) {
                return event.kind == StationEvent::Kind::Underrun;
            });
        };
        QVERIFY(wasNeverDry(station, toldBefore));
        QVERIFY(decodes(wholeFrames(listener.audio(), "audio/mpeg"), u"stopped.mp3"_s));
        QVERIFY(wasNeverDry(piped, pipedToldBefore));
        QCOMPARE(piped.problems().size(), 1);
        QVERIFY2(piped.problems().constBegin()->contains(QFileInfo(pipe).fileName()),
                 qPrintable(*piped.problems().constBegin()));
        const StampedStream heard = pipedListener.heard();
        QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
        QCOMPARE(heard.sequenceFault(piped.lengths()), QString());
        QCOMPARE(heard.count(1), 400);
        QVERIFY2(heard.count(3) > 1500, qPrintable(heard.summary()));
        QVERIFY(heard.runs().size() <= 3); // silence before the first track, at most
        ::close(held);
    }
};

QTEST_GUILESS_MAIN(TestAnyFormat)
#include "tst_anyformat.moc"
