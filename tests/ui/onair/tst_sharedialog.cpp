// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/qrcode.h"
#include "ui/onair/sharedialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

class TestShareDialog : public QObject
{
    Q_OBJECT

private slots:
    // A reader that is not ours has to read the same address.
    void aPhoneReadsTheCode_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("home") << u"http://192.168.1.20:8001/"_s;
        QTest::newRow("IPv6") << u"http://[fd00::20]:8001/"_s;
        QTest::newRow("long") << u"http://radio.example.org/"_s + QString(300, u'x');
    }

    void aPhoneReadsTheCode()
    {
        QFETCH(const QString, text);
        QTemporaryDir folder;
        const QImage code = qrCode(text);
        QVERIFY(!code.isNull());
        const QString path = folder.filePath(u"code.png"_s);
        QVERIFY(code.scaled(code.size() * 6).save(path));
        QProcess reader;
        reader.start(u"zbarimg"_s, {u"--quiet"_s, u"--raw"_s, u"-Sdisable"_s, u"-Sqrcode.enable"_s, path});
        QVERIFY(reader.waitForFinished());
        QCOMPARE(QString::fromUtf8(reader.readAllStandardOutput()).trimmed(), text);
    }

    void whatIsTooLongOrEmptyIsNoCode()
    {
        QVERIFY(qrCode({}).isNull());
        QVERIFY(qrCode(QString(5'000, u'x')).isNull());
    }

    void theDialogHasAllOfIt()
    {
        ShareDialog dialog;
        StationAddresses addresses;
        addresses.streamUrl = u"http://192.168.1.20:8001/stream"_s;
        addresses.pageUrl = u"http://192.168.1.20:8001/"_s;
        dialog.setAddresses(addresses);
        QCOMPARE(dialog.findChild<QrCodeView *>()->accessibleDescription(), addresses.pageUrl);
        QVERIFY(!dialog.findChild<QrCodeView *>()->isHidden());
        QVERIFY(dialog.findChild<QLabel *>(u"whoCanReach"_s)->text().contains(u"home network"_s));
        QStringList shown;
        for (const QLineEdit *field : dialog.findChildren<QLineEdit *>())
            shown.append(field->text());
        QVERIFY(shown.contains(addresses.streamUrl + u".m3u"_s));
        // Where the world sees it is known: that first, and the code leads there.
        addresses.publicStreamUrl = u"https://radio.example.org/stream"_s;
        addresses.publicPageUrl = u"https://radio.example.org/"_s;
        dialog.setAddresses(addresses);
        QCOMPARE(dialog.findChild<QrCodeView *>()->accessibleDescription(), addresses.publicPageUrl);
        QVERIFY(dialog.findChild<QLabel *>(u"whoCanReach"_s)->text().contains(u"for everybody"_s));
        shown.clear();
        for (const QLineEdit *field : dialog.findChildren<QLineEdit *>())
            shown.append(field->text());
        QVERIFY(shown.indexOf(addresses.publicStreamUrl) < shown.indexOf(addresses.streamUrl));
        QVERIFY(shown.contains(addresses.publicStreamUrl + u".m3u"_s) && shown.contains(addresses.pageUrl));
        dialog.setAddresses({}); // off the air
        QVERIFY(dialog.findChild<QrCodeView *>()->isHidden());
    }
};

QTEST_MAIN(TestShareDialog)
#include "tst_sharedialog.moc"
