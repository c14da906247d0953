// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/httprequest.h"

#include <QRandomGenerator>
#include <QTest>

using namespace cycast;
using State = HttpParse::State;
Q_DECLARE_METATYPE(cycast::HttpParse::State)

namespace
{

struct ClientHead {
    const char *name;
    const char *head;
    const char *method;
    const char *path;
    const char *protocol;
};

// What encoders and players send, in their own spelling.
const ClientHead clientHeads[] = {
    {"ffmpeg put",
     "PUT /stream HTTP/1.1\r\nUser-Agent: Lavf/59.27.100\r\nAccept: */*\r\nExpect: 100-continue\r\n"
     "Connection: close\r\nHost: 127.0.0.1:8000\r\nContent-Type: audio/mpeg\r\nIcy-MetaData: 1\r\n"
     "Ice-Name: A\r\nIce-Public: 0\r\nAuthorization: Basic c291cmNlOmhhY2ttZQ==\r\n\r\n",
     "PUT", "/stream", "HTTP/1.1"},
    {"ffmpeg legacy",
     "SOURCE /stream HTTP/1.1\r\nUser-Agent: Lavf/59.27.100\r\nHost: 127.0.0.1:8000\r\n"
     "Content-Type: audio/mpeg\r\nAuthorization: Basic c291cmNlOmhhY2ttZQ==\r\n\r\n",
     "SOURCE", "/stream", "HTTP/1.1"},
    {"libshout options",
     "OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nConnection: Upgrade\r\nUpgrade: TLS/1.0, "
     "HTTP/1.1\r\n\r\n",
     "OPTIONS", "*", "HTTP/1.1"},
    {"libshout poke", "GET /admin/!POKE HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET", "/admin/!POKE",
     "HTTP/1.1"},
    {"libshout without auth",
     "SOURCE /stream HTTP/1.0\r\nHost: localhost:8000\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n"
     "Prefer: return=minimal\r\nContent-Type: audio/mpeg\r\n\r\n",
     "SOURCE", "/stream", "HTTP/1.0"},
    {"libshout with auth",
     "SOURCE /stream HTTP/1.0\r\nAuthorization: Basic c291cmNlOmhhY2ttZQ==\r\nContent-Type: audio/mpeg\r\n"
     "ice-public: 0\r\nice-audio-info: bitrate=128;channels=2;samplerate=44100\r\n\r\n",
     "SOURCE", "/stream", "HTTP/1.0"},
    {"liquidsoap source",
     "SOURCE /stream HTTP/1.0\r\nContent-Type: audio/mpeg\r\nAuthorization: Basic c291cmNlOmhhY2ttZQ==\r\n"
     "ice-audio-info: channels=2;samplerate=44100;bitrate=128\r\n\r\n",
     "SOURCE", "/stream", "HTTP/1.0"},
    {"liquidsoap put, empty host",
     "PUT /stream HTTP/1.1\r\nHost:\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n", "PUT",
     "/stream", "HTTP/1.1"},
    {"butt",
     "PUT /stream HTTP/1.1\r\nAuthorization: Basic c291cmNlOmhhY2ttZQ==\r\nHost: localhost:8000\r\n"
     "User-Agent: butt 0.1.37\r\nContent-Type: audio/mpeg\r\nice-public: 0\r\n"
     "ice-audio-info: ice-bitrate=128;ice-channels=2;ice-samplerate=44100\r\nExpect: 100-continue\r\n\r\n",
     "PUT", "/stream", "HTTP/1.1"},
    {"curl file",
     "PUT /stream HTTP/1.1\r\nHost: localhost:8000\r\nAuthorization: Basic c291cmNlOmhhY2ttZQ==\r\n"
     "User-Agent: curl/7.88.1\r\nAccept: */*\r\nContent-Length: 5000000\r\nExpect: 100-continue\r\n\r\n",
     "PUT", "/stream", "HTTP/1.1"},
    {"curl pipe", "PUT /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "PUT", "/stream",
     "HTTP/1.1"},
    {"ice version", "SOURCE /x ICE/1.0\r\nice-name: y\r\n\r\n", "SOURCE", "/x", "ICE/1.0"},
    {"mount without slash", "SOURCE stream HTTP/1.0\r\n\r\n", "SOURCE", "/stream", "HTTP/1.0"},
    {"bare line feeds", "SOURCE /stream HTTP/1.0\ncontent-type: audio/mpeg\n\n", "SOURCE", "/stream",
     "HTTP/1.0"},
    {"empty lines first", "\r\n\n\r\nGET /stream HTTP/1.0\r\n\r\n", "GET", "/stream", "HTTP/1.0"},
    {"ffplay", "GET /stream HTTP/1.1\r\nUser-Agent: Lavf/59\r\nRange: bytes=0-\r\nIcy-MetaData: 1\r\n\r\n",
     "GET", "/stream", "HTTP/1.1"},
    {"vlc second",
     "GET /stream HTTP/1.0\r\nHost: a:8001\r\nUser-Agent: VLC/3.0.20 LibVLC/3.0.20\r\nIcy-MetaData: "
     "1\r\n\r\n",
     "GET", "/stream", "HTTP/1.0"},
    {"gstreamer", "GET /stream HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive\r\nicy-metadata: 1\r\n\r\n",
     "GET", "/stream", "HTTP/1.1"},
    {"chromium",
     "GET /stream?live=1 HTTP/1.1\r\nHost: a:8001\r\nConnection: keep-alive\r\nAccept-Encoding: "
     "identity;q=1, *;q=0\r\n"
     "Sec-Fetch-Dest: audio\r\nRange: bytes=0-\r\n\r\n",
     "GET", "/stream", "HTTP/1.1"},
    {"curl head", "HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD", "/stream", "HTTP/1.1"},
    {"absolute uri", "GET http://radio.example:8001/stream?a=b HTTP/1.1\r\nHost: radio.example:8001\r\n\r\n",
     "GET", "/stream", "HTTP/1.1"},
    {"absolute uri without path", "GET http://radio.example HTTP/1.1\r\n\r\n", "GET", "/", "HTTP/1.1"},
    {"absolute uri, query only", "GET http://radio.example?a=b HTTP/1.1\r\n\r\n", "GET", "/", "HTTP/1.1"},
    {"connect", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n", "CONNECT",
     "/example.com:443", "HTTP/1.1"},
    {"title update",
     "GET /admin/metadata?mode=updinfo&mount=%2fstream&charset=UTF%2d8&song=A%20-%20B HTTP/1.0\r\n\r\n",
     "GET", "/admin/metadata", "HTTP/1.0"},
    {"space after version", "GET /stream HTTP/1.0 \r\n\r\n", "GET", "/stream", "HTTP/1.0"},
    {"raw utf-8", "GET /\xc3\xbc.mp3 HTTP/1.0\r\n\r\n", "GET", "/\xc3\xbc.mp3", "HTTP/1.0"},
};

QByteArray bytesOf(const ClientHead &head)
{
    return head.head;
}

} // namespace

class TestHttpRequest : public QObject
{
    Q_OBJECT

private slots:
    void clientsAreUnderstood_data();
    void clientsAreUnderstood();
    void everyPrefixIsIncomplete_data() { clientsAreUnderstood_data(); }
    void everyPrefixIsIncomplete();
    void audioBehindTheHeadIsLeftAlone();
    void pathsAreDecoded_data();
    void pathsAreDecoded();
    void hostileHeads_data();
    void hostileHeads();
    void limitsAreExact();
    void verdictsStandWhateverFollows();
};

void TestHttpRequest::clientsAreUnderstood_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("protocol");
    for (const ClientHead &client : clientHeads)
        QTest::newRow(client.name) << bytesOf(client) << QByteArray(client.method) << QByteArray(client.path)
                                   << QByteArray(client.protocol);
}

void TestHttpRequest::clientsAreUnderstood()
{
    QFETCH(QByteArray, head);
    const HttpParse parse = parseHttpRequest(head);
    QCOMPARE(parse.state, State::Complete);
    QCOMPARE(parse.headBytes, head.size());
    QTEST(parse.request.method, "method");
    QTEST(parse.request.path, "path");
    QTEST(parse.request.protocol, "protocol");
    QCOMPARE(parse.request.headers.size(), head.trimmed().count('\n'));
}

void TestHttpRequest::everyPrefixIsIncomplete()
{
    QFETCH(QByteArray, head);
    for (qsizetype length = 0; length < head.size(); ++length) {
        const HttpParse parse = parseHttpRequest(QByteArrayView(head).first(length));
        QVERIFY2(parse.state == State::Incomplete, QByteArray::number(length));
        QVERIFY(parse.request.method.isEmpty() && parse.request.headers.isEmpty());
    }
}

void TestHttpRequest::audioBehindTheHeadIsLeftAlone()
{
    const QByteArray head = "SOURCE /s HTTP/1.0\r\nA: b\r\n\r\n";
    const QByteArray audio = QByteArray::fromHex("fffb90440000000d0a0d0a");
    for (qsizetype length = 0; length <= audio.size(); ++length) {
        const HttpParse parse = parseHttpRequest(head + audio.first(length));
        QCOMPARE(parse.state, State::Complete);
        QCOMPARE(parse.headBytes, head.size());
    }
    QCOMPARE(parseHttpRequest(head + QByteArray(100'000, '\0')).headBytes, head.size());
}

void TestHttpRequest::pathsAreDecoded_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("slash") << QByteArray("/a%2fb") << QByteArray("/a/b") << QByteArray();
    QTest::newRow("dots stay") << QByteArray("/../%2e%2e/etc") << QByteArray("/../../etc") << QByteArray();
    QTest::newRow("twice encoded") << QByteArray("/%252e%252e") << QByteArray("/%2e%2e") << QByteArray();
    QTest::newRow("bad escapes") << QByteArray("/%zz%4%") << QByteArray("/%zz%4%") << QByteArray();
    QTest::newRow("plus stays") << QByteArray("/a+b?c+d") << QByteArray("/a+b") << QByteArray("c+d");
    QTest::newRow("invalid utf-8") << QByteArray("/%ff%c0%af") << QByteArray("/\xff\xc0\xaf") << QByteArray();
    QTest::newRow("encoded question mark")
        << QByteArray("/a%3Fb?c?d") << QByteArray("/a?b") << QByteArray("c?d");
    QTest::newRow("trailing dot") << QByteArray("/stream.") << QByteArray("/stream.") << QByteArray();
    QTest::newRow("only a query") << QByteArray("?a=b") << QByteArray("/") << QByteArray("a=b");
    QTest::newRow("url in the query")
        << QByteArray("/a?url=http://b/c") << QByteArray("/a") << QByteArray("url=http://b/c");
    QTest::newRow("foreign host") << QByteArray("https://evil.example/x") << QByteArray("/x") << QByteArray();
    QTest::newRow("double slash") << QByteArray("//evil.example/x") << QByteArray("//evil.example/x")
                                  << QByteArray();
}

void TestHttpRequest::pathsAreDecoded()
{
    QFETCH(QByteArray, target);
    const HttpParse parse = parseHttpRequest("GET " + target + " HTTP/1.1\r\n\r\n");
    QCOMPARE(parse.state, State::Complete);
    QCOMPARE(parse.request.target, target);
    QTEST(parse.request.path, "path");
    QTEST(parse.request.query, "query");
}

void TestHttpRequest::hostileHeads_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<State>("state");
    QTest::addColumn<int>("status");
    const auto bad = [](const char *name, const QByteArray &head, int status = 400) {
        QTest::newRow(name) << head << State::Bad << status;
    };
    const auto notHttp = [](const char *name, const QByteArray &head) {
        QTest::newRow(name) << head << State::NotHttp << 400;
    };
    const QByteArray get = "GET / HTTP/1.1\r\n";
    bad("nul in the path", QByteArray("GET /a\0b HTTP/1.1\r\n", 19));
    bad("nul in the password line", QByteArray("hackme\0\r\n", 9));
    bad("nul at once", QByteArray("\0", 1));
    bad("nul in a header", get + QByteArray("A: b\0", 5));
    bad("encoded nul", "GET /stream%00.mp3 HTTP/1.1\r\n");
    bad("control in target", "GET /\x1b[2J HTTP/1.1\r\n");
    bad("tab in the address", "GET /\t HTTP/1.1\r\n");
    bad("space in target", "GET /a b HTTP/1.1\r\n");
    bad("two spaces", "GET  / HTTP/1.1\r\n");
    bad("no target", "GET HTTP/1.1\r\n");
    bad("no version", "GET /stream\r\n");
    bad("version 2", "PRI * HTTP/2.0\r\n", 505);
    bad("version 1.2", "GET / HTTP/1.2\r\n", 505);
    bad("lower-case version", "GET / http/1.1\r\n", 505);
    bad("ice 2", "SOURCE / ICE/2.0\r\n", 505);
    bad("odd version", "GET / HTTP/1.1.1\r\n");
    bad("version word", "GET / HTTP/one\r\n");
    bad("star with get", "GET * HTTP/1.1\r\n");
    bad("no colon", get + "Host\r\n");
    bad("empty name", get + ": a\r\n");
    bad("space before colon", get + "Host : a\r\n");
    bad("name with brackets", get + "Ho(st: a\r\n");
    bad("folded", get + "A: b\r\n c\r\n");
    bad("folded, just begun", get + "A: b\r\n\t");
    bad("lone carriage return", get + "A: b\rEvil: c\r\n");
    bad("two carriage returns", get + "A: b\r\r\n");
    bad("escape in value", get + "User-Agent: \x1b]0;x\a\r\n");
    bad("delete in value", get + "User-Agent: \x7f\r\n");
    bad("two hosts", get + "Host: a\r\nHost: a\r\n\r\n");
    bad("two lengths", get + "Content-Length: 1\r\ncontent-length: 2\r\n\r\n");
    bad("list of lengths", get + "Content-Length: 1, 1\r\n\r\n");
    bad("negative length", get + "Content-Length: -1\r\n\r\n");
    bad("plus length", get + "Content-Length: +1\r\n\r\n");
    bad("hex length", get + "Content-Length: 0x10\r\n\r\n");
    bad("empty length", get + "Content-Length:\r\n\r\n");
    bad("huge length", get + "Content-Length: 99999999999999999999\r\n\r\n");
    bad("length and chunks", get + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n");
    bad("endless address", "GET /" + QByteArray(70'000, 'a'), 414);
    bad("endless word", QByteArray(70'000, 'a'), 431);
    bad("endless bytes above ascii", QByteArray(70'000, '\xff'), 431);
    bad("endless header", get + "A: " + QByteArray(70'000, 'a'), 431);
    bad("endless empty lines", QByteArray(70'000, '\n'), 431);
    bad("too many headers", get + QByteArray("A: b\r\n").repeated(101), 431);
    notHttp("tls", QByteArray::fromHex("16"));
    notHttp("tls hello", QByteArray::fromHex("1603010200010001fc0303") + QByteArray(9000, '\0'));
    notHttp("shoutcast password", "hackme\r\n");
    notHttp("shoutcast password, line feed", "hackme\n");
    notHttp("shoutcast password, two returns", "hackme\r\r\n");
    notHttp("shoutcast with user", "source:hackme\r\n");
    notHttp("shoutcast poke", "!POKE\nicy-name:libshout server poke request\n\n");
    notHttp("pass phrase with blanks", "amber fjord lantern\r\n");
    notHttp("ssh", "SSH-2.0-OpenSSH_9.2\r\n");
    notHttp("noise", "\x01\x02\xff\n");
    notHttp("tabs for blanks", "GET\t/\tHTTP/1.1\r\n");
    notHttp("leading blank", " GET / HTTP/1.1\r\n");
}

void TestHttpRequest::hostileHeads()
{
    QFETCH(QByteArray, head);
    const HttpParse parse = parseHttpRequest(head);
    QTEST(parse.state, "state");
    if (parse.state == State::Bad)
        QTEST(parse.status, "status");
    QVERIFY(!parse.reason.isEmpty());
    QVERIFY(parse.request.headers.isEmpty());
    QVERIFY(!parse.reason.contains("hackme"));
}

void TestHttpRequest::limitsAreExact()
{
    const auto head = [](qsizetype size) {
        const QByteArray start = "GET / HTTP/1.1\r\nA: ";
        return start + QByteArray(size - start.size() - 4, 'x') + "\r\n\r\n";
    };
    const QByteArray largest = head(maxHeadBytes);
    QCOMPARE(parseHttpRequest(largest).state, State::Complete);
    QCOMPARE(parseHttpRequest(largest).headBytes, maxHeadBytes);
    QCOMPARE(parseHttpRequest(largest.first(maxHeadBytes - 1)).state, State::Incomplete);
    const HttpParse over = parseHttpRequest(head(maxHeadBytes + 1));
    QCOMPARE(over.state, State::Bad);
    QCOMPARE(over.status, 431);

    const QByteArray hundred =
        "GET / HTTP/1.1\r\n" + QByteArray("A: b\r\n").repeated(maxHeaderCount) + "\r\n";
    QCOMPARE(parseHttpRequest(hundred).state, State::Complete);
}

// However the network cuts the bytes: once there is a verdict, more bytes do not change it.
void TestHttpRequest::verdictsStandWhateverFollows()
{
    QRandomGenerator random(20'240'601);
    const auto randomByte = [&random] {
        static constexpr char likely[] = "\r\n\0 \t:%/?&\x16"
                                         "HTTP1.0\xff";
        return random.bounded(2) != 0 ? likely[random.bounded(int(sizeof likely) - 1)]
                                      : static_cast<char>(random.bounded(256));
    };
    int verdicts[4] = {};
    for (int round = 0; round < 10'000; ++round) {
        QByteArray bytes = bytesOf(clientHeads[random.bounded(int(std::size(clientHeads)))]);
        const int changes = 1 + random.bounded(4);
        for (int change = 0; change < changes && !bytes.isEmpty(); ++change) {
            const qsizetype at = random.bounded(int(bytes.size()));
            switch (random.bounded(5)) {
            case 0:
                bytes[at] = randomByte();
                break;
            case 1:
                bytes.insert(at, randomByte());
                break;
            case 2:
                bytes.remove(at, 1 + random.bounded(8));
                break;
            case 3:
                bytes.insert(at, bytes.mid(random.bounded(int(bytes.size())), random.bounded(200)));
                break;
            default:
                bytes.truncate(at);
            }
        }
        const HttpParse whole = parseHttpRequest(bytes);
        ++verdicts[static_cast<int>(whole.state)];
        const HttpParse more = parseHttpRequest(bytes + "GET / HTTP/1.1\r\n\r\n");
        if (whole.state != State::Incomplete) {
            QCOMPARE(more.state, whole.state);
            QCOMPARE(more.headBytes, whole.headBytes);
            QCOMPARE(more.status, whole.status);
        }
        if (whole.state == State::Complete) {
            QVERIFY(whole.headBytes > 0 && whole.headBytes <= bytes.size());
            QVERIFY(bytes.first(whole.headBytes).endsWith('\n'));
            QVERIFY(whole.request.path == "*" || whole.request.path.startsWith('/'));
            QVERIFY(!whole.request.method.isEmpty() && !whole.request.path.contains('\0'));
        } else if (whole.state == State::Bad) {
            QVERIFY(whole.status >= 400 && whole.status <= 505 && !whole.reason.isEmpty());
        }
        if (round % 10 != 0)
            continue;
        State before = State::Incomplete;
        for (qsizetype length = 0; length <= bytes.size(); ++length) {
            const State now = parseHttpRequest(QByteArrayView(bytes).first(length)).state;
            QVERIFY2(before == State::Incomplete || now == before, bytes.toHex());
            before = now;
        }
    }
    for (const int count : verdicts)
        QVERIFY(count > 50); // every kind of end was really met
}

QTEST_APPLESS_MAIN(TestHttpRequest)
#include "tst_httprequest.moc"
