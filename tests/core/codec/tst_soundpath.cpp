// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The steps between decoder and encoder, on numbers alone.
#include "core/codec/helper/crossfader.h"
#include "core/codec/helper/peaklimiter.h"
#include "core/codec/helper/silencetrimmer.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace cycast;

namespace
{

constexpr int rate = 48000;

Samples tone(double seconds, float level, int channels = 2, double hertz = 440.0)
{
    Samples samples;
    for (int i = 0; i < static_cast<int>(seconds * rate); ++i) {
        for (int channel = 0; channel < channels; ++channel)
            samples.push_back(level * static_cast<float>(std::sin(2 * std::numbers::pi * hertz * i / rate)));
    }
    return samples;
}

Samples silence(double seconds, int channels = 2)
{
    return Samples(static_cast<size_t>(seconds * rate) * static_cast<size_t>(channels), 0.0F);
}

Samples joined(std::initializer_list<Samples> parts)
{
    Samples all;
    for (const Samples &part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

/// Feeds in pieces of odd lengths.
template<class Step>
void inPieces(const Samples &samples, Step step)
{
    size_t length = 2;
    for (size_t at = 0; at < samples.size(); length = (length * 5 + 6) % 3000 / 2 * 2 + 2) {
        const size_t end = std::min(samples.size(), at + length);
        step(Samples(samples.begin() + static_cast<std::ptrdiff_t>(at),
                     samples.begin() + static_cast<std::ptrdiff_t>(end)));
        at = end;
    }
}

float peakOf(const Samples &samples)
{
    float peak = 0.0F;
    for (const float sample : samples)
        peak = std::max(peak, std::abs(sample));
    return peak;
}

} // namespace

class TestSoundPath : public QObject
{
    Q_OBJECT

private slots:
    void withoutAFadeTracksJoinEndToStart()
    {
        Crossfader fader(0.0, rate, 2);
        Samples out;
        const Samples first = tone(0.1, 0.5F);
        const Samples second = tone(0.2, 0.3F);
        fader.beginTrack();
        inPieces(first, [&](const Samples &piece) { fader.feed(piece, out); });
        QVERIFY(out == first);
        fader.beginTrack();
        inPieces(second, [&](const Samples &piece) { fader.feed(piece, out); });
        fader.finish(out);
        QVERIFY(out == joined({first, second}));
    }

    void aFadeOverlapsAndKeepsThePower()
    {
        Crossfader fader(0.5, rate, 2);
        Samples out;
        for (const double hertz : {300.0, 1234.0}) {
            fader.beginTrack();
            inPieces(tone(2.0, 0.5F, 2, hertz), [&](const Samples &piece) { fader.feed(piece, out); });
        }
        fader.finish(out);
        QCOMPARE(out.size(), static_cast<size_t>(3.5 * rate) * 2);
        // In the middle of the fade both are there, uncorrelated: as strong together as one alone.
        double power = 0.0;
        const size_t from = static_cast<size_t>(1.7 * rate) * 2;
        const size_t to = static_cast<size_t>(1.8 * rate) * 2;
        for (size_t i = from; i < to; ++i)
            power += static_cast<double>(out[i]) * static_cast<double>(out[i]);
        QVERIFY(qAbs(std::sqrt(power / static_cast<double>(to - from)) - 0.5 / std::sqrt(2.0)) < 0.02);
        // Before and behind it each is alone and untouched.
        const Samples alone = tone(2.0, 0.5F, 2, 300.0);
        QVERIFY(std::equal(out.begin(), out.begin() + static_cast<int>(1.5 * rate) * 2, alone.begin()));
        QCOMPARE(out.back(), tone(2.0, 0.5F, 2, 1234.0).back());
    }

    void aTrackShorterThanTwoFadesStandsByItself()
    {
        for (const double length : {0.25, 1.0, 1.99}) {
            Crossfader fader(1.0, rate, 1);
            Samples out;
            for (const double seconds : {3.0, length, 3.0}) {
                fader.beginTrack();
                inPieces(tone(seconds, 0.4F, 1), [&](const Samples &piece) { fader.feed(piece, out); });
            }
            fader.finish(out);
            QVERIFY(out == joined({tone(3.0, 0.4F, 1), tone(length, 0.4F, 1), tone(3.0, 0.4F, 1)}));
        }
        // From twice the fade on it fades on both sides.
        Crossfader fader(1.0, rate, 1);
        Samples out;
        for (const double seconds : {3.0, 2.0, 3.0}) {
            fader.beginTrack();
            inPieces(tone(seconds, 0.4F, 1), [&](const Samples &piece) { fader.feed(piece, out); });
        }
        fader.finish(out);
        QCOMPARE(out.size(), static_cast<size_t>(rate) * 6);
        QVERIFY(peakOf(out) < 1.0F);
    }

    void shortTracksAreGivenWholeAtTheirEnd()
    {
        Crossfader fader(5.0, rate, 2);
        const Samples track = tone(4.0, 0.5F);
        for (int turn = 0; turn < 3; ++turn) {
            Samples out;
            fader.beginTrack();
            fader.feed(track, out);
            fader.endTrack(out);
            QVERIFY(out == track);
        }
    }

    void aJingleStandsByItselfAndSaysWhereItBegins()
    {
        Crossfader fader(1.0, rate, 1);
        Samples out;
        fader.beginTrack();
        fader.feed(tone(4.0, 0.5F, 1), out);
        QCOMPARE(out.size(), static_cast<size_t>(rate) * 3);
        QVERIFY(fader.takeBeginning() == size_t{0});
        Samples jingle;
        fader.beginTrack(false);
        fader.feed(tone(3.0, 0.5F, 1, 700.0), jingle);
        QVERIFY(fader.takeBeginning() == static_cast<size_t>(rate)); // behind the end of the song
        QCOMPARE(jingle.size(), static_cast<size_t>(rate) * 4);      // all that there is
        Samples song;
        fader.beginTrack();
        fader.feed(tone(4.0, 0.5F, 1), song);
        QVERIFY(fader.takeBeginning() == size_t{0});
        QVERIFY(std::equal(song.begin(), song.end(), tone(4.0, 0.5F, 1).begin()));
    }

    void silenceAtTheEndsGoesAndWithinStays()
    {
        SilenceTrimmer trimmer(rate, 2);
        const Samples loud = tone(0.5, 0.5F);
        const Samples track = joined({silence(3.0), loud, silence(2.0), loud, silence(4.0)});
        for (int turn = 0; turn < 2; ++turn) {
            Samples out;
            trimmer.beginTrack();
            inPieces(track, [&](const Samples &piece) { trimmer.feed(piece, out); });
            trimmer.endTrack(out);
            const double seconds = static_cast<double>(out.size()) / 2 / rate;
            QVERIFY2(seconds > 3.09 && seconds < 3.11, QByteArray::number(seconds)); // and twice 0.05
        }
        Samples nothing;
        trimmer.beginTrack();
        inPieces(silence(5.0), [&](const Samples &piece) { trimmer.feed(piece, nothing); });
        trimmer.endTrack(nothing);
        QVERIFY(nothing.empty());
    }

    void theLimiterKeepsBelowAndLeavesTheRestAlone()
    {
        PeakLimiter limiter(-1.0, rate, 2);
        const Samples soft = tone(1.0, 0.5F);
        const Samples loud = tone(0.5, 2.5F);
        const Samples track = joined({soft, loud, silence(2.0), soft});
        Samples out;
        inPieces(track, [&](const Samples &piece) { limiter.feed(piece, out); });
        limiter.finish(out);
        QCOMPARE(out.size(), track.size());
        QVERIFY2(peakOf(out) <= 0.8913F, QByteArray::number(static_cast<double>(peakOf(out))));
        // Bit for bit before and well after the loud part.
        const int before = static_cast<int>(0.98 * rate) * 2;
        QVERIFY(std::equal(out.begin(), out.begin() + before, soft.begin()));
        QVERIFY(std::equal(out.end() - 10'000, out.end(), track.end() - 10'000));
    }
};

QTEST_GUILESS_MAIN(TestSoundPath)
#include "tst_soundpath.moc"
