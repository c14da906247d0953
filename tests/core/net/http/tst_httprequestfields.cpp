// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/httprequest.h"

#include <QTest>

using namespace cycast;
using State = HttpParse::State;

class TestHttpRequestFields : public QObject
{
    Q_OBJECT

private slots:
    void headersAreFoundInAnyCase();
    void queriesAreDecoded();
    void keepAlive_data();
    void keepAlive();
    void credentials_data();
    void credentials();
    void constantTimeComparison();
};

void TestHttpRequestFields::headersAreFoundInAnyCase()
{
    const HttpRequest request =
        parseHttpRequest(
            "GET / HTTP/1.1\r\nicy-METADATA:  1 \t\r\nEmpty:\r\nX: a, Upgrade ,b\r\nx: close\r\n\r\n")
            .request;
    QCOMPARE(request.header("Icy-MetaData"), QByteArray("1"));
    QVERIFY(request.hasHeader("empty"));
    QVERIFY(request.header("empty").isEmpty());
    QVERIFY(!request.hasHeader("absent"));
    QVERIFY(request.header("absent").isNull());
    QCOMPARE(request.header("x"), QByteArray("a, Upgrade ,b"));
    QVERIFY(request.headerHasToken("X", "upgrade"));
    QVERIFY(request.headerHasToken("X", "CLOSE"));
    QVERIFY(!request.headerHasToken("X", "up"));
    QVERIFY(!request.headerHasToken("absent", "a"));
}

void TestHttpRequestFields::queriesAreDecoded()
{
    const HttpRequest request =
        parseHttpRequest(
            "GET /admin.cgi?pass=a%26b&song=1+%2B+1%20%25&artist=&flag&%6dode=updinfo&song=2&bad=%4 "
            "HTTP/1.0\r\n\r\n")
            .request;
    QCOMPARE(request.queryValue("pass"), QByteArray("a&b"));
    QCOMPARE(request.queryValue("song"), QByteArray("1 + 1 %"));
    QCOMPARE(request.queryValue("artist"), QByteArray(""));
    QCOMPARE(request.queryValue("flag"), QByteArray(""));
    QCOMPARE(request.queryValue("mode"), QByteArray("updinfo"));
    QCOMPARE(request.queryValue("bad"), QByteArray("%4"));
    QVERIFY(!request.queryValue("mount"));
    QVERIFY(!request.queryValue("pas"));
    QVERIFY(!parseHttpRequest("GET / HTTP/1.0\r\n\r\n").request.queryValue("a"));
}

void TestHttpRequestFields::keepAlive_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("stays");
    QTest::newRow("1.1") << QByteArray("GET / HTTP/1.1\r\n\r\n") << true;
    QTest::newRow("1.1 close") << QByteArray("GET / HTTP/1.1\r\nconnection: Close\r\n\r\n") << false;
    QTest::newRow("1.1 both") << QByteArray("GET / HTTP/1.1\r\nConnection: keep-alive, close\r\n\r\n")
                              << false;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false;
    QTest::newRow("1.0 keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n") << true;
    QTest::newRow("ice") << QByteArray("SOURCE /x ICE/1.0\r\nConnection: keep-alive\r\n\r\n") << false;
}

void TestHttpRequestFields::keepAlive()
{
    QFETCH(QByteArray, head);
    QTEST(parseHttpRequest(head).request.wantsKeepAlive(), "stays");
}

void TestHttpRequestFields::credentials_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("expected"); // null: none
    const auto row = [](const char *name, const QByteArray &value, const QByteArray &expected) {
        QTest::newRow(name) << "Authorization: " + value + "\r\n" << expected;
    };
    row("plain", "Basic c291cmNlOmhhY2ttZQ==", "source|hackme");
    row("any case, more blanks", "bAsIc   c291cmNlOmhhY2ttZQ==", "source|hackme");
    row("colons in the password", "Basic " + QByteArray("a:b:c:").toBase64(), "a|b:c:");
    row("utf-8", "Basic " + QByteArray("source:gr\xc3\xbc\xc3\x9f").toBase64(), "source|gr\xc3\xbc\xc3\x9f");
    row("nul inside", "Basic " + QByteArray("s:hackme\0", 9).toBase64(), QByteArray("s|hackme\0", 9));
    row("only a colon", "Basic Og==", "|");
    row("nothing", "Basic", {});
    row("nothing but a blank", "Basic ", {});
    row("no colon", "Basic " + QByteArray("hackme").toBase64(), {});
    row("garbage", "Basic !!!!", {});
    row("garbage behind", "Basic c291cmNlOmhhY2ttZQ==!!", {});
    row("other scheme", "Bearer c291cmNlOmhhY2ttZQ==", {});
    row("glued", "Basicc291cmNlOmhhY2ttZQ==", {});
    QTest::newRow("missing") << QByteArray("A: b\r\n") << QByteArray();
    QTest::newRow("two") << QByteArray("Authorization: Basic YTpi\r\nAuthorization: Basic YTpj\r\n")
                         << QByteArray();
}

void TestHttpRequestFields::credentials()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, expected);
    const HttpParse parse = parseHttpRequest("GET / HTTP/1.1\r\n" + headers + "\r\n");
    QCOMPARE(parse.state, State::Complete);
    const auto found = basicCredentials(parse.request);
    QCOMPARE(found.has_value(), !expected.isNull());
    if (found)
        QCOMPARE(found->user + '|' + found->password, expected);
}

void TestHttpRequestFields::constantTimeComparison()
{
    QVERIFY(equalInConstantTime("", ""));
    QVERIFY(equalInConstantTime("hackme", "hackme"));
    QVERIFY(!equalInConstantTime("hackme", "hackmf"));
    QVERIFY(!equalInConstantTime("Hackme", "hackme"));
    QVERIFY(!equalInConstantTime("hackme", "hackmee"));
    QVERIFY(!equalInConstantTime("hackme", QByteArrayView("hackme\0", 7)));
    QVERIFY(!equalInConstantTime("", "a"));
    QVERIFY(!equalInConstantTime("\xff", "\x7f"));
}

QTEST_APPLESS_MAIN(TestHttpRequestFields)
#include "tst_httprequestfields.moc"
