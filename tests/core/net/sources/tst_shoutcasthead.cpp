// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/shoutcasthead.h"

#include <QRandomGenerator>
#include <QTest>

using namespace cycast;

namespace
{

using State = ShoutcastHead::State;

QByteArray valueOf(const ShoutcastHead &head, QByteArrayView name)
{
    HttpRequest request;
    request.headers = head.headers;
    return request.header(name);
}

} // namespace

class TestShoutcastHead : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatProgramsSend_data();
    void readsWhatProgramsSend();
    void everyPrefixNeedsMore();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void knowsTheProbe();
    void readsALoginInEveryWay();
    void httpIsNotTakenForIt_data();
    void httpIsNotTakenForIt();
    void randomBytesDoNoHarm();
};

void TestShoutcastHead::readsWhatProgramsSend_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("bare line feeds") << QByteArray("hackme\nicy-name:A name\nicy-br:128\n\n\xFF\xFB");
    QTest::newRow("CRLF") << QByteArray("hackme\r\nicy-name: A name \r\nicy-br: 128\r\n\r\n\xFF\xFB");
    QTest::newRow("CR CR LF") << QByteArray(
        "hackme\r\r\nicy-name:A name\r\r\nicy-br:128\r\r\n\r\r\n\xFF\xFB");
    QTest::newRow("mixed") << QByteArray("hackme\r\nICY-Name:A name\nicy-br:128\r\n\n\xFF\xFB");
}

void TestShoutcastHead::readsWhatProgramsSend()
{
    QFETCH(QByteArray, bytes);
    const ShoutcastHead head = parseShoutcastHead(bytes);
    QCOMPARE(head.state, State::Complete);
    QCOMPARE(head.login, QByteArray("hackme"));
    QCOMPARE(valueOf(head, "icy-name"), QByteArray("A name"));
    QCOMPARE(valueOf(head, "icy-br"), QByteArray("128"));
    QCOMPARE(bytes.mid(head.headBytes), QByteArray("\xFF\xFB"));
}

void TestShoutcastHead::everyPrefixNeedsMore()
{
    const QByteArray whole = "source:hackme\r\nicy-name:A\r\nicy-url:http://a/\r\n\r\n";
    for (qsizetype size = 0; size < whole.size(); ++size)
        QCOMPARE(parseShoutcastHead(whole.first(size)).state,
                 size < 15 ? State::NeedsLogin : State::NeedsHeaders);
    QCOMPARE(parseShoutcastHead(whole).headBytes, whole.size());
}

void TestShoutcastHead::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no end of line") << QByteArray(300, 'x');
    QTest::newRow("late end of line") << QByteArray(300, 'x') + '\n';
    QTest::newRow("control character") << QByteArray("hack\x01me\n");
    QTest::newRow("NUL") << QByteArray("hackme\0\n", 8);
    QTest::newRow("no colon") << QByteArray("hackme\nicy-name\n");
    QTest::newRow("no name") << QByteArray("hackme\n:A\n");
    QTest::newRow("audio without an empty line") << QByteArray("hackme\n\xFF\xFB\x90\x01:\n");
    QTest::newRow("too many headers") << "hackme\n" + QByteArray("a:b\n").repeated(101);
    QTest::newRow("too long") << "hackme\nicy-name:" + QByteArray(9000, 'x');
}

void TestShoutcastHead::refusesWhatIsNone()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(parseShoutcastHead(bytes).state, State::Bad);
}

void TestShoutcastHead::knowsTheProbe()
{
    const ShoutcastHead head = parseShoutcastHead("!POKE\nicy-name:libshout server poke request\n\n");
    QCOMPARE(head.state, State::Complete);
    QVERIFY(head.isProbe());
    QVERIFY(!parseShoutcastHead("hackme\n").isProbe());
}

void TestShoutcastHead::readsALoginInEveryWay()
{
    const auto has = [](const char *line, const char *user, const char *password) {
        const QList<BasicCredentials> logins = shoutcastLogins(line);
        return std::any_of(logins.begin(), logins.end(), [&](const BasicCredentials &each) {
            return each.user == user && each.password == password;
        });
    };
    QVERIFY(has("hackme", "source", "hackme"));
    QVERIFY(has("source:hackme", "source", "hackme"));
    QVERIFY(has("dj:own:secret", "dj", "own:secret"));
    QVERIFY(has("with:colon", "source", "with:colon"));
    QVERIFY(has("hackme:#1", "source", "hackme"));
    QVERIFY(has("dj:own:#12", "dj", "own"));
    QVERIFY(!has("hackme", "admin", "hackme"));
    QCOMPARE(shoutcastLogins({}).size(), 1);
}

void TestShoutcastHead::httpIsNotTakenForIt_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isShoutcast");
    QTest::newRow("password") << QByteArray("hackme\r\n") << true;
    QTest::newRow("pass phrase with blanks") << QByteArray("my pass phrase\r\n") << true;
    QTest::newRow("user") << QByteArray("source:hackme\n") << true;
    QTest::newRow("TLS") << QByteArray("\x16\x03\x01\x02\x00\n", 6) << false;
    QTest::newRow("noise") << QByteArray("\x80\x2e\x01\n") << false;
    QTest::newRow("begun") << QByteArray("hack") << false;
    QTest::newRow("empty line") << QByteArray("\r\n") << false;
}

void TestShoutcastHead::httpIsNotTakenForIt()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isShoutcast);
    QCOMPARE(mayBeShoutcast(bytes), isShoutcast);
    QCOMPARE(parseHttpRequest("GET / HTTP/1.0\r\n\r\n").state, HttpParse::State::Complete);
    if (isShoutcast)
        QCOMPARE(parseHttpRequest(bytes).state, HttpParse::State::NotHttp);
}

void TestShoutcastHead::randomBytesDoNoHarm()
{
    QRandomGenerator random(50'001);
    const QByteArray good = "hackme\r\nicy-name:A\r\nicy-br:128\r\ncontent-type:audio/mpeg\r\n\r\naudio";
    for (int round = 0; round < 5000; ++round) {
        QByteArray bytes = good;
        for (int i = random.bounded(5); i > 0; --i) {
            const int at = random.bounded(static_cast<int>(bytes.size()));
            if (random.bounded(2) == 0)
                bytes[at] = static_cast<char>(random.bounded(256));
            else
                bytes.insert(at,
                             bytes.mid(random.bounded(static_cast<int>(bytes.size())), random.bounded(30)));
        }
        const ShoutcastHead whole = parseShoutcastHead(bytes);
        QVERIFY(whole.headBytes <= bytes.size());
        QVERIFY(whole.headers.size() <= maxHeaderCount);
        // What was said of a prefix stays true.
        const ShoutcastHead part =
            parseShoutcastHead(bytes.first(random.bounded(static_cast<int>(bytes.size()))));
        if (part.state == State::Bad || part.state == State::Complete)
            QCOMPARE(whole.state, part.state);
        (void)shoutcastLogins(whole.login);
    }
}

QTEST_APPLESS_MAIN(TestShoutcastHead)
#include "tst_shoutcasthead.moc"
