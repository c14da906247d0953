// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What people have in their folders, made here, as one stream: it decodes in three players without an error
// or a change of format, and every track is as loud as it should be.
#include "core/audio/mpeg/mpegheader.h"
#include "core/audio/ogg/oggopuspager.h"
#include "tests/core/codec/readthrough.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

namespace
{

struct Piece {
    QString name;
    QStringList options; ///< of ffmpeg
    int levelDb;
    enum class Fate { Passed, Encoded, Refused } fate = Fate::Encoded;
};

const QString threeHours = u"35 three hours.mp3"_s;

const QList<Piece> &pieces()
{
    using Fate = Piece::Fate;
    static const QList<Piece> all{
        {u"01 cbr.mp3"_s, {u"-b:a"_s, u"192k"_s}, -19, Fate::Passed},
        {u"02 24 bit 96 kHz.flac"_s, {u"-ar"_s, u"96000"_s, u"-sample_fmt"_s, u"s32"_s}, -8},
        {u"03 vbr.mp3"_s, {u"-q:a"_s, u"3"_s}, -6, Fate::Passed},
        {u"04 48 kHz.mp3"_s, {u"-ar"_s, u"48000"_s, u"-b:a"_s, u"320k"_s}, -14},
        {u"05 speech.mp3"_s, {u"-ac"_s, u"1"_s, u"-ar"_s, u"22050"_s, u"-b:a"_s, u"48k"_s}, -17},
        {u"06 layer two.mp2"_s, {u"-b:a"_s, u"192k"_s}, -18},
        {u"07 bare.aac"_s, {u"-c:a"_s, u"aac"_s, u"-b:a"_s, u"96k"_s}, -10},
        {u"08 phone.m4a"_s, {u"-c:a"_s, u"aac"_s, u"-ac"_s, u"1"_s, u"-b:a"_s, u"64k"_s}, -16},
        {u"09 lossless.m4a"_s, {u"-c:a"_s, u"alac"_s}, -18},
        {u"10 8 bit.wav"_s, {u"-c:a"_s, u"pcm_u8"_s, u"-ar"_s, u"8000"_s, u"-ac"_s, u"1"_s}, -12},
        {u"11 float 192 kHz.wav"_s, {u"-c:a"_s, u"pcm_f32le"_s, u"-ar"_s, u"192000"_s}, -9},
        {u"12 surround.wav"_s, {u"-c:a"_s, u"pcm_s32le"_s, u"-ac"_s, u"6"_s, u"-ar"_s, u"48000"_s}, -5},
        {u"13 vorbis.ogg"_s, {u"-c:a"_s, u"libvorbis"_s, u"-q:a"_s, u"5"_s}, -13},
        {u"14 opus.opus"_s, {u"-c:a"_s, u"libopus"_s, u"-b:a"_s, u"96k"_s}, -17},
        {u"15 aiff.aiff"_s, {u"-c:a"_s, u"pcm_s24be"_s}, -11},
        {u"16 wavpack.wv"_s, {}, -17},
        {u"17 true audio.tta"_s, {}, -7},
        {u"18 dolby.ac3"_s, {u"-ac"_s, u"6"_s, u"-b:a"_s, u"384k"_s}, -5},
        {u"19 windows.wma"_s, {u"-c:a"_s, u"wmav2"_s, u"-b:a"_s, u"128k"_s}, -19},
        {u"20 matroska.mka"_s, {u"-c:a"_s, u"libmp3lame"_s, u"-b:a"_s, u"128k"_s}, -12},
        {u"21 web.webm"_s, {u"-c:a"_s, u"libopus"_s}, -16},
        {u"22 core.caf"_s, {u"-c:a"_s, u"pcm_s16be"_s}, -16},
        {u"23 sun.au"_s, {u"-ar"_s, u"11025"_s}, -10},
        {u"24 flac in ogg.ogg"_s, {u"-c:a"_s, u"flac"_s}, -18},
        {u"25 big cover.mp3"_s, {u"-b:a"_s, u"128k"_s}, -9, Fate::Passed},
        {u"26 latin.mp3"_s, {u"-b:a"_s, u"128k"_s, u"-id3v2_version"_s, u"0"_s}, -15, Fate::Passed},
        {u"27 utf16.mp3"_s,
         {u"-b:a"_s, u"160k"_s, u"-id3v2_version"_s, u"3"_s, u"-metadata"_s, u"title=Ночь 東京"_s},
         -13,
         Fate::Passed},
        {u"28 cut off.mp3"_s, {u"-b:a"_s, u"192k"_s}, -12, Fate::Passed},
        {u"29 cut off.flac"_s, {}, -14},
        {u"30 empty.mp3"_s, {}, 0, Fate::Refused},
        {u"31 picture.mp3"_s, {}, 0, Fate::Refused},
        {u"32 zeros.flac"_s, {}, 0, Fate::Refused},
        {u"33 bought.m4a"_s, {u"-c:a"_s, u"aac"_s, u"-b:a"_s, u"256k"_s}, -8},
        {u"34 last.flac"_s, {}, -18},
        {threeHours, {u"-b:a"_s, u"64k"_s}, 4, Fate::Passed},
        {u"36 after it.wav"_s, {u"-ar"_s, u"32000"_s}, -13},
    };
    return all;
}

constexpr double pieceSeconds = 2.0;
constexpr double meterStepLu = 0.1; ///< of what ffmpeg's meter prints

} // namespace

class TestMusicCorpus : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    LoudnessCache m_cache{m_folder.filePath(u"cache/loudness"_s)};
    QStringList m_paths;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    static QByteArray ffmpeg(const QStringList &arguments)
    {
        return mediafiles::run(u"ffmpeg"_s, QStringList{u"-v"_s, u"error"_s, u"-y"_s} + arguments);
    }

    /// Noise like music's, a number of its own for each.
    static QByteArray make(const Piece &piece, double seconds, const QString &file)
    {
        const QString source = u"anoisesrc=c=pink:r=44100:d=%1:s=%2:a=1,volume=%3dB,"
                               "aformat=channel_layouts=stereo"_s.arg(seconds)
                                   .arg(piece.levelDb + 100)
                                   .arg(piece.levelDb);
        return ffmpeg(QStringList{u"-f"_s, u"lavfi"_s, u"-i"_s, source} + piece.options + QStringList{file});
    }

    void cut(const QString &name, double part) const
    {
        const QByteArray whole = mediafiles::contentOf(path(name));
        QVERIFY(mediafiles::write(
            path(name), whole.first(static_cast<qsizetype>(static_cast<double>(whole.size()) * part))));
    }

    /// A minute of it again and again, as a mix of three hours is: frames that lean on none before them, and
    /// tags that say how loud it is.
    void makeThreeHours(Piece piece) const
    {
        const QString minute = path(u"minute.mp3"_s);
        piece.options += {u"-reservoir"_s, u"0"_s, u"-write_xing"_s, u"0"_s, u"-id3v2_version"_s, u"0"_s};
        QCOMPARE(make(piece, 60.0, minute), QByteArray());
        const QString gain = u"replaygain_track_gain=%1 dB"_s.arg(-18.0 - lufs(minute, 0.0, 60.0));
        QCOMPARE(ffmpeg({u"-i"_s, minute, u"-c"_s, u"copy"_s, u"-write_xing"_s, u"0"_s, u"-metadata"_s, gain,
                         path(piece.name)}),
                 QByteArray());
        const QByteArray frames = mediafiles::contentOf(minute);
        QFile file(path(piece.name));
        QVERIFY(file.open(QIODevice::Append));
        for (int i = 1; i < 180; ++i)
            QCOMPARE(file.write(frames), frames.size());
    }

    /// As ffmpeg's meter says, of a part of a file.
    static double lufs(const QString &file, double from, double seconds)
    {
        const QByteArray said =
            mediafiles::run(u"ffmpeg"_s, {u"-hide_banner"_s, u"-nostats"_s, u"-ss"_s, QString::number(from),
                                          u"-t"_s, QString::number(seconds), u"-i"_s, file, u"-af"_s,
                                          u"ebur128=framelog=verbose"_s, u"-f"_s, u"null"_s, u"-"_s});
        static const QRegularExpression integrated(u"Summary:.*I:\\s+(-?[0-9.]+) LUFS"_s,
                                                   QRegularExpression::DotMatchesEverythingOption);
        return integrated.match(QString::fromUtf8(said)).captured(1).toDouble();
    }

private slots:
    void initTestCase()
    {
        QVERIFY(!codecProgramPath().isEmpty());
        for (const Piece &piece : pieces()) {
            m_paths.append(path(piece.name));
            if (piece.name == threeHours)
                makeThreeHours(piece);
            else if (piece.fate != Piece::Fate::Refused)
                QCOMPARE(make(piece, pieceSeconds, path(piece.name)), QByteArray());
        }
        if (QTest::currentTestFailed())
            return;
        const QByteArray noise = "\xFF\xFB\x90\x64" + QByteArray(996, '\x7F');
        const QString covered = path(u"25 big cover.mp3"_s);
        QByteArray tag("ID3\3\0\0", 6);
        const qsizetype tagBytes = 10'000'000;
        for (int shift = 21; shift >= 0; shift -= 7)
            tag += static_cast<char>(tagBytes >> shift & 0x7F);
        QVERIFY(mediafiles::write(covered,
                                  tag + noise.repeated(tagBytes / 1000) + mediafiles::contentOf(covered)));
        const QString latin = path(u"26 latin.mp3"_s);
        QVERIFY(mediafiles::write(latin, mediafiles::contentOf(latin) +
                                             mediafiles::id3v1("Caf\xE9", "\xCF\xE5\xF1\xED\xFF", "")));
        cut(u"28 cut off.mp3"_s, 0.7);
        cut(u"29 cut off.flac"_s, 0.7);
        QVERIFY(mediafiles::write(path(u"30 empty.mp3"_s), {}));
        QCOMPARE(mediafiles::run(u"ffmpeg"_s,
                                 {u"-v"_s, u"error"_s, u"-y"_s, u"-f"_s, u"lavfi"_s, u"-i"_s,
                                  u"testsrc=size=640x480"_s, u"-frames:v"_s, u"1"_s, path(u"p.jpg"_s)}),
                 QByteArray());
        QVERIFY(QFile::rename(path(u"p.jpg"_s), path(u"31 picture.mp3"_s)));
        QVERIFY(mediafiles::write(path(u"32 zeros.flac"_s), QByteArray(50'000, '\0')));
    }

    void allOfItIsOneCleanStreamAndEquallyLoud()
    {
        PlayoutOptions options = playout();
        options.loudness = {true, -16.0, -1.0};
        const ReadThrough result = readThrough(m_paths, options, m_cache);

        qsizetype at = 0;
        for (const FrameInfo &frame : result.all.frames) {
            const auto header = parseMpegHeader(QByteArrayView(result.all.bytes).sliced(at));
            QVERIFY(header && header->sampleRate == 44100 && header->channels == 2 && header->layer == 3);
            at += frame.size;
        }
        const QString out = path(u"out.mp3"_s);
        QVERIFY(mediafiles::write(out, result.all.bytes));
        QCOMPARE(mediafiles::decode(out), QByteArray());
        QCOMPARE(mediafiles::run(u"mpg123"_s, {u"-q"_s, u"-t"_s, out}), QByteArray());
        QCOMPARE(mediafiles::run(u"mpv"_s, {u"--no-config"_s, u"--no-video"_s, u"--ao=pcm"_s,
                                            u"--ao-pcm-file="_s + path(u"mpv.wav"_s), u"--audio-format=u8"_s,
                                            u"--audio-samplerate=8000"_s, u"--audio-channels=mono"_s,
                                            u"--cache=no"_s, u"--demuxer-thread=no"_s,
                                            u"--msg-level=all=warn"_s, u"--no-terminal"_s, out}),
                 QByteArray());
        const double heard = static_cast<double>(QFileInfo(path(u"mpv.wav"_s)).size()) / 8000;
        QVERIFY2(qAbs(heard - secondsOf(result.all.duration())) < 0.5, QByteArray::number(heard));

        for (qsizetype i = 0; i < pieces().size(); ++i) {
            const Piece &piece = pieces()[i];
            const QByteArray name = piece.name.toUtf8();
            const bool isRefused = piece.fate == Piece::Fate::Refused;
            QVERIFY2(result.problems[i].isEmpty() != isRefused, name + ": " + result.problems[i].toUtf8());
            if (isRefused) {
                QVERIFY2(result.problems[i].contains(piece.name), name);
                continue;
            }
            QVERIFY2(result.wasPassed[i] == (piece.fate == Piece::Fate::Passed), name);
            const double from = secondsOf(result.starts[i]);
            const double until =
                secondsOf(i + 1 < result.starts.size() ? result.starts[i + 1] : result.all.duration());
            const double tolerance = piece.fate == Piece::Fate::Passed ? 0.75 + meterStepLu : 1.0;
            // Of what is long the last minute.
            const double begin = qMax(from + 0.1, until - 60.0);
            const double measured = lufs(out, begin, until - begin - 0.1);
            QVERIFY2(qAbs(measured + 16.0) <= tolerance, name + ": " + QByteArray::number(measured));
        }
        const qsizetype longOne = result.starts.size() - 2;
        const double longSeconds = secondsOf(result.starts[longOne + 1] - result.starts[longOne]);
        QVERIFY2(qAbs(longSeconds - 10'800.0) < 10.0, QByteArray::number(longSeconds)); // padding, 180 times
    }

    void theSameInOtherFormats_data()
    {
        QTest::addColumn<int>("codec");
        QTest::addColumn<int>("rate");
        QTest::newRow("aac") << int(StationCodec::Aac) << 44100;
        QTest::newRow("opus") << int(StationCodec::Opus) << 48000;
    }
    void theSameInOtherFormats()
    {
        QFETCH(int, codec);
        QFETCH(int, rate);
        const StationFormat format{static_cast<StationCodec>(codec), 96, rate, 2};
        QStringList some; // all of them went through the decoders already
        for (qsizetype i = 0; i < m_paths.size(); ++i) {
            const bool isAac = m_paths[i].contains("bare.aac"_L1) || m_paths[i].contains("bought"_L1);
            if (isAac || (i % 4 == 0 && pieces()[i].name != threeHours))
                some.append(m_paths[i]);
        }
        PlayoutOptions options = playout(format);
        options.loudness = {true, -16.0, -1.0};
        ReadThrough result = readThrough(some, options, m_cache);
        QByteArray bytes;
        if (format.codec == StationCodec::Opus) {
            OggPageStamper stamper;
            stamper.start(1);
            stamper.stamp(result.all);
            bytes = oggOpusHeader(1, 2);
        }
        const QString out = path(u"out."_s + nameOf(format.codec));
        QVERIFY(mediafiles::write(out, bytes + result.all.bytes));
        QCOMPARE(mediafiles::decode(out), QByteArray());
        const double seconds = static_cast<double>(decodedSamples(out).size()) / 2 / rate;
        QVERIFY2(qAbs(seconds - secondsOf(result.all.duration())) < 0.1, QByteArray::number(seconds));

        // What is AAC is passed in an AAC stream, and as loud as the rest.
        for (qsizetype i = 0; i < some.size(); ++i) {
            if (!result.problems[i].isEmpty())
                continue;
            const QByteArray name = some[i].toUtf8();
            const bool isAac = some[i].contains("bare.aac"_L1) || some[i].contains("bought"_L1);
            QVERIFY2(result.wasPassed[i] == (isAac && format.codec == StationCodec::Aac), name);
            const double from = secondsOf(result.starts[i]);
            const double until =
                secondsOf(i + 1 < result.starts.size() ? result.starts[i + 1] : result.all.duration());
            const double measured = lufs(out, from + 0.1, until - from - 0.2);
            QVERIFY2(qAbs(measured + 16.0) <= 1.0, name + ": " + QByteArray::number(measured));
        }
    }

    void aPlaceInThreeHoursIsFound()
    {
        const QString longOne = path(u"long.flac"_s);
        QCOMPARE(mediafiles::run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s,
                                               u"anullsrc=r=8000:cl=mono:d=10800"_s, u"-compression_level"_s,
                                               u"0"_s, longOne}),
                 QByteArray());
        const PlayoutOptions options = playout();
        CodecSession session(options.codecProgram, options.encodingOptions());
        QVERIFY(session.begin(**MusicFile::open(longOne), 10'795 * flicksPerSecond, 0.0));
        FrameBatch all;
        for (;;) {
            const auto output = session.next(10'000, 60'000);
            QVERIFY(output);
            append(all, output->batch);
            if (output->trackEnded)
                break;
        }
        const double seconds = secondsOf(all.duration());
        QVERIFY2(qAbs(seconds - 5.0) < 0.2, QByteArray::number(seconds));
    }
};

QTEST_GUILESS_MAIN(TestMusicCorpus)
#include "tst_musiccorpus.moc"
