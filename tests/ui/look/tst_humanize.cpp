// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/humanize.h"

#include <QTest>

#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

class TestHumanize : public QObject
{
    Q_OBJECT

private slots:
    void clocks()
    {
        QCOMPARE(humanize::clock(0), u"0:00"_s);
        QCOMPARE(humanize::clock(-5), u"0:00"_s);
        QCOMPARE(humanize::clock(190'999), u"3:10"_s);
        QCOMPARE(humanize::clock(3'723'000), u"1:02:03"_s);
        QCOMPARE(humanize::clock(360'000'000), u"100:00:00"_s);
        QCOMPARE(humanize::longClock(6'137'000), u"01:42:17"_s);
        QCOMPARE(humanize::remaining(1'000, 190'000), u"\u22123:09"_s);
        QCOMPARE(humanize::remaining(200'000, 190'000), u"\u22120:00"_s);
        QCOMPARE(humanize::remaining(1'000, 0), QString());
    }

    void durations()
    {
        QCOMPARE(humanize::duration(31'000), u"31 s"_s);
        QCOMPARE(humanize::duration(331'000), u"5 min 31 s"_s);
        QCOMPARE(humanize::duration(6'137'000), u"1 h 42 min"_s);
        QCOMPARE(humanize::duration(273'600'000), u"3 d 4 h"_s);
        QCOMPARE(humanize::seconds(18.2, english()), u"18.2 s"_s);
        QCOMPARE(humanize::seconds(331.4, english()), u"5 min 31 s"_s);
        QCOMPARE(humanize::seconds(std::numeric_limits<double>::quiet_NaN(), english()), u"0.0 s"_s);
        QCOMPARE(humanize::milliseconds(200.2, english()), u"200 ms"_s);
        QCOMPARE(humanize::milliseconds(1600, english()), u"1.6 s"_s);
    }

    void amounts()
    {
        QCOMPARE(humanize::bytes(512, english()), u"512 B"_s);
        QCOMPARE(humanize::bytes(5'347'738, english()), u"5.1 MB"_s);
        QCOMPARE(humanize::bytes(20 * 1024 * 1024, english()), u"20 MB"_s);
        QCOMPARE(humanize::bytes(qint64(1288) * 1024 * 1024, english()), u"1.3 GB"_s);
        QCOMPARE(humanize::bytes(5'347'738, QLocale(QLocale::German)), u"5,1 MB"_s);
        QCOMPARE(humanize::rate(668'000, english()), u"668 kB/s"_s);
        QCOMPARE(humanize::rate(0, english()), u"0 kB/s"_s);
        QCOMPARE(humanize::rate(1'440'000, english()), u"1.4 MB/s"_s);
        QCOMPARE(humanize::number(40'123'456, english()), u"40,123,456"_s);
        QCOMPARE(humanize::number(40'123'456, QLocale(QLocale::German)), u"40.123.456"_s);
        QCOMPARE(humanize::percent(25.34, english()), u"25.3 %"_s);
    }

    void aSystemWithoutALanguageGroupsThousands()
    {
        const QLocale before;
        QLocale::setDefault(QLocale::c());
        QCOMPARE(humanize::number(10'000), u"10,000"_s);
        QLocale::setDefault(before);
    }

    void counts()
    {
        QCOMPARE(humanize::tracks(1), u"1 track"_s);
        QCOMPARE(humanize::tracks(0), u"0 tracks"_s);
        QCOMPARE(humanize::listeners(42), u"42 listeners"_s);
    }

private:
    static QLocale english() { return QLocale(QLocale::English, QLocale::UnitedStates); }
};

QTEST_GUILESS_MAIN(TestHumanize)
#include "tst_humanize.moc"
