// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/adtswriter.h"
#include "core/audio/mpeg/mpegheader.h"
#include "core/audio/ogg/oggopuspager.h"
#include "core/codec/codecrecords.h"
#include "core/codec/delivery.h"
#include "core/codec/plainframes.h"
#include "core/playlist/reader/trackplan.h"
#include "tests/core/playlist/library/mediafiles.h"

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

    void aPlanSaysWhatBecomesOfATrack()
    {
        PlayoutOptions options;
        PlaylistEntry entry;
        entry.sound = mp3();
        TrackPlan plan = planTrack(entry, true, {}, options);
        QCOMPARE(plan.way, TrackPlan::Way::Passed);
        QCOMPARE(plan.why, EncodedBecause::Nothing);
        // Its tags say that it could be, but there are no frames in it.
        plan = planTrack(entry, false, {}, options);
        QCOMPARE(plan.way, TrackPlan::Way::Encoded);
        QCOMPARE(plan.why, EncodedBecause::OtherContainer);
        entry.sound.sampleRate = 48000;
        plan = planTrack(entry, true, {}, options);
        QCOMPARE(plan.way, TrackPlan::Way::Encoded);
        QCOMPARE(plan.why, EncodedBecause::SampleRate);
        // How loud: in the frames where they say it, in the encoder otherwise.
        options.loudness.levels = true;
        entry.sound = mp3();
        plan = planTrack(entry, true, Loudness{-10.0, -3.0}, options);
        QCOMPARE(plan.way, TrackPlan::Way::Passed);
        QCOMPARE(plan.gainSteps, -4);
        QCOMPARE(plan.gainDb, -6.0);
        options.format.codec = StationCodec::Opus;
        options.format.sampleRate = 48000;
        entry.sound.codec = u"opus"_s;
        entry.sound.container = u"ogg"_s;
        entry.sound.isPlain = true;
        plan = planTrack(entry, false, Loudness{-10.0, -3.0}, options);
        QCOMPARE(plan.way, TrackPlan::Way::Encoded);
        QCOMPARE(plan.gainSteps, 0);
        options.loudness.levels = false;
        QCOMPARE(planTrack(entry, false, {}, options).way, TrackPlan::Way::Copied);
        // Our own framer knows best, where it speaks of the same codec.
        SoundFacts framed = mp3(32000, 1);
        QCOMPARE(factsOf({}, &framed), framed);
        QCOMPARE(factsOf(mp3(), &framed).sampleRate, 32000);
        QCOMPARE(factsOf(mp3(), &framed).bitrateKbps, 192);
        QCOMPARE(factsOf(entry.sound, &framed), entry.sound);
        QCOMPARE(factsOf(mp3(), nullptr), mp3());
    }

    void whatFitsIsPassedAndTheRestHasAReason()
    {
        using Why = EncodedBecause;
        DeliveryRules rules;
        QCOMPARE(deliveryOf(mp3(), rules), (Delivery{true, Why::Nothing, 0, 0, StationCodec::Mp3}));
        QVERIFY(deliveryOf(mp3(44100, 2, 320), rules).isPassed);
        const auto isEncoded = [&rules](const SoundFacts &facts, Why why, int found = 0, int wanted = 0) {
            return deliveryOf(facts, rules) == Delivery{false, why, found, wanted, rules.format.codec};
        };
        QVERIFY(isEncoded(mp3(48000), Why::SampleRate, 48000, 44100));
        QVERIFY(isEncoded(mp3(44100, 1), Why::Channels, 1, 2));
        rules.passthroughMaxKbps = 160;
        QVERIFY(isEncoded(mp3(), Why::Bitrate, 192, 160));
        rules.passthroughMaxKbps = 0;
        QVERIFY(isEncoded(mp3(), Why::EverythingIs));
        rules = {};
        SoundFacts flac = mp3();
        flac.codec = flac.container = u"flac"_s;
        QVERIFY(isEncoded(flac, Why::OtherCodec));
        SoundFacts inside = mp3();
        inside.container = u"mov,mp4"_s;
        QVERIFY(isEncoded(inside, Why::OtherContainer));
        QVERIFY(isEncoded({}, Why::NotKnownYet));
        rules.crossfades = true;
        QVERIFY(isEncoded(mp3(), Why::TracksFade));
        rules = {};
        rules.trimsSilence = true;
        QVERIFY(isEncoded(mp3(), Why::SilenceIsCut));
        rules = {};
        rules.format = {StationCodec::Aac, 96, 44100, 2};
        QVERIFY(isEncoded(mp3(), Why::OtherCodec));
    }

    void aacAndOpusPassWhereTheirFramesStandAlone()
    {
        using Why = EncodedBecause;
        DeliveryRules rules;
        rules.format = {StationCodec::Aac, 96, 44100, 2};
        SoundFacts aac{u"aac"_s, u"mov,mp4,m4a,3gp,3g2,mj2"_s, 44100, 2, 128, 0.0, 0.0, true};
        QVERIFY(deliveryOf(aac, rules).isPassed);
        aac.container = u"matroska,webm"_s;
        QCOMPARE(deliveryOf(aac, rules).why, Why::OtherContainer);
        aac.container = u"aac"_s;
        QVERIFY(deliveryOf(aac, rules).isPassed);
        rules.levels = true;
        // Levelled in place; what is as loud as it should be within half a step stays bit for bit.
        rules.targetLufs = -14.0;
        const Delivery levelled{true, Why::Nothing, 0, 0, StationCodec::Aac, true};
        QCOMPARE(deliveryOf(aac, rules), levelled);
        QCOMPARE(deliveryOf(aac, rules, -14.8), levelled);
        QVERIFY(deliveryOf(aac, rules, -14.7).isPassed && !deliveryOf(aac, rules, -14.7).isLevelled);
        QVERIFY(deliveryOf(mp3(), {{}, 320, false, false, true}).isLevelled);
        rules.levels = false;
        aac.isPlain = false;
        QCOMPARE(deliveryOf(aac, rules).why, Why::NotPlain);
        rules.format = {StationCodec::Opus, 96, 48000, 2};
        SoundFacts opus{u"opus"_s, u"ogg"_s, 48000, 2, 96, 0.0, 0.0, true};
        QVERIFY(deliveryOf(opus, rules).isPassed);
        // Opus has no gain in its packets: it is passed when it needs none.
        rules.levels = true;
        QCOMPARE(deliveryOf(opus, rules).why, Why::LoudnessUnknown);
        QVERIFY(!deliveryOf(opus, rules).isPassed);
        QCOMPARE(deliveryOf(opus, rules, -13.2).why, Why::IsLevelled);
        QCOMPARE(deliveryOf(opus, rules, -13.3), (Delivery{true, Why::Nothing, 0, 0, StationCodec::Opus}));
        PlaylistEntry row;
        row.sound = opus;
        QCOMPARE(knownLufs(row), 0.0);
        row.loudnessLufs = -20.0F;
        QCOMPARE(knownLufs(row), -20.0);
        row.sound.taggedLufs = -9.0; // goes first, as when it plays
        QCOMPARE(knownLufs(row), -9.0);
        rules.levels = false;
        rules.trimsSilence = true;
        QCOMPARE(deliveryOf(opus, rules).why, Why::SilenceIsCut);
    }

    void headersOfAacAndOpus()
    {
        QCOMPARE(aacConfigOf(QByteArray::fromHex("1210")), (AacConfig{true, 44100, 2}));
        QCOMPARE(aacConfigOf(QByteArray::fromHex("1188")), (AacConfig{true, 48000, 1}));
        QVERIFY(!aacConfigOf(QByteArray::fromHex("1214")).isPlain);       // 960 samples
        QVERIFY(!aacConfigOf(QByteArray::fromHex("131056e5a5")).isPlain); // with band replication behind
        QVERIFY(!aacConfigOf(QByteArray::fromHex("2b920800")).isPlain);   // HE-AAC, said first
        QVERIFY(!aacConfigOf(QByteArray::fromHex("1230")).isPlain);       // 5.1
        QVERIFY(!aacConfigOf(QByteArray::fromHex("12")).isPlain);
        QVERIFY(!aacConfigOf({}).isPlain);

        const QByteArray head = "OpusHead" + QByteArray::fromHex("0102380180bb0000000000");
        QCOMPARE(opusConfigOf(head), (OpusConfig{true, 2}));
        for (qsizetype length = 0; length < head.size(); ++length)
            QVERIFY(!opusConfigOf(head.first(length)).isPlain);
        QByteArray other = head;
        other[16] = 1;
        QVERIFY(!opusConfigOf(other).isPlain); // a gain
        other = head;
        other[18] = 1;
        QVERIFY(!opusConfigOf(other).isPlain); // a mapping of its own
    }

    void recordsSurviveAnySplit()
    {
        CodecRecord track;
        track.kind = CodecRecord::Kind::Track;
        track.name = u"Ärger.flac"_s;
        track.offset = 7;
        track.gainDb = -3.5;
        CodecRecord end;
        end.kind = CodecRecord::Kind::TrackEnd;
        end.text = Sentence(u"It is over."_s);
        end.fault = TrackFault::NoAnswer;
        CodecRecord facts;
        facts.kind = CodecRecord::Kind::Facts;
        facts.facts.title = "\xE4";
        facts.facts.sound.channels = 2;
        facts.facts.problem = Sentence(u"“x” holds no sound."_s);
        facts.facts.fault = EntryFault::NoSound;
        CodecRecord sound;
        sound.kind = CodecRecord::Kind::Sound;
        sound.sampleRate = 48000;
        sound.channels = 2;
        sound.bytes = QByteArray(16, 's');
        const QList<CodecRecord> all{track, framesRecord(), end, facts, sound};
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
