// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A file has its new content or its old one, on a disk that takes nothing more as well.
#include "core/base/replacefile.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "tests/support/fulldisk.h"
#include "tests/support/oddfiles.h"

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

    /// Names from old disks.
    void inFoldersThatAreNoUtf8()
    {
        const OddFolder folder;
        const QString deep = pathFromBytes(folder.path().toUtf8() + "/M\xFCnchen/Stra\xDF"
                                                                    "e");
        QVERIFY(makeFolder(deep) && makeFolder(deep) && isFolderThere(deep));
        const QString path = deep + u"/"_s + pathFromBytes("Bj\xF6rk.m3u");
        QVERIFY(replaceFile(path, "first"));
        QVERIFY(replaceFile(path, "second"));
        QStringList names;
        QVERIFY(listFolder(deep, [&names](const FolderItem &item) {
            names.append(item.name);
            return true;
        }));
        QCOMPARE(names, QStringList(pathFromBytes("Bj\xF6rk.m3u")));
        QCOMPARE(factsOf(path)->size, 6);
        QString error;
        QVERIFY(!newFile(path, error)); // it is there
        QVERIFY(!error.isEmpty());
        const auto file = newFile(path + u"2"_s, error);
        QVERIFY(file && file->write("x") == 1 && file->seek(0));
    }

    /// A link stays one, and what it leads to gets the content.
    void aLinkStaysOne()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"file"_s);
        const QString link = folder.filePath(u"link"_s);
        QVERIFY(replaceFile(file, "old") && QFile::link(file, link));
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
        QVERIFY(replaceFile(link, "new"));
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(contentOf(file), QByteArray("new"));
        QVERIFY(QFileInfo(file).permissions().testFlag(QFile::ReadGroup));
        QVERIFY(!QFileInfo(file).permissions().testFlag(QFile::ReadOther));
        QVERIFY(!replaceFile(folder.path(), "x")); // a folder
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
