// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A crowd of listeners that verifies what it gets, and the cost of serving it. Prints one line of name=value
// pairs; ends with 1 when a listener that reads lost anything. Options: README.md beside this file.
#include "tests/bench/apipoller.h"
#include "tests/bench/options.h"
#include "tests/bench/serverprocess.h"
#include "tests/bench/swarm.h"

#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>

using namespace bench;

namespace
{

std::int64_t seconds(double value)
{
    return static_cast<std::int64_t>(value * 1e9);
}

void raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

// So many joins a second, spread over it as they fall due.
void joinCrowd(Swarm &swarm, int count, double perSecond)
{
    const std::int64_t start = nowNs();
    for (int joined = 0; joined < count;) {
        const auto due = std::min<std::int64_t>(
            count, static_cast<std::int64_t>(static_cast<double>(nowNs() - start) / 1e9 * perSecond) + 1);
        // A few at a time: the answers' arrival times must not wait for further joins.
        for (int batch = 0; joined < due && batch < 8; ++joined, ++batch)
            swarm.join();
        swarm.work(joined < due ? nowNs() : start + seconds(joined / perSecond));
    }
}

void comeAndGo(Swarm &swarm, std::int64_t untilNs, double perSecond)
{
    const std::int64_t start = nowNs();
    std::int64_t turns = 0;
    while (nowNs() < untilNs) {
        const double elapsed = static_cast<double>(nowNs() - start) / 1e9;
        for (; static_cast<double>(turns) < elapsed * perSecond; ++turns) {
            swarm.leaveOldest();
            swarm.join();
        }
        swarm.work(std::min(untilNs, nowNs() + (perSecond > 0 ? 5'000'000 : 50'000'000)));
    }
}

} // namespace

int main(int argc, char **argv)
{
    const Options options(argc, argv);
    raiseDescriptorLimit();
    const auto port = static_cast<std::uint16_t>(options.integer("port"));
    const ServerProcess server(options.integer("pid"));
    const int count = options.integer("listeners", 100);
    const double measured = options.number("measure", 10.0);

    Swarm::Rules rules;
    rules.port = port;
    rules.path = options.text("path", "/stream");
    rules.icyShare = options.number("icy");
    rules.stalledShare = options.number("stalled");
    rules.tlsShare = options.number("tls");
    rules.tlsResumes = options.integer("tls-resume") != 0;
    rules.listener.modulus = static_cast<std::uint64_t>(options.number("modulus"));
    Swarm swarm(rules);

    const double memoryBefore = server.residentKb();
    const double cpuAtJoin = server.cpuSeconds();
    joinCrowd(swarm, count, options.number("join-rate", 500.0));
    // Everybody has to have audio; then the burst is passed on.
    const std::int64_t patience = nowNs() + seconds(options.number("patience", 20.0));
    while (swarm.withoutAudio() > 0 && nowNs() < patience)
        swarm.work(nowNs() + 50'000'000);
    const std::size_t withoutAudio = swarm.withoutAudio();
    const double joinCpu = server.cpuSeconds() - cpuAtJoin;
    swarm.work(nowNs() + seconds(options.number("settle", 3.0)));

    ApiPoller api;
    if (const int perSecond = options.integer("api"); perSecond > 0)
        api.start(port, perSecond);
    Tally &tally = swarm.tally();
    const std::uint64_t bytesBefore = tally.bytes;
    tally.latency = Histogram();
    const double joinLagMs = swarm.longestLagMs();
    swarm.forgetLag();
    const double memoryAfter = server.residentKb();
    const double cpuBefore = server.cpuSeconds();
    const double wakeUpsBefore = server.wakeUps();
    const std::int64_t start = nowNs();
    comeAndGo(swarm, start + seconds(measured), options.number("churn"));
    const double elapsed = static_cast<double>(nowNs() - start) / 1e9;
    const double cpu = server.cpuSeconds() - cpuBefore;
    const double wakeUps = server.wakeUps() - wakeUpsBefore;
    const double gigabytes = static_cast<double>(tally.bytes - bytesBefore) / 1e9;
    const double lagMs = swarm.longestLagMs();
    swarm.finish();
    api.stop();

    std::printf("listeners=%zu without_audio=%zu refused=%llu lost_connections=%llu bad_heads=%llu ",
                swarm.size(), withoutAudio, static_cast<unsigned long long>(swarm.refused()),
                static_cast<unsigned long long>(swarm.lostConnections()),
                static_cast<unsigned long long>(tally.badHeads));
    std::printf(
        "frames=%llu gaps=%llu lost_frames=%llu duplicates=%llu torn=%llu unaligned=%llu foreign=%llu "
        "bad_titles=%llu titles=%llu underruns_1s=%llu underruns_3s=%llu ",
        static_cast<unsigned long long>(tally.frames), static_cast<unsigned long long>(tally.gaps),
        static_cast<unsigned long long>(tally.lost), static_cast<unsigned long long>(tally.duplicates),
        static_cast<unsigned long long>(tally.torn), static_cast<unsigned long long>(tally.unaligned),
        static_cast<unsigned long long>(tally.foreign), static_cast<unsigned long long>(tally.badTitles),
        static_cast<unsigned long long>(tally.titles), static_cast<unsigned long long>(tally.underruns[0]),
        static_cast<unsigned long long>(tally.underruns[1]));
    std::printf("first_p50_ms=%.2f first_p99_ms=%.2f latency_p50_ms=%.2f latency_p99_ms=%.2f ",
                tally.firstByte.quantileMs(0.5), tally.firstByte.quantileMs(0.99),
                tally.latency.quantileMs(0.5), tally.latency.quantileMs(0.99));
    std::printf("gb=%.4f rate=%.3f cpu_s=%.4f cpu_per_gb=%.3f cpu_percent=%.3f wakeups_per_s=%.1f ",
                gigabytes, count > 0 ? gigabytes * 1e9 / elapsed / count / bytesPerSecond : 0.0, cpu,
                gigabytes > 0 ? cpu / gigabytes : 0.0, 100.0 * cpu / elapsed, wakeUps / elapsed);
    std::printf(
        "rss_kb=%.0f kb_per_listener=%.3f api_p50_ms=%.1f api_max_ms=%.1f api_failures=%d api_refusals=%d "
        "join_lag_ms=%.1f lag_ms=%.1f cpu_ms_per_join=%.3f\n",
        memoryAfter, count > 0 ? (memoryAfter - memoryBefore) / count : 0.0, api.answers().quantileMs(0.5),
        api.answers().quantileMs(1.0), api.failures(), api.refusals(), joinLagMs, lagMs,
        count > 0 ? joinCpu * 1e3 / count : 0.0);
    const bool clean = withoutAudio == 0 && swarm.refused() == 0 && swarm.lostConnections() == 0 &&
                       tally.gaps == 0 && tally.duplicates == 0 && tally.torn == 0 && tally.unaligned == 0 &&
                       tally.badTitles == 0 && tally.underruns[0] == 0 && tally.underruns[1] == 0 &&
                       api.failures() == 0 && (count == 0 || tally.frames > 0);
    return clean ? 0 : 1;
}
