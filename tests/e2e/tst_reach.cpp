// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The doctor among real routers: a household, its router and the world outside, in network namespaces. Each
// topology has one verdict, and where it says "everybody", somebody outside hears it. reach/world builds each
// of them; all are built side by side.
#include "tests/e2e/sandbox.h"
#include "tests/support/paths.h"
#include "tests/support/slack.h"

#include <QTest>

#include <map>
#include <memory>

using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr int everybody = 0;
constexpr int ipv6Only = 3;
constexpr int notOutside = 4;
/// The burst and nearly ten seconds at 128 kbit/s.
constexpr qint64 tenSeconds = 200'000;

struct Check {
    int code = -1;
    int milliseconds = -1;
    QStringList lines;
};

/// What a world has said.
struct Told {
    QList<Check> checks;
    QList<qint64> heard;
    QStringList facts;
};

Told toldBy(const QString &output)
{
    Told told;
    for (const QString &line : output.split('\n'_L1)) {
        const QStringList words = line.split(' '_L1);
        if (line.startsWith("check "_L1) && words.size() == 3)
            told.checks.append({words.at(1).toInt(), words.at(2).toInt(), {}});
        else if (line.startsWith("| "_L1) && !told.checks.isEmpty())
            told.checks.last().lines.append(line.sliced(2));
        else if (line.startsWith("heard "_L1))
            told.heard.append(words.at(1).toLongLong());
        else if (line.startsWith("fact "_L1))
            told.facts.append(line.sliced(5));
    }
    return told;
}

/// One of them, running.
struct World {
    Sandbox sandbox;
    std::unique_ptr<QProcess> process;
};

const QStringList &topologies()
{
    static const QStringList all{
        u"life"_s,      u"open"_s,         u"upnp"_s,      u"natpmp"_s,   u"pcp"_s,        u"refused"_s,
        u"permanent"_s, u"taken"_s,        u"doublenat"_s, u"cgnat"_s,    u"cgnat-told"_s, u"ipv6"_s,
        u"silent"_s,    u"ipv6-blocked"_s, u"firewall"_s,  u"norouter"_s, u"offnetwork"_s, u"slow"_s,
        u"byhand"_s,    u"ipv6-upnp"_s,    u"ipv6-igd2"_s, u"garbage"_s};
    return all;
}

/// In namespaces of its own, which end with it.
QStringList unshared(const QStringList &command)
{
    QStringList all{u"-n"_s, u"-m"_s, u"-p"_s, u"-f"_s, u"--mount-proc"_s, u"--kill-child"_s};
    if (::geteuid() != 0)
        all.prepend(u"-r"_s);
    return all + command;
}

} // namespace

class TestReach : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        Sandbox first;
        const ProgramResult allowed = first.run(u"unshare"_s, unshared({u"true"_s}));
        if (allowed.exitCode != 0)
            QSKIP(qPrintable(u"The kernel permits no network namespaces here: "_s +
                             QString::fromUtf8(allowed.errors).trimmed()));
        QVERIFY(makeTone(first, u"1.mp3"_s, 440, 120));
        const QByteArray tone = first.read(u"1.mp3"_s);
        for (const QString &topology : topologies()) {
            auto world = std::make_unique<World>();
            world->sandbox.write(u"music/1.mp3"_s, tone);
            world->process = world->sandbox.start(
                u"unshare"_s, unshared({sourcePath(u"tests/e2e/reach/world"_s), topology,
                                        builtProgram(u"cycastd"_s), world->sandbox.path(u"."_s)}));
            m_worlds[topology] = std::move(world);
        }
    }

    void verdict_data()
    {
        QTest::addColumn<QList<int>>("codes");
        QTest::addColumn<QStringList>("sentences"); ///< of each check, how its last lines go
        QTest::addColumn<int>("listeners");
        QTest::addColumn<QStringList>("facts");
        const auto row = [](const char *name, const QList<int> &codes, const QStringList &sentences,
                            int listeners = 0, const QStringList &facts = {}) {
            QTest::newRow(name) << codes << sentences << listeners << facts;
        };
        const QString ended = u"the station ended with 0"_s;
        const QString closed = u"open ports after the end: 0"_s;
        const QString canOpen = u"Your router at 192.168.77.1 can open port 8001 for you: it answers UPnP.\n"
                                "  reach { open_port = true }  in config.hcl"_s;
        const auto opened = [](const QString &protocol, int port = 8001) {
            return u"Everybody can listen at http://5.6.7.8:%1/stream: your router at 192.168.77.1 passes "
                   u"port "
                   "%1 on to this computer (%2)."_s.arg(port)
                       .arg(protocol);
        };
        const auto shared = [](const QString &seen) {
            return u"Your provider shares one IPv4 address among many customers: %1. Nobody outside can come "
                   u"in "
                   "by IPv4, whatever is set in the router; ask the provider for an address of your own."_s
                       .arg(seen);
        };
        const QString behind =
            u"your router at 192.168.77.1 says that it has no public address, and behind it comes %1"_s;
        const QString byHand = u"\n  TCP 8001 -> 192.168.77.2:8001"_s;
        const QString silent =
            u"Your router at 192.168.77.1 answers neither UPnP nor NAT-PMP nor PCP. Switch on "
            "UPnP in it, or pass TCP port 8001 on to 192.168.77.2 there."_s;
        row("open", {everybody},
            {u"Everybody can listen at http://5.6.7.8:8001/stream: this computer has a public address itself."_s},
            1, {ended});
        row("upnp", {notOutside, everybody}, {canOpen, opened(u"UPnP"_s)}, 1,
            {u"the station says everywhere"_s, u"somebody at 5.6.7.1 has listened"_s, ended, closed});
        // A phone with its Wi-Fi off sees more than all that can be asked.
        row("byhand", {notOutside}, {silent + byHand}, 1,
            {u"the station says everywhere"_s, u"Everybody can listen: somebody at 5.6.7.1 has listened."_s});
        row("natpmp", {everybody}, {opened(u"NAT-PMP"_s)}, 1, {ended, closed});
        row("pcp", {everybody}, {opened(u"PCP"_s)}, 1, {ended, closed});
        row("permanent", {everybody}, {opened(u"UPnP"_s)}, 1, {ended, closed});
        // What is left is the neighbour's.
        row("taken", {notOutside, everybody},
            {u"The device at 192.168.77.3 uses port 8001 of your router already. Your router can open "
             u"another port "
             "for you.\n  reach { open_port = true }  in config.hcl"_s,
             opened(u"UPnP"_s, 8002)},
            1, {ended, u"open ports after the end: 1"_s});
        row("refused", {notOutside},
            {u"Your router at 192.168.77.1 answers and does not allow it (UPnP error 606): automatic port "
             u"opening "
             "is switched off in it. Switch on UPnP in the router, or pass TCP port 8001 on to 192.168.77.2 "
             "there."_s +
             byHand});
        row("doublenat", {notOutside},
            {u"There are two routers in a row: %1. Set the one in front to bridge mode, or let the other one "
             u"pass "
             "the port on to it."_s.arg(behind.arg(u"10.99.0.1"_s))});
        row("cgnat", {notOutside}, {shared(behind.arg(u"100.64.0.1"_s))});
        row("cgnat-told", {notOutside},
            {shared(u"your router at 192.168.77.1 has the address 100.64.3.2 itself"_s)});
        row("ipv6", {notOutside, ipv6Only},
            {shared(behind.arg(u"100.64.0.1"_s)) +
                 u" Your router can let in those who have IPv6.\n  reach { open_port = true }  in config.hcl"_s,
             u"Everybody who has IPv6 can listen at http://[2a01:db7:1::2]:8001/stream: your router lets "
             u"port 8001 "
             "in (PCP). By IPv4 nobody can: "_s +
                 shared(behind.arg(u"100.64.0.1"_s))},
            1, {ended});
        row("ipv6-upnp", {ipv6Only},
            {u"Everybody who has IPv6 can listen at http://[2a01:db7:1::2]:8001/stream: your router lets "
             u"port 8001 "
             "in (UPnP). By IPv4 nobody can: "_s +
             shared(u"your router at 192.168.77.1 has the address 100.64.3.2 itself"_s)},
            1, {ended, u"pinholes after the end: 0"_s});
        // A router that lets only those open IPv6 who ask by IPv6.
        row("ipv6-igd2", {ipv6Only},
            {u"Everybody who has IPv6 can listen at http://[2a01:db7:1::2]:8001/stream: your router lets "
             u"port 8001 "
             "in (UPnP). By IPv4 nobody can: Your router at 192.168.77.1 says that it has no public IPv4 "
             "address. "
             "Look at its line, or ask the provider for an address of your own."_s},
            1, {ended, u"pinholes after the end: 0"_s});
        row("ipv6-blocked", {notOutside},
            {u"This computer has IPv6 only (2a01:db7:1::2), and the router does not say that it lets anybody "
             u"in. "
             "Allow TCP port 8001 to this address in its IPv6 firewall.\n  TCP 8001 -> [2a01:db7:1::2]:8001"_s});
        row("firewall", {notOutside},
            {u"The firewall of this computer (nftables) turns port 8001 away. Allow it.\n"
             "  sudo nft insert rule inet wall input tcp dport 8001 accept"_s});
        row("norouter", {notOutside},
            {u"This network has no router: those in it can listen at http://192.168.77.2:8001/stream, and "
             u"there is "
             "no way in for anybody else."_s});
        row("offnetwork", {notOutside},
            {u"This computer has no network address. Connect it to your router, then look again."_s});
        row("silent", {notOutside}, {silent + byHand});
        row("garbage", {notOutside}, {silent + byHand});
        row("slow", {notOutside},
            {u"Your router at 192.168.77.1 was asked to open port 8001 and did not answer in time. Look "
             u"again, or "
             "switch it off and on."_s});
    }

    void verdict()
    {
        QFETCH(const QList<int>, codes);
        QFETCH(const QStringList, sentences);
        QFETCH(const int, listeners);
        QFETCH(const QStringList, facts);
        const Told told = ended(QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(told.facts, facts);
        QCOMPARE(told.checks.size(), codes.size());
        for (qsizetype i = 0; i < codes.size(); ++i) {
            const Check &check = told.checks.at(i);
            const QString text = check.lines.join('\n'_L1);
            QVERIFY2(text.endsWith(u"\n\n"_s + sentences.at(i)), qPrintable(text));
            QCOMPARE(check.code, codes.at(i));
            QVERIFY2(check.milliseconds < 10'000 + m_slack.ms(),
                     qPrintable(QString::number(check.milliseconds)));
        }
        QCOMPARE(told.heard.size(), listeners);
        for (const qint64 bytes : told.heard) // by hand it is a short one
            QVERIFY2(bytes > (qstrcmp(QTest::currentDataTag(), "byhand") == 0 ? 50'000 : tenSeconds),
                     qPrintable(QString::number(bytes)));
    }

    void aPortLivesAsLongAsItIsNeeded()
    {
        const Told told = ended(u"life"_s);
        QCOMPARE(told.facts, (QStringList{u"the port is open again after the router's restart"_s,
                                          u"the port leads to the new address"_s,
                                          u"the port is closed by itself after SIGKILL"_s}));
        QCOMPARE(told.heard.size(), 1);
        QVERIFY(told.heard.first() > 50'000);
    }

private:
    Told ended(const QString &topology)
    {
        World &world = *m_worlds[topology];
        waitUntil([&world] { return world.process->state() == QProcess::NotRunning; }, 120'000);
        const QString output = QString::fromUtf8(world.process->readAllStandardOutput());
        if (world.process->exitCode() != 0 || world.process->exitStatus() != QProcess::NormalExit)
            qWarning("%s", world.process->readAllStandardError().constData());
        return toldBy(output);
    }

    std::map<QString, std::unique_ptr<World>> m_worlds;
    MachineSlack m_slack;
};

QTEST_GUILESS_MAIN(TestReach)
#include "tst_reach.moc"
