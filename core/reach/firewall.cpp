// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/firewall.h"

#include "core/reach/addressclass.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>

#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace cycast::firewall
{
namespace
{

using State = FirewallFinding::State;
using Protocol = QAbstractSocket::NetworkLayerProtocol;

constexpr int deepestJump = 8;
constexpr int patienceMs = 2'000;

enum class Sure : quint8 { No, Maybe, Yes };

/// What becomes of the packet in a chain.
struct Fate {
    enum class End : quint8 { Accepted, Dropped, Through };
    End end = End::Through;
    bool mayBeAccepted = false; ///< before it came there
    bool mayBeDropped = false;
};

struct Packet {
    int port;
    QString interface;
    bool isV4;
};

QString whatLeftIs(const QJsonObject &left)
{
    if (const QJsonObject payload = left["payload"_L1].toObject(); !payload.isEmpty())
        return payload["protocol"_L1].toString() + u' ' + payload["field"_L1].toString();
    for (const auto &kind : {"meta"_L1, "ct"_L1}) {
        if (left.contains(kind))
            return kind + u' ' + left[kind].toObject()["key"_L1].toString();
    }
    return {};
}

Sure portFits(const QJsonValue &right, int port)
{
    if (right.isDouble())
        return right.toInt() == port ? Sure::Yes : Sure::No;
    const QJsonObject object = right.toObject();
    if (const QJsonArray range = object["range"_L1].toArray(); range.size() == 2)
        return port >= range.at(0).toInt() && port <= range.at(1).toInt() ? Sure::Yes : Sure::No;
    if (object["set"_L1].isArray()) {
        Sure best = Sure::No;
        const QJsonArray set = object["set"_L1].toArray();
        for (const QJsonValue &each : set)
            best = std::max(best, portFits(each, port));
        return best;
    }
    return Sure::Maybe; // a named set, and whatever comes after this was written
}

Sure wordFits(const QJsonValue &right, const QStringList &words)
{
    const QJsonArray list = right.isArray() ? right.toArray() : right.toObject()["set"_L1].toArray();
    if (right.isString() && !right.toString().startsWith('@'_L1))
        return words.contains(right.toString()) ? Sure::Yes : Sure::No;
    for (const QJsonValue &each : list) {
        if (words.contains(each.toString()))
            return Sure::Yes;
    }
    return list.isEmpty() ? Sure::Maybe : Sure::No;
}

/// A stranger comes from a global address: never from one that no stranger can have.
Sure senderFits(const QJsonValue &right)
{
    const QJsonObject prefix = right.toObject()["prefix"_L1].toObject();
    const QString address = right.isString() ? right.toString() : prefix["addr"_L1].toString();
    const QHostAddress host(address);
    if (host.isNull())
        return Sure::Maybe;
    return isGlobal(host) || prefix["len"_L1].toInt() == 0 ? Sure::Maybe : Sure::No;
}

Sure fits(const QJsonObject &match, const Packet &packet)
{
    const QString left = whatLeftIs(match["left"_L1].toObject());
    const QJsonValue right = match["right"_L1];
    Sure sure = Sure::Maybe;
    if (left == "tcp dport"_L1 || left == "th dport"_L1)
        sure = portFits(right, packet.port);
    else if (left == "meta iifname"_L1 || left == "meta iif"_L1)
        sure = wordFits(right, {packet.interface});
    else if (left == "meta l4proto"_L1 || left == "ip protocol"_L1 || left == "ip6 nexthdr"_L1)
        sure = wordFits(right, {u"tcp"_s});
    else if (left == "meta nfproto"_L1)
        sure = wordFits(right, {packet.isV4 ? u"ipv4"_s : u"ipv6"_s});
    else if (left == "ct state"_L1)
        sure = wordFits(right, {u"new"_s});
    else if (left == "ip saddr"_L1 || left == "ip6 saddr"_L1)
        sure = senderFits(right);
    else if (left.startsWith("udp "_L1) || left.startsWith("icmp"_L1))
        return Sure::No;
    if (match["op"_L1].toString() == "!="_L1)
        return sure == Sure::Maybe ? sure : sure == Sure::Yes ? Sure::No : Sure::Yes;
    return sure;
}

/// A table's chains, as one packet goes through them.
class Rules
{
public:
    Rules(const QJsonArray &all, QString family, QString table, Packet packet)
        : m_all(all)
        , m_family(std::move(family))
        , m_table(std::move(table))
        , m_packet(std::move(packet))
    {
    }

    Fate through(const QString &chain, int depth = 0) const
    {
        Fate fate;
        for (const QJsonValue &each : m_all) {
            const QJsonObject rule = each["rule"_L1].toObject();
            if (rule["family"_L1].toString() != m_family || rule["table"_L1].toString() != m_table ||
                rule["chain"_L1].toString() != chain)
                continue;
            const QJsonArray expressions = rule["expr"_L1].toArray();
            if (meet(expressions, fate, depth))
                return fate;
        }
        return fate;
    }

private:
    /// One rule. True: the chain ends here.
    bool meet(const QJsonArray &expressions, Fate &fate, int depth) const
    {
        Sure sure = Sure::Yes;
        for (const QJsonValue &value : expressions) {
            const QJsonObject expression = value.toObject();
            const QString kind = expression.isEmpty() ? QString() : expression.constBegin().key();
            if (kind == "match"_L1)
                sure = std::min(sure, fits(expression[kind].toObject(), m_packet));
            else if (kind == "limit"_L1 || kind == "xt"_L1 || kind == "vmap"_L1)
                sure = std::min(sure, Sure::Maybe);
            if (sure == Sure::No)
                return false;
            if (kind == "vmap"_L1) // states and services: it may do either
                fate.mayBeAccepted = fate.mayBeDropped = true;
            else if (const auto next = after(kind, expression, depth))
                return take(*next, sure, fate, kind);
        }
        return false;
    }

    /// What this part of a rule makes of the packet; nothing: it goes on.
    std::optional<Fate> after(const QString &kind, const QJsonObject &expression, int depth) const
    {
        if (kind == "accept"_L1)
            return Fate{Fate::End::Accepted};
        if (kind == "drop"_L1 || kind == "reject"_L1)
            return Fate{Fate::End::Dropped};
        if (kind == "return"_L1)
            return Fate{};
        if (kind == "jump"_L1 || kind == "goto"_L1) {
            if (depth >= deepestJump)
                return Fate{Fate::End::Through, true, true};
            return through(expression[kind]["target"_L1].toString(), depth + 1);
        }
        return {};
    }

    static bool take(const Fate &next, Sure sure, Fate &fate, const QString &kind)
    {
        fate.mayBeAccepted |= next.mayBeAccepted;
        fate.mayBeDropped |= next.mayBeDropped;
        if (sure == Sure::Maybe) {
            fate.mayBeAccepted |= next.end == Fate::End::Accepted;
            fate.mayBeDropped |= next.end == Fate::End::Dropped;
            return false;
        }
        fate.end = next.end;
        return next.end != Fate::End::Through || kind == "return"_L1 || kind == "goto"_L1;
    }

    const QJsonArray &m_all;
    QString m_family;
    QString m_table;
    Packet m_packet;
};

State stateOf(const Fate &fate, const QString &policy)
{
    const bool isDropped =
        fate.end == Fate::End::Dropped || (fate.end == Fate::End::Through && policy == "drop"_L1);
    if (isDropped)
        return fate.mayBeAccepted ? State::Unseen : State::Blocks;
    return fate.mayBeDropped ? State::Unseen : State::LetsIn;
}

FirewallFinding named(State state, const QString &family, const QString &table, const QString &chain,
                      int port)
{
    FirewallFinding finding;
    finding.state = state;
    if (table == "firewalld"_L1) {
        finding.name = u"firewalld"_s;
        finding.command =
            u"sudo firewall-cmd --permanent --add-port=%1/tcp && sudo firewall-cmd --reload"_s.arg(port);
    } else {
        finding.name = u"nftables"_s;
        finding.command =
            u"sudo nft insert rule %1 %2 %3 tcp dport %4 accept"_s.arg(family, table, chain).arg(port);
    }
    return finding;
}

FirewallFinding ufw(State state, int port)
{
    return {state, u"ufw"_s, u"sudo ufw allow %1/tcp"_s.arg(port)};
}

bool isUfwOn()
{
    QFile file(u"/etc/ufw/ufw.conf"_s);
    return file.open(QIODevice::ReadOnly) && file.read(16 * 1024).contains("\nENABLED=yes");
}

/// What a program of the system says when it ends well; nothing otherwise.
std::optional<QByteArray> outputOf(const QString &name, const QStringList &arguments, int *exitCode = nullptr)
{
    static const QStringList places{u"/usr/sbin"_s, u"/sbin"_s, u"/usr/bin"_s, u"/bin"_s};
    const QString program = QStandardPaths::findExecutable(name, places);
    if (program.isEmpty())
        return {};
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    if (!process.waitForFinished(patienceMs)) {
        process.kill();
        process.waitForFinished(patienceMs);
        return {};
    }
    if (exitCode != nullptr)
        *exitCode = process.exitCode();
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return {};
    return process.readAllStandardOutput();
}

} // namespace

FirewallFinding findingFrom(const QByteArray &ruleset, int port, const QString &interface, Protocol protocol)
{
    const bool isV4 = protocol == QAbstractSocket::IPv4Protocol;
    const QJsonArray all = QJsonDocument::fromJson(ruleset).object()["nftables"_L1].toArray();
    FirewallFinding worst;
    for (const QJsonValue &each : all) {
        const QJsonObject chain = each["chain"_L1].toObject();
        const QString family = chain["family"_L1].toString();
        if (chain["hook"_L1].toString() != "input"_L1 || chain["type"_L1].toString() != "filter"_L1 ||
            (family != "inet"_L1 && family != (isV4 ? "ip"_L1 : "ip6"_L1)))
            continue;
        const QString table = chain["table"_L1].toString();
        const QString name = chain["name"_L1].toString();
        const Fate fate = Rules(all, family, table, {port, interface, isV4}).through(name);
        const State state = stateOf(fate, chain["policy"_L1].toString());
        // One that drops decides; one that may drop comes before those that do not.
        const bool isWorse = worst.state == State::NoneSeen || state == State::Blocks ||
                             (state == State::Unseen && worst.state == State::LetsIn);
        if (isWorse && worst.state != State::Blocks)
            worst = named(state, family, table, name, port);
    }
    return worst;
}

FirewallFinding look(int port, const QString &interface, Protocol protocol)
{
    const bool hasUfw = isUfwOn();
    if (const auto ruleset = outputOf(u"nft"_s, {u"-j"_s, u"list"_s, u"ruleset"_s})) {
        const FirewallFinding finding = findingFrom(*ruleset, port, interface, protocol);
        return hasUfw && finding.state != State::NoneSeen ? ufw(finding.state, port) : finding;
    }
    if (hasUfw)
        return ufw(State::Unseen, port);
    int exitCode = -1;
    const auto said = outputOf(u"firewall-cmd"_s, {u"--query-port=%1/tcp"_s.arg(port)}, &exitCode);
    if (said)
        return {State::LetsIn, u"firewalld"_s, {}};
    if (exitCode == 1)
        return named(State::Unseen, {}, u"firewalld"_s, {}, port);
    return {};
}

} // namespace cycast::firewall
