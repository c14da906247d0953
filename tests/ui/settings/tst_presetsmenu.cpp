// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakestation.h"
#include "tests/support/written.h"
#include "ui/settings/presetpreview.h"
#include "ui/settings/presetsmenu.h"
#include "ui/settings/userpresets.h"
#include "ui/window/stationstatusbar.h"

#include <QFile>
#include <QInputDialog>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <optional>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

struct Desk {
    FakeStation control{FakeStation::Answers::AtOnce};
    QUndoStack undo;
    QWidget window;
    PresetsMenu menu{control, undo, &window};

    Desk()
    {
        Settings settings;
        settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
        control.applySettings(settings);
        fakeCalls().clear();
    }

    static const Preset &preset(const QString &name)
    {
        for (const Preset &preset : presets()) {
            if (PresetsMenu::displayName(preset) == name)
                return preset;
        }
        qFatal("no such preset");
    }
    QStringList checked() const
    {
        QStringList result;
        for (QAction *action : menu.actions()) {
            if (action->isChecked())
                result.append(action->text());
        }
        return result;
    }
    PresetPreview *preview() const { return window.findChild<PresetPreview *>(); }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *button : preview()->findChildren<QPushButton *>()) {
            if (button->text() == text)
                return button;
        }
        return nullptr;
    }
    bool previewSays(const QString &text) const
    {
        for (QLabel *label : preview()->findChildren<QLabel *>()) {
            if (label->text().contains(text))
                return true;
        }
        return false;
    }
};

} // namespace

class TestPresetsMenu : public QObject
{
    Q_OBJECT

private slots:
    void allTenAreThere();
    void theOneInForceIsMarked();
    void choosingChangesNothingYet();
    void appliedAndTakenBack();
    void undoLeavesOtherChangesAlone();
    void sleepOnlyTouchesSleeps();
    void nothingToChangeIsSaid();
    void whatCannotBeAppliedSaysWhy();
    void theStatusBarNamesIt();
    void onesOwnAreSavedAppliedAndTaken();
};

void TestPresetsMenu::onesOwnAreSavedAppliedAndTaken()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"presets.json"_s);
    UserPresets presets(path);
    Desk desk;
    desk.menu.setUserPresets(presets);
    const auto named = [&desk](const QString &text) -> QAction * {
        for (QAction *action : desk.menu.actions()) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    };
    Settings settings = desk.control.settings();
    settings.buffer.sizeMb = 77;
    desk.control.applySettings(settings);
    desk.menu.askSave();
    auto *question = desk.window.findChild<QInputDialog *>();
    question->setTextValue(u" Sunday & late "_s);
    question->accept();
    QCOMPARE(presets.list().size(), 1);
    QVERIFY(named(u"Sunday && late"_s));
    QVERIFY(named(u"Sunday && late"_s)->isChecked());
    settings.buffer.sizeMb = 20;
    desk.control.applySettings(settings);
    QVERIFY(!named(u"Sunday && late"_s)->isChecked());
    named(u"Sunday && late"_s)->trigger();
    QVERIFY(desk.previewSays(u"77"_s));
    desk.button(u"Apply"_s)->click();
    QCOMPARE(desk.control.settings().buffer.sizeMb, 77);
    desk.undo.undo();
    QCOMPARE(desk.control.settings().buffer.sizeMb, 20);

    // Kept, renamed, taken to another computer.
    QVERIFY(test::everythingIsWritten());
    QCOMPARE(UserPresets(path).list(), presets.list());
    presets.rename(u"Sunday & late"_s, u"Sunday"_s);
    std::optional<QString> problem;
    const auto tell = [&problem](const QString &told) { problem = told; };
    presets.exportTo(folder.filePath(u"away.json"_s), this, tell);
    QTRY_VERIFY(problem);
    QCOMPARE(*problem, QString());
    presets.exportTo(folder.filePath(u"no/such/folder.json"_s), this, tell);
    QTRY_VERIFY(problem->contains(u"could not be written"_s));
    UserPresets other({});
    QVERIFY(other.importFrom(folder.filePath(u"away.json"_s)).isEmpty());
    QCOMPARE(other.list(), presets.list());
    presets.remove(u"Sunday"_s);
    QVERIFY(presets.list().isEmpty() && UserPresets(path).list().isEmpty());
    // What another file says is checked before it is anybody's preset.
    QFile file(folder.filePath(u"odd.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) &&
            file.write("{\"presets\": [{\"name\": \"x\", \"size_mb\": 5000}]}") > 0);
    file.close();
    QVERIFY(other.importFrom(file.fileName()).startsWith(u"x: "_s));
    QCOMPARE(other.list().size(), 1);
}

void TestPresetsMenu::allTenAreThere()
{
    Desk desk;
    QCOMPARE(presets().size(), 10);
    for (const Preset &preset : presets())
        QVERIFY(desk.menu.actionFor(preset.id) && desk.menu.actionFor(preset.id)->isEnabled());
}

void TestPresetsMenu::theOneInForceIsMarked()
{
    Desk desk;
    QCOMPARE(desk.checked(), QStringList{u"Home Server (Default)"_s});
    Settings settings = desk.control.settings();
    settings.buffer.sizeMb = 21;
    desk.control.applySettings(settings);
    QCOMPARE(desk.checked(), QStringList());
}

void TestPresetsMenu::choosingChangesNothingYet()
{
    Desk desk;
    desk.menu.actionFor(Desk::preset(u"Low-Latency DJ Mode"_s).id)->trigger();
    QVERIFY(desk.preview());
    QVERIFY(desk.preview()->isVisible());
    QCOMPARE(desk.checked(), QStringList{u"Home Server (Default)"_s});
    QVERIFY(desk.previewSays(u"broadcaster.chunk_size"_s));
    QVERIFY(desk.previewSays(u"4096"_s));
    QVERIFY(desk.previewSays(u"50 ms"_s));
    desk.button(u"Cancel"_s)->click();
    QVERIFY(fakeCalls().applied.isEmpty());
    QCOMPARE(desk.undo.count(), 0);
}

void TestPresetsMenu::appliedAndTakenBack()
{
    Desk desk;
    const Settings before = desk.control.settings();
    const Preset &preset = Desk::preset(u"Low-Latency DJ Mode"_s);
    desk.menu.choose(preset);
    desk.button(u"Apply"_s)->click();
    QCOMPARE(desk.control.settings(), withPreset(before, preset));
    QCOMPARE(desk.checked(), QStringList{u"Low-Latency DJ Mode"_s});
    QCOMPARE(desk.undo.count(), 1);
    QVERIFY(desk.undo.undoText().contains(u"Low-Latency DJ Mode"_s));
    desk.undo.undo();
    QCOMPARE(desk.control.settings(), before);
    QCOMPARE(desk.checked(), QStringList{u"Home Server (Default)"_s});
    desk.undo.redo();
    QCOMPARE(desk.control.settings(), withPreset(before, preset));
}

void TestPresetsMenu::undoLeavesOtherChangesAlone()
{
    Desk desk;
    desk.menu.choose(Desk::preset(u"Raspberry Pi"_s));
    desk.button(u"Apply"_s)->click();
    Settings settings = desk.control.settings();
    settings.metadata.stationName = u"Changed meanwhile"_s;
    settings.advanced.maxListeners = 12;
    desk.control.applySettings(settings);
    desk.undo.undo();
    QCOMPARE(desk.control.settings().buffer.sizeMb, 20);
    QCOMPARE(desk.control.settings().broadcaster, Settings::Broadcaster());
    QCOMPARE(desk.control.settings().metadata.stationName, u"Changed meanwhile"_s);
    QCOMPARE(desk.control.settings().advanced.maxListeners, 12);
}

void TestPresetsMenu::sleepOnlyTouchesSleeps()
{
    Desk desk;
    for (const Preset &preset : presets()) {
        if (preset.section != Preset::Section::SleepOnly)
            continue;
        const Settings before = desk.control.settings();
        desk.menu.choose(preset);
        desk.button(u"Apply"_s)->click();
        for (const QString &key : changedKeys(before, desk.control.settings()))
            QVERIFY2(key.startsWith(u"broadcaster.sleep_"_s), qPrintable(key));
        QVERIFY(!desk.menu.actionFor(preset.id)->isChecked());
    }
    QCOMPARE(desk.undo.count(), 2);
}

void TestPresetsMenu::nothingToChangeIsSaid()
{
    Desk desk;
    desk.menu.choose(Desk::preset(u"Home Server (Default)"_s));
    QVERIFY(desk.previewSays(u"in force already"_s));
    QVERIFY(!desk.button(u"Apply"_s));
    desk.button(u"Close"_s)->click();
    QCOMPARE(desk.undo.count(), 0);
}

void TestPresetsMenu::whatCannotBeAppliedSaysWhy()
{
    Desk desk;
    Settings broken = desk.control.settings();
    broken.server.mountPoint = u"stream"_s;
    desk.control.applySettings(broken);
    desk.menu.choose(Desk::preset(u"Raspberry Pi"_s));
    QVERIFY(desk.previewSays(u"Cannot be applied"_s));
    QVERIFY(!desk.button(u"Apply"_s)->isEnabled());
}

void TestPresetsMenu::theStatusBarNamesIt()
{
    Desk desk;
    StationStatusBar bar(desk.control);
    const auto says = [&bar](const QString &text) {
        for (QLabel *label : bar.findChildren<QLabel *>()) {
            if (label->text().contains(text))
                return true;
        }
        return false;
    };
    QVERIFY(says(u"Preset: Home Server (Default)"_s));
    QVERIFY(says(u"off air"_s));
    Settings settings = desk.control.settings();
    settings.buffer.sizeMb = 21;
    desk.control.applySettings(settings);
    QVERIFY(says(u"Preset: Custom"_s));
    StationStatus status;
    status.state = AirState::OnAir;
    status.onAirMs = 6'137'000;
    status.cpuPercent = 92.0;
    status.latencyMs = 900.0;
    status.memoryBytes = 58 << 20;
    emit desk.control.statusChanged(status);
    // A verdict that is not good is a word, not only a colour.
    QVERIFY(says(u"CPU 92.0 % (critical)"_s));
    QVERIFY(says(u"900 ms (high)"_s));
    QVERIFY(says(u"58 MB"_s));
    QVERIFY(says(u"1 h 42 min"_s));
}

QTEST_MAIN(TestPresetsMenu)
#include "tst_presetsmenu.moc"
