// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/mpeg/mpegframer.h"
#include "tests/core/audio/mpeg/mpegsamples.h"

#include <QFile>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Files as real encoders write them, and a real decoder as the judge.
class TestMpegFiles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void framesOfAFile_data();
    void framesOfAFile();
    void gluedFiles();

private:
    QByteArray encode(const QString &name, const QStringList &arguments);
    static QStringList ffmpegArguments(const QString &codec, int sampleRate, int channels);

    QTemporaryDir m_folder;
    QMap<QString, QByteArray> m_files;
};

namespace
{

constexpr int seconds = 8;

FrameBatch framesOf(QByteArrayView file, qint64 *skipped = nullptr)
{
    MpegFramer framer;
    FrameBatch batch;
    for (; !file.isEmpty(); file = file.sliced(qMin<qsizetype>(10'000, file.size())))
        framer.feed(file.first(qMin<qsizetype>(10'000, file.size())), batch);
    framer.finish(batch);
    if (skipped)
        *skipped = framer.skippedBytes();
    return batch;
}

/// What a decoder makes of raw frames: 16-bit samples, and its complaints.
ProgramResult decode(const QByteArray &frames)
{
    return runProgram(u"ffmpeg"_s, u"-v error -xerror -f mp3 -i - -f s16le -"_s.split(u' '), frames);
}

} // namespace

QStringList TestMpegFiles::ffmpegArguments(const QString &codec, int sampleRate, int channels)
{
    // Two tones and noise, so that a VBR encoder has something to choose from.
    const QString sound = u"aevalsrc=0.3*sin(440*2*PI*t)+0.2*sin(1330*2*PI*t*t/4)+0.1*random(0)*sin(t)"_s;
    return {u"-v"_s,
            u"error"_s,
            u"-y"_s,
            u"-f"_s,
            u"lavfi"_s,
            u"-i"_s,
            u"%1:s=%2:d=%3"_s.arg(sound).arg(sampleRate).arg(seconds),
            u"-ac"_s,
            QString::number(channels),
            u"-c:a"_s,
            codec};
}

QByteArray TestMpegFiles::encode(const QString &name, const QStringList &arguments)
{
    const QString path = m_folder.filePath(name);
    const ProgramResult result = runProgram(u"ffmpeg"_s, arguments + QStringList{path});
    if (result.exitCode != 0)
        qWarning() << name << result.errors;
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestMpegFiles::initTestCase()
{
    const auto mp3 = [&](const QString &name, int rate, int channels, const QStringList &more) {
        m_files[name] = encode(name + u".mp3"_s, ffmpegArguments(u"libmp3lame"_s, rate, channels) + more);
        QVERIFY(!m_files[name].isEmpty());
    };
    const QStringList title{u"-metadata"_s, u"title=Tone"_s};
    mp3(u"cbr128"_s, 44100, 2, title + QStringList{u"-b:a"_s, u"128k"_s});
    mp3(u"cbr320"_s, 44100, 2,
        {u"-b:a"_s, u"320k"_s, u"-write_id3v1"_s, u"1"_s, u"-metadata"_s, u"title=T"_s});
    mp3(u"v2"_s, 44100, 2, {u"-q:a"_s, u"2"_s});
    mp3(u"v9"_s, 44100, 2, {u"-q:a"_s, u"9"_s});
    mp3(u"mono22"_s, 22050, 1, {u"-b:a"_s, u"64k"_s});
    mp3(u"rate48"_s, 48000, 2, {u"-b:a"_s, u"192k"_s});
    mp3(u"rate8"_s, 8000, 1, {u"-b:a"_s, u"16k"_s, u"-id3v2_version"_s, u"3"_s});
    mp3(u"plain"_s, 44100, 2, {u"-b:a"_s, u"128k"_s, u"-write_xing"_s, u"0"_s, u"-id3v2_version"_s, u"0"_s});
    m_files[u"mp2"_s] =
        encode(u"layer2.mp2"_s, ffmpegArguments(u"mp2"_s, 48000, 2) + QStringList{u"-b:a"_s, u"256k"_s});
    QVERIFY(!m_files[u"mp2"_s].isEmpty());

    // lame writes its own kind of info frame, with CRC and without.
    const QString wave = m_folder.filePath(u"in.wav"_s);
    QCOMPARE(runProgram(u"ffmpeg"_s, ffmpegArguments(u"pcm_s16le"_s, 44100, 2) + QStringList{wave}).exitCode,
             0);
    const QString out = m_folder.filePath(u"lame.mp3"_s);
    QCOMPARE(runProgram(u"lame"_s,
                        {u"--quiet"_s, u"-V2"_s, u"-p"_s, u"--tt"_s, u"Tone"_s, u"--add-id3v2"_s, wave, out})
                 .exitCode,
             0);
    QFile file(out);
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_files[u"lameCrc"_s] = file.readAll();
    QVERIFY(m_files[u"lameCrc"_s].size() > 1000);
}

void TestMpegFiles::framesOfAFile_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("samples");
    QTest::newRow("CBR 128") << u"cbr128"_s << 44100 << 2 << 1152;
    QTest::newRow("CBR 320, ID3v1") << u"cbr320"_s << 44100 << 2 << 1152;
    QTest::newRow("VBR V2") << u"v2"_s << 44100 << 2 << 1152;
    QTest::newRow("VBR V9") << u"v9"_s << 0 << 2 << 0;
    QTest::newRow("22.05 kHz mono") << u"mono22"_s << 22050 << 1 << 576;
    QTest::newRow("48 kHz") << u"rate48"_s << 48000 << 2 << 1152;
    QTest::newRow("MPEG-2.5, 8 kHz") << u"rate8"_s << 8000 << 1 << 576;
    QTest::newRow("no info frame, no tag") << u"plain"_s << 44100 << 2 << 1152;
    QTest::newRow("Layer II") << u"mp2"_s << 48000 << 2 << 1152;
    QTest::newRow("lame, CRC") << u"lameCrc"_s << 44100 << 2 << 1152;
}

void TestMpegFiles::framesOfAFile()
{
    QFETCH(QString, name);
    QFETCH(int, rate);
    QFETCH(int, samples);
    const QByteArray file = m_files[name];
    qint64 skipped = -1;
    const FrameBatch batch = framesOf(file, &skipped);
    QCOMPARE(skipped, 0);
    QVERIFY(qAbs(secondsOf(batch.duration()) - seconds) < 0.3);

    // The encoder's own count, from its info frame, where there is one.
    for (const char *tag : {"Xing", "Info"}) {
        const qsizetype at = file.first(qMin<qsizetype>(file.size(), 4000)).indexOf(tag);
        if (at < 0)
            continue;
        const auto byte = [&](qsizetype i) { return static_cast<quint8>(file[at + 8 + i]); };
        QCOMPARE(batch.frames.size(), byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3));
    }
    // Bytes are taken from the file as they are, without a gap: it holds nothing else between the frames.
    QVERIFY(file.contains(batch.bytes));

    const ProgramResult decoded = decode(batch.bytes);
    QVERIFY2(decoded.errors.isEmpty(), decoded.errors.constData());
    QCOMPARE(decoded.exitCode, 0);
    const StreamFormat format = [&] {
        MpegFramer framer;
        FrameBatch ignored;
        framer.feed(batch.bytes, ignored);
        return framer.format();
    }();
    QTEST(format.channels, "channels");
    if (rate > 0) {
        QCOMPARE(format.sampleRate, rate);
        // A decoder that starts here gives every frame's samples, save its own start-up delay.
        const qsizetype perFrame = qsizetype{samples} * format.channels * 2;
        QVERIFY(decoded.output.size() <= batch.frames.size() * perFrame);
        QVERIFY(decoded.output.size() >= (batch.frames.size() - 2) * perFrame);
    }

    // The same file dressed up: a large picture in front, other tags behind.
    QByteArray picture = id3v2(3'000'000);
    for (qsizetype i = 10; i + 4 < picture.size(); i += 700)
        picture.replace(i, 4, batch.bytes.first(4));
    for (const QByteArray &tail : {apeTag(400), apeTag(400) + id3v1(), lyrics3v2("la") + id3v1()}) {
        QCOMPARE(framesOf(picture + file + tail, &skipped), batch);
        QCOMPARE(skipped, 0);
    }
}

void TestMpegFiles::gluedFiles()
{
    // One file after the other through one framer, as a live source may send them.
    QByteArray input;
    QByteArray expected;
    qsizetype frames = 0;
    for (const QString &name :
         {u"cbr128"_s, u"mono22"_s, u"v2"_s, u"rate8"_s, u"mp2"_s, u"cbr320"_s, u"lameCrc"_s, u"rate48"_s}) {
        input += m_files[name] + apeTag(100) + id3v1();
        const FrameBatch batch = framesOf(m_files[name]);
        expected += batch.bytes;
        frames += batch.frames.size();
    }
    const FrameBatch batch = framesOf(input);
    QVERIFY(batch.bytes == expected);
    QCOMPARE(batch.frames.size(), frames);
    // Files of one format in a row decode without a complaint as well.
    const QByteArray album =
        framesOf(m_files[u"cbr128"_s] + id3v1() + m_files[u"cbr320"_s] + m_files[u"v2"_s]).bytes;
    const ProgramResult decoded = decode(album);
    QVERIFY2(decoded.errors.isEmpty(), decoded.errors.constData());
    QCOMPARE(decoded.exitCode, 0);
}

QTEST_GUILESS_MAIN(TestMpegFiles)
#include "tst_mpegfiles.moc"
