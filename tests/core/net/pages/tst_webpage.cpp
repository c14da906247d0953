// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/pages/webpage.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestWebPage : public QObject
{
    Q_OBJECT

private slots:
    void namesAreFilledIn();
    void policyFitsThePage();
    void nothingIsFetchedElsewhere();
    void hostileNamesStayText();
    void placeholdersInNamesStayText();
    void addressesAreRelative();
    void offTheAir();
};

namespace
{

StationStatus playing()
{
    StationStatus status;
    status.state = AirState::OnAir;
    status.heard = ProgrammeKind::Playlist;
    status.current = {1, u"J\u00f3ga"_s, u"Bj\u00f6rk"_s, u"Homogenic"_s, 305'000};
    status.next = {2, u"Teardrop"_s, u"Massive Attack"_s, {}, 0};
    status.listeners = 42;
    status.listenersPeak = 57;
    status.bitrateKbps = 128;
    status.onAirMs = 6'137'000;
    return status;
}

const StationDescription station = {u"Kitchen Radio"_s,          u"From the kitchen"_s, u"Trip hop"_s,
                                    u"https://radio.example/"_s, u"/stream"_s,          "audio/mpeg"};

QByteArray between(const QByteArray &text, const QByteArray &open, const QByteArray &close)
{
    const qsizetype start = text.indexOf(open) + open.size();
    return text.mid(start, text.indexOf(close, start) - start);
}

} // namespace

void TestWebPage::namesAreFilledIn()
{
    const QByteArray page = webPage(playing(), station);
    for (const QString &text :
         {u"<h1 dir=\"auto\">Kitchen Radio</h1>"_s, u">J\u00f3ga</h2>"_s,
          u">Bj\u00f6rk \u00b7 Homogenic</p>"_s, u"Teardrop \u2013 Massive Attack"_s, u">42<"_s, u"peak 57"_s,
          u"128 kbit/s"_s, u"1 h 42 min"_s, u"href=\"stream.m3u\""_s, u"href=\"stream.pls\""_s,
          u"href=\"stream.xspf\""_s, u"href=\"https://radio.example/\""_s,
          u"data-mount=\"&quot;stream&quot;\""_s, u"<noscript><audio controls"_s})
        QVERIFY2(page.contains(text.toUtf8()), qPrintable(text));
    static const QRegularExpression leftOver(u"\\{\\{[a-zA-Z]+\\}\\}"_s);
    QVERIFY(!leftOver.match(QString::fromUtf8(page)).hasMatch());
}

void TestWebPage::policyFitsThePage()
{
    const QByteArray page = webPage(playing(), station);
    const QByteArray policy = webPagePolicy();
    QVERIFY(policy.startsWith("default-src 'none';"));
    QVERIFY(!policy.contains("unsafe"));
    const auto hash = [](const QByteArray &text) {
        return "'sha256-" + QCryptographicHash::hash(text, QCryptographicHash::Sha256).toBase64() + "'";
    };
    QCOMPARE(page.count("<script"), 1);
    QCOMPARE(page.count("<style"), 1);
    QVERIFY(policy.contains("script-src " + hash(between(page, "<script>", "</script>")) + ";"));
    QVERIFY(policy.contains("style-src " + hash(between(page, "<style>", "</style>")) + ";"));
    // Style attributes and handlers in the markup would be refused.
    static const QRegularExpression refused(u"<[^>]+ (on[a-z]+|style)="_s);
    const QByteArray markup = page.first(page.indexOf("<script>"));
    QVERIFY(!refused.match(QString::fromUtf8(markup)).hasMatch());
}

void TestWebPage::nothingIsFetchedElsewhere()
{
    StationDescription quiet = station;
    quiet.url.clear();
    QByteArray page = webPage(playing(), quiet);
    page.replace("http://www.w3.org/2000/svg", ""); // a name, not an address
    QVERIFY(!page.contains("http://"));
    QVERIFY(!page.contains("https://"));
    QVERIFY(!page.contains("src=\"//"));
    QVERIFY(!page.contains("url("));
    QVERIFY(!page.contains("@import"));
    QVERIFY(page.size() < 60'000);
}

void TestWebPage::hostileNamesStayText()
{
    const QString evil = u"\"'><script>alert(1)</script><!--\u0000\u2028\\"_s;
    StationStatus status = playing();
    status.current.title = status.current.artist = status.next.title = evil;
    const StationDescription names = {evil,        evil, evil, u"javascript:alert(1)"_s, u"/a\"><script>"_s,
                                      "audio/mpeg"};
    const QByteArray page = webPage(status, names);
    QCOMPARE(page.count("<script"), 1);
    QCOMPARE(page.count("</script"), 1);
    QVERIFY(!page.contains("<!--"));
    QVERIFY(!page.contains("javascript:"));
    QVERIFY(!page.contains('\0'));
    QVERIFY(page.contains("href=\"a%22%3E%3Cscript%3E.m3u\""));
}

void TestWebPage::placeholdersInNamesStayText()
{
    StationDescription names = station;
    names.name = u"{{script}} {{mountUrl}} {{"_s;
    const QByteArray page = webPage(playing(), names);
    QVERIFY(page.contains("<h1 dir=\"auto\">{{script}} {{mountUrl}} {{</h1>"));
}

// Behind another web server's path nothing may lead to that server's root.
void TestWebPage::addressesAreRelative()
{
    const QByteArray page = webPage(playing(), station);
    for (const char *absolute : {"href=\"/", "src=\"/", "fetch('/", "location.origin", "&quot;/stream"})
        QVERIFY2(!page.contains(absolute), absolute);
    QVERIFY(page.contains("data-base=\"&quot;./&quot;\""));
    StationDescription odd = station;
    odd.mount = u"/a:b"_s;
    QVERIFY(webPage(playing(), odd).contains("href=\"./a:b.m3u\""));
    odd.mount = u"/"_s;
    QVERIFY(webPage(playing(), odd).contains("data-mount=\"&quot;./&quot;\""));
    // A proxy that says where it shows this.
    const QByteArray below = webPage(playing(), station, "/radio");
    QVERIFY(below.contains("href=\"/radio/stream.m3u\""));
    QVERIFY(below.contains("data-mount=\"&quot;/radio/stream&quot;\""));
    QVERIFY(below.contains("data-base=\"&quot;/radio/&quot;\""));
}

void TestWebPage::offTheAir()
{
    const QByteArray page = webPage({}, station);
    QVERIFY(page.contains(">Off the air</h2>"));
    QVERIFY(page.contains(">Off air</span>"));
    StationStatus live = playing();
    live.heard = ProgrammeKind::Live;
    live.current = {};
    const QByteArray livePage = webPage(live, station);
    QVERIFY(livePage.contains(">Live broadcast</h2>"));
    QVERIFY(livePage.contains("class=\"badge live\""));
    QVERIFY(!livePage.contains("Teardrop")); // comes after the live source, nobody knows when
}

QTEST_APPLESS_MAIN(TestWebPage)
#include "tst_webpage.moc"
