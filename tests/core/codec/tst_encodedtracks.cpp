// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Files through the real helper program: one clean stream, whatever they are.
#include "core/audio/aac/adtsframer.h"
#include "core/audio/aac/adtswriter.h"
#include "core/audio/mpeg/mpegheader.h"
#include "core/audio/ogg/oggopuspager.h"
#include "core/audio/ogg/oggpage.h"
#include "core/playlist/library/loudnesssurvey.h"
#include "core/playlist/library/mediafaults.h"
#include "core/playlist/library/mediainfo.h"
#include "tests/core/codec/readthrough.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <numbers>
#include <numeric>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

class TestEncodedTracks : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    LoudnessCache m_cache{m_folder.filePath(u"cache/loudness"_s)};

    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// One sine whose phase goes on from file to file.
    QStringList sineInParts(const QString &suffix, double hertz, const QList<double> &seconds,
                            const QStringList &options = {})
    {
        QStringList paths;
        double from = 0.0;
        for (const double length : seconds) {
            const QString name = path(u"sine%1-%2.%3"_s.arg(hertz).arg(from).arg(suffix));
            const QString source =
                u"aevalsrc=0.5*sin(2*PI*%1*(t+%2)):s=44100:d=%3:c=stereo"_s.arg(hertz)
                    .arg(from)
                    .arg(length)
                    .replace(u":s="_s, u"|0.5*sin(2*PI*%1*(t+%2)):s="_s.arg(hertz).arg(from));
            const QByteArray said = mediafiles::run(
                u"ffmpeg"_s, QStringList{u"-v"_s, u"error"_s, u"-y"_s, u"-f"_s, u"lavfi"_s, u"-i"_s, source} +
                                 options + QStringList{name});
            if (!said.isEmpty())
                qWarning() << said;
            paths.append(name);
            from += length;
        }
        return paths;
    }

    /// How far the samples are from a pure sine of that frequency, at worst, relative to its level; the
    /// beginning and the end, where an encoder fades in and out, left out.
    static double distanceFromSine(const QList<float> &stereo, int rate, double hertz)
    {
        const qsizetype frames = stereo.size() / 2;
        const qsizetype margin = rate / 5;
        // Least squares over the middle gives amplitude and phase.
        double a = 0.0;
        double b = 0.0;
        const double turn = 2 * std::numbers::pi * hertz / rate;
        const qsizetype count = frames - 2 * margin;
        for (qsizetype i = margin; i < frames - margin; ++i) {
            const double angle = turn * static_cast<double>(i);
            a += static_cast<double>(stereo[2 * i]) * std::sin(angle);
            b += static_cast<double>(stereo[2 * i]) * std::cos(angle);
        }
        a *= 2.0 / static_cast<double>(count);
        b *= 2.0 / static_cast<double>(count);
        const double level = std::hypot(a, b);
        double worst = 0.0;
        for (qsizetype i = margin; i < frames - margin; ++i) {
            const double angle = turn * static_cast<double>(i);
            worst = std::max(worst, std::abs(static_cast<double>(stereo[2 * i]) - a * std::sin(angle) -
                                             b * std::cos(angle)));
        }
        return level > 0.1 ? worst / level : 1.0;
    }

    /// As ffmpeg's meter says.
    static double lufsOf(const QString &file)
    {
        const QByteArray said =
            mediafiles::run(u"ffmpeg"_s, {u"-hide_banner"_s, u"-nostats"_s, u"-i"_s, file, u"-af"_s,
                                          u"ebur128=framelog=verbose"_s, u"-f"_s, u"null"_s, u"-"_s});
        const qsizetype at = said.indexOf("I:", said.indexOf("Summary:")) + 2;
        return said.mid(at, said.indexOf("LUFS", at) - at).trimmed().toDouble();
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(!codecProgramPath().isEmpty(), "cycast-codec is not beside this test");
        qputenv("XDG_CACHE_HOME", m_folder.filePath(u"xdg"_s).toUtf8()); // the user's own stays as it is
    }

    /// A tone, then nothing: how long the nothing is goes with the loudness, into the cache and onto the row.
    void theSilenceAtTheEndIsMeasured()
    {
        const auto make = [this](const QString &name, double tone, double silence) {
            return mediafiles::run(
                u"ffmpeg"_s,
                {u"-v"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s,
                 u"aevalsrc=0.2*sin(2*PI*440*t)*lt(t\\,%1):s=44100:d=%2"_s.arg(tone).arg(tone + silence),
                 path(name)});
        };
        QCOMPARE(make(u"ends.flac"_s, 3.0, 7.5), QByteArray());
        QCOMPARE(make(u"whole.flac"_s, 3.0, 0.0), QByteArray());
        QCOMPARE(make(u"mute.flac"_s, 0.0, 2.0), QByteArray());
        const auto measured = measureLoudness(codecProgramPath(), path(u"ends.flac"_s), 2, 60'000);
        QVERIFY(measured && *measured);
        QVERIFY2(qAbs((*measured)->silentEndMs - 7500) < 20, QByteArray::number((*measured)->silentEndMs));

        PlayoutOptions options = playout();
        options.loudness = {true, -16.0, -1.0};
        TrackRequest request;
        request.entry.path = path(u"ends.flac"_s);
        request.patienceMs = request.measuringMs = 60'000;
        for (int turn = 0; turn < 2; ++turn) { // measured, then known
            const OpenedTrack opened = openTrack(request, options, &m_cache);
            QCOMPARE(opened.entry.silentEndMs, (*measured)->silentEndMs);
            QCOMPARE(opened.entry.loudnessLufs, static_cast<float>((*measured)->lufs));
        }

        // In the background, one after the other, each told once; where the tags say how loud it is, how it
        // ends is measured last, and only for somebody who sees it.
        LoudnessSurvey survey;
        QSignalSpy told(&survey, &LoudnessSurvey::measured);
        QList<PlaylistEntry> rows;
        for (const QString &name : {u"ends.flac"_s, u"whole.flac"_s, u"mute.flac"_s, u"nowhere.flac"_s}) {
            PlaylistEntry row;
            row.id = newEntryId();
            row.path = path(name);
            rows.append(row);
        }
        PlaylistEntry tagged = rows.first();
        tagged.id = newEntryId();
        tagged.sound.taggedLufs = -9.0;
        tagged = withKnownLoudness(tagged);
        QCOMPARE(tagged.silentEndMs, -1);
        survey.setHeld(true);
        survey.setRules({.levels = true});
        survey.add(QList{tagged} + rows);
        survey.add(rows);
        QVERIFY(told.isEmpty()); // tags go first
        survey.setHeld(false);
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 3, 60'000);
        QCOMPARE(told.at(0), QVariantList({rows[0].id, told.at(0).at(1), told.at(0).at(2)}));
        QVERIFY(qAbs(told.at(0).at(2).toInt() - 7500) < 20);
        QVERIFY(told.at(1).at(2).toInt() < 20);
        QCOMPARE(told.at(2).at(1).toDouble(), silenceLufs);
        QVERIFY(LoudnessCache::shared().find(rows[1].path, 2));
        survey.setRules({.levels = false, .isWatched = true});
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 4, 60'000);
        QCOMPARE(told.at(3), QVariantList({tagged.id, -9.0, told.at(0).at(2)}));
        QCOMPARE(withKnownLoudness(tagged).silentEndMs, told.at(0).at(2).toInt());
    }

    void aSineOverSeveralFilesHasNoSeam_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<int>("codec");
        QTest::addColumn<int>("rate");
        QTest::newRow("flac to mp3") << u"flac"_s << int(StationCodec::Mp3) << 44100;
        QTest::newRow("wav to mp3, resampled") << u"wav"_s << int(StationCodec::Mp3) << 48000;
        QTest::newRow("wav to aac") << u"wav"_s << int(StationCodec::Aac) << 44100;
    }
    void aSineOverSeveralFilesHasNoSeam()
    {
        QFETCH(QString, suffix);
        QFETCH(int, codec);
        QFETCH(int, rate);
        const PlayoutOptions options = playout({static_cast<StationCodec>(codec), 192, rate, 2});
        const ReadThrough result = readThrough(sineInParts(suffix, 997.0, {1.0, 1.5, 1.0}), options, m_cache);
        QCOMPARE(result.problems, (QStringList{{}, {}, {}}));
        const double seconds = secondsOf(result.all.duration());
        QVERIFY2(seconds > 3.5 && seconds < 3.7, QByteArray::number(seconds));
        QVERIFY(qAbs(secondsOf(result.starts[1]) - 1.0) < 0.1);
        QVERIFY(qAbs(secondsOf(result.starts[2]) - 2.5) < 0.1);
        const QString out = path(u"out."_s + nameOf(options.format.codec));
        QVERIFY(mediafiles::write(out, result.all.bytes));
        QCOMPARE(mediafiles::decode(out), QByteArray());
        QList<float> samples = decodedSamples(out);
        QVERIFY(samples.size() > rate * 2 * 3);
        samples.resize(qMin<qsizetype>(samples.size(), rate * 2 * 35 / 10)); // before the silence at the end
        const double distance = distanceFromSine(samples, rate, 997.0);
        QVERIFY2(distance < 0.02, QByteArray::number(distance));
    }

    void delayAndPaddingAreLeftOut_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("mp3 with a LAME tag") << u"mp3"_s << QStringList{u"-b:a"_s, u"192k"_s};
        QTest::newRow("m4a with an edit list")
            << u"m4a"_s << QStringList{u"-c:a"_s, u"aac"_s, u"-b:a"_s, u"192k"_s};
        QTest::newRow("opus") << u"opus"_s << QStringList{u"-c:a"_s, u"libopus"_s, u"-b:a"_s, u"192k"_s};
    }
    void delayAndPaddingAreLeftOut()
    {
        QFETCH(QString, suffix);
        QFETCH(QStringList, options);
        PlayoutOptions wanted = playout({StationCodec::Mp3, 192, 44100, 2});
        wanted.passthroughMaxKbps = 0;
        const QStringList parts = sineInParts(suffix, 441.0, {1.0, 1.0, 1.0}, options);
        const ReadThrough result = readThrough(parts, wanted, m_cache);
        QCOMPARE(result.problems, (QStringList{{}, {}, {}}));
        const double seconds = secondsOf(result.all.duration());
        QVERIFY2(seconds > 3.0 && seconds < 3.12, QByteArray::number(seconds));
        const QString out = path(u"joined.mp3"_s);
        QVERIFY(mediafiles::write(out, result.all.bytes));
        QList<float> samples = decodedSamples(out);
        samples.resize(qMin<qsizetype>(samples.size(), 44100 * 2 * 3));
        // A lossy file's own ends are not perfect; a gap of a hundredth of a second would be 1.
        const double distance = distanceFromSine(samples, 44100, 441.0);
        QVERIFY2(distance < 0.25, QByteArray::number(distance));
    }

    void whatFitsIsPassedBitForBitBetweenOthers()
    {
        QCOMPARE(mediafiles::encode(path(u"fits.mp3"_s), {u"-b:a"_s, u"192k"_s}, 3.0), QByteArray());
        QCOMPARE(mediafiles::encode(path(u"a.flac"_s), {}, 1.0), QByteArray());
        const ReadThrough result =
            readThrough({path(u"a.flac"_s), path(u"fits.mp3"_s), path(u"a.flac"_s)}, playout(), m_cache);
        QCOMPARE(result.wasPassed, (QList<bool>{false, true, false}));
        const QByteArray own = mediafiles::framesOf(path(u"fits.mp3"_s)).bytes;
        QVERIFY(own.size() > 60'000);
        QCOMPARE(result.all.bytes.count(own), 1);
        const QString out = path(u"mixed.mp3"_s);
        QVERIFY(mediafiles::write(out, result.all.bytes));
        QCOMPARE(mediafiles::decode(out), QByteArray());
        // No frame was lost or made up: a second, three seconds, a second, and what encoders add.
        const double seconds = secondsOf(result.all.duration());
        QVERIFY2(seconds > 5.0 && seconds < 5.3, QByteArray::number(seconds));
    }

    /// AAC and Opus too: the packets are those of the file, in the stream's own wrapping.
    void whatFitsAnAacOrOpusStreamIsPassedPacketByPacket_data()
    {
        QTest::addColumn<int>("codec");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("options");
        const QStringList aac{u"-c:a"_s, u"aac"_s, u"-b:a"_s, u"128k"_s};
        QTest::newRow("m4a") << int(StationCodec::Aac) << u"phone.m4a"_s << aac;
        QTest::newRow("adts") << int(StationCodec::Aac) << u"bare.aac"_s << aac;
        QTest::newRow("opus") << int(StationCodec::Opus) << u"web.opus"_s
                              << QStringList{u"-c:a"_s, u"libopus"_s, u"-b:a"_s, u"96k"_s};
        QTest::newRow("opus, long packets")
            << int(StationCodec::Opus) << u"long.opus"_s
            << QStringList{u"-c:a"_s, u"libopus"_s, u"-b:a"_s, u"64k"_s, u"-frame_duration"_s, u"60"_s};
    }
    void whatFitsAnAacOrOpusStreamIsPassedPacketByPacket()
    {
        QFETCH(int, codec);
        QFETCH(QString, name);
        QFETCH(QStringList, options);
        const bool isOpus = codec == int(StationCodec::Opus);
        const StationFormat format{static_cast<StationCodec>(codec), 96, isOpus ? 48000 : 44100, 2};
        QCOMPARE(mediafiles::encode(path(name), options, 3.0), QByteArray());
        QCOMPARE(mediafiles::encode(path(u"around.flac"_s), {u"-y"_s}, 1.0), QByteArray());
        ReadThrough result = readThrough({path(u"around.flac"_s), path(name), path(u"around.flac"_s)},
                                         playout(format), m_cache);
        QCOMPARE(result.problems, (QStringList{{}, {}, {}}));
        QCOMPARE(result.wasPassed, (QList<bool>{false, true, false}));
        const QString packets = path(u"packets"_s);
        QFile::remove(packets);
        QCOMPARE(mediafiles::run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-i"_s, path(name), u"-map"_s, u"0:a"_s,
                                               u"-c"_s, u"copy"_s, u"-f"_s, u"data"_s, packets}),
                 QByteArray());
        QByteArray sent; // what is inside of the wrapping
        qsizetype at = 0;
        for (const FrameInfo &frame : result.all.frames) {
            const QByteArrayView whole = QByteArrayView(result.all.bytes).sliced(at, frame.size);
            const qsizetype header = isOpus ? 27 + static_cast<unsigned char>(whole[26]) : 7;
            sent += whole.sliced(name.endsWith(".aac"_L1) ? 0 : header);
            at += frame.size;
        }
        const QByteArray own = mediafiles::contentOf(packets);
        QVERIFY(own.size() > 20'000);
        QCOMPARE(sent.count(own), 1);

        QByteArray bytes;
        if (isOpus) {
            OggPageStamper stamper;
            stamper.start(1);
            stamper.stamp(result.all);
            bytes = oggOpusHeader(1, 2);
        }
        const QString out = path(isOpus ? u"passed.opus"_s : u"passed.aac"_s);
        QVERIFY(mediafiles::write(out, bytes + result.all.bytes));
        QCOMPARE(mediafiles::decode(out), QByteArray());
        const double seconds = secondsOf(result.all.duration());
        QVERIFY2(seconds > 5.0 && seconds < 5.4, QByteArray::number(seconds));
        const double heard = static_cast<double>(decodedSamples(out).size()) / 2 / format.sampleRate;
        QVERIFY2(qAbs(heard - seconds) < 0.1, QByteArray::number(heard));

        // From the middle on it is the rest of them.
        PlayoutOptions copying = playout(format);
        auto session = std::make_shared<CodecSession>(copying.codecProgram, copying.encodingOptions(),
                                                      CodecSession::Task::Copy);
        QVERIFY(session->begin(**MusicFile::open(path(name)), 2 * flicksPerSecond, 0.0));
        const auto rest = session->next(10'000'000, 60'000);
        QVERIFY(rest && rest->trackEnded);
        const double left = secondsOf(rest->batch.duration());
        QVERIFY2(left > 0.95 && left < 1.2, QByteArray::number(left));
    }

    /// On a levelled station AAC gets its gain inside its frames: the size of each stays, and as a whole it
    /// is as loud as it should be, upwards as far as its peaks allow.
    void aacIsLevelledWithinItsFrames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("volumeDb");
        QTest::addColumn<bool>("isChanged");
        QTest::newRow("too loud, m4a") << u"too loud.m4a"_s << 6 << true;
        QTest::newRow("too soft, adts") << u"too soft.aac"_s << -12 << true;
        QTest::newRow("right") << u"right.m4a"_s << 0 << false;
    }
    void aacIsLevelledWithinItsFrames()
    {
        QFETCH(QString, name);
        QFETCH(int, volumeDb);
        QFETCH(bool, isChanged);
        QCOMPARE(mediafiles::encode(path(name),
                                    {u"-c:a"_s, u"aac"_s, u"-b:a"_s, u"128k"_s, u"-af"_s,
                                     u"volume=%1dB"_s.arg(volumeDb - 12)},
                                    4.0),
                 QByteArray());
        PlayoutOptions options = playout({StationCodec::Aac, 96, 44100, 2});
        const ReadThrough asItIs = readThrough({path(name)}, options, m_cache);
        const QString out = path(u"levelled.aac"_s);
        QVERIFY(mediafiles::write(out, asItIs.all.bytes));
        const double found = lufsOf(out);
        options.loudness = {true, isChanged ? found - volumeDb + 0.3 : found + 0.6, -1.0};
        const ReadThrough levelled = readThrough({path(name)}, options, m_cache);
        QCOMPARE(levelled.problems, QStringList{QString()});
        QCOMPARE(levelled.wasPassed, QList<bool>{true});
        QCOMPARE(levelled.all.frames, asItIs.all.frames);
        QCOMPARE(levelled.all.bytes == asItIs.all.bytes, !isChanged);
        QVERIFY(mediafiles::write(out, levelled.all.bytes));
        QCOMPARE(mediafiles::decode(out), QByteArray());
        const double lufs = lufsOf(out);
        QVERIFY2(qAbs(lufs - options.loudness.targetLufs) <= 0.76 + 0.05, QByteArray::number(lufs));
        // With no room above its peak it is not made louder.
        options.loudness = {true, found + 6.0, -30.0};
        QCOMPARE(readThrough({path(name)}, options, m_cache).all.bytes, asItIs.all.bytes);
    }

    /// What nobody can take apart stays as it is in the middle of a file, and is encoded where a file begins
    /// with it.
    void aacThatCannotBeReadIsNotChanged()
    {
        const QString name = path(u"whole.aac"_s);
        QCOMPARE(mediafiles::encode(name, {u"-c:a"_s, u"aac"_s, u"-b:a"_s, u"96k"_s}, 2.0), QByteArray());
        AdtsFramer framer;
        FrameBatch own;
        framer.feed(mediafiles::contentOf(name), own);
        framer.finish(own);
        QVERIFY(own.frames.size() > 60);
        const auto startOf = [&own](qsizetype frame) {
            return std::accumulate(own.frames.begin(), own.frames.begin() + frame, qsizetype{0},
                                   [](qsizetype sum, const FrameInfo &info) { return sum + info.size; });
        };
        const auto breakFrame = [&](qsizetype frame) {
            const qsizetype at = startOf(frame) + adtsHeaderBytes;
            own.bytes.replace(at, 40, QByteArray(40, '\x5F')); // begins with a coupling channel
            return mediafiles::write(path(u"broken.aac"_s), own.bytes);
        };
        QVERIFY(breakFrame(50));
        const PlayoutOptions options = playout({StationCodec::Aac, 96, 44100, 2});
        const auto copied = [&](double gainDb) {
            CodecSession session(options.codecProgram, options.encodingOptions(), CodecSession::Task::Copy);
            FrameBatch all;
            if (session.begin(**MusicFile::open(path(u"broken.aac"_s)), 0, gainDb)) {
                const auto output = session.next(10'000'000, 60'000);
                all = output && !output->problem ? output->batch : FrameBatch();
            }
            return all;
        };
        QCOMPARE(copied(0.0).bytes, own.bytes);
        const FrameBatch softer = copied(-6.0);
        QCOMPARE(softer.frames, own.frames);
        for (qsizetype frame = 40; frame < 60; ++frame) {
            const qsizetype at = startOf(frame);
            const bool isSame =
                softer.bytes.mid(at, own.frames[frame].size) == own.bytes.mid(at, own.frames[frame].size);
            QVERIFY2(isSame == (frame == 50), QByteArray::number(frame));
        }
        QVERIFY(breakFrame(3));
        QVERIFY(copied(0.0).isEmpty());
        PlaylistEntry entry;
        entry.path = path(u"broken.aac"_s);
        QCOMPARE(deliveryOf(withMediaInfo(entry).sound, options.deliveryRules()).why,
                 EncodedBecause::NotPlain);
        // Where an old look at the file said otherwise, that is found out in time.
        TrackRequest request;
        request.entry.path = entry.path;
        request.entry.tagsRead = true;
        request.entry.sound = {u"aac"_s, u"aac"_s, 44100, 2, 96, -20.0, -12.0, true};
        PlayoutOptions levelled = options;
        levelled.loudness = {true, -26.0, -1.0};
        OpenedTrack opened = openTrack(request, levelled, &m_cache);
        QVERIFY(opened.reader);
        FrameBatch all;
        for (auto batch = opened.reader->read(100'000, {60'000, 60'000}); batch && !batch->isEmpty();
             batch = opened.reader->read(100'000, {60'000, 60'000}))
            append(all, *batch);
        append(all, opened.session->finish(60'000));
        QVERIFY2(secondsOf(all.duration()) > 1.8, QByteArray::number(secondsOf(all.duration())));
        QVERIFY(mediafiles::write(path(u"softer.aac"_s), all.bytes));
        const double change = lufsOf(path(u"softer.aac"_s)) - lufsOf(name);
        QVERIFY2(qAbs(change + 6.0) < 1.0, QByteArray::number(change));

        // Band replication that only the frames tell of: a fill element, of its type or not, before the end.
        for (const auto &[block, isPlain] : {std::pair("000000061d0e", false), {"00000006100e", true}}) {
            const QByteArray payload = QByteArray::fromHex(block);
            QVERIFY(
                mediafiles::write(entry.path, (adtsHeader(44100, 1, payload.size()) + payload).repeated(60)));
            QCOMPARE(withMediaInfo(entry).sound.codec, u"aac"_s);
            QCOMPARE(withMediaInfo(entry).sound.isPlain, isPlain);
        }
    }

    /// An Opus stream's gain is in its header: a file is passed while it needs none.
    void opusThatIsLoudAsItShouldBeIsPassed()
    {
        QCOMPARE(mediafiles::encode(path(u"right.opus"_s), {}, 3.0), QByteArray());
        PlayoutOptions options = playout({StationCodec::Opus, 96, 48000, 2});
        const auto found = measureLoudness(codecProgramPath(), path(u"right.opus"_s), 2, 60'000);
        QVERIFY(found && *found);
        for (const double away : {-0.7, 0.7, 0.8}) {
            options.loudness = {true, (*found)->lufs + away, -1.0};
            const ReadThrough result = readThrough({path(u"right.opus"_s)}, options, m_cache);
            QCOMPARE(result.problems, QStringList{QString()});
            QCOMPARE(result.wasPassed, QList<bool>{away < 0.75});
        }
    }

    /// What cannot be passed without a change for the ear is encoded, and the row can say why.
    void aacAndOpusThatDoNotFitAreEncoded()
    {
        using Why = EncodedBecause;
        const auto whyNot = [this](const QString &name, const QStringList &options, PlayoutOptions wanted) {
            if (!QFile::exists(path(name)))
                mediafiles::encode(path(name), options, 1.0);
            const ReadThrough result = readThrough({path(name)}, wanted, m_cache);
            PlaylistEntry entry;
            entry.path = path(name);
            const Delivery delivery = deliveryOf(withMediaInfo(entry).sound, wanted.deliveryRules());
            return result.wasPassed.value(0) || !result.problems.value(0).isEmpty() || result.all.isEmpty()
                       ? Why::Nothing
                       : delivery.why;
        };
        const PlayoutOptions aac = playout({StationCodec::Aac, 96, 44100, 2});
        const PlayoutOptions opus = playout({StationCodec::Opus, 96, 48000, 2});
        QCOMPARE(whyNot(u"48.m4a"_s, {u"-c:a"_s, u"aac"_s, u"-ar"_s, u"48000"_s}, aac), Why::SampleRate);
        QCOMPARE(whyNot(u"mono.aac"_s, {u"-c:a"_s, u"aac"_s, u"-ac"_s, u"1"_s}, aac), Why::Channels);
        QCOMPARE(whyNot(u"mono.opus"_s, {u"-ac"_s, u"1"_s}, opus), Why::Channels);
        QCOMPARE(whyNot(u"in.mka"_s, {u"-c:a"_s, u"libopus"_s}, opus), Why::OtherContainer);
        // Opus that needs another gain; the same that needs none is in another test.
        PlayoutOptions levelled = opus;
        levelled.loudness = {true, -40.0, -1.0};
        QCOMPARE(whyNot(u"loud.opus"_s, {u"-c:a"_s, u"libopus"_s}, levelled), Why::LoudnessUnknown);
        // A gain in the file's header would be lost.
        mediafiles::encode(path(u"plain.opus"_s), {}, 1.0);
        QByteArray gained = mediafiles::contentOf(path(u"plain.opus"_s));
        const qsizetype head = gained.indexOf("OpusHead");
        QVERIFY(head > 0);
        gained[head + 17] = 3;
        const qsizetype page = 0;
        gained.replace(page + 22, 4, QByteArray(4, '\0'));
        const quint32 checksum = oggChecksum(QByteArrayView(gained).first(28 + 19));
        for (int i = 0; i < 4; ++i)
            gained[page + 22 + i] = static_cast<char>(checksum >> (8 * i));
        QVERIFY(mediafiles::write(path(u"gained.opus"_s), gained));
        QCOMPARE(whyNot(u"gained.opus"_s, {}, opus), Why::NotPlain);
    }

    void aFileThatChangesItsMindIsOneFormatAllTheSame()
    {
        QCOMPARE(mediafiles::encode(path(u"44.mp3"_s), {u"-b:a"_s, u"128k"_s}, 2.0), QByteArray());
        QCOMPARE(mediafiles::encode(path(u"48.mp3"_s), {u"-b:a"_s, u"128k"_s, u"-ar"_s, u"48000"_s}, 2.0),
                 QByteArray());
        const QString glued = path(u"glued.mp3"_s);
        QVERIFY(mediafiles::write(glued, mediafiles::contentOf(path(u"44.mp3"_s)) +
                                             mediafiles::contentOf(path(u"48.mp3"_s))));
        const ReadThrough result = readThrough({glued}, playout(), m_cache);
        const QByteArrayView bytes(result.all.bytes);
        QVERIFY(!bytes.isEmpty());
        qsizetype at = 0;
        for (const FrameInfo &frame : result.all.frames) {
            const auto header = parseMpegHeader(bytes.sliced(at));
            QVERIFY(header);
            QCOMPARE(header->sampleRate, 44100);
            QCOMPARE(header->channels, 2);
            at += frame.size;
        }
    }

    void startsInTheMiddleAndGoesOnThere()
    {
        // A tone that rises: the frequency tells the place.
        const QString source = u"aevalsrc=0.4*sin(2*PI*(100*t+50*t*t)):s=44100:d=10"_s;
        for (const QString &name : {u"sweep.flac"_s, u"sweep.m4a"_s, u"sweep.mp3"_s, u"sweep.ogg"_s}) {
            QCOMPARE(mediafiles::run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-y"_s, u"-f"_s, u"lavfi"_s, u"-i"_s,
                                                   source, path(name)}),
                     QByteArray());
            const PlayoutOptions options = playout({StationCodec::Mp3, 128, 44100, 2});
            auto session = std::make_shared<CodecSession>(options.codecProgram, options.encodingOptions());
            QVERIFY(session->begin(**MusicFile::open(path(name)), 6 * flicksPerSecond, 0.0));
            FrameBatch all;
            for (;;) {
                const auto output = session->next(1, 60'000);
                QVERIFY(output);
                append(all, output->batch);
                if (output->trackEnded)
                    break;
            }
            append(all, session->finish(60'000));
            const double seconds = secondsOf(all.duration());
            QVERIFY2(seconds > 3.95 && seconds < 4.15, qPrintable(name + u' ' + QString::number(seconds)));
            // 100 + 100 * 6.5 Hz around 0.5 s into it.
            QVERIFY(mediafiles::write(path(u"tail.mp3"_s), all.bytes));
            const QList<float> samples = decodedSamples(path(u"tail.mp3"_s), {u"-ac"_s, u"1"_s});
            int crossings = 0;
            const int delay = 1105 + 1152;
            for (int i = delay + 44100 * 4 / 10; i < delay + 44100 * 6 / 10; ++i)
                crossings += samples.at(i) < 0 && samples.at(i + 1) >= 0 ? 1 : 0;
            QVERIFY2(qAbs(crossings - 150) <= 3, qPrintable(name + u' ' + QString::number(crossings)));
        }
    }

    void aHelperThatHangsCrashesOrIsMissingCostsAFileAndNoMore()
    {
        QCOMPARE(mediafiles::encode(path(u"good.flac"_s), {}, 1.0), QByteArray());
        const auto script = [this](const QString &name, const QByteArray &text) {
            const QString file = path(name);
            mediafiles::write(file, "#!/bin/sh\n" + text + '\n');
            QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
            return file;
        };
        const QList<std::pair<QString, QString>> cases{
            {script(u"hangs"_s, "exec sleep 600"), u"did not get on with it"_s},
            {script(u"crashes"_s, "kill -SEGV $$"), u"ends the decoder"_s},
            {script(u"babbles"_s, "exec cat /dev/zero"), u"ends the decoder"_s},
            {QString(), u"cycast-codec"_s},
            {path(u"nowhere"_s), u"nowhere"_s},
        };
        for (const auto &[program, words] : cases) {
            CodecSession session(program, {});
            QString said;
            if (const auto begun = session.begin(**MusicFile::open(path(u"good.flac"_s)), 0, 0.0); !begun) {
                said = begun.error().sentence;
            } else {
                const auto output = session.next(1, 400);
                QVERIFY(!output);
                said = output.error().sentence;
            }
            QVERIFY2(said.contains(words) && said.contains("good.flac"_L1), qPrintable(program + said));
            QVERIFY(session.isBroken());
        }
    }

    void whatIsNoMusicIsSaid()
    {
        QVERIFY(mediafiles::write(path(u"text.mp3"_s), QByteArray(300'000, 'x')));
        QVERIFY(mediafiles::write(path(u"empty.flac"_s), {}));
        QCOMPARE(mediafiles::encode(path(u"after.flac"_s), {}, 1.0), QByteArray());
        const ReadThrough result = readThrough(
            {path(u"text.mp3"_s), path(u"empty.flac"_s), path(u"gone.ogg"_s), path(u"after.flac"_s)},
            playout(), m_cache);
        QVERIFY2(result.problems[0].contains("no sound in it"_L1), qPrintable(result.problems[0]));
        QVERIFY2(result.problems[1].contains("is empty"_L1), qPrintable(result.problems[1]));
        QVERIFY2(result.problems[2].contains("is not there"_L1), qPrintable(result.problems[2]));
        QCOMPARE(result.problems[3], QString());
        QVERIFY(secondsOf(result.all.duration()) > 1.0);
    }
};

QTEST_GUILESS_MAIN(TestEncodedTracks)
#include "tst_encodedtracks.moc"
