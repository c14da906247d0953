// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/adtswriter.h"
#include "core/audio/mpegheader.h"
#include "core/audio/oggopuspager.h"
#include "core/codec/codecrecords.h"
#include "core/codec/delivery.h"
#include "tests/core/playlist/mediafiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

SoundFacts mp3(int sampleRate = 44100, int channels = 2, int kbps = 192)
{
    SoundFacts facts;
    facts.codec = facts.container = u"mp3"_s;
    facts.sampleRate = sampleRate;
    facts.channels = channels;
    facts.bitrateKbps = kbps;
    return facts;
}

CodecRecord framesRecord()
{
    CodecRecord record;
    record.kind = CodecRecord::Kind::Frames;
    record.batch.append("first", 100);
    record.batch.append("the second", 200);
    return record;
}

} // namespace

class TestStationFormat : public QObject
{
    Q_OBJECT

private slots:
    void optionsSurviveACommandLine()
    {
        EncodingOptions options;
        options.format = {StationCodec::Opus, 96, 48000, 1};
        options.crossfadeSeconds = 2.5;
        options.trimsSilence = true;
        options.ceilingDb = -1.5;
        QCOMPARE(optionsFrom(argumentsFor(options)), std::optional(options));
        QVERIFY(!optionsFrom({}));
        QVERIFY(!optionsFrom({u"mp3"_s, u"128"_s, u"44100"_s, u"99"_s, u"0"_s, u"whole"_s, u"0"_s}));
    }

    void whatFitsIsPassedAndTheRestHasAReason()
    {
        DeliveryRules rules;
        QCOMPARE(deliveryOf(mp3(), rules), (Delivery{true, {}}));
        QCOMPARE(deliveryOf(mp3(44100, 2, 320), rules).isPassed, true);
        const auto reason = [&rules](const SoundFacts &facts) {
            const Delivery delivery = deliveryOf(facts, rules);
            return delivery.isPassed ? u"passed"_s : delivery.reason;
        };
        QCOMPARE(reason(mp3(48000)), u"48 kHz instead of 44.1 kHz"_s);
        QCOMPARE(reason(mp3(44100, 1)), u"mono instead of stereo"_s);
        rules.passthroughMaxKbps = 160;
        QCOMPARE(reason(mp3()), u"192 kbit/s, more than the 160 that are passed on"_s);
        rules.passthroughMaxKbps = 0;
        QCOMPARE(reason(mp3()), u"every file is encoded"_s);
        rules = {};
        SoundFacts flac = mp3();
        flac.codec = flac.container = u"flac"_s;
        QCOMPARE(reason(flac), u"the stream is MP3"_s);
        SoundFacts inside = mp3();
        inside.container = u"mov,mp4"_s;
        QCOMPARE(reason(inside), u"the MP3 is inside another kind of file"_s);
        QCOMPARE(reason({}), u"its format is not known yet"_s);
        rules.crossfades = true;
        QCOMPARE(reason(mp3()), u"tracks fade into one another"_s);
        rules = {};
        rules.trimsSilence = true;
        QCOMPARE(reason(mp3()), u"silence at its ends is cut"_s);
        rules = {};
        rules.format = {StationCodec::Aac, 96, 44100, 2};
        QCOMPARE(reason(mp3()), u"the stream is AAC"_s);
    }

    void recordsSurviveAnySplit()
    {
        CodecRecord track;
        track.kind = CodecRecord::Kind::Track;
        track.path = u"/music/Ärger.flac"_s;
        track.offset = 7;
        track.gainDb = -3.5;
        CodecRecord end;
        end.kind = CodecRecord::Kind::TrackEnd;
        end.text = u"It is over."_s;
        const QList<CodecRecord> all{track, framesRecord(), end};
        QByteArray bytes;
        for (const CodecRecord &record : all)
            bytes += encodeRecord(record);
        for (qsizetype step = 1; step < bytes.size(); step += 3) {
            CodecRecordReader reader;
            QList<CodecRecord> read;
            for (qsizetype at = 0; at < bytes.size(); at += step) {
                reader.feed(QByteArrayView(bytes).sliced(at).first(qMin(step, bytes.size() - at)));
                while (const auto record = reader.next())
                    read.append(*record);
            }
            QVERIFY(read == all);
        }
    }

    void hostileRecordsAreRefused()
    {
        std::mt19937 random(4);
        const QByteArray good = encodeRecord(framesRecord());
        for (int i = 0; i < 5000; ++i) {
            QByteArray bytes = good;
            for (int changes = 0; changes < 3; ++changes)
                bytes[static_cast<qsizetype>(random() % static_cast<quint32>(bytes.size()))] =
                    static_cast<char>(random());
            CodecRecordReader reader;
            reader.feed(bytes);
            if (const auto record = reader.next()) {
                qint64 sum = 0;
                for (const FrameInfo &frame : record->batch.frames) {
                    sum += frame.size;
                    QVERIFY(frame.duration > 0 && frame.duration <= flicksPerSecond);
                }
                QCOMPARE(sum, record->batch.bytes.size());
            }
        }
    }

    void silenceDecodes_data()
    {
        QTest::addColumn<int>("codec");
        QTest::addColumn<int>("rate");
        QTest::addColumn<int>("channels");
        for (const int channels : {1, 2}) {
            QTest::newRow("mp3") << int(StationCodec::Mp3) << 44100 << channels;
            QTest::newRow("mp3 low") << int(StationCodec::Mp3) << 16000 << channels;
            QTest::newRow("aac") << int(StationCodec::Aac) << 44100 << channels;
            QTest::newRow("aac 24") << int(StationCodec::Aac) << 24000 << channels;
            QTest::newRow("opus") << int(StationCodec::Opus) << 48000 << channels;
        }
    }
    void silenceDecodes()
    {
        QFETCH(int, codec);
        QFETCH(int, rate);
        QFETCH(int, channels);
        const StationFormat format{static_cast<StationCodec>(codec), 64, rate, channels};
        FrameBatch silence = silenceFor(format, flicksPerSecond);
        QVERIFY(silence.duration() >= flicksPerSecond);
        QVERIFY(silence.duration() < flicksPerSecond + flicksPerSecond / 5);
        QByteArray bytes;
        if (format.codec == StationCodec::Opus) {
            OggPageStamper stamper;
            stamper.start(77);
            stamper.stamp(silence);
            bytes = oggOpusHeader(77, channels);
        }
        bytes += silence.bytes;
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"silence"_s);
        QVERIFY(mediafiles::write(path, bytes));
        QCOMPARE(mediafiles::decode(path), QByteArray());
        const QByteArray volume =
            mediafiles::run(u"ffmpeg"_s, {u"-hide_banner"_s, u"-i"_s, path, u"-af"_s, u"volumedetect"_s,
                                          u"-f"_s, u"null"_s, u"-"_s});
        QVERIFY2(volume.contains("max_volume: -91.0 dB"), volume);
        QVERIFY2(volume.contains(QByteArray::number(rate) + " Hz"), volume);
    }

    void opusPagesAreOneStreamWhateverIsCut()
    {
        OggPageStamper stamper;
        stamper.start(5);
        FrameBatch first = silenceFor({StationCodec::Opus, 64, 48000, 2}, flicksPerSecond);
        stamper.stamp(first);
        // Six pages stay, the rest is cut away; another encoder goes on.
        qsizetype kept = 0;
        for (int i = 0; i < 6; ++i)
            kept += first.frames[i].size;
        stamper.continueBehind(QByteArrayView(first.bytes).sliced(kept - first.frames[5].size));
        FrameBatch second = silenceFor({StationCodec::Opus, 64, 48000, 2}, flicksPerSecond);
        stamper.stamp(second);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"x.opus"_s);
        QVERIFY(mediafiles::write(path, oggOpusHeader(5, 2) + first.bytes.first(kept) + second.bytes));
        QCOMPARE(mediafiles::decode(path), QByteArray());
        QByteArray info = mediafiles::run(u"opusinfo"_s, {path});
        info.replace("WARNING: EOS not set", "no end"); // a live stream has none
        QVERIFY2(info.contains("Playback length: 0m:01.5"), info);
        QVERIFY2(!info.contains("WARNING") && !info.contains("hole"), info);
    }
};

QTEST_GUILESS_MAIN(TestStationFormat)
#include "tst_stationformat.moc"
