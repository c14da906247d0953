// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A public directory on this computer, and Icecast beside us as the one who knows how to speak to it.
#include "core/announce/yplisting.h"
#include "tests/e2e/sandbox.h"
#include "tests/support/fakeweb.h"
#include "tests/support/slack.h"
#include "tests/support/stationfixture.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

class TestDirectories : public QObject
{
    Q_OBJECT

private slots:
    void asIcecastDoes();
    void homeAddressesAreNotListed();
    void whatTheStreamSaysOfItself();

private:
    std::unique_ptr<QProcess> startIcecast(const Sandbox &sandbox, const QString &directory, int port);
};

namespace
{

QByteArray accepted(const FakeWeb::Request &)
{
    return "HTTP/1.1 200 OK\r\nYPResponse: 1\r\nYPMessage: Welcome\r\nSID: 77\r\nTouchFreq: 30\r\n"
           "Content-Length: 0\r\n\r\n";
}

/// The body of the first request of this kind; empty: there was none.
FakeWeb::Request firstOf(const FakeWeb &web, const QString &action)
{
    for (const FakeWeb::Request &each : web.requests) {
        if (each.value(u"action"_s) == action)
            return each;
    }
    return {};
}

} // namespace

std::unique_ptr<QProcess> TestDirectories::startIcecast(const Sandbox &sandbox, const QString &directory,
                                                        int port)
{
    const QString home = sandbox.path(u"icecast"_s);
    for (const char *folder : {"logs", "web", "admin"})
        QDir().mkpath(home + '/'_L1 + QLatin1StringView(folder));
    // It does not run as root.
    for (const QString &folder : {sandbox.path({}), home, home + u"/logs"_s})
        QFile::setPermissions(folder, QFile::Permissions(0x7777));
    sandbox.write(u"icecast/icecast.xml"_s,
                  u"<icecast><location>x</location><admin>a@b.example</admin><limits><clients>100</clients>"
                  "<sources>2</sources></limits><authentication><source-password>hackme</source-password>"
                  "<admin-user>admin</admin-user><admin-password>x</admin-password></authentication>"
                  "<directory><yp-url-timeout>15</yp-url-timeout><yp-url>%1</yp-url></directory>"
                  "<hostname>radio.example.org</hostname><listen-socket><port>%2</port>"
                  "<bind-address>127.0.0.1</bind-address></listen-socket><paths><basedir>%3</basedir>"
                  "<logdir>%3/logs</logdir><webroot>%3/web</webroot><adminroot>%3/admin</adminroot></paths>"
                  "<logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog></logging>"
                  "<security><chroot>0</chroot><changeowner><user>nobody</user><group>nogroup</group>"
                  "</changeowner></security></icecast>"_s.arg(directory)
                      .arg(port)
                      .arg(home)
                      .toUtf8());
    return sandbox.start(u"icecast2"_s, {u"-c"_s, home + u"/icecast.xml"_s});
}

// The two beside each other, for as long as it takes: a minute after the beginning. Every field that Icecast
// sends comes from us as well, in the same order and with the same meaning.
void TestDirectories::asIcecastDoes()
{
    const Sandbox sandbox;
    FakeWeb theirs(accepted);
    FakeWeb ours(accepted);
    const int port = freePort();
    const auto icecast = startIcecast(sandbox, theirs.url(u"/cgi-bin/yp-cgi"_s), port);
    QVERIFY(makeTone(sandbox, u"tone.mp3"_s, 440, 150));
    QVERIFY(waitUntil([&] { return RawSocket(port).isOpen(); }, 20'000));
    const auto source =
        sandbox.start(u"ffmpeg"_s, {u"-v"_s,
                                    u"error"_s,
                                    u"-re"_s,
                                    u"-i"_s,
                                    sandbox.path(u"tone.mp3"_s),
                                    u"-c"_s,
                                    u"copy"_s,
                                    u"-f"_s,
                                    u"mp3"_s,
                                    u"-content_type"_s,
                                    u"audio/mpeg"_s,
                                    u"-ice_name"_s,
                                    u"Kitchen & Radio"_s,
                                    u"-ice_genre"_s,
                                    u"Jazz"_s,
                                    u"-ice_description"_s,
                                    u"From the kitchen"_s,
                                    u"-ice_url"_s,
                                    u"http://kitchen.example/"_s,
                                    u"-ice_public"_s,
                                    u"1"_s,
                                    u"icecast://source:hackme@127.0.0.1:%1/stream"_s.arg(port)});
    StationFixture station;
    station.addTrack(8000);
    Settings &settings = station.settings;
    settings.server.publicUrl = u"http://radio.example.org:%1"_s.arg(port);
    settings.metadata.stationName = u"Kitchen & Radio"_s;
    settings.metadata.stationGenre = u"Jazz"_s;
    settings.metadata.stationDescription = u"From the kitchen"_s;
    settings.metadata.stationUrl = u"http://kitchen.example/"_s;
    settings.advanced.maxListeners = 100;
    settings.directory.enabled = true;
    settings.directory.url = ours.url(u"/cgi-bin/yp-cgi"_s);
    QVERIFY(station.start());
    QVERIFY(waitUntil([&] { return station.status().directory.state == DirectoryStatus::State::Waiting; }));
    const auto isTouched = [](const FakeWeb &web) { return !firstOf(web, u"touch"_s).line.isEmpty(); };
    QVERIFY(waitUntil([&] { return isTouched(theirs) && isTouched(ours); }, 110'000));
    for (const QString &action : {u"add"_s, u"touch"_s}) {
        const FakeWeb::Request their = firstOf(theirs, action);
        const FakeWeb::Request our = firstOf(ours, action);
        QCOMPARE(our.line.split(' ').first(2), their.line.split(' ').first(2));
        QCOMPARE(headerOf(our.head, "Content-Type"), headerOf(their.head, "Content-Type"));
        QStringList expected;
        for (const auto &[name, value] : their.form().queryItems()) {
            if (!name.trimmed().isEmpty()) // there is a line break at its end
                expected.append(name);
        }
        QStringList order;
        for (const auto &[name, value] : our.form().queryItems()) {
            if (expected.contains(name))
                order.append(name);
        }
        QCOMPARE(order, expected);
        for (const QString &name : expected) {
            // What plays and how fast we know better; Icecast has it from a source that says nothing of it.
            if (name != "b"_L1 && name != "st"_L1 && name != "audioinfo"_L1)
                QCOMPARE(our.value(name), their.value(name));
        }
    }
    QCOMPARE(firstOf(ours, u"touch"_s).value(u"st"_s), u"Artist - Track 1"_s);
    const DirectoryStatus listed = station.status().directory;
    QCOMPARE(listed.state, DirectoryStatus::State::Listed);
    QCOMPARE(listed.answer, u"Welcome"_s);
    QVERIFY(listed.nextAttempt.isValid());
    const QJsonObject told =
        QJsonDocument::fromJson(bodyOf(exchange(station.listenPort(), "GET /api/status HTTP/1.0\r\n\r\n")))
            .object()
            .value(u"directory"_s)
            .toObject();
    QCOMPARE(told.value(u"state"_s).toString(), u"listed"_s);
    QCOMPARE(told.value(u"answer"_s).toString(), u"Welcome"_s);
    // Off the air: gone from there.
    station.control().goOffAir();
    QVERIFY(waitUntil([&] { return !firstOf(ours, u"remove"_s).line.isEmpty(); }));
    QCOMPARE(firstOf(ours, u"remove"_s).value(u"sid"_s), u"77"_s);
    icecast->terminate();
    source->terminate();
    icecast->waitForFinished();
    source->waitForFinished();
}

void TestDirectories::homeAddressesAreNotListed()
{
    FakeWeb directory(accepted);
    StationFixture station;
    station.addTrack(4000);
    station.settings.directory.enabled = true;
    station.settings.directory.url = directory.url(u"/"_s);
    QVERIFY(station.start());
    const auto why = [&station] { return station.status().directory.why.english(); };
    QVERIFY(waitUntil([&] { return why().contains(u"not known yet"_s); }));
    for (const QString &home :
         {u"http://192.168.1.20:8001"_s, u"http://kitchen.local"_s, u"http://127.0.0.1"_s}) {
        Settings changed = station.settings;
        changed.server.publicUrl = home;
        QVERIFY(station.apply(changed));
        QVERIFY2(waitUntil([&] { return why().contains(u"at home only"_s); }), qPrintable(home));
    }
    // What was found out counts when somebody got in by it.
    Settings changed = station.settings;
    changed.server.publicUrl.clear();
    QVERIFY(station.apply(changed));
    Outside outside;
    outside.publicUrl = u"http://203.0.113.7:8001"_s;
    station.control().setOutside(outside);
    QVERIFY(waitUntil([&] { return why().contains(u"not known yet"_s); }));
    outside.isReachable = true;
    station.control().setOutside(outside);
    QVERIFY(waitUntil([&] { return station.status().directory.state == DirectoryStatus::State::Waiting; }));
    QVERIFY(directory.requests.isEmpty());
}

void TestDirectories::whatTheStreamSaysOfItself()
{
    const Sandbox sandbox;
    StationFixture station;
    station.addTrack(4000);
    Settings::Directory &directory = station.settings.directory;
    station.settings.server.publicUrl = u"https://radio.example.org"_s;
    directory.radioBrowser = u"listed"_s;
    directory.logo = u"https://radio.example.org/logo.png"_s;
    directory.country = u"de-hh"_s;
    directory.languages = QStringList{u"de"_s, u"EN"_s};
    directory.location = u"53.55, 9.99"_s;
    QVERIFY(station.start());
    const auto head = [&] {
        return QString::fromLatin1(
            sandbox.run(u"curl"_s, {u"-sI"_s, u"http://127.0.0.1:%1/stream"_s.arg(station.listenPort())})
                .output);
    };
    const QString listed = head();
    for (const QString &line :
         {u"icy-index-metadata: 1"_s, u"icy-main-stream-url: https://radio.example.org/stream"_s,
          u"icy-logo: https://radio.example.org/logo.png"_s, u"icy-country-code: DE"_s,
          u"icy-country-subdivision-code: DE-HH"_s, u"icy-language-codes: de,en"_s,
          u"icy-geo-lat-long: 53.55,9.99"_s, u"icy-pub: 0"_s})
        QVERIFY2(listed.contains("\r\n"_L1 + line + "\r\n"_L1), qPrintable(line + '\n'_L1 + listed));
    QVERIFY(!listed.contains(u"icy-do-not-index"_s));
    Settings hidden = station.settings;
    hidden.directory.radioBrowser = u"hidden"_s;
    QVERIFY(station.apply(hidden));
    QVERIFY(head().contains(u"\r\nicy-do-not-index: 1\r\n"_s) && !head().contains(u"icy-index-metadata"_s));
    hidden.directory.radioBrowser = u"unsaid"_s;
    QVERIFY(station.apply(hidden));
    QVERIFY(!head().contains(u"index"_s) && !head().contains(u"icy-logo"_s));
}

QTEST_GUILESS_MAIN(TestDirectories)
#include "tst_directories.moc"
