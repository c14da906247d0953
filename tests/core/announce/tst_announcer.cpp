// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/announce/announcer.h"
#include "core/base/filewriter.h"
#include "core/base/log.h"
#include "tests/support/fakeweb.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// What is told to others, over a real socket.
class TestAnnouncer : public QObject
{
    Q_OBJECT

private slots:
    void theNameFollowsTheAddress();
    void secretsStayOutOfTheLog();
};

static QStringList &saidInLog()
{
    static QStringList lines;
    return lines;
}

void TestAnnouncer::theNameFollowsTheAddress()
{
    QTemporaryDir folder;
    FakeWeb provider([](const FakeWeb::Request &) { return QByteArray("HTTP/1.1 200 OK\r\n\r\nOK"); });
    Announcements now;
    now.updateUrl = provider.url(u"/update?token=s3cret&ip={ip}&six={ip6}"_s);
    now.ipv4 = u"203.0.113.7"_s;
    now.ipv6 = u"2001:db8::7"_s;
    const QString file = folder.filePath(u"deep/announced.json"_s);
    {
        Announcer announcer(file);
        announcer.follow(now);
        QVERIFY(QTest::qWaitFor([&] { return provider.requests.size() == 1; }));
        QVERIFY2(provider.requests.first().line.startsWith(
                     "GET /update?token=s3cret&ip=203.0.113.7&six=2001:db8::7 HTTP/1."),
                 provider.requests.first().line);
        QVERIFY(QTest::qWaitFor([&] {
            FileWriter::shared().finish();
            return QFileInfo::exists(file);
        }));
        QCOMPARE(QFileInfo(file).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }
    // The next run knows: what is called is the new address only.
    Announcer announcer(file);
    announcer.follow(now);
    now.ipv4 = u"203.0.113.8"_s;
    now.ipv6.clear();
    announcer.follow(now);
    QVERIFY(QTest::qWaitFor([&] { return provider.requests.size() == 2; }));
    QVERIFY(provider.requests.last().line.contains("ip=203.0.113.8&six= "));
}

void TestAnnouncer::secretsStayOutOfTheLog()
{
    FakeWeb provider([](const FakeWeb::Request &) {
        return QByteArray("HTTP/1.1 401 No\r\n\r\nthe token s3cret is wrong");
    });
    FakeWeb silent([](const FakeWeb::Request &) { return QByteArray(); });
    const QtMessageHandler before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &text) { saidInLog().append(text); });
    const auto logged = [](const QString &words) { return !saidInLog().filter(words).isEmpty(); };
    Announcements now;
    now.updateUrl = provider.url(u"/s3cret?ip={ip}"_s);
    now.ipv4 = u"203.0.113.7"_s;
    Announcer announcer({});
    announcer.follow(now);
    const bool isRefused = QTest::qWaitFor([&] { return logged(u"refused (status 401)"_s); });
    Announcer other({});
    now.updateUrl = silent.url(u"/s3cret?ip={ip}"_s);
    other.follow(now);
    const bool isLater = QTest::qWaitFor([&] { return logged(u"called again later"_s); });
    qInstallMessageHandler(before);
    QVERIFY(isRefused && isLater);
    QVERIFY2(!logged(u"s3cret"_s) && !logged(u"127.0.0.1"_s), qPrintable(saidInLog().join('\n'_L1)));
}

QTEST_GUILESS_MAIN(TestAnnouncer)
#include "tst_announcer.moc"
