// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/verdict.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;
using Verdict = ReachVerdict;
using Action = ReachAction;
Q_DECLARE_METATYPE(cycast::Evidence)
Q_DECLARE_METATYPE(cycast::ReachVerdict)
Q_DECLARE_METATYPE(cycast::ReachAction)

namespace
{

QHostAddress at(const char *address)
{
    return QHostAddress(QString::fromLatin1(address));
}

/// A station on the air behind a router with a public address that speaks UPnP.
Evidence household()
{
    Evidence evidence;
    evidence.port = 8001;
    evidence.mount = u"/stream"_s;
    evidence.here = Evidence::Here::Ours;
    evidence.v4.own = at("192.168.1.20");
    evidence.v4.gateway = at("192.168.1.1");
    evidence.v4.atOwn = FamilyEvidence::Answer::Answers;
    evidence.v4.router.speaksUpnp = true;
    evidence.v4.router.external = at("5.6.7.8");
    return evidence;
}

template<class Change>
Evidence with(Change change)
{
    Evidence evidence = household();
    change(evidence);
    return evidence;
}

PortMapping mapping(int external = 8001)
{
    return {u"UPnP"_s, u"5.6.7.8"_s, external, u"192.168.1.20"_s, 8001, 3'600};
}

void addIpv6(Evidence &evidence)
{
    evidence.v6.own = at("2a01:db7::20");
    evidence.v6.gateway = at("fe80::1");
    evidence.v6.atOwn = FamilyEvidence::Answer::Answers;
}

} // namespace

class TestReachVerdict : public QObject
{
    Q_OBJECT

private slots:
    void verdicts_data()
    {
        QTest::addColumn<Evidence>("evidence");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<ReachAction>("action");
        QTest::addColumn<QString>("words"); ///< what the sentence names
        const auto row = [](const char *name, const Evidence &evidence, Verdict verdict, ReachAction action,
                            const QString &words) {
            QTest::newRow(name) << evidence << verdict << action << words;
        };
        row("off the air", with([](Evidence &e) { e.here = Evidence::Here::Nobody; }), Verdict::NotListening,
            Action::Look, u"port 8001"_s);
        row("somebody else", with([](Evidence &e) { e.here = Evidence::Here::Other; }), Verdict::OtherProgram,
            Action::None, u"Another program"_s);
        row("loopback", with([](Evidence &e) { e.bound = at("127.0.0.1"); }), Verdict::ThisComputer,
            Action::ListenAll, u"server.host is 127.0.0.1"_s);
        row("no network", with([](Evidence &e) { e.v4 = {}; }), Verdict::NoNetwork, Action::Look,
            u"no network address"_s);
        row("closed at its own address",
            with([](Evidence &e) { e.v4.atOwn = FamilyEvidence::Answer::Silent; }), Verdict::OwnAddress,
            Action::ListenAll, u"192.168.1.20"_s);
        row("a wall", with([](Evidence &e) {
                e.v4.firewall = {FirewallFinding::State::Blocks, u"ufw"_s, u"sudo ufw allow 8001/tcp"_s};
            }),
            Verdict::HostFirewall, Action::CopyText, u"ufw"_s);
        row("a wall, and the port is open", with([](Evidence &e) {
                e.v4.router.mapping = mapping();
                e.v4.firewall = {FirewallFinding::State::Blocks, u"ufw"_s, u"x"_s};
            }),
            Verdict::HostFirewall, Action::CopyText, u"ufw"_s);
        row("a wall that hides its rules", with([](Evidence &e) {
                e.v4.router.mapping = mapping();
                e.v4.firewall = {FirewallFinding::State::Unseen, u"ufw"_s, u"x"_s};
            }),
            Verdict::FirewallUnseen, Action::CopyText, u"cannot be seen"_s);
        row("somebody has come through the wall", with([](Evidence &e) {
                e.v4.router.mapping = mapping();
                e.v4.firewall = {FirewallFinding::State::Blocks, u"ufw"_s, u"x"_s};
                e.v4.heardFrom = at("9.9.9.9");
            }),
            Verdict::Everybody, Action::None, u"somebody at 9.9.9.9 has listened"_s);
        row("no router", with([](Evidence &e) { e.v4.gateway.clear(); }), Verdict::NoRouter, Action::Look,
            u"http://192.168.1.20:8001/stream"_s);
        row("can be opened", household(), Verdict::CanOpen, Action::OpenPort, u"it answers UPnP"_s);
        row("open", with([](Evidence &e) { e.v4.router.mapping = mapping(); }), Verdict::Everybody,
            Action::None, u"http://5.6.7.8:8001/stream"_s);
        row("open by another port", with([](Evidence &e) { e.v4.router.mapping = mapping(8002); }),
            Verdict::Everybody, Action::None, u"http://5.6.7.8:8002/stream"_s);
        row("a public address", with([](Evidence &e) { e.v4.own = at("5.6.7.9"); }), Verdict::Everybody,
            Action::None, u"http://5.6.7.9:8001/stream"_s);
        row("mapped to nowhere", with([](Evidence &e) {
                e.v4.router.mapping = mapping();
                e.v4.router.mapping.externalAddress = u"100.64.0.9"_s;
                e.v4.router.external = at("100.64.0.9");
            }),
            Verdict::SharedAddress, Action::None, u"100.64.0.9"_s);
        row("DS-Lite", with([](Evidence &e) { e.v4.router.external = at("192.0.0.2"); }),
            Verdict::SharedAddress, Action::None, u"192.0.0.2"_s);
        row("two routers", with([](Evidence &e) { e.v4.router.external = at("192.168.0.5"); }),
            Verdict::DoubleNat, Action::None, u"192.168.0.5"_s);
        row("offline router", with([](Evidence &e) {
                e.v4.router.external.clear();
                e.v4.router.isNotConnected = true;
            }),
            Verdict::NotConnected, Action::Look, u"no public IPv4 address"_s);
        row("the provider is seen behind it", with([](Evidence &e) {
                e.v4.router.external.clear();
                e.v4.router.isNotConnected = true;
                e.v4.router.secondHop = at("100.64.0.1");
            }),
            Verdict::SharedAddress, Action::None, u"behind it comes 100.64.0.1"_s);
        row("a carrier's own address", with([](Evidence &e) { e.v4.own = at("100.64.3.2"); }),
            Verdict::SharedAddress, Action::None, u"this computer has the address 100.64.3.2"_s);
        row("silent router", with([](Evidence &e) { e.v4.router = {}; }), Verdict::RouterSilent,
            Action::CopyText, u"neither UPnP nor NAT-PMP nor PCP"_s);
        row("switched off", with([](Evidence &e) {
                e.v4.router = {};
                e.v4.router.speaksNatPmp = e.v4.router.isOff = true;
            }),
            Verdict::Refused, Action::CopyText, u"NAT-PMP error 2"_s);
        row("taken", with([](Evidence &e) { e.v4.router.takenBy = at("192.168.1.30"); }), Verdict::PortTaken,
            Action::OpenPort, u"192.168.1.30"_s);
        const auto refusal = [](RouterRefusal why, int code) {
            return with([why, code](Evidence &e) {
                e.wantsOpen = true;
                e.v4.router.refusal = why;
                e.v4.router.code = code;
                e.v4.router.refusedBy = u"UPnP"_s;
            });
        };
        row("606", refusal(RouterRefusal::NotAuthorized, 606), Verdict::Refused, Action::CopyText,
            u"UPnP error 606"_s);
        row("718", refusal(RouterRefusal::PortTaken, 718), Verdict::PortTaken, Action::None, u"port 8001"_s);
        row("728", refusal(RouterRefusal::TableFull, 728), Verdict::TableFull, Action::Look, u"728"_s);
        row("729", refusal(RouterRefusal::ManualRule, 729), Verdict::OpenFailed, Action::CopyText, u"729"_s);
        row("501", refusal(RouterRefusal::Other, 501), Verdict::OpenFailed, Action::CopyText, u"501"_s);
        row("not kept", refusal(RouterRefusal::NotKept, 0), Verdict::OpenFailed, Action::CopyText,
            u"knew nothing"_s);
        row("too slow", refusal(RouterRefusal::NoAnswer, 0), Verdict::OpenFailed, Action::Look,
            u"did not answer in time"_s);
    }

    void verdicts()
    {
        QFETCH(const Evidence, evidence);
        QFETCH(const Verdict, verdict);
        QFETCH(const ReachAction, action);
        QFETCH(const QString, words);
        const ReachReport report = reportOf(evidence);
        QCOMPARE(report.verdict, verdict);
        QCOMPARE(report.action, action);
        QVERIFY2(report.sentence.contains(words), qPrintable(report.sentence.english()));
        QVERIFY(!report.steps.isEmpty());
        QCOMPARE(report.actionText.isEmpty(), action != Action::CopyText);
        QCOMPARE(report.scope == ReachScope::Everywhere, verdict == Verdict::Everybody);
        QVERIFY(report.publicUrl.isEmpty() || report.scope == ReachScope::Everywhere);
        QVERIFY(!report.sentence.contains(u"%"_s)); // every place is filled
        for (const ReachStep &step : report.steps)
            QVERIFY2(!step.seen.isEmpty() && !step.seen.contains(u"%"_s), qPrintable(step.seen.english()));
    }

    void ipv6StandsByItself()
    {
        Evidence evidence = with([](Evidence &e) { e.v4.router.external = at("100.64.0.9"); });
        addIpv6(evidence);
        QCOMPARE(reportOf(evidence).verdict, Verdict::SharedAddress); // a global address alone proves nothing
        evidence.v6.router.canPinhole = true;
        QCOMPARE(reportOf(evidence).verdict, Verdict::SharedAddress);
        QCOMPARE(reportOf(evidence).action, Action::OpenPort);
        evidence.v6.router.mapping = {u"PCP"_s, u"2a01:db7::20"_s, 8001, u"2a01:db7::20"_s, 8001, 3'600};
        ReachReport report = reportOf(evidence);
        QCOMPARE(report.verdict, Verdict::Ipv6Only);
        QCOMPARE(report.scope, ReachScope::Ipv6Only);
        QCOMPARE(report.publicUrl, u"http://[2a01:db7::20]:8001/stream"_s);
        QVERIFY(report.sentence.contains(u"100.64.0.9"_s)); // and why not by IPv4
        evidence.v6.router.mapping = {};
        evidence.v6.router.isOpen = true;
        QCOMPARE(reportOf(evidence).verdict, Verdict::Ipv6Only);
        evidence.v6.firewall = {FirewallFinding::State::Blocks, u"nftables"_s, u"x"_s};
        QCOMPARE(reportOf(evidence).verdict, Verdict::SharedAddress);
    }

    void withoutIpv4()
    {
        Evidence evidence = with([](Evidence &e) { e.v4 = {}; });
        addIpv6(evidence);
        QCOMPARE(reportOf(evidence).verdict, Verdict::Ipv6Blocked);
        evidence.v6.router.canPinhole = true;
        QCOMPARE(reportOf(evidence).verdict, Verdict::CanOpen);
        evidence.v6.heardFrom = at("2a02::1");
        QCOMPARE(reportOf(evidence).verdict, Verdict::Ipv6Only);
    }

    /// The proof that needs no walk.
    void aListenerIsEnough()
    {
        Evidence evidence;
        evidence.here = Evidence::Here::Ours;
        evidence.port = 8001;
        evidence.v4.heardFrom = at("9.9.9.9");
        const ReachReport report = reportOf(evidence);
        QCOMPARE(report.verdict, Verdict::Everybody);
        QCOMPARE(report.publicUrl, QString());
        QCOMPARE(report.sentence.english(), u"Everybody can listen: somebody at 9.9.9.9 has listened."_s);
    }
};

QTEST_APPLESS_MAIN(TestReachVerdict)
#include "tst_reachverdict.moc"
