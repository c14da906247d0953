// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What the log says of the settings, and how often.
#include "app/settingskeeper.h"

#include "core/base/log.h"
#include "core/station/threadedstation.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

void writeSettings(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(text);
    file.close();
    QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
}

} // namespace

class TestSettingsKeeper : public QObject
{
    Q_OBJECT

private slots:
    void aWarningIsSaidOnce_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("word");
        QTest::newRow("a pass phrase of all the world")
            << QByteArray("server { host = \"127.0.0.1\", source_password = \"hackme\" }")
            << u"\"hackme\", which everybody knows"_s;
        QTest::newRow("no pass phrase")
            << QByteArray("buffer { size_mb = 5 }") << u"live sources are refused"_s;
        QTest::newRow("an empty one")
            << QByteArray("server { source_password = \"\" }") << u"live sources are refused"_s;
        QTest::newRow("two that are the same")
            << QByteArray("server { source_password = \"a b c d\", admin_password = \"a b c d\" }")
            << u"is the same as server.source_password"_s;
        QTest::newRow("an unknown setting")
            << QByteArray("server { source_password = \"a b c d\" }\nbuffer { size_bm = 5 }")
            << u"there is no setting"_s;
    }

    void aWarningIsSaidOnce()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, word);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"config.hcl"_s);
        writeSettings(path, text);
        LogSink log;
        QStringList lines;
        connect(&log, &LogSink::logged, this, [&lines](const LogEntry &entry) { lines.append(entry.text); });
        SettingsFile file(path);
        const auto loaded = openSettings(file, false);
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error()));
        ThreadedStation control;
        QSignalSpy applied(&control, &StationControl::settingsApplied);
        SettingsKeeper keeper(file, control);
        connect(&keeper, &SettingsKeeper::secretsChanged, &log, &LogSink::setSecrets);
        keeper.begin(*loaded);
        QTRY_COMPARE(applied.count(), 1);
        control.change([](Settings &settings) { settings.metadata.stationName = u"Other"_s; });
        QTRY_COMPARE(applied.count(), 2);
        qCInfo(lcStation) << "that was all";
        QTRY_VERIFY(lines.contains(u"that was all"_s));
        QCOMPARE(lines.filter(word).size(), 1);
        // A setting is named once in it, by its place or by its key.
        QVERIFY2(!lines.filter(word).first().contains(u"server.source_password: server.source_password"_s),
                 qPrintable(lines.filter(word).first()));
    }

    void aCertificateThatCannotBeReadAtTheStart()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"config.hcl"_s);
        writeSettings(
            path,
            "server { host = \"127.0.0.1\", source_port = 0, listen_port = 0, source_password = \"a b\", "
            "tls_certificate = \"nothing.pem\" }\nmetadata { station_name = \"Mine\" }");
        LogSink log;
        QStringList errors;
        connect(&log, &LogSink::logged, this, [&errors](const LogEntry &entry) {
            if (entry.level == LogEntry::Level::Error)
                errors.append(entry.text);
        });
        SettingsFile file(path, PortRule::AnyAllowed);
        const auto loaded = openSettings(file, false);
        QVERIFY(loaded);
        StationOptions options;
        options.portRule = PortRule::AnyAllowed;
        options.baseDirectory = folder.path();
        ThreadedStation control(options);
        QSignalSpy onAir(&control, &StationControl::onAir);
        SettingsKeeper keeper(file, control);
        keeper.begin(*loaded);
        control.goOnAir();
        QTRY_COMPARE(onAir.count(), 1);
        // All other settings, not the default ones on every address.
        QCOMPARE(control.settings(), loaded->settings);
        QVERIFY(control.lastStatus().addresses.streamUrl.startsWith(u"http://127.0.0.1:"_s));
        QVERIFY(control.lastStatus().addresses.listenPort != 8001);
        QTRY_VERIFY(!errors.isEmpty());
        QVERIFY2(errors.first().contains(u"server.tls_certificate"_s) &&
                     errors.first().contains(u"nothing.pem"_s),
                 qPrintable(errors.first()));
    }
};

QTEST_GUILESS_MAIN(TestSettingsKeeper)
#include "tst_settingskeeper.moc"
