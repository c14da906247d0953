// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/slack.h"

#include <QElapsedTimer>
#include <QFile>
#include <QHash>
#include <QTest>

#include <filesystem>
#include <mutex>
#include <string>

namespace cycast::test
{
namespace
{

QByteArray contentOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// How long any thread of the machine has waited for its disk: "some avg10=0.00 ... total=603979681" (µs). A
/// program that is started may wait to be read, and threads that wait like this do not count as ready to run.
qint64 diskWaitNs()
{
    const QByteArray some = contentOf("/proc/pressure/io").split('\n').first();
    return some.mid(some.indexOf("total=") + 6).toLongLong() * 1000;
}

/// What has been seen of the threads, of which some have ended since.
struct Record {
    std::mutex mutex;
    QHash<qint64, qint64> waitedNs; ///< by thread, when last looked
    qint64 totalNs = 0;
    qint64 diskNs = 0;
    QElapsedTimer age;

    /// Every thread of the process, and of those that it started.
    void look(const std::string &process)
    {
        std::error_code error; // a process may end meanwhile
        for (const auto &thread : std::filesystem::directory_iterator("/proc/" + process + "/task", error)) {
            const std::string folder = thread.path().string();
            const qint64 id = QByteArray::fromStdString(thread.path().filename().string()).toLongLong();
            const qint64 now = contentOf(folder + "/schedstat").split(' ').value(1).toLongLong();
            qint64 &before = waitedNs[id];
            totalNs += now >= before ? now - before : now; // the number may be another one's now
            before = now;
            for (const QByteArray &child : contentOf(folder + "/children").split(' ')) {
                if (!child.isEmpty())
                    look(child.toStdString());
            }
        }
    }
};

} // namespace

qint64 MachineSlack::totalNs(qint64 maximalAgeMs)
{
    static Record record;
    const std::lock_guard lock(record.mutex);
    if (!record.age.isValid() || record.age.elapsed() > maximalAgeMs || maximalAgeMs == 0) {
        record.look("self");
        record.diskNs = diskWaitNs();
        record.age.start();
    }
    return record.totalNs + record.diskNs;
}

qint64 waitedForProcessorNs(qint64 pid)
{
    Record record;
    record.look(std::to_string(pid));
    return record.totalNs;
}

bool waitUntil(const std::function<bool()> &condition, int timeoutMs)
{
    const MachineSlack slack;
    QElapsedTimer passed;
    passed.start();
    // Threads that wait side by side may add up to more than has passed: it is never more than seven eighths
    // of that.
    const auto takenMs = [&] { return std::min(slack.ms(), passed.elapsed() * 7 / 8); };
    for (qint64 restMs = timeoutMs; restMs > 0; restMs = timeoutMs + takenMs() - passed.elapsed()) {
        if (QTest::qWaitFor(condition, static_cast<int>(restMs)))
            return true;
    }
    return condition();
}

} // namespace cycast::test
