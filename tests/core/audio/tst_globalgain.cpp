// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/mpegsideinfo.h"
#include "tests/core/codec/readthrough.h"

#include <QTest>

#include <cmath>

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
