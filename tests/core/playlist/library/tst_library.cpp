// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/library.h"
#include "core/playlist/library/naturalorder.h"
#include "tests/core/playlist/library/mediafiles.h"
#include "tests/support/computing.h"
#include "tests/support/slack.h"

#include <QDir>
#include <QElapsedTimer>

#include <sys/stat.h>
#include <thread>

using namespace cycast;
using namespace mediafiles;

namespace
{

constexpr int manyFiles = 20'000;

QString name(int i)
{
    return u"%1/track %2.mp3"_s.arg(i % 40).arg(i);
}

} // namespace

class TestLibrary : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_dir.isValid());
        QDir root(m_dir.path());
        for (int i = 0; i < 40; ++i)
            QVERIFY(root.mkpath(QString::number(i)));
        for (int i = 0; i < manyFiles; ++i)
            QVERIFY(write(m_dir.filePath(name(i)), "x"));
    }

    void naturalOrder()
    {
        QStringList names{u"b10"_s, u"B2"_s, u"a"_s, u"élan"_s, u"zoo"_s, u"b002"_s, u"C"_s};
        sortNaturally(names);
        QCOMPARE(names.first(), u"a"_s);
        QVERIFY(names.indexOf(u"B2"_s) < names.indexOf(u"b10"_s));
        QVERIFY(names.indexOf(u"b002"_s) < names.indexOf(u"b10"_s));
        QVERIFY(names.indexOf(u"b10"_s) < names.indexOf(u"C"_s));
        QVERIFY(names.indexOf(u"C"_s) < names.indexOf(u"zoo"_s));
        QVERIFY(compareNaturally(u"a2", u"A10") < 0);
        QVERIFY(compareNaturally(u"a", u"a1") < 0);
        QVERIFY(compareNaturally(u"x99999999999999999999999", u"x100000000000000000000000") < 0);
        QCOMPARE(compareNaturally(u"a01", u"A1"), 0);
    }

    void filesBelowAFolder()
    {
        QTemporaryDir dir;
        QDir root(dir.path());
        QVERIFY(root.mkpath(u"Album 10"_s) && root.mkpath(u"Album 2/CD"_s) && root.mkpath(u".hidden"_s));
        for (const auto *file : {"b.mp3", "A.MP3", "x.txt", ".mp3", "._a.mp3", "Album 10/1.mp3",
                                 "Album 2/10.mp3", "Album 2/9.mp3", "Album 2/CD/1.mp3", ".hidden/h.mp3"})
            QVERIFY(write(dir.filePath(QString::fromLatin1(file)), "x"));
        QVERIFY(QFile::link(dir.path(), dir.filePath(u"Album 2/loop"_s)));
        QVERIFY(QFile::link(dir.filePath(u"Album 10"_s), dir.filePath(u"Album 99"_s)));
        QVERIFY(QFile::link(dir.filePath(u"nowhere"_s), dir.filePath(u"broken.mp3"_s)));
        QCOMPARE(::mkfifo(QFile::encodeName(dir.filePath(u"pipe.mp3"_s)).constData(), 0600), 0);
        QStringList found = filesBelow(dir.path() + u"/"_s, {u".mp3"_s});
        for (QString &path : found)
            path = root.relativeFilePath(path);
        QCOMPARE(found, QStringList({u"A.MP3"_s, u"b.mp3"_s, u"Album 2/9.mp3"_s, u"Album 2/10.mp3"_s,
                                     u"Album 2/CD/1.mp3"_s, u"Album 10/1.mp3"_s}));
        QCOMPARE(filesBelow(dir.filePath(u"none"_s), {u".mp3"_s}), QStringList());
        QCOMPARE(filesBelow(dir.path(), {u"TXT"_s}).size(), 1);
    }

    void importOfManyFiles()
    {
        Library library;
        QSignalSpy found(&library, &Library::filesFound);
        QSignalSpy finished(&library, &Library::importFinished);
        const test::MachineSlack slack;
        QElapsedTimer clock;
        clock.start();
        const quint64 request = library.importPaths({m_dir.path()}, {u".mp3"_s});
        QVERIFY2(clock.elapsed() < test::computingMs(50) + slack.ms(), "the calling thread was held up");
        QVERIFY(found.isEmpty());
        QVERIFY(found.wait(10'000));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
        const qint64 elapsed = clock.elapsed();
        for (const auto &call : std::as_const(found))
            QVERIFY(call.at(1).value<QList<PlaylistEntry>>().size() <= Library::batchRows);
        QCOMPARE(finished.first().at(0).toULongLong(), request);
        QCOMPARE(finished.first().at(1).toInt(), manyFiles);
        QCOMPARE(finished.first().at(2).toStringList(), QStringList());
        QVERIFY2(found.size() <= 2 + elapsed / Library::filesIntervalMs + manyFiles / 1000,
                 qPrintable(QString::number(found.size())));
        QList<PlaylistEntry> rows;
        for (const auto &call : std::as_const(found))
            rows += call.at(1).value<QList<PlaylistEntry>>();
        QCOMPARE(rows.size(), manyFiles);
        QVERIFY(rows.at(1).path.endsWith("/0/track 40.mp3"_L1));
        QCOMPARE(rows.at(1).track.title, u"track 40"_s);
        QSet<quint64> ids;
        for (const PlaylistEntry &row : std::as_const(rows))
            ids.insert(row.id);
        QCOMPARE(ids.size(), manyFiles);
    }

    void importOfAllSorts()
    {
        QTemporaryDir dir;
        QVERIFY(write(dir.filePath(u"a.mp3"_s), "x") && write(dir.filePath(u"b.flac"_s), "x"));
        QVERIFY(write(dir.filePath(u"list.m3u"_s), "a.mp3\nhttp://radio.example/\nmissing.mp3\n"));
        Library library;
        QSignalSpy found(&library, &Library::filesFound);
        QSignalSpy finished(&library, &Library::importFinished);
        library.importPaths(
            {dir.filePath(u"b.flac"_s), dir.filePath(u"list.m3u"_s), dir.filePath(u"no.mp3"_s), dir.path()},
            {u".mp3"_s});
        QTRY_COMPARE(finished.size(), 1);
        QStringList names;
        QStringList problems;
        for (const auto &call : std::as_const(found)) {
            for (const PlaylistEntry &row : call.at(1).value<QList<PlaylistEntry>>()) {
                names.append(QFileInfo(row.path).fileName());
                problems.append(row.problem);
            }
        }
        QCOMPARE(names, QStringList({u"b.flac"_s, u"a.mp3"_s, u"missing.mp3"_s, u"a.mp3"_s}));
        QVERIFY(problems.at(2).contains("not there"_L1));
        const QStringList told = finished.first().at(2).toStringList();
        QCOMPARE(told.size(), 2);
        QVERIFY(told.join(u'\n').contains("radio.example"_L1) && told.join(u'\n').contains("no.mp3"_L1));
    }

    void tagsInBatches()
    {
        Library library;
        QSignalSpy read(&library, &Library::tagsRead);
        QSignalSpy progress(&library, &Library::tagProgress);
        const QList<PlaylistEntry> first = entries(1000);
        const QList<PlaylistEntry> second = entries(1000);
        QElapsedTimer clock;
        clock.start();
        library.readTags(first);
        library.readTags(second);
        const qint64 calledMs = clock.elapsed();
        int count = 0;
        QTRY_VERIFY_WITH_TIMEOUT((count = total(read)) == 2000, 60'000);
        QVERIFY2(calledMs < clock.elapsed() / 4, "the calling thread was held up");
        QVERIFY2(read.size() <= 2 + clock.elapsed() / Library::tagsIntervalMs,
                 qPrintable(QString::number(read.size())));
        QCOMPARE(progress.last(), QVariantList({2000, 2000}));
        QVERIFY(read.first().first().value<QList<PlaylistEntry>>().first().tagsRead);
        library.readTags(entries(10)); // counts anew
        QTRY_COMPARE(progress.last(), QVariantList({10, 10}));
    }

    void cancelEndsImportAndTags()
    {
        Library library;
        QSignalSpy finished(&library, &Library::importFinished);
        QSignalSpy read(&library, &Library::tagsRead);
        QSignalSpy progress(&library, &Library::tagProgress);
        library.importPaths({m_dir.path()}, {u".mp3"_s});
        library.importPaths({m_dir.path()}, {u".mp3"_s});
        library.readTags(entries(manyFiles));
        library.cancel();
        QTRY_COMPARE(finished.size(), 2);
        QVERIFY(finished.at(1).at(1).toInt() < manyFiles);
        QTRY_VERIFY(!progress.isEmpty());
        QCOMPARE(progress.last().at(0), progress.last().at(1));
        QVERIFY(total(read) < manyFiles);
        library.readTags(entries(5)); // goes on working
        QTRY_COMPARE(progress.last(), QVariantList({5, 5}));
    }

    void destroyedInTheMiddle()
    {
        const test::MachineSlack slack;
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 20; ++i) {
            auto library = std::make_unique<Library>();
            QSignalSpy found(library.get(), &Library::filesFound);
            library->importPaths({m_dir.path()}, {u".mp3"_s});
            library->readTags(entries(5000));
            if (i % 2 == 0)
                QVERIFY(found.wait(10'000));
            library.reset();
            QCoreApplication::processEvents(); // what was posted must be gone
        }
        QVERIFY2(clock.elapsed() < 20'000 + slack.ms(), qPrintable(QString::number(clock.elapsed())));
    }

    void importDoesNotWaitForTags()
    {
        Library library;
        QSignalSpy finished(&library, &Library::importFinished);
        QSignalSpy progress(&library, &Library::tagProgress);
        library.readTags(entries(manyFiles));
        QTRY_VERIFY(!progress.isEmpty());
        library.importPaths({m_dir.filePath(name(0))}, {});
        QVERIFY(finished.wait(10'000));
        QVERIFY2(progress.last().at(0).toInt() < manyFiles, "too fast to tell: give it more files");
    }

private:
    QList<PlaylistEntry> entries(int count) const
    {
        QList<PlaylistEntry> list;
        for (int i = 0; i < count; ++i) {
            PlaylistEntry entry;
            entry.id = newEntryId();
            entry.path = m_dir.filePath(name(i));
            list.append(entry);
        }
        return list;
    }

    static int total(const QSignalSpy &read)
    {
        qsizetype sum = 0;
        for (const auto &call : read)
            sum += call.first().value<QList<PlaylistEntry>>().size();
        return static_cast<int>(sum);
    }

    QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(TestLibrary)
#include "tst_library.moc"
