// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/tlsconnection.h"

#include "tests/support/socketpair.h"
#include "tests/support/tlsclient.h"

#include <QTemporaryDir>
#include <QTest>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <random>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Both ends in one thread, the other one by the library itself, so that every step can be held.
class TestTlsConnection : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void bytesArriveWhole_data();
    void bytesArriveWhole();
    void waitingRecordGoesOutFirst();
    void newKeyOnFullSocketLosesNothing();
    void oldProtocolsAreRefused_data();
    void oldProtocolsAreRefused();
    void noRenegotiation();
    void ticketsSpareAHandshake_data();
    void ticketsSpareAHandshake();
    void certificateThatTheClientKnows_data();
    void certificateThatTheClientKnows();
    void renewedIdentityLeavesConnections();
    void endsWithAndWithoutNotice();
    void whatIsNoTlsFails_data();
    void whatIsNoTlsFails();
    void closeNoticeReachesThePeer();
    void keyOfAnotherCertificateIsRefused();

private:
    QTemporaryDir m_folder;
    TlsIdentity m_rsa;
    TlsIdentity m_ecdsa;
};

namespace
{

/// The far end: a client of the library, on its end of a socket pair.
class Peer
{
public:
    explicit Peer(SSL_CTX *context)
        : m_ssl(SSL_new(context))
    {
        makePair(near, m_far);
        SSL_set_fd(m_ssl, static_cast<int>(m_far));
        SSL_set_connect_state(m_ssl);
    }
    ~Peer()
    {
        SSL_free(m_ssl);
        hangUp();
        if (near != native::invalidSocket)
            native::close(near);
    }
    Peer(const Peer &) = delete;
    Peer &operator=(const Peer &) = delete;

    /// Both ends step by step; false: it failed on either side.
    bool shakeHands(TlsConnection &server)
    {
        for (int i = 0; i < 20; ++i) {
            const int mine = SSL_do_handshake(m_ssl);
            const bool mineFailed = mine != 1 && SSL_get_error(m_ssl, mine) != SSL_ERROR_WANT_READ;
            const auto theirs = server.proceed();
            if (mineFailed || theirs == TlsConnection::Handshake::Failed)
                return false;
            if (mine == 1 && theirs == TlsConnection::Handshake::Done)
                return true;
        }
        return false;
    }

    QByteArray read(int atMost)
    {
        QByteArray bytes(atMost, Qt::Uninitialized);
        const int got = SSL_read(m_ssl, bytes.data(), atMost);
        bytes.truncate(qMax(0, got));
        m_lastError = got > 0 ? SSL_ERROR_NONE : SSL_get_error(m_ssl, got);
        return bytes;
    }
    bool write(const QByteArray &bytes)
    {
        return SSL_write(m_ssl, bytes.constData(), static_cast<int>(bytes.size())) == bytes.size();
    }
    void hangUp()
    {
        if (m_far != native::invalidSocket)
            native::close(std::exchange(m_far, native::invalidSocket));
    }
    int lastError() const { return m_lastError; }
    SSL *ssl() const { return m_ssl; }
    native::Socket far() const { return m_far; }

    native::Socket near = native::invalidSocket;

private:
    SSL *m_ssl;
    native::Socket m_far = native::invalidSocket;
    int m_lastError = SSL_ERROR_NONE;
};

struct ClientContext {
    ClientContext()
        : native(SSL_CTX_new(TLS_client_method()))
    {
        SSL_CTX_set_verify(native, SSL_VERIFY_NONE, nullptr);
    }
    ~ClientContext() { SSL_CTX_free(native); }
    ClientContext(const ClientContext &) = delete;
    ClientContext &operator=(const ClientContext &) = delete;
    SSL_CTX *native;
};

std::shared_ptr<const TlsContext> contextOf(const QList<TlsIdentity> &identities)
{
    const auto context = TlsContext::make(identities);
    return context ? *context : nullptr;
}

/// Every byte tells where it belongs.
QByteArray numbered(int size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (int i = 0; i < size; ++i)
        bytes[i] = static_cast<char>((i / 251) ^ i);
    return bytes;
}

} // namespace

void TestTlsConnection::initTestCase()
{
    const auto make = [this](const QString &name, const QStringList &kind) -> TlsIdentity {
        const QString certificate = m_folder.filePath(name + u".pem"_s);
        const QString key = m_folder.filePath(name + u".key"_s);
        if (!makeCertificate(certificate, key, name, kind))
            return {};
        return loadTlsIdentity(certificate, key).value_or(TlsIdentity());
    };
    m_rsa = make(u"rsa"_s, {u"rsa:2048"_s});
    m_ecdsa = make(u"ecdsa"_s, {u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s});
    QVERIFY(!m_rsa.isEmpty() && !m_ecdsa.isEmpty());
}

void TestTlsConnection::bytesArriveWhole_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
}

// Pieces of every size through small buffers: accepted is what arrives, once and in order.
void TestTlsConnection::bytesArriveWhole()
{
    QFETCH(const int, version);
    ClientContext client;
    SSL_CTX_set_max_proto_version(client.native, version);
    Peer peer(client.native);
    const auto server = TlsConnection::accept(contextOf({m_ecdsa}), peer.near);
    QVERIFY(peer.shakeHands(*server));
    QCOMPARE(SSL_version(peer.ssl()), version);
    native::prepareForStreaming(peer.near, 8'192);

    const QByteArray all = numbered(3'000'000);
    std::mt19937 random(7);
    QByteArray got;
    qsizetype sent = 0;
    int full = 0;
    while (got.size() < all.size()) {
        std::vector<native::Bytes> pieces;
        qsizetype end = sent;
        for (unsigned i = 0, count = 1 + random() % 4; i < count && end < all.size(); ++i) {
            const auto size =
                qMin<qsizetype>(1 + random() % (random() % 3 == 0 ? 40'000 : 900), all.size() - end);
            pieces.push_back({all.constData() + end, size});
            end += size;
        }
        if (!pieces.empty()) {
            const qint64 taken = server->send(pieces);
            QVERIFY(taken == native::wouldBlock || (taken > 0 && taken <= end - sent));
            sent += qMax<qint64>(taken, 0);
            full += taken == native::wouldBlock ? 1 : 0;
        } else {
            server->flush();
        }
        if (random() % 3 == 0)
            got += peer.read(static_cast<int>(1 + random() % 30'000));
    }
    QVERIFY2(full > 10, qPrintable(QString::number(full)));
    QVERIFY(got == all);
}

void TestTlsConnection::waitingRecordGoesOutFirst()
{
    ClientContext client;
    Peer peer(client.native);
    const auto server = TlsConnection::accept(contextOf({m_ecdsa}), peer.near);
    QVERIFY(peer.shakeHands(*server));
    native::prepareForStreaming(peer.near, 4'096);
    const QByteArray first = numbered(400'000);
    const qint64 accepted = server->send(first);
    QVERIFY(accepted > 0 && accepted < first.size());
    // What comes next is something else: the listener has jumped.
    const QByteArray second(5'000, 'x');
    QCOMPARE(server->send(second), native::wouldBlock);
    QVERIFY(server->flush() < 0);
    QByteArray got;
    qint64 more = native::wouldBlock;
    for (int i = 0; i < 1'000 && more <= 0; ++i) {
        got += peer.read(2'000);
        more = server->send(second);
    }
    QVERIFY(more > 0);
    while (got.size() < accepted + more) {
        server->flush();
        got += peer.read(20'000);
        QVERIFY(peer.lastError() == SSL_ERROR_NONE || peer.lastError() == SSL_ERROR_WANT_READ);
    }
    QVERIFY(got == first.first(accepted) + second.first(more));
}

// The answer to a key update stands before what is sent next, and may find the socket full.
void TestTlsConnection::newKeyOnFullSocketLosesNothing()
{
    ClientContext client;
    Peer peer(client.native);
    const auto server = TlsConnection::accept(contextOf({m_ecdsa}), peer.near);
    QVERIFY(peer.shakeHands(*server));
    native::prepareForStreaming(peer.near, 4'096);
    const QByteArray all = numbered(600'000);
    qint64 sent = server->send(all);
    QVERIFY(sent > 0 && sent < all.size());
    // Whatever waits goes out, until the socket is full with nothing left in between.
    QByteArray got;
    for (int i = 0; i < 1'000 && server->flush() < 0; ++i)
        got += peer.read(500);
    QVERIFY(server->flush() == 0);
    QCOMPARE(SSL_key_update(peer.ssl(), SSL_KEY_UPDATE_REQUESTED), 1);
    QVERIFY(peer.write("GET"));
    std::array<char, 100> request;
    QCOMPARE(server->receive(request.data(), request.size()), 3);
    while (got.size() < all.size()) {
        if (sent < all.size())
            sent += qMax<qint64>(server->send(QByteArrayView(all).sliced(sent)), 0);
        else
            server->flush();
        got += peer.read(3'000);
        QVERIFY(peer.lastError() == SSL_ERROR_NONE || peer.lastError() == SSL_ERROR_WANT_READ);
    }
    QVERIFY(got == all);
}

void TestTlsConnection::oldProtocolsAreRefused_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.0") << TLS1_VERSION;
    QTest::newRow("TLS 1.1") << TLS1_1_VERSION;
}

void TestTlsConnection::oldProtocolsAreRefused()
{
    QFETCH(const int, version);
    ClientContext client;
    SSL_CTX_set_min_proto_version(client.native, version);
    SSL_CTX_set_max_proto_version(client.native, version);
    SSL_CTX_set_security_level(client.native, 0);
    SSL_CTX_set_cipher_list(client.native, "ALL:@SECLEVEL=0");
    Peer peer(client.native);
    const auto server = TlsConnection::accept(contextOf({m_rsa}), peer.near);
    QVERIFY(!peer.shakeHands(*server));
    QVERIFY2(server->problem().contains(u"protocol"_s), qPrintable(server->problem()));
}

void TestTlsConnection::noRenegotiation()
{
    ClientContext client;
    SSL_CTX_set_max_proto_version(client.native, TLS1_2_VERSION);
    Peer peer(client.native);
    const auto server = TlsConnection::accept(contextOf({m_rsa}), peer.near);
    QVERIFY(peer.shakeHands(*server));
    QCOMPARE(SSL_renegotiate(peer.ssl()), 1);
    SSL_do_handshake(peer.ssl());
    std::array<char, 100> buffer;
    server->receive(buffer.data(), buffer.size());
    const int again = SSL_do_handshake(peer.ssl());
    QCOMPARE(SSL_get_error(peer.ssl(), again), SSL_ERROR_SSL);
    QCOMPARE(ERR_GET_REASON(ERR_peek_last_error()), SSL_R_NO_RENEGOTIATION);
    ERR_clear_error();
}

void TestTlsConnection::ticketsSpareAHandshake_data()
{
    bytesArriveWhole_data();
}

void TestTlsConnection::ticketsSpareAHandshake()
{
    QFETCH(const int, version);
    const auto context = contextOf({m_rsa});
    ClientContext client;
    SSL_CTX_set_max_proto_version(client.native, version);
    SSL_SESSION *session = nullptr;
    {
        Peer peer(client.native);
        const auto server = TlsConnection::accept(context, peer.near);
        QVERIFY(peer.shakeHands(*server));
        QVERIFY(!server->isResumed());
        QCOMPARE(server->send("hello"), 5);
        QCOMPARE(peer.read(100), "hello");
        session = SSL_get1_session(peer.ssl());
        SSL_shutdown(peer.ssl());
    }
    Peer peer(client.native);
    SSL_set_session(peer.ssl(), session);
    SSL_SESSION_free(session);
    const auto server = TlsConnection::accept(context, peer.near);
    QVERIFY(peer.shakeHands(*server));
    QVERIFY(server->isResumed());
    QCOMPARE(server->send("again"), 5);
    QCOMPARE(peer.read(100), "again");
}

void TestTlsConnection::certificateThatTheClientKnows_data()
{
    QTest::addColumn<QByteArray>("signatures");
    QTest::addColumn<QString>("name");
    QTest::newRow("modern: the cheaper one")
        << QByteArray("ECDSA+SHA256:RSA-PSS+SHA256:RSA+SHA256") << u"ecdsa"_s;
    QTest::newRow("old") << QByteArray("RSA-PSS+SHA256:RSA+SHA256") << u"rsa"_s;
}

void TestTlsConnection::certificateThatTheClientKnows()
{
    QFETCH(const QByteArray, signatures);
    QFETCH(const QString, name);
    ClientContext client;
    QCOMPARE(SSL_CTX_set1_sigalgs_list(client.native, signatures.constData()), 1);
    Peer peer(client.native);
    const auto server = TlsConnection::accept(contextOf({m_rsa, m_ecdsa}), peer.near);
    QVERIFY(peer.shakeHands(*server));
    X509 *shown = SSL_get1_peer_certificate(peer.ssl());
    std::array<char, 100> text{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(shown), NID_commonName, text.data(), text.size());
    X509_free(shown);
    QCOMPARE(QString::fromUtf8(text.data()), name);
}

void TestTlsConnection::renewedIdentityLeavesConnections()
{
    ClientContext client;
    Peer peer(client.native);
    auto context = contextOf({m_rsa});
    const std::weak_ptr<const TlsContext> old = context;
    const auto server = TlsConnection::accept(context, peer.near);
    QVERIFY(peer.shakeHands(*server));
    context = contextOf({m_ecdsa});
    QVERIFY(!old.expired());
    QCOMPARE(server->send("still here"), 10);
    QCOMPARE(peer.read(100), "still here");
}

void TestTlsConnection::endsWithAndWithoutNotice()
{
    std::array<char, 100> buffer;
    for (const bool withNotice : {true, false}) {
        ClientContext client;
        Peer peer(client.native);
        const auto server = TlsConnection::accept(contextOf({m_ecdsa}), peer.near);
        QVERIFY(peer.shakeHands(*server));
        QCOMPARE(peer.read(10), QByteArray()); // a ticket; an end with something unread would be a reset
        QVERIFY(peer.write("bye"));
        if (withNotice)
            SSL_shutdown(peer.ssl());
        peer.hangUp();
        QCOMPARE(server->receive(buffer.data(), buffer.size()), 3);
        QCOMPARE(server->receive(buffer.data(), buffer.size()), 0);
        // Nobody is there any more; no signal ends the program.
        qint64 sent = 1;
        for (int i = 0; i < 3 && sent > 0; ++i)
            sent = server->send(QByteArray(20'000, 'x'));
        QCOMPARE(sent, native::peerGone);
    }
}

void TestTlsConnection::whatIsNoTlsFails_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray hello = clientHello();
    QTest::newRow("text") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("a byte of it, then text") << QByteArray("\x16GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QTest::newRow("cut") << hello.first(hello.size() / 2);
    QTest::newRow("nothing") << QByteArray();
    for (int i = 0; i < 200; ++i) {
        QByteArray damaged = hello;
        std::mt19937 random(static_cast<unsigned>(i));
        for (unsigned n = 0, count = 1 + random() % 8; n < count; ++n)
            damaged[static_cast<qsizetype>(random() % 60)] = static_cast<char>(random());
        // The peer says nothing further: whatever was made of it, a handshake it is not.
        QTest::addRow("damaged %d", i) << damaged;
    }
}

void TestTlsConnection::whatIsNoTlsFails()
{
    QFETCH(const QByteArray, bytes);
    ClientContext client;
    Peer peer(client.native);
    const auto server = TlsConnection::accept(contextOf({m_rsa, m_ecdsa}), peer.near);
    QCOMPARE(native::send(peer.far(), bytes), bytes.isEmpty() ? 0 : bytes.size());
    QVERIFY(server->proceed() != TlsConnection::Handshake::Done);
    peer.hangUp();
    TlsConnection::Handshake last = TlsConnection::Handshake::WantsToRead;
    for (int i = 0; i < 5 && last != TlsConnection::Handshake::Failed; ++i)
        last = server->proceed();
    QCOMPARE(last, TlsConnection::Handshake::Failed);
    QVERIFY(!server->problem().isEmpty());
    QCOMPARE(server->send("x"), native::peerGone);
}

void TestTlsConnection::closeNoticeReachesThePeer()
{
    ClientContext client;
    Peer peer(client.native);
    const auto server = TlsConnection::accept(contextOf({m_ecdsa}), peer.near);
    QVERIFY(peer.shakeHands(*server));
    QCOMPARE(server->send("end"), 3);
    server->finishSending();
    QCOMPARE(peer.read(100), "end");
    QCOMPARE(peer.read(100), QByteArray());
    QCOMPARE(peer.lastError(), SSL_ERROR_ZERO_RETURN);
}

void TestTlsConnection::keyOfAnotherCertificateIsRefused()
{
    const TlsIdentity mixed{m_rsa.chain, m_ecdsa.key};
    const auto context = TlsContext::make({mixed});
    QVERIFY(!context);
    QVERIFY2(context.error().contains(u"\"rsa\""_s), qPrintable(context.error()));
}

QTEST_GUILESS_MAIN(TestTlsConnection)
#include "tst_tlsconnection.moc"
