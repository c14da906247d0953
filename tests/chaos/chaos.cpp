// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// chaos: does everything at once to a real cycastd, in an order that a seed decides, and listens. See
// README.md.
#include "core/base/monotonic.h"
#include "tests/chaos/mischief.h"
#include "tests/chaos/trend.h"
#include "tests/chaos/witness.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <thread>
#include <utility>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

namespace
{

constexpr int witnessCount = 10;
constexpr double longestSilence = 2.0;   // seconds, while anything could play
constexpr qint64 longestPauseMs = 3'000; // without any byte
constexpr qint64 afterMusicMs = 30'000;  // until what is back plays
constexpr int moreDescriptors = 10;      // than before, when all is over
constexpr double moreMegabytes = 24.0;
constexpr qint64 tickMs = 20;

qint64 nowMs()
{
    return monotonicNs() / nsPerMs;
}

double megabytes(qint64 bytes)
{
    return static_cast<double>(bytes) / (1024.0 * 1024.0);
}

struct Span {
    qint64 fromMs = 0;
    qint64 untilMs = 0;
    bool covers(qint64 from, qint64 until) const { return from >= fromMs && until <= untilMs; }
};

/// Whether this machine keeps a thread waiting that has nothing to do but wake up: then the station's wait as
/// well, and that is no fault of theirs.
class Heart
{
public:
    Heart()
        : m_thread([this] { run(); })
    {
    }
    ~Heart()
    {
        m_stops = true;
        m_thread.join();
    }
    /// The times that it stood still for more than half a second, since the last call.
    QList<Span> stops()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_stood, {});
    }

private:
    void run()
    {
        while (!m_stops) {
            const qint64 before = nowMs();
            std::this_thread::sleep_for(std::chrono::milliseconds(tickMs));
            const std::lock_guard lock(m_mutex);
            if (nowMs() - before > 500)
                m_stood.append({before, nowMs()});
        }
    }

    std::atomic<bool> m_stops = false;
    std::mutex m_mutex;
    QList<Span> m_stood;
    std::thread m_thread;
};

class Chaos
{
public:
    Chaos(quint32 seed, int seconds, bool isCalm)
        : m_random(seed)
        , m_seconds(seconds)
        , m_isCalm(isCalm)
    {
    }

    int run();

private:
    struct Running {
        const MischiefKind *kind;
        std::unique_ptr<Mischief> mischief;
        qint64 endsMs;
    };

    void begin(const MischiefKind &kind, double seconds, quint32 seed);
    const MischiefKind &pick();
    void step();
    void wait(qint64 ms);
    bool waitFor(const std::function<bool()> &condition, qint64 ms);
    void undo(size_t i);
    void judge();
    void fault(const QString &sentence);
    void say(const QString &line) const;

    QRandomGenerator m_random;
    int m_seconds;
    bool m_isCalm;
    ChaosStation m_station;
    Heart m_heart;
    std::vector<std::unique_ptr<Witness>> m_witnesses;
    std::vector<Running> m_running;
    QList<Span> m_excused; ///< nothing could play, or this machine stood still
    qint64 m_beganMs = 0;
    QStringList m_faults;
    int m_done = 0;
    Trend m_memory{"memory", "MB"};
    Trend m_descriptors{"descriptors", ""};
    Trend m_cpu{"CPU", "%"};
    double m_lastCpu = 0.0;
    qint64 m_lastSampleMs = 0;
};

void Chaos::say(const QString &line) const
{
    std::printf("%8.1f  %s\n", static_cast<double>(nowMs() - m_beganMs) / 1000.0, qPrintable(line));
    std::fflush(stdout);
}

void Chaos::fault(const QString &sentence)
{
    if (m_faults.contains(sentence))
        return;
    m_faults.append(sentence);
    QStringList meanwhile;
    for (const Running &each : m_running)
        meanwhile.append(QString::fromLatin1(each.kind->name));
    say(u"FAULT: %1 [%2]"_s.arg(sentence, meanwhile.join(u", "_s)));
}

const MischiefKind &Chaos::pick()
{
    int sum = 0;
    for (const MischiefKind &kind : mischiefKinds())
        sum += !m_isCalm || kind.isDaily ? kind.weight : 0;
    int drawn = m_random.bounded(sum);
    for (const MischiefKind &kind : mischiefKinds()) {
        drawn -= !m_isCalm || kind.isDaily ? kind.weight : 0;
        if (drawn < 0)
            return kind;
    }
    return mischiefKinds().front();
}

void Chaos::begin(const MischiefKind &kind, double seconds, quint32 seed)
{
    for (const Running &each : m_running) {
        if (each.kind == &kind || (each.kind->isDisk && kind.isDisk))
            return;
    }
    say(u"%1 for %2 s"_s.arg(QString::fromLatin1(kind.name)).arg(seconds, 0, 'f', 1));
    QRandomGenerator random(seed);
    m_running.push_back({&kind, kind.begin(m_station, random), nowMs() + qRound64(seconds * 1000.0)});
    ++m_done;
    if (m_running.back().mischief->takesAllMusic())
        m_excused.append({nowMs(), std::numeric_limits<qint64>::max()});
}

void Chaos::undo(size_t i)
{
    const bool tookAll = m_running[i].mischief->takesAllMusic();
    m_running.erase(m_running.begin() + static_cast<std::ptrdiff_t>(i));
    if (tookAll)
        m_excused.last().untilMs = nowMs() + afterMusicMs;
}

void Chaos::judge()
{
    if (!m_station.isRunning())
        fault(u"cycastd has ended"_s);
    for (size_t i = 0; i < m_witnesses.size(); ++i) {
        const Witness &witness = *m_witnesses[i];
        if (const QString wrong = witness.fault(); !wrong.isEmpty())
            fault(u"listener %1: %2"_s.arg(i).arg(wrong));
        const auto excuses = [this](qint64 from, qint64 until) {
            return std::any_of(m_excused.cbegin(), m_excused.cend(),
                               [&](const Span &span) { return span.covers(from, until); });
        };
        for (const Witness::Silence &silence : witness.silences()) {
            if (silence.seconds > longestSilence &&
                !excuses(silence.beganMs, silence.endedMs > 0 ? silence.endedMs : nowMs()))
                fault(u"listener %1: silence from %2 s on"_s.arg(i).arg(
                    static_cast<double>(silence.beganMs - m_beganMs) / 1000.0, 0, 'f', 1));
        }
        const auto [pauseMs, atMs] = witness.longestPauseMs();
        if (pauseMs > longestPauseMs && !excuses(atMs - pauseMs, atMs))
            fault(u"listener %1: nothing came for %2 ms"_s.arg(i).arg(pauseMs));
    }
}

void Chaos::step()
{
    std::this_thread::sleep_for(std::chrono::milliseconds(tickMs));
    const qint64 now = nowMs();
    for (const Span &stop : m_heart.stops()) {
        say(u"(the machine stood still for %1 ms)"_s.arg(stop.untilMs - stop.fromMs));
        m_excused.append({stop.fromMs - 4'000, stop.untilMs + 4'000});
    }
    for (Running &each : m_running)
        each.mischief->tick();
    for (size_t i = m_running.size(); i-- > 0;) {
        if (now >= m_running[i].endsMs)
            undo(i);
    }
    if (now - m_lastSampleMs >= 5'000) {
        const double cpu = m_station.cpuSeconds();
        const double at = static_cast<double>(now - m_beganMs) / 1000.0;
        m_memory.add(at, megabytes(m_station.residentBytes()));
        m_descriptors.add(at, m_station.descriptors());
        m_cpu.add(at, 100'000.0 * (cpu - m_lastCpu) / static_cast<double>(now - m_lastSampleMs));
        m_lastCpu = cpu;
        m_lastSampleMs = now;
        judge();
    }
}

void Chaos::wait(qint64 ms)
{
    for (const qint64 until = nowMs() + ms; nowMs() < until;)
        step();
}

bool Chaos::waitFor(const std::function<bool()> &condition, qint64 ms)
{
    for (const qint64 until = nowMs() + ms; nowMs() < until;) {
        if (condition())
            return true;
        step();
    }
    return condition();
}

int Chaos::run()
{
    m_beganMs = m_lastSampleMs = nowMs();
    if (!m_station.start()) {
        std::fprintf(stderr, "cycastd did not start:\n");
        QFile log(m_station.logPath());
        if (log.open(QIODevice::ReadOnly))
            std::fprintf(stderr, "%s\n", log.readAll().constData());
        return 2;
    }
    for (int i = 0; i < witnessCount; ++i)
        m_witnesses.push_back(std::make_unique<Witness>(m_station.listenPort()));
    const auto allHear = [this] {
        return std::all_of(m_witnesses.cbegin(), m_witnesses.cend(), [](const auto &witness) {
            return witness->lastSource() != 0 && nowMs() - witness->lastSoundMs() < 3'000;
        });
    };
    m_excused.append({m_beganMs, nowMs() + 20'000}); // files are looked into before they are played
    if (!waitFor(allHear, 30'000))
        fault(u"there is no sound at the start"_s);
    m_excused.last().untilMs = nowMs();
    // What is needed once stays: buffers and pages of a first crowd are no leak.
    for (const MischiefKind &kind : mischiefKinds()) {
        if (kind.isDaily)
            begin(kind, 3.0, 1);
    }
    waitFor([this] { return m_running.empty(); }, 20'000);
    wait(m_seconds > 60 ? 10'000 : 2'000);
    const int descriptorsBefore = m_station.descriptors();
    const double memoryBefore = megabytes(m_station.residentBytes());
    say(u"begins: %1 descriptors, %2 MB"_s.arg(descriptorsBefore).arg(memoryBefore, 0, 'f', 1));

    // All is drawn whether it can be done or not: the same seed is the same plan.
    const qint64 endMs = nowMs() + m_seconds * 1000LL;
    while (nowMs() < endMs && m_station.isRunning()) {
        const qint64 gapMs = m_random.bounded(300, m_isCalm ? 6'000 : 3'000);
        const MischiefKind &kind = pick();
        const double seconds = 1.0 + m_random.bounded(kind.longest - 1.0);
        const quint32 seed = m_random.generate();
        wait(gapMs);
        begin(kind, qMin(seconds, static_cast<double>(m_seconds) / 3.0), seed);
    }
    while (!m_running.empty())
        undo(m_running.size() - 1);
    say(u"all is undone"_s);
    if (!waitFor(allHear, afterMusicMs))
        fault(u"there is no sound at the end"_s);
    if (!waitFor([&] { return m_station.descriptors() <= descriptorsBefore + moreDescriptors; }, 30'000))
        fault(u"%1 descriptors at the end, %2 before"_s.arg(m_station.descriptors()).arg(descriptorsBefore));
    if (!waitFor([&] { return megabytes(m_station.residentBytes()) <= memoryBefore + moreMegabytes; },
                 30'000))
        fault(u"%1 MB at the end, %2 MB before"_s.arg(megabytes(m_station.residentBytes()), 0, 'f', 1)
                  .arg(memoryBefore, 0, 'f', 1));
    judge();
    qint64 frames = 0;
    for (const auto &witness : m_witnesses)
        frames += witness->frames();
    const int descriptorsAfter = m_station.descriptors();
    const double memoryAfter = megabytes(m_station.residentBytes());
    m_witnesses.clear();
    if (!m_station.end())
        fault(u"cycastd did not end well"_s);
    std::printf(
        "%d things done, %lld frames verified by %d listeners; descriptors %d -> %d, memory %.1f -> %.1f "
        "MB\n",
        m_done, frames, witnessCount, descriptorsBefore, descriptorsAfter, memoryBefore, memoryAfter);
    for (const Trend *trend : {&m_memory, &m_descriptors, &m_cpu})
        std::printf("%s\n", qPrintable(trend->summary()));
    std::printf(m_faults.isEmpty() ? "No fault.\n" : "%lld faults.\n",
                static_cast<long long>(m_faults.size()));
    if (!m_faults.isEmpty()) {
        QFile::remove(u"chaos.log"_s);
        if (QFile::copy(m_station.logPath(), u"chaos.log"_s))
            std::printf("What cycastd said is in chaos.log.\n");
    }
    return m_faults.isEmpty() ? 0 : 1;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    std::signal(SIGPIPE, SIG_IGN);
    QCommandLineParser parser;
    const QCommandLineOption seconds(u"seconds"_s, u"how long"_s, u"N"_s, u"1800"_s);
    const QCommandLineOption seed(u"seed"_s, u"decides what is done, and when"_s, u"N"_s, u"1"_s);
    const QCommandLineOption calm(u"calm"_s, u"only what happens every day: the soak"_s);
    const QCommandLineOption reader(u"reader"_s, u"(for itself)"_s, u"PORT"_s);
    parser.addOptions({seconds, seed, calm, reader});
    parser.addHelpOption();
    parser.process(app);
    if (parser.isSet(reader))
        return readForEver(parser.value(reader).toInt());
    std::printf("seed %s, %s s%s\n", qPrintable(parser.value(seed)), qPrintable(parser.value(seconds)),
                parser.isSet(calm) ? ", calm" : "");
    return Chaos(parser.value(seed).toUInt(), parser.value(seconds).toInt(), parser.isSet(calm)).run();
}
