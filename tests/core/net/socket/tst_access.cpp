// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Who may come in: addresses, proxies, bans, names, logins; and what the log says of the others.
#include "core/net/http/forwarding.h"
#include "core/net/http/othersites.h"
#include "core/net/http/ownnames.h"
#include "core/net/http/refusallog.h"
#include "core/net/socket/addresskey.h"
#include "core/net/sources/logins.h"
#include "core/net/stream/banmatcher.h"

#include <QRandomGenerator>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestAccess : public QObject
{
    Q_OBJECT

private slots:
    void subnets_data();
    void subnets();
    void unreadableAddressesAreNobodys_data();
    void unreadableAddressesAreNobodys();
    void localNetworks();
    void proxies_data();
    void proxies();
    void bans_data();
    void bans();
    void bansMeanNetworksOfIpv6();
    void addressKeys();
    void prefixes_data();
    void prefixes();
    void otherSites_data();
    void otherSites();
    void bansEnd();
    void ownNames_data();
    void ownNames();
    void loginsByRole_data();
    void loginsByRole();
    void repeatedRefusalsAreOneLine();
    void noiseIsBounded();
    void randomTextsDoNoHarm();
};

void TestAccess::subnets_data()
{
    QTest::addColumn<QString>("subnet");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isInside");
    const auto row = [](const QString &subnet, const QString &address, bool isInside) {
        QTest::addRow("%s %s", qPrintable(subnet), qPrintable(address)) << subnet << address << isInside;
    };
    row(u"192.0.2.7"_s, u"192.0.2.7"_s, true);
    row(u"192.0.2.7"_s, u"192.0.2.8"_s, false);
    row(u"192.0.2.7"_s, u"::ffff:192.0.2.7"_s, true);
    row(u"::ffff:192.0.2.7"_s, u"192.0.2.7"_s, true);
    row(u"::ffff:192.0.2.0/120"_s, u"192.0.2.77"_s, true);
    row(u"192.0.2.0/24"_s, u"192.0.2.255"_s, true);
    row(u"192.0.2.0/24"_s, u"192.0.3.0"_s, false);
    row(u"192.0.2.129/25"_s, u"192.0.2.200"_s, true);
    row(u"192.0.2.129/25"_s, u"192.0.2.100"_s, false);
    row(u"0.0.0.0/0"_s, u"8.8.8.8"_s, true);
    row(u"0.0.0.0/0"_s, u"2001:db8::1"_s, false);
    row(u"2001:db8::/32"_s, u"2001:db8:ffff::1"_s, true);
    row(u"2001:db8::/32"_s, u"2001:db9::1"_s, false);
    row(u"2001:db8::1"_s, u"2001:0db8:0::1"_s, true);
    row(u"::/0"_s, u"192.0.2.1"_s, false);
    row(u"fe80::/10"_s, u"fe80::1%eth0"_s, true);
}

void TestAccess::subnets()
{
    QFETCH(QString, subnet);
    QFETCH(QString, address);
    QVERIFY(AddressSet::parse(subnet));
    QTEST(AddressSet({u"203.0.113.1"_s, subnet}).contains(QHostAddress(address)), "isInside");
}

void TestAccess::unreadableAddressesAreNobodys_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", " ", "10", "10.1", "10.1.2", "10.", "1.2.3.4.5", "1.2.3.256", "1.2.3.4/33",
                             "1.2.3.4/-1", "1.2.3.4/", "1.2.3.4/+8", "1.2.3.4/8x", "::/129", "host.example",
                             ":::", "/8", "1.2.3.4/8/8", "::ffff:1.2.3.4/95"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestAccess::unreadableAddressesAreNobodys()
{
    QFETCH(QString, text);
    QVERIFY(!AddressSet::parse(text));
    QVERIFY(AddressSet({text}).isEmpty());
}

void TestAccess::localNetworks()
{
    for (const char *home : {"127.0.0.1", "127.9.9.9", "::1", "10.1.2.3", "172.16.0.1", "172.31.255.255",
                             "192.168.1.20", "169.254.3.4", "fd12::1", "fe80::1", "::ffff:192.168.1.1"})
        QVERIFY2(isLocalNetwork(QHostAddress(QString::fromLatin1(home))), home);
    for (const char *outside : {"8.8.8.8", "172.32.0.1", "192.169.0.1", "100.64.0.1", "11.0.0.1",
                                "2001:db8::1", "::ffff:8.8.8.8", "::"})
        QVERIFY2(!isLocalNetwork(QHostAddress(QString::fromLatin1(outside))), outside);
}

void TestAccess::proxies_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("client");
    QTest::addColumn<bool>("isSecure");
    QTest::addColumn<bool>("isUntrusted");
    QTest::addColumn<bool>("isUnsaid");
    const auto row = [](const char *name, const QString &peer, const QByteArray &headers,
                        const QString &client, bool isSecure = false, bool isUntrusted = false) {
        QTest::newRow(name) << peer << headers << client << isSecure << isUntrusted << false;
    };
    // Whom the proxy speaks for nobody knows: the last address that could be read is shown, and is nobody's.
    const auto unsaid = [](const char *name, const QByteArray &headers, const QString &client) {
        QTest::newRow(name) << u"127.0.0.1"_s << headers << client << false << false << true;
    };
    const QString proxy = u"127.0.0.1"_s;
    unsaid("no header", "", proxy);
    row("one", proxy, "X-Forwarded-For: 203.0.113.9\r\n", u"203.0.113.9"_s);
    row("any case", proxy, "x-FORWARDED-for: 203.0.113.9\r\n", u"203.0.113.9"_s);
    row("written by the client itself", proxy, "X-Forwarded-For: 1.1.1.1, 203.0.113.9\r\n", u"203.0.113.9"_s);
    row("second proxy of ours", proxy, "X-Forwarded-For: 203.0.113.9, 10.0.0.5\r\n", u"203.0.113.9"_s);
    row("two headers", proxy, "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 10.0.0.5\r\n",
        u"203.0.113.9"_s);
    row("only proxies", proxy, "X-Forwarded-For: 10.0.0.5\r\n", u"10.0.0.5"_s);
    row("ipv6", proxy, "X-Forwarded-For: 2001:db8::7\r\n", u"2001:db8::7"_s);
    row("ipv6 with port", proxy, "X-Forwarded-For: \"[2001:db8::7]:4711\"\r\n", u"2001:db8::7"_s);
    row("with port", proxy, "X-Forwarded-For: 203.0.113.9:4711\r\n", u"203.0.113.9"_s);
    unsaid("unknown", "X-Forwarded-For: unknown\r\n", proxy);
    row("nonsense before a good one", proxy, "X-Forwarded-For: <script>, 203.0.113.9\r\n", u"203.0.113.9"_s);
    unsaid("nonsense behind", "X-Forwarded-For: 203.0.113.9, <script>\r\n", proxy);
    unsaid("subnet", "X-Forwarded-For: 203.0.113.0/24\r\n", proxy);
    unsaid("empty", "X-Forwarded-For:\r\n", proxy);
    unsaid("commas", "X-Forwarded-For: ,,,\r\n", proxy);
    unsaid("open bracket", "X-Forwarded-For: [::1\r\n", proxy);
    unsaid("unknown behind one of ours", "X-Forwarded-For: unknown, 10.0.0.5\r\n", u"10.0.0.5"_s);
    unsaid("another header only", "X-Real-IP: 203.0.113.9\r\n", proxy);
    row("https", proxy, "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n", u"203.0.113.9"_s,
        true);
    row("stranger", u"198.51.100.1"_s, "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n",
        u"198.51.100.1"_s, false, true);
    row("stranger, other header", u"198.51.100.1"_s, "Forwarded: for=127.0.0.1\r\n", u"198.51.100.1"_s, false,
        true);
    row("stranger, real ip", u"198.51.100.1"_s, "X-Real-IP: 127.0.0.1\r\n", u"198.51.100.1"_s, false, true);
    row("stranger without", u"198.51.100.1"_s, "", u"198.51.100.1"_s);
}

void TestAccess::proxies()
{
    QFETCH(QString, peer);
    QFETCH(QByteArray, headers);
    QFETCH(QString, client);
    const HttpParse parse = parseHttpRequest("GET / HTTP/1.1\r\n" + headers + "\r\n");
    QCOMPARE(parse.state, HttpParse::State::Complete);
    const Forwarding found =
        forwardingOf(parse.request, QHostAddress(peer), AddressSet({u"127.0.0.1"_s, u"10.0.0.0/8"_s}));
    QCOMPARE(found.client.toString(), client);
    QTEST(found.isSecure, "isSecure");
    QTEST(found.isUntrusted, "isUntrusted");
    QTEST(found.isUnsaid, "isUnsaid");
    // Without a list nobody is believed.
    QCOMPARE(forwardingOf(parse.request, QHostAddress(peer), {}).client.toString(), peer);
}

void TestAccess::bans_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("player");
    QTest::addColumn<bool>("isBanned");
    QTest::newRow("nobody") << QString() << QString() << false;
    QTest::newRow("blanks") << u" "_s << u" "_s << false;
    QTest::newRow("address") << u"192.0.2.7"_s << QString() << true;
    QTest::newRow("other address") << u"192.0.2.8"_s << QString() << false;
    QTest::newRow("subnet") << u"192.0.2.0/24"_s << QString() << true;
    QTest::newRow("subnet of IPv6") << u"2001:db8::/32"_s << QString() << false;
    QTest::newRow("unreadable address") << u"192.0"_s << QString() << false;
    QTest::newRow("unreadable address with player") << u"192.0"_s << u"VLC"_s << false;
    QTest::newRow("player") << QString() << u"libvlc"_s << true;
    QTest::newRow("player's short name") << QString() << u"vlc 3"_s << true;
    QTest::newRow("other player") << QString() << u"Winamp"_s << false;
    QTest::newRow("both") << u"192.0.2.7"_s << u"LIBVLC"_s << true;
    QTest::newRow("address of another player") << u"192.0.2.7"_s << u"Winamp"_s << false;
    QTest::newRow("player elsewhere") << u"192.0.2.8"_s << u"VLC"_s << false;
}

void TestAccess::bans()
{
    QFETCH(QString, address);
    QFETCH(QString, player);
    const BanMatcher bans({{address, player, {}, u"note"_s}});
    QTEST(bans.matches(QHostAddress(u"192.0.2.7"_s), u"libvlc/3.0.24 (x)"_s, u"VLC 3.0.24"_s,
                       QDateTime::currentDateTime()),
          "isBanned");
    const BanMatcher among(
        {{u"203.0.113.1"_s, {}, {}, {}}, {address, player, {}, {}}, {{}, u"zzz"_s, {}, {}}});
    QTEST(among.matches(QHostAddress(u"::ffff:192.0.2.7"_s), u"libvlc/3.0.24 (x)"_s, u"VLC 3.0.24"_s,
                        QDateTime::currentDateTime()),
          "isBanned");
}

// Whoever has an address of IPv6 has 2^64 of them.
void TestAccess::bansMeanNetworksOfIpv6()
{
    const QDateTime now = QDateTime::currentDateTime();
    const BanMatcher one({{u"2001:db8:1:2::7"_s, {}, {}, {}}});
    QVERIFY(one.matches(QHostAddress(u"2001:db8:1:2::7"_s), {}, {}, now));
    QVERIFY(one.matches(QHostAddress(u"2001:db8:1:2:ffff::1"_s), {}, {}, now));
    QVERIFY(!one.matches(QHostAddress(u"2001:db8:1:3::7"_s), {}, {}, now));
    const BanMatcher narrow({{u"2001:db8:1:2::/96"_s, {}, {}, {}}});
    QVERIFY(narrow.matches(QHostAddress(u"2001:db8:1:2:ffff::1"_s), {}, {}, now));
    const BanMatcher wide({{u"2001:db8::/32"_s, {}, {}, {}}});
    QVERIFY(wide.matches(QHostAddress(u"2001:db8:1:3::7"_s), {}, {}, now));
    const BanMatcher mapped({{u"::ffff:192.0.2.7"_s, {}, {}, {}}});
    QVERIFY(!mapped.matches(QHostAddress(u"192.0.2.8"_s), {}, {}, now));
}

void TestAccess::addressKeys()
{
    const auto key = [](const QString &address) { return AddressKey(QHostAddress(address)); };
    QVERIFY(key(u"2001:db8:1:2::7"_s) == key(u"2001:db8:1:2:9:9:9:9"_s));
    QVERIFY(!(key(u"2001:db8:1:2::7"_s) == key(u"2001:db8:1:3::7"_s)));
    QVERIFY(key(u"192.0.2.7"_s) == key(u"::ffff:192.0.2.7"_s));
    QVERIFY(!(key(u"192.0.2.7"_s) == key(u"192.0.2.8"_s)));
    QVERIFY(!(key(u"::1"_s) == key(u"127.0.0.1"_s)));
    QVERIFY(AddressKey() == key({}));
    QVERIFY(!(AddressKey() == key(u"::"_s)));
}

void TestAccess::prefixes_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("prefix");
    QTest::newRow("one") << QByteArray("/radio") << QByteArray("/radio");
    QTest::newRow("with slash") << QByteArray("/radio/") << QByteArray("/radio");
    QTest::newRow("deep") << QByteArray("/a/b-c_d.e~") << QByteArray("/a/b-c_d.e~");
    for (const char *bad : {"", "/", "radio", "//evil.example", "/a//b", "/../etc", "/a/./b", "/a\"><script>",
                            "/%2e%2e", "/a b", "http://evil.example/", "/\xc3\xa4"})
        QTest::newRow(bad) << QByteArray(bad) << QByteArray();
    QTest::newRow("endless") << '/' + QByteArray(300, 'a') << QByteArray();
}

void TestAccess::prefixes()
{
    QFETCH(const QByteArray, header);
    HttpRequest request;
    request.headers = {{"X-Forwarded-Prefix", header}, {"X-Forwarded-For", "203.0.113.9"}};
    const QHostAddress peer(u"127.0.0.1"_s);
    QTEST(forwardingOf(request, peer, AddressSet({u"127.0.0.1"_s})).prefix, "prefix");
    QCOMPARE(forwardingOf(request, peer, {}).prefix, QByteArray());
}

void TestAccess::otherSites_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("isAnother");
    QTest::addColumn<bool>("isUnknown");
    const auto row = [](const char *name, const QByteArray &headers, bool isAnother, bool isUnknown = false) {
        QTest::newRow(name) << headers << isAnother << isUnknown;
    };
    row("curl", "User-Agent: curl/8\r\n", false);
    row("nothing", "", false);
    row("browser, same site", "User-Agent: Mozilla/5.0\r\nSec-Fetch-Site: same-origin\r\n", false);
    row("browser, typed", "User-Agent: Mozilla/5.0\r\nSec-Fetch-Site: none\r\n", false);
    row("browser, another", "Sec-Fetch-Site: cross-site\r\n", true);
    row("browser, neighbour", "Sec-Fetch-Site: same-site\r\n", true);
    row("its word counts more", "Sec-Fetch-Site: cross-site\r\nOrigin: http://192.168.1.20:8001\r\n", true);
    row("origin", "User-Agent: Mozilla/5.0\r\nOrigin: http://192.168.1.20:8001\r\n", false);
    row("origin, other port", "Origin: http://192.168.1.20:8002\r\n", true);
    row("origin, other host", "Origin: http://evil.example\r\n", true);
    row("origin of nobody", "Origin: null\r\n", true);
    row("referer", "Referer: http://192.168.1.20:8001/a?b\r\n", false);
    row("referer, other host", "Referer: http://evil.example/192.168.1.20:8001\r\n", true);
    row("referer, disguised", "Referer: http://192.168.1.20:8001@evil.example/\r\n", true);
    row("referer, nonsense", "Referer: ://\r\n", true);
    row("origin against referer", "Origin: http://evil.example\r\nReferer: http://192.168.1.20:8001/\r\n",
        true);
    row("behind a proxy", "Origin: https://radio.example\r\nX-Forwarded-Host: Radio.example:443\r\n", false);
    row("browser that says nothing", "User-Agent: Mozilla/5.0\r\n", false, true);
}

void TestAccess::otherSites()
{
    QFETCH(const QByteArray, headers);
    const HttpParse parse =
        parseHttpRequest("GET /admin/killsource HTTP/1.1\r\nHost: 192.168.1.20:8001\r\n" + headers + "\r\n");
    QCOMPARE(parse.state, HttpParse::State::Complete);
    QTEST(isFromAnotherSite(parse.request), "isAnother");
    QTEST(isFromUnknownSite(parse.request), "isUnknown");
}

void TestAccess::bansEnd()
{
    const QDateTime until(QDate(2030, 5, 1), QTime(12, 0), Qt::UTC);
    const BanMatcher bans({{u"192.0.2.7"_s, {}, until, {}}});
    const QHostAddress address(u"192.0.2.7"_s);
    QVERIFY(bans.matches(address, {}, {}, until.addSecs(-1)));
    QVERIFY(!bans.matches(address, {}, {}, until));
    QVERIFY(!bans.matches(address, {}, {}, until.addYears(1)));
    QVERIFY(bans.matches(address, {}, {}, until.addSecs(-1).toLocalTime()));
    QVERIFY(BanMatcher().isEmpty());
}

void TestAccess::ownNames_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("isOwn");
    for (const char *own : {"http://127.0.0.1:8001", "http://localhost:8001", "HTTP://LOCALHOST:8000",
                            "http://192.168.1.20:8001", "https://192.168.1.20:8001", "http://[::1]:8001",
                            "http://radio.example:8001", "http://Radio.Example:8000"})
        QTest::newRow(own) << QByteArray(own) << true;
    for (const char *foreign :
         {"http://example.org", "http://example.org:8001", "http://127.0.0.1", "http://127.0.0.1:22",
          "http://8.8.8.8:8001", "ftp://127.0.0.1:8001", "http://user@127.0.0.1:8001", "http://:8001",
          "http://", "://", "http://127.0.0.1:8001:8001", "http://127.0.0.1:99999", "http://[::1",
          "http://localhost.evil.org:8001", "http://%31%32:8001", "javascript://127.0.0.1:8001"})
        QTest::newRow(foreign) << QByteArray(foreign) << false;
}

void TestAccess::ownNames()
{
    QFETCH(QByteArray, origin);
    QTEST(namesThisServer(origin, QHostAddress(u"192.168.1.20"_s), {8000, 8001},
                          {u"radio.example"_s, QString()}),
          "isOwn");
}

void TestAccess::loginsByRole_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("source");
    QTest::addColumn<int>("admin");
    using enum Logins::Verdict;
    const auto row = [](const char *name, const QByteArray &value, Logins::Verdict source,
                        Logins::Verdict admin) {
        QTest::newRow(name) << (value.isNull() ? QByteArray() : "Authorization: " + value + "\r\n")
                            << static_cast<int>(source) << static_cast<int>(admin);
    };
    const auto basic = [](const QByteArray &login) { return "Basic " + login.toBase64(); };
    row("none", {}, Missing, Missing);
    row("source", basic("source:lamp"), Right, Wrong);
    row("admin", basic("admin:desk"), Wrong, Right);
    row("anna", basic("anna:blue:stone"), Right, Wrong);
    row("anna with the source's", basic("anna:lamp"), Wrong, Wrong);
    row("source with the admin's", basic("source:desk"), Wrong, Wrong);
    row("admin with the source's", basic("admin:lamp"), Wrong, Wrong);
    row("longer", basic("source:lampx"), Wrong, Wrong);
    row("with a NUL", basic(QByteArray("source:lamp\0", 12)), Wrong, Wrong);
    row("empty password", basic("source:"), Wrong, Wrong);
    row("empty password of one without", basic("ben:"), Wrong, Wrong);
    row("only a colon", basic(":"), Wrong, Wrong);
    row("no colon", basic("source"), Wrong, Wrong);
    row("empty", "Basic", Wrong, Wrong);
    row("blank", "Basic  ", Wrong, Wrong);
    row("no base64", "Basic !!!!", Wrong, Wrong);
    row("bearer", "Bearer " + QByteArray("source:lamp").toBase64(), Wrong, Wrong);
    row("endless", "Basic " + QByteArray(7000, 'A'), Wrong, Wrong);
    row("twice", basic("source:lamp") + "\r\nAuthorization: " + basic("source:lamp"), Wrong, Wrong);
}

void TestAccess::loginsByRole()
{
    QFETCH(QByteArray, header);
    QFETCH(int, source);
    QFETCH(int, admin);
    const HttpParse parse = parseHttpRequest("GET / HTTP/1.1\r\n" + header + "\r\n");
    QCOMPARE(parse.state, HttpParse::State::Complete);
    const auto check = [&parse](const Logins &logins, int roles) {
        const auto login = Logins::loginIn(parse.request);
        return login ? logins.compare(*login, roles) : Logins::Check();
    };
    const LoginOptions options{"lamp", "desk", {{"anna", "blue:stone"}, {"ben", ""}}};
    constexpr int right = static_cast<int>(Logins::Verdict::Right);
    for (const auto &[roles, expected] :
         {std::pair<int, int>(Logins::Source, source), std::pair<int, int>(Logins::Admin, admin),
          std::pair<int, int>(Logins::Source | Logins::Admin, admin == right ? admin : source)}) {
        Logins logins;
        logins.setOptions(options);
        QCOMPARE(static_cast<int>(check(logins, roles).verdict), expected);
        // A station without passwords has no doors.
        Logins none;
        QVERIFY(!none.hasAdmin());
        QVERIFY(!check(none, roles).isRight());
    }
}

void TestAccess::repeatedRefusalsAreOneLine()
{
    RefusalLog log;
    QCOMPARE(log.line(u"a"_s, 0), u"a"_s);
    for (int i = 1; i < 1000; ++i)
        QCOMPARE(log.line(u"a"_s, i), std::nullopt);
    QCOMPARE(log.line(u"b"_s, 1000), u"b"_s);
    const auto later = log.line(u"a"_s, RefusalLog::repeatAfterMs);
    QVERIFY(later && later->startsWith(u"a"_s) && later->contains(u"999"_s));
    QCOMPARE(log.line(u"a"_s, RefusalLog::repeatAfterMs + 1), std::nullopt);
    QCOMPARE(log.line(u"a"_s, 2 * RefusalLog::repeatAfterMs), u"a (1 more like it since)"_s);
}

void TestAccess::noiseIsBounded()
{
    RefusalLog log;
    int lines = 0;
    for (int i = 0; i < 100'000; ++i)
        lines += log.line(QString::number(i), i / 10).has_value() ? 1 : 0;
    // Ten seconds of ten thousand a second each.
    QVERIFY(lines <= 2 * (RefusalLog::linesPerWindow + 1));
    QVERIFY(log.line(u"new"_s, 60'000).has_value());
}

void TestAccess::randomTextsDoNoHarm()
{
    QRandomGenerator random(4711);
    const QByteArray alphabet = "0123456789abcdefABCDEF.:/[]\"%,;@ =-+xhtpBasic\xc3\xa4\xff\x01\t";
    const auto text = [&](int longest) {
        QByteArray result(random.bounded(longest), Qt::Uninitialized);
        for (char &c : result)
            c = alphabet.at(random.bounded(static_cast<int>(alphabet.size())));
        return result;
    };
    const QHostAddress peer(u"127.0.0.1"_s);
    const AddressSet trusted({u"127.0.0.1"_s, u"10.0.0.0/8"_s});
    Logins logins;
    logins.setOptions({"lamp", "desk", {{"anna", "stone"}}});
    for (int i = 0; i < 3'000; ++i) {
        const QString address = QString::fromLatin1(text(24));
        if (const auto subnet = AddressSet::parse(address)) {
            const bool isIpv4 = subnet->address.protocol() == QAbstractSocket::IPv4Protocol;
            QVERIFY2(subnet->bits >= 0 && subnet->bits <= (isIpv4 ? 32 : 128), qPrintable(address));
            QVERIFY2(AddressSet({address}).contains(subnet->address), qPrintable(address));
        }
        HttpRequest request;
        request.method = "GET";
        request.path = "/";
        request.headers = {{"X-Forwarded-For", text(60)}, {"Authorization", text(40)}};
        const Forwarding forwarding = forwardingOf(request, peer, trusted);
        QVERIFY(!forwarding.client.isNull());
        QCOMPARE(forwardingOf(request, peer, {}).client, peer);
        QVERIFY(!logins.compare(Logins::loginIn(request).value_or(QList<BasicCredentials>()), 3).isRight());
        QVERIFY(!namesThisServer(text(40), QHostAddress(u"192.0.2.1"_s), {1}, {}));
        const BanMatcher bans({{address, QString::fromLatin1(text(3)), {}, {}}});
        bans.matches(peer, QString::fromUtf8(text(20)), {}, QDateTime::currentDateTimeUtc());
    }
}

QTEST_GUILESS_MAIN(TestAccess)
#include "tst_access.moc"
