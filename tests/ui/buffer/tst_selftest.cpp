// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The self-test against the real station.
#include "core/playlist/library/demomusic.h"
#include "core/station/threadedstation.h"
#include "ui/buffer/selftestdialog.h"
#include "ui/buffer/selftestprobe.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

class TestSelfTest : public QObject
{
    Q_OBJECT

private slots:
    void measuresTheStation()
    {
        QTemporaryDir folder;
        QVERIFY(installDemoMusic(folder.path()).has_value());
        ThreadedStation control({PortRule::AnyAllowed, folder.path(), true, false});
        Settings settings;
        settings.server.host = u"127.0.0.1"_s;
        settings.server.sourcePort = 0;
        settings.server.listenPort = 0;
        settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
        settings.playlist.directory = folder.path();
        control.applySettings(settings);

        SelfTestDialog dialog(control);
        dialog.show();
        dialog.start(1'000);
        QVERIFY(dialog.report().isEmpty()); // off the air there is nothing to measure

        control.goOnAir();
        QTRY_COMPARE(control.lastStatus().heard, ProgrammeKind::Playlist);
        auto *probe = dialog.findChild<SelfTestProbe *>();
        QSignalSpy finished(probe, &SelfTestProbe::finished);
        QSignalSpy failed(probe, &SelfTestProbe::failed);
        dialog.start(6'000);
        QVERIFY(!dialog.findChild<QPushButton *>(u"selfTestCopy"_s)->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(finished.count() + failed.count(), 1, 20'000);
        QCOMPARE(failed.count(), 0);
        QCOMPARE(dialog.findChild<QProgressBar *>()->value(), 100);
        const auto figures = finished.first().first().value<SelfTestFigures>();
        QVERIFY(figures.firstByteMs >= 0.0 && figures.firstByteMs < 3'000.0);
        const double expected = figures.bitrateKbps * 125.0;
        QVERIFY2(qAbs(figures.bytesPerSecond - expected) < 0.2 * expected,
                 qPrintable(QString::number(figures.bytesPerSecond)));
        QVERIFY(figures.memoryMb > 5.0);
        QCOMPARE(figures.listeners, 0); // the test itself is nobody
        QVERIFY(figures.descriptors > 5 && figures.descriptorLimit >= figures.descriptors);
        QVERIFY(dialog.report().contains(u"Connections: "_s));
        QVERIFY(dialog.report().contains(u"Speed of the processor: "_s));
        QVERIFY(dialog.report().contains(u"Priority: nice "_s));
        QVERIFY(!dialog.report().contains(u"https"_s)); // there is no certificate

        dialog.findChild<QPushButton *>(u"selfTestCopy"_s)->click();
        const QString copied = QGuiApplication::clipboard()->text();
        QCOMPARE(copied, dialog.report());
        QVERIFY(copied.contains(u"Throughput of one listener:"_s));
        for (const QString &secret : {settings.server.sourcePassword, u"127.0.0.1"_s, folder.path(),
                                      QString::fromLatin1(control.monitorToken())})
            QVERIFY(!copied.contains(secret));
        dialog.reject();
    }
};

QTEST_MAIN(TestSelfTest)
#include "tst_selftest.moc"
