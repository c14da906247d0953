// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recording/cuesheet.h"
#include "core/recording/recordingnames.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestRecordingNames : public QObject
{
    Q_OBJECT

private slots:
    void namesAreSafe_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << u"Harbour Radio"_s << u"Harbour Radio"_s;
        QTest::newRow("separators") << u"AC/DC \\ x: y|z"_s << u"AC-DC - x- y-z"_s;
        QTest::newRow("way up") << u"../../etc/passwd"_s << u"-..-etc-passwd"_s;
        QTest::newRow("windows") << u"a*b?c\"d<e>f"_s << u"a_b_c'd_e_f"_s;
        QTest::newRow("control") << u"a\nb\tc\u0000d\u202e"_s.left(10) << u"a b c d"_s;
        QTest::newRow("dots") << u" .hidden. . "_s << u"hidden"_s;
        QTest::newRow("empty") << u""_s << u"Untitled"_s;
        QTest::newRow("only dots") << u"..."_s << u"Untitled"_s;
        QTest::newRow("device") << u"CON"_s << u"_CON"_s;
        QTest::newRow("device with ending") << u"lpt1.mp3"_s << u"_lpt1.mp3"_s;
        QTest::newRow("not a device") << u"Conference"_s << u"Conference"_s;
    }
    void namesAreSafe()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, name);
        QCOMPARE(safeFileName(text), name);
    }

    void longNamesAreCutBetweenCharacters()
    {
        const QString eyes = QString(100, u'x') + QString::fromUtf8("\xF0\x9F\x91\x80").repeated(50);
        const QString name = safeFileName(eyes);
        QVERIFY(name.toUtf8().size() <= 120);
        QVERIFY(name.toUtf8().size() > 110);
        QCOMPARE(QString::fromUtf8(name.toUtf8()), name);
    }

    void namesAndEndings()
    {
        const QDateTime when(QDate(2026, 2, 3), QTime(4, 5, 6));
        QCOMPARE(recordingName(when, u"A/B"_s), u"2026-02-03 04.05.06 A-B"_s);
        QCOMPARE(endingFor("audio/mpeg"), u".mp3"_s);
        QCOMPARE(endingFor("AUDIO/AACP"), u".aac"_s);
        QCOMPARE(endingFor("application/ogg"), u".ogg"_s);
        QCOMPARE(endingFor("image/png"), u".audio"_s);
    }

    void aSheetForOneFile()
    {
        CueSheet sheet;
        sheet.title = u"Night \"show\""_s;
        sheet.files = {{u"night.mp3"_s,
                        {{u"One"_s, u"A"_s, 0},
                         {u"Two\nlines"_s, {}, 61 * flicksPerSecond + flicksPerSecond / 2},
                         {u"Three"_s, u"C"_s, 7200 * flicksPerSecond}}}};
        QCOMPARE(writeCueSheet(sheet), QByteArray("TITLE \"Night 'show'\"\r\n"
                                                  "FILE \"night.mp3\" MP3\r\n"
                                                  "  TRACK 01 AUDIO\r\n"
                                                  "    TITLE \"One\"\r\n"
                                                  "    PERFORMER \"A\"\r\n"
                                                  "    INDEX 01 00:00:00\r\n"
                                                  "  TRACK 02 AUDIO\r\n"
                                                  "    TITLE \"Two lines\"\r\n"
                                                  "    INDEX 01 01:01:37\r\n"
                                                  "  TRACK 03 AUDIO\r\n"
                                                  "    TITLE \"Three\"\r\n"
                                                  "    PERFORMER \"C\"\r\n"
                                                  "    INDEX 01 120:00:00\r\n"));
    }
};

QTEST_GUILESS_MAIN(TestRecordingNames)
#include "tst_recordingnames.moc"
