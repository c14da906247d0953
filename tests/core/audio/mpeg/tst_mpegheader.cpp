// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/mpeg/mpegheader.h"
#include "tests/core/audio/mpeg/mpegsamples.h"

#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

class TestMpegHeader : public QObject
{
    Q_OBJECT

private slots:
    void fields_data();
    void fields();
    void everyFourBytesThatAreNoHeader();
    void frameLengthsAgreeWithTheBitrate();
    void sameStream();
    void infoFrames();
    void reservoir();
    void defaultHeader();
    void silenceIsWhatItClaims();
    void silenceDecodesCleanly_data();
    void silenceDecodesCleanly();
};

void TestMpegHeader::fields_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("layer");
    QTest::addColumn<int>("bitrate");
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("frameBytes");

    QTest::newRow("mp3 128 44.1") << rawHeader(3, 1, 9, 0) << 0 << 3 << 128 << 44100 << 2 << 1152 << 417;
    QTest::newRow("padded") << rawHeader(3, 1, 9, 0, true) << 0 << 3 << 128 << 44100 << 2 << 1152 << 418;
    QTest::newRow("mp3 320 48") << rawHeader(3, 1, 14, 1) << 0 << 3 << 320 << 48000 << 2 << 1152 << 960;
    QTest::newRow("mp3 32 32 mono") << rawHeader(3, 1, 1, 2, false, 3) << 0 << 3 << 32 << 32000 << 1 << 1152
                                    << 144;
    QTest::newRow("mpeg2 64 22.05") << rawHeader(2, 1, 8, 0, false, 3) << 1 << 3 << 64 << 22050 << 1 << 576
                                    << 208;
    QTest::newRow("mpeg2.5 8 8") << rawHeader(0, 1, 1, 2, false, 3) << 2 << 3 << 8 << 8000 << 1 << 576 << 72;
    QTest::newRow("mpeg2.5 160 11.025")
        << rawHeader(0, 1, 14, 0) << 2 << 3 << 160 << 11025 << 2 << 576 << 1044;
    QTest::newRow("mp2 384 48") << rawHeader(3, 2, 14, 1) << 0 << 2 << 384 << 48000 << 2 << 1152 << 1152;
    QTest::newRow("mp2 low rate") << rawHeader(2, 2, 8, 2) << 1 << 2 << 64 << 16000 << 2 << 1152 << 576;
    QTest::newRow("mp1 448 32") << rawHeader(3, 3, 14, 2) << 0 << 1 << 448 << 32000 << 2 << 384 << 672;
    QTest::newRow("mp1 384 44.1") << rawHeader(3, 3, 12, 0) << 0 << 1 << 384 << 44100 << 2 << 384 << 416;
    QTest::newRow("mp1 384 44.1 pad")
        << rawHeader(3, 3, 12, 0, true) << 0 << 1 << 384 << 44100 << 2 << 384 << 420;
    QTest::newRow("mp1 low rate") << rawHeader(2, 3, 1, 1) << 1 << 1 << 32 << 24000 << 2 << 384 << 64;
}

void TestMpegHeader::fields()
{
    QFETCH(QByteArray, bytes);
    const auto header = parseMpegHeader(bytes);
    QVERIFY(header);
    QTEST(static_cast<int>(header->version), "version");
    QTEST(header->layer, "layer");
    QTEST(header->bitrateKbps, "bitrate");
    QTEST(header->sampleRate, "rate");
    QTEST(header->channels, "channels");
    QTEST(header->samplesPerFrame, "samples");
    QTEST(header->frameBytes, "frameBytes");
    QVERIFY(!header->hasCrc);
    QCOMPARE(header->duration() * header->sampleRate, header->samplesPerFrame * flicksPerSecond);
    bytes[1] = static_cast<char>(bytes[1] & ~1);
    QVERIFY(parseMpegHeader(bytes)->hasCrc);
}

void TestMpegHeader::everyFourBytesThatAreNoHeader()
{
    QVERIFY(!parseMpegHeader({}));
    QVERIFY(!parseMpegHeader(frame128(0).first(3)));
    int valid = 0;
    for (int second = 0; second < 256; ++second) {
        for (int third = 0; third < 256; ++third) {
            const char bytes[4] = {'\xFF', static_cast<char>(second), static_cast<char>(third), '\0'};
            const bool sync = (second & 0xE0) == 0xE0;
            const bool reserved = (second & 0x18) == 0x08 || (second & 0x06) == 0 || (third & 0xF0) == 0xF0 ||
                                  (third & 0x0C) == 0x0C;
            const bool freeFormat = (third & 0xF0) == 0;
            const auto header = parseMpegHeader(QByteArrayView(bytes, 4));
            QCOMPARE(header.has_value(), sync && !reserved && !freeFormat);
            valid += header ? 1 : 0;
            const char unsynced[4] = {'\xFE', static_cast<char>(second), static_cast<char>(third), '\0'};
            QVERIFY(!parseMpegHeader(QByteArrayView(unsynced, 4)));
        }
    }
    // versions * layers * protection * bitrates * rates * padding * private bit
    QCOMPARE(valid, 3 * 3 * 2 * 14 * 3 * 2 * 2);
}

void TestMpegHeader::frameLengthsAgreeWithTheBitrate()
{
    for (int versionBits : {0, 2, 3}) {
        for (int layerBits : {1, 2, 3}) {
            for (int bitrate = 1; bitrate < 15; ++bitrate) {
                for (int rate = 0; rate < 3; ++rate) {
                    const auto header = parseMpegHeader(rawHeader(versionBits, layerBits, bitrate, rate));
                    QVERIFY(header);
                    const double exact =
                        header->bitrateKbps * 125.0 * header->samplesPerFrame / header->sampleRate;
                    const int slot = header->layer == 1 ? 4 : 1;
                    QVERIFY(header->frameBytes <= exact && header->frameBytes > exact - slot);
                    QCOMPARE(header->frameBytes % slot, 0);
                    QCOMPARE(flicksPerSecond % header->sampleRate, 0);
                    const auto padded =
                        parseMpegHeader(rawHeader(versionBits, layerBits, bitrate, rate, true));
                    QCOMPARE(padded->frameBytes, header->frameBytes + slot);
                }
            }
        }
    }
}

void TestMpegHeader::sameStream()
{
    const auto header = [](int version, int layer, int bitrate, int rate, int mode = 0) {
        return *parseMpegHeader(rawHeader(version, layer, bitrate, rate, false, mode));
    };
    QVERIFY(sameMpegStream(header(3, 1, 9, 0), header(3, 1, 14, 0, 3))); // bitrate and channels may change
    QVERIFY(!sameMpegStream(header(3, 1, 9, 0), header(3, 1, 9, 1)));
    QVERIFY(!sameMpegStream(header(3, 1, 9, 0), header(3, 2, 9, 0)));
    QVERIFY(!sameMpegStream(header(3, 1, 9, 0), header(2, 1, 9, 0)));
}

void TestMpegHeader::infoFrames()
{
    const auto is = [](int version, int layer, int mode, bool crc, qsizetype offset, const QByteArray &name) {
        const QByteArray bytes = rawHeader(version, layer, 9, 0, false, mode, crc);
        QByteArray frame = rawFrame(bytes, 0);
        frame.replace(offset, name.size(), name);
        return isMpegInfoFrame(*parseMpegHeader(bytes), frame);
    };
    for (const QByteArray name : {"Xing", "Info"}) {
        QVERIFY(is(3, 1, 0, false, 36, name));
        QVERIFY(is(3, 1, 3, false, 21, name));
        QVERIFY(is(2, 1, 0, false, 21, name));
        QVERIFY(is(0, 1, 3, false, 13, name));
        QVERIFY(is(3, 1, 0, true, 36, name));
        QVERIFY(is(3, 1, 0, true, 38, name));
        QVERIFY(!is(3, 1, 0, false, 38, name));
        QVERIFY(!is(3, 1, 0, false, 100, name));
        QVERIFY(!is(3, 2, 0, false, 36, name));
    }
    QVERIFY(is(3, 1, 0, false, 36, "VBRI"));
    QVERIFY(is(2, 1, 3, false, 36, "VBRI"));
    QVERIFY(!is(2, 1, 3, false, 13, "VBRI"));
    const QByteArray frame = frame128(0);
    QVERIFY(!isMpegInfoFrame(*parseMpegHeader(frame), frame));
    QVERIFY(!isMpegInfoFrame(*parseMpegHeader(frame), frame.first(4)));
}

void TestMpegHeader::reservoir()
{
    const auto bytes = [](QByteArray frame, qsizetype offset, const QByteArray &sideInfo) {
        frame.replace(offset, sideInfo.size(), sideInfo);
        return mpegReservoirBytes(*parseMpegHeader(frame), frame);
    };
    QCOMPARE(bytes(frame128(0), 4, QByteArray::fromHex("ff80")), 511);
    QCOMPARE(bytes(frame128(0), 4, QByteArray::fromHex("0080")), 1);
    QCOMPARE(bytes(frame128(0), 4, QByteArray::fromHex("007f")), 0);
    QCOMPARE(bytes(rawFrame(rawHeader(3, 1, 9, 0, false, 0, true), 0), 6, QByteArray::fromHex("8000")), 256);
    QCOMPARE(bytes(frame64(0), 4, QByteArray::fromHex("ffff")), 255);
    QCOMPARE(bytes(rawFrame(rawHeader(3, 2, 9, 0), 0), 4, QByteArray::fromHex("ffff")), 0);
    const QByteArray frame = frame128(63);
    QCOMPARE(mpegReservoirBytes(*parseMpegHeader(frame), frame.first(5)), 0);

    QCOMPARE(mpegMainDataBytes(*parseMpegHeader(frame128(0))), 417 - 4 - 32);
    QCOMPARE(mpegMainDataBytes(*parseMpegHeader(rawHeader(3, 1, 9, 0, false, 3, true))), 417 - 4 - 2 - 17);
    QCOMPARE(mpegMainDataBytes(*parseMpegHeader(frame64(0))), 208 - 4 - 9);
    QCOMPARE(mpegMainDataBytes(*parseMpegHeader(rawHeader(2, 1, 8, 0))), 208 - 4 - 17);
    QCOMPARE(mpegMainDataBytes(*parseMpegHeader(rawHeader(3, 2, 9, 0))), 0);
}

void TestMpegHeader::defaultHeader()
{
    const MpegHeader header = defaultMpegHeader();
    QCOMPARE(header.version, MpegHeader::Version::Mpeg1);
    QCOMPARE(header.layer, 3);
    QCOMPARE(header.bitrateKbps, 128);
    QCOMPARE(header.sampleRate, 44100);
    QCOMPARE(header.channels, 2);
}

void TestMpegHeader::silenceIsWhatItClaims()
{
    for (int versionBits : {0, 2, 3}) {
        for (int layerBits : {1, 2, 3}) {
            for (int bitrate = 1; bitrate < 15; ++bitrate) {
                for (int rate = 0; rate < 3; ++rate) {
                    for (int mode = 0; mode < 4; ++mode) {
                        const bool odd = (bitrate + mode) % 2 == 1;
                        const auto like =
                            parseMpegHeader(rawHeader(versionBits, layerBits, bitrate, rate, odd, mode, odd));
                        const QByteArray frame = silentMpegFrame(*like);
                        const auto header = parseMpegHeader(frame);
                        QVERIFY(header);
                        QVERIFY(sameMpegStream(*header, *like));
                        QCOMPARE(header->bitrateKbps, like->bitrateKbps);
                        QCOMPARE(header->channels, like->channels);
                        QCOMPARE(header->frameBytes, frame.size());
                        QCOMPARE(mpegReservoirBytes(*header, frame), 0);
                        QVERIFY(!isMpegInfoFrame(*header, frame));
                    }
                }
            }
        }
    }
}

void TestMpegHeader::silenceDecodesCleanly_data()
{
    QTest::addColumn<int>("versionBits");
    QTest::addColumn<int>("layerBits");
    QTest::addColumn<int>("mode");
    for (int versionBits : {0, 2, 3}) {
        for (int layerBits : {1, 2, 3}) {
            for (int mode : {0, 3}) {
                QTest::addRow("version %d layer %d channels %d", versionBits, 4 - layerBits,
                              mode == 3 ? 1 : 2)
                    << versionBits << layerBits << mode;
            }
        }
    }
}

void TestMpegHeader::silenceDecodesCleanly()
{
    QFETCH(int, versionBits);
    QFETCH(int, layerBits);
    QFETCH(int, mode);
    // The smallest frames there are, usual ones, the largest.
    for (const auto &[bitrate, rate] : {std::pair{1, 1}, std::pair{9, 0}, std::pair{14, 2}}) {
        const auto like = parseMpegHeader(rawHeader(versionBits, layerBits, bitrate, rate, false, mode));
        const QByteArray stream = silentMpegFrame(*like).repeated(40);
        const ProgramResult result =
            runProgram(u"ffmpeg"_s, u"-v warning -xerror -f mp3 -i - -f s16le -"_s.split(u' '), stream);
        QVERIFY2(result.errors.isEmpty(), result.errors.constData());
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.output.size() >= qsizetype{38} * like->samplesPerFrame * like->channels * 2);
        QCOMPARE(result.output.count('\0'), result.output.size());
    }
}

QTEST_GUILESS_MAIN(TestMpegHeader)
#include "tst_mpegheader.moc"
