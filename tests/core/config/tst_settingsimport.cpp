// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settingsimport.h"
#include "tests/support/mutations.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

Settings inForce()
{
    Settings settings;
    settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
    settings.metadata.stationName = u"Here"_s;
    settings.alarm.silenceSeconds = 30;
    return settings;
}

constexpr auto icecast = R"(<?xml version="1.0"?>
<icecast>
    <location>Earth</location>
    <limits><clients>150</clients><queue-size>524288</queue-size><source-timeout>20</source-timeout>
        <burst-size>65535</burst-size></limits>
    <authentication><source-password>tidal &amp; wave</source-password><admin-user>admin</admin-user>
        </authentication>
    <!-- <listen-socket><port>9999</port></listen-socket> -->
    <listen-socket><port>8000</port></listen-socket>
    <listen-socket><port>8443</port><ssl>1</ssl></listen-socket>
    <mount><mount-name>/live.mp3</mount-name><stream-name>There</stream-name><genre>Jazz</genre>
        <fallback-mount>/silence.ogg</fallback-mount></mount>
</icecast>)";

} // namespace

class TestSettingsImport : public QObject
{
    Q_OBJECT

private slots:
    void fromIcecast()
    {
        const auto imported = importSettings(icecast, u"icecast.xml"_s, inForce());
        QVERIFY2(imported, qPrintable(imported ? QString() : imported.error()));
        QCOMPARE(imported->program, u"Icecast"_s);
        const Settings &s = imported->settings;
        QCOMPARE(s.advanced.maxListeners, 150);
        QCOMPARE(s.advanced.sourceTimeout, 20.0);
        QCOMPARE(s.broadcaster.burstSize, 65535);
        QCOMPARE(s.server.sourcePassword, u"tidal & wave"_s);
        QCOMPARE(s.server.listenPort, 8000);
        QCOMPARE(s.server.sourcePort, 7999); // ours have to differ
        QCOMPARE(s.server.mountPoint, u"/live.mp3"_s);
        QCOMPARE(s.metadata.stationName, u"There"_s);
        QCOMPARE(s.metadata.stationGenre, u"Jazz"_s);
        QVERIFY(!hasErrors(validate(s)));
        for (const QString &name : {u"limits/queue-size"_s, u"mount/fallback-mount"_s, u"location"_s})
            QVERIFY2(imported->notTaken.contains(name), qPrintable(name));
        QVERIFY(imported->taken.contains(u"server.listen_port"_s));
        QVERIFY(imported->fresh.contains(u"buffer.size_mb"_s));
        QCOMPARE(s.alarm.silenceSeconds, 30);
    }

    void fromCycast()
    {
        const QByteArray text = "server { listen_port = 9001 }\nbuffer { size_mb = 50 }\n"
                                "advanced { flask_debug = true }\nweb { theme = \"dark\" }\n";
        const auto imported = importSettings(text, u"config.hcl"_s, inForce());
        QVERIFY2(imported, qPrintable(imported ? QString() : imported.error()));
        QCOMPARE(imported->program, u"Cycast"_s);
        QCOMPARE(imported->settings.server.listenPort, 9001);
        QCOMPARE(imported->settings.buffer.sizeMb, 50);
        // What the file does not say stays; the pass phrase is not lost.
        QCOMPARE(imported->settings.server.sourcePassword, inForce().server.sourcePassword);
        QCOMPARE(imported->settings.metadata.stationName, u"Here"_s);
        QCOMPARE(imported->taken, (QStringList{u"server.listen_port"_s, u"buffer.size_mb"_s}));
        QVERIFY(imported->notTaken.contains(u"advanced.flask_debug"_s));
        QVERIFY(imported->notTaken.contains(u"web.theme"_s));
        QVERIFY(imported->fresh.contains(u"alarm.silence_seconds"_s));
    }

    void whatIsNeitherIsRefusedWithItsPlace()
    {
        const auto refusal = [](const QByteArray &text) {
            const auto imported = importSettings(text, u"file"_s, inForce());
            return imported ? QString() : imported.error();
        };
        QVERIFY(refusal("<html><body/></html>").contains(u"begins with <html>"_s));
        QVERIFY(refusal("<icecast><limits></icecast>").startsWith(u"file:1:"_s));
        QVERIFY(refusal("buffer { size_mb = \"many\" }").startsWith(u"file:1:"_s));
        QVERIFY(refusal("buffer { size_mb = ").startsWith(u"file:"_s));
        QVERIFY(!refusal("").isEmpty());
        QVERIFY(!refusal("title = \"a song\"").isEmpty());
        // Values out of range are left out, not forced in.
        const auto odd =
            importSettings("<icecast><limits><clients>-5</clients></limits><listen-socket><port>70000"
                           "</port></listen-socket></icecast>",
                           u"file"_s, inForce());
        QVERIFY(odd && odd->taken.isEmpty() && odd->notTaken.size() == 2);
        // An entity bomb is an error, no gigabyte.
        QByteArray bomb = "<!DOCTYPE icecast [<!ENTITY a0 \"aaaaaaaaaa\">";
        for (int i = 1; i < 12; ++i) {
            bomb += "<!ENTITY a" + QByteArray::number(i) + " \"";
            for (int j = 0; j < 10; ++j)
                bomb += "&a" + QByteArray::number(i - 1) + ";";
            bomb += "\">";
        }
        QVERIFY(!refusal(bomb + "]><icecast><location>&a11;</location></icecast>").isEmpty());
    }

    void anyFileIsTakenOrRefused()
    {
        QRandomGenerator random(88);
        for (int round = 0; round < 3000; ++round) {
            const QByteArray text = test::mutated(icecast, random, 8);
            const auto imported = importSettings(text, u"icecast.xml"_s, inForce());
            if (imported)
                QVERIFY2(!hasErrors(validate(imported->settings)), text.constData());
            else
                QVERIFY(!imported.error().isEmpty() && !imported.error().contains(u"tidal"_s));
        }
    }
};

QTEST_GUILESS_MAIN(TestSettingsImport)
#include "tst_settingsimport.moc"
