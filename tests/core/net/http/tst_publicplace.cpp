// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/publicplace.h"
#include "core/values/publicurl.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestPublicPlace : public QObject
{
    Q_OBJECT

private slots:
    void oneSpelling_data();
    void oneSpelling();
    void whoIsAtHome();
    void pathsAreTakenOff();
    void linksByWhoAsks();
};

void TestPublicPlace::oneSpelling_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("normalised");
    QTest::newRow("as it is") << u"https://radio.example.org"_s << u"https://radio.example.org"_s;
    QTest::newRow("capitals, slash") << u" HTTPS://Radio.Example.ORG/ "_s << u"https://radio.example.org"_s;
    QTest::newRow("usual port") << u"http://radio.example.org:80/"_s << u"http://radio.example.org"_s;
    QTest::newRow("other's usual port")
        << u"http://radio.example.org:443"_s << u"http://radio.example.org:443"_s;
    QTest::newRow("path") << u"https://example.org/radio/one/"_s << u"https://example.org/radio/one"_s;
    QTest::newRow("IPv4") << u"http://203.0.113.7:8001"_s << u"http://203.0.113.7:8001"_s;
    QTest::newRow("IPv6") << u"http://[2001:DB8::7]:8001"_s << u"http://[2001:db8::7]:8001"_s;
    QTest::newRow("name of another alphabet")
        << u"http://b\u00fccher.example"_s << u"http://xn--bcher-kva.example"_s;
    for (const char *bad : {"radio.example.org", "ftp://example.org", "https://", "https://a:b@example.org",
                            "https://example.org/?a=b", "https://example.org/#x", "https://example.org/a b",
                            "https://example.org/../x", "https://example.org//x", "javascript:alert(1)",
                            "https://example.org/a\"b", "http://exa mple.org", "http://example.org:99999"})
        QTest::newRow(bad) << QString::fromLatin1(bad) << QString();
}

void TestPublicPlace::oneSpelling()
{
    QFETCH(const QString, given);
    QFETCH(const QString, normalised);
    const auto got = normalisedPublicUrl(given);
    QCOMPARE(got.value_or(QString()), normalised);
    if (got)
        QCOMPARE(normalisedPublicUrl(*got), got); // and stays so
}

void TestPublicPlace::whoIsAtHome()
{
    for (const char *home :
         {"", "localhost", "127.0.0.1", "192.168.1.20", "10.1.2.3", "172.20.0.1", "kitchen", "kitchen.local",
          "pi.fritz.box", "radio.home.arpa.", "[::1]", "fd00::20", "fe80::1", "100.64.3.4", "169.254.1.1",
          "0.0.0.0", "::ffff:192.168.1.20"})
        QVERIFY2(isHomeHost(QString::fromLatin1(home)), home);
    for (const char *far : {"radio.example.org", "203.0.113.7", "8.8.8.8", "2001:db8::7", "[2001:db8::7]",
                            "172.32.0.1", "100.128.0.1", "localhost.example.org"})
        QVERIFY2(!isHomeHost(QString::fromLatin1(far)), far);
}

void TestPublicPlace::pathsAreTakenOff()
{
    const PublicPlace place(u"https://example.org/radio"_s);
    const auto taken = [&place](const QByteArray &path, const QByteArray &host, const QByteArray &mount) {
        Arrival arrival;
        arrival.request.path = path;
        arrival.request.headers.append(HttpRequest::Header{"Host", host});
        place.take(arrival, mount);
        return arrival.request.path + " below " + arrival.prefix;
    };
    QCOMPARE(taken("/radio/stream.m3u", "127.0.0.1:8001", "/stream"), "/stream.m3u below /radio");
    QCOMPARE(taken("/radio", "example.org", "/stream"), "/ below /radio");
    QCOMPARE(taken("/radio/", "example.org", "/stream"), "/ below /radio");
    QCOMPARE(taken("/stream", "Example.org:443", "/stream"), "/stream below /radio");
    QCOMPARE(taken("/stream", "192.168.1.20:8001", "/stream"), "/stream below ");
    QCOMPARE(taken("/radiowaves", "192.168.1.20", "/stream"), "/radiowaves below ");
    QCOMPARE(taken("/radio/stream", "192.168.1.20", "/radio/stream"), "/radio/stream below ");
    Arrival told; // the web server says it itself
    told.request.path = "/stream";
    told.prefix = "/music";
    told.request.headers.append(HttpRequest::Header{"Host", "example.org"});
    place.take(told, "/stream");
    QCOMPARE(told.prefix, QByteArray("/music"));
}

void TestPublicPlace::linksByWhoAsks()
{
    const PublicPlace place(u"https://example.org/radio"_s);
    const auto baseFor = [&place](const QByteArray &host, const QString &client, bool isUnknown = false) {
        Arrival arrival;
        arrival.ends.peer = QHostAddress(u"192.168.1.9"_s);
        arrival.address = QHostAddress(client);
        arrival.isUnknown = isUnknown;
        if (!host.isEmpty())
            arrival.request.headers.append(HttpRequest::Header{"Host", host});
        return place.baseFor(arrival);
    };
    const QString home = u"192.168.1.9"_s;
    QCOMPARE(baseFor("192.168.1.20:8001", home), QByteArray());
    QCOMPARE(baseFor("kitchen.local:8001", home), QByteArray());
    QCOMPARE(baseFor("[fd00::20]:8001", home), QByteArray());
    QCOMPARE(baseFor("example.org", home), place.base());
    QCOMPARE(baseFor("evil.example", home), place.base()); // what anybody can say makes no link
    QCOMPARE(baseFor({}, home), place.base());
    QCOMPARE(baseFor("127.0.0.1:8001", u"203.0.113.7"_s), place.base()); // by a web server in front
    QCOMPARE(baseFor("127.0.0.1:8001", home, true), place.base());
    QVERIFY(!PublicPlace().isKnown() && !PublicPlace(u"nonsense"_s).isKnown());
}

QTEST_APPLESS_MAIN(TestPublicPlace)
#include "tst_publicplace.moc"
