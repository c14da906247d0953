// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/titleupdate.h"
#include "tests/support/mutations.h"

#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

class TestTitleUpdate : public QObject
{
    Q_OBJECT

private slots:
    void updates_data();
    void updates();
    void addresses_data();
    void addresses();
    void everyFormThatIsSent_data();
    void everyFormThatIsSent();
    void whatIsNoUpdate();
    void anyQueryGivesCleanText();
};

void TestTitleUpdate::updates_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("artist");
    QTest::addColumn<QString>("title");
    QTest::newRow("song") << QByteArray("mode=updinfo&song=Only") << QString() << u"Only"_s;
    QTest::newRow("artist - title") << QByteArray("mode=updinfo&song=A+B%20-%20C%26D") << u"A B"_s
                                    << u"C&D"_s;
    QTest::newRow("hyphen without blanks")
        << QByteArray("mode=updinfo&song=Jay-Z") << QString() << u"Jay-Z"_s;
    QTest::newRow("apart") << QByteArray("mode=updinfo&artist=X&title=Y&song=no") << u"X"_s << u"Y"_s;
    QTest::newRow("title alone") << QByteArray("mode=updinfo&title=Y") << QString() << u"Y"_s;
    QTest::newRow("escaped twice") << QByteArray(
                                          "mode=updinfo&song=Sk%25C3%25A5l%2520-%2520Hey%2520%2526%2520Co")
                                   << u"Skål"_s << u"Hey & Co"_s;
    QTest::newRow("escaped twice, of a form")
        << QByteArray("mode=updinfo&song=A%2BB%2520-%2520C") << u"A B"_s << u"C"_s;
    QTest::newRow("escaped three times")
        << QByteArray("mode=updinfo&title=Two%252520words") << QString() << u"Two words"_s;
    QTest::newRow("a percentage") << QByteArray("mode=updinfo&title=50%25%20off%20%2520") << QString()
                                  << u"50% off %20"_s;
    QTest::newRow("a percentage alone") << QByteArray("mode=updinfo&title=100%25") << QString() << u"100%"_s;
    QTest::newRow("pluses") << QByteArray("mode=updinfo&title=C%2B%2B") << QString() << u"C++"_s;
    QTest::newRow("cleared") << QByteArray("mode=updinfo&song=") << QString() << QString();
    QTest::newRow("charset") << QByteArray("mode=updinfo&charset=ISO-8859-2&song=%B3") << QString() << u"ł"_s;
}

void TestTitleUpdate::updates()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, artist);
    QFETCH(QString, title);
    const HttpParse parse = parseHttpRequest("GET /admin/metadata?" + query + " HTTP/1.0\r\n\r\n");
    QCOMPARE(parse.state, HttpParse::State::Complete);
    const auto update = titleFromUpdate(parse.request);
    QVERIFY(update.has_value());
    QCOMPARE(update->track.artist, artist);
    QCOMPARE(update->track.title, title);
}

void TestTitleUpdate::addresses_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QString>("url");
    QTest::newRow("web") << QByteArray("http%3A%2F%2Fexample.org%2Fa%3Fb%3Dc")
                         << u"http://example.org/a?b=c"_s;
    QTest::newRow("https") << QByteArray("https://example.org/") << u"https://example.org/"_s;
    QTest::newRow("none") << QByteArray() << QString();
    QTest::newRow("script") << QByteArray("javascript:alert(1)") << QString();
    QTest::newRow("file") << QByteArray("file:///etc/passwd") << QString();
    QTest::newRow("no host") << QByteArray("http:///x") << QString();
    QTest::newRow("line break") << QByteArray("http://example.org/%0d%0aX:1") << QString();
    QTest::newRow("too long") << "http://example.org/" + QByteArray(1000, 'x') << QString();
    QTest::newRow("end of the block")
        << QByteArray("http://example.org/a';b") << u"http://example.org/a';b"_s;
}

void TestTitleUpdate::addresses()
{
    QFETCH(QByteArray, given);
    QFETCH(QString, url);
    const HttpParse parse =
        parseHttpRequest("GET /admin.cgi?mode=updinfo&song=A&url=" + given + " HTTP/1.0\r\n\r\n");
    QCOMPARE(parse.state, HttpParse::State::Complete);
    QCOMPARE(titleFromUpdate(parse.request)->url, url);
}

// As the programs send it, byte for byte.
void TestTitleUpdate::everyFormThatIsSent_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("libshout") << QByteArray(
        "GET /admin/metadata?mode=updinfo&mount=%2fstream&charset=UTF%2d8&"
        "artist=Bj%c3%b6rk&title=J%c3%b3ga HTTP/1.1");
    QTest::newRow("libshout, song") << QByteArray("GET /admin/metadata?mode=updinfo&mount=%2fstream&charset="
                                                  "UTF%2d8&song=Bj%c3%b6rk%20%2d%20J%c3%b3ga HTTP/1.1");
    QTest::newRow("liquidsoap") << QByteArray(
        "GET /admin/metadata?mode=updinfo&mount=/stream&charset=UTF-8&title=J%C3%B3ga&artist="
        "Bj%C3%B6rk&song=Bj%C3%B6rk%20%2D%20J%C3%B3ga HTTP/1.0");
    QTest::newRow("butt") << QByteArray("GET /admin/metadata?mode=updinfo&mount=/stream&charset=UTF-8&song="
                                        "Bj%C3%B6rk+-+J%C3%B3ga HTTP/1.0");
    QTest::newRow("butt, Latin-1") << QByteArray("GET /admin/metadata?mode=updinfo&mount=/stream&song="
                                                 "Bj%F6rk+-+J%F3ga HTTP/1.0");
    QTest::newRow("shoutcast") << QByteArray("GET /admin.cgi?pass=secret&mode=updinfo&song="
                                             "Bj%F6rk%20-%20J%F3ga HTTP/1.0");
    QTest::newRow("shoutcast, other order") << QByteArray(
        "GET /admin.cgi?mode=updinfo&pass=secret&url=&song=Bj%C3%B6rk%20%2D%20J%C3%B3ga HTTP/1.1");
    QTest::newRow("doubly encoded") << QByteArray("GET /admin/metadata?mode=updinfo&mount=/stream&song="
                                                  "Bj%C3%83%C2%B6rk%20-%20J%C3%83%C2%B3ga HTTP/1.0");
}

void TestTitleUpdate::everyFormThatIsSent()
{
    QFETCH(QByteArray, line);
    const HttpParse parse = parseHttpRequest(line + "\r\n\r\n");
    QCOMPARE(parse.state, HttpParse::State::Complete);
    const auto update = titleFromUpdate(parse.request);
    QVERIFY(update);
    QCOMPARE(update->track.artist, u"Bj\u00F6rk"_s);
    QCOMPARE(update->track.title, u"J\u00F3ga"_s);
}

void TestTitleUpdate::whatIsNoUpdate()
{
    for (const char *query : {"song=A", "mode=listclients&song=A", "mode=updinfo", "mode=updinfo&mount=/a"}) {
        const HttpParse parse =
            parseHttpRequest(QByteArray("GET /admin/metadata?") + query + " HTTP/1.0\r\n\r\n");
        QVERIFY(!titleFromUpdate(parse.request));
    }
}

void TestTitleUpdate::anyQueryGivesCleanText()
{
    QRandomGenerator random(313);
    const QByteArrayList seeds = {
        "mode=updinfo&mount=%2fstream&charset=UTF%2d8&artist=%C3%84&title=%E5%B1%B1",
        "mode=updinfo&song=A%27%3BStreamUrl%3D%27http://e%0d%0a%00%1b%E2%80%AE",
        "pass=x&mode=updinfo&song=%C3%83%C2%A4%26%23228%3B&url=http%3A%2F%2Fa%2F",
        "mode=updinfo&charset=Shift_JIS&song=%83A%83%83&url=javascript:x"};
    for (int round = 0; round < 10'000; ++round) {
        HttpRequest request;
        request.query = mutated(seeds.at(round % seeds.size()), random, 6);
        const auto update = titleFromUpdate(request);
        if (!update)
            continue;
        for (const QString &text : {update->track.artist, update->track.title}) {
            QVERIFY(text.size() <= 400);
            QCOMPARE(text, text.simplified());
            for (const QChar c : text)
                QVERIFY2(c.category() != QChar::Other_Control && c.unicode() != 0x202E,
                         request.query.toPercentEncoding("&=%"));
        }
        QVERIFY2(update->url.isEmpty() || update->url.startsWith("http"_L1), request.query.constData());
    }
}

QTEST_APPLESS_MAIN(TestTitleUpdate)
#include "tst_titleupdate.moc"
