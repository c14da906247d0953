// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// One programme in two formats side by side: MP3 with 128 kbit/s and AAC with 64.
#include "core/audio/aac/adtsframer.h"
#include "core/audio/aac/adtswriter.h"
#include "core/programme/followingrendition.h"
#include "tests/core/programme/heldair.h"
#include "tests/support/paths.h"

using namespace cycast;
using namespace cycast::test;

namespace
{

const Flicks aacTime = flicksForSamples(adtsSamplesPerFrame, 44100);

/// The same tracks as the leading ones, as AAC: about as long, but never exactly.
class AacTrack final : public TrackReader
{
public:
    explicit AacTrack(Flicks left)
        : m_left(left)
    {
    }
    TrackResult<FrameBatch> read(qint64, const ReadPatience &) override
    {
        FrameBatch batch;
        for (int i = 0; i < 500 && m_left > 0; ++i, m_left -= aacTime)
            batch.append(silentAdtsFrame(44100, 2), aacTime);
        return batch;
    }

private:
    Flicks m_left;
};

/// What was asked of the reader's thread.
struct OpenedSoFar {
    std::mutex mutex;
    QMap<quint64, bool> fades; ///< of each entry

    void note(const TrackRequest &request)
    {
        const std::lock_guard lock(mutex);
        fades.insert(request.entry.id, request.fades);
    }
    QMap<quint64, bool> all()
    {
        const std::lock_guard lock(mutex);
        return fades;
    }
};

struct SecondFormat {
    Mount mount;
    FollowingRendition rendition;
    std::shared_ptr<OpenedSoFar> opened = std::make_shared<OpenedSoFar>();

    /// `percent`: how long its tracks are, measured by the leading ones.
    SecondFormat(Air &air, int percent)
        : mount([&air] { return air.nowNs; })
        , rendition(air.programme, air.mount, mount, playout(), [&air] { return air.nowNs; })
    {
        const Flicks length = air.frames * frameTime / 100 * percent;
        rendition.setOpener([length, opened = opened](const TrackRequest &request, const PlayoutOptions &) {
            opened->note(request);
            OpenedTrack track;
            track.entry = request.entry;
            track.reader = std::make_unique<AacTrack>(length - request.offset);
            return track;
        });
        mount.start();
    }
    static PlayoutOptions playout()
    {
        PlayoutOptions options;
        options.format = {StationCodec::Aac, 64, 44100, 2};
        options.codecProgram = builtProgram(u"cycast-codec"_s);
        return options;
    }
    /// Of the item with that title: frames that are not the silence of which tracks and gaps are made here,
    /// but an encoder's.
    int encodedFrames(const QString &title) const
    {
        const RingBuffer &ring = mount.ring();
        const QByteArray silence = silentAdtsFrame(44100, 2);
        int count = 0;
        for (quint64 at = ring.tail(); at < ring.end();) {
            const quint64 next = ring.frameAtOrAfter(at + 1);
            QByteArray frame;
            for (quint64 part = at; part < next; part = at + static_cast<quint64>(frame.size()))
                frame += ring.bytesAt(part).first(
                    qMin(ring.bytesAt(part).size(), static_cast<qsizetype>(next - part)));
            const TitleMark *mark = ring.markAt(at);
            count += mark && mark->track.title == title && frame != silence ? 1 : 0;
            at = next;
        }
        return count;
    }
    /// All that is in its ring is whole ADTS frames, and as long as its ring says.
    QString fault() const
    {
        const RingBuffer &ring = mount.ring();
        AdtsFramer framer;
        FrameBatch frames;
        for (quint64 at = ring.tail(); at < ring.end();) {
            const QByteArrayView part = ring.bytesAt(at);
            framer.feed(part, frames);
            at += static_cast<quint64>(part.size());
        }
        framer.finish(frames);
        if (framer.skippedBytes() > 0)
            return u"%1 bytes are no frames"_s.arg(framer.skippedBytes());
        return frames.duration() == ring.endTime() ? QString() : u"its length is another one"_s;
    }
};

/// What begins in one of them begins on the nearest frame of the other; the first one that does not.
QString difference(const RingBuffer &lead, const RingBuffer &other)
{
    const Flicks until = qMin(lead.endTime(), other.endTime()) - flicksPerSecond / 2;
    for (const TitleMark &mark : lead.marks()) {
        if (mark.time > until)
            break;
        const auto &marks = other.marks();
        const auto same = std::find_if(marks.begin(), marks.end(), [&mark](const TitleMark &each) {
            return each.track == mark.track && qAbs(each.time - mark.time) <= aacTime / 2 + 1;
        });
        if (same == marks.end())
            return u"“%1” begins at %2 s in one only"_s.arg(mark.track.title).arg(secondsOf(mark.time));
    }
    return {};
}

} // namespace

class TestTwoRenditions : public QObject
{
    Q_OBJECT

private slots:
    void tracksBeginTogether_data()
    {
        QTest::addColumn<int>("percent");
        QTest::newRow("as long") << 100;
        QTest::newRow("shorter") << 97;
        QTest::newRow("longer") << 104;
    }
    /// Whatever lengths the readers of the two give, nothing drifts apart.
    void tracksBeginTogether()
    {
        QFETCH(int, percent);
        Air air(5, 300);
        SecondFormat second(air, percent);
        for (int i = 0; i < 120; ++i) {
            air.pass(0.25);
            const Flicks head = air.mount.ring().headTime();
            QTRY_VERIFY(second.mount.ring().endTime() >= head + flicksPerSecond);
        }
        QVERIFY(air.titles().size() >= 4);
        QCOMPARE(difference(air.mount.ring(), second.mount.ring()), QString());
        QCOMPARE(second.fault(), QString());
        QVERIFY(qAbs(air.mount.ring().headTime() - second.mount.ring().headTime()) <= aacTime);
    }

    /// They fade with their neighbours in neither format.
    void jinglesStandAlone()
    {
        Air air(3, 200);
        SecondFormat second(air, 100);
        PlaylistEntry jingle;
        jingle.id = 77;
        jingle.path = u"77"_s;
        jingle.track.title = u"Jingle"_s;
        jingle.tagsRead = true;
        air.programme.setJingles({jingle}, air.nowNs);
        air.programme.setJingleRule({1, 0}, air.nowNs);
        QTRY_VERIFY_WITH_TIMEOUT((air.pass(0.25), second.opened->all().contains(77)), 10'000);
        QCOMPARE(second.opened->all().value(77), false);
        QCOMPARE(second.opened->all().value(1), true);
    }

    /// A skip, a show from beginning to end, and an edit of the list.
    void theyChangeTogether()
    {
        Air air(5, 2000);
        SecondFormat second(air, 99);
        ProgrammeOptions options;
        options.convertsLive = false;
        air.programme.setOptions(options);
        const auto passTogether = [&](double seconds) {
            for (int i = 0; i < qRound(seconds * 4); ++i) {
                air.pass(0.25);
                const Flicks head = air.mount.ring().headTime();
                if (!QTest::qWaitFor([&] { return second.mount.ring().endTime() >= head; }, 5'000))
                    return false;
            }
            return true;
        };
        QVERIFY(passTogether(5));
        air.programme.skip(air.nowNs);
        QVERIFY(passTogether(3));
        QCOMPARE(air.programme.current().title, u"Track 2"_s);
        QCOMPARE(difference(air.mount.ring(), second.mount.ring()), QString());
        Encoder encoder;
        air.programme.setSource(encoder.connection());
        int sent = 0;
        const auto play = [&](int times) {
            for (int i = 0; i < times; ++i) {
                if (!encoder.send(sent, 10))
                    return false;
                sent += 10;
                QTest::qWait(5);
                air.pass(0.25);
            }
            return true;
        };
        while (air.programme.heard() != ProgrammeKind::Live)
            QVERIFY(sent < 200 && play(1));
        QVERIFY(play(20));
        encoder.hangUp();
        QSignalSpy ended(&air.programme, &Programme::liveEnded);
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(passTogether(5));
        QCOMPARE(air.programme.current().title, u"Track 3"_s);
        air.programme.playNext({5}, air.nowNs);
        air.programme.skip(air.nowNs);
        QVERIFY(passTogether(3));
        QCOMPARE(air.programme.current().title, u"Track 5"_s);
        QCOMPARE(difference(air.mount.ring(), second.mount.ring()), QString());
        QCOMPARE(second.fault(), QString());
        QVERIFY(qAbs(air.mount.ring().headTime() - second.mount.ring().headTime()) <= aacTime);
        const StampedStream heard = air.all();
        QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
        QCOMPARE(heard.silentFrames(), 0);
        QCOMPARE(heard.count(900), sent);
        // The show was heard in both, for as long but for what the encoder takes to begin.
        const double seconds = second.encodedFrames(u"Live"_s) * secondsOf(aacTime);
        QVERIFY2(qAbs(seconds - sent * secondsOf(frameTime)) < 0.2, QByteArray::number(seconds));
    }
};

QTEST_GUILESS_MAIN(TestTwoRenditions)
#include "tst_tworenditions.moc"
