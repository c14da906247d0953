// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/addresses.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestAddresses : public QObject
{
    Q_OBJECT

private slots:
    void homeNetworkComesFirst();
    void linkLocalIsNoAddressForOthers();
    void boundToOneAddress();
    void boundToLoopback();
    void ipv6IsInBrackets();
    void withoutANetwork();
    void mountIsEncoded();
    void neverAWildcard();
};

void TestAddresses::homeNetworkComesFirst()
{
    const QList<QHostAddress> own = {QHostAddress(u"2001:db8::5"_s), QHostAddress(u"172.17.0.1"_s),
                                     QHostAddress(u"10.1.2.3"_s), QHostAddress(u"192.168.1.20"_s)};
    const StationAddresses result = reachableAddresses(u"0.0.0.0"_s, own, 8000, 8001, u"/stream"_s);
    QCOMPARE(result.streamUrl, u"http://192.168.1.20:8001/stream"_s);
    QCOMPARE(result.pageUrl, u"http://192.168.1.20:8001/"_s);
    QCOMPARE(result.localUrl, u"http://127.0.0.1:8001/stream"_s);
    QCOMPARE(result.sourcePort, 8000);
    QCOMPARE(result.otherUrls,
             QStringList({u"http://10.1.2.3:8001/stream"_s, u"http://172.17.0.1:8001/stream"_s,
                          u"http://[2001:db8::5]:8001/stream"_s}));
}

void TestAddresses::linkLocalIsNoAddressForOthers()
{
    const QList<QHostAddress> own = {QHostAddress(u"169.254.7.7"_s), QHostAddress(u"fe80::1"_s)};
    const StationAddresses result = reachableAddresses(u"0.0.0.0"_s, own, 1, 2, u"/s"_s);
    QCOMPARE(result.streamUrl, u"http://127.0.0.1:2/s"_s);
    QVERIFY(result.otherUrls.isEmpty());
}

void TestAddresses::boundToOneAddress()
{
    const QList<QHostAddress> own = {QHostAddress(u"192.168.1.20"_s), QHostAddress(u"10.0.0.4"_s)};
    const StationAddresses result = reachableAddresses(u"10.0.0.4"_s, own, 1, 2, u"/s"_s);
    QCOMPARE(result.streamUrl, u"http://10.0.0.4:2/s"_s);
    QCOMPARE(result.localUrl, u"http://10.0.0.4:2/s"_s);
    QVERIFY(result.otherUrls.isEmpty());
}

void TestAddresses::boundToLoopback()
{
    const QList<QHostAddress> own = {QHostAddress(u"192.168.1.20"_s)};
    QCOMPARE(reachableAddresses(u"127.0.0.1"_s, own, 1, 2, u"/s"_s).streamUrl, u"http://127.0.0.1:2/s"_s);
    QCOMPARE(reachableAddresses(u"localhost"_s, own, 1, 2, u"/s"_s).streamUrl, u"http://127.0.0.1:2/s"_s);
}

void TestAddresses::ipv6IsInBrackets()
{
    const StationAddresses result =
        reachableAddresses(u"::"_s, {QHostAddress(u"2001:db8::1"_s)}, 1, 2, u"/s"_s);
    QCOMPARE(result.streamUrl, u"http://[2001:db8::1]:2/s"_s);
    QCOMPARE(reachableAddresses(u"::1"_s, {}, 1, 2, u"/s"_s).localUrl, u"http://[::1]:2/s"_s);
}

void TestAddresses::withoutANetwork()
{
    const StationAddresses result = reachableAddresses(u"0.0.0.0"_s, {}, 1, 2, u"/s"_s);
    QCOMPARE(result.streamUrl, u"http://127.0.0.1:2/s"_s);
    QCOMPARE(result.pageUrl, u"http://127.0.0.1:2/"_s);
}

void TestAddresses::mountIsEncoded()
{
    QCOMPARE(reachableAddresses(u"127.0.0.1"_s, {}, 1, 2, u"/my radio"_s).streamUrl,
             u"http://127.0.0.1:2/my%20radio"_s);
}

void TestAddresses::neverAWildcard()
{
    for (const QString &host : {u"0.0.0.0"_s, u"::"_s, QString()}) {
        const StationAddresses result = reachableAddresses(host, machineAddresses(), 1, 2, u"/s"_s);
        for (const QString &url :
             QStringList{result.streamUrl, result.pageUrl, result.localUrl} + result.otherUrls) {
            QVERIFY2(!url.contains(u"0.0.0.0"_s) && !url.contains(u"[::]"_s), qPrintable(url));
            QVERIFY(url.startsWith(u"http://"_s));
        }
    }
    for (const QHostAddress &address : machineAddresses())
        QVERIFY(!address.isLoopback());
}

QTEST_APPLESS_MAIN(TestAddresses)
#include "tst_addresses.moc"
