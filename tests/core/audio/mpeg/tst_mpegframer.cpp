// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/mpeg/mpegframer.h"
#include "tests/core/audio/framed.h"
#include "tests/core/audio/mpeg/mpegsamples.h"

#include <QTest>

using namespace cycast;
using namespace cycast::test;

namespace
{

Framed frame(QByteArrayView input)
{
    return frameWith<MpegFramer>(input);
}

qsizetype sumOfSizes(const FrameBatch &batch)
{
    qsizetype sum = 0;
    for (const FrameInfo &info : batch.frames)
        sum += info.size;
    return sum;
}

/// 128 kbit/s frame that says to hold no sound.
QByteArray infoFrame(const QByteArray &name)
{
    QByteArray bytes = frame128(0);
    return bytes.replace(36, 4, name);
}

/// Something that looks like a JPEG picture: random, with the headers of lone frames sprinkled in (none at
/// the start, where a stream in sync would trust it).
QByteArray garbage(qsizetype count, QRandomGenerator &random)
{
    QByteArray bytes = randomBytes(count, random);
    for (qsizetype i = 700; i + 3000 < count; i += 1500)
        bytes.replace(i, 4, rawHeader(3, 1, 9, static_cast<int>(i / 1500 % 3)));
    // No pair of matching headers may have come about by chance.
    for (qsizetype i = 0; i + 4 <= count; ++i) {
        const auto first = parseMpegHeader(QByteArrayView(bytes).sliced(i));
        if (!first || i + first->frameBytes + 4 > count)
            continue;
        const auto second = parseMpegHeader(QByteArrayView(bytes).sliced(i + first->frameBytes));
        if (second && sameMpegStream(*first, *second))
            bytes[i + first->frameBytes] = '\0';
    }
    return bytes;
}

} // namespace

class TestMpegFramer : public QObject
{
    Q_OBJECT

private slots:
    void contentTypes();
    void cutsPlainFrames();
    void leavesOutEverythingElse_data();
    void leavesOutEverythingElse();
    void anySplitGivesTheSame();
    void everyCutOfTheInput();
    void largeTagsAreNotKept();
    void lyingTagsDoNotHangOrCrash();
    void needsASecondHeaderAfterGarbage();
    void lastFrameComesOutAtTheEnd();
    void oneFrameAlone();
    void cutOffFrames();
    void gluedFilesOfOtherFormats();
    void trustsHeadersWhileInSync();
    void freeFormatIsSkipped();
    void formatFollowsTheNewestFrame();
    void canBeUsedAgainAfterTheEnd();
    void costIsLinear();
    void mutations();
};

void TestMpegFramer::contentTypes()
{
    for (const char *type : {"", "audio/mpeg", "AUDIO/MPEG", " audio/mp3 ; charset=x", "audio/x-mpeg;", ";"})
        QVERIFY2(makeFramer(type), type);
    for (const char *type : {"audio/webm", "audio/x-ms-wma", "audio/mpegurl", "audio", "text/html", "/"})
        QVERIFY2(!makeFramer(type), type);
}

void TestMpegFramer::cutsPlainFrames()
{
    const QByteArray input = frames128(100);
    const Framed result = frame(input);
    QCOMPARE(result.batch.bytes, input);
    QCOMPARE(result.batch.frames.size(), 100);
    QCOMPARE(result.batch.frames[0], (FrameInfo{417, flicksForSamples(1152, 44100)}));
    QCOMPARE(result.batch.frames[1].size, 418U);
    QCOMPARE(result.skipped, 0);
    QCOMPARE(result.format, (StreamFormat{"audio/mpeg", 128, 44100, 2}));
}

void TestMpegFramer::leavesOutEverythingElse_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("between");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<int>("skipped");

    QTest::newRow("nothing") << QByteArray() << QByteArray() << QByteArray() << 0;
    QTest::newRow("id3v1") << QByteArray() << id3v1() << id3v1() << 0;
    QTest::newRow("id3v1, title with a plus") << QByteArray() << id3v1("+1") << id3v1("+1") << 0;
    const QByteArray extended = "TAG+" + QByteArray(223, 'x');
    QTest::newRow("id3v1 extended") << QByteArray() << extended + id3v1() << extended + id3v1() << 0;
    QTest::newRow("id3v2") << id3v2(2000) << id3v2(0) << id3v2(300, true) << 0;
    QTest::newRow("id3v2 footer") << id3v2(2000, true) << id3v2(127, true) << id3v2(128, true) << 0;
    QTest::newRow("two id3v2") << id3v2(128) + id3v2(16384) << id3v2(1) + id3v2(2) << id3v2(0) + id3v2(0)
                               << 0;
    QTest::newRow("id3v2 full of syncs")
        << id3v2(70000, false, '\xFF') << id3v2(500, false, '\xFF') << QByteArray() << 0;
    QTest::newRow("ape") << apeTag(500) << apeTag(0) << apeTag(70000) << 0;
    // Without a header the items are known for what they are only when they have gone by.
    QTest::newRow("ape footer only") << apeTag(500, false) << apeTag(0, false) << apeTag(700, false) << 1200;
    QTest::newRow("lyrics v1") << lyrics3v1("la la") << lyrics3v1("[00:11]la\r\nlo") << lyrics3v1("") << 0;
    QTest::newRow("lyrics v2") << QByteArray() << lyrics3v2("la LYRICSEND la")
                               << lyrics3v2(QByteArray(9999, 'l')) << 0;
    QTest::newRow("file end") << id3v2(100) << id3v1() + id3v2(100) << apeTag(100) + lyrics3v2("lo") + id3v1()
                              << 0;
    QTest::newRow("file end, other order")
        << QByteArray() << QByteArray() << lyrics3v1("lo") + apeTag(99) + id3v1() << 0;
    QTest::newRow("xing") << infoFrame("Xing") << infoFrame("Xing") << QByteArray() << 0;
    QTest::newRow("info") << id3v2(10) + infoFrame("Info") << id3v1() + id3v2(9) + infoFrame("Info")
                          << id3v1() << 0;
    QTest::newRow("vbri") << infoFrame("VBRI") << infoFrame("VBRI") << QByteArray() << 0;
    QTest::newRow("zeroes") << QByteArray(1000, '\0') << QByteArray(77, '\0') << QByteArray(5000, '\0')
                            << 6077;
    QTest::newRow("zeroes behind id3v2")
        << id3v2(33) + QByteArray(1000, '\0') << QByteArray() << QByteArray() << 1000;
    QTest::newRow("ones") << QByteArray(1000, '\xFF') << QByteArray(77, '\xFF') << QByteArray(5000, '\xFF')
                          << 6077;
    QTest::newRow("text") << QByteArray("ICY 200 OK\r\nTAIL LYRICS APET") << QByteArray("ID2ID4")
                          << QByteArray("LYRICSBEGI") << 44;
    QRandomGenerator random(7);
    QTest::newRow("garbage") << garbage(20000, random) << garbage(5001, random) << garbage(9000, random)
                             << 34001;
}

void TestMpegFramer::leavesOutEverythingElse()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, between);
    QFETCH(QByteArray, after);
    const QByteArray input = before + frames128(5) + between + frames128(7, 5) + after;
    const auto check = [&](const Framed &result) {
        QCOMPARE(result.batch.frames.size(), 12);
        QCOMPARE(result.batch.bytes, frames128(5) + frames128(7, 5));
        QTEST(static_cast<int>(result.skipped), "skipped");
    };
    check(frame(input));
    check(frameInPieces<MpegFramer>(input, [] { return 1; }));
    check(frameInPieces<MpegFramer>(input, [] { return 1000; }));
}

void TestMpegFramer::anySplitGivesTheSame()
{
    QRandomGenerator random(11);
    const QByteArray input = id3v2(5000, true) + infoFrame("Info") + frames128(20) + garbage(3000, random) +
                             frames128(3, 20) + apeTag(300) + id3v1() + id3v2(10) + frame64(0) + frame64(1) +
                             frame64(2) + lyrics3v1("text") + id3v1("+") + frames128(4, 23) +
                             frame128(27).first(99);
    const Framed whole = frame(input);
    QCOMPARE(whole.batch.frames.size(), 30);
    const Framed single = frameInPieces<MpegFramer>(input, [] { return 1; });
    QCOMPARE(single.batch, whole.batch);
    QCOMPARE(single.skipped, whole.skipped);
    for (int round = 0; round < 500; ++round) {
        const int largest = 1 + random.bounded(round % 2 == 0 ? 40 : 9000);
        const Framed pieces = frameInPieces<MpegFramer>(input, [&] { return random.bounded(largest) + 1; });
        QCOMPARE(pieces.batch, whole.batch);
        QCOMPARE(pieces.skipped, whole.skipped);
        QCOMPARE(pieces.format, whole.format);
    }
}

void TestMpegFramer::everyCutOfTheInput()
{
    // What has come out by then is never taken back, and the end adds only what is whole.
    const QByteArray input =
        id3v2(50) + frames128(2) + apeTag(20) + lyrics3v2("x") + id3v1() + frames128(2, 2);
    const QByteArray audio = frames128(2) + frames128(2, 2);
    for (qsizetype length = 0; length <= input.size(); ++length) {
        const Framed result = frame(input.first(length));
        QCOMPARE(sumOfSizes(result.batch), result.batch.bytes.size());
        QVERIFY(audio.startsWith(result.batch.bytes));
    }
}

void TestMpegFramer::largeTagsAreNotKept()
{
    MpegFramer framer;
    FrameBatch batch;
    const QByteArray picture = id3v2(3'000'000, true, '\xFB');
    // Fed in an awkward way: the tag's header is cut in two.
    framer.feed(picture.first(5), batch);
    framer.feed(QByteArrayView(picture).sliced(5), batch);
    framer.feed(frames128(3), batch);
    framer.finish(batch);
    QCOMPARE(batch.bytes, frames128(3));
    QCOMPARE(framer.skippedBytes(), 0);
}

void TestMpegFramer::lyingTagsDoNotHangOrCrash()
{
    // Longer than the file: nothing more comes out, nothing breaks.
    QCOMPARE(frame(frames128(3) + id3v2(268'435'455).first(10) + frames128(3, 3)).batch.bytes, frames128(3));
    // No sync-safe size, a version or flags that do not exist: not a tag.
    for (const auto &[at, value] : {std::pair{6, '\x80'}, std::pair{3, '\x07'}, std::pair{5, '\x01'}}) {
        QByteArray tag = id3v2(100);
        tag[at] = value;
        QCOMPARE(frame(tag + frames128(3)).batch.bytes, frames128(3));
        QCOMPARE(frame(tag + frames128(3)).skipped, tag.size());
    }
    // Lyrics that never end: audio goes on.
    QCOMPARE(frame("LYRICSBEGINno end" + frames128(9)).batch.bytes, frames128(9));
    QCOMPARE(frame("LYRICSBEGIN" + frames128(9)).batch.bytes, frames128(9));
    QCOMPARE(frame("LYRICSBEGIN" + QByteArray(20'000, 'l') + frames128(9)).batch.bytes, frames128(9));
}

void TestMpegFramer::needsASecondHeaderAfterGarbage()
{
    const QByteArray lone = frame128(0) + QByteArray(2000, '\0');
    QVERIFY(frame(lone).batch.isEmpty());
    QCOMPARE(frame(lone).skipped, lone.size());
    QVERIFY(frame(frame128(0) + rawFrame(rawHeader(3, 1, 9, 1), 1) + QByteArray(9, '\0')).batch.isEmpty());
    // A tag may lie about its length: what follows it has to prove itself again.
    QCOMPARE(frame(frames128(3) + id3v2(10) + frame128(3) + QByteArray(999, '\0')).batch.bytes, frames128(3));
    // A stray header in front of real frames must not swallow the first of them.
    const QByteArray stray = rawHeader(3, 1, 14, 2) + QByteArray(100, '\x11');
    const Framed result = frame(stray + frames128(4));
    QCOMPARE(result.batch.bytes, frames128(4));
    QCOMPARE(result.skipped, stray.size());
    // The same where the stray frame would reach beyond the end of the file.
    QCOMPARE(frame(rawHeader(3, 1, 14, 2) + QByteArray(10, '\x11') + frames128(2)).batch.bytes, frames128(2));
}

void TestMpegFramer::lastFrameComesOutAtTheEnd()
{
    MpegFramer framer;
    FrameBatch batch;
    framer.feed(frame128(0), batch);
    QVERIFY(batch.isEmpty()); // a single header proves nothing
    framer.feed(frame128(1), batch);
    QCOMPARE(batch.frames.size(), 2); // in sync: no frame is held back
    framer.finish(batch);
    QCOMPARE(batch.frames.size(), 2);
    for (const QByteArray &tail : {id3v1(), apeTag(5), lyrics3v2("y"), id3v2(5, true)}) {
        QCOMPARE(frame(frames128(2) + tail).batch.bytes, frames128(2));
        QCOMPARE(frame(frame128(0) + tail).batch.bytes, frame128(0));
    }
}

void TestMpegFramer::oneFrameAlone()
{
    QCOMPARE(frame(frame128(0)).batch.bytes, frame128(0));
    QCOMPARE(frame(id3v2(10) + frame128(0)).batch.bytes, frame128(0));
    QCOMPARE(frame(frame128(0) + frame128(1).first(3)).batch.bytes, frame128(0));
    QVERIFY(frame(frame128(0) + "ab").batch.isEmpty());
    QVERIFY(frame({}).batch.isEmpty());
    QCOMPARE(frame({}).format, StreamFormat{});
}

void TestMpegFramer::cutOffFrames()
{
    const Framed result = frame(frames128(3) + frame128(3).first(416));
    QCOMPARE(result.batch.bytes, frames128(3));
    QCOMPARE(result.skipped, 416);
    // Cut off and a tag behind it: neither is the tag taken for sound nor the next file's start lost.
    for (qsizetype length : {4, 100, 300, 380, 400}) {
        for (const QByteArray &tag : {id3v1(), id3v2(1000), lyrics3v1("a b c")}) {
            const QByteArray torn = frames128(3) + frame128(3).first(length) + tag;
            QCOMPARE(frame(torn + frames128(5, 4)).batch.bytes, frames128(3) + frames128(5, 4));
            QCOMPARE(frame(torn + frames128(5, 4)).skipped, length);
        }
    }
    // A frame whose sound happens to spell a tag is a frame all the same.
    QByteArray speaking = frame128(1);
    speaking.replace(200, 7, "TAG ID3");
    QCOMPARE(frame(frame128(0) + speaking + frames128(2)).batch.bytes, frame128(0) + speaking + frames128(2));
    QCOMPARE(frame(frames128(2) + speaking).batch.bytes, frames128(2) + speaking);
}

void TestMpegFramer::gluedFilesOfOtherFormats()
{
    QByteArray low;
    for (int i = 0; i < 4; ++i)
        low += frame64(i);
    QByteArray layer2;
    for (int i = 0; i < 3; ++i)
        layer2 += rawFrame(rawHeader(3, 2, 10, 1), i);
    const QByteArray input = frames128(5) + low + layer2 + frames128(2) + low;
    const Framed result = frame(input);
    QCOMPARE(result.batch.bytes, input);
    QCOMPARE(result.batch.frames.size(), 5 + 4 + 3 + 2 + 4);
    QCOMPARE(result.skipped, 0);
    QCOMPARE(result.batch.duration(), 7 * flicksForSamples(1152, 44100) + 8 * flicksForSamples(576, 22050) +
                                          3 * flicksForSamples(1152, 48000));
    QCOMPARE(frameInPieces<MpegFramer>(input, [] { return 1; }).batch, result.batch);
}

void TestMpegFramer::trustsHeadersWhileInSync()
{
    // A single frame between the stream and garbage is a frame: the stream is known by then.
    QCOMPARE(frame(frames128(3) + QByteArray(50, '\0') + frames128(2)).batch.frames.size(), 5);
    // Bitrate and channels may change from frame to frame.
    QByteArray vbr;
    for (int i = 0; i < 60; ++i)
        vbr += rawFrame(rawHeader(3, 1, 1 + i % 14, 0, i % 2 == 1, i % 4, i % 3 == 0), i);
    QCOMPARE(frame(vbr).batch.bytes, vbr);
    QCOMPARE(frame(vbr).batch.frames.size(), 60);
}

void TestMpegFramer::freeFormatIsSkipped()
{
    QByteArray free;
    for (int i = 0; i < 10; ++i)
        free += rawHeader(3, 1, 0, 0) + QByteArray(400, '\x12');
    const Framed result = frame(free + frames128(3));
    QCOMPARE(result.batch.bytes, frames128(3));
    QCOMPARE(result.skipped, free.size());
}

void TestMpegFramer::formatFollowsTheNewestFrame()
{
    MpegFramer framer;
    FrameBatch batch;
    framer.feed(infoFrame("Xing") + frame128(0), batch);
    QCOMPARE(framer.format(), (StreamFormat{"audio/mpeg", 128, 44100, 2}));
    framer.feed(rawFrame(rawHeader(3, 1, 14, 0, false, 3), 0), batch);
    QCOMPARE(framer.format(), (StreamFormat{"audio/mpeg", 320, 44100, 1}));
}

void TestMpegFramer::canBeUsedAgainAfterTheEnd()
{
    MpegFramer framer;
    FrameBatch batch;
    framer.feed(frames128(2) + id3v2(1'000'000).first(500), batch);
    framer.finish(batch);
    framer.feed(frames128(2, 2) + "LYRICSBEGINxx", batch);
    framer.finish(batch);
    framer.feed(frames128(1, 4), batch);
    framer.finish(batch);
    framer.finish(batch);
    QCOMPARE(batch.bytes, frames128(2) + frames128(2, 2) + frames128(1, 4));
}

void TestMpegFramer::costIsLinear()
{
    // Wall time is not measured here: 64 MB at once would take minutes if each frame moved what is behind it.
    const QByteArray input = frames128(150'000);
    FrameBatch batch;
    MpegFramer framer;
    framer.feed(input.first(1), batch);
    framer.feed(QByteArrayView(input).sliced(1), batch);
    framer.finish(batch);
    QCOMPARE(batch.frames.size(), 150'000);
    QVERIFY(batch.bytes == input);
}

void TestMpegFramer::mutations()
{
    QRandomGenerator random(13);
    const QByteArray valid = id3v2(300, true) + infoFrame("Xing") + frames128(6) + apeTag(60) +
                             lyrics3v2("abc") + lyrics3v1("def") + id3v1("+x") + frame64(0) + frame64(1) +
                             frame64(2) + id3v2(40) + frames128(3, 6) + id3v1();
    for (int round = 0; round < 10'000; ++round) {
        QByteArray input = valid;
        for (int change = random.bounded(1, 12); change > 0; --change) {
            const qsizetype at = random.bounded(static_cast<int>(input.size()));
            const qsizetype length = random.bounded(qMin<int>(200, static_cast<int>(input.size() - at)));
            switch (random.bounded(5)) {
            case 0:
                input[at] = static_cast<char>(random.bounded(256));
                break;
            case 1:
                input[at] = static_cast<char>(input[at] ^ (1 << random.bounded(8)));
                break;
            case 2:
                input.remove(at, length);
                break;
            case 3:
                input.insert(at, input.mid(random.bounded(static_cast<int>(input.size())), length));
                break;
            default:
                input.insert(at, randomBytes(length, random));
                break;
            }
            if (input.isEmpty())
                input = valid;
        }
        const Framed whole = frame(input);
        QCOMPARE(sumOfSizes(whole.batch), whole.batch.bytes.size());
        QVERIFY(whole.batch.bytes.size() + whole.skipped <= input.size());
        // Every frame is what its header says.
        QByteArrayView rest = whole.batch.bytes;
        for (const FrameInfo &info : whole.batch.frames) {
            const auto header = parseMpegHeader(rest);
            QVERIFY(header && header->frameBytes == static_cast<int>(info.size));
            QCOMPARE(header->duration(), info.duration);
            rest = rest.sliced(info.size);
        }
        const Framed pieces = frameInPieces<MpegFramer>(input, [&] { return random.bounded(1, 200); });
        QCOMPARE(pieces.batch, whole.batch);
        QCOMPARE(pieces.skipped, whole.skipped);
    }
}

QTEST_GUILESS_MAIN(TestMpegFramer)
#include "tst_mpegframer.moc"
