// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/monotonic.h"
#include "tests/support/oggsamples.h"
#include "tests/support/stationfixture.h"

#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

using Outcome = SourceAttempt::Outcome;

const QByteArray right = basicAuth("source", "ocean-lamp-42");

/// What the server says until `text` has come (or nothing does for a while).
QByteArray answerUntil(RawSocket &socket, const QByteArray &text)
{
    QByteArray answer;
    waitUntil([&] { return (answer += socket.receive(20)).contains(text) || socket.atEnd(); }, 5000);
    return answer;
}

} // namespace

/// The requests of real encoders, byte for byte, and the answers that let them go on.
class TestSourceClients : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void requestsThatGoLive_data();
    void requestsThatGoLive();
    void libshoutsWholeConversation();
    void shoutcastGoesLive_data();
    void shoutcastGoesLive();
    void shoutcastThatDoesNotWait();
    void shoutcastTitleBeforeTheHeaders();
    void shoutcastWithAWrongPassword();
    void shoutcastProbesAreNoAttempts();
    void shoutcastWithoutEndOfHeaders();
    void furtherSourcesHaveTheirOwnPasswords();
    void everyAttemptIsTold();
    void whatCannotBeReadIsToldToo();
    void encodersThatFightAreNamedAndOneStays();
    void titlesOnBothPortsAndInBothForms();
    void titlesAfterTheSourceHasLeftAreRefused();
    void strictPortsNameTheRightOne();
    void whatIsNoAudioIsNoticed();

private:
    bool goesLive(RawSocket &source);
    QList<Outcome> outcomes() const;

    std::unique_ptr<StationFixture> m_station;
    QList<SourceAttempt> m_attempts;
};

void TestSourceClients::init()
{
    m_station = std::make_unique<StationFixture>();
    m_station->settings.server.moreSources = {u"dj:reef-candle-7"_s};
    m_station->addTrack(4000);
    m_attempts.clear();
    connect(&m_station->control(), &StationControl::sourceAttempted, this,
            [this](const SourceAttempt &attempt) { m_attempts.append(attempt); });
    QVERIFY(m_station->start());
}

void TestSourceClients::cleanup()
{
    m_station.reset();
}

bool TestSourceClients::goesLive(RawSocket &source)
{
    return source.send(stampedFrames(900, 40)) && waitUntil([&] { return m_station->isLive(); });
}

QList<Outcome> TestSourceClients::outcomes() const
{
    QList<Outcome> result;
    for (const SourceAttempt &attempt : m_attempts)
        result.append(attempt.outcome);
    return result;
}

void TestSourceClients::requestsThatGoLive_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("awaited");
    const QByteArray only200 = "HTTP/1.0 200 OK\r\n\r\n";
    const QByteArray both = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\n\r\n";
    QTest::newRow("ffmpeg") << "PUT /stream HTTP/1.1\r\nUser-Agent: Lavf/59.27.100\r\nAccept: */*\r\nExpect: "
                               "100-continue\r\nConnection: close\r\nHost: 127.0.0.1:8000\r\nContent-Type: "
                               "audio/mpeg\r\nIcy-MetaData: 1\r\nIce-Public: 0\r\n" +
                                   right
                            << both;
    QTest::newRow("ffmpeg, legacy")
        << "SOURCE /stream HTTP/1.1\r\nUser-Agent: Lavf/59.27.100\r\nAccept: */*\r\nConnection: close\r\n"
           "Host: 127.0.0.1:8000\r\nContent-Type: audio/mpeg\r\nIcy-MetaData: 1\r\n" +
               right
        << only200;
    QTest::newRow("libshout") << "SOURCE /stream HTTP/1.0\r\nHost: localhost:8000\r\n" + right +
                                     "User-Agent: libshout/2.4.6\r\nContent-Type: audio/mpeg\r\nice-public: "
                                     "0\r\nice-name: A\r\nice-audio-info: bitrate=128\r\n"
                              << only200;
    QTest::newRow("Mixxx (libshout 2.4.1)")
        << "SOURCE /stream HTTP/1.0\r\nHost: localhost:8000\r\n" + right +
               "User-Agent: libshout/2.4.1\r\nContent-Type: audio/mpeg\r\nice-public: 0\r\nice-name: A\r\n"
               "ice-url: http://www.mixxx.org\r\nice-genre: Live Mix\r\nice-description: A\r\n"
               "ice-audio-info: bitrate=128;channels=2;samplerate=44100\r\n"
        << only200;
    QTest::newRow("liquidsoap")
        << "SOURCE /stream HTTP/1.0\r\n" + right +
               "User-Agent: liquidsoap/2.1.3\r\nContent-Type: audio/mpeg\r\nice-name: "
               "A\r\nice-audio-info: channels=2;samplerate=44100;bitrate=128\r\n"
        << only200;
    QTest::newRow("liquidsoap, PUT") << "PUT /stream HTTP/1.1\r\nHost:\r\n" + right +
                                            "User-Agent: liquidsoap/2.1.3\r\nContent-Type: audio/mpeg\r\n"
                                            "Expect: 100-continue\r\n"
                                     << both;
    QTest::newRow("butt") << "PUT /stream HTTP/1.1\r\n" + right +
                                 "User-Agent: butt 0.1.37\r\nContent-Type: audio/mpeg\r\nice-name: A\r\n"
                                 "ice-public: 0\r\nice-audio-info: ice-bitrate=128;ice-channels=2;"
                                 "ice-samplerate=44100\r\nExpect: 100-continue\r\n"
                          << both;
    QTest::newRow("curl, a file") << "PUT /stream HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n" + right +
                                         "User-Agent: curl/7.88.1\r\nAccept: */*\r\nContent-Length: "
                                         "4000000\r\nExpect: 100-continue\r\n"
                                  << both;
    QTest::newRow("no body, it says")
        << "SOURCE /stream HTTP/1.0\r\n" + right + "Content-Type: audio/mpeg\r\nContent-Length: 0\r\n"
        << only200;
    QTest::newRow("any case") << "PUT /stream HTTP/1.1\r\nHOST: a\r\n" + right +
                                     "CONTENT-TYPE: Audio/MPEG\r\nEXPECT: 100-Continue\r\n"
                              << both;
    QTest::newRow("another expectation")
        << "PUT /stream HTTP/1.1\r\nHost: a\r\n" + right + "Content-Type: audio/mpeg\r\nExpect: miracles\r\n"
        << only200;
    QTest::newRow("ICE/1.0") << "SOURCE /stream ICE/1.0\r\n" + right + "content-type: audio/mpeg\r\n"
                             << only200;
    QTest::newRow("no type, SOURCE") << "SOURCE /stream HTTP/1.0\r\n" + right << only200;
    QTest::newRow("no type, PUT") << "PUT /stream HTTP/1.1\r\nHost: a\r\n" + right << only200;
    QTest::newRow("bare line feeds") << QByteArray("SOURCE /stream HTTP/1.0\r\n" + right +
                                                   "Content-Type: audio/mpeg\r\n")
                                            .replace("\r\n", "\n")
                                     << only200;
}

void TestSourceClients::requestsThatGoLive()
{
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, awaited);
    RawSocket source(m_station->sourcePort());
    QVERIFY(source.send(request + (request.contains("\r\n") ? "\r\n" : "\n")));
    QCOMPARE(answerUntil(source, "200 OK\r\n\r\n"), awaited);
    QVERIFY(goesLive(source));
    QCOMPARE(outcomes(), QList{Outcome::Accepted});
}

void TestSourceClients::libshoutsWholeConversation()
{
    const int port = m_station->sourcePort();
    const MachineSlack slack;
    const qint64 fromNs = monotonicNs();
    QCOMPARE(
        statusOf(exchange(port, "OPTIONS * HTTP/1.1\r\nHost: localhost:8000\r\nUser-Agent: libshout/2.4.6"
                                "\r\nConnection: Upgrade, close\r\nUpgrade: TLS/1.0, HTTP/1.1\r\n\r\n")),
        204);
    QCOMPARE(statusOf(exchange(
                 port, "GET /admin/!POKE HTTP/1.1\r\nHost: localhost:8000\r\nConnection: close\r\n\r\n")) /
                 100,
             4);
    RawSocket first(port);
    QVERIFY(first.send("SOURCE /stream HTTP/1.0\r\nHost: localhost:8000\r\nUser-Agent: libshout/2.4.6\r\n"
                       "Content-Type: audio/mpeg\r\nContent-Length: 0\r\nConnection: Keep-Alive\r\nPrefer: "
                       "return=minimal\r\n\r\n"));
    const QByteArray refusal = answerUntil(first, "\r\n\r\n");
    QCOMPARE(statusOf(refusal), 401);
    QVERIFY(headerOf(refusal, "WWW-Authenticate").startsWith("Basic"));
    RawSocket second(port);
    QVERIFY(second.send("SOURCE /stream HTTP/1.0\r\nHost: localhost:8000\r\nUser-Agent: libshout/2.4.6\r\n" +
                        right + "Content-Type: audio/mpeg\r\n\r\n"));
    QCOMPARE(statusOf(answerUntil(second, "\r\n\r\n")), 200);
    QVERIFY(monotonicNs() - fromNs < 5 * nsPerSecond + slack.ns()); // it gives up after ten
    QVERIFY(goesLive(second));
    QCOMPARE(outcomes(), QList{Outcome::Accepted});
}

void TestSourceClients::shoutcastGoesLive_data()
{
    QTest::addColumn<QByteArray>("login");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("atListenPort");
    const QByteArray vlc = "icy-name:A show\nicy-url:http://a/\nicy-pub:0\nicy-genre:x\nicy-br:0\n\n";
    const QByteArray liquidsoap = "icy-br:128\r\nicy-url:\r\nicy-pub:0\r\nicy-genre:\r\nicy-name:A show\r\n"
                                  "content-type:audio/mpeg\r\n\r\n";
    QTest::newRow("bare line feeds") << QByteArray("ocean-lamp-42\n") << vlc << true;
    QTest::newRow("CRLF") << QByteArray("ocean-lamp-42\r\n") << liquidsoap << true;
    QTest::newRow("CR CR LF") << QByteArray("ocean-lamp-42\r\r\n") << vlc << true;
    QTest::newRow("user and password") << QByteArray("source:ocean-lamp-42\r\n") << liquidsoap << true;
    QTest::newRow("on the source port") << QByteArray("ocean-lamp-42\r\n") << liquidsoap << false;
}

void TestSourceClients::shoutcastGoesLive()
{
    QFETCH(const QByteArray, login);
    QFETCH(const QByteArray, headers);
    QFETCH(const bool, atListenPort);
    RawSocket source(atListenPort ? m_station->listenPort() : m_station->sourcePort());
    QVERIFY(source.send(login));
    QCOMPARE(answerUntil(source, "\r\n\r\n"), QByteArray("OK2\r\nicy-caps:11\r\n\r\n"));
    QVERIFY(source.send(headers));
    QVERIFY(goesLive(source));
    QCOMPARE(m_station->status().current.title, u"A show"_s);
    QCOMPARE(m_station->status().source.program, u"Shoutcast v1 encoder"_s);
    QCOMPARE(m_attempts.size(), 1);
    QCOMPARE(m_attempts.constFirst().request, u"Shoutcast v1"_s);
    QCOMPARE(m_attempts.constFirst().outcome, Outcome::Accepted);
}

void TestSourceClients::shoutcastThatDoesNotWait()
{
    RawSocket source(m_station->listenPort());
    QVERIFY(source.send("ocean-lamp-42\nicy-name:A show\nicy-br:0\n\n" + stampedFrames(900, 40)));
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    // AAC says so in its headers.
    RawSocket aac(m_station->listenPort());
    QVERIFY(aac.send("ocean-lamp-42\r\ncontent-type:audio/aacp\r\nicy-name:Second\r\n\r\n" + adtsFrames(60)));
    QVERIFY(waitUntil([&] { return m_station->status().current.title == u"Second"_s; }));
}

void TestSourceClients::shoutcastTitleBeforeTheHeaders()
{
    RawSocket source(m_station->listenPort());
    QVERIFY(source.send("ocean-lamp-42\r\n"));
    QVERIFY(answerUntil(source, "\r\n\r\n").startsWith("OK2"));
    const QByteArray title = "GET /admin.cgi?mode=updinfo&pass=ocean-lamp-42&song=Early HTTP/1.0\r\n\r\n";
    QCOMPARE(statusOf(exchange(m_station->sourcePort(), title)), 200);
    QVERIFY(source.send("icy-name:A show\r\n\r\n"));
    QVERIFY(goesLive(source));
    QCOMPARE(m_station->status().current.title, u"Early"_s);
}

void TestSourceClients::shoutcastWithAWrongPassword()
{
    RawSocket source(m_station->listenPort());
    QVERIFY(source.send("ocean-lamp-43\r\nicy-name:A\r\n\r\n" + stampedFrames(900, 10)));
    QCOMPARE(source.receiveAll(), QByteArray("invalid password\r\n"));
    QVERIFY(waitUntil([&] { return !m_attempts.isEmpty(); }));
    QCOMPARE(m_attempts.constFirst().outcome, Outcome::WrongPassword);
    QVERIFY(!m_attempts.constFirst().sentence.contains(u"ocean"_s));
    QVERIFY(!m_station->isLive());
}

void TestSourceClients::shoutcastProbesAreNoAttempts()
{
    for (int i = 0; i < 8; ++i) {
        RawSocket probe(m_station->listenPort());
        QVERIFY(probe.send("!POKE\nicy-name:libshout server poke request\n\n"));
        QCOMPARE(probe.receiveAll(), QByteArray("invalid password\r\n"));
    }
    RawSocket source(m_station->listenPort());
    QVERIFY(source.send("ocean-lamp-42\n"));
    QVERIFY(answerUntil(source, "\r\n\r\n").startsWith("OK2"));
    QVERIFY(source.send("icy-name:A\n\n"));
    QVERIFY(goesLive(source));
    QCOMPARE(outcomes(), QList{Outcome::Accepted});
}

void TestSourceClients::shoutcastWithoutEndOfHeaders()
{
    RawSocket source(m_station->listenPort());
    QVERIFY(source.send("ocean-lamp-42\r\nicy-name\r\n"));
    source.receiveAll();
    QVERIFY(waitUntil([&] { return !m_attempts.isEmpty(); }));
    QCOMPARE(m_attempts.constFirst().outcome, Outcome::Malformed);
    QVERIFY(!m_station->isLive());
}

void TestSourceClients::furtherSourcesHaveTheirOwnPasswords()
{
    RawSocket http(m_station->sourcePort());
    QVERIFY(http.send("SOURCE /stream HTTP/1.0\r\n" + basicAuth("dj", "reef-candle-7") + "\r\n"));
    QCOMPARE(statusOf(answerUntil(http, "\r\n\r\n")), 200);
    QVERIFY(goesLive(http));
    QCOMPARE(m_station->status().current.title, u"dj"_s);
    http.close();
    QVERIFY(waitUntil([&] { return !m_station->isLive(); }));
    RawSocket shoutcast(m_station->listenPort());
    QVERIFY(shoutcast.send("dj:reef-candle-7\nicy-name:By name\n\n"));
    QVERIFY(goesLive(shoutcast));
    // Each password is its owner's only.
    QCOMPARE(statusOf(exchange(m_station->sourcePort(), "SOURCE /stream HTTP/1.0\r\n" +
                                                            basicAuth("source", "reef-candle-7") + "\r\n")),
             401);
    QCOMPARE(statusOf(exchange(m_station->sourcePort(),
                               "SOURCE /stream HTTP/1.0\r\n" + basicAuth("dj", "ocean-lamp-42") + "\r\n")),
             401);
}

void TestSourceClients::everyAttemptIsTold()
{
    const int port = m_station->sourcePort();
    exchange(port, "SOURCE /stream HTTP/1.0\r\n\r\n");
    exchange(port, "PUT /other HTTP/1.0\r\n" + right + "\r\n");
    exchange(port, "SOURCE /stream HTTP/1.0\r\nUser-Agent: Test 1.0\r\n" + right +
                       "Content-Type: audio/webm\r\n\r\n");
    exchange(port, "SOURCE /stream HTTP/1.0\r\n" + basicAuth("source", "ocean-lamp-4") + "\r\n");
    exchange(port,
             "SOURCE /a%0d%0aINFO%1b[31m HTTP/1.0\r\nUser-Agent: \xE2\x80\xAE\xFF\r\n" + right + "\r\n");
    exchange(port, "SOURCE /stream HTTP/1.0\r\n" + right + "Content-Type: x\x85y\r\n\r\n");
    QVERIFY(waitUntil([&] { return m_attempts.size() >= 5; }));
    QCOMPARE(outcomes(), (QList{Outcome::WrongMount, Outcome::UnsupportedFormat, Outcome::WrongPassword,
                                Outcome::WrongMount, Outcome::UnsupportedFormat}));
    QCOMPARE(m_attempts[0].request, u"PUT /other HTTP/1.0"_s);
    QVERIFY(m_attempts[0].sentence.contains(u"/stream"_s));
    QCOMPARE(m_attempts[1].program, u"Test 1.0"_s);
    QVERIFY(m_attempts[1].sentence.contains(u"audio/webm"_s));
    for (const SourceAttempt &attempt : m_attempts) {
        QCOMPARE(attempt.address, u"127.0.0.1"_s);
        QVERIFY(!attempt.sentence.contains(u"lamp"_s));
        for (const QChar c : attempt.program + attempt.request + attempt.sentence)
            QVERIFY(c.category() != QChar::Other_Control && c.unicode() != 0x202E);
        QVERIFY(attempt.when.isValid());
    }
}

void TestSourceClients::whatCannotBeReadIsToldToo()
{
    const QByteArray rtmp = "\x03" + QByteArray(1536, '\0');
    const QByteArray evil =
        "PUT /stream HTTP/1.1\r\nUser-Agent: Enc 1\r\n" + right + "ice-name: a\x1b[1m\r\n\r\n";
    for (int i = 0; i < 30; ++i) {
        exchange(m_station->sourcePort(), QByteArray::fromHex("16030102"));
        exchange(m_station->sourcePort(), rtmp);
        exchange(m_station->sourcePort(), evil);
    }
    exchange(m_station->listenPort(), rtmp); // nobody expects an encoder there
    // Told once, however often they knock.
    RawSocket source(m_station->sourcePort());
    QVERIFY(source.send("SOURCE /stream HTTP/1.0\r\n" + right + "\r\n"));
    QVERIFY(waitUntil([&] { return outcomes().contains(Outcome::Accepted); }));
    QCOMPARE(outcomes(), (QList{Outcome::TlsWithoutCertificate, Outcome::Malformed, Outcome::Malformed,
                                Outcome::Accepted}));
    QCOMPARE(m_attempts[0].request, u"TLS"_s);
    QVERIFY(m_attempts[0].sentence.contains(u"server.tls_certificate"_s));
    QCOMPARE(m_attempts[1].request, u"RTMP"_s);
    QVERIFY(m_attempts[1].sentence.contains(u"Icecast 2"_s));
    QCOMPARE(m_attempts[2].request, u"PUT /stream"_s);
    QCOMPARE(m_attempts[2].program, u"Enc 1"_s);
    QVERIFY(m_attempts[2].sentence.contains(u"control character"_s));
    for (const SourceAttempt &attempt : m_attempts) {
        QCOMPARE(attempt.address, u"127.0.0.1"_s);
        QVERIFY(attempt.when.isValid());
    }
}

void TestSourceClients::encodersThatFightAreNamedAndOneStays()
{
    const auto knock = [this](const QByteArray &agent) {
        RawSocket source(m_station->sourcePort());
        source.send("SOURCE /stream HTTP/1.0\r\nUser-Agent: " + agent + "\r\n" + right + "\r\n" +
                    stampedFrames(900, 20));
        return source;
    };
    RawSocket holder = knock("Alpha");
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    for (int i = 0; i < 3; ++i) {
        const QByteArray agent = i % 2 == 0 ? "Beta" : "Alpha";
        RawSocket next = knock(agent);
        QVERIFY(waitUntil([&] { return m_station->status().source.program == QString::fromLatin1(agent); }));
        holder = std::move(next);
    }
    const qint64 fromNs = monotonicNs();
    RawSocket refused = knock("Alpha");
    const QByteArray answer = refused.receiveAll();
    QCOMPARE(statusOf(answer), 403);
    QVERIFY(monotonicNs() - fromNs > 1800 * nsPerMs); // slowed down
    QVERIFY(answer.contains("Alpha") && answer.contains("Beta"));
    QCOMPARE(m_station->status().source.program, u"Beta"_s);
    QVERIFY(waitUntil([&] { return outcomes().count(Outcome::TwoEncodersFight) == 1; }));
    // When the one that is on leaves, the other need not wait.
    holder.close();
    QVERIFY(waitUntil([&] { return !m_station->isLive(); }));
    RawSocket after = knock("Alpha");
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
}

void TestSourceClients::titlesOnBothPortsAndInBothForms()
{
    LiveClient live(m_station->sourcePort());
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    StreamClient client(m_station->listenPort(), {.wantsTitles = true});
    const auto isTold = [&](const QByteArray &block) {
        return waitUntil([&] {
            const auto titles = client.titles();
            return std::any_of(titles.begin(), titles.end(),
                               [&](const auto &each) { return each.text == block; });
        });
    };
    const QByteArray form = "GET /admin/metadata?mode=updinfo&mount=/stream&song=";
    for (const int port : {m_station->sourcePort(), m_station->listenPort()}) {
        const QByteArray number = QByteArray::number(port);
        QByteArray answer = exchange(port, form + "A%20-%20HTTP" + number + " HTTP/1.0\r\n" + right + "\r\n");
        QCOMPARE(statusOf(answer), 200);
        QVERIFY(bodyOf(answer).contains("<return>1</return>"));
        QVERIFY(isTold("StreamTitle='A - HTTP" + number + "';"));
        answer = exchange(port, "GET /admin.cgi?pass=ocean-lamp-42&mode=updinfo&song=A+-+v1" + number +
                                    "&url=http%3A%2F%2Fexample.org%2F HTTP/1.0\r\nUser-Agent: ShoutcastDSP "
                                    "(Mozilla Compatible)\r\n\r\n");
        QCOMPARE(statusOf(answer), 200);
        QVERIFY(isTold("StreamTitle='A - v1" + number + "';StreamUrl='http://example.org/';"));
        QCOMPARE(statusOf(exchange(port, form + "X HTTP/1.0\r\n\r\n")), 401);
    }
    QVERIFY2(client.titleFault().isEmpty(), qPrintable(client.titleFault()));
    // One's own password, and the user in the Shoutcast form.
    QCOMPARE(statusOf(exchange(m_station->sourcePort(),
                               form + "D HTTP/1.0\r\n" + basicAuth("dj", "reef-candle-7") + "\r\n")),
             200);
    QCOMPARE(
        statusOf(exchange(m_station->sourcePort(),
                          "GET /admin.cgi?mode=updinfo&song=E&pass=source%3Aocean-lamp-42 HTTP/1.0\r\n\r\n")),
        200);
    QCOMPARE(statusOf(exchange(m_station->sourcePort(),
                               "GET /admin.cgi?mode=updinfo&song=E&pass=x HTTP/1.0\r\n\r\n")),
             401);
    QVERIFY(waitUntil([&] { return m_station->status().current.title == u"E"_s; }));
    QCOMPARE(outcomes(), QList{Outcome::Accepted}); // titles are no attempts to broadcast
}

void TestSourceClients::titlesAfterTheSourceHasLeftAreRefused()
{
    const QByteArray update =
        "GET /admin/metadata?mode=updinfo&mount=/stream&song=X HTTP/1.0\r\n" + right + "\r\n";
    QCOMPARE(statusOf(exchange(m_station->sourcePort(), update)), 400);
    {
        LiveClient live(m_station->sourcePort());
        QVERIFY(waitUntil([&] { return m_station->isLive(); }));
        QCOMPARE(statusOf(exchange(m_station->sourcePort(), update)), 200);
    }
    QVERIFY(waitUntil([&] { return !m_station->isLive(); }));
    QCOMPARE(statusOf(exchange(m_station->sourcePort(), update)), 400);
    QVERIFY(m_station->status().current.title != u"X"_s);
    // One that leaves before any of it was heard.
    RawSocket source(m_station->sourcePort());
    QVERIFY(source.send("SOURCE /stream HTTP/1.0\r\n" + right + "\r\n"));
    QCOMPARE(statusOf(answerUntil(source, "\r\n\r\n")), 200);
    QCOMPARE(statusOf(exchange(m_station->sourcePort(), update)), 200);
    source.close();
    QVERIFY(waitUntil([&] { return statusOf(exchange(m_station->sourcePort(), update)) == 400; }));
}

void TestSourceClients::strictPortsNameTheRightOne()
{
    Settings strict = m_station->settings;
    strict.advanced.strictPorts = true;
    QVERIFY(m_station->apply(strict));
    const QByteArray sourcePort = QByteArray::number(m_station->sourcePort());
    const QByteArray listenPort = QByteArray::number(m_station->listenPort());
    const QByteArray source =
        exchange(m_station->listenPort(), "SOURCE /stream HTTP/1.0\r\n" + right + "\r\n");
    QCOMPARE(statusOf(source), 403);
    QVERIFY2(bodyOf(source).contains(sourcePort), source);
    const QByteArray listener = exchange(m_station->sourcePort(), "GET /stream HTTP/1.0\r\n\r\n");
    QCOMPARE(statusOf(listener), 403);
    QVERIFY2(bodyOf(listener).contains(listenPort), listener);
    RawSocket shoutcast(m_station->listenPort());
    QVERIFY(shoutcast.send("ocean-lamp-42\r\n"));
    QCOMPARE(shoutcast.receiveAll(), QByteArray("invalid password\r\n"));
    QVERIFY(waitUntil([&] { return m_attempts.size() == 2; }));
    QVERIFY(m_attempts[1].sentence.contains(QString::fromLatin1(sourcePort)));
    // Each at its own.
    LiveClient live(m_station->sourcePort());
    StreamClient client(m_station->listenPort());
    QVERIFY(waitUntil([&] { return client.heard().count(900) > 5; }));
    QCOMPARE(statusOf(exchange(m_station->sourcePort(),
                               "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")),
             204);
}

void TestSourceClients::whatIsNoAudioIsNoticed()
{
    LiveClient before(m_station->sourcePort());
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    RawSocket source(m_station->sourcePort());
    QVERIFY(source.send("SOURCE /stream HTTP/1.0\r\n" + right + "Content-Type: audio/mpeg\r\n\r\n"));
    const QByteArray noise(64 * 1024, 'n');
    QVERIFY(waitUntil([&] { return !source.send(noise); }));
    QVERIFY(m_station->isLive()); // the one before was never thrown out for it
}

QTEST_GUILESS_MAIN(TestSourceClients)
#include "tst_sourceclients.moc"
