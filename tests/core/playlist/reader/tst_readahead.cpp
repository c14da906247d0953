// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the read-ahead when disks hang, go and come back, when this machine is short of something,
// and when somebody ends the helper program.
#include "core/base/monotonic.h"
#include "core/base/patientdisk.h"
#include "core/programme/readahead.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <mutex>
#include <semaphore>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

constexpr Flicks frameTime = flicksPerSecond / 50;

/// So many frames, then its end, or a fault.
class MadeTrack final : public TrackReader
{
public:
    MadeTrack(int frames, std::optional<TrackError> ending)
        : m_left(frames)
        , m_ending(std::move(ending))
    {
    }
    TrackResult<FrameBatch> read(qint64, const ReadPatience &) override
    {
        FrameBatch batch;
        for (int i = 0; i < 10 && m_left > 0; ++i, --m_left)
            batch.append("a frame", frameTime);
        if (batch.isEmpty() && m_ending)
            return tl::unexpected(*m_ending);
        return batch;
    }

private:
    int m_left;
    std::optional<TrackError> m_ending;
};

/// What a disk would do.
struct Disk {
    std::mutex mutex;
    QHash<QString, TrackError> faults; ///< of opening, by path
    QSet<QString> hanging;
    QHash<QString, TrackError> endings; ///< of reading, once
    QList<std::pair<QString, Flicks>> opened;
    std::counting_semaphore<> gate{0};
    std::atomic<int> machineFaults = 0; ///< so many openings fail for want of descriptors

    OpenedTrack open(const TrackRequest &request)
    {
        OpenedTrack track;
        track.entry = request.entry;
        const QString path = request.entry.path;
        bool hangs = false;
        {
            const std::lock_guard lock(mutex);
            opened.append({path, request.offset});
            if (faults.contains(path))
                track.error = faults.value(path);
            hangs = hanging.contains(path);
        }
        if (machineFaults > 0) {
            --machineFaults;
            track.error = TrackError{Sentence(u"Too many files are open."_s), TrackFault::Machine};
        }
        if (hangs && !patiently(path, request.diskPatienceMs, [this] { gate.acquire(); }))
            track.error = TrackError{Sentence(u"It does not answer."_s), TrackFault::NoAnswer};
        if (track.error)
            return track;
        const std::lock_guard lock(mutex);
        std::optional<TrackError> ending;
        if (const auto found = endings.constFind(path); found != endings.cend()) {
            ending = *found;
            endings.erase(found);
        }
        track.reader = std::make_unique<MadeTrack>(100, ending);
        return track;
    }
};

struct Feed {
    std::shared_ptr<Disk> disk = std::make_shared<Disk>();
    QTemporaryDir folder;
    ReadAhead feeder{1};
    QSignalSpy started{&feeder, &ReadAhead::trackBegun};
    QSignalSpy problems{&feeder, &ReadAhead::entryProblem};
    Flicks heard = 0;
    QList<PlaylistEntry> rows;

    explicit Feed(const QStringList &names)
    {
        feeder.setOpener([disk = disk](const TrackRequest &request, const PlayoutOptions &) {
            return disk->open(request);
        });
        QObject::connect(&feeder, &ReadAhead::framesRead, &feeder, [this](const FrameBatch &batch) {
            heard += batch.duration();
            order();
        });
        for (const QString &name : names) {
            PlaylistEntry row;
            row.id = newEntryId();
            row.path = folder.filePath(name);
            row.track.title = name;
            row.tagsRead = true;
            rows.append(row);
        }
        feeder.playlist().setEntries(rows);
    }
    ~Feed() { disk->gate.release(1000); }

    void order() { feeder.want(heard < 20 * flicksPerSecond ? 1'000'000 : 0, 0); }

    QStringList titles() const
    {
        QStringList all;
        for (const QList<QVariant> &call : started)
            all.append(call.first().value<TrackInfo>().title);
        return all;
    }
    EntryFault faultOf(int row) const
    {
        const PlaylistEntry *entry = feeder.playlist().entry(rows.at(row).id);
        return entry ? entry->fault : EntryFault::None;
    }
    QString path(int row) const { return rows.at(row).path; }
};

} // namespace

class TestReadAhead : public QObject
{
    Q_OBJECT

private slots:
    /// Three in a row, and the next one is heard within ten seconds; later the three are there again.
    void filesThatHangArePassedOver()
    {
        Feed feed({u"dead"_s, u"deader"_s, u"deadest"_s, u"alive"_s});
        for (int row = 0; row < 3; ++row)
            feed.disk->hanging.insert(feed.path(row));
        QElapsedTimer waited;
        waited.start();
        feed.order();
        QTRY_VERIFY_WITH_TIMEOUT(feed.heard > 0, 15'000);
        QVERIFY2(waited.elapsed() < 10'000, QByteArray::number(waited.elapsed()));
        QCOMPARE(feed.titles().value(0), u"alive"_s);
        for (int row = 0; row < 3; ++row)
            QCOMPARE(feed.faultOf(row), EntryFault::NoAnswer);
        QCOMPARE(feed.faultOf(3), EntryFault::None);
        QCOMPARE(feed.problems.count(), 3);
        QCOMPARE(feed.problems.at(0).at(2).value<EntryFault>(), EntryFault::NoAnswer);
        QVERIFY(hangingAt(feed.path(0)) > 0);
        {
            const std::lock_guard lock(feed.disk->mutex);
            feed.disk->hanging.clear();
        }
        feed.disk->gate.release(3);
        QTRY_COMPARE(hangingAt(feed.path(0)), 0);
        QTRY_COMPARE_WITH_TIMEOUT(feed.faultOf(0), EntryFault::None, 30'000);
        QTRY_COMPARE(feed.faultOf(2), EntryFault::None);
        feed.heard = 0;
        feed.order();
        QTRY_VERIFY(feed.titles().contains(u"dead"_s));
    }

    void aShortageIsNoFaultOfATrack()
    {
        Feed feed({u"one"_s, u"two"_s});
        feed.disk->machineFaults = 6; // more than one track is tried for
        QElapsedTimer waited;
        waited.start();
        feed.order();
        QTRY_VERIFY_WITH_TIMEOUT(feed.heard > 0, 20'000);
        QVERIFY2(waited.elapsed() < 12'000, QByteArray::number(waited.elapsed()));
        QCOMPARE(feed.problems.count(), 0);
        QCOMPARE(feed.faultOf(0), EntryFault::None);
        QTRY_VERIFY(feed.titles().contains(u"one"_s) && feed.titles().contains(u"two"_s));
    }

    /// Ended three times by somebody's hand: the track goes on where it was, and nobody is marked.
    void aHelperThatIsKilledCostsAMomentAndNoTrack()
    {
        Feed feed({u"one"_s, u"two"_s});
        feed.disk->endings.insert(feed.path(0), {Sentence(u"Ended from outside."_s), TrackFault::Stopped});
        feed.order();
        QTRY_VERIFY_WITH_TIMEOUT(feed.titles().contains(u"two"_s), 10'000);
        QCOMPARE(feed.problems.count(), 0);
        const std::lock_guard lock(feed.disk->mutex);
        QCOMPARE(feed.disk->opened.at(0), std::pair(feed.path(0), Flicks(0)));
        QCOMPARE(feed.disk->opened.at(1), std::pair(feed.path(0), 100 * frameTime));
        QCOMPARE(feed.titles().count(u"one"_s), feed.titles().count(u"two"_s)); // no second start of it
    }

    /// A disk that was not there comes back at the same place: without a hand, within seconds, and with all
    /// that is on it.
    void aDiskThatComesBackIsHeardAgain()
    {
        Feed feed({u"one"_s, u"two"_s, u"three"_s});
        for (int row = 0; row < 3; ++row)
            feed.disk->faults.insert(feed.path(row), {Sentence(u"It is not there."_s), TrackFault::Missing});
        feed.order();
        QTRY_COMPARE(feed.problems.count(), 3);
        QCOMPARE(feed.faultOf(1), EntryFault::Missing);
        // Tries in between tell nothing new.
        QVERIFY(!QTest::qWaitFor([&feed] { return feed.problems.count() > 3; }, 2'500));
        QVERIFY(feed.heard == 0);
        for (int row = 0; row < 3; ++row) {
            QFile file(feed.path(row));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("music") == 5);
        }
        {
            const std::lock_guard lock(feed.disk->mutex);
            feed.disk->faults.clear();
        }
        QTRY_VERIFY_WITH_TIMEOUT(feed.heard > 0, 8'000);
        QTRY_COMPARE(feed.faultOf(0), EntryFault::None);
        QTRY_COMPARE(feed.faultOf(1), EntryFault::None);
        QTRY_COMPARE(feed.faultOf(2), EntryFault::None);
        const auto areAllHeard = [&feed] {
            const QStringList titles = feed.titles();
            return QSet<QString>(titles.cbegin(), titles.cend()).size() == 3;
        };
        QTRY_VERIFY_WITH_TIMEOUT(areAllHeard(), 10'000);
    }

    /// What is damaged is passed over for as long as there is anything else.
    void aDamagedFileIsNotTriedAgain()
    {
        Feed feed({u"damaged"_s, u"fine"_s});
        feed.disk->faults.insert(feed.path(0), {Sentence(u"It is damaged."_s), TrackFault::File});
        feed.order();
        QTRY_VERIFY_WITH_TIMEOUT(feed.heard >= 20 * flicksPerSecond, 10'000);
        QCOMPARE(feed.problems.count(), 1);
        const std::lock_guard lock(feed.disk->mutex);
        QCOMPARE(feed.disk->opened.count({feed.path(0), 0}), 1);
    }

    void secondChancesComeInTime()
    {
        SecondChances chances;
        chances.note(1, true, 0);
        chances.note(2, false, 5 * nsPerSecond);
        QVERIFY(chances.isWaiting());
        QVERIFY(chances.due(9 * nsPerSecond).isEmpty());
        QCOMPARE(chances.due(10 * nsPerSecond), QList<quint64>{1});
        QVERIFY(!chances.isWaiting());
        QVERIFY(chances.due(1000 * nsPerSecond).isEmpty()); // once
        chances.note(1, true, 10 * nsPerSecond);
        QVERIFY(chances.due(29 * nsPerSecond).isEmpty()); // and each time later
        QCOMPARE(chances.due(30 * nsPerSecond), QList<quint64>{1});
        EntryList list;
        for (const quint64 id : {1, 2, 3}) {
            PlaylistEntry entry;
            entry.id = id;
            list.append(entry);
        }
        QCOMPARE(chances.oldest(list), 3U); // nobody tried it yet
        chances.note(3, false, 40 * nsPerSecond);
        QCOMPARE(chances.oldest(list), 2U);
        QCOMPARE(chances.oldest({}), 0U);
    }

    void patienceHasAnEnd()
    {
        const auto gate = std::make_shared<std::counting_semaphore<>>(0);
        const QString path = u"/nowhere/at/all/file"_s;
        QElapsedTimer spent;
        spent.start();
        for (int i = 0; i < mostHanging; ++i)
            QVERIFY(!patiently(path, 400, [gate] { gate->acquire(); }));
        QVERIFY2(spent.elapsed() < 400 + 400 * mostHanging, QByteArray::number(spent.elapsed()));
        QCOMPARE(hangingAt(path), mostHanging);
        // No more threads for that disk, and no more time; another one has both.
        spent.restart();
        QVERIFY(!patiently(path, 5'000, [] {}));
        QVERIFY2(spent.elapsed() < 1'000, QByteArray::number(spent.elapsed()));
        bool isDone = false;
        QVERIFY(patiently(u"/elsewhere/x/y/z"_s, 5'000, [&isDone] { isDone = true; }));
        QVERIFY(isDone);
        gate->release(mostHanging);
        QTRY_COMPARE(hangingAt(path), 0);
        QVERIFY(patiently(path, 5'000, [] {}));
    }
};

QTEST_GUILESS_MAIN(TestReadAhead)
#include "tst_readahead.moc"
