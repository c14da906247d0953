// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A walk over the windows: in each language, at 100 and 200 % text, nothing is cut off, everything that takes
// the keyboard has a name, and no two neighbours in a menu share a key.
#include "exampledata.h"
#include "fakestationcontrol.h"
#include "ui/buffer/adviserbar.h"
#include "ui/buffer/buffercard.h"
#include "ui/buffer/bufferchart.h"
#include "ui/buffer/selftestdialog.h"
#include "ui/listeners/bandialog.h"
#include "ui/listeners/banlist.h"
#include "ui/listeners/banlistdialog.h"
#include "ui/listeners/listenersview.h"
#include "ui/log/logdock.h"
#include "ui/look/elidedlabel.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/onair/broadcastactions.h"
#include "ui/onair/listenbar.h"
#include "ui/onair/onairbar.h"
#include "ui/onair/sharedialog.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/playlist/playlistview.h"
#include "ui/settings/presetpreview.h"
#include "ui/settings/settingsdialog.h"
#include "ui/settings/userpresets.h"
#include "ui/settings/userpresetsdialog.h"
#include "ui/sources/connectdjdialog.h"
#include "ui/sources/knockdock.h"
#include "ui/window/mainwindow.h"
#include "ui/window/shortcutsdialog.h"

#include <QAbstractAnimation>
#include <QAbstractButton>
#include <QApplication>
#include <QChart>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

QString nameOf(const QWidget &widget)
{
    QString path = QString::fromLatin1(widget.metaObject()->className());
    if (!widget.objectName().isEmpty())
        path += u'#' + widget.objectName();
    return path + u" in "_s + QString::fromLatin1(widget.window()->metaObject()->className());
}

/// Labels and buttons that are narrower or lower than their text.
QStringList cutOff(const QWidget &root)
{
    QStringList faults;
    for (const QWidget *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        QString text;
        QSize needed;
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            const auto *tool = qobject_cast<const QToolButton *>(widget);
            if (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull())
                continue;
            text = button->text();
            needed = QSize(button->fontMetrics().size(Qt::TextShowMnemonic, text).width(), 0);
        } else if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            if (qobject_cast<const ElidedLabel *>(widget))
                continue;
            text = label->text();
            needed = label->wordWrap() ? QSize(0, label->heightForWidth(label->width()))
                                       : label->fontMetrics().size(Qt::TextShowMnemonic, text);
            if (label->textFormat() != Qt::PlainText && text.startsWith(u'<'))
                continue;
        }
        if (text.isEmpty())
            continue;
        // One pixel less is rounding.
        if (widget->width() + 1 < needed.width() || widget->height() + 1 < needed.height())
            faults.append(u"%1: \u201c%2\u201d has %3x%4, needs %5x%6"_s.arg(nameOf(*widget), text.left(60))
                              .arg(widget->width())
                              .arg(widget->height())
                              .arg(needed.width())
                              .arg(needed.height()));
    }
    return faults;
}

QStringList nameless(const QWidget &root)
{
    QStringList faults;
    for (const QWidget *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisible() || (widget->focusPolicy() & Qt::TabFocus) == 0 || widget->focusProxy())
            continue;
        if (widget->objectName().startsWith("qt_"_L1) || widget->inherits("QScrollArea") ||
            widget->inherits("QTabBar")) // of docks: Qt makes and names it
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        bool hasName = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        for (const QLabel *label : root.findChildren<QLabel *>())
            hasName = hasName || label->buddy() == widget;
        if (!hasName)
            faults.append(nameOf(*widget));
    }
    return faults;
}

QStringList sharedKeys(const QMenu &menu)
{
    QStringList faults;
    QHash<QString, QString> taken;
    for (const QAction *action : menu.actions()) {
        const QKeySequence key = QKeySequence::mnemonic(action->text());
        if (!action->isVisible() || action->isSeparator() || key.isEmpty())
            continue;
        const QString name = key.toString();
        if (taken.contains(name))
            faults.append(u"%1: \u201c%2\u201d and \u201c%3\u201d"_s.arg(menu.title(), taken.value(name),
                                                                         action->text()));
        taken.insert(name, action->text());
    }
    return faults;
}

} // namespace

class TestWindows : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        ThemeKeeper::install(*qApp);
        m_font = QApplication::font();
    }

    void cleanup()
    {
        QApplication::setFont(m_font);
        language::install(u"en"_s);
    }

    void everythingIsReadable_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<double>("textSize");
        for (const QString &code : {u"en"_s, u"de"_s, u"es"_s, u"fr"_s}) {
            for (const double size : {1.0, 2.0})
                QTest::addRow("%s %.0f %%", qPrintable(code), size * 100.0) << code << size;
        }
    }

    void everythingIsReadable()
    {
        QFETCH(const QString, code);
        QFETCH(const double, textSize);
        language::install(code);
        QApplication::setFont(theme::scaled(m_font, textSize));
        StationControl control;
        Settings settings;
        settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
        control.applySettings(settings);
        QStringList faults;
        const auto look = [&faults](QWidget &window) {
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            for (int i = 0; i < 20; ++i)
                QCoreApplication::processEvents();
            faults += cutOff(window);
            faults += nameless(window);
        };
        {
            MainWindow window(control, {});
            const QList<PlaylistEntry> tracks = exampleTracks();
            window.editor().restore(tracks);
            window.resize(QSize(1280, 800) * textSize);
            look(window);
            const StationStatus status = exampleStatus(tracks[0].track, tracks[1].track);
            window.goOnAir();
            emit control.onAir(status.addresses);
            emit control.statusChanged(status);
            emit control.auditionChanged({Audition::Verdict::Silent, -90.0, 17, true});
            window.knockDock().show();
            look(window);
            auto *listen = window.findChild<ListenBar *>();
            for (const OwnSound::State state : {OwnSound::State::Playing, OwnSound::State::NoDevice}) {
                emit listen->sound().stateChanged(state);
                look(window);
            }
            window.findChild<QToolButton *>(u"showLeft"_s)->setChecked(true);
            window.findChild<LogDock *>()->show();
            look(window);
            ShortcutsDialog shortcuts(*window.menuBar());
            look(shortcuts);
            for (const QAction *menu : window.menuBar()->actions())
                faults += sharedKeys(*menu->menu());
        }
        ShareDialog share;
        share.setAddresses(exampleStatus({}, {}).addresses);
        look(share);
        ConnectDjDialog connectDj(control);
        for (const DjProgram program : {DjProgram::Mixxx, DjProgram::Butt, DjProgram::Vlc, DjProgram::Obs,
                                        DjProgram::Ffmpeg, DjProgram::Other}) {
            connectDj.choose(program);
            look(connectDj);
        }
        SelfTestDialog selfTest(control);
        look(selfTest);
        BanDialog ban({u"192.0.2.7"_s, {}, {}, {}}, [](const Ban &) { return 12; });
        look(ban);
        BanList bans(control, {});
        bans.setBans({{u"192.0.2.7"_s, u"VLC"_s, {}, u"too loud in the chat"_s}});
        BanListDialog banned(bans, [](const Ban &) { return 12; });
        look(banned);
        UserPresets presets{QString()};
        UserPresetsDialog own(presets);
        look(own);
        Settings after = settings;
        after.broadcaster.chunkSize = 4096;
        after.buffer.sizeMb = 5;
        PresetPreview preview(u"Low-Latency DJ Mode"_s, u"For live shows"_s, settings, after, 128);
        look(preview);
        SettingsDialog dialog(control);
        auto *pages = dialog.findChild<QListWidget *>(u"settingsPages"_s);
        for (int page = 0; page < pages->count(); ++page) {
            pages->setCurrentRow(page);
            look(dialog);
        }
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(u"\n"_s + faults.join(u'\n')));
    }

    void rightToLeftIsUsable()
    {
        StationControl control;
        QApplication::setLayoutDirection(Qt::RightToLeft);
        MainWindow window(control, {});
        window.editor().restore(exampleTracks());
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        // What is first stands at the right: the playlist, the ON AIR button, the first column.
        const auto left = [&window](const QWidget *widget) { return widget->mapTo(&window, QPoint()).x(); };
        QVERIFY(left(window.playlistView()) > left(window.findChild<BufferCard *>()));
        QVERIFY(left(window.onAirBar()->airButton()) > window.width() / 2);
        const QTableView *table = window.findChild<QTableView *>(u"listenersTable"_s);
        QVERIFY(table->horizontalHeader()->sectionViewportPosition(0) >
                table->horizontalHeader()->sectionViewportPosition(1));
        const QStringList faults = cutOff(window);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }

    // Whoever asks the system for less motion gets what everybody gets: nothing moves of itself.
    void nothingIsAnimated()
    {
        StationControl control;
        MainWindow window(control, {});
        window.editor().restore(exampleTracks());
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.goOnAir();
        emit control.onAir(exampleStatus({}, {}).addresses);
        emit control.auditionChanged({Audition::Verdict::Silent, -90.0, 17, true});
        for (const QAbstractAnimation *each : window.findChildren<QAbstractAnimation *>())
            QVERIFY(each->state() != QAbstractAnimation::Running); // styles and docks bring some along
        QVERIFY(!window.isAnimated());
        QCOMPARE(window.findChild<BufferChart *>()->chart()->animationOptions(), QChart::NoAnimation);
    }

private:
    QFont m_font;
};

QTEST_MAIN(TestWindows)
#include "tst_windows.moc"
