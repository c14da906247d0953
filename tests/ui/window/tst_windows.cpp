// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A walk over the windows: in each language, at 100 and 200 % text, nothing is cut off, everything that takes
// the keyboard has a name, and no two neighbours in a menu share a key.
#include "exampledata.h"
#include "fakestation.h"
#include "ui/buffer/adviserbar.h"
#include "ui/buffer/buffercard.h"
#include "ui/buffer/bufferchart.h"
#include "ui/buffer/selftestdialog.h"
#include "ui/buffer/selftestprobe.h"
#include "ui/listeners/bandialog.h"
#include "ui/listeners/banlist.h"
#include "ui/listeners/banlistdialog.h"
#include "ui/listeners/listenersview.h"
#include "ui/log/logdock.h"
#include "ui/look/elidedlabel.h"
#include "ui/look/language.h"
#include "ui/look/tablelook.h"
#include "ui/look/theme.h"
#include "ui/onair/broadcastactions.h"
#include "ui/onair/listenbar.h"
#include "ui/onair/onairbar.h"
#include "ui/onair/sharedialog.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/playlist/playlistview.h"
#include "ui/settings/presetpreview.h"
#include "ui/settings/settingeditor.h"
#include "ui/settings/settingrow.h"
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
#include <QFontDatabase>
#include <QFontInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QStandardItemModel>
#include <QStyleOption>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>

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

/// What a widget shows in one piece, and how much room that takes in it; an empty text: nothing that could be
/// cut.
struct Shown {
    QString text;
    QSize has;
    QSize needed;
};

Shown shownBy(const QLabel &label)
{
    const bool isRich = label.textFormat() != Qt::PlainText && label.text().startsWith(u'<');
    if (qobject_cast<const ElidedLabel *>(&label))
        return {label.text(), label.size(), QSize(0, label.sizeHint().height())};
    if (isRich)
        return {};
    // The hint knows margins and the padding of chips. Wrapped text is as high as its width makes it.
    return {label.text(), label.size(),
            label.wordWrap() ? QSize(0, label.heightForWidth(label.width())) : label.sizeHint()};
}

Shown shownBy(const QAbstractButton &button)
{
    const auto *tool = qobject_cast<const QToolButton *>(&button);
    if (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull())
        return {};
    return {button.text(), button.size(),
            QSize(button.fontMetrics().size(Qt::TextShowMnemonic, button.text()).width(),
                  button.fontMetrics().height())};
}

/// Fields cut what is longer than they are, at their right end; never at the top or at the bottom. What a
/// list to choose from shows has to be there whole.
Shown shownBy(const QLineEdit &edit)
{
    QStyleOptionFrame option;
    option.initFrom(&edit);
    const QRect inside = edit.style()->subElementRect(QStyle::SE_LineEditContents, &option, &edit);
    return {u"Äg_"_s, inside.size(),
            QSize(edit.echoMode() == QLineEdit::Password ? edit.fontMetrics().height() * 6 : 0,
                  edit.fontMetrics().height())};
}

Shown shownBy(const QComboBox &box)
{
    QStyleOptionComboBox option;
    option.initFrom(&box);
    option.editable = box.isEditable();
    option.frame = box.hasFrame();
    option.subControls = QStyle::SC_All;
    const QRect inside =
        box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
    return {box.currentText(), inside.size(),
            QSize(box.fontMetrics().horizontalAdvance(box.currentText()), box.fontMetrics().height())};
}

Shown shownBy(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        return shownBy(*label);
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        return shownBy(*button);
    if (const auto *edit = qobject_cast<const QLineEdit *>(&widget))
        return shownBy(*edit);
    if (const auto *box = qobject_cast<const QComboBox *>(&widget))
        return shownBy(*box);
    return {};
}

/// Everything that is narrower or lower than its text.
QStringList cutOff(const QWidget &root)
{
    QStringList faults;
    for (const QWidget *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        const Shown shown = shownBy(*widget);
        if (shown.text.isEmpty())
            continue;
        // One pixel less is rounding, in width; in height it is the dots of an umlaut.
        if (shown.has.width() + 1 < shown.needed.width() || shown.has.height() < shown.needed.height())
            faults.append(
                u"%1: \u201c%2\u201d has %3x%4, needs %5x%6"_s.arg(nameOf(*widget), shown.text.left(60))
                    .arg(shown.has.width())
                    .arg(shown.has.height())
                    .arg(shown.needed.width())
                    .arg(shown.needed.height()));
    }
    return faults;
}

/// Likewise cells of lists whose columns are as wide as the dialog made them.
QStringList cutOffCells(const QWidget &root)
{
    QStringList faults;
    for (QTreeWidget *tree : root.findChildren<QTreeWidget *>()) {
        for (QTreeWidgetItemIterator at(tree); tree->isVisible() && *at; ++at) {
            for (int column = 0; column < tree->columnCount(); ++column) {
                const QModelIndex index = tree->indexFromItem(*at, column);
                const int has = tree->visualRect(index).width();
                const int needed = tree->sizeHintForIndex(index).width();
                if (has > 0 && has < needed)
                    faults.append(u"%1: \u201c%2\u201d has %3, needs %4"_s.arg(nameOf(*tree))
                                      .arg(index.data().toString())
                                      .arg(has)
                                      .arg(needed));
            }
        }
    }
    return faults;
}

/// Raw words of the settings file where people choose.
QStringList rawWords(const QWidget &root)
{
    QStringList faults;
    for (const QComboBox *box : root.findChildren<QComboBox *>()) {
        for (int i = 0; i < box->count(); ++i) {
            if (const QString text = box->itemText(i);
                !text.isEmpty() && text.at(0).isLower() && text == box->itemData(i))
                faults.append(u"%1 offers \u201c%2\u201d"_s.arg(nameOf(*box), text));
        }
    }
    return faults;
}

/// Rows of a form whose fields, or whose chips, begin nearly but not quite below each other.
QStringList unaligned(const QWidget &root)
{
    QStringList faults;
    const auto check = [&faults, &root](const QList<QWidget *> &widgets, const QString &what) {
        int first = -1;
        for (const QWidget *widget : widgets) {
            const int left = widget->mapTo(&root, QPoint()).x();
            first = first < 0 ? left : first;
            if (left != first)
                faults.append(
                    u"%1: %2 at %3, others at %4"_s.arg(nameOf(*widget), what).arg(left).arg(first));
        }
    };
    QList<QWidget *> fields;
    QList<QWidget *> chips;
    for (SettingRow *row : root.findChildren<SettingRow *>()) {
        if (!row->isVisible())
            continue;
        fields.append(row->editor());
        for (QLabel *label : row->findChildren<QLabel *>(QString(), Qt::FindDirectChildrenOnly)) {
            if (label->property("chip").isValid())
                chips.append(label);
        }
    }
    check(fields, u"a field"_s);
    check(chips, u"a chip"_s);
    return faults;
}

/// Where the text of `area` begins: the first column with another colour than the ground's.
int firstInk(const QImage &image, const QRect &area)
{
    const QRgb ground = image.pixel(area.topLeft());
    for (int x = area.left(); x <= area.right(); ++x) {
        for (int y = area.top(); y <= area.bottom(); ++y) {
            if (image.pixel(x, y) != ground)
                return x;
        }
    }
    return -1;
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

SelfTestFigures goodFigures()
{
    SelfTestFigures figures;
    figures.firstByteMs = 12;
    figures.bytesPerSecond = 16'000;
    figures.bitrateKbps = 128;
    figures.cpuPercent = 0.6;
    figures.memoryMb = 58;
    figures.bufferMb = 20;
    figures.listeners = 42;
    figures.fillPercent = 25.3;
    return figures;
}

SelfTestFigures badFigures()
{
    SelfTestFigures figures = goodFigures();
    figures.firstByteMs = 2'345;
    figures.bytesPerSecond = 9'000;
    figures.cpuPercent = 97.5;
    figures.memoryMb = 12'345;
    figures.fillPercent = 1.2;
    return figures;
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
        QTest::addColumn<QString>("family");
        for (const QString &family : {u"Liberation Sans Narrow"_s, u"Liberation Sans"_s, u"DejaVu Sans"_s}) {
            for (const QString &code : {u"en"_s, u"de"_s, u"es"_s, u"fr"_s}) {
                for (const double size : {1.0, 2.0})
                    QTest::addRow("%s %.0f %% %s", qPrintable(code), size * 100.0, qPrintable(family))
                        << code << size << family;
            }
        }
    }

    void everythingIsReadable()
    {
        QFETCH(const QString, code);
        QFETCH(const double, textSize);
        QFETCH(const QString, family);
        language::install(code);
        useFont(family, textSize);
        FakeStation control{FakeStation::Answers::AtOnce};
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
            faults += cutOffCells(window);
            faults += nameless(window);
            faults += rawWords(window);
            faults += unaligned(window);
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
        for (const SelfTestFigures &figures : {goodFigures(), badFigures()}) {
            emit selfTest.findChild<SelfTestProbe *>()->finished(figures);
            look(selfTest);
        }
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
        for (const QString &fault : std::as_const(faults)) // QtTest cuts long messages
            qWarning().noquote() << fault;
        QVERIFY(faults.isEmpty());
    }

    // The fonts of a machine decide nothing here: what is named is what is drawn.
    void onlyNamedFontsAreThere()
    {
        QStringList families = QFontDatabase::families();
        for (const QString &alias : {u"Monospace"_s, u"Sans Serif"_s, u"Serif"_s})
            families.removeAll(alias);
        families.sort();
        QCOMPARE(families, QStringList({u"DejaVu Sans"_s, u"DejaVu Sans Mono"_s, u"Liberation Sans"_s,
                                        u"Liberation Sans Narrow"_s}));
        QCOMPARE(QFontInfo(m_font).family(), u"DejaVu Sans"_s);
    }

    // A column's name and what stands below it begin at the same place.
    void headersStandOverTheirCells_data()
    {
        QTest::addColumn<double>("textSize");
        QTest::newRow("100 %") << 1.0;
        QTest::newRow("200 %") << 2.0;
    }

    void headersStandOverTheirCells()
    {
        QFETCH(const double, textSize);
        useFont(u"DejaVu Sans"_s, textSize);
        QTableView table;
        applyTableLook(table);
        table.setAlternatingRowColors(false);
        QStandardItemModel model(2, 3);
        for (int column = 0; column < 3; ++column) {
            const Qt::Alignment side = column == 2 ? Qt::AlignRight : Qt::AlignLeft;
            model.setHeaderData(column, Qt::Horizontal, u"HHH"_s);
            model.setHeaderData(column, Qt::Horizontal, QVariant(side | Qt::AlignVCenter),
                                Qt::TextAlignmentRole);
            auto *item = new QStandardItem(u"HHH"_s);
            item->setTextAlignment(side | Qt::AlignVCenter);
            model.setItem(0, column, item);
        }
        table.setModel(&model);
        table.resize(QSize(500, 200) * textSize);
        for (int column = 0; column < 3; ++column)
            table.setColumnWidth(column, qRound(150 * textSize));
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        const QImage image = table.grab().toImage();
        const QPoint cells = table.viewport()->mapTo(&table, QPoint());
        const QPoint names = table.horizontalHeader()->viewport()->mapTo(&table, QPoint());
        // Not the first one, which the pointer stands on.
        for (int column = 1; column < 3; ++column) {
            QRect area(table.columnViewportPosition(column) + 1, 2, table.columnWidth(column) - 2, 1);
            area.setHeight(table.rowHeight(0) - 4);
            const int cell = firstInk(image, area.translated(cells)) - cells.x();
            area.setHeight(table.horizontalHeader()->height() - 6);
            const int name = firstInk(image, area.translated(names)) - names.x();
            QVERIFY(cell > 0 && name > 0);
            QVERIFY2(qAbs(cell - name) <= 1,
                     qPrintable(u"column %1: %2 and %3"_s.arg(column).arg(name).arg(cell)));
        }
    }

    void rightToLeftIsUsable()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
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
        FakeStation control{FakeStation::Answers::AtOnce};
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
    void useFont(const QString &family, double textSize)
    {
        QFont font = m_font;
        font.setFamilies({family});
        QApplication::setFont(theme::scaled(font, textSize));
        QCOMPARE(QFontInfo(QApplication::font()).family(), family);
    }

    QFont m_font;
};

QTEST_MAIN(TestWindows)
#include "tst_windows.moc"
