// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/routes.h"

#include "tests/support/mutations.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

const QByteArray table4 =
    "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
    "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
    "eth0\t00000000\t014DA8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
    "eth0\t004DA8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n";
const QByteArray table6 = "00000000000000000000000000000000 00 00000000000000000000000000000000 00 "
                          "fe800000000000000000000000000001 00000400 00000001 00000000 00000003 eth0\n"
                          "00000000000000000000000000000000 00 00000000000000000000000000000000 00 "
                          "00000000000000000000000000000000 ffffffff 00000001 00000000 00200200 lo\n"
                          "2a010db7000100000000000000000000 40 00000000000000000000000000000000 00 "
                          "00000000000000000000000000000000 00000100 00000001 00000000 00000001 eth0\n";

} // namespace

class TestRoutes : public QObject
{
    Q_OBJECT

private slots:
    void theBestWayOut()
    {
        QCOMPARE(routes::gatewayFrom4(table4), (routes::Gateway{QHostAddress(u"192.168.77.1"_s), u"eth0"_s}));
        const routes::Gateway six = routes::gatewayFrom6(table6);
        QCOMPARE(six.address.toString(), u"fe80::1%eth0"_s);
        QCOMPARE(six.interface, u"eth0"_s);
    }

    void noWayOut()
    {
        for (const QByteArray &text :
             {QByteArray(), QByteArray("\n\n"), table4.left(80), QByteArray(500, '\t')}) {
            QCOMPARE(routes::gatewayFrom4(text), routes::Gateway());
            QCOMPARE(routes::gatewayFrom6(text), routes::Gateway());
        }
        QByteArray down = table4;
        QCOMPARE(routes::gatewayFrom4(down.replace("\t0003\t", "\t0002\t")), routes::Gateway());
    }

    void whateverStandsThere()
    {
        QRandomGenerator random(7);
        int found = 0;
        for (int i = 0; i < 3'000; ++i) {
            found += routes::gatewayFrom4(test::mutated(table4, random)).address.isNull() ? 0 : 1;
            found += routes::gatewayFrom6(test::mutated(table6, random)).address.isNull() ? 0 : 1;
        }
        QVERIFY(found > 1'000);
    }
};

QTEST_APPLESS_MAIN(TestRoutes)
#include "tst_routes.moc"
