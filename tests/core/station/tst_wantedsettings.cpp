// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/wantedsettings.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

Settings fine()
{
    Settings settings;
    settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
    return settings;
}

/// A station that answers when it is told to.
struct Desk {
    WantedSettings wanted{PortRule::AnyAllowed};
    QList<Settings> handed;
    QList<QList<SettingsProblem>> rejected;
    int chosen = 0;

    Desk()
    {
        QObject::connect(&wanted, &WantedSettings::accepted, &wanted,
                         [this](const Settings &settings) { handed.append(settings); });
        QObject::connect(&wanted, &WantedSettings::rejected, &wanted,
                         [this](const QList<SettingsProblem> &problems) { rejected.append(problems); });
        QObject::connect(&wanted, &WantedSettings::chosen, &wanted, [this] { ++chosen; });
        wanted.add([](Settings &settings) { settings = fine(); }, true);
        apply();
    }

    void apply()
    {
        wanted.followApplied(handed.last());
        wanted.proceed();
    }
};

} // namespace

class TestWantedSettings : public QObject
{
    Q_OBJECT

private slots:
    void theFirstOnesCountFromTheMomentTheyAreAccepted()
    {
        Desk desk;
        QCOMPARE(desk.chosen, 1);
        QVERIFY(desk.wanted.areChosen());
        QVERIFY(desk.wanted.applied() == fine());
    }

    /// Each begins with what the one before it left, however late the station answers.
    void twoChangesOfOneMomentAreBothKept()
    {
        Desk desk;
        desk.wanted.add([](Settings &settings) { settings.playlist.shuffle = false; });
        desk.wanted.add([](Settings &settings) { settings.playlist.repeat = false; });
        QCOMPARE(desk.handed.size(), 2); // the second waits for the answer to the first
        desk.apply();
        QCOMPARE(desk.handed.size(), 3);
        desk.apply();
        QVERIFY(!desk.wanted.applied().playlist.shuffle && !desk.wanted.applied().playlist.repeat);
    }

    void whatIsRefusedTakesNothingElseWithIt()
    {
        Desk desk;
        desk.wanted.add([](Settings &settings) { settings.buffer.sizeMb = -5; });
        QCOMPARE(desk.rejected.size(), 1);
        QCOMPARE(desk.rejected.first().first().field, u"buffer.size_mb"_s);
        // By the station itself: its port is taken.
        desk.wanted.add([](Settings &settings) { settings.server.listenPort = 12'345; });
        desk.wanted.add([](Settings &settings) { settings.playlist.shuffle = false; });
        QCOMPARE(desk.handed.last().server.listenPort, 12'345);
        desk.wanted.proceed();
        QCOMPARE(desk.handed.last().server.listenPort, fine().server.listenPort);
        QVERIFY(!desk.handed.last().playlist.shuffle);
    }

    void whatChangesNothingIsNotHandedOver()
    {
        Desk desk;
        const qsizetype before = desk.handed.size();
        desk.wanted.add([](Settings &) {});
        QCOMPARE(desk.handed.size(), before);
        // But for the whole settings: a certificate is read again.
        desk.wanted.add([](Settings &settings) { settings = fine(); }, true);
        QCOMPARE(desk.handed.size(), before + 1);
    }
};

QTEST_GUILESS_MAIN(TestWantedSettings)

#include "tst_wantedsettings.moc"
