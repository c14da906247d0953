// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/crowd.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

/// Who has to go for somebody new, by numbers.
class TestCrowd : public QObject
{
    Q_OBJECT

private slots:
    void thereIsRoomUntilThereIsNone();
    void theOldestOfTheAddressGoes();
    void whoMayNotGoStays();
    void theLastDescriptorsAreForFew();

private:
    const AddressKey m_one{QHostAddress(u"192.0.2.1"_s)};
    const AddressKey m_other{QHostAddress(u"192.0.2.2"_s)};
};

void TestCrowd::thereIsRoomUntilThereIsNone()
{
    Crowd crowd;
    const Crowd::Limits limits{.ofAll = 2};
    QVERIFY(crowd.roomFor(m_one, false, limits).isFree);
    crowd.add(7, m_one, false, true);
    QVERIFY(crowd.roomFor(m_one, false, limits).isFree);
    crowd.add(5, m_other, false, true);
    QCOMPARE(crowd.roomFor(m_one, false, limits).isFree, false);
    QCOMPARE(crowd.roomFor(m_one, false, limits).mustGo, 7U); // came first
    crowd.remove(7);
    QVERIFY(crowd.roomFor(m_one, false, limits).isFree);
    QCOMPARE(crowd.count(), 1);
    QVERIFY(crowd.roomFor(m_one, false, {}).isFree); // no limit at all
}

void TestCrowd::theOldestOfTheAddressGoes()
{
    Crowd crowd;
    for (quint64 id = 1; id <= 6; ++id)
        crowd.add(id, id % 2 == 0 ? m_one : m_other, false, true);
    Crowd::Limits limits{.ofAll = 100, .ofOne = 3};
    QCOMPARE(crowd.countOf(m_one), 3);
    QCOMPARE(crowd.roomFor(m_one, false, limits).mustGo, 2U);
    crowd.remove(2);
    QVERIFY(crowd.roomFor(m_one, false, limits).isFree);
    QCOMPARE(crowd.roomFor(m_other, false, limits).mustGo, 1U);
    limits.isMany = true;
    QVERIFY(crowd.roomFor(m_other, false, limits).isFree);
    for (quint64 id : {4, 6})
        crowd.remove(id);
    QCOMPARE(crowd.countOf(m_one), 0);
}

void TestCrowd::whoMayNotGoStays()
{
    Crowd crowd;
    crowd.add(1, m_one, false, false);
    crowd.add(2, m_one, false, true);
    const Crowd::Limits limits{.ofAll = 2};
    QCOMPARE(crowd.roomFor(m_other, false, limits).mustGo, 2U);
    crowd.setMayGo(2, false);
    QCOMPARE(crowd.roomFor(m_other, false, limits).mustGo, 0U);
    QVERIFY(!crowd.roomFor(m_other, false, limits).isFree);
    crowd.setMayGo(1, true);
    QCOMPARE(crowd.roomFor(m_other, false, limits).mustGo, 1U);
}

void TestCrowd::theLastDescriptorsAreForFew()
{
    Crowd crowd;
    crowd.add(1, m_one, false, true);
    crowd.add(2, m_one, true, true);
    crowd.add(3, m_other, true, true);
    const Crowd::Limits limits{.inReserve = 2};
    QCOMPARE(crowd.roomFor(m_other, true, limits).mustGo, 2U); // not the first: his descriptor is no use
    QVERIFY(crowd.roomFor(m_other, false, limits).isFree);
    crowd.remove(2);
    QVERIFY(crowd.roomFor(m_other, true, limits).isFree);
}

QTEST_APPLESS_MAIN(TestCrowd)
#include "tst_crowd.moc"
