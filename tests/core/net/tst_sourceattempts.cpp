// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sourceattempts.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

using Outcome = SourceAttempt::Outcome;

SourceAttempt attempt(Outcome outcome, const QString &address = u"192.0.2.1"_s)
{
    return {outcome, {}, address, u"butt 0.1.37"_s, u"PUT /stream HTTP/1.1"_s, u"A sentence."_s};
}

} // namespace

class TestSourceAttempts : public QObject
{
    Q_OBJECT

private slots:
    void libshoutsFirstQuestionIsNoAttempt();
    void questionsThatNothingFollowsAreTold();
    void stormsAreGathered();
    void storesAreBounded();
};

void TestSourceAttempts::libshoutsFirstQuestionIsNoAttempt()
{
    SourceAttempts attempts;
    QVERIFY(attempts.add(attempt(Outcome::NoPassword), 0).isEmpty());
    QVERIFY(attempts.isWaiting());
    QCOMPARE(attempts.add(attempt(Outcome::Accepted), 50), QList{attempt(Outcome::Accepted)});
    QVERIFY(!attempts.isWaiting());
    QVERIFY(attempts.due(60'000).isEmpty());
    // The question again while it is known: not even held.
    attempts.add(attempt(Outcome::Accepted), 100'000);
    QVERIFY(attempts.add(attempt(Outcome::NoPassword), 105'000).isEmpty());
    QVERIFY(!attempts.isWaiting());
}

void TestSourceAttempts::questionsThatNothingFollowsAreTold()
{
    SourceAttempts attempts;
    attempts.add(attempt(Outcome::NoPassword), 0);
    attempts.add(attempt(Outcome::NoPassword, u"192.0.2.2"_s), 1000);
    // Somebody else's success says nothing about it.
    attempts.add(attempt(Outcome::Accepted, u"192.0.2.3"_s), 1500);
    QVERIFY(attempts.due(2999).isEmpty());
    QCOMPARE(attempts.due(3000), QList{attempt(Outcome::NoPassword)});
    QCOMPARE(attempts.due(4000), (QList{attempt(Outcome::NoPassword, u"192.0.2.2"_s)}));
    QVERIFY(attempts.due(9000).isEmpty());
    QVERIFY(!attempts.isWaiting());
}

void TestSourceAttempts::stormsAreGathered()
{
    SourceAttempts attempts;
    int told = 0;
    QString last;
    // Five times a second for a minute.
    for (qint64 ms = 0; ms <= 60'000; ms += 200) {
        for (const SourceAttempt &each : attempts.add(attempt(Outcome::WrongMount), ms)) {
            ++told;
            last = each.sentence;
        }
    }
    QCOMPARE(told, 7);
    QCOMPARE(last, u"A sentence. (49 times more before)"_s);
    // Another outcome is news, success always.
    QCOMPARE(attempts.add(attempt(Outcome::WrongPassword), 60'100).size(), 1);
    QCOMPARE(attempts.add(attempt(Outcome::Accepted), 60'200).size(), 1);
    QCOMPARE(attempts.add(attempt(Outcome::Accepted), 60'300).size(), 1);
}

void TestSourceAttempts::storesAreBounded()
{
    SourceAttempts attempts;
    for (int i = 0; i < 10'000; ++i) {
        attempts.add(attempt(Outcome::NoPassword, QString::number(i)), 0);
        attempts.add(attempt(Outcome::WrongPassword, QString::number(-i)), 0);
    }
    QVERIFY(attempts.due(5000).size() <= SourceAttempts::maxKept);
    QVERIFY(!attempts.isWaiting());
}

QTEST_APPLESS_MAIN(TestSourceAttempts)
#include "tst_sourceattempts.moc"
