// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The dialogs about directories and https.
#include "fakestation.h"
#include "ui/onair/directoriesdialog.h"
#include "ui/onair/httpsdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

class TestOutsideDialogs : public QObject
{
    Q_OBJECT

private slots:
    void init() { fakeCalls().clear(); }
    void everyDirectoryStateHasWords();
    void listedWithOneClick();
    void theDirectorysAnswerIsShown();
    void aCertificateWithOneButton();
    void whatWentWrongIsSaid();
    void aWrongNameIsSaidWhereItStands();
};

static QString textOf(const QDialog &dialog, const QString &name)
{
    const auto *label = dialog.findChild<QLabel *>(name);
    return label->isHidden() ? QString() : label->text();
}

void TestOutsideDialogs::everyDirectoryStateHasWords()
{
    using State = DirectoryStatus::State;
    const QDateTime now(QDate(2026, 3, 1), QTime(12, 0));
    QStringList seen;
    for (const State state :
         {State::Off, State::Waiting, State::Listed, State::Refused, State::Unreachable}) {
        DirectoryStatus status;
        status.state = state;
        status.nextAttempt = state == State::Off ? QDateTime() : now.addSecs(7'200);
        const DirectoryWords words = directoryWords(status, true, now);
        seen.append(words.state);
        QCOMPARE(words.next, state == State::Off ? QString() : u"Next: in about 120 minute(s)."_s);
    }
    QCOMPARE(seen.removeDuplicates(), 0);
    DirectoryStatus off;
    off.why = Sentence(u"It is not known yet."_s);
    QCOMPARE(directoryWords(off, true, now).state, u"It is not known yet."_s);
    QVERIFY(directoryWords(off, false, now).state != u"It is not known yet."_s);
    DirectoryStatus soon;
    soon.state = State::Waiting;
    soon.nextAttempt = now.addSecs(-5);
    QVERIFY(directoryWords(soon, true, now).next.contains(u"minute and a half"_s));
}

void TestOutsideDialogs::listedWithOneClick()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    DirectoriesDialog dialog(control);
    auto *listed = dialog.findChild<QCheckBox *>(u"listPublicly"_s);
    QVERIFY(!listed->isChecked());
    listed->click();
    QVERIFY(control.settings().directory.enabled);
    auto *browser = dialog.findChild<QComboBox *>(u"radioBrowser"_s);
    browser->setCurrentIndex(1);
    emit browser->activated(1);
    QCOMPARE(control.settings().directory.radioBrowser, u"listed"_s);
    // Changed elsewhere: shown here.
    control.change([](Settings &settings) { settings.directory.enabled = false; });
    QVERIFY(!listed->isChecked());
    QSignalSpy asked(&dialog, &DirectoriesDialog::settingAsked);
    dialog.findChild<QPushButton *>(u"directorySettings"_s)->click();
    QCOMPARE(asked.takeFirst().first().toString(), u"directory.logo"_s);
}

void TestOutsideDialogs::theDirectorysAnswerIsShown()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    control.change([](Settings &settings) { settings.directory.enabled = true; });
    DirectoriesDialog dialog(control);
    StationStatus status;
    status.directory.state = DirectoryStatus::State::Refused;
    status.directory.answer = u"Illegal <b>listen</b> url"_s;
    status.directory.nextAttempt = QDateTime::currentDateTime().addSecs(7'200);
    emit control.statusChanged(status);
    QVERIFY(textOf(dialog, u"directoryState"_s).contains(u"does not list"_s));
    QCOMPARE(textOf(dialog, u"directoryAnswer"_s), u"It says: Illegal <b>listen</b> url"_s);
    QCOMPARE(dialog.findChild<QLabel *>(u"directoryAnswer"_s)->textFormat(), Qt::PlainText);
    QVERIFY(textOf(dialog, u"directoryNext"_s).contains(u"120"_s));
    emit control.statusChanged(StationStatus());
    QCOMPARE(textOf(dialog, u"directoryAnswer"_s), QString());
}

void TestOutsideDialogs::aCertificateWithOneButton()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    HttpsDialog dialog(control);
    auto *go = dialog.findChild<QPushButton *>(u"getCertificate"_s);
    auto *off = dialog.findChild<QPushButton *>(u"httpsOff"_s);
    auto *name = dialog.findChild<QLineEdit *>(u"httpsName"_s);
    QVERIFY(!off->isEnabled());
    QTest::keyClicks(name, u" Radio.Example.org "_s);
    go->click();
    QVERIFY(control.settings().https.enabled);
    QCOMPARE(control.settings().https.name, u"radio.example.org"_s);
    StationStatus status;
    status.https.state = HttpsStatus::State::Working;
    status.https.words = Sentence(u"The authority is asked."_s);
    emit control.statusChanged(status);
    QCOMPARE(textOf(dialog, u"httpsState"_s), u"The authority is asked."_s);
    QVERIFY(!go->isEnabled() && !dialog.findChild<QProgressBar *>()->isHidden());
    status.https.state = HttpsStatus::State::InForce;
    status.https.words = {};
    status.https.name = u"radio.example.org"_s;
    status.https.validUntil = QDateTime::currentDateTime().addDays(90);
    status.https.nextAttempt = QDateTime::currentDateTime().addDays(60);
    emit control.statusChanged(status);
    QCOMPARE(textOf(dialog, u"httpsState"_s), u"https works for radio.example.org."_s);
    QVERIFY(textOf(dialog, u"httpsMore"_s).contains(u"valid until"_s));
    QVERIFY(go->isEnabled() && dialog.findChild<QProgressBar *>()->isHidden());
    // The same name again is an attempt, not a change.
    go->click();
    QCOMPARE(fakeCalls().count(u"getCertificate"_s), 1);
    off->click();
    QVERIFY(!control.settings().https.enabled && control.settings().https.name == u"radio.example.org"_s);
}

void TestOutsideDialogs::whatWentWrongIsSaid()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    control.change([](Settings &settings) { settings.https.enabled = true; });
    HttpsDialog dialog(control);
    StationStatus status;
    status.https.state = HttpsStatus::State::Failed;
    status.https.words = Sentence(u"The authority did not find this station."_s);
    status.https.detail = u"Connection refused"_s;
    status.https.nextAttempt = QDateTime::currentDateTime().addSecs(3'600);
    emit control.statusChanged(status);
    QCOMPARE(textOf(dialog, u"httpsState"_s), u"The authority did not find this station."_s);
    QCOMPARE(textOf(dialog, u"httpsDetail"_s), u"The authority says: Connection refused"_s);
    QVERIFY(textOf(dialog, u"httpsMore"_s).contains(u"next attempt"_s));
    QVERIFY(dialog.findChild<QPushButton *>(u"getCertificate"_s)->isEnabled());
}

void TestOutsideDialogs::aWrongNameIsSaidWhereItStands()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    HttpsDialog dialog(control);
    emit control.settingsRejected({{u"https.name"_s, Sentence(u"https.name is no name."_s), false}});
    QCOMPARE(textOf(dialog, u"httpsState"_s), u"https.name is no name."_s);
}

QTEST_MAIN(TestOutsideDialogs)
#include "tst_outsidedialogs.moc"
