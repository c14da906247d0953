// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/escaping.h"
#include "core/net/http/httpresponse.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestHttpResponse : public QObject
{
    Q_OBJECT

private slots:
    void answerIsWhole();
    void headHasNoBody();
    void bodilessStatuses();
    void everyStatusHasAPhrase();
    void hostileHeaderValuesStayOneLine();
    void givenHeadersReplaceDefaults();
    void corsIsOpen();
    void html_data();
    void html();
    void json_data();
    void json();
    void log_data();
    void log();
    void logIsCut();
};

void TestHttpResponse::answerIsWhole()
{
    HttpResponse response = HttpResponse::text(404, "There is no /foo here.");
    response.headers.append(HttpRequest::Header{"WWW-Authenticate", "Basic realm=\"Cycast\""});
    const QByteArray bytes = serialized(response, true, true);
    QVERIFY(bytes.startsWith("HTTP/1.1 404 Not Found\r\n"));
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    const QByteArray body = bytes.sliced(end + 4);
    const QByteArray head = bytes.first(end + 2);
    QCOMPARE(body, QByteArray("404 Not Found: There is no /foo here.\n"));
    QVERIFY(head.contains("\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n"));
    QVERIFY(head.contains("\r\nContent-Type: text/plain; charset=utf-8\r\n"));
    QVERIFY(head.contains("\r\nConnection: keep-alive\r\n"));
    QVERIFY(head.contains("\r\nCache-Control: no-cache\r\n"));
    QVERIFY(head.contains("\r\nX-Content-Type-Options: nosniff\r\n"));
    QVERIFY(head.contains("\r\nWWW-Authenticate: Basic realm=\"Cycast\"\r\n"));
    QVERIFY(serialized(response, false, true).contains("\r\nConnection: close\r\n"));
}

void TestHttpResponse::headHasNoBody()
{
    const HttpResponse response = HttpResponse::json(200, "{\"a\":1}");
    const QByteArray whole = serialized(response, false, true);
    const QByteArray head = serialized(response, false, false);
    QCOMPARE(head + "{\"a\":1}", whole);
    QVERIFY(head.contains("Content-Length: 7\r\n"));
}

void TestHttpResponse::bodilessStatuses()
{
    HttpResponse interim;
    interim.status = 100;
    QCOMPARE(serialized(interim, true, true), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    HttpResponse preflight = HttpResponse::text(204, "not sent");
    const QByteArray bytes = serialized(preflight, true, true);
    QVERIFY(bytes.endsWith("\r\n\r\n"));
    QVERIFY(!bytes.contains("Content-Length"));
    QVERIFY(!bytes.contains("not sent"));
    QVERIFY(bytes.contains("Access-Control-Allow-Headers"));
}

void TestHttpResponse::everyStatusHasAPhrase()
{
    QCOMPARE(reasonPhrase(405), QByteArray("Method Not Allowed"));
    QCOMPARE(reasonPhrase(431), QByteArray("Request Header Fields Too Large"));
    for (const int status : {100, 200, 204, 206, 301, 302, 400, 401, 403, 404, 405, 408, 413,
                             414, 416, 417, 429, 431, 500, 501, 503, 505, 299, 399, 499, 599})
        QVERIFY(!reasonPhrase(status).isEmpty());
}

void TestHttpResponse::hostileHeaderValuesStayOneLine()
{
    HttpResponse response;
    response.contentType = "text/plain\r\nEvil-Type: 1";
    response.headers.append(HttpRequest::Header{"Location", "/a\r\nSet-Cookie: b=c\r\n\r\n<script>"});
    response.headers.append(HttpRequest::Header{"Evil\r\nName", "x"});
    response.headers.append(HttpRequest::Header{"Content-Length", "99"});
    const QByteArray bytes = serialized(response, false, true);
    QVERIFY(bytes.endsWith("\r\n\r\n"));
    QCOMPARE(bytes.count("\r\n\r\n"), 1);
    QVERIFY(!bytes.contains("\nSet-Cookie"));
    QVERIFY(!bytes.contains("\nEvil"));
    QVERIFY(!bytes.contains("\nName"));
    QCOMPARE(bytes.count("Content-Length"), 1);
    QCOMPARE(cleanedHeaderValue(QByteArrayView(" a\r\n\0\x7f"
                                               "b\t",
                                               8)),
             QByteArray("a    b"));
}

void TestHttpResponse::givenHeadersReplaceDefaults()
{
    HttpResponse response;
    response.headers = {{"cache-control", "max-age=60"}};
    const QByteArray bytes = serialized(response, false, true);
    QVERIFY(!bytes.contains("no-cache"));
    QVERIFY(bytes.contains("cache-control: max-age=60\r\n"));
}

void TestHttpResponse::corsIsOpen()
{
    const QByteArray cors = corsHeaders();
    QVERIFY(cors.startsWith("Access-Control-Allow-Origin: *\r\n"));
    QVERIFY(cors.endsWith("\r\n"));
    const qsizetype expose = cors.indexOf("Access-Control-Expose-Headers:");
    QVERIFY(expose > 0 && cors.indexOf("icy-metaint", expose) > 0);
    const qsizetype allow = cors.indexOf("Access-Control-Allow-Headers:");
    QVERIFY(cors.indexOf("Icy-MetaData", allow) > 0 && cors.indexOf("Range", allow) > 0);
}

void TestHttpResponse::html_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("escaped");
    QTest::newRow("markup") << u"<img src=x onerror='a(\"b\")'>&amp;"_s
                            << QByteArray("&lt;img src=x onerror=&#39;a(&quot;b&quot;)&#39;&gt;&amp;amp;");
    QTest::newRow("letters") << u"J\u00f3ga \U0001F3B5"_s << u"J\u00f3ga \U0001F3B5"_s.toUtf8();
    QTest::newRow("controls") << u"a\u0001b\u0085c\nd"_s << u"a\ufffdb\ufffdc\nd"_s.toUtf8();
    QTest::newRow("nul") << QString(QChar(0)) << u"\ufffd"_s.toUtf8();
    QTest::newRow("half a pair") << QString(QChar(0xd800)) + u"x"_s << u"\ufffdx"_s.toUtf8();
    QTest::newRow("no character") << QString(QChar(0xffff)) << u"\ufffd"_s.toUtf8();
}

void TestHttpResponse::html()
{
    QFETCH(QString, text);
    QTEST(htmlEscaped(text), "escaped");
}

void TestHttpResponse::json_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("escaped");
    QTest::newRow("empty") << QString() << QByteArray("\"\"");
    QTest::newRow("quotes") << u"a\"b\\c"_s << QByteArray("\"a\\\"b\\\\c\"");
    QTest::newRow("lines") << u"a\r\n\tb"_s << QByteArray("\"a\\r\\n\\tb\"");
    QTest::newRow("control") << u"\u0001\u001b\u007f"_s << QByteArray("\"\\u0001\\u001b\\u007f\"");
    QTest::newRow("script") << u"</script><!--"_s << QByteArray("\"\\u003c/script>\\u003c!--\"");
    QTest::newRow("separators") << u"\u2028\u202e"_s << QByteArray("\"\\u2028\\u202e\"");
    QTest::newRow("pair") << u"\U0001F3B5"_s << QByteArray("\"\xf0\x9f\x8e\xb5\"");
    QTest::newRow("high half") << QString(QChar(0xd83c)) << QByteArray("\"\\ud83c\"");
    QTest::newRow("low half") << u"a"_s + QChar(0xdfb5) << QByteArray("\"a\\udfb5\"");
}

void TestHttpResponse::json()
{
    QFETCH(QString, text);
    const QByteArray escaped = jsonString(text);
    QTEST(escaped, "escaped");
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + escaped + ']', &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(document.array().at(0).toString(), text);
}

void TestHttpResponse::log_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("escaped");
    QTest::newRow("plain") << u"VLC/3.0 \u00fc"_s << u"VLC/3.0 \u00fc"_s;
    QTest::newRow("new line") << u"a\r\n2024 ERROR"_s << uR"(a\x0d\x0a2024 ERROR)"_s;
    QTest::newRow("terminal") << u"\u001b[31m\u009b0m"_s << uR"(\x1b[31m\x9b0m)"_s;
    QTest::newRow("line separator") << u"a\u2028b"_s << uR"(a\u2028b)"_s;
    QTest::newRow("reversed") << u"\u202egpj"_s << uR"(\u202egpj)"_s;
    QTest::newRow("half") << QString(QChar(0xdc00)) << uR"(\udc00)"_s;
}

void TestHttpResponse::log()
{
    QFETCH(QString, text);
    QTEST(logEscaped(text), "escaped");
}

void TestHttpResponse::logIsCut()
{
    QCOMPARE(logEscaped(u"abcde"_s, 5), u"abcde"_s);
    QCOMPARE(logEscaped(u"abcdef"_s, 5), u"abcd\u2026"_s);
    QCOMPARE(logEscaped(u"abc\n\n"_s, 5), u"abc\u2026"_s);
    QCOMPARE(logEscaped(u"abc\U0001F3B5\U0001F3B5"_s, 5), u"abc\u2026"_s);
    QCOMPARE(logEscaped(QString(100'000, QLatin1Char('x'))).size(), 200);
}

QTEST_APPLESS_MAIN(TestHttpResponse)
#include "tst_httpresponse.moc"
