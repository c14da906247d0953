// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sentence.h"

#include "tests/support/paths.h"

#include <QDataStream>
#include <QDebug>
#include <QDirIterator>
#include <QIODevice>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

/// As a catalogue would: the words of another language, places elsewhere.
QString backwards(const QByteArray &id)
{
    if (id == "%1 has ended: %2.")
        return u"%2: Ende von %1."_s;
    if (id == "nothing came for %1 s")
        return u"%1 s lang nichts"_s;
    return QString::fromUtf8(id);
}

Sentence ended()
{
    // Not by Core::tr(): these are nobody's sentences, and none for the catalogues.
    return Sentence::composed("%1 has ended: %2.")
        .arg(u"100 %1 %2"_s, Sentence::composed("nothing came for %1 s").arg(10));
}

Sentence overTheWire(const QByteArray &bytes)
{
    QDataStream in(bytes);
    Sentence sentence;
    in >> sentence;
    return sentence;
}

} // namespace

class TestSentence : public QObject
{
    Q_OBJECT

private slots:
    void isEnglishWhereNobodyAsks()
    {
        QCOMPARE(ended().english(), u"100 %1 %2 has ended: nothing came for 10 s."_s);
        const QString text = ended();
        QCOMPARE(text, ended().english());
        QVERIFY(!ended().isEmpty());
        QVERIFY(Sentence().isEmpty());
        QVERIFY(Sentence(QString()).isEmpty());
        QCOMPARE(Sentence().english(), QString());
    }

    void placesAreFilledOnce()
    {
        QCOMPARE(ended().worded(backwards), u"10 s lang nichts: Ende von 100 %1 %2."_s);
        QCOMPARE(Sentence(u"nothing came for %1 s"_s).worded(backwards), u"nothing came for %1 s"_s);
        // One after the other, numbers, and places that nobody fills.
        const Sentence sum = Sentence::composed("%1 of %2, %3%").arg(1).arg(2.5);
        QCOMPARE(sum.english(), u"1 of 2.5, %3%"_s);
        QCOMPARE(sum.arg("all"_L1).english(), u"1 of 2.5, all%"_s);
    }

    void equalIsWhatSaysTheSame()
    {
        QVERIFY(ended() == ended());
        QVERIFY(ended() == Sentence(ended().english()));
        QVERIFY(!(ended() == Sentence()));
    }

    /// A session keeps it, the helper program sends it.
    void survivesStorageAndTheWire()
    {
        for (const Sentence &sentence : {ended(), Sentence(u"[\"not a list\"]"_s), Sentence()}) {
            const Sentence stored = Sentence::fromJson(sentence.toJson());
            QCOMPARE(stored.english(), sentence.english());
            QCOMPARE(stored.worded(backwards), sentence.worded(backwards));
            QByteArray bytes;
            {
                QDataStream out(&bytes, QIODevice::WriteOnly);
                out << sentence;
            }
            QCOMPARE(overTheWire(bytes).worded(backwards), sentence.worded(backwards));
            for (qsizetype size = 0; size < bytes.size(); ++size)
                QVERIFY(overTheWire(bytes.first(size)).isEmpty());
        }
        // A session of an earlier version: text.
        QCOMPARE(Sentence::fromJson(u"It is gone."_s).english(), u"It is gone."_s);
    }

    /// A helper that was taken over may send anything.
    void whatIsHostileIsBounded()
    {
        QJsonValue deep = u"x"_s;
        for (int i = 0; i < 100; ++i)
            deep = QJsonArray{u"%1"_s, deep};
        QVERIFY(!Sentence::fromJson(deep).english().contains(u'x'));
        QJsonArray wide{u"%1"_s};
        for (int i = 0; i < 1000; ++i)
            wide.append(u"x"_s);
        QVERIFY(Sentence::fromJson(wide).isEmpty());
        QCOMPARE(Sentence::fromJson(QString(100'000, u'x')).english().size(), 4'000);
        // Nine places of four thousand letters each, in places of places, would come to hundreds of
        // megabytes.
        QJsonValue large = QString(4'000, u'x');
        for (int i = 0; i < 3; ++i) {
            QJsonArray each{QString(u"%1%2%3%4%5%6%7%8%9"_s).repeated(200)};
            for (int place = 0; place < 9; ++place)
                each.append(large);
            large = each;
        }
        QVERIFY(Sentence::fromJson(large).english().size() <= 4'000);
        for (const QJsonValue &odd : {QJsonValue(), QJsonValue(5), QJsonValue(QJsonArray()),
                                      QJsonValue(QJsonArray{5}), QJsonValue(QJsonObject())})
            QVERIFY(Sentence::fromJson(odd).isEmpty());
    }

    void whatStandsInItCanBeChanged()
    {
        const Sentence shouted =
            ended().mapped([](const QString &text) { return text.toUpper().replace(u'%', u'/'); });
        QCOMPARE(shouted.english(), u"100 /1 /2 has ended: nothing came for 10 s."_s);
        QCOMPARE(shouted.worded(backwards), u"10 s lang nichts: Ende von 100 /1 /2."_s);
    }

    /// A line of the log that is a sentence is known as one; any other line is not.
    void aLineOfTheLogIsKnown()
    {
        QString line;
        QDebug(&line).noquote().nospace() << ended();
        QCOMPARE(line, ended().english());
        QCOMPARE(takeSpokenSentence(line).worded(backwards), ended().worded(backwards));
        QVERIFY(takeSpokenSentence(line).isEmpty()); // once
        QDebug(&line).noquote().nospace() << "more: " << ended();
        QVERIFY(takeSpokenSentence(line).isEmpty());
    }

    /// A sentence that is made of a text which has been filled already stays English in every window.
    void noSentenceIsMadeOfAFilledText()
    {
        static const QRegularExpression filled(
            u"(?:Sentence|[fF]ailure)\\(\\s*(?:u\"[^\"]* [^\"]*\"|QStringLiteral)"_s);
        QVERIFY(filled.match(u"return failure(u\"The file %1 is empty\"_s.arg(path));"_s).hasMatch());
        QVERIFY(!filled.match(u"return failure(Core::tr(\"The file is empty\"));"_s).hasMatch());
        QStringList found;
        int seen = 0;
        for (const QString &folder : {u"core"_s, u"app"_s}) {
            QDirIterator it(test::sourcePath(folder), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                            QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                ++seen;
                for (auto all = filled.globalMatch(QString::fromUtf8(file.readAll())); all.hasNext();)
                    found.append(file.fileName() + u": "_s + all.next().captured(0));
            }
        }
        QVERIFY(seen > 300);
        QVERIFY2(found.isEmpty(), qPrintable(found.join('\n'_L1)));
    }

    void aVariantGivesItsText()
    {
        QCOMPARE(QVariant::fromValue(ended()).toString(), ended().english());
        const QList<Sentence> two{ended(), Sentence(u"x"_s)};
        QCOMPARE(QVariant::fromValue(two).toStringList(), (QStringList{ended().english(), u"x"_s}));
    }
};

QTEST_GUILESS_MAIN(TestSentence)

#include "tst_sentence.moc"
