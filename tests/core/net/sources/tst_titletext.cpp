// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/icymetadata.h"
#include "core/net/sources/titletext.h"

#include <QRandomGenerator>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

/// What becomes of titles that were sent in some charset, twice encoded, for a web page, or with malice.
class TestTitleText : public QObject
{
    Q_OBJECT

private slots:
    void texts_data();
    void texts();
    void titlesAreCleaned_data();
    void titlesAreCleaned();
    void longTitlesAreCutBetweenCharacters();
    void repairs_data();
    void repairs();
    void hostileTitlesAreHarmless_data();
    void hostileTitlesAreHarmless();
    void randomBytesGiveCleanText();
};

void TestTitleText::texts_data()
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

void TestTitleText::texts()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, charset);
    QFETCH(QString, text);
    QCOMPARE(decodedTitle(bytes, charset), text);
}

void TestTitleText::titlesAreCleaned_data()
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

void TestTitleText::titlesAreCleaned()
{
    QFETCH(QString, given);
    QFETCH(QString, clean);
    QCOMPARE(cleanTitle(given), clean);
}

void TestTitleText::longTitlesAreCutBetweenCharacters()
{
    const QString title = cleanTitle(QString(399, u'x') + u"🎵🎵"_s);
    QCOMPARE(title, QString(399, u'x'));
    QCOMPARE(cleanTitle(QString(1'000'000, u'y')).size(), 400);
}

void TestTitleText::repairs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const QString umlaut = u"Mot\u00F6rhead"_s;
    QTest::newRow("once") << umlaut.toUtf8() << umlaut;
    QTest::newRow("twice, by way of Latin-1") << QString::fromLatin1(umlaut.toUtf8()).toUtf8() << umlaut;
    QTest::newRow("three times")
        << QString::fromLatin1(QString::fromLatin1(umlaut.toUtf8()).toUtf8()).toUtf8() << umlaut;
    // The right quote is E2 80 99, which Windows-1252 shows as three characters.
    QTest::newRow("twice, by way of Windows-1252") << u"It\u00E2\u20AC\u2122s"_s.toUtf8() << u"It\u2019s"_s;
    QTest::newRow("only looks like it in part")
        << u"\u00C3\u00B6 and \u00F6"_s.toUtf8() << u"\u00C3\u00B6 and \u00F6"_s;
    QTest::newRow("other scripts stay")
        << u"\u0391\u03B2 \u65E5\u672C \U0001F3B5"_s.toUtf8() << u"\u0391\u03B2 \u65E5\u672C \U0001F3B5"_s;
    QTest::newRow("entities") << QByteArray("Salt &amp; Pepper &#8211; Push It &lt;3 &quot;live&#x22;")
                              << u"Salt & Pepper \u2013 Push It <3 \"live\""_s;
    QTest::newRow("not entities") << QByteArray("R&B; AT&T &; &unknown; &#; &#xZZ; &#0; &#xD800; &#1114112;")
                                  << u"R&B; AT&T &; &unknown; &#; &#xZZ; &#0; &#xD800; &#1114112;"_s;
    QTest::newRow("once only") << QByteArray("&amp;lt;") << u"&lt;"_s;
    QTest::newRow("entity of a control character") << QByteArray("a&#133;b") << u"a b"_s;
    QTest::newRow("many ampersands") << QByteArray(500, '&') << QString(400, u'&');
}

void TestTitleText::repairs()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(repairedTitle(bytes), text);
}

void TestTitleText::hostileTitlesAreHarmless_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("end of the block")
        << QByteArray("A';StreamUrl='http://evil") << u"A';StreamUrl='http://evil"_s;
    QTest::newRow("quote") << QByteArray("It's") << u"It's"_s;
    QTest::newRow("line breaks") << QByteArray("A\r\nX-Evil: 1\r\n\r\nbody") << u"A X-Evil: 1 body"_s;
    QTest::newRow("escape") << QByteArray("A\x1B[2JB") << u"A [2JB"_s;
    QTest::newRow("0x01") << QByteArray("A\x01"
                                        "B")
                          << u"A B"_s;
    QTest::newRow("NUL") << QByteArray("A\0B", 3) << u"A B"_s;
    QTest::newRow("nothing but controls") << QByteArray("\x01\x02\x7F") << QString();
    QTest::newRow("script") << QByteArray("<script>alert(1)</script>") << u"<script>alert(1)</script>"_s;
    QTest::newRow("script in entities") << QByteArray("&lt;b&gt;") << u"<b>"_s;
    QTest::newRow("Latin-1 at the end") << QByteArray("Caf\xE9") << u"Caf\u00E9"_s;
    QTest::newRow("UTF-8 cut within a character") << QByteArray("\xC3\xBC"
                                                                "ber \xE2\x80")
                                                  << u"\u00FCber"_s;
    QTest::newRow("cut UTF-8") << QByteArray("A\xC3") << u"A\u00C3"_s;
    QTest::newRow("overlong") << QByteArray("A\xC0\xAF") << u"A\u00C0\u00AF"_s;
    QTest::newRow("right to left") << u"A\u202Egnp.B"_s.toUtf8() << u"Agnp.B"_s;
    QTest::newRow("byte order mark") << u"\uFEFFA"_s.toUtf8() << u"A"_s;
}

void TestTitleText::hostileTitlesAreHarmless()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    const QString title = repairedTitle(bytes);
    QCOMPARE(title, text);
    const QByteArray block = icyBlock(title);
    QCOMPARE(block.size(), 1 + 16 * static_cast<quint8>(block[0]));
    QCOMPARE(block.count("';"), 1);
    QVERIFY(!block.contains("StreamUrl=") || !block.contains("';StreamUrl="));
}

void TestTitleText::randomBytesGiveCleanText()
{
    QRandomGenerator random(40'001);
    const QByteArray pieces[] = {
        "&#", "&amp;", ";", "\xC3\x83\xC2\xB6", "';", "\xEF\xBB\xBF", "\xF0\x9F\x8E\xB5", "\r\n"};
    const QByteArray charsets[] = {"", "UTF-8", "ISO-8859-1", "UTF-16", "windows-1252", "x\xFF"};
    for (int round = 0; round < 5000; ++round) {
        QByteArray bytes;
        for (int i = random.bounded(40); i > 0; --i) {
            if (random.bounded(3) == 0)
                bytes += pieces[random.bounded(8)];
            else
                bytes += static_cast<char>(random.bounded(256));
        }
        const QString title = repairedTitle(bytes, charsets[random.bounded(6)]);
        QVERIFY(title.size() <= 400);
        QVERIFY(std::none_of(title.begin(), title.end(),
                             [](QChar c) { return c.category() == QChar::Other_Control; }));
        const QByteArray block = icyBlock(title);
        QCOMPARE(block.size(), 1 + 16 * static_cast<quint8>(block[0]));
        QCOMPARE(block.count("';"), 1);
    }
}

QTEST_APPLESS_MAIN(TestTitleText)
#include "tst_titletext.moc"
