// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/icymetadata.h"

#include <QMap>
#include <QRandomGenerator>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

using Fields = QMap<QByteArray, QByteArray>;

/// The text of a block whose length byte and padding are right.
QByteArray textOf(const QByteArray &block)
{
    if (block.isEmpty())
        return "no length byte";
    const qsizetype length = static_cast<quint8>(block[0]) * 16;
    if (block.size() != length + 1)
        return "wrong length byte";
    QByteArray text = block.sliced(1);
    const qsizetype padding = text.indexOf('\0');
    if (padding >= 0) {
        if (text.size() - padding >= 16)
            return "a unit too many";
        if (text.count('\0') != text.size() - padding)
            return "NUL in the text";
        text.truncate(padding);
    }
    return text;
}

/// As careful players read: a name, the opening quote, then up to quote and semicolon.
Fields readCarefully(const QByteArray &text)
{
    Fields fields;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype open = text.indexOf("='", at);
        const qsizetype close = open < 0 ? -1 : text.indexOf("';", open + 2);
        if (close < 0)
            return {{"broken", text.sliced(at)}};
        fields[text.sliced(at, open - at)] = text.sliced(open + 2, close - open - 2);
        at = close + 2;
    }
    return fields;
}

/// As careless players read: the first quote and semicolon behind the name, even if the quote is the opening
/// one.
Fields readCarelessly(const QByteArray &text)
{
    Fields fields;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype open = text.indexOf("='", at);
        const qsizetype close = open < 0 ? -1 : text.indexOf("';", open);
        if (close < open + 2)
            return {{"broken", text.sliced(at)}};
        fields[text.sliced(at, open - at)] = text.sliced(open + 2, close - open - 2);
        at = close + 2;
    }
    return fields;
}

bool isWholeUtf8(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes).toUtf8() == bytes && !bytes.contains("\xEF\xBF\xBD");
}

} // namespace

class TestIcyMetadata : public QObject
{
    Q_OBJECT

private slots:
    void plainBlock();
    void emptyBlock();
    void everyLength();
    void everyCharacterBoundary();
    void hostileTitles_data();
    void hostileTitles();
    void longUrl();
    void anyTextIsReadBack();
    void streamTitle();
};

void TestIcyMetadata::plainBlock()
{
    QByteArray expected = "\x02StreamTitle='Artist - Song';";
    expected.resize(33, '\0');
    QCOMPARE(icyBlock(u"Artist - Song"_s), expected);
    QCOMPARE(textOf(icyBlock(u"A"_s, u"http://x/?a=1;b"_s)),
             QByteArray("StreamTitle='A';StreamUrl='http://x/?a=1;b';"));
    QCOMPARE(textOf(icyBlock({})), QByteArray("StreamTitle='';"));
    // Exactly one unit: nothing to pad.
    QCOMPARE(icyBlock(u"x"_s), QByteArray("\x01StreamTitle='x';"));
}

void TestIcyMetadata::emptyBlock()
{
    QCOMPARE(emptyIcyBlock(), QByteArray(1, '\0'));
}

void TestIcyMetadata::everyLength()
{
    for (int length = 0; length <= 5000; ++length) {
        const QByteArray block = icyBlock(QString(length, u'x'));
        QVERIFY(block.size() <= 1 + maxIcyTextBytes);
        const Fields fields = readCarefully(textOf(block));
        QCOMPARE(fields.size(), 1);
        QCOMPARE(fields["StreamTitle"].size(), qMin(length, 4080 - 15));
    }
    QCOMPARE(icyBlock(QString(9999, u'x')).size(), 4081);
    QCOMPARE(static_cast<quint8>(icyBlock(QString(9999, u'x'))[0]), 255);
}

void TestIcyMetadata::everyCharacterBoundary()
{
    // Two, three and four bytes, shifted byte by byte across the place of the cut.
    for (const QString &character : {u"\u00e9"_s, u"\u20ac"_s, u"\U0001F3B5"_s}) {
        const qsizetype size = character.toUtf8().size();
        for (int shift = 0; shift < 8; ++shift) {
            const QString title = QString(shift, u'a') + character.repeated(3000);
            const QByteArray text = readCarefully(textOf(icyBlock(title)))["StreamTitle"];
            QVERIFY(isWholeUtf8(text));
            QVERIFY(title.toUtf8().startsWith(text));
            QVERIFY(text.size() > 4065 - size && text.size() <= 4065);
        }
    }
    // A quote at the cut does not merge with what closes the field.
    for (int length = 4060; length < 4070; ++length) {
        const QString title = QString(length, u'x') + u"';';';"_s;
        QCOMPARE(readCarefully(textOf(icyBlock(title, u"u"_s))).size(), 1);
        QVERIFY(readCarefully(textOf(icyBlock(title))).contains("StreamTitle"));
        const QByteArray quotes = readCarefully(textOf(icyBlock(QString(length, u'\''))))["StreamTitle"];
        QCOMPARE(quotes, QByteArray(qMin(length, 4065), '\''));
    }
}

void TestIcyMetadata::hostileTitles_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("read");
    QTest::newRow("apostrophe") << u"It's"_s << u"It's"_s;
    QTest::newRow("injection") << u"A';StreamUrl='http://evil"_s << u"A\u2019;StreamUrl='http://evil"_s;
    QTest::newRow("ends with a quote") << u"rock'"_s << u"rock'"_s;
    QTest::newRow("only a quote") << u"'"_s << u"'"_s;
    QTest::newRow("two quotes") << u"'';x"_s << u"'\u2019;x"_s;
    QTest::newRow("only the end mark") << u"';"_s << u"\u2019;"_s;
    QTest::newRow("many") << u"';';';"_s << u"\u2019;\u2019;\u2019;"_s;
    QTest::newRow("semicolon first") << u";x"_s << u" ;x"_s;
    QTest::newRow("control between") << u"a'\u0001;b"_s << u"a\u2019;b"_s;
    QTest::newRow("line ends, ESC, NUL, DEL")
        << u"a\r\nb\u001bc\tx"_s + QChar(0) + u"d\u007f"_s << u"abcxd"_s;
    QTest::newRow("C1 controls") << u"a\u0085b\u009bc"_s << u"abc"_s;
    QTest::newRow("control, then semicolon") << u"\u0001;x"_s << u" ;x"_s;
    QTest::newRow("umlauts") << u"Bj\u00f6rk \u2013 J\u00f3ga \U0001F3B5"_s
                             << u"Bj\u00f6rk \u2013 J\u00f3ga \U0001F3B5"_s;
    QTest::newRow("equals quote") << u"a='b"_s << u"a='b"_s;
}

void TestIcyMetadata::hostileTitles()
{
    QFETCH(QString, title);
    QFETCH(QString, read);
    for (const QString &url : {QString(), u"http://good/"_s, title}) {
        const QByteArray text = textOf(icyBlock(title, url));
        Fields expected{{"StreamTitle", read.toUtf8()}};
        if (!url.isEmpty())
            expected["StreamUrl"] = url == title ? read.toUtf8() : url.toUtf8();
        QCOMPARE(readCarefully(text), expected);
        QCOMPARE(readCarelessly(text), expected);
    }
}

void TestIcyMetadata::longUrl()
{
    // The title comes first; an address that does not fit whole is left out.
    for (int length = 3990; length < 4100; ++length) {
        const Fields fields = readCarefully(textOf(icyBlock(u"Title"_s, QString(length, u'u'))));
        const bool fits = 20 + 11 + length + 2 <= 4080;
        QCOMPARE(fields["StreamTitle"], QByteArray("Title"));
        QCOMPARE(fields.contains("StreamUrl"), fits);
        if (fits)
            QCOMPARE(fields["StreamUrl"].size(), length);
    }
    QCOMPARE(readCarefully(textOf(icyBlock(QString(5000, u't'), u"u"_s))).size(), 1);
}

void TestIcyMetadata::anyTextIsReadBack()
{
    QRandomGenerator random(19);
    const QString alphabet = u"';='ab \u00e9\u20ac\U0001F3B5\u0001\r;'';"_s;
    const auto text = [&] {
        QString result;
        for (int i = random.bounded(random.bounded(10) == 0 ? 6000 : 30); i > 0; --i)
            result += random.bounded(8) == 0 ? QChar(static_cast<char16_t>(random.bounded(0x10000)))
                                             : alphabet[random.bounded(static_cast<int>(alphabet.size()))];
        return result;
    };
    for (int round = 0; round < 5000; ++round) {
        const QString title = text();
        const QString url = text();
        const QByteArray read = textOf(icyBlock(title, url));
        const Fields fields = readCarefully(read);
        QVERIFY2(fields.contains("StreamTitle") && !fields.contains("broken"), read.constData());
        QVERIFY(fields.size() <= 2 && (fields.size() == 1 || fields.contains("StreamUrl")));
        QCOMPARE(readCarelessly(read), fields);
        QCOMPARE(QString::fromUtf8(read).toUtf8(), read);
        for (const char byte : read)
            QVERIFY(static_cast<quint8>(byte) >= 0x20 && byte != 0x7F);
    }
}

void TestIcyMetadata::streamTitle()
{
    QCOMPARE(streamTitleOf(u"Artist"_s, u"Title"_s), u"Artist - Title"_s);
    QCOMPARE(streamTitleOf({}, u"Title"_s), u"Title"_s);
    QCOMPARE(streamTitleOf(u"Artist"_s, {}), u"Artist"_s);
    QCOMPARE(streamTitleOf({}, {}), QString());
}

QTEST_GUILESS_MAIN(TestIcyMetadata)
#include "tst_icymetadata.moc"
