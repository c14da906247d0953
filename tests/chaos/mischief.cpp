// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/mischief.h"

#include "tests/attack/flood.h"
#include "tests/support/liveclient.h"
#include "tests/support/rawsocket.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <array>
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{
namespace
{

/// Connections of a stranger; see FloodPlan.
class Crowd : public Mischief
{
public:
    explicit Crowd(const FloodPlan &plan)
        : m_flood(plan)
    {
    }

private:
    Flood m_flood;
};

/// An encoder: sends, stalls for up to 1.4 s, ends well or is cut off.
class Show : public Mischief
{
public:
    Show(ChaosStation &station, QRandomGenerator &random)
        : m_ending(random.bounded(3))
        , m_stallsAt(random.bounded(2) == 0 ? random.bounded(20, 70) : -1)
    {
        LiveClientOptions options;
        options.password = random.bounded(6) == 0 ? "guessed" : ChaosStation::passPhrase;
        options.method = random.bounded(2) == 0 ? "SOURCE" : "PUT";
        options.chunked = options.method == "PUT" && random.bounded(2) == 0;
        options.source = random.bounded(900, 4000);
        options.backlogFrames = random.bounded(4) == 0 ? 200 : 0;
        m_client = std::make_unique<LiveClient>(station.sourcePort(), options);
    }
    ~Show() override
    {
        if (m_ending == 0)
            m_client->end();
        else if (m_ending == 1)
            m_client->reset();
    }
    void tick() override
    {
        if (m_stallsAt > 0 && ++m_ticks % m_stallsAt == 0)
            m_client->setStalled(m_isStalled = !m_isStalled);
    }

private:
    std::unique_ptr<LiveClient> m_client;
    int m_ending;
    int m_stallsAt;
    int m_ticks = 0;
    bool m_isStalled = false;
};

/// Helpers that somebody else ends, or that hang.
class Helpers : public Mischief
{
public:
    Helpers(ChaosStation &station, bool isKilled)
        : m_station(station)
        , m_isKilled(isKilled)
    {
    }
    ~Helpers() override
    {
        for (const qint64 helper : std::as_const(m_stopped))
            ::kill(static_cast<pid_t>(helper), SIGCONT);
    }
    void tick() override
    {
        if (++m_ticks % 10 != 0)
            return;
        const QList<qint64> helpers = m_station.helpers();
        for (const qint64 helper : helpers) {
            ::kill(static_cast<pid_t>(helper), m_isKilled ? SIGKILL : SIGSTOP);
            if (!m_isKilled && !m_stopped.contains(helper))
                m_stopped.append(helper);
        }
    }

private:
    ChaosStation &m_station;
    bool m_isKilled;
    int m_ticks = 0;
    QList<qint64> m_stopped;
};

/// Folders that are not there for a while, as a disk that was pulled out.
class YankedDisk : public Mischief
{
public:
    YankedDisk(ChaosStation &station, const QStringList &folders)
        : m_station(station)
        , m_folders(folders)
    {
        for (const QString &folder : m_folders)
            QDir().rename(m_station.path(u"music/"_s + folder), m_station.path(u"away/"_s + folder));
    }
    ~YankedDisk() override
    {
        for (const QString &folder : m_folders)
            QDir().rename(m_station.path(u"away/"_s + folder), m_station.path(u"music/"_s + folder));
    }
    bool takesAllMusic() const override { return m_folders.size() > 1; }

private:
    ChaosStation &m_station;
    QStringList m_folders;
};

/// Files that never answer who opens them: a pipe in the place of each.
class HangingDisk : public Mischief
{
public:
    HangingDisk(ChaosStation &station, QRandomGenerator &random)
        : m_station(station)
    {
        for (int i = 0; i < 3; ++i) {
            const int number = random.bounded(1, 2 * ChaosStation::tracksPerFolder + 1);
            const QString name = u"music/%1/%2.mp3"_s.arg(
                number <= ChaosStation::tracksPerFolder ? u"a"_s : u"b"_s, QString::number(number));
            const QString away = u"away/%1.mp3"_s.arg(number);
            if (!QFile::rename(m_station.path(name), m_station.path(away)))
                continue; // the same number twice
            ::mkfifo(QFile::encodeName(m_station.path(name)).constData(), 0600);
            m_moved.append({name, away});
        }
    }
    ~HangingDisk() override
    {
        for (const auto &[name, away] : std::as_const(m_moved)) {
            QFile::remove(m_station.path(name));
            QFile::rename(m_station.path(away), m_station.path(name));
        }
    }

private:
    ChaosStation &m_station;
    QList<std::pair<QString, QString>> m_moved;
};

/// No file may grow, with a recording running.
class FullDiskElsewhere : public Mischief
{
public:
    explicit FullDiskElsewhere(ChaosStation &station)
        : m_station(station)
    {
        m_station.setSettings("recording { enabled = true, split = \"track\" }\n");
    }
    ~FullDiskElsewhere() override
    {
        m_station.limit(RLIMIT_FSIZE, -1);
        m_station.setSettings({});
    }
    void tick() override
    {
        if (++m_ticks == 50)
            m_station.limit(RLIMIT_FSIZE, 0);
    }

private:
    ChaosStation &m_station;
    int m_ticks = 0;
};

/// Players of another process that is stopped, as a laptop that is closed, and goes on.
class StoppedReaders : public Mischief
{
public:
    explicit StoppedReaders(ChaosStation &station)
    {
        for (auto &reader : m_readers) {
            reader = std::make_unique<QProcess>();
            reader->start(QCoreApplication::applicationFilePath(),
                          {u"--reader"_s, QString::number(station.listenPort())});
            reader->waitForStarted();
        }
    }
    ~StoppedReaders() override
    {
        send(SIGCONT);
        for (auto &reader : m_readers) {
            reader->kill();
            reader->waitForFinished();
        }
    }
    void tick() override
    {
        ++m_ticks;
        if (m_ticks % 200 == 50)
            send(SIGSTOP);
        else if (m_ticks % 200 == 170)
            send(SIGCONT);
    }

private:
    void send(int number)
    {
        for (const auto &reader : m_readers) {
            if (reader->processId() > 0)
                ::kill(static_cast<pid_t>(reader->processId()), number);
        }
    }

    std::array<std::unique_ptr<QProcess>, 3> m_readers;
    int m_ticks = 0;
};

/// The owner at the settings, several times in a moment.
class OtherSettings : public Mischief
{
public:
    OtherSettings(ChaosStation &station, QRandomGenerator &random)
        : m_station(station)
        , m_random(random.generate())
    {
    }
    ~OtherSettings() override { m_station.setSettings({}); }
    void tick() override
    {
        if (++m_ticks % 30 != 0)
            return;
        const auto number = [this](int from, int to) {
            return QByteArray::number(m_random.bounded(from, to + 1));
        };
        QByteArray text =
            "buffer { size_mb = " + number(1, 4) + " }\nbroadcaster { chunk_size = " + number(1024, 65'536) +
            " }\nmetadata { station_name = \"Station " + number(1, 999) +
            "\", icy_metaint = " + number(256, 40'000) +
            " }\nplaylist { shuffle = " + (m_random.bounded(2) == 0 ? "true" : "false") + " }\n";
        if (m_random.bounded(5) == 0)
            text += "buffer { size_mb = nonsense"; // what cannot be read changes nothing
        m_station.setSettings(text);
    }

private:
    ChaosStation &m_station;
    QRandomGenerator m_random;
    int m_ticks = 0;
};

FloodPlan listeners(ChaosStation &station, QRandomGenerator &random, FloodPlan::Then then)
{
    FloodPlan plan;
    plan.port = station.listenPort();
    plan.request = random.bounded(2) == 0 ? "GET /stream HTTP/1.0\r\n\r\n"
                                          : "GET /stream HTTP/1.1\r\nHost: a\r\nIcy-MetaData: 1\r\n\r\n";
    plan.then = then;
    return plan;
}

const QByteArray page = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const QByteArray statistics = "GET /api/stats HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
// The beginning of a TLS handshake, whole enough to be taken for one.
const QByteArray clientHello =
    QByteArray::fromHex("16030100a5010000a10303") + QByteArray(32, 'x') + QByteArray(130, '\0');

std::unique_ptr<Mischief> crowd(const FloodPlan &plan)
{
    return std::make_unique<Crowd>(plan);
}

} // namespace

const std::vector<MischiefKind> &mischiefKinds()
{
    using Then = FloodPlan::Then;
    static const std::vector<MischiefKind> kinds = {
        {"listeners come and go", 4, true, false, 8.0,
         [](ChaosStation &station, QRandomGenerator &random) {
             FloodPlan plan = listeners(station, random, Then::HangUp);
             plan.perSecond = random.bounded(1, 60);
             return crowd(plan);
         }},
        {"listeners that never read", 2, true, false, 12.0,
         [](ChaosStation &station, QRandomGenerator &random) {
             FloodPlan plan = listeners(station, random, Then::NeverRead);
             plan.perSecond = 200;
             plan.atOnce = random.bounded(5, 150);
             plan.receiveBuffer = random.bounded(2) == 0 ? 4096 : 0;
             return crowd(plan);
         }},
        {"a live show", 5, true, false, 10.0,
         [](ChaosStation &station, QRandomGenerator &random) {
             return std::make_unique<Show>(station, random);
         }},
        {"other settings", 3, true, false, 6.0,
         [](ChaosStation &station, QRandomGenerator &random) {
             return std::make_unique<OtherSettings>(station, random);
         }},
        {"stopped readers", 1, true, false, 12.0,
         [](ChaosStation &station, QRandomGenerator &) { return std::make_unique<StoppedReaders>(station); }},
        {"asking and hanging up", 2, false, false, 4.0,
         [](ChaosStation &station, QRandomGenerator &random) {
             FloodPlan plan;
             plan.port = random.bounded(2) == 0 ? station.listenPort() : station.sourcePort();
             plan.request = random.bounded(2) == 0 ? page : statistics;
             plan.perSecond = random.bounded(100, 3'000);
             plan.then = random.bounded(2) == 0 ? Then::HangUp : Then::ReadAll;
             return crowd(plan);
         }},
        {"answers that nobody reads", 1, false, false, 6.0,
         [](ChaosStation &station, QRandomGenerator &random) {
             FloodPlan plan;
             plan.port = station.listenPort();
             plan.request = page;
             plan.then = random.bounded(2) == 0 ? Then::NeverRead : Then::GoOn;
             plan.atOnce = random.bounded(20, 300);
             plan.receiveBuffer = 4096;
             return crowd(plan);
         }},
        {"handshakes that hang up", 1, false, false, 4.0,
         [](ChaosStation &station, QRandomGenerator &random) {
             FloodPlan plan;
             plan.port = random.bounded(2) == 0 ? station.listenPort() : station.sourcePort();
             plan.request = clientHello;
             plan.perSecond = random.bounded(50, 1'500);
             return crowd(plan);
         }},
        {"guesses", 1, false, false, 6.0,
         [](ChaosStation &station, QRandomGenerator &random) {
             FloodPlan plan;
             plan.port = station.sourcePort();
             plan.request = "PUT /stream HTTP/1.1\r\nHost: a\r\nContent-Type: audio/mpeg\r\n" +
                            basicAuth("source", "guess") + "\r\n";
             plan.then = Then::ReadAll;
             plan.perSecond = random.bounded(1, 50);
             plan.addresses = random.bounded(1, 30);
             return crowd(plan);
         }},
        {"all descriptors taken", 2, false, false, 6.0,
         [](ChaosStation &station, QRandomGenerator &random) {
             FloodPlan plan = listeners(station, random, Then::NeverRead);
             if (random.bounded(2) == 0)
                 plan.request.clear(); // says nothing at all
             plan.perSecond = 2'000;
             plan.atOnce = ChaosStation::mostDescriptors + 100;
             plan.addresses = 40;
             return crowd(plan);
         }},
        {"helpers killed", 1, false, false, 5.0,
         [](ChaosStation &station, QRandomGenerator &) { return std::make_unique<Helpers>(station, true); }},
        {"helpers stopped", 1, false, false, 5.0,
         [](ChaosStation &station, QRandomGenerator &) { return std::make_unique<Helpers>(station, false); }},
        {"half of the music away", 2, false, true, 20.0,
         [](ChaosStation &station, QRandomGenerator &random) {
             return std::make_unique<YankedDisk>(station,
                                                 QStringList{random.bounded(2) == 0 ? u"a"_s : u"b"_s});
         }},
        {"all of the music away", 1, false, true, 20.0,
         [](ChaosStation &station, QRandomGenerator &) {
             return std::make_unique<YankedDisk>(station, QStringList{u"a"_s, u"b"_s});
         }},
        {"files that hang", 2, false, true, 20.0,
         [](ChaosStation &station, QRandomGenerator &random) {
             return std::make_unique<HangingDisk>(station, random);
         }},
        {"a full disk", 1, false, true, 10.0,
         [](ChaosStation &station, QRandomGenerator &) {
             return std::make_unique<FullDiskElsewhere>(station);
         }},
    };
    return kinds;
}

int readForEver(int port)
{
    RawSocket socket(port);
    socket.send("GET /stream HTTP/1.0\r\nUser-Agent: stopped\r\n\r\n");
    while (!socket.atEnd())
        (void)socket.receive(1'000);
    return 0;
}

} // namespace cycast::test
