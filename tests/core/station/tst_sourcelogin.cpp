// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/monotonic.h"
#include "core/values/sourceattempt.h"
#include "tests/support/stationfixture.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Who may broadcast, and what everybody else is told.
class TestSourceLogin : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void refusals_data();
    void refusals();
    void passwordsOfOtherEncodings_data();
    void passwordsOfOtherEncodings();
    void refusedInsteadOfContinue();
    void probesAreAnsweredAtOnce();
    void forgottenEncoderDoesNotLockOutTheOwner();
    void guessesAreExaminedOneASecond();
    void whoHangsUpWaitsNoMore();
    void linesOfOtherProtocolsAreNoGuesses();
    void refusedSourceIsHungUpOn();
    void changedPasswordCounts();
    void changedMountCounts();
    void withoutAPassPhraseNobodyComesIn_data();
    void withoutAPassPhraseNobodyComesIn();
    void listenersSideKnowsSourcesToo();

private:
    std::unique_ptr<StationFixture> m_station;
};

void TestSourceLogin::init()
{
    m_station = std::make_unique<StationFixture>();
    m_station->addTrack(4000);
    QVERIFY(m_station->start());
}

void TestSourceLogin::cleanup()
{
    m_station.reset();
}

void TestSourceLogin::refusals_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray right = basicAuth("source", "ocean-lamp-42");
    const QByteArray type = "Content-Type: audio/mpeg\r\n";
    QTest::newRow("no password") << "SOURCE /stream HTTP/1.0\r\n" + type << 401;
    QTest::newRow("no password, PUT")
        << "PUT /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + type << 401;
    QTest::newRow("wrong password") << "SOURCE /stream HTTP/1.0\r\n" + basicAuth("source", "ocean-lamp-43") +
                                           type
                                    << 401;
    QTest::newRow("empty password") << "SOURCE /stream HTTP/1.0\r\n" + basicAuth("source", "") + type << 401;
    QTest::newRow("wrong user") << "SOURCE /stream HTTP/1.0\r\n" + basicAuth("admin", "ocean-lamp-42") + type
                                << 401;
    QTest::newRow("broken base64") << QByteArray("SOURCE /stream HTTP/1.0\r\nAuthorization: Basic %%%\r\n") +
                                          type
                                   << 401;
    const auto withLogin = [&type](const QByteArray &value) {
        return "SOURCE /stream HTTP/1.0\r\nAuthorization: " + value + "\r\n" + type;
    };
    QTest::newRow("nothing behind Basic") << withLogin("Basic") << 401;
    QTest::newRow("colon alone") << withLogin("Basic " + QByteArray(":").toBase64()) << 401;
    QTest::newRow("no colon") << withLogin("Basic " + QByteArray("source").toBase64()) << 401;
    QTest::newRow("NUL behind the password")
        << withLogin("Basic " + QByteArray("source:ocean-lamp-42\0", 21).toBase64()) << 401;
    QTest::newRow("very long") << withLogin("Basic " + QByteArray(4000, 'A')) << 401;
    QTest::newRow("another scheme") << withLogin("Bearer ocean-lamp-42") << 401;
    QTest::newRow("said twice") << "SOURCE /stream HTTP/1.0\r\n" + right + right + type << 401;
    QTest::newRow("wrong password and mount")
        << "SOURCE /other HTTP/1.0\r\n" + basicAuth("source", "x") + type << 401;
    QTest::newRow("wrong mount") << "SOURCE /other HTTP/1.0\r\n" + right + type << 404;
    QTest::newRow("webm") << "PUT /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + right +
                                 "Content-Type: audio/webm\r\n"
                          << 415;
    QTest::newRow("windows media") << "SOURCE /stream HTTP/1.0\r\n" + right +
                                          "Content-Type: audio/x-ms-wma\r\n"
                                   << 415;
}

void TestSourceLogin::refusals()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    const MachineSlack slack;
    const qint64 fromNs = monotonicNs();
    const QByteArray answer = exchange(m_station->sourcePort(), request + "\r\n");
    QCOMPARE(statusOf(answer), status);
    QVERIFY(monotonicNs() - fromNs < 1500 * nsPerMs + slack.ns());
    QVERIFY(bodyOf(answer).size() > 20);
    QVERIFY(!answer.contains("ocean-lamp"));
    if (status == 401)
        QVERIFY(headerOf(answer, "WWW-Authenticate").startsWith("Basic realm="));
    QVERIFY(!m_station->isLive());
}

void TestSourceLogin::passwordsOfOtherEncodings_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("utf-8") << QByteArray("sch\xC3\xB6n-\xE2\x82\xAC");
    QTest::newRow("windows-1252") << QByteArray("sch\xF6n-\x80");
    QTest::newRow("accents by themselves") << QByteArray("scho\xCC\x88n-\xE2\x82\xAC");
}

void TestSourceLogin::passwordsOfOtherEncodings()
{
    QFETCH(QByteArray, sent);
    Settings changed = m_station->settings;
    changed.server.sourcePassword = u"schön-€"_s;
    QVERIFY(m_station->apply(changed));
    LiveClient wrong(m_station->sourcePort(), {.password = sent + 'x'});
    QVERIFY(waitUntil([&] { return wrong.isDone(); }));
    QCOMPARE(statusOf(wrong.response()), 401);
    LiveClient live(m_station->sourcePort(), {.password = sent});
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    QVERIFY(exchange(m_station->sourcePort(), "GET /admin.cgi?mode=updinfo&song=Hello&pass=" +
                                                  sent.toPercentEncoding() + " HTTP/1.0\r\n\r\n")
                .contains("200"));
    QVERIFY(waitUntil([&] { return m_station->status().current.title == u"Hello"_s; }));
}

void TestSourceLogin::refusedInsteadOfContinue()
{
    LiveClient live(m_station->sourcePort(), {.method = "PUT", .password = "wrong", .expectsContinue = true});
    QVERIFY(waitUntil([&] { return live.isDone(); }));
    QVERIFY(!live.response().contains("100 Continue"));
    QCOMPARE(statusOf(live.response()), 401);
    QCOMPARE(live.framesSent(), 0);
}

void TestSourceLogin::probesAreAnsweredAtOnce()
{
    // libshout asks what the server can do before it sends its password.
    const qint64 fromNs = monotonicNs();
    const int status = statusOf(exchange(
        m_station->sourcePort(), "GET /admin/!POKE HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    QVERIFY(status >= 400 && status < 500);
    QVERIFY(monotonicNs() - fromNs < nsPerSecond);
    // On the same connection: asked for the password, then given.
    RawSocket socket(m_station->sourcePort());
    QVERIFY(socket.send("PUT /stream HTTP/1.1\r\nHost: a\r\nContent-Type: audio/mpeg\r\n\r\n"));
    QByteArray answer;
    QVERIFY(waitUntil([&] { return (answer += socket.receive(50)).contains("401"); }));
}

namespace
{

QByteArray wrongTry(const QByteArray &password = "wrong")
{
    return "SOURCE /stream HTTP/1.0\r\n" + basicAuth("source", password) + "\r\n";
}

} // namespace

// A forgotten encoder behind the same router knocks five times a second for ever.
void TestSourceLogin::forgottenEncoderDoesNotLockOutTheOwner()
{
    for (int i = 0; i < 6; ++i)
        QCOMPARE(statusOf(exchange(m_station->sourcePort(), wrongTry())), 401);
    std::atomic<bool> stops = false;
    std::thread forgotten([&stops, port = m_station->sourcePort()] {
        while (!stops)
            exchange(port, wrongTry(), 3000);
    });
    const qint64 fromNs = monotonicNs();
    {
        // Nobody knows this address yet: in its turn, and unrefused.
        LiveClient live(m_station->sourcePort());
        const bool isOn = waitUntil([&] { return live.isDone() || m_station->isLive(); });
        const qint64 tookNs = monotonicNs() - fromNs;
        QVERIFY(isOn && m_station->isLive());
        QVERIFY2(tookNs < 8 * nsPerSecond, QByteArray::number(tookNs / nsPerMs));
        // And his titles are never kept waiting from now on.
        for (int i = 0; i < 5; ++i) {
            const qint64 askedNs = monotonicNs();
            const QByteArray title =
                "GET /admin/metadata?mode=updinfo&mount=/stream&song=A%20-%20B HTTP/1.0\r\n" +
                basicAuth("source", "ocean-lamp-42") + "\r\n";
            QCOMPARE(statusOf(exchange(m_station->sourcePort(), title)), 200);
            QVERIFY(monotonicNs() - askedNs < 500 * nsPerMs);
        }
    }
    QVERIFY(waitUntil([&] { return !m_station->isLive(); }, 20'000));
    const qint64 againNs = monotonicNs();
    LiveClient again(m_station->sourcePort());
    const bool isBack = waitUntil([&] { return again.isDone() || m_station->isLive(); });
    const qint64 backNs = monotonicNs() - againNs;
    stops = true;
    forgotten.join();
    QVERIFY(isBack && m_station->isLive());
    QVERIFY2(backNs < 1500 * nsPerMs, QByteArray::number(backNs / nsPerMs)); // at once
}

void TestSourceLogin::guessesAreExaminedOneASecond()
{
    for (int i = 0; i < 3; ++i)
        QCOMPARE(statusOf(exchange(m_station->sourcePort(), wrongTry())), 401);
    // Twelve at once: one is looked at, eight wait, the others are told to come back.
    const qint64 fromNs = monotonicNs();
    std::vector<RawSocket> tries;
    for (int i = 0; i < 12; ++i) {
        tries.emplace_back(m_station->sourcePort());
        QVERIFY(tries.back().send(wrongTry()));
    }
    std::vector<QByteArray> answers(tries.size());
    std::vector<qint64> atNs(tries.size(), 0);
    QVERIFY(waitUntil(
        [&] {
            for (size_t i = 0; i < tries.size(); ++i) {
                answers[i] += tries[i].receive(0);
                if (atNs[i] == 0 && tries[i].atEnd())
                    atNs[i] = monotonicNs() - fromNs;
            }
            return std::none_of(atNs.begin(), atNs.end(), [](qint64 at) { return at == 0; });
        },
        15'000));
    int refused = 0;
    QList<qint64> seen;
    for (size_t i = 0; i < tries.size(); ++i) {
        if (statusOf(answers[i]) == 503) {
            ++refused;
            QCOMPARE(headerOf(answers[i], "Retry-After"), QByteArray("8"));
        } else {
            QCOMPARE(statusOf(answers[i]), 401);
            seen.append(atNs[i]);
        }
    }
    QVERIFY2(refused >= 3 && refused <= 4, QByteArray::number(refused));
    std::sort(seen.begin(), seen.end());
    QVERIFY(seen.constLast() > 6 * nsPerSecond && seen.constLast() < 12 * nsPerSecond);
}

// An encoder that has given up gives up its place in the queue.
void TestSourceLogin::whoHangsUpWaitsNoMore()
{
    for (int i = 0; i < 4; ++i)
        QCOMPARE(statusOf(exchange(m_station->sourcePort(), wrongTry())), 401);
    for (int i = 0; i < 40; ++i) {
        RawSocket impatient(m_station->sourcePort());
        QVERIFY(impatient.send(wrongTry()));
        impatient.receive(20);
    }
    const qint64 fromNs = monotonicNs();
    LiveClient live(m_station->sourcePort());
    QVERIFY(waitUntil([&] { return live.isDone() || m_station->isLive(); }));
    QVERIFY(m_station->isLive());
    QVERIFY2(monotonicNs() - fromNs < 4 * nsPerSecond,
             QByteArray::number((monotonicNs() - fromNs) / nsPerMs));
}

// Programs that watch ports send a line of their own; encoders of Shoutcast's kind send their pass phrase so.
void TestSourceLogin::linesOfOtherProtocolsAreNoGuesses()
{
    for (int i = 0; i < 8; ++i) {
        RawSocket watcher(m_station->listenPort());
        QVERIFY(watcher.send("PING\r\n"));
        watcher.receive(50);
    }
    const qint64 fromNs = monotonicNs();
    QCOMPARE(statusOf(exchange(m_station->sourcePort(), wrongTry())), 401);
    LiveClient live(m_station->sourcePort());
    QVERIFY(waitUntil([&] { return live.isDone() || m_station->isLive(); }));
    QVERIFY(m_station->isLive());
    QVERIFY(monotonicNs() - fromNs < 3 * nsPerSecond);
}

// butt, curl and ffmpeg send on whatever they are told: what they send is no request, and the answer gets
// there.
void TestSourceLogin::refusedSourceIsHungUpOn()
{
    for (const QByteArray &head :
         {QByteArray("PUT /stream HTTP/1.1\r\nHost: a\r\nContent-Type: audio/mpeg\r\n"),
          QByteArray("PUT /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"),
          QByteArray("SOURCE /stream HTTP/1.0\r\nConnection: keep-alive\r\n")}) {
        RawSocket source(m_station->sourcePort());
        QVERIFY(source.send(head + basicAuth("source", "wrong") + "\r\n" + stampedFrames(3, 100)));
        QByteArray answer;
        int pieces = 0;
        QVERIFY(waitUntil([&] {
            if (pieces < 20 && source.send(stampedFrames(3, 10)))
                ++pieces;
            answer += source.receive(20);
            return source.atEnd();
        }));
        QCOMPARE(statusOf(answer), 401);
        QCOMPARE(answer.count("HTTP/1.1 "), 1);
        QVERIFY(!m_station->isLive());
        exchange(m_station->sourcePort(), "GET / HTTP/1.0\r\n\r\n");
    }
}

void TestSourceLogin::changedPasswordCounts()
{
    Settings changed = m_station->settings;
    changed.server.sourcePassword = u"grün-ß-7"_s;
    QVERIFY(m_station->apply(changed));
    LiveClient old(m_station->sourcePort());
    QVERIFY(waitUntil([&] { return old.isRefused(); }));
    LiveClient live(m_station->sourcePort(), {.password = u"grün-ß-7"_s.toUtf8()});
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
}

void TestSourceLogin::withoutAPassPhraseNobodyComesIn_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray type = "Content-Type: audio/mpeg\r\n\r\n";
    for (const char *guess : {"", "hackme", "ocean-lamp-42"}) {
        QTest::addRow("PUT, \"%s\"", guess)
            << "PUT /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + basicAuth("source", guess) + type
            << 403;
        QTest::addRow("SOURCE, \"%s\"", guess)
            << "SOURCE /stream HTTP/1.0\r\n" + basicAuth("source", guess) + type << 403;
    }
    QTest::newRow("no login") << "SOURCE /stream HTTP/1.0\r\n" + type << 403;
    QTest::newRow("Shoutcast, empty") << QByteArray("\r\ncontent-type:audio/mpeg\r\n\r\n") << 0;
    QTest::newRow("Shoutcast") << QByteArray("hackme\r\n") << 0;
}

/// The playlist plays; who knocks is told what the owner has to do, however often he tries.
void TestSourceLogin::withoutAPassPhraseNobodyComesIn()
{
    QFETCH(const QByteArray, request);
    QFETCH(const int, status);
    const Settings complete = m_station->settings;
    Settings changed = complete;
    changed.server.sourcePassword.clear();
    QVERIFY(m_station->apply(changed));
    QSignalSpy attempts(&m_station->control(), &StationControl::sourceAttempted);
    for (int i = 0; i < 5; ++i) {
        const QByteArray answer = exchange(m_station->sourcePort(), request);
        if (status != 0) {
            QCOMPARE(statusOf(answer), status);
            QVERIFY2(answer.contains("source_password = \"...\""), answer);
        } else {
            QVERIFY2(!answer.isEmpty() && !answer.startsWith("OK2"), answer);
        }
    }
    QVERIFY(m_station->control().isOnAir());
    QVERIFY(!m_station->isLive());
    if (status != 0) {
        QVERIFY(waitUntil([&] { return attempts.count() > 0; }));
        const auto attempt = attempts.constFirst().constFirst().value<SourceAttempt>();
        QVERIFY2(attempt.sentence.contains(u"source_password"_s), qPrintable(attempt.sentence));
    }
    // With the line that was missing.
    QVERIFY(m_station->apply(complete));
    LiveClient source(m_station->sourcePort());
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
}

void TestSourceLogin::changedMountCounts()
{
    StreamClient before(m_station->listenPort());
    QVERIFY(waitUntil([&] { return before.audioBytes() > 0; }));
    Settings changed = m_station->settings;
    changed.server.mountPoint = u"/neu.mp3"_s;
    QVERIFY(m_station->apply(changed));
    LiveClient old(m_station->sourcePort());
    QVERIFY(waitUntil([&] { return old.isRefused(); }));
    QCOMPARE(statusOf(old.response()), 404);
    LiveClient live(m_station->sourcePort(), {.mount = "/neu.mp3"});
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    StreamClient after(m_station->listenPort(), {.path = "/neu.mp3"});
    QVERIFY(waitUntil([&] { return after.heard().count(900) > 20 && before.heard().count(900) > 20; }));
    QVERIFY(!before.hasEnded());
    QVERIFY(m_station->control().lastStatus().addresses.streamUrl.endsWith(u"/neu.mp3"_s));
}

void TestSourceLogin::listenersSideKnowsSourcesToo()
{
    // Programs that know one port only.
    LiveClient live(m_station->listenPort());
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    StreamClient client(m_station->sourcePort());
    QVERIFY(waitUntil([&] { return client.heard().count(900) > 20; }));
}

QTEST_GUILESS_MAIN(TestSourceLogin)
#include "tst_sourcelogin.moc"
