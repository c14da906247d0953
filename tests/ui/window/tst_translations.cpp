// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// German, Spanish and French are complete, hold together, and are found at run time.
#include "core/config/settings.h"
#include "tests/support/paths.h"
#include "ui/look/language.h"
#include "ui/look/sentences.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

struct Message {
    QString context;
    QString source;
    QStringList translations; ///< one, or one for each plural form
    bool isFinished = true;
};

QString catalogue(const QString &code)
{
    return test::sourcePath(u"translations/cycast_%1.ts"_s.arg(code));
}

QList<Message> readCatalogue(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1) {
            context = xml.readElementText();
        } else if (xml.name() == "message"_L1) {
            messages.append({context, {}, {}, true});
        } else if (xml.name() == "source"_L1) {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            Message &message = messages.last();
            message.isFinished = !xml.attributes().hasAttribute("type"_L1);
            QString text;
            while (xml.readNext() != QXmlStreamReader::EndElement && !xml.atEnd()) {
                if (xml.isStartElement()) // one of the plural forms
                    message.translations.append(xml.readElementText());
                else
                    text += xml.text();
            }
            if (!text.trimmed().isEmpty())
                message.translations.append(text);
        }
    }
    return xml.hasError() ? QList<Message>() : messages;
}

QStringList placeholders(const QString &text)
{
    static const QRegularExpression place(u"%(?:[0-9]|n|d|g|%)"_s);
    QStringList found;
    for (auto it = place.globalMatch(text); it.hasNext();)
        found.append(it.next().captured());
    found.sort();
    found.removeDuplicates();
    return found;
}

bool hasMnemonic(const QString &text)
{
    static const QRegularExpression mnemonic(u"&[^&\\s]"_s);
    return mnemonic.match(text).hasMatch();
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private slots:
    void languages_data()
    {
        QTest::addColumn<QString>("code");
        for (const QString &code : {u"de"_s, u"es"_s, u"fr"_s})
            QTest::newRow(qPrintable(code)) << code;
    }

    // Every text of the sources is in the catalogue, translated: what lupdate would add is missing.
    void isComplete_data() { languages_data(); }
    void isComplete()
    {
        QFETCH(const QString, code);
        QTemporaryDir folder;
        const QString copy = folder.filePath(u"cycast_%1.ts"_s.arg(code));
        QVERIFY(QFile::copy(catalogue(code), copy));
        QProcess lupdate;
        lupdate.setWorkingDirectory(test::sourcePath({}));
        lupdate.start(QStringLiteral(CYCAST_LUPDATE), {u"-no-obsolete"_s, u"-locations"_s, u"none"_s,
                                                       u"core"_s, u"ui"_s, u"app"_s, u"-ts"_s, copy});
        QVERIFY(lupdate.waitForFinished(60'000));
        QCOMPARE(lupdate.exitCode(), 0);
        const QList<Message> messages = readCatalogue(copy);
        QVERIFY(messages.size() > 500);
        QStringList missing;
        for (const Message &message : messages) {
            if (!message.isFinished || message.translations.isEmpty() ||
                message.translations.contains(QString()))
                missing.append(message.context + u": "_s + message.source);
        }
        QVERIFY2(missing.isEmpty(), qPrintable(u"\n"_s + missing.join(u'\n')));
    }

    void holdsTogether_data() { languages_data(); }
    void holdsTogether()
    {
        QFETCH(const QString, code);
        QStringList faults;
        for (const Message &message : readCatalogue(catalogue(code))) {
            for (const QString &text : message.translations) {
                if (!message.source.contains("%n"_L1) && placeholders(text) != placeholders(message.source))
                    faults.append(u"places: "_s + message.source + u" -> "_s + text);
                if (!message.source.startsWith(u'<') && hasMnemonic(text) != hasMnemonic(message.source))
                    faults.append(u"key: "_s + message.source + u" -> "_s + text);
                if (message.source.contains(u'\n') != text.contains(u'\n'))
                    faults.append(u"lines: "_s + message.source + u" -> "_s + text);
                if (message.source.startsWith("Ctrl+"_L1) && text != message.source)
                    faults.append(u"shortcut: "_s + text);
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(u"\n"_s + faults.join(u'\n')));
    }

    // As the code asks for it, under whatever name lupdate filed it.
    void isFoundAtRunTime_data() { languages_data(); }
    void isFoundAtRunTime()
    {
        QFETCH(const QString, code);
        language::install(code);
        QCOMPARE(language::current(), code);
        int changed = 0;
        QList<Message> messages = readCatalogue(catalogue(code));
        QVERIFY(!messages.isEmpty());
        for (const Message &message : std::as_const(messages)) {
            if (message.source.contains("%n"_L1) || message.source.contains("printf"_L1))
                continue;
            const QByteArray context = message.context.toUtf8();
            const QByteArray qualified = "cycast::" + context;
            const QByteArray source = message.source.toUtf8();
            const QString found = QCoreApplication::translate(context.constData(), source.constData());
            if (message.source.startsWith(u"%d"_s) || message.source.startsWith(u"%g"_s))
                continue;
            QCOMPARE(found, message.translations.value(0));
            QCOMPARE(QCoreApplication::translate(qualified.constData(), source.constData()), found);
            changed += found != message.source ? 1 : 0;
        }
        QVERIFY(changed > 400);
        // Helpers ask under the name of a class.
        for (const char *context : {"Humanize", "ConnectDj", "Bans", "OnAirBar", "SettingsDialog"})
            QVERIFY(QCoreApplication::translate(context, "%1 people").contains(u"%1"_s));
        QVERIFY(QCoreApplication::translate("ConnectDj", "Command") != u"Command"_s);
        QVERIFY(QCoreApplication::translate("Humanize", "%1 tracks") != u"%1 tracks"_s);
        language::install(u"en"_s);
        QCOMPARE(QCoreApplication::translate("Humanize", "%1 tracks"), u"%1 tracks"_s);
    }

    // Where a sentence of the station is made, it can be translated: none is text on its way here.
    void theStationsSentencesAreTranslated()
    {
        const Sentence knock =
            Core::tr("%1 (%2 times more before)")
                .arg(Core::tr("wrong password; enter the source password of this station."), 7);
        QCOMPARE(said(knock),
                 u"wrong password; enter the source password of this station. (7 times more before)"_s);
        language::install(u"de"_s);
        const auto isGerman = [](const Sentence &sentence) {
            const QString german = said(sentence);
            return german != sentence.english() && !german.contains(" the "_L1) &&
                   !german.contains("expected"_L1);
        };
        QVERIFY2(isGerman(knock), qPrintable(said(knock)));
        QVERIFY(said(knock).contains(u'7'));
        // Places may stand elsewhere in another language, and what stands in them stays as it is.
        const Sentence taken =
            Core::tr("Port %1 is already in use by another program; close it or choose another port.")
                .arg(8000);
        QVERIFY2(isGerman(taken) && said(taken).contains(u"8000"_s), qPrintable(said(taken)));
        const QString skipped = said(Core::tr("Skipped %1.").arg(u"Off the air."_s));
        QVERIFY2(skipped.contains(u"Off the air."_s), qPrintable(skipped)); // a title, not a sentence of ours
        QVERIFY(said(Core::tr("Skipped %1.").arg(u"100 %1 %2"_s)).contains(u"100 %1 %2"_s));
        const QString file = said(
            Core::tr("“%1” is empty: copy it again from where it came from.").arg(u"%1 & <b>x</b>.mp3"_s));
        QVERIFY2(file.contains(u"“%1 & <b>x</b>.mp3”"_s) || file.contains(u"%1 & <b>x</b>.mp3"_s),
                 qPrintable(file));
        // A sentence in a sentence.
        const QString ended =
            said(Core::tr("The live source at %1 has ended: %2.")
                     .arg(u"192.0.2.7"_s, Core::tr("the source sent nothing for %1 s").arg(10)));
        QVERIFY2(!ended.contains("nothing for"_L1) && ended.contains("192.0.2.7"_L1), qPrintable(ended));
        QCOMPARE(said(Sentence(u"From here to there"_s)), u"From here to there"_s);
        QCOMPARE(said(Sentence()), QString());
        const QString strange = QString(10'000, u'x');
        QCOMPARE(said(Sentence(strange)), strange);
        language::install(u"en"_s);
    }

    // Whatever the settings dialog may have to say about a field, it says in German.
    void whatIsWrongWithASettingIsTranslated()
    {
        language::install(u"de"_s);
        QStringList english;
        int seen = 0;
        const auto look = [&](const Settings &settings) {
            for (const SettingsProblem &problem : validate(settings, PortRule::Fixed)) {
                ++seen;
                if (said(problem.sentence) == problem.sentence.english())
                    english.append(problem.field + u": "_s + problem.sentence);
            }
        };
        for (const SettingField &field : settingFields()) {
            for (const QVariant &value : {QVariant(-5), QVariant(1e9), QVariant(u""_s), QVariant(u"a\tb"_s),
                                          QVariant(u"wrong value?"_s), QVariant(u"hackme"_s),
                                          QVariant(QString(2'000, u'x')), QVariant(QStringList{u"x?"_s})}) {
                Settings settings;
                settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
                if (value.typeId() == QMetaType::QStringList ? field.type == QMetaType::QStringList
                                                             : field.type != QMetaType::QStringList)
                    field.set(settings, value);
                look(settings);
            }
        }
        english.removeDuplicates();
        QVERIFY2(english.isEmpty(), qPrintable(u"\n"_s + english.join(u'\n')));
        QVERIFY(seen > 60);
        language::install(u"en"_s);
    }

    void theSystemsLanguageIsFollowed()
    {
        QCOMPARE(language::resolved({}, {u"de-AT"_s, u"en"_s}), u"de"_s);
        QCOMPARE(language::resolved({}, {u"ja-JP"_s, u"fr_CA"_s}), u"fr"_s);
        QCOMPARE(language::resolved({}, {u"ja-JP"_s}), u"en"_s);
        QCOMPARE(language::resolved({}, {}), u"en"_s);
        QCOMPARE(language::resolved(u"es"_s, {u"de"_s}), u"es"_s);
        QCOMPARE(language::resolved(u"xx"_s, {u"de"_s}), u"de"_s);
    }

    void theChoiceIsKept()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"state/language"_s);
        QCOMPARE(language::load(file), QString());
        language::save(file, u"fr"_s);
        QCOMPARE(language::load(file), u"fr"_s);
        language::save(file, u"../../etc"_s);
        QCOMPARE(language::load(file), QString());
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
