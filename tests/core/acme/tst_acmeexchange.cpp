// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/acme/acmeexchange.h"
#include "tests/support/mutations.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

using Why = AcmeFailure::Kind;
using Method = AcmeExchange::Call::Method;

const QByteArray authorityToken = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJyPCt92wr-oA";

/// An authority on paper: answers by the address that is called.
class PaperAuthority
{
public:
    PaperAuthority()
    {
        answers[u"/dir"_s] = "{\"newNonce\":\"https://a.example/nonce\",\"newAccount\":\"https://a.example/"
                             "account\",\"newOrder\":\"https://a.example/order\",\"meta\":{\"profiles\":{"
                             "\"classic\":\"usual\",\"shortlived\":\"six days\"}}}";
        answers[u"/nonce"_s] = "";
        answers[u"/account"_s] = "{\"status\":\"valid\"}";
        answers[u"/order"_s] = order("pending");
        answers[u"/authz/1"_s] =
            "{\"status\":\"pending\",\"challenges\":[{\"type\":\"dns-01\",\"url\":\"https://a.example/x\","
            "\"token\":\"" +
            authorityToken + "\"},{\"type\":\"http-01\",\"url\":\"https://a.example/chall/1\",\"token\":\"" +
            authorityToken +
            "\"},{\"type\":\"tls-alpn-01\",\"url\":\"https://a.example/chall/2\",\"token\":\"" +
            authorityToken + "\"}]}";
        for (const QString &path : {u"/chall/1"_s, u"/chall/2"_s})
            answers[path] = "{\"status\":\"processing\"}";
        answers[u"/finalize/1"_s] = order("processing");
        answers[u"/order/1"_s] = order("valid");
        answers[u"/cert/1"_s] = challengeCertificate({false, u"radio.example.org"_s}, "x");
    }

    static QByteArray order(const QByteArray &status)
    {
        return "{\"status\":\"" + status +
               "\",\"authorizations\":[\"https://a.example/authz/1\"],\"finalize\":\"https://a.example/"
               "finalize/1\",\"certificate\":\"https://a.example/cert/1\"}";
    }

    WebAnswer answer(const AcmeExchange::Call &call)
    {
        const QString path = call.url.path();
        ++asked[path];
        WebAnswer told;
        told.status = statuses.value(path, 200);
        told.headers = {
            {"replay-nonce", "n" + QByteArray::number(++nonces)},
            {"Date", "Sun, 01 Mar 2026 12:00:00 GMT"},
            {"Location", path == "/account"_L1 ? "https://a.example/acct/1" : "https://a.example/order/1"}};
        told.headers.append(headers.value(path));
        told.body = answers.value(path);
        return told;
    }

    QHash<QString, QByteArray> answers;
    QHash<QString, int> statuses;
    QHash<QString, QList<std::pair<QByteArray, QByteArray>>> headers;
    QHash<QString, int> asked;
    int nonces = 0;
};

AcmeExchange::Wish wish(AcmeChallengeType type = AcmeChallengeType::Http01)
{
    static const AcmeKey account = *AcmeKey::generate();
    static const AcmeKey key = *AcmeKey::generate();
    return {QUrl(u"https://a.example/dir"_s), account, key, {false, u"radio.example.org"_s}, type};
}

/// To its end, or until `mostCalls`; time passes as it wants. Returns how long it took.
qint64 run(AcmeExchange &exchange, PaperAuthority &authority, int mostCalls = 500,
           const std::function<void(const AcmeExchange::Call &)> &look = {})
{
    qint64 now = 0;
    for (int calls = 0; calls < mostCalls && !exchange.hasEnded();) {
        if (exchange.waitsForProof()) {
            exchange.published(now);
        } else if (const auto call = exchange.take(now)) {
            ++calls;
            if (look)
                look(*call);
            const WebAnswer told = authority.answer(*call);
            // Proved when it has been looked at.
            if (call->url.path().startsWith("/chall/"_L1))
                authority.answers[u"/authz/1"_s].replace("pending", "valid");
            exchange.answered(told, now);
        } else if (const auto due = exchange.dueMs()) {
            now = std::max(now + 1, *due);
        }
    }
    return now;
}

QJsonObject partOf(const AcmeExchange::Call &call, const QString &part)
{
    const QJsonObject body = QJsonDocument::fromJson(call.body).object();
    return QJsonDocument::fromJson(
               QByteArray::fromBase64(body.value(part).toString().toLatin1(), QByteArray::Base64UrlEncoding))
        .object();
}

} // namespace

class TestAcmeExchange : public QObject
{
    Q_OBJECT

private slots:
    void fromTheFirstQuestionToTheLast();
    void addressesAreForAFewDays();
    void refusedNoncesAreReplaced();
    void nothingToBeProved();
    void itWaitsAsItIsTold();
    void failures_data();
    void failures();
    void everythingHasAnEnd();
    void waitingTimes_data();
    void waitingTimes();
    void nonsenseIsSurvived();
};

void TestAcmeExchange::fromTheFirstQuestionToTheLast()
{
    for (const AcmeChallengeType type : {AcmeChallengeType::Http01, AcmeChallengeType::TlsAlpn01}) {
        PaperAuthority authority;
        AcmeExchange exchange(wish(type), 0);
        QStringList nonces;
        int proofs = 0;
        run(exchange, authority, 100, [&](const AcmeExchange::Call &call) {
            proofs += exchange.proof() ? 1 : 0;
            if (call.method != Method::Post)
                return;
            const QJsonObject head = partOf(call, u"protected"_s);
            nonces.append(head.value(u"nonce"_s).toString());
            QCOMPARE(head.value(u"url"_s).toString(), call.url.toString());
            QCOMPARE(head.contains(u"jwk"_s), call.url.path() == u"/account"_s);
            if (call.url.path() == "/order"_L1)
                QVERIFY(!partOf(call, u"payload"_s).contains(u"profile"_s)); // of a name
        });
        QVERIFY2(!exchange.failure(), exchange.failure() ? qPrintable(exchange.failure()->detail) : "");
        QVERIFY(exchange.chain().startsWith("-----BEGIN CERTIFICATE-----"));
        QVERIFY(!exchange.chain().contains("PRIVATE"));
        QVERIFY(proofs > 0 && !exchange.proof()); // shown for as long as it is looked for
        QCOMPARE(nonces.removeDuplicates(), 0);
        QVERIFY(!nonces.contains(QString()));
        QCOMPARE(authority.asked.value(u"/nonce"_s), 0); // each answer brings the next one
        QCOMPARE(authority.asked.value(u"/chall/1"_s), type == AcmeChallengeType::Http01 ? 1 : 0);
        QCOMPARE(authority.asked.value(u"/chall/2"_s), type == AcmeChallengeType::Http01 ? 0 : 1);
        QCOMPARE(exchange.authorityTime(), QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC));
    }
}

void TestAcmeExchange::addressesAreForAFewDays()
{
    for (const bool hasProfiles : {true, false}) {
        PaperAuthority authority;
        if (!hasProfiles)
            authority.answers[u"/dir"_s].replace("shortlived", "tlsserver");
        AcmeExchange::Wish address = wish();
        address.identifier = {true, u"203.0.113.7"_s};
        AcmeExchange exchange(address, 0);
        QJsonObject order;
        run(exchange, authority, 100, [&order](const AcmeExchange::Call &call) {
            if (call.url.path() == "/order"_L1)
                order = partOf(call, u"payload"_s);
        });
        QVERIFY(!exchange.failure());
        QCOMPARE(order.value(u"profile"_s).toString(), hasProfiles ? u"shortlived"_s : QString());
        QVERIFY(QJsonDocument(order).toJson(QJsonDocument::Compact).contains("\"type\":\"ip\""));
    }
}

void TestAcmeExchange::refusedNoncesAreReplaced()
{
    PaperAuthority authority;
    AcmeExchange exchange(wish(), 0);
    qint64 now = 0;
    int refusals = 0;
    for (int i = 0; i < 300 && !exchange.hasEnded(); ++i) {
        if (exchange.waitsForProof())
            exchange.published(now);
        const auto call = exchange.take(now);
        if (!call) {
            now = exchange.dueMs().value_or(now) + 1;
            continue;
        }
        WebAnswer told = authority.answer(*call);
        // Every other one of what is signed, each time with a fresh one.
        if (call->method == Method::Post && i % 2 == 0) {
            ++refusals;
            told.status = 400;
            told.body = "{\"type\":\"urn:ietf:params:acme:error:badNonce\",\"detail\":\"too old\"}";
        } else if (call->url.path().startsWith("/chall/"_L1)) {
            authority.answers[u"/authz/1"_s].replace("pending", "valid");
        }
        exchange.answered(told, now);
    }
    QVERIFY2(!exchange.failure(), exchange.failure() ? qPrintable(exchange.failure()->detail) : "");
    QVERIFY(refusals > 3 && !exchange.chain().isEmpty());
}

void TestAcmeExchange::nothingToBeProved()
{
    PaperAuthority authority;
    authority.answers[u"/order"_s] = PaperAuthority::order("ready");
    AcmeExchange exchange(wish(), 0);
    run(exchange, authority);
    QVERIFY(!exchange.failure() && !exchange.chain().isEmpty());
    QCOMPARE(authority.asked.value(u"/authz/1"_s), 0);
}

void TestAcmeExchange::itWaitsAsItIsTold()
{
    PaperAuthority authority;
    authority.headers[u"/finalize/1"_s] = {{"Retry-After", "17"}};
    AcmeExchange exchange(wish(), 0);
    QVERIFY(run(exchange, authority) >= 17'000);
    QVERIFY(!exchange.failure());
}

void TestAcmeExchange::failures_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const QString &path, int status, const QByteArray &body, Why kind,
                        const QString &detail) {
        QTest::newRow(name) << path << status << body << static_cast<int>(kind) << detail;
    };
    row("nobody", u"/dir"_s, 0, {}, Why::Unreachable, u"no answer in time"_s);
    row("no directory", u"/dir"_s, 200, "<html>", Why::Odd, u"directory"_s);
    row("addresses of another kind", u"/dir"_s, 200,
        "{\"newNonce\":\"http://a.example/n\",\"newAccount\":\"file:///etc/passwd\",\"newOrder\":\"x\"}",
        Why::Odd, u"directory"_s);
    row("closed", u"/account"_s, 403,
        "{\"type\":\"urn:ietf:params:acme:error:unauthorized\",\"detail\":\"Account is deactivated\"}",
        Why::Refused, u"deactivated"_s);
    row("too often", u"/order"_s, 429,
        "{\"type\":\"urn:ietf:params:acme:error:rateLimited\",\"detail\":\"too many certificates\"}",
        Why::Limited, u"too many"_s);
    row("forbidden name", u"/order"_s, 400,
        "{\"type\":\"urn:ietf:params:acme:error:rejectedIdentifier\",\"detail\":\"Policy\\u0007 forbids\"}",
        Why::Refused, u"Policy forbids"_s);
    row("out of order", u"/order"_s, 503, "busy", Why::Unreachable, u"status 503"_s);
    row("not proved", u"/authz/1"_s, 200,
        "{\"status\":\"invalid\",\"challenges\":[{\"type\":\"http-01\",\"status\":\"invalid\",\"error\":{"
        "\"type\":\"urn:ietf:params:acme:error:connection\",\"detail\":\"Connection refused\"}}]}",
        Why::Validation, u"Connection refused"_s);
    row("no such proof", u"/authz/1"_s, 200, "{\"status\":\"pending\",\"challenges\":[]}", Why::Refused,
        u"proof"_s);
    row("a token that is none", u"/authz/1"_s, 200,
        "{\"status\":\"pending\",\"challenges\":[{\"type\":\"http-01\",\"url\":\"https://a.example/chall/1\","
        "\"token\":\"../../../../etc/passwd\"}]}",
        Why::Refused, u"proof"_s);
    row("not issued", u"/order/1"_s, 200,
        "{\"status\":\"invalid\",\"authorizations\":[\"https://a.example/authz/1\"],\"finalize\":\"https://"
        "a.example/f\",\"error\":{\"type\":\"x:badCSR\",\"detail\":\"no good\"}}",
        Why::Validation, u"no good"_s);
    row("no certificate", u"/cert/1"_s, 200, "nothing", Why::Odd, u"certificate"_s);
}

void TestAcmeExchange::failures()
{
    QFETCH(const QString, path);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const int, kind);
    QFETCH(const QString, detail);
    PaperAuthority authority;
    authority.statuses[path] = status;
    authority.answers[path] = body;
    authority.headers[path] = {{"Retry-After", "7200"}};
    AcmeExchange exchange(wish(), 0);
    qint64 now = 0;
    for (int i = 0; i < 200 && !exchange.hasEnded(); ++i) {
        if (exchange.waitsForProof())
            exchange.published(now);
        const auto call = exchange.take(now);
        if (!call) {
            now = exchange.dueMs().value_or(now) + 1;
            continue;
        }
        WebAnswer told = authority.answer(*call);
        if (told.status == 0)
            told.problem = u"no answer in time"_s;
        if (call->url.path().startsWith("/chall/"_L1) && path != "/authz/1"_L1)
            authority.answers[u"/authz/1"_s].replace("pending", "valid");
        exchange.answered(told, now);
    }
    QVERIFY(exchange.failure());
    QCOMPARE(static_cast<int>(exchange.failure()->kind), kind);
    QVERIFY2(exchange.failure()->detail.contains(detail), qPrintable(exchange.failure()->detail));
    QVERIFY(!exchange.dueMs() && !exchange.take(now + 1'000'000) && !exchange.proof());
    if (exchange.failure()->kind == Why::Limited)
        QCOMPARE(exchange.failure()->notBeforeMs, 7'200'000);
}

void TestAcmeExchange::everythingHasAnEnd()
{
    // It never gets ready, or never accepts a nonce.
    for (const bool byNonce : {false, true}) {
        PaperAuthority authority;
        if (byNonce) {
            authority.statuses[u"/account"_s] = 400;
            authority.answers[u"/account"_s] = "{\"type\":\"urn:ietf:params:acme:error:badNonce\"}";
        } else {
            authority.answers[u"/order/1"_s] = PaperAuthority::order("processing");
        }
        AcmeExchange exchange(wish(), 0);
        const qint64 took = run(exchange, authority, 1'000);
        QVERIFY(exchange.failure());
        QVERIFY(took <= AcmeExchange::longestMs + 60'000);
        QVERIFY(authority.asked.value(u"/order/1"_s) <= AcmeExchange::mostPolls + 1);
        QVERIFY(authority.asked.value(u"/account"_s) <= AcmeExchange::mostNonces + 1);
    }
}

void TestAcmeExchange::waitingTimes_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("seconds") << QByteArray("120") << qint64{120'000};
    QTest::newRow("date") << QByteArray("Sun, 01 Mar 2026 12:01:00 GMT") << qint64{60'000};
    QTest::newRow("past") << QByteArray("Sun, 01 Mar 2026 11:00:00 GMT") << qint64{0};
    QTest::newRow("less than nothing") << QByteArray("-5") << qint64{0};
    QTest::newRow("for ever") << QByteArray("99999999999") << qint64{86'400'000};
    QTest::newRow("none") << QByteArray() << qint64{-1};
    QTest::newRow("nonsense") << QByteArray("soon") << qint64{-1};
}

void TestAcmeExchange::waitingTimes()
{
    QFETCH(const QByteArray, header);
    QFETCH(const qint64, ms);
    const QDateTime now(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    QCOMPARE(retryAfterMs(header, now).value_or(-1), ms);
}

// Whatever an authority says: it ends, and shows no proof for what it did not understand.
void TestAcmeExchange::nonsenseIsSurvived()
{
    QRandomGenerator random(1848);
    int failed = 0;
    for (int i = 0; i < 400; ++i) {
        PaperAuthority authority;
        const QStringList paths = authority.answers.keys();
        for (int change = 0; change < 2; ++change) {
            QByteArray &answer = authority.answers[paths.at(random.bounded(static_cast<int>(paths.size())))];
            answer = mutated(answer, random, 6);
        }
        AcmeExchange exchange(wish(), 0);
        run(exchange, authority, 400);
        QVERIFY(exchange.hasEnded());
        QVERIFY(exchange.failure().has_value() != !exchange.chain().isEmpty());
        failed += exchange.failure() ? 1 : 0;
        if (exchange.failure())
            QVERIFY(exchange.failure()->detail.size() <= 400 &&
                    !exchange.failure()->detail.contains('\n'_L1));
    }
    QVERIFY(failed > 20 && failed < 400);
    for (int i = 0; i < 5'000; ++i) {
        const QByteArray bytes = mutated(PaperAuthority().answers.value(u"/authz/1"_s), random, 8);
        const auto authorization = acmeAuthorizationIn(bytes);
        if (authorization && authorization->http01)
            QVERIFY(!authorization->http01->token.contains('/') && authorization->http01->url.isValid());
    }
}

QTEST_GUILESS_MAIN(TestAcmeExchange)
#include "tst_acmeexchange.moc"
