// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/patientdisk.h"

#include "core/base/filename.h"
#include "core/base/threadhop.h"

#include <QFile>
#include <QHash>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace cycast
{

namespace
{

constexpr int leastPatienceMs = 300;
constexpr auto idleTime = std::chrono::seconds(10);

struct Job {
    std::function<void()> work;
    std::condition_variable changed;
    bool isDone = false;
    QString disk; ///< where it is counted as hanging; empty: it is not
};

struct Worker {
    std::condition_variable called;
    std::shared_ptr<Job> job;
};

/// Never destroyed: threads that hang may outlive everything.
struct Pool {
    std::mutex mutex;
    std::vector<std::shared_ptr<Worker>> idle;
    QHash<QString, int> hanging; ///< by disk
};

Pool &pool()
{
    static Pool *all = new Pool;
    return *all;
}

/// What a hang tells about others: the mount, and within the root (where links lead anywhere, and following
/// them could hang) the first folders. Asks the kernel, never the disk.
QString diskOf(const QString &path)
{
    QString mount = QStringLiteral("/");
#ifdef Q_OS_LINUX
    QFile table(QStringLiteral("/proc/self/mountinfo"));
    if (table.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : table.readAll().split('\n')) {
            QByteArray point = line.split(' ').value(4);
            point.replace("\\040", " ");
            const QString folder = pathFromBytes(point);
            if (folder.size() > mount.size() && path.startsWith(folder + QLatin1Char('/')))
                mount = folder;
        }
    }
#endif
    constexpr int foldersOfRoot = 3;
    return mount.size() > 1 ? mount : path.section(QLatin1Char('/'), 0, foldersOfRoot);
}

void serve(const std::shared_ptr<Worker> &worker)
{
    Pool &all = pool();
    std::unique_lock lock(all.mutex);
    for (;;) {
        if (!worker->called.wait_for(lock, idleTime, [&worker] { return worker->job != nullptr; })) {
            std::erase(all.idle, worker);
            return;
        }
        const std::shared_ptr<Job> job = std::exchange(worker->job, nullptr);
        lock.unlock();
        job->work();
        job->work = {}; // what it held goes here
        lock.lock();
        job->isDone = true;
        if (!job->disk.isEmpty() && --all.hanging[job->disk] <= 0)
            all.hanging.remove(job->disk);
        job->changed.notify_all();
        all.idle.push_back(worker);
    }
}

} // namespace

bool patiently(const QString &path, int patienceMs, std::function<void()> work)
{
    Pool &all = pool();
    const auto job = std::make_shared<Job>();
    job->work = travelling(std::move(work));
    std::unique_lock lock(all.mutex);
    if (!all.hanging.isEmpty()) {
        lock.unlock();
        const QString disk = diskOf(path);
        lock.lock();
        const int already = all.hanging.value(disk);
        if (already >= mostHanging)
            return false;
        if (already > 0)
            patienceMs = qMax(qMin(leastPatienceMs, patienceMs), patienceMs >> already);
    }
    if (all.idle.empty()) {
        const auto worker = std::make_shared<Worker>();
        worker->job = job;
        std::thread([worker] { serve(worker); }).detach();
    } else {
        const std::shared_ptr<Worker> worker = std::move(all.idle.back());
        all.idle.pop_back();
        worker->job = job;
        worker->called.notify_all();
    }
    if (job->changed.wait_for(lock, std::chrono::milliseconds(patienceMs), [&job] { return job->isDone; }))
        return true;
    lock.unlock();
    QString disk = diskOf(path);
    lock.lock();
    if (job->isDone)
        return true;
    ++all.hanging[disk];
    job->disk = std::move(disk);
    return false;
}

int hangingAt(const QString &path)
{
    Pool &all = pool();
    {
        const std::lock_guard lock(all.mutex);
        if (all.hanging.isEmpty())
            return 0;
    }
    const QString disk = diskOf(path);
    const std::lock_guard lock(all.mutex);
    return all.hanging.value(disk);
}

} // namespace cycast
