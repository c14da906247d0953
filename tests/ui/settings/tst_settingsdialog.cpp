// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakestation.h"
#include "ui/settings/settingeditor.h"
#include "ui/settings/settingrow.h"
#include "ui/settings/settingsdialog.h"
#include "ui/settings/settingtexts.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <memory>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

struct Desk {
    FakeStation control{FakeStation::Answers::AtOnce};
    SettingsDialog *dialog = nullptr;

    explicit Desk(const Settings &settings = valid())
    {
        fakeCalls().clear();
        control.applySettings(settings);
        fakeCalls().clear();
        dialog = new SettingsDialog(control);
        dialog->show();
    }
    ~Desk() { delete dialog; }

    static Settings valid()
    {
        Settings settings;
        settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
        return settings;
    }

    SettingRow *row(const QString &key) const
    {
        for (SettingRow *row : dialog->findChildren<SettingRow *>()) {
            if (row->key() == key)
                return row;
        }
        return nullptr;
    }
    template<class T>
    T *input(const QString &key) const
    {
        return qobject_cast<T *>(row(key)->editor()->input());
    }
    QAbstractButton *button(const QString &text) const
    {
        for (QAbstractButton *button : dialog->findChildren<QAbstractButton *>()) {
            if (button->text().remove(u'&') == text)
                return button;
        }
        return nullptr;
    }
    void choosePage(const QString &title) const
    {
        auto *pages = dialog->findChild<QListWidget *>();
        for (int i = 0; i < pages->count(); ++i) {
            if (pages->item(i)->text().startsWith(title))
                pages->setCurrentRow(i);
        }
    }
    bool says(const QString &text) const
    {
        for (QLabel *label : dialog->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }
    void type(const QString &key, const QString &text) const
    {
        dialog->showField(key);
        auto *edit = row(key)->findChild<QLineEdit *>();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
};

/// Bounds of the field, and values between them.
QList<QVariant> valuesOf(const SettingField &field)
{
    const double least = settingtexts::hasAutomatic(field) ? 0.0 : field.minimum;
    const double middle = (least + field.maximum) / 2.0;
    switch (field.type) {
    case QMetaType::Int:
        return {static_cast<int>(least), static_cast<int>(middle), static_cast<int>(field.maximum) - 1,
                static_cast<int>(field.maximum)};
    case QMetaType::Double:
        return {least, middle, std::round(field.maximum * 300.0) / 1000.0, field.maximum};
    case QMetaType::Bool:
        return {true, false};
    case QMetaType::QStringList:
        return {QStringList{u".mp3"_s, u".ogg"_s}, QStringList{u".flac"_s}};
    default:
        if (field.choices.isEmpty())
            return {u"a b"_s, u"x_y"_s, QString()};
        return QList<QVariant>(field.choices.cbegin(), field.choices.cend());
    }
}

QString asTyped(const SettingField &field, const QVariant &value)
{
    if (field.type == QMetaType::QStringList)
        return value.toStringList().join(u", "_s);
    if (field.type == QMetaType::Int || field.type == QMetaType::Double)
        return QString::number(value.toDouble() * settingtexts::shownFactor(field), 'f',
                               QLocale::FloatingPointShortest);
    return value.toString();
}

bool isSame(const QVariant &is, const QVariant &wanted)
{
    return wanted.typeId() == QMetaType::Double ? qFuzzyCompare(is.toDouble() + 1.0, wanted.toDouble() + 1.0)
                                                : is == wanted;
}

bool isShown(const SettingEditor &editor, const SettingField &field, const QVariant &value)
{
    if (const auto *box = qobject_cast<const QDoubleSpinBox *>(editor.input()))
        return isSame(box->text().toDouble() / settingtexts::shownFactor(field), value.toDouble());
    if (const auto *check = qobject_cast<const QCheckBox *>(editor.input()))
        return check->isChecked() == value.toBool();
    if (const auto *box = qobject_cast<const QComboBox *>(editor.input()))
        return box->currentData() == value && box->findData(value) < field.choices.size();
    const auto *line = qobject_cast<const QLineEdit *>(editor.input());
    if (line == nullptr)
        return false;
    return field.type == QMetaType::QStringList
               ? line->text().split(QRegularExpression(u"[ ,]+"_s)) == value.toStringList()
               : line->text() == value.toString();
}

void enter(SettingEditor &editor, const SettingField &field, const QVariant &value)
{
    if (auto *check = qobject_cast<QCheckBox *>(editor.input())) {
        check->setChecked(value.toBool());
    } else if (auto *box = qobject_cast<QComboBox *>(editor.input())) {
        box->setCurrentIndex(box->findData(value));
    } else {
        auto *line = editor.findChild<QLineEdit *>();
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
        QTest::keyClicks(line, asTyped(field, value));
    }
}

} // namespace

class TestSettingsDialog : public QObject
{
    Q_OBJECT

private slots:
    void everyFieldHasARow();
    void everyFieldShowsAndTakesItsValues();
    void showsTheSettingsInForce();
    void anEditIsAppliedAndNothingElse();
    void theDialogStaysAndSaysSo();
    void problemsStandBesideTheirField();
    void rejectedProblemsStandBesideTheirField();
    void nothingChangedIsSaid();
    void resetPutsDefaultsIntoThisPageOnly();
    void searchGoesAcrossPages();
    void changesElsewhereRefreshWhatIsNotEdited();
    void automaticValues();
    void pausesAreExactToTheLastBit();
    void unshownPrecisionSurvives();
    void secretsAreMaskedAndMadeUp();
    void extensionsAreAList();
    void wheelsTurnNothing();
    void summaryFollowsTheEdits();
    void everyControlHasAName();
};

void TestSettingsDialog::everyFieldHasARow()
{
    Desk desk;
    for (const SettingField &field : settingFields())
        QVERIFY2(desk.row(QString::fromLatin1(field.key)), field.key);
}

// From one bound to the other: what is in force stands there, and what is typed or chosen is taken.
void TestSettingsDialog::everyFieldShowsAndTakesItsValues()
{
    for (const SettingField &field : settingFields()) {
        const QList<QVariant> values = valuesOf(field);
        for (qsizetype i = 0; i < values.size(); ++i) {
            const QVariant &value = values.at(i);
            const QByteArray what = QByteArray(field.key) + " = " + value.toString().toUtf8();
            const std::unique_ptr<SettingEditor> shown(SettingEditor::make(field, nullptr));
            shown->setValue(value);
            QVERIFY2(isShown(*shown, field, value), what);
            const std::unique_ptr<SettingEditor> typed(SettingEditor::make(field, nullptr));
            typed->setValue(values.at((i + 1) % values.size()));
            enter(*typed, field, value);
            QVERIFY2(isSame(typed->value(), value), what);
        }
    }
}

void TestSettingsDialog::showsTheSettingsInForce()
{
    Settings settings = Desk::valid();
    settings.broadcaster.sleepHigh = 0.0005;
    settings.metadata.stationName = u"<b>Night & Day</b>"_s;
    Desk desk(settings);
    QCOMPARE(desk.input<QDoubleSpinBox>(u"broadcaster.sleep_high"_s)->text(), u"0.5"_s);
    QCOMPARE(desk.input<QDoubleSpinBox>(u"broadcaster.chunk_size"_s)->text(), u"16384"_s);
    QCOMPARE(desk.input<QLineEdit>(u"metadata.station_name"_s)->text(), u"<b>Night & Day</b>"_s);
    QVERIFY(!desk.dialog->hasEdits());
    QCOMPARE(desk.dialog->edited(), settings);
}

void TestSettingsDialog::anEditIsAppliedAndNothingElse()
{
    Desk desk;
    desk.type(u"broadcaster.chunk_size"_s, u"4096"_s);
    desk.type(u"metadata.station_name"_s, u"Kitchen FM"_s);
    desk.input<QCheckBox>(u"playlist.shuffle"_s)->click();
    desk.button(u"Apply live"_s)->click();
    Settings expected = Desk::valid();
    expected.broadcaster.chunkSize = 4096;
    expected.metadata.stationName = u"Kitchen FM"_s;
    expected.playlist.shuffle = false;
    QCOMPARE(fakeCalls().applied.size(), 1);
    QCOMPARE(changedKeys(expected, fakeCalls().applied.first()), QStringList());
}

void TestSettingsDialog::theDialogStaysAndSaysSo()
{
    Desk desk;
    desk.type(u"buffer.size_mb"_s, u"50"_s);
    QVERIFY(desk.dialog->hasEdits());
    desk.button(u"Apply live"_s)->click();
    QVERIFY(desk.dialog->isVisible());
    QVERIFY(desk.says(u"Applied live. Nobody is disconnected."_s));
    QVERIFY(!desk.dialog->hasEdits());
}

void TestSettingsDialog::problemsStandBesideTheirField()
{
    Desk desk;
    desk.type(u"server.listen_port"_s, u"8000"_s);
    QVERIFY(!desk.row(u"server.listen_port"_s)->problemText().isEmpty() ||
            !desk.row(u"server.source_port"_s)->problemText().isEmpty());
    desk.type(u"broadcaster.chunk_size"_s, u"12"_s);
    QVERIFY(desk.row(u"broadcaster.chunk_size"_s)->problemText().contains(u"1024"_s));
    const QString spoken = desk.row(u"broadcaster.chunk_size"_s)->editor()->input()->accessibleDescription();
    QVERIFY(spoken.contains(u"1024"_s));
    desk.choosePage(u"Station"_s);
    desk.button(u"Apply live"_s)->click();
    QVERIFY(fakeCalls().applied.isEmpty());
    QVERIFY(desk.says(u"Not applied"_s));
    // Put right again, the sentence goes.
    desk.type(u"server.listen_port"_s, u"8001"_s);
    desk.type(u"broadcaster.chunk_size"_s, u"16384"_s);
    QVERIFY(desk.row(u"broadcaster.chunk_size"_s)->problemText().isEmpty());
    QVERIFY(!desk.dialog->hasEdits());
}

void TestSettingsDialog::rejectedProblemsStandBesideTheirField()
{
    Desk desk;
    fakeCalls().acceptsSettings = false;
    desk.type(u"server.listen_port"_s, u"9001"_s);
    desk.choosePage(u"Buffer"_s);
    desk.button(u"Apply live"_s)->click();
    QCOMPARE(fakeCalls().applied.size(), 1);
    emit desk.control.settingsRejected(
        {{u"server.listen_port"_s, Sentence(u"Port 9001 is in use."_s), false}});
    QCOMPARE(desk.row(u"server.listen_port"_s)->problemText(), u"Port 9001 is in use."_s);
    QVERIFY(desk.row(u"server.listen_port"_s)->isVisible());
    QVERIFY(desk.says(u"Not applied"_s));
    QVERIFY(desk.dialog->hasEdits());
    // Somebody else's rejected settings are not ours.
    desk.type(u"server.listen_port"_s, u"9002"_s);
    emit desk.control.settingsRejected({{u"buffer.size_mb"_s, Sentence(u"Too big."_s), false}});
    QCOMPARE(desk.row(u"buffer.size_mb"_s)->problemText(), QString());
}

void TestSettingsDialog::nothingChangedIsSaid()
{
    Desk desk;
    desk.button(u"Apply live"_s)->click();
    QVERIFY(fakeCalls().applied.isEmpty());
    QVERIFY(desk.says(u"Nothing to apply"_s));
}

void TestSettingsDialog::resetPutsDefaultsIntoThisPageOnly()
{
    Settings settings = Desk::valid();
    settings.broadcaster.chunkSize = 4096;
    settings.broadcaster.burstSize = 1000;
    settings.buffer.sizeMb = 77;
    settings.server.sourcePort = 9000;
    Desk desk(settings);
    desk.choosePage(u"Broadcaster"_s);
    desk.button(u"Reset page"_s)->click();
    QCOMPARE(desk.dialog->edited().broadcaster, Settings::Broadcaster());
    QCOMPARE(desk.dialog->edited().buffer.sizeMb, 77);
    QVERIFY(fakeCalls().applied.isEmpty());
    desk.choosePage(u"Server"_s);
    desk.button(u"Reset page"_s)->click();
    QCOMPARE(desk.dialog->edited().server.sourcePort, 8000);
    QCOMPARE(desk.dialog->edited().server.sourcePassword, settings.server.sourcePassword);
}

void TestSettingsDialog::searchGoesAcrossPages()
{
    Desk desk;
    auto *search = desk.dialog->findChild<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly);
    desk.choosePage(u"Station"_s);
    QVERIFY(!desk.row(u"server.listen_port"_s)->isVisible());
    QTest::keyClicks(search, u"port listen"_s);
    QVERIFY(desk.row(u"server.listen_port"_s)->isVisible());
    QVERIFY(!desk.row(u"metadata.station_genre"_s)->isVisible());
    search->clear();
    QTest::keyClicks(search, u"sleep_low"_s);
    QVERIFY(desk.row(u"broadcaster.sleep_low"_s)->isVisible());
    search->setText(u"no such thing"_s);
    QVERIFY(desk.says(u"No setting matches"_s));
    search->clear();
    QVERIFY(desk.row(u"metadata.station_genre"_s)->isVisible());
    QVERIFY(!desk.row(u"broadcaster.sleep_low"_s)->isVisible());
}

void TestSettingsDialog::changesElsewhereRefreshWhatIsNotEdited()
{
    Desk desk;
    desk.type(u"buffer.size_mb"_s, u"50"_s);
    Settings elsewhere = Desk::valid();
    elsewhere.buffer.sizeMb = 30;
    elsewhere.broadcaster.chunkSize = 32768;
    desk.control.applySettings(elsewhere);
    QCOMPARE(desk.input<QDoubleSpinBox>(u"broadcaster.chunk_size"_s)->text(), u"32768"_s);
    QCOMPARE(desk.input<QDoubleSpinBox>(u"buffer.size_mb"_s)->text(), u"50"_s);
    QVERIFY(desk.says(u"changed elsewhere"_s));
    Settings expected = elsewhere;
    expected.buffer.sizeMb = 50;
    QCOMPARE(desk.dialog->edited(), expected);
}

void TestSettingsDialog::automaticValues()
{
    Desk desk;
    auto *box = desk.input<QDoubleSpinBox>(u"broadcaster.burst_size"_s);
    auto *automatic = desk.row(u"broadcaster.burst_size"_s)->findChild<QCheckBox *>();
    QVERIFY(automatic->isChecked());
    QVERIFY(!box->isEnabled());
    QCOMPARE(box->text(), u"65536"_s);
    desk.type(u"broadcaster.chunk_size"_s, u"4096"_s);
    QCOMPARE(box->text(), u"16384"_s);
    QCOMPARE(desk.dialog->edited().broadcaster.burstSize, -1);
    automatic->click();
    QCOMPARE(desk.dialog->edited().broadcaster.burstSize, 16384);
    automatic->click();
    QCOMPARE(desk.dialog->edited().broadcaster.burstSize, -1);
}

void TestSettingsDialog::pausesAreExactToTheLastBit()
{
    Desk desk;
    desk.type(u"broadcaster.sleep_high"_s, u"0.1"_s);
    desk.type(u"broadcaster.sleep_medium"_s, u"0.3"_s);
    desk.type(u"broadcaster.sleep_low"_s, u"10"_s);
    QCOMPARE(desk.dialog->edited().broadcaster.sleepHigh == 0.0001, true);
    QCOMPARE(desk.dialog->edited().broadcaster.sleepMedium == 0.0003, true);
    QCOMPARE(desk.dialog->edited().broadcaster.sleepLow == 0.01, true);
}

void TestSettingsDialog::unshownPrecisionSurvives()
{
    Settings settings = Desk::valid();
    settings.broadcaster.sleepHigh = 0.000123456789;
    Desk desk(settings);
    desk.type(u"buffer.size_mb"_s, u"21"_s);
    QCOMPARE(desk.dialog->edited().broadcaster.sleepHigh == 0.000123456789, true);
}

void TestSettingsDialog::secretsAreMaskedAndMadeUp()
{
    Desk desk;
    desk.dialog->showField(u"server.source_password"_s);
    auto *edit = desk.input<QLineEdit>(u"server.source_password"_s);
    const auto button = [&](const QString &text) -> QAbstractButton * {
        for (QAbstractButton *b : desk.row(u"server.source_password"_s)->findChildren<QAbstractButton *>()) {
            if (b->text() == text)
                return b;
        }
        return nullptr;
    };
    QCOMPARE(edit->echoMode(), QLineEdit::Password);
    button(u"Copy"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), Desk::valid().server.sourcePassword);
    button(u"New"_s)->click();
    QCOMPARE(edit->echoMode(), QLineEdit::Normal);
    QVERIFY(desk.dialog->edited().server.sourcePassword.size() > 12);
    QVERIFY(desk.dialog->edited().server.sourcePassword != Desk::valid().server.sourcePassword);
    button(u"Hide"_s)->click();
    QCOMPARE(edit->echoMode(), QLineEdit::Password);
    QVERIFY(desk.row(u"server.source_password"_s)->problemText().isEmpty());
}

void TestSettingsDialog::extensionsAreAList()
{
    Desk desk;
    desk.type(u"playlist.extensions"_s, u".mp3, mp2 ;.MPA"_s);
    QCOMPARE(desk.dialog->edited().playlist.extensions, (QStringList{u".mp3"_s, u".mp2"_s, u".mpa"_s}));
}

void TestSettingsDialog::wheelsTurnNothing()
{
    Desk desk;
    desk.dialog->showField(u"broadcaster.sleep_low"_s);
    auto *box = desk.input<QDoubleSpinBox>(u"broadcaster.chunk_size"_s);
    QWheelEvent wheel(QPointF(5, 5), box->mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, 120), Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(box, &wheel);
    QVERIFY(!desk.dialog->hasEdits());
}

void TestSettingsDialog::summaryFollowsTheEdits()
{
    Desk desk;
    QVERIFY(desk.says(u"200 ms"_s));
    desk.type(u"broadcaster.chunk_size"_s, u"4096"_s);
    QVERIFY(desk.says(u"≈ 50 ms"_s));
}

void TestSettingsDialog::everyControlHasAName()
{
    Desk desk;
    int looked = 0;
    for (QWidget *widget : desk.dialog->findChildren<QWidget *>()) {
        // Parts of a control speak through it.
        if (widget->focusPolicy() == Qt::NoFocus ||
            qobject_cast<QAbstractSpinBox *>(widget->parentWidget()) || widget->window() != desk.dialog)
            continue;
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        const bool isNamed = !widget->accessibleName().isEmpty() || (button && button->text().size() > 3);
        QVERIFY2(isNamed || widget->focusProxy(), widget->metaObject()->className());
        ++looked;
    }
    QVERIFY(looked > static_cast<int>(settingFields().size()));
}

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
