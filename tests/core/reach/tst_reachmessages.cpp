// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What routers answer, and what they might: NAT-PMP, PCP, SSDP and UPnP's descriptions.
#include "core/reach/igd.h"
#include "core/reach/natpmp.h"
#include "core/reach/pcp.h"
#include "core/reach/ssdp.h"
#include "tests/support/mutations.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

const QByteArray natPmpAddress = hex("00 80 0000 0000002a 05060708");
const QByteArray natPmpMapping = hex("00 82 0000 0000002a 1f41 1f42 00000e10");
const QByteArray pcpMapping =
    hex("02 81 00 00 00000e10 0000002a 000000000000000000000000 0102030405060708090a0b0c 06 000000 1f41 1f42 "
        "00000000000000000000ffff05060708");
const QByteArray ssdpAnswer = "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\n"
                              "St: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\nEXT:\r\n"
                              "Location: http://192.168.77.1:5000/rootDesc.xml\r\n\r\n";
const QByteArray description =
    "<?xml version=\"1.0\"?><root><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:2"
    "</deviceType><deviceList><device><serviceList><service><serviceType>"
    "urn:schemas-upnp-org:service:WANIPConnection:2</serviceType><controlURL>/ctl/IPConn</controlURL>"
    "<SCPDURL>/x.xml</SCPDURL></service><service><serviceType>"
    "urn:schemas-upnp-org:service:WANIPv6FirewallControl:1</serviceType><controlURL>/ctl/6FC</controlURL>"
    "<SCPDURL>/y.xml</SCPDURL></service></serviceList></device></deviceList></device></root>";

QHostAddress router()
{
    return QHostAddress(u"192.168.77.1"_s);
}

QUrl rootUrl()
{
    return QUrl(u"http://192.168.77.1:5000/rootDesc.xml"_s);
}

} // namespace

class TestReachMessages : public QObject
{
    Q_OBJECT

private slots:
    void natPmpQuestions()
    {
        QCOMPARE(natpmp::addressRequest(), hex("0000"));
        QCOMPARE(natpmp::mapRequest(8001, 8002, 3'600), hex("00 02 0000 1f41 1f42 00000e10"));
        QCOMPARE(natpmp::mapRequest(8001, 0, 0), hex("00 02 0000 1f41 0000 00000000"));
    }

    void natPmpAnswers()
    {
        const auto address = natpmp::answer(natPmpAddress);
        QVERIFY(address);
        QVERIFY(!address->isMapping);
        QCOMPARE(address->external.toString(), u"5.6.7.8"_s);
        QCOMPARE(address->epochSeconds, 42U);
        const auto mapping = natpmp::answer(natPmpMapping);
        QVERIFY(mapping);
        QVERIFY(mapping->isMapping);
        QCOMPARE(mapping->internalPort, 8001);
        QCOMPARE(mapping->externalPort, 8002);
        QCOMPARE(mapping->lifetimeSeconds, 3'600U);
        const auto refused = natpmp::answer(hex("00 82 0002 0000002a"));
        QVERIFY(refused);
        QCOMPARE(refused->outcome, natpmp::Outcome::NotAuthorized);
        QVERIFY(!natpmp::answer(natpmp::mapRequest(8001, 8001, 1))); // a question is no answer
        QVERIFY(!natpmp::answer(pcpMapping));
    }

    void pcpQuestions()
    {
        const pcp::Nonce nonce{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        QCOMPARE(pcp::announceRequest(QHostAddress(u"192.168.77.2"_s)),
                 hex("02 00 0000 00000000 00000000000000000000ffffc0a84d02"));
        QCOMPARE(pcp::mapRequest(QHostAddress(u"192.168.77.2"_s), nonce, 8001, 8002, 3'600),
                 hex("02 01 0000 00000e10 00000000000000000000ffffc0a84d02 0102030405060708090a0b0c 06 "
                     "000000 1f41 "
                     "1f42 00000000000000000000ffff00000000"));
        const QByteArray six = pcp::mapRequest(QHostAddress(u"2a01:db7::2"_s), nonce, 8001, 8001, 0);
        QCOMPARE(six.size(), 60);
        QCOMPARE(six.right(16), QByteArray(16, '\0'));
    }

    void pcpAnswers()
    {
        const auto mapping = pcp::answer(pcpMapping);
        QVERIFY(mapping);
        QCOMPARE(mapping->outcome, pcp::Outcome::Success);
        QCOMPARE(mapping->nonce, (pcp::Nonce{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
        QCOMPARE(mapping->internalPort, 8001);
        QCOMPARE(mapping->externalPort, 8002);
        QCOMPARE(mapping->external.toString(), u"5.6.7.8"_s);
        QCOMPARE(mapping->lifetimeSeconds, 3'600U);
        // A router with NAT-PMP only says so in its own way.
        const auto old = pcp::answer(hex("00 81 0001 0000002a"));
        QVERIFY(old);
        QCOMPARE(old->outcome, pcp::Outcome::UnsupportedVersion);
        QVERIFY(!pcp::answer(natPmpAddress));
        QVERIFY(!pcp::answer(pcp::announceRequest(router())));
        QVERIFY(pcp::answer(hex("02 80 00 00 00000000 0000002a 000000000000000000000000")));
    }

    /// Nothing is made of half an answer.
    void everyPrefix()
    {
        for (qsizetype size = 0; size < natPmpMapping.size(); ++size)
            QVERIFY(!natpmp::answer(natPmpMapping.first(size)));
        for (qsizetype size = 0; size < natPmpAddress.size(); ++size)
            QVERIFY(!natpmp::answer(natPmpAddress.first(size)));
        for (qsizetype size = 0; size < pcpMapping.size(); ++size)
            QVERIFY(!pcp::answer(pcpMapping.first(size)));
        const qsizetype all = ssdpAnswer.indexOf("rootDesc.xml") + 12;
        for (qsizetype size = 0; size <= ssdpAnswer.indexOf(":5000"); ++size)
            QVERIFY2(ssdp::location(ssdpAnswer.first(size), router()).isEmpty() ||
                         ssdp::location(ssdpAnswer.first(size), router()).host() == router().toString(),
                     ssdpAnswer.first(size).constData());
        QCOMPARE(ssdp::location(ssdpAnswer.first(all), router()), rootUrl());
        for (qsizetype size = 0; size < description.size(); ++size) {
            const igd::Router found = igd::described(description.first(size), rootUrl());
            QVERIFY(found.isEmpty() || found.control == "http://192.168.77.1:5000/ctl/IPConn");
        }
    }

    void routersByUpnp()
    {
        const igd::Router found = igd::described(description, rootUrl());
        QCOMPARE(found.control, QByteArray("http://192.168.77.1:5000/ctl/IPConn"));
        QCOMPARE(found.service, QByteArray("urn:schemas-upnp-org:service:WANIPConnection:2"));
        QCOMPARE(found.firewallControl, QByteArray("http://192.168.77.1:5000/ctl/6FC"));
        QCOMPARE(ssdp::location(ssdpAnswer, router()), rootUrl());
        QCOMPARE(ssdp::searches(true).size(), 2);
    }

    /// A stranger in the network shall not send us anywhere.
    void nobodySendsUsElsewhere()
    {
        QVERIFY(ssdp::location(ssdpAnswer, QHostAddress(u"192.168.77.66"_s)).isEmpty());
        // By IPv6 the gateway names another address of its own, and nobody else does.
        const auto six = [](const char *text) { return QHostAddress(QString::fromLatin1(text)); };
        const QByteArray named = QByteArray(ssdpAnswer).replace("192.168.77.1", "[2a01:db7:1::1]");
        QCOMPARE(ssdp::location(named, six("fe80::1%eth0"), six("fe80::1%eth0"), six("2a01:db7:1::2")).host(),
                 u"2a01:db7:1::1"_s);
        QVERIFY(
            ssdp::location(named, six("fe80::9%eth0"), six("fe80::1%eth0"), six("2a01:db7:1::2")).isEmpty());
        QVERIFY(
            ssdp::location(named, six("fe80::1%eth0"), six("fe80::1%eth0"), six("2a01:db7:2::2")).isEmpty());
        QVERIFY(ssdp::location(named, six("fe80::1%eth0")).isEmpty());
        for (const char *place :
             {"http://127.0.0.1:8001/", "http://5.6.7.8/", "https://192.168.77.1/", "file:///etc/passwd",
              "http://router.local/", "http://a@192.168.77.1/", ""}) {
            QByteArray answer = ssdpAnswer;
            answer.replace("http://192.168.77.1:5000/rootDesc.xml", place);
            QVERIFY2(ssdp::location(answer, router()).isEmpty(), place);
        }
        for (const QByteArray &other :
             {QByteArray(ssdpAnswer).replace("InternetGatewayDevice", "MediaServer"),
              QByteArray(ssdpAnswer).replace("200 OK", "404 No"), "NOTIFY * " + ssdpAnswer})
            QVERIFY(ssdp::location(other, router()).isEmpty());
        QByteArray elsewhere = description;
        elsewhere.replace("/ctl/IPConn", "http://127.0.0.1:8001/admin/");
        QVERIFY(igd::described(elsewhere, rootUrl()).isEmpty());
        elsewhere = description;
        elsewhere.replace("<device><deviceType>", "<URLBase>http://5.6.7.8/</URLBase><device><deviceType>");
        QVERIFY(igd::described(elsewhere, rootUrl()).isEmpty());
        QVERIFY(igd::described("<root/>", rootUrl()).isEmpty());
    }

    void whateverRoutersSend()
    {
        QRandomGenerator random(42);
        int understood = 0;
        for (int i = 0; i < 20'000; ++i) {
            understood += natpmp::answer(test::mutated(natPmpMapping, random)) ? 1 : 0;
            understood += natpmp::answer(test::mutated(natPmpAddress, random)) ? 1 : 0;
            understood += pcp::answer(test::mutated(pcpMapping, random)) ? 1 : 0;
            if (i >= 4'000)
                continue;
            const QUrl location = ssdp::location(test::mutated(ssdpAnswer, random, 8), router());
            QVERIFY(location.isEmpty() || location.host() == router().toString());
            const igd::Router found = igd::described(test::mutated(description, random, 8), rootUrl());
            QVERIFY(found.isEmpty() || QUrl::fromEncoded(found.control).host() == router().toString());
        }
        QVERIFY(understood > 1'000);
    }
};

QTEST_APPLESS_MAIN(TestReachMessages)
#include "tst_reachmessages.moc"
