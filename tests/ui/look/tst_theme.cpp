// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/card.h"
#include "ui/look/theme.h"

#include <QApplication>
#include <QLabel>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void textReachesItsContrast_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void textReachesItsContrast()
    {
        QFETCH(bool, dark);
        const QPalette palette = theme::palette(dark);
        QCOMPARE(theme::isDark(palette), dark);
        const QList<QColor> texts{theme::text(palette), theme::mutedText(palette), theme::accent(palette),
                                  theme::good(palette), theme::warning(palette),   theme::critical(palette)};
        const QList<QColor> grounds{theme::window(palette), theme::card(palette),
                                    palette.color(QPalette::AlternateBase)};
        for (const QColor &text : texts) {
            for (const QColor &ground : grounds)
                QVERIFY2(theme::contrast(text, ground) >= 4.5,
                         qPrintable(u"%1 on %2: %3"_s.arg(text.name(), ground.name())
                                        .arg(theme::contrast(text, ground))));
        }
        for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Good, Tone::Warning, Tone::Critical}) {
            const double found = theme::contrast(theme::color(tone, palette), theme::ground(tone, palette));
            QVERIFY2(found >= 4.5, qPrintable(u"chip %1: %2"_s.arg(int(tone)).arg(found)));
        }
        QVERIFY(theme::contrast(Qt::white, theme::onAir(palette)) >= 4.5);
        QVERIFY(theme::contrast(theme::text(palette), palette.color(QPalette::Highlight)) >= 4.5);
        QVERIFY(theme::contrast(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase)) >=
                4.5);
    }

    void everyNameInTheStyleSheetIsAColour()
    {
        for (const bool dark : {false, true}) {
            const QString sheet = theme::styleSheet(dark);
            QVERIFY(!sheet.contains(u'@'));
            QVERIFY(!sheet.contains(u": ;"_s));
            QVERIFY(!sheet.contains(u"solid ;"_s));
        }
    }

    /// A widget asks for room once, in the font that it has in no state; what a state made bold would be cut.
    void noStateHasAFontOfItsOwn()
    {
        static const QRegularExpression rule(u"([^{}]+)\\{([^}]*)\\}"_s);
        int rules = 0;
        for (auto at = rule.globalMatch(theme::styleSheet(false)); at.hasNext(); ++rules) {
            const QRegularExpressionMatch match = at.next();
            static const QRegularExpression state(u"[^:]:[a-z]"_s);
            QVERIFY2(!match.captured(1).contains(state) || !match.captured(2).contains(u"font"_s),
                     qPrintable(match.captured(0)));
        }
        QVERIFY(rules > 30);
    }

    void followsTheSystemBothWays()
    {
        ThemeKeeper::install(*qApp);
        ThemeKeeper::install(*qApp); // a second one changes nothing
        QVERIFY(!theme::isDark());
        qputenv("CYCAST_THEME", "dark");
        QEvent change(QEvent::ThemeChange);
        QCoreApplication::sendEvent(qApp, &change);
        QTRY_VERIFY(theme::isDark());
        QCOMPARE(qApp->styleSheet(), theme::styleSheet(true));
        qputenv("CYCAST_THEME", "light");
        QCoreApplication::sendEvent(qApp, &change);
        QTRY_VERIFY(!theme::isDark());
        qunsetenv("CYCAST_THEME");
    }

    void aCardSaysItsTitle()
    {
        Card card(u"Playlist"_s);
        QCOMPARE(card.accessibleName(), u"Playlist"_s);
        auto *chip = new QLabel(u"Healthy"_s);
        card.addBesideTitle(chip);
        card.show();
        QVERIFY(chip->x() < card.width() / 2);
        card.setTitle({});
        QVERIFY(card.titleLabel()->isHidden());
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
