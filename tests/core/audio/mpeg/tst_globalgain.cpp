// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/aaccodebook.h"
#include "core/audio/aac/aacgain.h"
#include "core/audio/aac/adtsframer.h"
#include "core/audio/aac/adtswriter.h"
#include "core/audio/mpeg/mpegsideinfo.h"
#include "tests/core/codec/readthrough.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

namespace
{

QByteArray changed(const FrameBatch &batch, int steps)
{
    QByteArray bytes;
    qsizetype at = 0;
    for (const FrameInfo &frame : batch.frames) {
        const QByteArrayView view = QByteArrayView(batch.bytes).sliced(at, frame.size);
        bytes += withGlobalGain(*parseMpegHeader(view), view, steps);
        at += frame.size;
    }
    return bytes;
}

double levelDb(const QList<float> &samples)
{
    double power = 0.0;
    for (const float sample : samples)
        power += static_cast<double>(sample) * static_cast<double>(sample);
    return 10.0 * std::log10(power / static_cast<double>(qMax<qsizetype>(1, samples.size())));
}

/// Tones, and noises that begin all of a sudden: long and short windows, both sides alike and not.
QByteArray encodeAac(const QString &path, const QStringList &options, double seconds = 2.0)
{
    const QString source =
        u"aevalsrc=(0.2*sin(2*PI*220*t)+0.1*sin(2*PI*1660*t))*exp(-4*mod(t\\,0.5))"
        "+0.2*(random(0)-0.5)*exp(-60*mod(t\\,0.25))+0.02*random(1)|(0.2*sin(2*PI*220*t)+0.1*sin(2*PI*330*t))"
        "+0.25*(random(2)-0.5)*exp(-80*mod(t+0.1\\,0.37)):s=48000:d=%1"_s.arg(seconds);
    return mediafiles::run(u"ffmpeg"_s, QStringList{u"-v"_s, u"error"_s, u"-y"_s, u"-f"_s, u"lavfi"_s,
                                                    u"-i"_s, source, u"-c:a"_s, u"aac"_s} +
                                            options + QStringList{path});
}

FrameBatch adtsFramesOf(const QString &path)
{
    AdtsFramer framer;
    FrameBatch batch;
    framer.feed(mediafiles::contentOf(path), batch);
    framer.finish(batch);
    return batch;
}

QList<QByteArray> framesOf(const FrameBatch &batch)
{
    QList<QByteArray> frames;
    qsizetype at = 0;
    for (const FrameInfo &frame : batch.frames) {
        frames.append(batch.bytes.mid(at, frame.size));
        at += frame.size;
    }
    return frames;
}

QByteArray blockOf(const QByteArray &frame)
{
    return frame.mid(parseAdtsHeader(frame)->headerBytes());
}

/// Written as 0 and 1, with spaces between the fields; filled up with zeroes.
QByteArray bitsOf(QByteArray text)
{
    text.replace(' ', "");
    QByteArray bytes((text.size() + 7) / 8, '\0');
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '1')
            bytes[i / 8] = static_cast<char>(bytes[i / 8] | (0x80 >> (i % 8)));
    }
    return bytes;
}

/// One channel: its gain, one band of four zeroes in codebook 1 whose scale factor is that gain.
const QByteArray oneBand = "000 0000 %1 0 00 0 000001 0 0001 00001 0 0 0 0 0";

QByteArray oneBandWith(const QByteArray &gain, const QByteArray &rest = " 111")
{
    return bitsOf(QByteArray(oneBand).replace("%1", gain) + rest);
}

} // namespace

class TestGlobalGain : public QObject
{
    Q_OBJECT

private slots:
    void theDecodedLevelFollowsAndNothingElse_data()
    {
        QTest::addColumn<QStringList>("options"); // of lame
        QTest::newRow("joint stereo") << QStringList{u"-b"_s, u"128"_s};
        QTest::newRow("stereo, VBR") << QStringList{u"-V"_s, u"2"_s, u"-m"_s, u"s"_s};
        QTest::newRow("mono") << QStringList{u"-b"_s, u"64"_s, u"-m"_s, u"m"_s};
        QTest::newRow("with CRC") << QStringList{u"-b"_s, u"128"_s, u"-p"_s};
        QTest::newRow("mono with CRC") << QStringList{u"-b"_s, u"64"_s, u"-m"_s, u"m"_s, u"-p"_s};
        QTest::newRow("MPEG-2") << QStringList{u"-b"_s, u"64"_s, u"--resample"_s, u"22.05"_s};
        QTest::newRow("MPEG-2 mono, CRC")
            << QStringList{u"-b"_s, u"32"_s, u"-m"_s, u"m"_s, u"--resample"_s, u"16"_s, u"-p"_s};
        QTest::newRow("MPEG-2.5") << QStringList{u"-b"_s, u"24"_s, u"-m"_s, u"m"_s, u"--resample"_s, u"8"_s};
    }
    void theDecodedLevelFollowsAndNothingElse()
    {
        QFETCH(QStringList, options);
        const QTemporaryDir folder;
        const QString wav = folder.filePath(u"a.wav"_s);
        const QString mp3 = folder.filePath(u"a.mp3"_s);
        QCOMPARE(mediafiles::encode(wav, {u"-af"_s, u"volume=-14dB"_s}, 2.0), QByteArray());
        mediafiles::run(u"lame"_s, QStringList{u"--quiet"_s, u"-t"_s} + options + QStringList{wav, mp3});
        const FrameBatch batch = mediafiles::framesOf(mp3);
        QVERIFY(batch.frames.size() > 20);
        QCOMPARE(changed(batch, 0), batch.bytes);

        const QString plain = folder.filePath(u"plain.mp3"_s);
        QVERIFY(mediafiles::write(plain, batch.bytes));
        const double before = levelDb(decodedSamples(plain));
        for (const int steps : {-8, -1, 1, 6}) {
            const QString file = folder.filePath(u"changed.mp3"_s);
            const QByteArray bytes = changed(batch, steps);
            QCOMPARE(bytes.size(), batch.bytes.size());
            QVERIFY(mediafiles::write(file, bytes));
            QCOMPARE(mediafiles::decode(file), QByteArray()); // checks the CRC too
            const double difference = levelDb(decodedSamples(file)) - before;
            QVERIFY2(qAbs(difference - steps * mpegGainStepDb) < 0.05,
                     QByteArray::number(steps) + ": " + QByteArray::number(difference));
            // And back: nothing was lost.
            const FrameBatch again = mediafiles::framesOf(file);
            QCOMPARE(changed(again, -steps), batch.bytes);
        }
    }

    /// Each code is complete: from the code of zeroes on, every one begins where the one before ends. And as
    /// many of them have so many signs as there are such groups of values.
    void theCodebooksOfAacAreWhole()
    {
        const auto words = [](const AacCodebook &book) {
            QList<AacWord> found;
            constexpr quint32 end = 1U << AacCodebook::longestCode;
            quint32 code = 0;
            while (code < end && found.size() < 1000) {
                const AacWord word = book.find(code);
                found.append(word);
                const int signs = book.dimension() == 1 ? 0 : word.signs;
                code += 1U << (AacCodebook::longestCode - (word.bits - signs));
            }
            return code == end ? found : QList<AacWord>();
        };
        const QList<int> sizes{81, 81, 81, 81, 81, 81, 64, 64, 169, 169, 289};
        for (int number = 1; number <= sizes.size(); ++number) {
            const AacCodebook &book = AacCodebook::spectral(number);
            const QList<AacWord> all = words(book);
            QCOMPARE(all.size(), sizes[number - 1]);
            QCOMPARE(book.size(), all.size());
            QMap<int, int> bySigns;
            QMap<int, int> byEscapes;
            for (const AacWord &word : all) {
                ++bySigns[word.signs];
                ++byEscapes[word.escapes];
            }
            const bool isSigned = number <= 2 || number == 5 || number == 6;
            if (isSigned)
                QCOMPARE(bySigns, (QMap<int, int>{{0, sizes[number - 1]}}));
            else if (number <= 4) // of four values, 0 to 2
                QCOMPARE(bySigns, (QMap<int, int>{{0, 1}, {1, 8}, {2, 24}, {3, 32}, {4, 16}}));
            else { // of two, 0 to 7, 12 or 16
                const int most = qRound(std::sqrt(sizes[number - 1])) - 1;
                QCOMPARE(bySigns, (QMap<int, int>{{0, 1}, {1, 2 * most}, {2, most * most}}));
            }
            QCOMPARE(byEscapes, (number < 11 ? QMap<int, int>{{0, sizes[number - 1]}}
                                             : QMap<int, int>{{0, 256}, {1, 32}, {2, 1}}));
        }
        const QList<AacWord> differences = words(AacCodebook::scaleFactors());
        QSet<int> values;
        for (const AacWord &word : differences)
            values.insert(word.value);
        QCOMPARE(differences.size(), 121);
        QCOMPARE(values.size(), 121);
        QCOMPARE(*std::max_element(values.begin(), values.end()), 120);
    }

    void aacFollowsSampleBySample_data()
    {
        QTest::addColumn<QStringList>("options"); // of ffmpeg
        const auto row = [](const char *name, const char *options) {
            QTest::newRow(name) << QString::fromLatin1(options).split(u' ');
        };
        row("32 kbit/s", "-b:a 32k -ar 44100");
        row("128 kbit/s", "-b:a 128k -ar 44100");
        row("256 kbit/s, quick", "-b:a 256k -ar 48000 -aac_coder fast");
        row("no tools", "-b:a 192k -ar 44100 -aac_pns 0 -aac_tns 0 -aac_is 0 -aac_ms 0");
        row("mid and side", "-b:a 96k -ar 44100 -aac_ms 1 -aac_is 0");
        row("mono, 22 kHz", "-b:a 48k -ar 22050 -ac 1");
        row("32 kHz", "-b:a 64k -ar 32000");
        row("16 kHz", "-b:a 32k -ar 16000");
        row("8 kHz, mono", "-b:a 16k -ar 8000 -ac 1");
        row("loud, with escapes", "-b:a 320k -ar 44100 -af volume=9dB");
    }
    void aacFollowsSampleBySample()
    {
        QFETCH(QStringList, options);
        const QTemporaryDir folder;
        const QString plain = folder.filePath(u"plain.aac"_s);
        QCOMPARE(encodeAac(plain, options), QByteArray());
        const FrameBatch batch = adtsFramesOf(plain);
        const QList<QByteArray> frames = framesOf(batch);
        QVERIFY(frames.size() > 10);
        qsizetype cut = 0;
        for (const QByteArray &frame : frames) {
            const auto header = parseAdtsHeader(frame);
            const QByteArray block = blockOf(frame);
            const auto parsed = parseAacRawBlock(block, header->sampleRate);
            QVERIFY(parsed);
            QCOMPARE(parsed->channels, header->channels());
            QVERIFY(!parsed->hasReplication);
            cut += parseAacRawBlock(block.chopped(1), header->sampleRate) ? 1 : 0;
            QVERIFY(!parseAacRawBlock(block + '\1', header->sampleRate));
        }
        QCOMPARE(cut, 0);

        const QList<float> before = decodedSamples(plain);
        QVERIFY(before.size() > 8000);
        for (const int steps : {0, -9, 2}) {
            QByteArray bytes;
            QByteArray back;
            for (const QByteArray &frame : frames) {
                const auto changed = withAdtsGain(frame, steps);
                QVERIFY(changed && changed->size() == frame.size());
                bytes += *changed;
                back += withAdtsGain(*changed, -steps).value_or(QByteArray());
            }
            QCOMPARE(back, batch.bytes);
            if (steps == 0) {
                QCOMPARE(bytes, batch.bytes);
                continue;
            }
            const QString file = folder.filePath(u"changed.aac"_s);
            QVERIFY(mediafiles::write(file, bytes));
            QCOMPARE(mediafiles::decode(file), QByteArray());
            const QList<float> after = decodedSamples(file);
            QCOMPARE(after.size(), before.size());
            const double factor = std::pow(2.0, steps / 4.0);
            double worst = 0.0;
            double most = 0.0;
            for (qsizetype i = 0; i < after.size(); ++i) {
                const double wanted = factor * static_cast<double>(before[i]);
                worst = std::max(worst, std::abs(static_cast<double>(after[i]) - wanted));
                most = std::max(most, std::abs(wanted));
            }
            QVERIFY2(most > 0.01 && worst < 1e-5 * most, QByteArray::number(worst / most));
        }
    }

    void whatIsNotPlainAacIsTold()
    {
        const auto parse = [](const QByteArray &block) { return parseAacRawBlock(block, 44100); };
        for (const int channels : {1, 2}) {
            const QByteArray silent = silentAdtsFrame(44100, channels);
            const auto parsed = parse(blockOf(silent));
            QVERIFY(parsed && parsed->gains.isEmpty());
            QCOMPARE(parsed->channels, channels);
            QCOMPARE(withAdtsGain(silent, 7), std::optional(silent));
        }
        const auto parsed = parse(oneBandWith("01100100"));
        QVERIFY(parsed && !parsed->hasReplication);
        QCOMPARE(parsed->gains.size(), 1);
        QCOMPARE(parsed->gains[0], (AacRawBlock::Gain{7, 100}));
        // Pulses, in a long window only.
        QVERIFY(parse(bitsOf("000 0000 01100100 0 00 0 000000 0 1 01 000001 000000000 000000000 0 0 111")));
        QVERIFY(!parse(bitsOf("000 0000 01100100 0 10 0 0000 1111111 1 00 000001 000000000 0 0 111")));
        QVERIFY(parse(bitsOf("000 0000 01100100 0 10 0 0000 1111111 0 0 0 111")));
        // Data, filling and padding may follow; band replication is said; the rest is not AAC-LC.
        QVERIFY(parse(oneBandWith("01100100", " 110 0010 0000 0000 0000 0000 111")));
        QVERIFY(parse(oneBandWith("01100100", " 100 0000 0 00000001 11111111 111") + QByteArray(3, '\0')));
        QVERIFY(parse(oneBandWith("01100100", " 110 0001 1101 0000 111"))->hasReplication);
        QVERIFY(parse(oneBandWith("01100100", " 110 0010 1110 0000 0000 0000 111"))->hasReplication);
        QVERIFY(!parse(oneBandWith("01100100", " 010 0000 111")));           // a coupling channel
        QVERIFY(!parse(oneBandWith("01100100", " 101 0000 111")));           // a program config
        QVERIFY(!parse(oneBandWith("01100100", "")));                        // no end
        QVERIFY(!parse(oneBandWith("01100100", " 110 1111 11111111 0000"))); // filling that is not there
        QVERIFY(!parse(bitsOf("111")));
        QVERIFY(!parse({}));
        QVERIFY(!parseAacRawBlock(oneBandWith("01100100"), 44000));
        QVERIFY(!parse(bitsOf("000 0000 01100100 1 00 0 000000 0 0 0 0 111"))); // a reserved bit
        QVERIFY(!parse(bitsOf("000 0000 01100100 0 00 0 000000 1 0 0 0 111"))); // prediction
        QVERIFY(!parse(bitsOf("000 0000 01100100 0 00 0 111111 0 0 0 0 111"))); // too many bands
        QVERIFY(!parse(bitsOf("000 0000 01100100 0 00 0 000000 0 0 0 1 111"))); // gain control
        QVERIFY(!withAdtsGain(silentAdtsFrame(44100, 2).first(9), 1));
    }

    /// Decoders have tables for scale factors from 0 to 255.
    void aacGainsStopWhereScaleFactorsEnd()
    {
        const auto gained = [](const QByteArray &gain, int steps) {
            return withAacGain(oneBandWith(gain), 44100, steps).value_or(QByteArray());
        };
        QCOMPARE(gained("00000011", -2), oneBandWith("00000001"));
        QCOMPARE(gained("00000011", -9), oneBandWith("00000000"));
        QCOMPARE(gained("11111101", 9), oneBandWith("11111111"));
        // It is the scale factors that count: here one that is a step below, or above, its gain.
        const auto beside = [](const QByteArray &gain, const QByteArray &factor) {
            return bitsOf("000 0000 " + gain + " 0 00 0 000001 0 0001 00001 " + factor + " 0 0 0 0 111");
        };
        QCOMPARE(withAacGain(beside("00000011", "100"), 44100, -9), std::optional(beside("00000001", "100")));
        QCOMPARE(withAacGain(beside("11111100", "1010"), 44100, 9),
                 std::optional(beside("11111110", "1010")));
        QVERIFY(!withAacGain(beside("00000000", "100"), 44100, 1));
        // Two channels, of which one has room for three steps only: both move by three.
        const QByteArray second = QByteArray(oneBand).replace("%1", "01100100") + " 111";
        QCOMPARE(withAacGain(bitsOf(QByteArray(oneBand).replace("%1", "00000011") + second), 44100, -5),
                 std::optional(bitsOf(QByteArray(oneBand).replace("%1", "00000000") +
                                      QByteArray(second).replace("01100100", "01100001"))));
    }

    void aacFramesLoseTheirChecksum()
    {
        const QByteArray block = oneBandWith("01100100");
        QByteArray frame = adtsHeader(44100, 1, block.size() + 2) + "CC" + block;
        frame[1] = static_cast<char>(frame[1] & 0xFE);
        QVERIFY(parseAdtsHeader(frame)->hasCrc);
        QCOMPARE(withAdtsGain(frame, 1),
                 std::optional(adtsHeader(44100, 1, block.size()) + oneBandWith("01100101")));
    }

    /// Whatever is in a block: it is read within its bounds and soon.
    void damagedAacIsReadWithinItsBounds()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"a.aac"_s);
        QCOMPARE(encodeAac(file, {u"-b:a"_s, u"128k"_s, u"-ar"_s, u"44100"_s}, 1.0), QByteArray());
        const QList<QByteArray> frames = framesOf(adtsFramesOf(file));
        std::mt19937 random(1);
        const auto below = [&random](qsizetype end) { return static_cast<qsizetype>(random() % end); };
        int readable = 0;
        for (int turn = 0; turn < 4000; ++turn) {
            QByteArray block = blockOf(frames[below(frames.size())]);
            if (turn % 4 == 0) {
                for (char &byte : block)
                    byte = static_cast<char>(random());
            }
            for (qsizetype i = below(4); i >= 0; --i)
                block[below(block.size())] = static_cast<char>(random());
            block.truncate(turn % 3 == 0 ? below(block.size()) : block.size());
            // A copy of its own, so that a read behind its end is one behind the memory.
            const QByteArray exact(block.constData(), block.size());
            if (const auto parsed = parseAacRawBlock(exact, 44100)) {
                ++readable;
                for (const AacRawBlock::Gain &gain : parsed->gains)
                    QVERIFY(gain.bit >= 0 && gain.bit + 8 <= exact.size() * 8);
                QCOMPARE(withAacGain(exact, 44100, 3)->size(), exact.size());
            }
        }
        // Most damage is noticed; a changed sign or value is none for us.
        QVERIFY2(readable < 2000, QByteArray::number(readable));
    }

    void otherFramesAndShortOnesStayAsTheyAre()
    {
        const MpegHeader header = defaultMpegHeader();
        const QByteArray silent = silentMpegFrame(header);
        QCOMPARE(withGlobalGain(header, silent, 5), silent); // nothing in it
        const QByteArray cut = silent.first(20);
        QCOMPARE(withGlobalGain(header, cut, 5), cut);
        MpegHeader layer2 = header;
        layer2.layer = 2;
        const QByteArray full(silent.size(), '\x55');
        QCOMPARE(withGlobalGain(layer2, full, 5), full);
    }
};

QTEST_GUILESS_MAIN(TestGlobalGain)
#include "tst_globalgain.moc"
