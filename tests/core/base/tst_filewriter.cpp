// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Whoever keeps something in a file goes on at once, and an end waits for a disk as long as it may and no
// longer.
#include "core/base/filewriter.h"

#include "tests/support/slowdisk.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

class TestFileWriter : public QObject
{
    Q_OBJECT

private slots:
    void writesAndTells()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"made/for it"_s);
        FileWriter writer;
        QSignalSpy finished(&writer, &FileWriter::finished);
        const QThread *where = nullptr;
        writer.write(path, [&where] {
            where = QThread::currentThread();
            return "content"_ba;
        });
        QVERIFY(writer.finish());
        QVERIFY(where != nullptr && where != QThread::currentThread());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "content"_ba);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.first().at(0).toString(), path);
        QCOMPARE(finished.first().at(1).toString(), QString());
    }

    void aFailureIsTheSystemsReason()
    {
        const QTemporaryDir folder;
        FileWriter writer;
        QStringList told;
        const auto note = [&told](const QString &error) { told += error; };
        writer.write(
            u"/dev/null/x"_s, [] { return "x"_ba; }, {}, this, note);
        writer.write(
            folder.filePath(u"not/there"_s), [] { return "x"_ba; }, {.makesFolder = false}, this, note);
        QTRY_COMPARE(told.size(), 2);
        QVERIFY(!told.first().isEmpty() && !told.last().isEmpty());
    }

    void ofSeveralTheNewestIsWritten()
    {
        SlowDisk disk;
        FileWriter writer(disk.write());
        for (int i = 0; i < 100; ++i)
            writer.write(u"/state"_s, [i] { return QByteArray::number(i); });
        QVERIFY(disk.waitUntilAsked());
        disk.goOn();
        QVERIFY(writer.finish());
        QCOMPARE(disk.contentOf(u"/state"_s), "99"_ba);
        QVERIFY(disk.writes() <= 2);
    }

    void aDeadDiskHoldsUpNobodyElse()
    {
        SlowDisk disk;
        FileWriter writer(disk.write());
        writer.write(u"/dead"_s, [] { return "1"_ba; });
        QVERIFY(disk.waitUntilAsked());
        const QTemporaryDir folder;
        bool isThere = false;
        disk.letThrough(u"/alive"_s);
        writer.write(
            u"/alive"_s, [] { return "2"_ba; }, {}, this, [&isThere](const QString &) { isThere = true; });
        QTRY_VERIFY(isThere);
        disk.goOn();
    }

    void whatHangsIsWaitedForOnce()
    {
        SlowDisk disk;
        QElapsedTimer clock;
        {
            FileWriter writer(disk.write());
            writer.write(u"/dead"_s, [] { return "1"_ba; });
            QVERIFY(disk.waitUntilAsked());
            QVERIFY(!writer.finish(std::chrono::milliseconds(1)));
            clock.start();
            QVERIFY(!writer.finish(std::chrono::hours(1)));
            writer.write(u"/dead"_s, [] { return "2"_ba; });
            QVERIFY(!writer.finish(std::chrono::hours(1)));
        }
        QVERIFY(clock.elapsed() < 60'000);
        disk.goOn(); // its thread finds nobody any more
    }
};

QTEST_GUILESS_MAIN(TestFileWriter)
#include "tst_filewriter.moc"
