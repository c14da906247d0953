// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/roundpace.h"

#include <QTest>

#include <algorithm>

using namespace cycast;

namespace
{

constexpr qint64 ms = 1'000'000;

/// A crowd whose rounds cost the same however far apart they are, before a pace that moves them.
struct Crowd {
    RoundPace pace;
    qint64 asked = 200 * ms; ///< what the settings ask for
    qint64 cost = 0;         ///< of a round
    qint64 longestStep = 0;
    qint64 last = 0;

    qint64 period() const { return std::max({asked, pace.leastNs(), cost}); }
    void run(qint64 forNs)
    {
        for (qint64 now = 0; now < forNs; now += period()) {
            pace.roundDone(cost, period(), asked);
            if (last > 0)
                longestStep = std::max(longestStep, std::abs(period() - last));
            last = period();
        }
    }
};

} // namespace

/// Rounds move apart under a crowd, and together again.
class TestRoundPace : public QObject
{
    Q_OBJECT

private slots:
    void smallCrowdsGetWhatTheSettingsAsk()
    {
        Crowd crowd;
        for (const qint64 cost : {0 * ms, 1 * ms, 40 * ms, 95 * ms}) {
            crowd.cost = cost;
            crowd.run(60'000 * ms);
            QCOMPARE(crowd.pace.leastNs(), 0);
            QCOMPARE(crowd.period(), 200 * ms);
        }
    }

    void largeCrowdsMoveThemApart()
    {
        Crowd crowd;
        crowd.cost = 196 * ms; // 98 % of a processor
        crowd.run(60'000 * ms);
        const double share = static_cast<double>(crowd.cost) / static_cast<double>(crowd.period());
        QVERIFY2(share > 0.42 && share < 0.5, QByteArray::number(share));
        QVERIFY2(crowd.longestStep <= crowd.period() / 15, QByteArray::number(crowd.longestStep / ms));
    }

    void aSecondIsTheMost()
    {
        Crowd crowd;
        crowd.cost = 900 * ms;
        crowd.run(120'000 * ms);
        QCOMPARE(crowd.pace.leastNs(), RoundPace::longestNs);
        crowd.cost = 2'500 * ms; // cannot be served in time at all
        crowd.run(120'000 * ms);
        QCOMPARE(crowd.pace.leastNs(), RoundPace::longestNs);
    }

    void theyComeTogetherWhenTheCrowdGoes()
    {
        Crowd crowd;
        crowd.cost = 300 * ms;
        crowd.run(60'000 * ms);
        const qint64 apart = crowd.pace.leastNs();
        QVERIFY(apart > 500 * ms);
        crowd.cost = 150 * ms; // half of it
        crowd.longestStep = 0;
        crowd.run(60'000 * ms);
        QVERIFY2(crowd.pace.leastNs() > 250 * ms && crowd.pace.leastNs() < 400 * ms,
                 QByteArray::number(crowd.pace.leastNs() / ms));
        QVERIFY(crowd.longestStep <= apart / 15);
        crowd.cost = 2 * ms;
        crowd.run(60'000 * ms);
        QCOMPARE(crowd.pace.leastNs(), 0);
    }

    void oneLongRoundMovesNothing()
    {
        Crowd crowd;
        crowd.cost = 20 * ms;
        crowd.run(10'000 * ms);
        crowd.pace.roundDone(180 * ms, 200 * ms, 200 * ms);
        QCOMPARE(crowd.pace.leastNs(), 0);
        crowd.run(10'000 * ms);
        QCOMPARE(crowd.pace.leastNs(), 0);
    }

    void closeRoundsOfSmallChunksToo()
    {
        Crowd crowd;
        crowd.asked = 50 * ms; // chunk_size 4096
        crowd.cost = 40 * ms;
        crowd.run(60'000 * ms);
        QVERIFY2(crowd.pace.leastNs() > 80 * ms && crowd.pace.leastNs() < 100 * ms,
                 QByteArray::number(crowd.pace.leastNs() / ms));
    }
};

QTEST_APPLESS_MAIN(TestRoundPace)
#include "tst_roundpace.moc"
