// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/adtsframer.h"
#include "tests/core/audio/framed.h"
#include "tests/support/oggsamples.h"

#include <QRandomGenerator>
#include <QTest>

using namespace cycast;
using namespace cycast::test;

namespace
{

Framed frame(const QByteArray &input, qsizetype piece = 0)
{
    return frameWith<AdtsFramer>(input, piece);
}

} // namespace

class TestAdtsFramer : public QObject
{
    Q_OBJECT

private slots:
    void readsHeaders();
    void refusesWhatIsNoHeader_data();
    void refusesWhatIsNoHeader();
    void cutsPlainFrames();
    void anySplitGivesTheSameFrames();
    void durationsFollowRateAndBlocks();
    void takesSyncOnlyWhereASecondHeaderFollows();
    void leavesOutTagsAndCutFrames();
    void randomBytesDoNoHarm();
};

void TestAdtsFramer::readsHeaders()
{
    const auto header = parseAdtsHeader(adtsFrame(0, 371));
    QVERIFY(header);
    QCOMPARE(header->sampleRate, 44100);
    QCOMPARE(header->channels(), 2);
    QCOMPARE(header->profile, 1);
    QCOMPARE(header->frameBytes, 371);
    QCOMPARE(header->blocks, 1);
    QVERIFY(!header->hasCrc);
    QCOMPARE(header->duration(), flicksForSamples(1024, 44100));
    QByteArray withCrc = adtsFrame(0, 8191, 12, 4);
    withCrc[1] = '\xF8'; // MPEG-2
    const auto other = parseAdtsHeader(withCrc);
    QVERIFY(other);
    QVERIFY(other->hasCrc);
    QCOMPARE(other->frameBytes, 8191);
    QCOMPARE(other->sampleRate, 7350);
    QCOMPARE(other->duration(), flicksForSamples(4096, 7350));
}

void TestAdtsFramer::refusesWhatIsNoHeader_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("six bytes") << adtsFrame(0).first(6);
    QTest::newRow("MPEG audio") << QByteArray::fromHex("fffb9064000000");
    QTest::newRow("reserved rate") << adtsFrame(0, 371, 13);
    QTest::newRow("rate said elsewhere") << adtsFrame(0, 371, 15);
    QTest::newRow("no sync") << QByteArray::fromHex("fef150802e7ffc");
    QTest::newRow("length of the header alone") << adtsFrame(0, 7);
    QTest::newRow("length 0") << QByteArray::fromHex("fff1508000 1ffc");
}

void TestAdtsFramer::refusesWhatIsNoHeader()
{
    QFETCH(const QByteArray, bytes);
    QVERIFY(!parseAdtsHeader(bytes));
}

void TestAdtsFramer::cutsPlainFrames()
{
    const QByteArray input = adtsFrames(100);
    const Framed result = frame(input);
    QCOMPARE(result.batch.bytes, input);
    QCOMPARE(result.batch.frames.size(), 100);
    QCOMPARE(result.batch.frames[7], (FrameInfo{371, flicksForSamples(1024, 44100)}));
    QCOMPARE(result.skipped, 0);
    QCOMPARE(result.format, (StreamFormat{"audio/aac", 128, 44100, 2}));
}

void TestAdtsFramer::anySplitGivesTheSameFrames()
{
    const QByteArray input = "noise\xFF\xF1" + adtsFrames(20) + QByteArray("more\xFF") + adtsFrames(20, 20);
    const Framed whole = frame(input);
    QCOMPARE(whole.batch.frames.size(), 40);
    for (const qsizetype piece : {1, 2, 7, 370, 371, 372, 4096}) {
        const Framed split = frame(input, piece);
        QCOMPARE(split.batch, whole.batch);
        QCOMPARE(split.skipped, whole.skipped);
    }
}

void TestAdtsFramer::durationsFollowRateAndBlocks()
{
    const QByteArray input = adtsFrame(0, 400, 6, 2) + adtsFrame(1, 300, 6, 1); // 24 kHz, as HE-AAC of 48
    const Framed result = frame(input);
    QCOMPARE(result.batch.frames.size(), 2);
    QCOMPARE(result.batch.frames[0].duration, flicksForSamples(2048, 24000));
    QCOMPARE(result.batch.frames[1].duration, flicksForSamples(1024, 24000));
    QCOMPARE(result.format.sampleRate, 24000);
}

void TestAdtsFramer::takesSyncOnlyWhereASecondHeaderFollows()
{
    // A sync word within the data of a frame that was joined in its middle.
    const QByteArray stray = QByteArray(40, 'x') + adtsFrame(0, 100).first(20) + QByteArray(90, 'y');
    const Framed result = frame(stray + adtsFrames(10));
    QCOMPARE(result.batch.bytes, adtsFrames(10));
    QCOMPARE(result.skipped, stray.size());
    // Another rate in the middle is a new stream: it has to be confirmed as well.
    const QByteArray lone = adtsFrame(0, 200, 3);
    QCOMPARE(frame(adtsFrames(5) + lone + adtsFrames(5)).batch.bytes, adtsFrames(5) + adtsFrames(5));
    QCOMPARE(frame(adtsFrames(5) + lone + lone + adtsFrames(5)).batch.frames.size(), 12);
}

void TestAdtsFramer::leavesOutTagsAndCutFrames()
{
    const QByteArray tag = QByteArray("ID3\x04") + QByteArray(2, '\0') + QByteArray::fromHex("00000108") +
                           QByteArray(136, '\xFF');
    const Framed result = frame(tag + adtsFrames(5) + adtsFrame(5).first(100));
    QCOMPARE(result.batch.bytes, adtsFrames(5));
    QCOMPARE(result.skipped, 100);
}

void TestAdtsFramer::randomBytesDoNoHarm()
{
    QRandomGenerator random(20'001);
    for (int round = 0; round < 300; ++round) {
        QByteArray input = adtsFrames(6, round);
        for (int i = random.bounded(12); i > 0; --i)
            input[random.bounded(static_cast<int>(input.size()))] = static_cast<char>(random.bounded(256));
        const Framed whole = frame(input);
        qint64 sum = 0;
        for (const FrameInfo &info : whole.batch.frames)
            sum += info.size;
        QCOMPARE(sum, whole.batch.bytes.size());
        QCOMPARE(sum + whole.skipped, input.size());
        QCOMPARE(frame(input, 1 + random.bounded(500)).batch, whole.batch);
    }
}

QTEST_APPLESS_MAIN(TestAdtsFramer)
#include "tst_adtsframer.moc"
