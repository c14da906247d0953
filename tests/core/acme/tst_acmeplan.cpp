// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/acme/acmeplan.h"
#include "core/acme/certifier.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

using Why = AcmeFailure::Kind;

class TestAcmePlan : public QObject
{
    Q_OBJECT

private slots:
    void renewedInTime();
    void neverInALoop();
    void aRehearsalTriesBothWays();
    void keptOverARestart();
    void everyFailureHasACure();
};

static const QDateTime start(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);

void TestAcmePlan::renewedInTime()
{
    const AcmePlan plan;
    QVERIFY(!plan.nextAttempt({}).isValid()); // at once
    QCOMPARE(plan.nextAttempt({start, start.addDays(90)}), start.addDays(60));
    QCOMPARE(plan.nextAttempt({start, start.addSecs(160 * 3'600)}), start.addDays(2)); // every other day
    QCOMPARE(plan.nextAttempt({start, start.addDays(2)}), start.addDays(1));
    AcmePlan late = plan;
    late.notBefore = start.addDays(61);
    QCOMPARE(late.nextAttempt({start, start.addDays(90)}), start.addDays(61));
    late.notBefore = start.addDays(10);
    QCOMPARE(late.nextAttempt({start, start.addDays(90)}), start.addDays(60));
}

void TestAcmePlan::neverInALoop()
{
    AcmePlan plan;
    QList<qint64> hours;
    for (int i = 0; i < 9; ++i) {
        QVERIFY(!plan.failed({Why::Validation, {}, 0}, false, start));
        hours.append(start.secsTo(plan.notBefore) / 3'600);
    }
    QCOMPARE(hours, (QList<qint64>{1, 2, 4, 8, 16, 24, 24, 24, 24}));
    // Longer when the authority wants that.
    QVERIFY(!plan.failed({Why::Limited, {}, 7 * 86'400'000LL}, false, start));
    QCOMPARE(plan.notBefore, start.addDays(7));
    plan.succeeded(true); // a rehearsal says nothing about the authority
    QVERIFY(plan.failures > 0);
    plan.succeeded(false);
    QVERIFY(plan.failures == 0 && !plan.notBefore.isValid());
}

void TestAcmePlan::aRehearsalTriesBothWays()
{
    AcmePlan plan;
    QCOMPARE(plan.type, AcmeChallengeType::Http01);
    QVERIFY(plan.failed({Why::Validation, {}, 0}, true, start));
    QCOMPARE(plan.type, AcmeChallengeType::TlsAlpn01);
    QVERIFY(!plan.notBefore.isValid() && plan.failures == 0);
    AcmePlan works = plan;
    works.succeeded(true);
    QVERIFY(works.isRehearsed);
    QCOMPARE(works.type, AcmeChallengeType::TlsAlpn01);
    // Both in vain: an hour.
    QVERIFY(!plan.failed({Why::Validation, {}, 0}, true, start));
    QCOMPARE(plan.notBefore, start.addSecs(3'600));
    QCOMPARE(plan.type, AcmeChallengeType::Http01);
    // What has nothing to do with the proof is no reason to try the other.
    AcmePlan other;
    QVERIFY(!other.failed({Why::Unreachable, {}, 0}, true, start));
    QCOMPARE(other.type, AcmeChallengeType::Http01);
    // Once it has failed in earnest it is tried for nothing again.
    works.failed({Why::Validation, {}, 0}, false, start);
    QVERIFY(!works.isRehearsed);
}

void TestAcmePlan::keptOverARestart()
{
    AcmePlan plan;
    plan.identifier = u"radio.example.org"_s;
    plan.authority = u"https://a.example/"_s;
    plan.isRehearsed = true;
    plan.type = AcmeChallengeType::TlsAlpn01;
    plan.failures = 3;
    plan.notBefore = start;
    QCOMPARE(AcmePlan::fromJson(plan.toJson()), plan);
    QCOMPARE(AcmePlan::fromJson(AcmePlan().toJson()), AcmePlan());
    for (const char *broken : {"", "[]", "{\"failures\":-7}", "{\"not_before\":\"soon\"}", "\xff\xfe"})
        QVERIFY2(AcmePlan::fromJson(broken) == AcmePlan(), broken);
}

void TestAcmePlan::everyFailureHasACure()
{
    QStringList seen;
    for (const Why kind : {Why::Unreachable, Why::Validation, Why::Limited, Why::Refused, Why::Odd}) {
        for (const AcmeChallengeType type : {AcmeChallengeType::Http01, AcmeChallengeType::TlsAlpn01}) {
            const QString words = acmeFailureWords({kind, {}, 0}, {false, u"radio.example.org"_s}, type);
            QVERIFY(words.endsWith('.'_L1) && words.size() > 40);
            seen.append(words);
        }
    }
    QCOMPARE(seen.removeDuplicates(), 4); // only the port that is looked at differs by the kind of proof
    QVERIFY(seen.filter(u"port 80 "_s).size() == 1 && seen.filter(u"port 443 "_s).size() == 1);
}

QTEST_APPLESS_MAIN(TestAcmePlan)
#include "tst_acmeplan.moc"
