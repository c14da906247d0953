// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/settingsrooms.h"

#include "core/config/settings.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestSettingsRooms : public QObject
{
    Q_OBJECT

private slots:
    /// Every setting reaches somebody; these are followed elsewhere.
    void everyKeyConcernsSomebody()
    {
        const QStringList elsewhere = {
            u"playlist.directory"_s, u"playlist.extensions"_s,   u"playlist.watch"_s,
            u"jingles.directory"_s,  u"alarm.silence_seconds"_s, u"alarm.skip_when_silent"_s,
            u"recording.enabled"_s,  u"recording.directory"_s,   u"recording.split"_s,
            u"recording.cue"_s,      u"reach.update_url"_s,      u"https.enabled"_s,
            u"https.name"_s,         u"https.directory"_s,       u"https.rehearsal"_s,
        };
        QStringList nobody;
        for (const QString &key : allKeys()) {
            if (roomsOf({key}).isEmpty())
                nobody.append(key);
        }
        QCOMPARE(nobody.size(), elsewhere.size());
        for (const QString &key : elsewhere)
            QVERIFY2(nobody.contains(key), qPrintable(key));
    }

    /// What is read ahead stays where it cannot be meant.
    void aNameReadsNothingAgain()
    {
        for (const QString &key : {u"metadata.station_name"_s, u"metadata.station_description"_s,
                                   u"server.source_password"_s, u"advanced.max_listeners"_s}) {
            const QList<SettingsRoom> rooms = roomsOf({key});
            for (const SettingsRoom room :
                 {SettingsRoom::Playout, SettingsRoom::Order, SettingsRoom::Jingles, SettingsRoom::Mount})
                QVERIFY2(!rooms.contains(room), qPrintable(key));
        }
        QVERIFY(roomsOf({u"encoder.bitrate_kbps"_s}).contains(SettingsRoom::Playout));
        QVERIFY(roomsOf({u"playlist.shuffle"_s}) == QList<SettingsRoom>{SettingsRoom::Order});
        QVERIFY(roomsOf({}).isEmpty());
    }

    void eachRoomIsToldOnce()
    {
        const QList<SettingsRoom> rooms = roomsOf(allKeys());
        QCOMPARE(rooms.size(), 11);
        for (const SettingsRoom room : rooms)
            QCOMPARE(rooms.count(room), 1);
    }
};

QTEST_APPLESS_MAIN(TestSettingsRooms)
#include "tst_settingsrooms.moc"
