// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A live show from its first byte to the last frame that is heard: uploads, changes within, and what is no
// sound.
#include "core/audio/guessingframer.h"
#include "core/audio/mpeg/mpegheader.h"
#include "core/base/monotonic.h"
#include "core/values/sourceattempt.h"
#include "tests/core/playlist/library/mediafiles.h"
#include "tests/support/helperprocess.h"
#include "tests/support/oggsamples.h"
#include "tests/support/stationfixture.h"

#include <QTest>

#include <csignal>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

namespace
{

/// What a file decodes to: how long the tone of 1000 Hz or so in it sounds, in seconds, and in how many
/// pieces.
struct Heard {
    double loudSeconds = 0.0;
    int pieces = 0;
};

Heard soundIn(const QString &path, const QString &raw)
{
    mediafiles::run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-y"_s, u"-i"_s, path, u"-f"_s, u"s16le"_s, u"-ac"_s,
                                  u"1"_s, u"-ar"_s, u"8000"_s, raw});
    const QByteArray samples = mediafiles::contentOf(raw);
    constexpr qsizetype windowSamples = 80; // 10 ms
    Heard heard;
    int quiet = 100;
    for (qsizetype at = 0; at + windowSamples * 2 <= samples.size(); at += windowSamples * 2) {
        int peak = 0;
        for (qsizetype i = 0; i < windowSamples; ++i) {
            qint16 sample = 0;
            memcpy(&sample, samples.constData() + at + i * 2, 2);
            peak = qMax(peak, qAbs(static_cast<int>(sample)));
        }
        if (peak < 600) {
            ++quiet;
            continue;
        }
        heard.loudSeconds += 0.01;
        heard.pieces += quiet > 20 ? 1 : 0;
        quiet = 0;
    }
    return heard;
}

} // namespace

class TestLiveShow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void whatIsUploadedIsHeardToItsEnd_data();
    void whatIsUploadedIsHeardToItsEnd();
    void twoUploadsFollowOneAnother();
    void aShowThatChangesStaysOneFormat_data();
    void aShowThatChangesStaysOneFormat();
    void theBytesSayWhatItIs_data();
    void theBytesSayWhatItIs();
    void whatCannotBePlayedIsNamed_data();
    void whatCannotBePlayedIsNamed();
    void bytesWithoutSoundEndTheShow_data();
    void bytesWithoutSoundEndTheShow();
    void aHelperThatDiesTakesNobodyWithIt();

private:
    QByteArray tone(const QString &name, const QStringList &options, double seconds = 20.0)
    {
        const QString path = m_files.filePath(name);
        if (!QFile::exists(path))
            mediafiles::run(u"ffmpeg"_s, QStringList{u"-v"_s, u"error"_s, u"-y"_s, u"-f"_s, u"lavfi"_s,
                                                     u"-i"_s, u"sine=500:duration=%1"_s.arg(seconds)} +
                                             options + QStringList{path});
        return mediafiles::contentOf(path);
    }
    /// All of the listener's audio that the show brought; the rest of the station is silent.
    Heard soundHeardBy(const StreamClient &listener)
    {
        const QString path = m_files.filePath(u"heard.mp3"_s);
        mediafiles::write(path, listener.audio());
        return soundIn(path, m_files.filePath(u"heard.raw"_s));
    }
    static QByteArray request(const QByteArray &type, qsizetype length = -1)
    {
        return "PUT /stream HTTP/1.1\r\nHost: a\r\n" + basicAuth("source", "ocean-lamp-42") +
               "Content-Type: " + type + "\r\n" +
               (length < 0 ? QByteArray() : "Content-Length: " + QByteArray::number(length) + "\r\n") +
               "\r\n";
    }
    void upload(RawSocket &source, const QByteArray &type, const QByteArray &bytes)
    {
        std::thread([socket = &source, all = request(type, bytes.size()) + bytes] {
            socket->send(all);
        }).join();
    }

    QTemporaryDir m_files;
    std::unique_ptr<StationFixture> m_station;
};

void TestLiveShow::init()
{
    m_station = std::make_unique<StationFixture>();
    m_station->settings.encoder.live = u"convert"_s;
    m_station->addTrack(40'000); // stamped frames decode to silence
    QVERIFY(m_station->start());
}

void TestLiveShow::whatIsUploadedIsHeardToItsEnd_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<double>("seconds");
    const QStringList mp3{u"-ac"_s, u"2"_s, u"-b:a"_s, u"128k"_s};
    QTest::newRow("mp3, passed") << u"p.mp3"_s << mp3 + QStringList{u"-ar"_s, u"44100"_s}
                                 << QByteArray("audio/mpeg") << 12.0;
    QTest::newRow("mp3 at 48 kHz") << u"c.mp3"_s << mp3 + QStringList{u"-ar"_s, u"48000"_s}
                                   << QByteArray("audio/mpeg") << 20.0;
    QTest::newRow("a second of it") << u"s.mp3"_s << mp3 + QStringList{u"-ar"_s, u"48000"_s}
                                    << QByteArray("audio/mpeg") << 1.0;
    QTest::newRow("adts") << u"c.aac"_s << QStringList{u"-ac"_s, u"2"_s, u"-c:a"_s, u"aac"_s}
                          << QByteArray("audio/aac") << 12.0;
    QTest::newRow("vorbis") << u"v.ogg"_s << QStringList{u"-c:a"_s, u"libvorbis"_s}
                            << QByteArray("application/ogg") << 12.0;
    QTest::newRow("opus") << u"o.opus"_s << QStringList{u"-c:a"_s, u"libopus"_s, u"-b:a"_s, u"64k"_s}
                          << QByteArray("audio/ogg") << 12.0;
    QTest::newRow("flac") << u"f.oga"_s << QStringList{u"-c:a"_s, u"flac"_s, u"-f"_s, u"ogg"_s}
                          << QByteArray("audio/ogg") << 12.0;
}

void TestLiveShow::whatIsUploadedIsHeardToItsEnd()
{
    QFETCH(QString, name);
    QFETCH(QStringList, options);
    QFETCH(QByteArray, type);
    QFETCH(double, seconds);
    const QByteArray show = tone(name, options, seconds);
    QVERIFY(show.size() > 5000);
    StreamClient listener(m_station->listenPort());
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 20'000; }));
    const qint64 fromNs = monotonicNs();
    RawSocket source(m_station->sourcePort());
    upload(source, type, show);
    // Told by events: a show of a second may be over before anybody looks.
    QVERIFY(waitUntil([&] { return m_station->count(StationEvent::Kind::LiveStarted) == 1; }));
    QVERIFY(waitUntil([&] { return m_station->count(StationEvent::Kind::LiveEnded) == 1; }, 40'000));
    QVERIFY(waitUntil([&] { return !m_station->isLive(); }));
    const double tookSeconds = static_cast<double>(monotonicNs() - fromNs) / 1e9;
    // The playlist follows.
    const qint64 atEnd = listener.audioBytes();
    QVERIFY(waitUntil([&] { return listener.audioBytes() > atEnd + 32'000; }));
    const Heard heard = soundHeardBy(listener);
    QVERIFY2(heard.loudSeconds > seconds - 0.06 && heard.loudSeconds < seconds + 0.15,
             QByteArray::number(heard.loudSeconds));
    QCOMPARE(heard.pieces, 1);
    // In real time, less what was ahead at the start.
    QVERIFY2(tookSeconds > seconds - 3.5 && tookSeconds < seconds + 6, QByteArray::number(tookSeconds));
}

void TestLiveShow::twoUploadsFollowOneAnother()
{
    const QByteArray first = tone(u"t1.mp3"_s, {u"-ar"_s, u"48000"_s, u"-ac"_s, u"2"_s}, 5.0);
    const QByteArray second = tone(u"t2.ogg"_s, {u"-c:a"_s, u"libvorbis"_s}, 4.0);
    const QByteArray third =
        tone(u"t3.mp3"_s, {u"-ar"_s, u"44100"_s, u"-ac"_s, u"2"_s, u"-b:a"_s, u"128k"_s}, 3.0);
    StreamClient listener(m_station->listenPort());
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 20'000; }));
    const auto push = [&](const QByteArray &type, const QByteArray &show) {
        RawSocket source(m_station->sourcePort());
        upload(source, type, show);
        source.finishSending();
        source.receiveAll(); // like curl, which goes when the server closes
    };
    push("audio/mpeg", first);
    push("audio/ogg", second);
    push("audio/mpeg", third);
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    QVERIFY(waitUntil([&] { return !m_station->isLive(); }, 30'000));
    const qint64 atEnd = listener.audioBytes();
    QVERIFY(waitUntil([&] { return listener.audioBytes() > atEnd + 32'000; }));
    const Heard heard = soundHeardBy(listener);
    QVERIFY2(heard.loudSeconds > 11.8 && heard.loudSeconds < 12.4, QByteArray::number(heard.loudSeconds));
}

void TestLiveShow::aShowThatChangesStaysOneFormat_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<bool>("isFast");
    for (const bool isFast : {false, true}) {
        const QByteArray how = isFast ? ", uploaded" : ", live";
        QTest::newRow("mp3, another rate" + how)
            << QByteArray("audio/mpeg") << QStringList{u"44s.mp3"_s, u"48s.mp3"_s, u"44s.mp3"_s} << isFast;
        QTest::newRow("mp3, mono" + how)
            << QByteArray("audio/mpeg") << QStringList{u"44s.mp3"_s, u"44m.mp3"_s, u"22m.mp3"_s} << isFast;
        QTest::newRow("aac" + how) << QByteArray("audio/aac")
                                   << QStringList{u"44s.aac"_s, u"48m.aac"_s, u"44s.aac"_s} << isFast;
        QTest::newRow("vorbis" + how) << QByteArray("application/ogg")
                                      << QStringList{u"44s.ogg"_s, u"48m.ogg"_s, u"44s.ogg"_s} << isFast;
        QTest::newRow("ogg, other codecs" + how)
            << QByteArray("application/ogg") << QStringList{u"44s.ogg"_s, u"48s.opus"_s, u"44s.oga"_s}
            << isFast;
    }
}

void TestLiveShow::aShowThatChangesStaysOneFormat()
{
    QFETCH(QByteArray, type);
    QFETCH(QStringList, names);
    QFETCH(bool, isFast);
    QByteArray show;
    QList<qsizetype> parts;
    for (const QString &name : names) {
        QStringList options{u"-ar"_s,
                            QString::number(name.first(2).toInt() == 44   ? 44100
                                            : name.first(2).toInt() == 22 ? 22050
                                                                          : 48000),
                            u"-ac"_s, name[2] == u'm' ? u"1"_s : u"2"_s};
        if (name.endsWith(".mp3"_L1))
            options += {u"-b:a"_s,           name[2] == u'm' ? u"64k"_s : u"128k"_s,
                        u"-write_xing"_s,    u"0"_s,
                        u"-id3v2_version"_s, u"0"_s};
        if (name.endsWith(".ogg"_L1))
            options += {u"-c:a"_s, u"libvorbis"_s};
        if (name.endsWith(".oga"_L1))
            options += {u"-c:a"_s, u"flac"_s, u"-f"_s, u"ogg"_s};
        show += tone(u"change"_s + name, options, 3.0);
        parts.append(show.size());
    }
    StreamClient listener(m_station->listenPort());
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 20'000; }));
    RawSocket source(m_station->sourcePort());
    if (isFast) {
        upload(source, type, show);
    } else {
        QVERIFY(source.send(request(type)));
        qsizetype sent = 0;
        const qint64 fromNs = monotonicNs();
        while (sent < show.size()) {
            const double due = static_cast<double>(monotonicNs() - fromNs) / 9e9;
            const auto until =
                qMin(show.size(), static_cast<qsizetype>(due * static_cast<double>(show.size())));
            if (until > sent)
                QVERIFY(source.send(show.sliced(sent, until - sent)));
            sent = until;
            waitUntil([] { return false; }, 50);
        }
        source.finishSending();
    }
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    QVERIFY(waitUntil([&] { return !m_station->isLive(); }, 40'000));
    const qint64 atEnd = listener.audioBytes();
    QVERIFY(waitUntil([&] { return listener.audioBytes() > atEnd + 32'000; }));
    const QByteArray audio = listener.audio();
    int others = 0;
    for (qsizetype at = 0; at + mpegHeaderBytes <= audio.size();) {
        const auto header = parseMpegHeader(QByteArrayView(audio).sliced(at));
        QVERIFY2(header, QByteArray::number(at));
        others += header->sampleRate != 44100 || header->channels != 2 ? 1 : 0;
        at += header->frameBytes;
    }
    QCOMPARE(others, 0);
    const Heard heard = soundHeardBy(listener);
    QVERIFY2(heard.loudSeconds > 8.75 && heard.loudSeconds < 9.4, QByteArray::number(heard.loudSeconds));
}

void TestLiveShow::theBytesSayWhatItIs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("type");
    const QStringList mp3{u"-ac"_s, u"2"_s, u"-ar"_s, u"44100"_s};
    QTest::newRow("mp3 as ogg") << u"l.mp3"_s << mp3 << QByteArray("application/ogg");
    QTest::newRow("mp3 as aac") << u"l.mp3"_s << mp3 << QByteArray("audio/aac");
    QTest::newRow("adts as mp3") << u"l.aac"_s << QStringList{} << QByteArray("audio/mpeg");
    QTest::newRow("adts as ogg") << u"l.aac"_s << QStringList{} << QByteArray("audio/ogg");
    QTest::newRow("vorbis as mp3") << u"l.ogg"_s << QStringList{u"-c:a"_s, u"libvorbis"_s}
                                   << QByteArray("audio/mpeg");
    QTest::newRow("opus as mp3") << u"l.opus"_s << QStringList{u"-c:a"_s, u"libopus"_s}
                                 << QByteArray("audio/mpeg");
    QTest::newRow("flac in ogg as aac")
        << u"l.oga"_s << QStringList{u"-c:a"_s, u"flac"_s, u"-f"_s, u"ogg"_s} << QByteArray("audio/aacp");
}

void TestLiveShow::theBytesSayWhatItIs()
{
    QFETCH(QString, name);
    QFETCH(QStringList, options);
    QFETCH(QByteArray, type);
    const QByteArray show = tone(name, options, 5.0);
    QVERIFY(show.size() > 5000);
    StreamClient listener(m_station->listenPort());
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 20'000; }));
    RawSocket source(m_station->sourcePort());
    upload(source, type, show);
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    QVERIFY(waitUntil([&] { return !m_station->isLive(); }, 20'000));
    const qint64 atEnd = listener.audioBytes();
    QVERIFY(waitUntil([&] { return listener.audioBytes() > atEnd + 32'000; }));
    const Heard heard = soundHeardBy(listener);
    QVERIFY2(heard.loudSeconds > 4.9 && heard.loudSeconds < 5.2, QByteArray::number(heard.loudSeconds));
}

void TestLiveShow::whatCannotBePlayedIsNamed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("word");
    QTest::newRow("wav") << u"n.wav"_s << QStringList{} << u"WAV"_s;
    QTest::newRow("flac") << u"n.flac"_s << QStringList{} << u"FLAC outside of Ogg"_s;
    QTest::newRow("matroska") << u"n.mka"_s << QStringList{} << u"Matroska"_s;
    QTest::newRow("mp4") << u"n.m4a"_s << QStringList{u"-movflags"_s, u"frag_keyframe+empty_moov"_s}
                         << u"MP4"_s;
    QTest::newRow("windows media") << u"n.wma"_s << QStringList{} << u"Windows Media"_s;
    QTest::newRow("transport stream") << u"n.ts"_s << QStringList{} << u"MPEG-TS"_s;
    QTest::newRow("speex") << u"n.spx"_s << QStringList{u"-c:a"_s, u"libspeex"_s, u"-ar"_s, u"16000"_s}
                           << u"Speex"_s;
    QTest::newRow("latm") << u"n.latm"_s << QStringList{u"-c:a"_s, u"aac"_s, u"-f"_s, u"latm"_s} << u"LATM"_s;
    QTest::newRow("raw samples") << u"n.raw"_s << QStringList{u"-f"_s, u"s16le"_s}
                                 << u"neither MP3 nor AAC"_s;
}

void TestLiveShow::whatCannotBePlayedIsNamed()
{
    QFETCH(QString, name);
    QFETCH(QStringList, options);
    QFETCH(QString, word);
    const QByteArray show = tone(name, options, 10.0);
    if (show.isEmpty())
        QFAIL("ffmpeg made nothing");
    QList<SourceAttempt> attempts;
    connect(&m_station->control(), &StationControl::sourceAttempted, this,
            [&attempts](const SourceAttempt &attempt) { attempts.append(attempt); });
    RawSocket source(m_station->sourcePort());
    QVERIFY(source.send(request("audio/mpeg")));
    const qint64 fromNs = monotonicNs();
    // About as fast as sound is played.
    qsizetype sent = 0;
    const auto isNamed = [&] {
        return std::any_of(attempts.cbegin(), attempts.cend(), [&](const SourceAttempt &attempt) {
            return attempt.outcome == SourceAttempt::Outcome::UnsupportedFormat &&
                   attempt.sentence.contains(word);
        });
    };
    while (!isNamed() && monotonicNs() - fromNs < 4'000'000'000) {
        const auto until =
            qMin(show.size(), static_cast<qsizetype>(static_cast<double>(monotonicNs() - fromNs) / 10e9 *
                                                     static_cast<double>(show.size())));
        if (until > sent)
            source.send(show.sliced(sent, until - sent));
        sent = qMax(sent, until);
        waitUntil(isNamed, 50);
    }
    QVERIFY(isNamed());
    QVERIFY(monotonicNs() - fromNs < 2'500'000'000);
    QVERIFY(!m_station->isLive());
}

void TestLiveShow::bytesWithoutSoundEndTheShow_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<int>("bytesPerSecond");
    const QByteArray sound = stampedFrames(7, 100);
    // As slow as sound: nothing but the time-out ends them.
    QTest::newRow("noise, slowly") << QByteArray("audio/mpeg") << sound << QByteArray(1000, 'n') << 4000;
    QTest::newRow("tags, slowly") << QByteArray("audio/mpeg") << sound
                                  << QByteArray("ID3\x03\x00\x00\x00\x00\x07\x76", 10) + QByteArray(1014, 'x')
                                  << 4000;
    // As fast as it goes: a megabyte is enough.
    QTest::newRow("noise") << QByteArray("audio/mpeg") << sound << QByteArray(64 * 1024, 'n') << 0;
    QTest::newRow("tags") << QByteArray("audio/mpeg") << sound
                          << QByteArray("ID3\x03\x00\x00\x00\x00\x07\x76", 10) + QByteArray(1014, 'x') << 0;
    QTest::newRow("ogg beginnings") << QByteArray("audio/ogg") << opusStream(1, 10)
                                    << opusHeader(2, "Artist", QByteArray(20'000, 't')) << 0;
    QTest::newRow("ogg beginnings at once")
        << QByteArray("audio/ogg") << QByteArray() << opusHeader(2, "Artist", QByteArray(20'000, 't')) << 0;
}

void TestLiveShow::bytesWithoutSoundEndTheShow()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, rest);
    QFETCH(int, bytesPerSecond);
    Settings changed = m_station->settings;
    changed.advanced.sourceTimeout = 3.0;
    changed.encoder.live = u"pass"_s;
    QVERIFY(m_station->apply(changed));
    RawSocket source(m_station->sourcePort());
    QVERIFY(source.send(request(type) + start));
    QVERIFY(start.isEmpty() || waitUntil([&] { return m_station->isLive(); }));
    const qint64 fromNs = monotonicNs();
    qint64 sent = 0;
    bool isOpen = true;
    while (isOpen && monotonicNs() - fromNs < 12'000'000'000) {
        const bool isDue =
            bytesPerSecond == 0 || sent < (monotonicNs() - fromNs) * bytesPerSecond / 1'000'000'000;
        if (isDue) {
            isOpen = source.send(rest);
            sent += rest.size();
        }
        waitUntil([] { return false; }, bytesPerSecond == 0 ? 0 : 50);
    }
    QVERIFY(!isOpen);
    QVERIFY(waitUntil([&] { return !m_station->isLive(); }, 8'000));
    // What the kernels hold between the two counts as sent.
    QVERIFY2(sent < 12'000'000, QByteArray::number(sent));
    QVERIFY(m_station->status().memoryBytes < 400'000'000);
}

void TestLiveShow::aHelperThatDiesTakesNobodyWithIt()
{
    // Each that dies takes with it what it had read ahead of what is heard.
    const QByteArray show = tone(u"k.mp3"_s, {u"-ar"_s, u"48000"_s, u"-ac"_s, u"2"_s}, 200.0);
    StreamClient listener(m_station->listenPort());
    RawSocket source(m_station->sourcePort());
    std::thread sender([&] { source.send(request("audio/mpeg") + show); });
    const auto end = qScopeGuard([&] {
        source.cut();
        sender.join();
    });
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    // Again and again, but never before the next one has proved itself.
    int killed = 0;
    for (int i = 0; i < 4; ++i) {
        qint64 helper = 0;
        QVERIFY(waitUntil([&] { return (helper = helperOf(QCoreApplication::applicationPid())) > 0; }));
        killed += ::kill(static_cast<pid_t>(helper), SIGKILL) == 0 ? 1 : 0;
        // Ten seconds heard: more than half of them are the next helper's work, however busy the machine is.
        const qint64 before = listener.audioBytes();
        QVERIFY(waitUntil([&] { return listener.audioBytes() > before + 10 * 16'000; }, 30'000));
    }
    QVERIFY(killed == 4);
    QVERIFY(m_station->isLive());
}

QTEST_GUILESS_MAIN(TestLiveShow)
#include "tst_liveshow.moc"
