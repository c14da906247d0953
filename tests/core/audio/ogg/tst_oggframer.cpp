// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/ogg/oggcomments.h"
#include "core/audio/ogg/oggframer.h"
#include "tests/core/audio/framed.h"
#include "tests/support/mutations.h"
#include "tests/support/oggsamples.h"

#include <QRandomGenerator>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

QList<QByteArray> headersOf(const Framed &framed)
{
    QList<QByteArray> result;
    qsizetype at = 0;
    for (const FrameInfo &frame : framed.batch.frames) {
        if (frame.isStreamHeader)
            result.append(framed.batch.bytes.mid(at, frame.size));
        at += frame.size;
    }
    return result;
}

Framed frame(const QByteArray &input, qsizetype piece = 0)
{
    return frameWith<OggFramer>(input, piece);
}

QByteArray vorbisPage(quint32 number, qint64 granule, int packets = 20)
{
    OggPageParts parts{.serial = 1, .sequence = number + 2, .granule = granule};
    for (int i = 0; i < packets; ++i)
        parts.packets.append(QByteArray(200, static_cast<char>(number)));
    return oggPage(parts);
}

} // namespace

class TestOggFramer : public QObject
{
    Q_OBJECT

private slots:
    void headersComeFirstAsOneFrame_data();
    void headersComeFirstAsOneFrame();
    void anySplitGivesTheSameFrames();
    void durationsFollowGranulePositions();
    void nonsenseGranulesAreMeasuredByPackets();
    void opusPacketsSayHowLongTheyPlay();
    void chainedStreamsStartOver();
    void otherStreamsAreLeftOut();
    void brokenPagesAreLeftOut();
    void headersOverSeveralPages();
    void flacWithoutLastMark();
    void malformedHeadersGiveNothing_data();
    void malformedHeadersGiveNothing();
    void hugeHeadersAreGivenUp();
    void readsComments();
    void hostileCommentsGiveNothing();
    void randomBytesDoNoHarm();
    void randomCommentsDoNoHarm();
};

void TestOggFramer::headersComeFirstAsOneFrame_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<StreamFormat>("format");
    QTest::newRow("vorbis") << vorbisHeader(1, "A", "T") << StreamFormat{"audio/ogg", 96, 44100, 2, "vorbis"};
    QTest::newRow("opus") << opusHeader(1, "A", "T") << StreamFormat{"audio/ogg", 0, 48000, 2, "opus"};
    QTest::newRow("flac") << flacHeader(1, "A", "T") << StreamFormat{"audio/ogg", 0, 44100, 2, "flac"};
}

void TestOggFramer::headersComeFirstAsOneFrame()
{
    QFETCH(const QByteArray, header);
    QFETCH(const StreamFormat, format);
    OggFramer framer;
    FrameBatch batch;
    framer.feed(header, batch);
    QCOMPARE(batch.bytes, header);
    QCOMPARE(batch.frames, (QList<FrameInfo>{{static_cast<quint32>(header.size()), 0, true}}));
    QCOMPARE(framer.format(), format);
    // Not before the last header page.
    OggFramer early;
    FrameBatch nothing;
    early.feed(header.chopped(1), nothing);
    QVERIFY(nothing.isEmpty());
}

void TestOggFramer::anySplitGivesTheSameFrames()
{
    const QByteArray input =
        "noise" + opusStream(7, 12, "One", true) + "OggS" + opusStream(8, 5, "Two") + "Ogg";
    const Framed whole = frame(input);
    QCOMPARE(whole.batch.frames.size(), 1 + 12 + 1 + 5);
    QCOMPARE(whole.skipped, 5 + 4 + 3);
    for (const qsizetype piece : {1, 26, 27, 28, 500, 4096}) {
        const Framed split = frame(input, piece);
        QCOMPARE(split.batch, whole.batch);
        QCOMPARE(split.skipped, whole.skipped);
    }
}

void TestOggFramer::durationsFollowGranulePositions()
{
    const Framed opus = frame(opusStream(1, 50));
    QCOMPARE(opus.batch.duration(), 5 * flicksPerSecond);
    QCOMPARE(opus.batch.frames[1].duration, flicksPerSecond / 10);
    const Framed vorbis =
        frame(vorbisHeader(1, "A", "T") + vorbisPage(0, 10'000) + vorbisPage(1, 20'000) + vorbisPage(2, -1));
    QCOMPARE(vorbis.batch.frames[1].duration, flicksForSamples(10'000, 44100));
    QCOMPARE(vorbis.batch.frames[2].duration, flicksForSamples(10'000, 44100));
    QCOMPARE(vorbis.format.codec, "vorbis");
    // Opus: what is not played at the start does not count.
    const QByteArray first = oggPage({.granule = 200, .packets = {QByteArray("\xFC") + "abc"}});
    QCOMPARE(frame(opusHeader(1, "A", "T") + first).batch.frames.constLast().duration, 0);
}

void TestOggFramer::nonsenseGranulesAreMeasuredByPackets()
{
    // A stream joined late, one that jumps, one that runs backwards: a page is as long as its packets.
    QByteArray input = opusHeader(1, "A", "T");
    for (const qint64 granule :
         {qint64{900'000'000}, qint64{1}, std::numeric_limits<qint64>::max(), qint64{-2}, qint64{0}}) {
        OggPageParts parts{.granule = granule};
        for (int i = 0; i < 5; ++i)
            parts.packets.append(QByteArray("\xFC") + "data");
        input += oggPage(parts);
    }
    const Framed result = frame(input);
    QCOMPARE(result.batch.frames.size(), 6);
    for (int i = 1; i < 6; ++i)
        QCOMPARE(result.batch.frames[i].duration, flicksPerSecond / 10);
}

void TestOggFramer::opusPacketsSayHowLongTheyPlay()
{
    const auto samples = [](const char *hex) { return opusPacketSamples(QByteArray::fromHex(hex)); };
    QCOMPARE(samples("00"), 480);    // SILK 10 ms
    QCOMPARE(samples("18"), 2880);   // SILK 60 ms
    QCOMPARE(samples("60"), 480);    // hybrid 10 ms
    QCOMPARE(samples("68"), 960);    // hybrid 20 ms
    QCOMPARE(samples("80"), 120);    // CELT 2.5 ms
    QCOMPARE(samples("fc"), 960);    // CELT 20 ms
    QCOMPARE(samples("fd"), 1920);   // two of them
    QCOMPARE(samples("ff06"), 5760); // six
    QCOMPARE(samples("ff07"), 0);    // more than 120 ms is invalid
    QCOMPARE(samples("ff"), 0);
    QCOMPARE(samples(""), 0);
}

void TestOggFramer::chainedStreamsStartOver()
{
    const Framed ended = frame(opusStream(1, 3, "One", true) + opusStream(2, 3, "Two"));
    QCOMPARE(headersOf(ended),
             (QList<QByteArray>{opusHeader(1, "Artist", "One"), opusHeader(2, "Artist", "Two")}));
    QCOMPARE(ended.skipped, 0);
    QCOMPARE(ended.batch.duration(), 6 * flicksPerSecond / 10);
    // Some encoders begin the next one without ending the last, or with the same serial number.
    QCOMPARE(headersOf(frame(opusStream(1, 3) + opusStream(2, 3))).size(), 2);
    QCOMPARE(headersOf(frame(opusStream(1, 3) + opusStream(1, 3))).size(), 2);
    // Another codec.
    const Framed changed =
        frame(opusStream(1, 3, "One", true) + vorbisHeader(1, "A", "T") + vorbisPage(0, 10'000));
    QCOMPARE(changed.format.codec, "vorbis");
    QCOMPARE(changed.batch.frames.constLast().duration, flicksForSamples(10'000, 44100));
    // What comes after the end of its stream belongs to nothing.
    const QByteArray late = opusPage(1, 9);
    QCOMPARE(frame(opusStream(1, 3, "One", true) + late).skipped, late.size());
}

void TestOggFramer::otherStreamsAreLeftOut()
{
    const QByteArray skeleton =
        oggPage({.serial = 90, .flags = 2, .packets = {"fishead" + QByteArray(50, '\0')}});
    const QByteArray skeletonEnd =
        oggPage({.serial = 90, .sequence = 1, .flags = 4, .packets = {QByteArray()}});
    const QByteArray video =
        oggPage({.serial = 91, .flags = 2, .packets = {"\x80theora" + QByteArray(30, 'v')}});
    const QByteArray videoPage = oggPage({.serial = 91, .sequence = 1, .packets = {QByteArray(900, 'v')}});
    const QByteArray second = opusHeader(92, "B", "Second");
    const QByteArray header = opusHeader(1, "A", "T");
    const qsizetype firstPage = header.indexOf("OggS", 4);
    const Framed result = frame(skeleton + video + header.first(firstPage) + second.first(firstPage) +
                                header.mid(firstPage) + skeletonEnd + second.mid(firstPage) + videoPage +
                                opusPage(1, 0) + videoPage + opusPage(92, 0) + opusPage(1, 1));
    QCOMPARE(result.batch.bytes, header + opusPage(1, 0) + opusPage(1, 1));
    QCOMPARE(result.skipped, skeleton.size() + skeletonEnd.size() + video.size() + 2 * videoPage.size() +
                                 second.size() + opusPage(92, 0).size());
}

void TestOggFramer::brokenPagesAreLeftOut()
{
    QByteArray broken = opusPage(1, 1);
    broken[broken.size() - 1] = static_cast<char>(broken.back() ^ 1);
    const QByteArray header = opusHeader(1, "A", "T");
    const Framed result = frame(header + opusPage(1, 0) + broken + opusPage(1, 2));
    QCOMPARE(result.batch.bytes, header + opusPage(1, 0) + opusPage(1, 2));
    QCOMPARE(result.skipped, broken.size());
    // The time that is missing is not made up.
    QCOMPARE(result.batch.duration(), 2 * flicksPerSecond / 10);
    // Cut in the middle of a page.
    QCOMPARE(frame(header + opusPage(1, 0).first(300) + opusPage(1, 1)).batch.bytes, header + opusPage(1, 1));
    QByteArray version = opusPage(1, 0);
    version[4] = 1;
    QCOMPARE(frame(header + withChecksum(version)).batch.bytes, header);
    // A stream that was joined in its middle has no header to go by.
    QVERIFY(frame(opusPage(1, 0) + opusPage(1, 1)).batch.isEmpty());
}

void TestOggFramer::headersOverSeveralPages()
{
    const QByteArray big = "OpusTags" + QByteArray(255 * 100 - 8, 'c');
    const QByteArray first = opusHeader(1, "A", "T").first(opusHeader(1, "A", "T").indexOf("OggS", 4));
    const QByteArray start =
        oggPage({.sequence = 1, .granule = -1, .packets = {big}, .lastPacketGoesOn = true});
    const QByteArray middle = oggPage({.sequence = 2,
                                       .granule = -1,
                                       .flags = 1,
                                       .packets = {QByteArray(255 * 50, 'd')},
                                       .lastPacketGoesOn = true});
    const QByteArray rest = oggPage({.sequence = 3, .flags = 1, .packets = {QByteArray(77, 'e')}});
    const Framed result = frame(first + start + middle + rest + opusPage(1, 0), 1000);
    QCOMPARE(headersOf(result), QList<QByteArray>{first + start + middle + rest});
    QCOMPARE(result.batch.frames.size(), 2);
}

void TestOggFramer::flacWithoutLastMark()
{
    // libFLAC may write 0 for "I do not know how many headers": the first frame of audio ends them.
    QByteArray header = flacHeader(1, "A", "T");
    const qsizetype comment = header.indexOf("OggS", 4);
    QByteArray second = header.mid(comment);
    second[28] = '\x04'; // block type, no last mark
    header = header.first(comment) + withChecksum(second);
    const QByteArray audio =
        oggPage({.sequence = 2, .granule = 4096, .packets = {QByteArray("\xFF\xF8") + QByteArray(500, 'f')}});
    const Framed result = frame(header + audio);
    QCOMPARE(headersOf(result), QList<QByteArray>{header});
    QCOMPARE(result.batch.bytes, header + audio);
    QCOMPARE(result.batch.duration(), flicksForSamples(4096, 44100));
}

void TestOggFramer::malformedHeadersGiveNothing_data()
{
    QTest::addColumn<QByteArray>("first");
    const auto page = [](const QByteArray &packet) { return oggPage({.flags = 2, .packets = {packet}}); };
    QTest::newRow("empty packet") << page({});
    QTest::newRow("no packet") << oggPage({.flags = 2});
    QTest::newRow("short vorbis") << page("\x01vorbis" + QByteArray(10, '\0'));
    QTest::newRow("vorbis, no channels") << page("\x01vorbis" + QByteArray(23, '\0'));
    QTest::newRow("short opus") << page("OpusHead\x01\x02");
    QTest::newRow("opus of the future") << page("OpusHead\x10\x02" + QByteArray(9, '\0'));
    QTest::newRow("opus, no channels") << page(QByteArray("OpusHead\x01") + QByteArray(10, '\0'));
    QTest::newRow("short flac") << page("\x7F"
                                        "FLAC\x01");
    QTest::newRow("flac, rate 0") << page(QByteArray("\x7F"
                                                     "FLAC\x01") +
                                          QByteArray(3, '\0') + "fLaC" + QByteArray(40, '\0'));
    QTest::newRow("speex") << page("Speex   " + QByteArray(72, '\0'));
    const QByteArray opus = opusHeader(1, "A", "T");
    QTest::newRow("no tags") << opus.first(opus.indexOf("OggS", 4));
    QTest::newRow("tags of vorbis") << opus.first(opus.indexOf("OggS", 4)) +
                                           oggPage({.sequence = 1, .packets = {"\x03vorbis"}});
}

void TestOggFramer::malformedHeadersGiveNothing()
{
    QFETCH(const QByteArray, first);
    const Framed result = frame(first + opusPage(1, 0) + opusPage(1, 1));
    QVERIFY(result.batch.isEmpty());
    QCOMPARE(result.format, StreamFormat());
    // The next good one is taken.
    QCOMPARE(frame(first + opusStream(1, 2)).batch.bytes, opusStream(1, 2));
}

void TestOggFramer::hugeHeadersAreGivenUp()
{
    const QByteArray opus = opusHeader(1, "A", "T");
    QByteArray input = opus.first(opus.indexOf("OggS", 4)) +
                       oggPage({.sequence = 1,
                                .packets = {"OpusTags" + QByteArray(255 * 200 - 8, 'x')},
                                .lastPacketGoesOn = true});
    const QByteArray more = oggPage(
        {.sequence = 2, .flags = 1, .packets = {QByteArray(255 * 255, 'x')}, .lastPacketGoesOn = true});
    for (int i = 0; i < 40; ++i)
        input += more;
    const Framed result = frame(input + opusStream(2, 2));
    QCOMPARE(result.batch.bytes, opusStream(2, 2));
}

void TestOggFramer::readsComments()
{
    const QByteArray title = QStringLiteral("L\u00E9a \U0001F3B5").toUtf8();
    for (const QByteArray &header : {vorbisHeader(1, "Some one", title), opusHeader(1, "Some one", title),
                                     flacHeader(1, "Some one", title)}) {
        const auto track = oggComments(header);
        QVERIFY(track);
        QCOMPARE(track->artist, u"Some one"_s);
        QCOMPARE(track->title, QString::fromUtf8(title));
    }
    QVERIFY(!oggComments(opusHeader(1, "", "")));
    QVERIFY(!oggComments({}));
}

void TestOggFramer::hostileCommentsGiveNothing()
{
    const auto tags = [](const QByteArray &hex) {
        return oggPage({.sequence = 1, .packets = {"OpusTags" + QByteArray::fromHex(hex)}});
    };
    QVERIFY(!oggComments(tags("")));
    QVERIFY(!oggComments(tags("ffffffff")));
    QVERIFY(!oggComments(tags("00000000ffffffff")));
    QVERIFY(!oggComments(tags("0000000001000000ffffff7f")));
    QVERIFY(!oggComments(tags("00000000ffffffff"
                              "06000000"
                              "5449544c453d"))); // TITLE= and no more
    QVERIFY(!oggComments(tags("0000000001000000"
                              "0500000041424344"
                              "3d"))); // no such field
    QCOMPARE(oggComments(tags("0000000002000000"
                              "080000007469746c653d6f6b"
                              "ff"))
                 ->title,
             u"ok"_s);
}

void TestOggFramer::randomBytesDoNoHarm()
{
    QRandomGenerator random(30'001);
    const QByteArray good = opusStream(1, 4, "One", true) + vorbisHeader(2, "A", "T") +
                            vorbisPage(0, 10'000) + flacHeader(3, "A", "T");
    for (int round = 0; round < 1000; ++round) {
        QByteArray input = good;
        for (int i = random.bounded(6); i > 0; --i) {
            const int at = random.bounded(static_cast<int>(input.size()));
            switch (random.bounded(3)) {
            case 0:
                input[at] = static_cast<char>(random.bounded(256));
                break;
            case 1:
                input.remove(at, random.bounded(200));
                break;
            default:
                input.insert(at,
                             good.mid(random.bounded(static_cast<int>(good.size())), random.bounded(300)));
            }
        }
        // Checksums put right, so that what they protect is reached as well.
        for (qsizetype at = input.indexOf("OggS"); at >= 0 && random.bounded(2) == 0;
             at = input.indexOf("OggS", at + 4)) {
            const qsizetype end = input.indexOf("OggS", at + 4);
            const QByteArray page = input.mid(at, end < 0 ? -1 : end - at);
            if (page.size() > 27)
                input.replace(at, page.size(), withChecksum(page));
        }
        const Framed whole = frame(input);
        qint64 sum = 0;
        for (const FrameInfo &info : whole.batch.frames) {
            sum += info.size;
            QVERIFY(info.duration >= 0);
        }
        QCOMPARE(sum, whole.batch.bytes.size());
        QVERIFY(sum + whole.skipped <= input.size());
        QCOMPARE(frame(input, 1 + random.bounded(900)).batch, whole.batch);
        for (const QByteArray &header : headersOf(whole))
            (void)oggComments(header);
    }
}

void TestOggFramer::randomCommentsDoNoHarm()
{
    QRandomGenerator random(30'002);
    const QByteArrayList seeds = {vorbisHeader(1, "Artist", "Title"), opusHeader(2, "Artist", "Title"),
                                  flacHeader(3, "Artist", "Title")};
    int read = 0;
    for (int round = 0; round < 6000; ++round) {
        QByteArray pages = mutated(seeds.at(round % seeds.size()), random);
        // Checksums put right, so that what they protect is reached.
        const qsizetype second = pages.lastIndexOf("OggS");
        if (second > 0 && pages.size() > second + 27)
            pages = pages.first(second) + withChecksum(pages.sliced(second));
        if (const auto title = oggComments(pages)) {
            QVERIFY(!title->title.isEmpty() || !title->artist.isEmpty());
            QVERIFY(title->title.size() + title->artist.size() <= pages.size());
            ++read;
        }
    }
    QVERIFY(read > 500);
}

QTEST_APPLESS_MAIN(TestOggFramer)
#include "tst_oggframer.moc"
