// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/titleupdate.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestTitleUpdate : public QObject
{
    Q_OBJECT

private slots:
    void texts_data();
    void texts();
    void titlesAreCleaned_data();
    void titlesAreCleaned();
    void longTitlesAreCutBetweenCharacters();
    void updates_data();
    void updates();
    void whatIsNoUpdate();
};

void TestTitleUpdate::texts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("charset");
    QTest::addColumn<QString>("text");
    QTest::newRow("UTF-8") << QByteArray("J\xC3\xBCrgen") << QByteArray() << u"Jürgen"_s;
    QTest::newRow("UTF-8 announced as Latin-1")
        << QByteArray("J\xC3\xBCrgen") << QByteArray("ISO-8859-1") << u"Jürgen"_s;
    QTest::newRow("Latin-1") << QByteArray("J\xFCrgen") << QByteArray("ISO-8859-1") << u"Jürgen"_s;
    QTest::newRow("Latin-1, nothing said") << QByteArray("J\xFCrgen") << QByteArray() << u"Jürgen"_s;
    QTest::newRow("Windows-1252") << QByteArray("\x93Hi\x94 \x80") << QByteArray() << u"“Hi” €"_s;
    QTest::newRow("unknown charset") << QByteArray("J\xFCrgen") << QByteArray("klingon") << u"Jürgen"_s;
    QTest::newRow("announced as UTF-8, is not")
        << QByteArray("J\xFCrgen") << QByteArray("UTF-8") << u"Jürgen"_s;
    QTest::newRow("empty") << QByteArray() << QByteArray("UTF-8") << QString();
}

void TestTitleUpdate::texts()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, charset);
    QFETCH(QString, text);
    QCOMPARE(decodedTitle(bytes, charset), text);
}

void TestTitleUpdate::titlesAreCleaned_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("clean");
    QTest::newRow("plain") << u"A title"_s << u"A title"_s;
    QTest::newRow("line breaks") << u"A\r\nInjected: header"_s << u"A Injected: header"_s;
    QTest::newRow("white space") << u"  a \t  b  "_s << u"a b"_s;
    QTest::newRow("NUL and escape") << u"a"_s + QChar(0) + u"b\x1B[31m"_s << u"a b [31m"_s;
    QTest::newRow("bidi overrides") << u"abc\x202E"
                                       "def\x2066g"_s
                                    << u"abcdefg"_s;
}

void TestTitleUpdate::titlesAreCleaned()
{
    QFETCH(QString, given);
    QFETCH(QString, clean);
    QCOMPARE(cleanTitle(given), clean);
}

void TestTitleUpdate::longTitlesAreCutBetweenCharacters()
{
    const QString title = cleanTitle(QString(399, u'x') + u"🎵🎵"_s);
    QCOMPARE(title, QString(399, u'x'));
    QCOMPARE(cleanTitle(QString(1'000'000, u'y')).size(), 400);
}

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
    const auto track = titleFromUpdate(parse.request);
    QVERIFY(track.has_value());
    QCOMPARE(track->artist, artist);
    QCOMPARE(track->title, title);
}

void TestTitleUpdate::whatIsNoUpdate()
{
    for (const char *query : {"song=A", "mode=listclients&song=A", "mode=updinfo", "mode=updinfo&mount=/a"}) {
        const HttpParse parse =
            parseHttpRequest(QByteArray("GET /admin/metadata?") + query + " HTTP/1.0\r\n\r\n");
        QVERIFY(!titleFromUpdate(parse.request));
    }
}

QTEST_APPLESS_MAIN(TestTitleUpdate)
#include "tst_titleupdate.moc"
