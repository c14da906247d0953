// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Files as people have them: what a listener gets is their audio, frame by frame, and every join decodes.
#include "tests/e2e/runningstation.h"
#include "tests/e2e/streamlistener.h"

#include "core/audio/mpeg/mpegframer.h"
#include "tests/support/slack.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;
using cycast::Flicks;
using cycast::flicksPerSecond;

namespace
{

/// An ID3v2.3 tag with one picture of that many bytes, full of bytes that look like frame headers.
QByteArray pictureTag(qsizetype pictureBytes)
{
    QByteArray body = "APIC";
    const QByteArray start("\0image/jpeg\0\3\0", 14);
    const qsizetype frameBytes = start.size() + pictureBytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        body += static_cast<char>(frameBytes >> shift & 0xFF);
    body += QByteArray(2, '\0') + start;
    while (body.size() < 10 + frameBytes)
        body += QByteArray("\xFF\xFB\x90\x64picture", 11);
    body.truncate(10 + frameBytes);
    QByteArray tag("ID3\3\0\0", 6);
    for (int shift = 21; shift >= 0; shift -= 7)
        tag += static_cast<char>(body.size() >> shift & 0x7F);
    return tag + body;
}

QByteArray littleEndian(quint32 value)
{
    QByteArray bytes;
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>(value >> shift & 0xFF);
    return bytes;
}

/// An APEv2 tag with header and footer.
QByteArray apeTag()
{
    const QByteArray value = "played at many parties";
    const QByteArray item = littleEndian(static_cast<quint32>(value.size())) + littleEndian(0) +
                            QByteArray("Comment\0", 8) + value;
    const QByteArray size = littleEndian(static_cast<quint32>(item.size() + 32));
    const auto part = [&size](quint32 flags) {
        return "APETAGEX" + littleEndian(2000) + size + littleEndian(1) + littleEndian(flags) +
               QByteArray(8, '\0');
    };
    return part(0xA0000000U) + item + part(0x80000000U);
}

cycast::FrameBatch framesOf(const QByteArray &file)
{
    cycast::MpegFramer framer;
    cycast::FrameBatch frames;
    framer.feed(file, frames);
    framer.finish(frames);
    return frames;
}

/// Whole frames around byte `join` (a frame's start) that play for `seconds` on either side of it.
QByteArray around(const QByteArray &audio, qsizetype join, double seconds)
{
    const auto wanted = static_cast<Flicks>(seconds * static_cast<double>(flicksPerSecond));
    const QList<qsizetype> starts = frameStarts(audio);
    const auto durationAt = [&audio](qsizetype at) {
        return cycast::parseMpegHeader(QByteArrayView(audio).sliced(at))->duration();
    };
    const qsizetype middle = starts.indexOf(join);
    qsizetype from = middle;
    for (Flicks sum = 0; from > 0 && sum < wanted; --from)
        sum += durationAt(starts[from - 1]);
    qsizetype to = middle;
    for (Flicks sum = 0; to + 1 < starts.size() && sum < wanted; ++to)
        sum += durationAt(starts[to]);
    return audio.mid(starts[from], starts[to] - starts[from]);
}

struct Piece {
    QString name;
    int hertz;
    QStringList options;
};

} // namespace

class TestRealMusic : public QObject
{
    Q_OBJECT

private slots:
    void everyFileIsHeardFrameByFrameAndEveryJoinDecodes()
    {
        const Sandbox sandbox;
        const QList<Piece> pieces{
            {u"music/01 cbr 128.mp3"_s, 300, {u"-b:a"_s, u"128k"_s}},
            {u"music/02 cbr 320, picture.mp3"_s, 400, {u"-b:a"_s, u"320k"_s, u"-metadata"_s, u"title=Big"_s}},
            {u"music/05 vbr.mp3"_s, 500, {u"-q:a"_s, u"2"_s}},
            {u"music/06 cut off.mp3"_s, 600, {u"-b:a"_s, u"192k"_s}},
            {u"music/07 joint.mp3"_s, 700, {u"-joint_stereo"_s, u"1"_s, u"-b:a"_s, u"96k"_s}},
            {u"music/08 crc.mp3"_s, 800, {u"-b:a"_s, u"160k"_s}},
        };
        for (const Piece &piece : pieces)
            QVERIFY2(makeTone(sandbox, piece.name, piece.hertz, 10.5, piece.options), qPrintable(piece.name));
        sandbox.write(pieces[1].name, pictureTag(3'000'000) + sandbox.read(pieces[1].name) + apeTag());
        sandbox.write(pieces[2].name, sandbox.read(pieces[2].name) + apeTag());
        const QByteArray whole = sandbox.read(pieces[3].name);
        sandbox.write(pieces[3].name, whole.left(whole.size() - 1234));
        // These are no music, whatever they are called.
        sandbox.write(u"music/03 empty.mp3"_s, {});
        QCOMPARE(
            sandbox
                .run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s,
                                   u"testsrc=size=640x480"_s, u"-frames:v"_s, u"1"_s, u"music/picture.jpg"_s})
                .exitCode,
            0);
        QVERIFY(QFile::rename(sandbox.path(u"music/picture.jpg"_s), sandbox.path(u"music/04 picture.mp3"_s)));

        QByteArray expected;
        QList<qsizetype> joins;
        for (const Piece &piece : pieces) {
            const cycast::FrameBatch frames = framesOf(sandbox.read(piece.name));
            QVERIFY(cycast::secondsOf(frames.duration()) > 10.0);
            if (!expected.isEmpty())
                joins.append(expected.size());
            expected += frames.bytes;
        }

        RunningStation station(sandbox);
        station.setOwnMusic();
        QVERIFY(station.start(RunningStation::settingsText("playlist { repeat = false }\n"
                                                           "broadcaster { burst_size = 1048576 }\n")));
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(1));
        // What comes after the last frame of the list is silence.
        QVERIFY(waitUntil([&] { return listener.audioBytes() > expected.size() + 4'000; }, 120'000));
        QVERIFY(listener.isUnbroken());

        // The burst begins with what was there when the listener came: silence before the first track, at
        // most.
        const QByteArray firstFrames = expected.left(2000);
        const qsizetype start = listener.audio().indexOf(firstFrames);
        QVERIFY2(start >= 0 && start < 40'000, QByteArray::number(start));
        const QByteArray heard = listener.audio().mid(start, expected.size());
        qsizetype same = 0;
        while (same < qMin(heard.size(), expected.size()) && heard[same] == expected[same])
            ++same;
        QVERIFY2(heard == expected, "The first difference is at byte " + QByteArray::number(same) + " of " +
                                        QByteArray::number(expected.size()));

        for (const qsizetype join : std::as_const(joins)) {
            const QByteArray both = around(heard, join, 10.0);
            QVERIFY(!both.isEmpty());
            const auto before = cycast::parseMpegHeader(both);
            const auto after = cycast::parseMpegHeader(QByteArrayView(heard).sliced(join));
            const QByteArray faults = before->sampleRate == after->sampleRate ? decodingFaults(sandbox, both)
                                                                              : probingFaults(sandbox, both);
            QVERIFY2(faults.isEmpty(), "Join at " + QByteArray::number(join) + ": " + faults);
        }
        for (const char *skipped : {"03 empty.mp3", "04 picture.mp3"})
            QVERIFY2(station.errors().contains(skipped), skipped);
        QCOMPARE(station.end(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRealMusic)
#include "tst_realmusic.moc"
