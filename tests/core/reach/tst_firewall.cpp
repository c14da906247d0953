// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/firewall.h"

#include "tests/support/mutations.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;
using State = FirewallFinding::State;
Q_DECLARE_METATYPE(cycast::FirewallFinding::State)

namespace
{

/// As "nft -j list ruleset" writes it; `rules` are whole expressions, one rule each.
QByteArray ruleset(const QByteArray &policy, const QByteArrayList &rules, const QByteArray &family = "inet",
                   const QByteArray &table = "filter")
{
    QByteArray text =
        R"({"nftables": [{"metainfo": {"version": "1.0.6"}}, {"table": {"family": ")" + family +
        R"(", "name": ")" + table + R"("}}, {"chain": {"family": ")" + family + R"(", "table": ")" + table +
        R"(", "name": "input", "type": "filter", "hook": "input", "prio": 0, "policy": ")" + policy +
        R"("}}, {"chain": {"family": ")" + family + R"(", "table": ")" + table + R"(", "name": "more"}})";
    for (const QByteArray &rule : rules) {
        const bool isMore = rule.startsWith("more:");
        text += R"(, {"rule": {"family": ")" + family + R"(", "table": ")" + table + R"(", "chain": ")" +
                (isMore ? "more" : "input") + R"(", "expr": [)" + (isMore ? rule.sliced(5) : rule) + "]}}";
    }
    return text + "]}";
}

const QByteArray accept = R"({"accept": null})";
const QByteArray drop = R"({"drop": null})";
const QByteArray loopback =
    R"({"match": {"op": "==", "left": {"meta": {"key": "iifname"}}, "right": "lo"}}, )" + accept;
const QByteArray established =
    R"({"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "related"]}}, )" +
    accept;

QByteArray port(const QByteArray &right, const QByteArray &op = "==")
{
    return R"({"match": {"op": ")" + op +
           R"(", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": )" + right + "}}, ";
}

QByteArray from(const QByteArray &right)
{
    return R"({"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": )" +
           right + "}}, ";
}

FirewallFinding found(const QByteArray &rules,
                      QAbstractSocket::NetworkLayerProtocol protocol = QAbstractSocket::IPv4Protocol)
{
    return firewall::findingFrom(rules, 8001, u"eth0"_s, protocol);
}

} // namespace

class TestFirewall : public QObject
{
    Q_OBJECT

private slots:
    void rules_data()
    {
        QTest::addColumn<QByteArray>("rules");
        QTest::addColumn<State>("state");
        const auto row = [](const char *name, const QByteArray &rules, State state) {
            QTest::newRow(name) << rules << state;
        };
        const QByteArray home = R"({"prefix": {"addr": "192.168.0.0", "len": 16}})";
        row("none", R"({"nftables": []})", State::NoneSeen);
        row("nothing in it", ruleset("accept", {}), State::LetsIn);
        row("usual wall", ruleset("drop", {loopback, established}), State::Blocks);
        row("the port", ruleset("drop", {loopback, established, port("8001") + accept}), State::LetsIn);
        row("another port", ruleset("drop", {port("8000") + accept}), State::Blocks);
        row("a set", ruleset("drop", {port(R"({"set": [22, 8001]})") + accept}), State::LetsIn);
        row("a set with a range",
            ruleset("drop", {port(R"({"set": [22, {"range": [8000, 8010]}]})") + accept}), State::LetsIn);
        row("a set without it", ruleset("drop", {port(R"({"set": [22, {"range": [9000, 9010]}]})") + accept}),
            State::Blocks);
        row("a named set", ruleset("drop", {port(R"("@open")") + accept}), State::Unseen);
        row("all but the port", ruleset("accept", {port("8001", "!=") + drop}), State::LetsIn);
        row("dropped by name", ruleset("accept", {port("8001") + drop}), State::Blocks);
        row("rejected", ruleset("accept", {port("8001") + R"({"reject": {"type": "tcp reset"}})"}),
            State::Blocks);
        row("from home only", ruleset("drop", {from(home) + port("8001") + accept}), State::Blocks);
        row("from some only", ruleset("drop", {from(R"("5.6.7.8")") + port("8001") + accept}), State::Unseen);
        row("all from home dropped", ruleset("accept", {from(home) + drop}), State::LetsIn);
        row("some dropped", ruleset("accept", {from(R"("5.6.7.8")") + drop}), State::Unseen);
        row("some dropped behind it", ruleset("accept", {port("8001") + accept, from(R"("5.6.7.8")") + drop}),
            State::LetsIn);
        row("a jump", ruleset("drop", {R"({"jump": {"target": "more"}})", "more:" + port("8001") + accept}),
            State::LetsIn);
        row("a jump that returns",
            ruleset("drop", {R"({"jump": {"target": "more"}})", "more:" + QByteArray(R"({"return": null})"),
                             "more:" + accept}),
            State::Blocks);
        row("a jump to itself",
            ruleset("drop", {"more:" + QByteArray(R"({"jump": {"target": "more"}})"),
                             R"({"jump": {"target": "more"}})"}),
            State::Unseen);
        row("not understood", ruleset("drop", {R"({"xt": null}, )" + accept}), State::Unseen);
        row("counted",
            ruleset("drop", {port("8001") + R"({"counter": {"packets": 1, "bytes": 2}}, )" + accept}),
            State::LetsIn);
        row("limited", ruleset("drop", {port("8001") + R"({"limit": {"rate": 3}}, )" + accept}),
            State::Unseen);
        row("by another way",
            ruleset("drop",
                    {R"({"match": {"op": "==", "left": {"meta": {"key": "iifname"}}, "right": "wg0"}}, )" +
                     accept}),
            State::Blocks);
        row("of the other kind", ruleset("drop", {}, "ip6"), State::NoneSeen);
        row("of this kind", ruleset("drop", {}, "ip"), State::Blocks);
        row("udp",
            ruleset(
                "drop",
                {R"({"match": {"op": "==", "left": {"payload": {"protocol": "udp", "field": "dport"}}, "right": 8001}}, )" +
                 accept}),
            State::Blocks);
        row("noise", "{]", State::NoneSeen);
    }

    void rules()
    {
        QFETCH(const QByteArray, rules);
        QFETCH(const State, state);
        QCOMPARE(found(rules).state, state);
    }

    void namesAndCures()
    {
        const FirewallFinding own = found(ruleset("drop", {}, "inet", "wall"));
        QCOMPARE(own.name, u"nftables"_s);
        QCOMPARE(own.command, u"sudo nft insert rule inet wall input tcp dport 8001 accept"_s);
        const FirewallFinding daemon = found(ruleset("drop", {}, "inet", "firewalld"));
        QCOMPARE(daemon.name, u"firewalld"_s);
        QVERIFY(daemon.command.startsWith(u"sudo firewall-cmd --permanent --add-port=8001/tcp"_s));
        QCOMPARE(found(ruleset("drop", {}, "ip6"), QAbstractSocket::IPv6Protocol).state, State::Blocks);
    }

    void whateverIsWritten()
    {
        const QByteArray text =
            ruleset("drop", {loopback, established, from(R"("5.6.7.8")") + port("8001") + accept,
                             R"({"jump": {"target": "more"}})", "more:" + drop});
        QRandomGenerator random(3);
        int walls = 0;
        for (int i = 0; i < 3'000; ++i)
            walls += found(test::mutated(text, random)).state != State::NoneSeen ? 1 : 0;
        QVERIFY(walls > 300);
    }
};

QTEST_APPLESS_MAIN(TestFirewall)
#include "tst_firewall.moc"
