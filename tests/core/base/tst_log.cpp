// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The log under strangers who cause it without end, and before a reader who does not read.
#include "core/base/log.h"

#include "core/base/linebudget.h"
#include "core/base/linewriter.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <optional>
#include <sys/ioctl.h>
#include <thread>
#include <unistd.h>
#include <utility>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

/// A pipe of the smallest size; what is not closed at the end is.
struct Pipe {
    Pipe()
    {
        if (::pipe(ends) == 0)
            ::fcntl(ends[1], F_SETPIPE_SZ, 4096);
    }
    ~Pipe()
    {
        ::close(ends[1]);
        closeReader();
    }
    void closeReader()
    {
        if (ends[0] >= 0)
            ::close(std::exchange(ends[0], -1));
    }
    int waiting() const
    {
        int bytes = 0;
        return ::ioctl(ends[0], FIONREAD, &bytes) == 0 ? bytes : -1;
    }
    int ends[2] = {-1, -1};
};

QByteArray numbered(int number)
{
    return QByteArray::number(number).rightJustified(99, ' ') + '\n';
}

} // namespace

class TestLog : public QObject
{
    Q_OBJECT

private slots:
    void aBudgetIsAHandfulAtOnceAndThenOneASecond()
    {
        LineBudget budget;
        int taken = 0;
        for (int i = 0; i < 5'000; ++i)
            taken += budget.take(1'000'000) ? 1 : 0;
        QCOMPARE(taken, LineBudget::atOnce);
        QVERIFY(budget.isOwing());
        QCOMPARE(budget.gathered(1'000'000 + LineBudget::gatherMs - 1), 0);
        QCOMPARE(budget.gathered(1'000'000 + LineBudget::gatherMs), 5'000 - LineBudget::atOnce);
        QVERIFY(!budget.isOwing());
        // A day of a thousand a second.
        taken = 0;
        for (qint64 ms = 2'000'000; ms < 2'000'000 + 86'400'000; ms += 100)
            taken += budget.take(ms) ? 1 : 0;
        QVERIFY2(taken <= 86'400 + LineBudget::atOnce, qPrintable(QString::number(taken)));
        QVERIFY2(taken >= 86'399, qPrintable(QString::number(taken)));
    }

    void strangersAreGathered_data()
    {
        QTest::addColumn<QString>("room");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("listeners") << u"listener"_s << u"%1 more lines about listeners were left out."_s;
        QTest::newRow("sources") << u"source"_s << u"%1 more lines about live sources were left out."_s;
    }

    void strangersAreGathered()
    {
        QFETCH(const QString, room);
        QFETCH(const QString, sentence);
        qputenv("CYCAST_LOG_LEVEL", "ERROR");
        std::optional<LogSink> sink(std::in_place);
        qunsetenv("CYCAST_LOG_LEVEL");
        QStringList lines;
        connect(&*sink, &LogSink::logged, this, [&](const LogEntry &entry) {
            if (entry.room == room)
                lines.append(entry.text);
        });
        constexpr int many = 700;
        for (int i = 0; i < many; ++i) {
            if (room == u"listener"_s)
                qCInfo(lcListener).noquote() << u"Listener %1 joined."_s.arg(i);
            else
                qCWarning(lcSource).noquote() << u"Refused %1."_s.arg(i);
        }
        // Those about anything else are nobody else's.
        QSignalSpy all(&*sink, &LogSink::logged);
        qCInfo(lcStation) << "Still here.";
        QTRY_VERIFY(all.count() > 0);
        const int shown = static_cast<int>(lines.size());
        QVERIFY2(shown >= LineBudget::atOnce && shown < LineBudget::atOnce + 50,
                 qPrintable(QString::number(shown)));
        QTRY_COMPARE_WITH_TIMEOUT(lines.size(), shown + 1, 15'000);
        QCOMPARE(lines.last(), sentence.arg(many - shown));
    }

    /// The window shows lines in its own language; nothing comes in that way that the line itself keeps out.
    void aLineThatIsASentenceCarriesIt()
    {
        LogSink sink;
        sink.setSecrets({u"blue river stone"_s});
        QList<LogEntry> entries;
        connect(&sink, &LogSink::logged, this, [&entries](const LogEntry &entry) {
            if (entry.room == u"station"_s)
                entries.append(entry);
        });
        const Sentence sentence =
            Core::tr("The file %1 cannot be read: %2.").arg(u"a\nb"_s, u"blue river stone"_s);
        qCWarning(lcStation).noquote() << sentence;
        qCWarning(lcStation).noquote() << "more:" << sentence;
        qCWarning(lcStation).noquote() << u"The file x cannot be read: y."_s;
        QTRY_COMPARE(entries.size(), 3);
        QVERIFY(!entries.at(0).text.contains(u'\n') && !entries.at(0).text.contains(u"river"_s));
        QCOMPARE(entries.at(0).sentence.english(), entries.at(0).text);
        QCOMPARE(entries.at(0).sentence.id(), QByteArray("The file %1 cannot be read: %2."));
        QVERIFY(entries.at(1).sentence.isEmpty());
        QVERIFY(entries.at(2).sentence.isEmpty());
    }

    void nobodyWaitsForAReaderWhoDoesNotRead()
    {
        Pipe pipe;
        constexpr int many = 40'000; // 4 MB, and the pipe takes 4 kB
        QByteArray read;
        std::thread reader;
        {
            LineWriter writer(pipe.ends[1]);
            writer.write(numbered(0));
            QTRY_VERIFY(pipe.waiting() > 0); // its thread has begun
            QElapsedTimer timer;
            timer.start();
            for (int i = 1; i < many; ++i)
                writer.write(numbered(i));
            QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
            QVERIFY(!writer.flush(50));
            // Somebody reads again: all that had room comes, in order, and then how much did not.
            reader = std::thread([&] {
                char bytes[4096];
                for (ssize_t got = 0; (got = ::read(pipe.ends[0], bytes, sizeof bytes)) > 0;)
                    read.append(bytes, got);
            });
            QVERIFY(writer.flush(10'000));
            writer.write("the next one\n");
        }
        ::close(std::exchange(pipe.ends[1], ::open("/dev/null", O_WRONLY | O_CLOEXEC)));
        reader.join();
        const QByteArrayList lines = read.split('\n');
        QVERIFY(lines.size() > 4);
        QCOMPARE(lines.last(), QByteArray());
        QCOMPARE(lines[lines.size() - 2], QByteArray("the next one"));
        // Where lines are missing it says how many; its thread may have made room once, when it began late.
        const QByteArray leftOut = " lines of the log were left out here: nobody read them.";
        QVERIFY2(lines[lines.size() - 3].endsWith(leftOut), lines[lines.size() - 3]);
        qsizetype next = 0;
        qsizetype kept = 0;
        for (const QByteArray &line : lines.first(lines.size() - 2)) {
            if (line.endsWith(leftOut)) {
                next += line.first(line.size() - leftOut.size()).toLongLong();
            } else {
                QCOMPARE(line.trimmed(), QByteArray::number(next));
                ++next;
                ++kept;
            }
        }
        QCOMPARE(next, many);
        QVERIFY(kept * 100 >= LineWriter::mostBytes - 100 && kept * 100 <= 2 * LineWriter::mostBytes + 1'000);
    }

    void theEndDoesNotWaitEither()
    {
        Pipe pipe;
        QElapsedTimer timer;
        {
            LineWriter writer(pipe.ends[1]);
            for (int i = 0; i < 1'000; ++i)
                writer.write(numbered(i));
            timer.start();
        }
        QVERIFY2(timer.elapsed() < 4'000, qPrintable(QString::number(timer.elapsed())));
    }

    void aReaderThatHasGoneEndsNothing()
    {
        Pipe pipe;
        pipe.closeReader();
        LineWriter writer(pipe.ends[1]);
        for (int i = 0; i < 100; ++i)
            writer.write(numbered(i));
        QVERIFY(writer.flush(5'000)); // given up at once: nobody ever reads them
    }

    void whatIsWaitingIsWrittenAtTheEnd()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"log"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        constexpr int many = 5'000;
        {
            LineWriter writer(file.handle());
            for (int i = 0; i < many; ++i)
                writer.write(numbered(i));
        }
        QFile written(path);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll().count('\n'), many);
    }
};

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
