// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/hcllexer.h"
#include "core/config/hclliteral.h"
#include "core/config/hclparser.h"
#include "tests/support/computing.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

const HclValue *valueOf(const HclValue &parent, const QString &path)
{
    const HclValue *at = &parent;
    for (const QString &name : path.split('/'_L1)) {
        const HclValue *next = nullptr;
        for (const HclItem &item : at->items) {
            if (item.name == name)
                next = &item.value;
        }
        if (!next)
            return nullptr;
        at = next;
    }
    return at;
}

/// The whole error, as "line:column: sentence"; empty when the text is fine.
QString errorOf(const QByteArray &text)
{
    const auto root = parseHcl(text);
    return root ? QString() : hclLocated(u"f"_s, text, root.error().offset, root.error().sentence).mid(2);
}

} // namespace

class TestHcl : public QObject
{
    Q_OBJECT

private slots:
    void readsTexts_data()
    {
        QTest::addColumn<QByteArray>("literal");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QByteArray("\"abc\"") << u"abc"_s;
        QTest::newRow("empty") << QByteArray("\"\"") << u""_s;
        QTest::newRow("quote and backslash") << QByteArray("\"a\\\"b\\\\c\"") << u"a\"b\\c"_s;
        QTest::newRow("controls") << QByteArray("\"\\n\\t\\r\"") << u"\n\t\r"_s;
        QTest::newRow("unicode") << QByteArray("\"\\u00e9\\U0001F600\"") << u"\u00e9\U0001F600"_s;
        QTest::newRow("utf-8") << QByteArray("\"Grüße, 東京\"") << u"Grüße, 東京"_s;
        QTest::newRow("template is text") << QByteArray("\"${a} %{b} $${c}\"") << u"${a} %{b} $${c}"_s;
        QTest::newRow("comment signs") << QByteArray("\"http://x/#y /* z */\"") << u"http://x/#y /* z */"_s;
        QTest::newRow("heredoc") << QByteArray("<<EOF\n one\n  two \\n\nEOF") << u" one\n  two \\n"_s;
        QTest::newRow("heredoc, one line") << QByteArray("<<EOF\none\nEOF\n") << u"one"_s;
        QTest::newRow("heredoc, empty") << QByteArray("<<EOF\nEOF\n") << u""_s;
        QTest::newRow("heredoc, CR LF") << QByteArray("<<EOF\r\none\r\ntwo\r\nEOF\r\n") << u"one\ntwo"_s;
        QTest::newRow("heredoc, flush")
            << QByteArray("<<-END\n    one\n\n      two\n    END\n") << u"one\n\n  two"_s;
    }

    void readsTexts()
    {
        QFETCH(QByteArray, literal);
        QFETCH(QString, text);
        const QByteArray file = "a = " + literal + "\nb = 1\n";
        const auto root = parseHcl(file);
        QVERIFY2(root, qPrintable(errorOf(file)));
        const HclValue *value = valueOf(*root, u"a"_s);
        QVERIFY(value);
        QCOMPARE(value->kind, HclValue::Kind::String);
        QCOMPARE(value->text, text);
        QVERIFY(valueOf(*root, u"b"_s));
        // The span is the literal, no more and no less.
        QCOMPARE(file.sliced(value->begin, value->end - value->begin), literal.trimmed());
    }

    void readsNumbers_data()
    {
        QTest::addColumn<QByteArray>("literal");
        QTest::addColumn<double>("number");
        QTest::newRow("whole") << QByteArray("20") << 20.0;
        QTest::newRow("fraction") << QByteArray("0.0005") << 0.0005;
        QTest::newRow("float") << QByteArray("20.0") << 20.0;
        QTest::newRow("minus") << QByteArray("-1") << -1.0;
        QTest::newRow("plus") << QByteArray("+7") << 7.0;
        QTest::newRow("exponent") << QByteArray("5e-4") << 0.0005;
        QTest::newRow("large exponent") << QByteArray("1.5E+3") << 1500.0;
        QTest::newRow("leading zero") << QByteArray("08000") << 8000.0;
    }

    void readsNumbers()
    {
        QFETCH(QByteArray, literal);
        QFETCH(double, number);
        for (const QByteArray &file : {"a = " + literal, "b { a = " + literal + "}"}) {
            const auto root = parseHcl(file);
            QVERIFY2(root, qPrintable(errorOf(file)));
            const HclValue *value = valueOf(*root, file.startsWith('a') ? u"a"_s : u"b/a"_s);
            QVERIFY(value);
            QCOMPARE(value->kind, HclValue::Kind::Number);
            QCOMPARE(value->number, number);
        }
    }

    void readsStructure()
    {
        const QByteArray file = "\xEF\xBB\xBF# comment\r\n"
                                "// another\r\n"
                                "/* over\r\n lines */ top = true\r\n"
                                "\t\"quoted\" = false /* here */\r\n"
                                "one { a = 1, b = 2 c = 3, }\r\n"
                                "two \"label\" other {\r\n"
                                "\tdeep { deeper\r\n{ x = null } }\r\n"
                                "\tlist = [\r\n 1, # one\r\n \"two\", [3], { four = 4 },\r\n ]\r\n"
                                "}\r\n"
                                "object = { a = 1, \"b\" : 2\r\n c = 3 }\r\n"
                                "late =\r\n 5";
        const auto root = parseHcl(file);
        QVERIFY2(root, qPrintable(errorOf(file)));
        QCOMPARE(int(root->items.size()), 6);
        QVERIFY(valueOf(*root, u"top"_s)->truth);
        QVERIFY(!valueOf(*root, u"quoted"_s)->truth);
        QCOMPARE(valueOf(*root, u"one/b"_s)->number, 2.0);
        QCOMPARE(valueOf(*root, u"one/c"_s)->number, 3.0);
        QCOMPARE(root->items[3].labels, (QStringList{u"label"_s, u"other"_s}));
        QVERIFY(root->items[3].isBlock);
        QCOMPARE(valueOf(*root, u"two/deep/deeper/x"_s)->kind, HclValue::Kind::Null);
        QCOMPARE(int(valueOf(*root, u"two/list"_s)->elements.size()), 4);
        QCOMPARE(valueOf(*root, u"object/b"_s)->number, 2.0);
        QCOMPARE(valueOf(*root, u"object/c"_s)->number, 3.0);
        QCOMPARE(valueOf(*root, u"late"_s)->number, 5.0);
    }

    void namesThePlaceOfAnError_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("word"); ///< of the sentence
        const auto row = [](const char *name, const QByteArray &file, const QString &place,
                            const QString &word) { QTest::newRow(name) << file << place << word; };
        row("no value", "a {\n  b =\n}\n", u"2:6:"_s, u"expected a value for b"_s);
        row("no value at the end", "a =", u"1:4:"_s, u"expected a value for a"_s);
        row("colon", "a : 1", u"1:3:"_s, u"expected \"=\""_s);
        row("unquoted text", "host = localhost", u"1:8:"_s, u"\"localhost\""_s);
        row("True", "a = True", u"1:5:"_s, u"true or false"_s);
        row("single quotes", "a = 'x'", u"1:5:"_s, u"double quotes"_s);
        row("open text", "a = \"x\nb = 1", u"1:5:"_s, u"not closed"_s);
        row("open block", "a {\n b = 1\n", u"1:3:"_s, u"expected \"}\""_s);
        row("open comment", "a = 1 /* b", u"1:7:"_s, u"*/"_s);
        row("open list", "a = [1, 2\n", u"1:5:"_s, u"expected a comma or \"]\""_s);
        row("list without comma", "a = [1 2]", u"1:8:"_s, u"comma"_s);
        row("open heredoc", "a = <<EOF\nx\n", u"1:5:"_s, u"nothing but EOF"_s);
        row("heredoc without marker", "a = <<\nx\n", u"1:5:"_s, u"<<EOF"_s);
        row("stray brace", "a = 1\n}\n", u"2:1:"_s, u"no block is open"_s);
        row("unknown escape", "a = \"C:\\music\"", u"1:8:"_s, u"\"\\\\m\""_s);
        row("unknown escape, Cycast", "a = \"C:\\music\"", u"1:8:"_s, u"Cycast's own reader kept"_s);
        row("short \\u", "a = \"\\u12\"", u"1:6:"_s, u"4 hexadecimal"_s);
        row("surrogate", "a = \"\\ud800\"", u"1:6:"_s, u"hexadecimal"_s);
        row("unit glued", "a = 20MB", u"1:7:"_s, u"unit"_s);
        row("unit apart", "a {\n  b = 20 MB\n}", u"2:10:"_s, u"unit"_s);
        row("expression", "a = 1 * 2", u"1:7:"_s, u"\"*\""_s);
        row("two values", "a = 1 2", u"1:7:"_s, u"new line"_s);
        row("point first", "a = .5", u"1:5:"_s, u"0.5"_s);
        row("infinite", "a = 1e999", u"1:5:"_s, u"too large"_s);
        row("nan", "a = nan", u"1:5:"_s, u"text stands in quotes"_s);
        row("word alone", "a\nb = 1", u"2:1:"_s, u"after \"a\""_s);
        row("top-level comma", "a = 1, b = 2", u"1:6:"_s, u"a comma"_s);
        row("UTF-16", QByteArray("\xFF\xFE\x61\x00", 4), u"1:1:"_s, u"UTF-16"_s);
        row("Latin-1", "a = \"Gr\xFC\xDF\x65\"", u"1:5:"_s, u"UTF-8"_s);
        row("zero byte", QByteArray("a = \0", 5), u"1:5:"_s, u"U+0000"_s);
        row("columns are characters", "ä = \"ö\" ü", u"1:9:"_s, u"\"ü\""_s);
        row("CR LF counts once", "a = 1\r\nb =\r\n", u"2:4:"_s, u"value"_s);
        row("BOM counts nothing", "\xEF\xBB\xBF=", u"1:1:"_s, u"a key or a block"_s);
    }

    void namesThePlaceOfAnError()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, place);
        QFETCH(QString, word);
        const QString error = errorOf(file);
        QVERIFY2(error.startsWith(place), qPrintable(error));
        QVERIFY2(error.contains(word), qPrintable(error));
    }

    /// Hostile files are answered soon: generous for a sanitizer's slowness, hopeless for quadratic work.
    void answersLargeFilesSoon_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<bool>("valid");
        QTest::newRow("blocks nested") << QByteArray("a{").repeated(100000) << false;
        QTest::newRow("blocks nested and closed")
            << QByteArray("a{").repeated(100000) + QByteArray(100000, '}') << false;
        QTest::newRow("lists nested") << "a=" + QByteArray(1000000, '[') << false;
        QTest::newRow("objects nested") << "a=" + QByteArray("{a=").repeated(100000) << false;
        QTest::newRow("labels") << "a" + QByteArray(" b").repeated(500000) + "{}" << true;
        QTest::newRow("keys") << QByteArray("a=1\n").repeated(250000) << true;
        QTest::newRow("long list") << "a=[" + QByteArray("1,").repeated(500000) + "]" << true;
        QTest::newRow("long text") << "a=\"" + QByteArray(1000000, 'x') + "\"" << true;
        QTest::newRow("long number") << "a=" + QByteArray(1000000, '1') << false;
        QTest::newRow("escapes") << "a=\"" + QByteArray("\\n").repeated(500000) + "\"" << true;
        QTest::newRow("comment opened") << "/*" + QByteArray(1000000, '*') << false;
        QTest::newRow("comments") << QByteArray("/**/").repeated(250000) << true;
        QTest::newRow("heredocs opened") << QByteArray("a=<<A\n").repeated(170000) << false;
        QTest::newRow("blanks") << QByteArray(1000000, ' ') << true;
    }

    void answersLargeFilesSoon()
    {
        QFETCH(QByteArray, file);
        QFETCH(bool, valid);
        const test::ComputingTime timer;
        QCOMPARE(errorOf(file).isEmpty(), valid);
        QVERIFY2(timer.elapsed() < test::computingMs(5000), qPrintable(QString::number(timer.elapsed())));
    }

    void nestsAsDeepAsItSays()
    {
        const auto nested = [](int levels) {
            return QByteArray("a{").repeated(levels) + QByteArray(levels, '}');
        };
        QCOMPARE(errorOf(nested(kHclDeepest)), QString());
        QVERIFY(errorOf(nested(kHclDeepest + 1)).contains(u"nested deeper"_s));
    }

    void quotesWhatItReads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << u"plain"_s;
        QTest::newRow("quotes") << u"say \"hi\" \\ C:\\new"_s;
        QTest::newRow("controls") << u"\n\r\t\u0001\u007f"_s;
        QTest::newRow("wide") << u"東京 \U0001F600 é ${x}"_s;
    }

    void quotesWhatItReads()
    {
        QFETCH(QString, text);
        const auto root = parseHcl("a = " + hclQuoted(text));
        QVERIFY(root);
        QCOMPARE(valueOf(*root, u"a"_s)->text, text);
    }

    void writesDecimals()
    {
        QCOMPARE(hclLiteral(0.0005), QByteArray("0.0005"));
        QCOMPARE(hclLiteral(10.0), QByteArray("10.0"));
        QCOMPARE(hclLiteral(0.0), QByteArray("0.0"));
        QCOMPARE(hclLiteral(0.1 + 0.2).toDouble(), 0.1 + 0.2);
        QCOMPARE(hclLiteral(1e-9).toDouble(), 1e-9);
        QCOMPARE(hclLiteral(QStringList{u".mp3"_s, u".ogg"_s}), QByteArray("[\".mp3\", \".ogg\"]"));
    }
};

QTEST_GUILESS_MAIN(TestHcl)
#include "tst_hcl.moc"
