// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/proxyheader.h"
#include "tests/support/mutations.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

using State = ProxyHeader::State;

const QByteArray proxySignature("\r\n\r\n\0\r\nQUIT\n", 12);

QByteArray binaryHeader(quint8 command, quint8 family, const QByteArray &body)
{
    QByteArray bytes = proxySignature;
    bytes += static_cast<char>(0x20 | command);
    bytes += static_cast<char>(family);
    bytes += static_cast<char>(body.size() >> 8);
    bytes += static_cast<char>(body.size() & 0xff);
    return bytes + body;
}

const QByteArray fourBody("\xcb\x00\x71\x07\xc0\xa8\x01\x14\xdb\xec\x1f\x41", 12);

QByteArray sixBody()
{
    const QByteArray from = QByteArray::fromHex("20010db8000000000000000000000007");
    const QByteArray to = QByteArray::fromHex("20010db8000000000000000000000001");
    return from + to + QByteArray("\xdb\xec\x1f\x41", 4);
}

} // namespace

class TestProxyHeader : public QObject
{
    Q_OBJECT

private slots:
    void goodOnes_data();
    void goodOnes();
    void badOnes_data();
    void badOnes();
    void whatIsNone();
    void anythingEndsInAnAnswer();
};

void TestProxyHeader::goodOnes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("destination");
    QTest::addColumn<bool>("isSecure");
    const QString from4 = u"203.0.113.7"_s;
    const QString to4 = u"192.168.1.20"_s;
    const QString from6 = u"2001:db8::7"_s;
    const QString to6 = u"2001:db8::1"_s;
    QTest::newRow("line") << QByteArray("PROXY TCP4 203.0.113.7 192.168.1.20 56300 8001\r\n") << from4 << to4
                          << false;
    QTest::newRow("line, IPv6") << QByteArray("PROXY TCP6 2001:db8::7 2001:db8::1 56300 8001\r\n") << from6
                                << to6 << false;
    QTest::newRow("line, unknown") << QByteArray("PROXY UNKNOWN\r\n") << QString() << QString() << false;
    QTest::newRow("line, unknown with more")
        << QByteArray("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n") << QString() << QString() << false;
    QTest::newRow("binary") << binaryHeader(1, 0x11, fourBody) << from4 << to4 << false;
    QTest::newRow("binary, IPv6") << binaryHeader(1, 0x21, sixBody()) << from6 << to6 << false;
    QTest::newRow("binary with more behind")
        << binaryHeader(1, 0x11, fourBody + QByteArray("\x04\x00\x03xyz", 6)) << from4 << to4 << false;
    QTest::newRow("TLS taken off") << binaryHeader(1, 0x11,
                                                   fourBody + QByteArray("\x20\x00\x05\x01\0\0\0\0", 8))
                                   << from4 << to4 << true;
    QTest::newRow("the proxy itself") << binaryHeader(0, 0x00, {}) << QString() << QString() << false;
    QTest::newRow("the proxy itself, with addresses")
        << binaryHeader(0, 0x11, fourBody) << QString() << QString() << false;
    QTest::newRow("a Unix socket") << binaryHeader(1, 0x31, QByteArray(216, 'x')) << QString() << QString()
                                   << false;
    QTest::newRow("datagrams") << binaryHeader(1, 0x12, fourBody) << QString() << QString() << false;
    QTest::newRow("no family") << binaryHeader(1, 0x00, "whatever") << QString() << QString() << false;
}

// Of every prefix more is wanted, and what comes behind is nobody's business.
void TestProxyHeader::goodOnes()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, source);
    QFETCH(const QString, destination);
    QFETCH(const bool, isSecure);
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QCOMPARE(parseProxyHeader(bytes.first(size)).state, State::Incomplete);
    for (const QByteArray &behind :
         {QByteArray(), QByteArray("GET / HTTP/1.1\r\n\r\n"), QByteArray(3000, '\x16')}) {
        const ProxyHeader header = parseProxyHeader(bytes + behind);
        QCOMPARE(header.state, State::Complete);
        QCOMPARE(header.bytes, bytes.size());
        QCOMPARE(header.source, QHostAddress(source));
        QCOMPARE(header.destination, QHostAddress(destination));
        QCOMPARE(header.isSecure, isSecure);
    }
    QVERIFY(isProxyHeader(bytes));
}

void TestProxyHeader::badOnes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no address") << QByteArray("PROXY TCP4 nobody 192.168.1.20 1 2\r\n");
    QTest::newRow("another family") << QByteArray("PROXY TCP4 2001:db8::7 192.168.1.20 1 2\r\n");
    QTest::newRow("subnet") << QByteArray("PROXY TCP4 10.0.0.0/8 192.168.1.20 1 2\r\n");
    QTest::newRow("port") << QByteArray("PROXY TCP4 203.0.113.7 192.168.1.20 1 65536\r\n");
    QTest::newRow("no port") << QByteArray("PROXY TCP4 203.0.113.7 192.168.1.20 1\r\n");
    QTest::newRow("too much") << QByteArray("PROXY TCP4 203.0.113.7 192.168.1.20 1 2 3\r\n");
    QTest::newRow("LF alone") << QByteArray("PROXY TCP4 203.0.113.7 192.168.1.20 1 2\n");
    QTest::newRow("endless") << "PROXY " + QByteArray(200, 'x');
    QTest::newRow("word") << QByteArray("PROXY UDP4 203.0.113.7 192.168.1.20 1 2\r\n");
    QTest::newRow("version") << proxySignature + QByteArray("\x11\x11\x00\x0c", 4) + fourBody;
    QTest::newRow("command") << binaryHeader(2, 0x11, fourBody);
    QTest::newRow("family") << binaryHeader(1, 0x41, fourBody);
    QTest::newRow("too short") << binaryHeader(1, 0x11, fourBody.first(11));
    QTest::newRow("too long") << binaryHeader(1, 0x11, QByteArray(ProxyHeader::mostBytes, 'x'));
    QTest::newRow("torn element") << binaryHeader(1, 0x11, fourBody + QByteArray("\x04\x00\x09xyz", 6));
}

void TestProxyHeader::badOnes()
{
    QFETCH(const QByteArray, bytes);
    const ProxyHeader header = parseProxyHeader(bytes);
    QCOMPARE(header.state, State::Bad);
    QVERIFY(header.reason.endsWith('.'));
    QVERIFY(header.source.isNull());
}

void TestProxyHeader::whatIsNone()
{
    for (const char *bytes : {"GET / HTTP/1.0\r\n\r\n", "PUT /stream HTTP/1.1\r\n", "PR", "\x16\x03\x01",
                              "\r\n\r\nGET / HTTP/1.0\r\n", "hackme\n", "!POKE\n", "PROXYX"}) {
        const ProxyHeader header = parseProxyHeader(bytes);
        QVERIFY2(header.state == (QByteArrayView(bytes) == "PR" ? State::Incomplete : State::None), bytes);
        QVERIFY2(!isProxyHeader(bytes), bytes);
    }
}

void TestProxyHeader::anythingEndsInAnAnswer()
{
    QRandomGenerator random(815);
    int complete = 0;
    for (int i = 0; i < 20'000; ++i) {
        const QByteArray good =
            i % 2 ? binaryHeader(1, 0x21, sixBody() + QByteArray("\x20\x00\x05\x01\0\0\0\0", 8))
                  : QByteArray("PROXY TCP4 203.0.113.7 192.168.1.20 56300 8001\r\n");
        const QByteArray bytes = test::mutated(good, random);
        const ProxyHeader header = parseProxyHeader(bytes);
        if (header.state == State::Complete) {
            ++complete;
            QVERIFY(header.bytes > 0 && header.bytes <= bytes.size());
        }
        QVERIFY((header.state == State::Bad) != header.reason.isEmpty());
    }
    QVERIFY(complete > 100);
}

QTEST_APPLESS_MAIN(TestProxyHeader)
#include "tst_proxyheader.moc"
