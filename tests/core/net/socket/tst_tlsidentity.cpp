// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/tlsidentity.h"

#include "tests/support/tlsclient.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Certificates and keys in files, and what is said of those that cannot be used.
class TestTlsIdentity : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readsCertificates_data();
    void readsCertificates();

private:
    QTemporaryDir m_folder;
};

void TestTlsIdentity::initTestCase()
{
    QVERIFY(makeCertificate(m_folder.filePath(u"one.pem"_s), m_folder.filePath(u"one.key"_s), u"one"_s));
    QVERIFY(makeCertificate(m_folder.filePath(u"two.pem"_s), m_folder.filePath(u"two.key"_s), u"two"_s,
                            {u"rsa:2048"_s}));
    const auto read = [this](const QString &name) {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const auto write = [this](const QString &name, const QByteArray &bytes) {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    };
    write(u"both.pem"_s, read(u"one.key"_s) + read(u"one.pem"_s));
    write(u"chain.pem"_s, read(u"one.pem"_s) + read(u"two.pem"_s));
    write(u"empty.pem"_s, {});
    write(u"noise.pem"_s, QByteArray(5000, '\xd8'));
    write(u"cut.pem"_s, read(u"one.pem"_s).first(200));
    write(u"locked.key"_s,
          "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n");
}

void TestTlsIdentity::readsCertificates_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("length"); ///< of the chain; 0: refused
    QTest::addColumn<bool>("isAboutKey");
    const auto row = [](const char *name, const QString &certificate, const QString &key, int length,
                        bool isAboutKey = false) {
        QTest::newRow(name) << certificate << key << length << isAboutKey;
    };
    row("elliptic", u"one.pem"_s, u"one.key"_s, 1);
    row("rsa", u"two.pem"_s, u"two.key"_s, 1);
    row("one file", u"both.pem"_s, {}, 1);
    row("chain", u"chain.pem"_s, u"one.key"_s, 2);
    row("missing", u"nothing.pem"_s, u"one.key"_s, 0);
    row("missing key", u"one.pem"_s, u"nothing.key"_s, 0, true);
    row("no key in it", u"one.pem"_s, {}, 0, true);
    row("key of another kind", u"one.pem"_s, u"two.key"_s, 0, true);
    row("certificate of another", u"two.pem"_s, u"one.key"_s, 0, true);
    row("empty", u"empty.pem"_s, u"one.key"_s, 0);
    row("empty key", u"one.pem"_s, u"empty.pem"_s, 0, true);
    row("noise", u"noise.pem"_s, u"one.key"_s, 0);
    row("noise as key", u"one.pem"_s, u"noise.pem"_s, 0, true);
    row("cut", u"cut.pem"_s, u"one.key"_s, 0);
    row("folder", u"."_s, u"one.key"_s, 0);
    row("locked", u"one.pem"_s, u"locked.key"_s, 0, true);
    row("certificate as key", u"one.pem"_s, u"one.pem"_s, 0, true);
}

void TestTlsIdentity::readsCertificates()
{
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(int, length);
    const auto identity =
        loadTlsIdentity(m_folder.filePath(certificate), key.isEmpty() ? QString() : m_folder.filePath(key));
    QCOMPARE(identity ? identity->chain.size() : 0, length);
    if (!identity) {
        QTEST(identity.error().isAboutKey, "isAboutKey");
        QVERIFY2(identity.error().sentence.contains(m_folder.path()), qPrintable(identity.error().sentence));
        return;
    }
    const QDateTime until = identity->chain.constFirst().expiryDate();
    QCOMPARE(expiryWarning(*identity, until.addDays(-20)).isEmpty(), true);
    QVERIFY(expiryWarning(*identity, until.addDays(-3)).contains(u"renew"_s));
    QVERIFY(expiryWarning(*identity, until.addDays(1)).contains(u"expired"_s));
    QVERIFY(expiryWarning(*identity, identity->chain.constFirst().effectiveDate().addDays(-1))
                .contains(u"clock"_s));
}

QTEST_GUILESS_MAIN(TestTlsIdentity)
#include "tst_tlsidentity.moc"
