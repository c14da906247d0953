// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A file has its new content or its old one, on a disk that takes nothing more as well.
#include "core/base/replacefile.h"

#include "tests/support/fulldisk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

namespace
{

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

} // namespace

class TestReplaceFile : public QObject
{
    Q_OBJECT

private slots:
    void newAndAnew()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a file"_s);
        QVERIFY(replaceFile(path, "first", QFile::ReadOwner | QFile::WriteOwner));
        QCOMPARE(contentOf(path), QByteArray("first"));
        QVERIFY((QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0);
        QVERIFY(replaceFile(path, "second"));
        QCOMPARE(contentOf(path), QByteArray("second"));
        QVERIFY((QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0);
        QVERIFY(replaceFile(path, {}));
        QCOMPARE(contentOf(path), QByteArray());
    }

    void aFullDiskLeavesWhatWasThere_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::newRow("less than a buffer") << 100;
        QTest::newRow("more") << 100'000;
    }
    void aFullDiskLeavesWhatWasThere()
    {
        QFETCH(int, bytes);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"kept"_s);
        QVERIFY(replaceFile(path, "old"));
        {
            const FullDisk fullDisk;
            const auto replaced = replaceFile(path, QByteArray(bytes, 'n'));
            QVERIFY(!replaced);
            QVERIFY(!replaced.error().isEmpty());
            QVERIFY(!replaceFile(folder.filePath(u"new"_s), QByteArray(bytes, 'n')));
        }
        QCOMPARE(contentOf(path), QByteArray("old"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"kept"_s});
        QVERIFY(replaceFile(path, QByteArray(bytes, 'n')));
        QCOMPARE(contentOf(path).size(), bytes);
    }

    void whereNothingCanBe()
    {
        const QTemporaryDir folder;
        const auto replaced = replaceFile(folder.filePath(u"no folder/file"_s), "x");
        QVERIFY(!replaced && !replaced.error().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestReplaceFile)
#include "tst_replacefile.moc"
