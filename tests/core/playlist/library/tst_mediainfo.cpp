// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/mediainfo.h"
#include "tests/core/playlist/library/mediafiles.h"
#include "tests/data/odd/oddfiles.h"
#include "tests/support/slack.h"

#include <QElapsedTimer>
#include <QTcpServer>

#include <sys/stat.h>

using namespace cycast;
using namespace mediafiles;

namespace
{

PlaylistEntry looked(const QString &path)
{
    PlaylistEntry entry;
    entry.path = path;
    return withMediaInfo(entry);
}

QByteArray utf16Text(const char *id, const QString &text)
{
    QByteArray body("\x01\xFF\xFE", 3);
    body.append(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
    QByteArray frame(id, 4);
    frame += QByteArray("\0\0\0", 3) + static_cast<char>(body.size()) + QByteArray("\0\0", 2) + body;
    return frame;
}

QByteArray id3v2(const QByteArray &frames)
{
    const auto size = static_cast<quint32>(frames.size());
    QByteArray tag("ID3\x03\0\0", 6);
    for (int shift = 21; shift >= 0; shift -= 7)
        tag.append(static_cast<char>((size >> shift) & 0x7FU));
    return tag + frames;
}

} // namespace

class TestMediaInfo : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_dir.isValid());
        QCOMPARE(encode(at(u"cbr.mp3"),
                        {u"-b:a"_s, u"128k"_s, u"-map_metadata"_s, u"-1"_s, u"-id3v2_version"_s, u"0"_s}),
                 QByteArray());
        m_plain = contentOf(at(u"cbr.mp3"));
        QVERIFY(m_plain.size() > 90'000);
    }

    /// Taggers that write UTF-16 and leave its mark out.
    void utf16WithoutAMarkIsRead_data()
    {
        QTest::addColumn<bool>("isBigEndian");
        QTest::addColumn<QString>("title");
        QTest::newRow("Latin, little") << false << u"Hyperballad"_s;
        QTest::newRow("Latin, big") << true << u"Hyperballad"_s;
        QTest::newRow("Cyrillic, little") << false << u"Группа крови"_s;
        QTest::newRow("Cyrillic, big") << true << u"Группа крови"_s;
        QTest::newRow("Japanese, little") << false << u"上を向いて歩こう"_s;
        QTest::newRow("Japanese, big") << true << u"上を向いて歩こう"_s;
        QTest::newRow("mixed, little") << false << u"Sigur Rós – Ágætis byrjun"_s;
        QTest::newRow("one letter, big") << true << u"X"_s;
    }

    /// The same in other versions of the tag, and before other kinds of sound.
    void utf16InOtherPlaces_data()
    {
        QTest::addColumn<QByteArray>("tag");
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QStringList>("options");
        const QStringList mp3{u"-b:a"_s, u"128k"_s, u"-id3v2_version"_s, u"0"_s};
        const auto text = [](const QString &words, bool isBigEndian) {
            QByteArray bytes;
            for (const QChar letter : words) {
                const auto low = static_cast<char>(letter.unicode() & 0xFF);
                const auto high = static_cast<char>(letter.unicode() >> 8);
                bytes += isBigEndian ? high : low;
                bytes += isBigEndian ? low : high;
            }
            return bytes;
        };
        const auto tag = [](char version, const QByteArray &frames) {
            QByteArray size;
            for (int shift = 21; shift >= 0; shift -= 7)
                size += static_cast<char>(frames.size() >> shift & 0x7F);
            return QByteArray("ID3") + version + QByteArray(2, '\0') + size + frames;
        };
        const auto frame = [](const QByteArray &id, char encoding, const QByteArray &bytes) {
            const auto size = static_cast<quint32>(bytes.size() + 1); // below 128: the same in all versions
            const QByteArray length =
                id.size() == 3 ? odd::bigEndian32(size).mid(1) : odd::bigEndian32(size) + QByteArray(2, '\0');
            return id + length + encoding + bytes;
        };
        const QString title = u"Hyperballad"_s;
        const QString artist = u"Björk"_s;
        for (const bool isBig : {false, true}) {
            const QByteArray end = isBig ? "big" : "little";
            const QByteArray four =
                frame("TIT2", 1, text(title, isBig)) + frame("TPE1", 1, text(artist, isBig));
            const QByteArray three =
                frame("TT2", 1, text(title, isBig)) + frame("TP1", 1, text(artist, isBig));
            QTest::newRow("2.2, " + end) << tag(2, three) << u"mp3"_s << mp3;
            QTest::newRow("2.4, " + end) << tag(4, four) << u"mp3"_s << mp3;
            QTest::newRow("adts, " + end) << tag(3, four) << u"aac"_s << QStringList{u"-c:a"_s, u"aac"_s};
            QTest::newRow("flac, " + end)
                << tag(3, four) << u"flac"_s << QStringList{u"-map_metadata"_s, u"-1"_s};
            QTest::newRow("with zeroes, " + end)
                << tag(3, frame("TIT2", 1, text(title + QChar(0), isBig)) +
                              frame("TPE1", 1, text(artist + QChar(0), isBig)))
                << u"mp3"_s << mp3;
        }
        // As 2.4 allows it.
        QTest::newRow("2.4, declared")
            << tag(4, frame("TIT2", 2, text(title, true)) + frame("TPE1", 2, text(artist, true))) << u"mp3"_s
            << mp3;
    }
    void utf16InOtherPlaces()
    {
        QFETCH(const QByteArray, tag);
        QFETCH(const QString, ending);
        QFETCH(const QStringList, options);
        const QTemporaryDir folder;
        const QString plain = folder.filePath(u"plain."_s + ending);
        QCOMPARE(encode(plain, options, 1.0), QByteArray());
        const QString odd = folder.filePath(u"odd."_s + ending);
        QVERIFY(write(odd, tag + contentOf(plain)));
        const PlaylistEntry entry = looked(odd);
        QCOMPARE(entry.track.title, u"Hyperballad"_s);
        QCOMPARE(entry.track.artist, u"Björk"_s);
        QCOMPARE(entry.problem, QString());
    }
    void utf16WithoutAMarkIsRead()
    {
        QFETCH(const bool, isBigEndian);
        QFETCH(const QString, title);
        const QTemporaryDir folder;
        const QString plain = folder.filePath(u"plain.mp3"_s);
        QCOMPARE(encode(plain, {u"-b:a"_s, u"128k"_s, u"-id3v2_version"_s, u"0"_s}, 1.0), QByteArray());
        const QString odd = folder.filePath(u"odd.mp3"_s);
        QVERIFY(write(odd, odd::id3InUtf16WithoutMark({{"TIT2", title}, {"TPE1", u"Björk"_s}}, isBigEndian) +
                               contentOf(plain)));
        PlaylistEntry entry;
        entry.path = odd;
        entry = withMediaInfo(entry);
        QCOMPARE(entry.track.title, title);
        QCOMPARE(entry.track.artist, u"Björk"_s);
        QCOMPARE(entry.problem, QString());
    }

    /// What came through a pipe has no length in its header: it is found out.
    void aLengthThatNobodyWroteIsFound_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("flac") << QStringList{u"-f"_s, u"flac"_s};
        QTest::newRow("wav") << QStringList{u"-f"_s, u"wav"_s};
        QTest::newRow("aac") << QStringList{u"-c:a"_s, u"aac"_s, u"-f"_s, u"adts"_s};
        QTest::newRow("mka") << QStringList{u"-c:a"_s, u"libopus"_s, u"-f"_s, u"matroska"_s};
        QTest::newRow("webm") << QStringList{u"-c:a"_s, u"libvorbis"_s, u"-f"_s, u"webm"_s};
        QTest::newRow("mp3") << QStringList{u"-f"_s, u"mp3"_s};
        QTest::newRow("ogg") << QStringList{u"-c:a"_s, u"libvorbis"_s, u"-f"_s, u"ogg"_s};
        QTest::newRow("au") << QStringList{u"-f"_s, u"au"_s};
        QTest::newRow("mp2") << QStringList{u"-c:a"_s, u"mp2"_s, u"-f"_s, u"mp2"_s};
        QTest::newRow("ac3") << QStringList{u"-f"_s, u"ac3"_s};
        QTest::newRow("dts") << QStringList{u"-c:a"_s, u"dca"_s, u"-strict"_s, u"-2"_s, u"-f"_s, u"dts"_s};
        QTest::newRow("wv") << QStringList{u"-c:a"_s, u"wavpack"_s, u"-f"_s, u"wv"_s};
        QTest::newRow("wma") << QStringList{u"-c:a"_s, u"wmav2"_s, u"-f"_s, u"asf"_s};
        QTest::newRow("opus") << QStringList{u"-c:a"_s, u"libopus"_s, u"-f"_s, u"ogg"_s};
        QTest::newRow("oga") << QStringList{u"-c:a"_s, u"flac"_s, u"-f"_s, u"ogg"_s};
        QTest::newRow("m4a") << QStringList{u"-c:a"_s, u"aac"_s,       u"-f"_s,
                                            u"mp4"_s,  u"-movflags"_s, u"frag_keyframe+empty_moov"_s};
        QTest::newRow("mka, pcm") << QStringList{u"-c:a"_s, u"pcm_s16le"_s, u"-f"_s, u"matroska"_s};
        QTest::newRow("mka, flac") << QStringList{u"-c:a"_s, u"flac"_s, u"-f"_s, u"matroska"_s};
        QTest::newRow("wav, adpcm") << QStringList{u"-c:a"_s, u"adpcm_ms"_s, u"-f"_s, u"wav"_s};
    }
    void aLengthThatNobodyWroteIsFound()
    {
        QFETCH(const QStringList, options);
        const QTemporaryDir folder;
        const QString piped = folder.filePath(u"piped."_s + QString::fromLatin1(QTest::currentDataTag()));
        QProcess ffmpeg;
        ffmpeg.setStandardOutputFile(piped); // what ffmpeg calls a pipe: it may not go back
        ffmpeg.start(u"ffmpeg"_s, QStringList{u"-v"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s,
                                              u"sine=500:duration=7:sample_rate=48000"_s, u"-ac"_s, u"2"_s} +
                                      options + QStringList{u"pipe:1"_s});
        QVERIFY(ffmpeg.waitForFinished(60'000));
        QVERIFY(QFileInfo(piped).size() > 0);
        PlaylistEntry entry;
        entry.path = piped;
        entry = withMediaInfo(entry);
        QCOMPARE(entry.problem, QString());
        QVERIFY2(qAbs(entry.track.durationMs - 7000) < 150, QByteArray::number(entry.track.durationMs));
        QVERIFY2(entry.sound.bitrateKbps > 0, qPrintable(entry.format));
    }

    void constantBitrate()
    {
        const PlaylistEntry entry = looked(at(u"cbr.mp3"));
        QCOMPARE(entry.problem, QString());
        QCOMPARE(entry.format, u"MP3 128"_s);
        QVERIFY(entry.tagsRead);
        QCOMPARE(entry.track.title, u"cbr"_s);
        QVERIFY2(qAbs(entry.track.durationMs - 6000) < 100,
                 qPrintable(QString::number(entry.track.durationMs)));
    }

    void withoutXingFrameTheLengthIsEstimated()
    {
        QCOMPARE(encode(at(u"bare.mp3"), {u"-b:a"_s, u"64k"_s, u"-ac"_s, u"1"_s, u"-write_xing"_s, u"0"_s}),
                 QByteArray());
        const PlaylistEntry entry = looked(at(u"bare.mp3"));
        QCOMPARE(entry.format, u"MP3 64"_s);
        QVERIFY2(qAbs(entry.track.durationMs - 6000) < 150,
                 qPrintable(QString::number(entry.track.durationMs)));
    }

    void variableBitrate()
    {
        QCOMPARE(encode(at(u"vbr.mp3"), {u"-q:a"_s, u"2"_s}), QByteArray());
        const PlaylistEntry entry = looked(at(u"vbr.mp3"));
        QVERIFY2(entry.format.startsWith("MP3 VBR "_L1), qPrintable(entry.format));
        const int kbps = entry.format.section(u' ', 2).toInt();
        QVERIFY2(kbps > 60 && kbps < 300, qPrintable(entry.format));
        QVERIFY2(qAbs(entry.track.durationMs - 6000) < 100,
                 qPrintable(QString::number(entry.track.durationMs)));
    }

    void id3v1InLatin1()
    {
        QVERIFY(write(at(u"v1.mp3"), m_plain + id3v1("Caf\xE9 \x96 d\xFCnn", "Bj\xF6rk", "Debut\xE9")));
        const PlaylistEntry entry = looked(at(u"v1.mp3"));
        QCOMPARE(entry.track.title, u"Café – dünn"_s);
        QCOMPARE(entry.track.artist, u"Björk"_s);
        QCOMPARE(entry.track.album, u"Debuté"_s);
        QCOMPARE(entry.format, u"MP3 128"_s);
    }

    void id3v2InUtf16()
    {
        QVERIFY(write(at(u"v2.mp3"),
                      id3v2(utf16Text("TIT2", u"Жар\u0007 птица"_s) + utf16Text("TPE1", u"Édith 😀"_s) +
                            utf16Text("TALB", QString(60, u'ß'))) +
                          m_plain));
        const PlaylistEntry entry = looked(at(u"v2.mp3"));
        QCOMPARE(entry.track.title, u"Жар птица"_s);
        QCOMPARE(entry.track.artist, u"Édith 😀"_s);
        QCOMPARE(entry.track.album, QString(60, u'ß'));
    }

    void largeCover()
    {
        const QByteArray picture = QByteArray("\xFF\xD8\xFF\xE0", 4) + QByteArray(3'000'000, '\xFB');
        QByteArray frame("APIC", 4);
        const QByteArray body = QByteArray("\0image/jpeg\0\3\0", 14) + picture;
        for (int shift = 24; shift >= 0; shift -= 8)
            frame.append(static_cast<char>((body.size() >> shift) & 0xFF));
        frame += QByteArray("\0\0", 2) + body;
        QVERIFY(write(at(u"cover.mp3"), id3v2(utf16Text("TIT2", u"With cover"_s) + frame) + m_plain));
        const PlaylistEntry entry = looked(at(u"cover.mp3"));
        QCOMPARE(entry.problem, QString());
        QCOMPARE(entry.track.title, u"With cover"_s);
        QCOMPARE(entry.format, u"MP3 128"_s);
        QVERIFY2(qAbs(entry.track.durationMs - 6000) < 100,
                 qPrintable(QString::number(entry.track.durationMs)));
    }

    void apeTags()
    {
        const QByteArray tag = apeTag({{"Title", "Ape title"}, {"Artist", "\xC3\x84pe"}, {"Album", "Zoo"}});
        QVERIFY(write(at(u"ape.mp3"), m_plain + tag));
        const PlaylistEntry entry = looked(at(u"ape.mp3"));
        QCOMPARE(entry.problem, QString());
        QCOMPARE(entry.track.title, u"Ape title"_s);
        QCOMPARE(entry.track.artist, u"Äpe"_s);
        QVERIFY(qAbs(entry.track.durationMs - 6000) < 100);
        QVERIFY(write(at(u"apev1.mp3"), m_plain + tag + id3v1("Ape ti", "V1", "V1")));
        QCOMPARE(looked(at(u"apev1.mp3")).track.title, u"Ape title"_s);
        QCOMPARE(looked(at(u"apev1.mp3")).track.artist, u"V1"_s);
        for (qsizetype size = 1; size < tag.size(); size += 3) { // damaged ones
            QVERIFY(write(at(u"apecut.mp3"), m_plain.first(5000) + tag.last(size)));
            QVERIFY(!looked(at(u"apecut.mp3")).track.title.isEmpty());
        }
        QVERIFY(write(at(u"gain.mp3"), m_plain + apeTag({{"REPLAYGAIN_TRACK_GAIN", "-3 dB"}}) +
                                           id3v1("V1 title", "V1", "V1")));
        QCOMPARE(looked(at(u"gain.mp3")).track.title, u"V1 title"_s);
    }

    void wordsOfAPlaylistStayWhereTagsAreMissing()
    {
        PlaylistEntry entry;
        entry.path = at(u"cbr.mp3");
        entry.track.title = u"From the list"_s;
        entry.problem = Sentence(u"old"_s);
        entry = withMediaInfo(entry);
        QCOMPARE(entry.track.title, u"From the list"_s);
        QCOMPARE(entry.problem, QString());
    }

    void otherFormats()
    {
        QCOMPARE(encode(at(u"a.flac"), {u"-metadata"_s, u"title=Flac title"_s}), QByteArray());
        const PlaylistEntry flac = looked(at(u"a.flac"));
        QCOMPARE(flac.track.title, u"Flac title"_s);
        QVERIFY2(flac.format.startsWith("FLAC "_L1), qPrintable(flac.format));
        QVERIFY(qAbs(flac.track.durationMs - 6000) < 50);
        QCOMPARE(flac.problem, QString());
        QCOMPARE(flac.sound.codec, u"flac"_s);

        QCOMPARE(encode(at(u"a.ogg"), {u"-c:a"_s, u"libvorbis"_s, u"-metadata"_s, u"artist=Vorbis artist"_s}),
                 QByteArray());
        const PlaylistEntry ogg = looked(at(u"a.ogg"));
        QCOMPARE(ogg.track.artist, u"Vorbis artist"_s);
        QVERIFY2(ogg.format.startsWith("Ogg Vorbis"_L1), qPrintable(ogg.format));
        QCOMPARE(ogg.problem, QString());

        QCOMPARE(encode(at(u"a.wav"), {u"-t"_s, u"1"_s}), QByteArray());
        QCOMPARE(looked(at(u"a.wav")).problem, QString());
        QVERIFY(looked(at(u"a.wav")).format.startsWith("WAV"_L1));
        QCOMPARE(encode(at(u"a.m4a"), {u"-c:a"_s, u"aac"_s}), QByteArray());
        const PlaylistEntry m4a = looked(at(u"a.m4a"));
        QCOMPARE(m4a.problem, QString());
        QCOMPARE(m4a.sound.codec, u"aac"_s);
        QCOMPARE(m4a.sound.sampleRate, 44100);
        QCOMPARE(m4a.sound.channels, 2);
        QVERIFY(QFile::copy(at(u"a.flac"), at(u"renamed.mp3")));
        QCOMPARE(looked(at(u"renamed.mp3")).sound.codec, u"flac"_s);
        QCOMPARE(encode(at(u"in.mka"), {u"-c:a"_s, u"libmp3lame"_s}), QByteArray());
        const PlaylistEntry inside = looked(at(u"in.mka"));
        QCOMPARE(inside.sound.codec, u"mp3"_s);
        QVERIFY(inside.sound.container.contains("matroska"_L1));
    }

    void loudnessTagsAreRead()
    {
        const QStringList tags{u"-metadata"_s, u"REPLAYGAIN_TRACK_GAIN=-5.50 dB"_s, u"-metadata"_s,
                               u"REPLAYGAIN_TRACK_PEAK=0.5"_s};
        for (const QString &name : {u"rg.flac"_s, u"rg.mp3"_s, u"rg.ogg"_s}) {
            QCOMPARE(encode(at(name), tags, 1.0), QByteArray());
            QCOMPARE(looked(at(name)).sound.taggedLufs, -12.5);
            QVERIFY(qAbs(looked(at(name)).sound.taggedPeakDb + 6.02) < 0.01);
        }
        QCOMPARE(encode(at(u"r128.opus"), {u"-metadata"_s, u"R128_TRACK_GAIN=-512"_s}, 1.0), QByteArray());
        QCOMPARE(looked(at(u"r128.opus")).sound.taggedLufs, -21.0);
        QCOMPARE(looked(at(u"a.flac")).sound.taggedLufs, 0.0);
    }

    void notMusic_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("word");
        QTest::newRow("missing") << u"missing.mp3"_s << u"not there"_s;
        QTest::newRow("empty") << u"empty.mp3"_s << u"empty"_s;
        QTest::newRow("folder") << u"folder.mp3"_s << u"folder"_s;
        QTest::newRow("pipe") << u"pipe.mp3"_s << u"pipe"_s;
        QTest::newRow("picture") << u"jpeg.mp3"_s << u"jpeg.mp3"_s;
        QTest::newRow("text") << u"text.mp3"_s << u"text.mp3"_s;
        QTest::newRow("zeros") << u"zeros.mp3"_s << u"zeros.mp3"_s;
        QTest::newRow("HLS list") << u"hls.mp3"_s << u"hls.mp3"_s;
        QTest::newRow("concat list") << u"concat.mp3"_s << u"concat.mp3"_s;
    }
    void notMusic()
    {
        QTcpServer server; // nothing may ever knock here
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const QByteArray url = "http://127.0.0.1:" + QByteArray::number(server.serverPort()) + "/a.mp3";
        QVERIFY(write(at(u"empty.mp3"), {}));
        QVERIFY(QDir(m_dir.path()).mkpath(u"folder.mp3"_s));
        QFile::remove(at(u"pipe.mp3"));
        QCOMPARE(::mkfifo(QFile::encodeName(at(u"pipe.mp3")).constData(), 0600), 0);
        QCOMPARE(run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-y"_s, u"-f"_s, u"lavfi"_s, u"-i"_s,
                                   u"testsrc=d=1:r=1"_s, u"-frames:v"_s, u"1"_s, u"-f"_s, u"image2"_s,
                                   u"-update"_s, u"1"_s, u"-c:v"_s, u"mjpeg"_s, at(u"jpeg.mp3")}),
                 QByteArray());
        QVERIFY(write(at(u"text.mp3"), QByteArray("The quick brown fox. ").repeated(2000)));
        QVERIFY(write(at(u"zeros.mp3"), QByteArray(300'000, '\0')));
        QVERIFY(write(at(u"hls.mp3"), "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXT-X-VERSION:3\n#EXTINF:9,\n" +
                                          url + "\n#EXT-X-ENDLIST\n"));
        QVERIFY(write(at(u"concat.mp3"), "ffconcat version 1.0\nfile cbr.mp3\n"));

        QFETCH(QString, name);
        QFETCH(QString, word);
        const test::MachineSlack slack;
        QElapsedTimer clock;
        clock.start();
        const PlaylistEntry entry = looked(at(name));
        QVERIFY2(entry.problem.contains(word), qPrintable(entry.problem));
        QCOMPARE(entry.track.title, name.chopped(4));
        QVERIFY(entry.tagsRead);
        QVERIFY(clock.elapsed() < 5000 + slack.ms());
        QVERIFY(!server.waitForNewConnection(0));
    }

    void truncatedAndMutated()
    {
        const QByteArray whole = id3v2(utf16Text("TIT2", u"Title"_s)) + m_plain + id3v1("a", "b", "c");
        for (const qsizetype size : {1, 9, 10, 20, 40, 500, 5000, 50'000}) {
            QVERIFY(write(at(u"cut.mp3"), whole.first(size)));
            QVERIFY(!looked(at(u"cut.mp3")).track.title.isEmpty());
        }
        quint32 random = 1;
        for (int i = 0; i < 150; ++i) {
            QByteArray mutated = whole.first(4000);
            for (int k = 0; k < 8; ++k) {
                random = random * 1'664'525U + 1'013'904'223U;
                mutated[static_cast<qsizetype>(random >> 8U) % (k < 4 ? 64 : mutated.size())] =
                    static_cast<char>(random >> 3U);
            }
            QVERIFY(write(at(u"mutated.mp3"), mutated));
            const PlaylistEntry entry = looked(at(u"mutated.mp3"));
            QVERIFY(entry.track.durationMs >= 0 && entry.track.durationMs < 3'600'000);
        }
    }

    void longTextIsCut()
    {
        QCOMPARE(encode(at(u"long.mp3"), {u"-metadata"_s, u"title="_s + QString(3000, u'x')}, 0.5),
                 QByteArray());
        QCOMPARE(looked(at(u"long.mp3")).track.title.size(), 512);
    }

private:
    QString at(QStringView name) const { return m_dir.filePath(name.toString()); }

    QTemporaryDir m_dir;
    QByteArray m_plain; ///< 6 s at 128 kbit/s with a Xing frame, no tags
};

QTEST_GUILESS_MAIN(TestMediaInfo)
#include "tst_mediainfo.moc"
