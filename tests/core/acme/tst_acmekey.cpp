// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/acme/acmecertificate.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSslCertificate>
#include <QTemporaryDir>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

/// Keys, signatures and requests, looked at by the openssl program.
class TestAcmeKey : public QObject
{
    Q_OBJECT

private slots:
    void keysSurviveTheirText();
    void otherKeysAreRefused();
    void signedAsTheStandardWants();
    void requestsForNamesAndAddresses();
    void theProofIsInTheCertificate();
    void whatCanBeCertified();

private:
    QByteArray openssl(const QStringList &arguments, const QByteArray &input = {});

    QTemporaryDir m_folder;
};

QByteArray TestAcmeKey::openssl(const QStringList &arguments, const QByteArray &input)
{
    QProcess program;
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(u"openssl"_s, arguments);
    program.write(input);
    program.closeWriteChannel();
    return program.waitForFinished() ? program.readAll() : QByteArray();
}

void TestAcmeKey::keysSurviveTheirText()
{
    const auto key = AcmeKey::generate();
    QVERIFY(key);
    const auto again = AcmeKey::fromPem(key->toPem());
    QVERIFY(again);
    QCOMPARE(again->jwk(), key->jwk());
    QCOMPARE(again->thumbprint(),
             base64Url(QCryptographicHash::hash(key->jwk(), QCryptographicHash::Sha256)));
    const QJsonObject jwk = QJsonDocument::fromJson(key->jwk()).object();
    QCOMPARE(jwk.value(u"kty"_s).toString(), u"EC"_s);
    QCOMPARE(
        QByteArray::fromBase64(jwk.value(u"x"_s).toString().toLatin1(), QByteArray::Base64UrlEncoding).size(),
        32);
    QVERIFY(AcmeKey::generate()->jwk() != key->jwk());
}

void TestAcmeKey::otherKeysAreRefused()
{
    QVERIFY(!AcmeKey::fromPem({}));
    QVERIFY(!AcmeKey::fromPem("-----BEGIN PRIVATE KEY-----\nbm9uc2Vuc2U=\n-----END PRIVATE KEY-----\n"));
    QVERIFY(!AcmeKey::fromPem(
        openssl({u"genpkey"_s, u"-algorithm"_s, u"EC"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-384"_s})));
    QVERIFY(!AcmeKey::fromPem(AcmeKey::generate()->toPem().left(100)));
}

void TestAcmeKey::signedAsTheStandardWants()
{
    const auto key = AcmeKey::generate();
    const QByteArray request =
        signedRequest(*key, "https://a.example/acct/1", "https://a.example/order", "nonce-1", "{\"a\":1}");
    const QJsonObject body = QJsonDocument::fromJson(request).object();
    QCOMPARE(body.keys(), (QStringList{u"payload"_s, u"protected"_s, u"signature"_s}));
    const auto part = [&body](const QString &name) {
        return QByteArray::fromBase64(body.value(name).toString().toLatin1(), QByteArray::Base64UrlEncoding);
    };
    const QJsonObject head = QJsonDocument::fromJson(part(u"protected"_s)).object();
    QCOMPARE(head.value(u"alg"_s).toString(), u"ES256"_s);
    QCOMPARE(head.value(u"kid"_s).toString(), u"https://a.example/acct/1"_s);
    QCOMPARE(head.value(u"nonce"_s).toString(), u"nonce-1"_s);
    QCOMPARE(head.value(u"url"_s).toString(), u"https://a.example/order"_s);
    QVERIFY(!head.contains(u"jwk"_s));
    QCOMPARE(part(u"payload"_s), QByteArray("{\"a\":1}"));
    QCOMPARE(part(u"signature"_s).size(), 64);
    QVERIFY(!request.contains('='));
    // A question has an empty payload, and the first request tells the key itself.
    const QJsonObject question =
        QJsonDocument::fromJson(signedRequest(*key, {}, "https://a.example/", "n", {})).object();
    QCOMPARE(question.value(u"payload"_s).toString(), QString());
    QVERIFY(QByteArray::fromBase64(question.value(u"protected"_s).toString().toLatin1(),
                                   QByteArray::Base64UrlEncoding)
                .contains("\"jwk\""));
}

void TestAcmeKey::requestsForNamesAndAddresses()
{
    const auto key = AcmeKey::generate();
    const auto shown = [this, &key](const AcmeIdentifier &identifier) {
        return openssl({u"req"_s, u"-inform"_s, u"DER"_s, u"-noout"_s, u"-text"_s, u"-verify"_s},
                       certificateRequest(*key, identifier));
    };
    const QByteArray name = shown({false, u"radio.example.org"_s});
    QVERIFY2(name.contains("verify OK") && name.contains("DNS:radio.example.org"), name);
    QVERIFY(shown({true, u"203.0.113.7"_s}).contains("IP Address:203.0.113.7"));
    QVERIFY(shown({true, u"2001:db8::7"_s}).contains("IP Address:2001:DB8:0:0:0:0:0:7"));
    QVERIFY(certificateRequest({}, {false, u"radio.example.org"_s}).isEmpty());
}

void TestAcmeKey::theProofIsInTheCertificate()
{
    const QByteArray pem = challengeCertificate({false, u"radio.example.org"_s}, "token.thumbprint");
    const QByteArray shown = openssl({u"x509"_s, u"-noout"_s, u"-text"_s}, pem);
    QVERIFY2(shown.contains("DNS:radio.example.org"), shown);
    QVERIFY2(shown.contains("1.3.6.1.5.5.7.1.31: critical"), shown);
    const QByteArray digest = QCryptographicHash::hash("token.thumbprint", QCryptographicHash::Sha256);
    QVERIFY(QSslCertificate::fromData(pem).constFirst().toDer().contains(QByteArray("\x04\x22\x04\x20", 4) +
                                                                         digest));
    QVERIFY(AcmeKey::fromPem(pem));
}

void TestAcmeKey::whatCanBeCertified()
{
    QCOMPARE(acmeIdentifier(u"Radio.Example.org"_s), (AcmeIdentifier{false, u"radio.example.org"_s}));
    QCOMPARE(acmeIdentifier(u"203.0.113.7"_s), (AcmeIdentifier{true, u"203.0.113.7"_s}));
    QCOMPARE(acmeIdentifier(u"[2001:db8::7]"_s), (AcmeIdentifier{true, u"2001:db8::7"_s}));
    for (const QString &home :
         {QString(), u"localhost"_s, u"192.168.1.20"_s, u"kitchen.local"_s, u"fd00::1"_s})
        QVERIFY2(acmeIdentifier(home).value.isEmpty(), qPrintable(home));
}

QTEST_GUILESS_MAIN(TestAcmeKey)
#include "tst_acmekey.moc"
