// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/unreadablehead.h"
#include "core/net/sources/sourceattempts.h"

#include <QRandomGenerator>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

using Outcome = SourceAttempt::Outcome;

SourceAttempt attempt(Outcome outcome, const QString &address = u"192.0.2.1"_s)
{
    return {outcome, {}, address, u"butt 0.1.37"_s, u"PUT /stream HTTP/1.1"_s, Sentence(u"A sentence."_s)};
}

} // namespace

class TestSourceAttempts : public QObject
{
    Q_OBJECT

private slots:
    void libshoutsFirstQuestionIsNoAttempt();
    void questionsThatNothingFollowsAreTold();
    void stormsAreGathered();
    void storesAreBounded();
    void unreadableHeadsAreNamed_data();
    void unreadableHeadsAreNamed();
    void unreadableBytesDoNoHarm();
};

void TestSourceAttempts::libshoutsFirstQuestionIsNoAttempt()
{
    SourceAttempts attempts;
    QVERIFY(attempts.add(attempt(Outcome::NoPassword), 0).isEmpty());
    QVERIFY(attempts.isWaiting());
    QCOMPARE(attempts.add(attempt(Outcome::Accepted), 50), QList{attempt(Outcome::Accepted)});
    QVERIFY(!attempts.isWaiting());
    QVERIFY(attempts.due(60'000).isEmpty());
    // The question again while it is known: not even held.
    attempts.add(attempt(Outcome::Accepted), 100'000);
    QVERIFY(attempts.add(attempt(Outcome::NoPassword), 105'000).isEmpty());
    QVERIFY(!attempts.isWaiting());
}

void TestSourceAttempts::questionsThatNothingFollowsAreTold()
{
    SourceAttempts attempts;
    attempts.add(attempt(Outcome::NoPassword), 0);
    attempts.add(attempt(Outcome::NoPassword, u"192.0.2.2"_s), 1000);
    // Somebody else's success says nothing about it.
    attempts.add(attempt(Outcome::Accepted, u"192.0.2.3"_s), 1500);
    QVERIFY(attempts.due(2999).isEmpty());
    QCOMPARE(attempts.due(3000), QList{attempt(Outcome::NoPassword)});
    QCOMPARE(attempts.due(4000), (QList{attempt(Outcome::NoPassword, u"192.0.2.2"_s)}));
    QVERIFY(attempts.due(9000).isEmpty());
    QVERIFY(!attempts.isWaiting());
}

void TestSourceAttempts::stormsAreGathered()
{
    SourceAttempts attempts;
    int told = 0;
    QString last;
    // Five times a second for a minute.
    for (qint64 ms = 0; ms <= 60'000; ms += 200) {
        for (const SourceAttempt &each : attempts.add(attempt(Outcome::WrongMount), ms)) {
            ++told;
            last = each.sentence;
        }
    }
    QCOMPARE(told, 7);
    QCOMPARE(last, u"A sentence. (49 times more before)"_s);
    // Another outcome is news, success always.
    QCOMPARE(attempts.add(attempt(Outcome::WrongPassword), 60'100).size(), 1);
    QCOMPARE(attempts.add(attempt(Outcome::Accepted), 60'200).size(), 1);
    QCOMPARE(attempts.add(attempt(Outcome::Accepted), 60'300).size(), 1);
}

void TestSourceAttempts::storesAreBounded()
{
    SourceAttempts attempts;
    for (int i = 0; i < 10'000; ++i) {
        attempts.add(attempt(Outcome::NoPassword, QString::number(i)), 0);
        attempts.add(attempt(Outcome::WrongPassword, QString::number(-i)), 0);
    }
    QVERIFY(attempts.due(5000).size() <= SourceAttempts::maxKept);
    QVERIFY(!attempts.isWaiting());
}

void TestSourceAttempts::unreadableHeadsAreNamed_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("cure");
    const auto row = [](const char *name, const QByteArray &head, const QString &request,
                        const QString &program,
                        const QString &cure) { QTest::newRow(name) << head << request << program << cure; };
    row("TLS", QByteArray(1, 0x16), u"TLS"_s, {}, u"server.tls_certificate"_s);
    row("RTMP", "\x03" + QByteArray(1536, '\0'), u"RTMP"_s, {}, u"Icecast 2"_s);
    row("RTSP", "ANNOUNCE rtsp://u:secret@a/stream RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Lavf59\r\n\r\n",
        u"RTSP"_s, u"Lavf59"_s, u"Icecast 2"_s);
    row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", u"HTTP/2"_s, {}, u"Icecast 2"_s);
    row("SSH", "SSH-2.0-OpenSSH_9.2\r\n", u"SSH"_s, {}, u"Icecast 2"_s);
    row("an escape in the name",
        "PUT /stream HTTP/1.1\r\nice-name: \x1b[2J\r\nuser-agent: butt 0.1.37\r\n\r\n", u"PUT /stream"_s,
        u"butt 0.1.37"_s, u"name, description"_s);
    row("a password in the query", "GET /admin.cgi?pass=secret HTTP/7\r\n\r\n", u"GET /admin.cgi"_s, {},
        u"Icecast 2"_s);
    row("a password in the address", "GET http://u:secret@host/ HTTP/7\r\n\r\n", u"GET"_s, {},
        u"Icecast 2"_s);
    row("a password alone", "secret\x01\r\n", u"9 bytes, not all of them text"_s, {}, u"Icecast 2"_s);
    row("a password that was cut", "secret", u"6 bytes of text"_s, {}, u"Icecast 2"_s);
    row("SOCKS", QByteArray::fromHex("05010002"), u"4 bytes beginning with 05 01 00 02"_s, {},
        u"Icecast 2"_s);
    row("nothing", {}, u"nothing"_s, {}, u"Icecast 2"_s);
}

void TestSourceAttempts::unreadableHeadsAreNamed()
{
    QFETCH(QByteArray, head);
    const UnreadableHead found = describeUnreadableHead(head);
    QTEST(found.request, "request");
    QTEST(found.program, "program");
    QFETCH(QString, cure);
    QVERIFY2(found.cure.contains(cure), qPrintable(found.cure));
    QVERIFY(!(found.request + found.program + found.cure).contains(u"secret"_s));
}

void TestSourceAttempts::unreadableBytesDoNoHarm()
{
    QRandomGenerator random(6);
    const QByteArrayList seeds = {"PUT /stream HTTP/1.1\r\nUser-Agent: a\r\n\r\n", "secret word\r\n",
                                  "ANNOUNCE rtsp://a RTSP/1.0\r\n", QByteArray(100, '\x03')};
    for (int i = 0; i < 20'000; ++i) {
        QByteArray head = seeds.at(i % seeds.size());
        for (int change = random.bounded(8); change > 0; --change)
            head[random.bounded(head.size())] = static_cast<char>(random.bounded(256));
        head.truncate(random.bounded(head.size() + 1));
        const UnreadableHead found = describeUnreadableHead(head);
        QVERIFY(!found.request.isEmpty() && !found.cure.isEmpty());
        QVERIFY(found.request.size() <= 100 && found.program.size() <= 100);
        for (const QChar c : found.request + found.program)
            QVERIFY(c.category() != QChar::Other_Control && c.unicode() != 0x202E);
    }
}

QTEST_APPLESS_MAIN(TestSourceAttempts)
#include "tst_sourceattempts.moc"
