// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A listener from outside is the one proof that needs no service.
#include "core/reach/reach.h"

#include <QSignalSpy>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestReachProof : public QObject
{
    Q_OBJECT

private slots:
    void aStrangerProvesIt()
    {
        Reach reach;
        QSignalSpy told(&reach, &Reach::told);
        reach.noteListener(QHostAddress(u"9.9.9.9"_s)); // off the air: an old one
        QCOMPARE(reach.report(), ReachReport());
        reach.setOptions({u"0.0.0.0"_s, 8001, u"/stream"_s, false});
        for (const char *home :
             {"127.0.0.1", "192.168.1.30", "10.0.0.7", "::1", "fe80::7", "fd00::7", "100.64.0.9"})
            reach.noteListener(QHostAddress(QString::fromLatin1(home)));
        QCOMPARE(reach.report().scope, ReachScope::Unknown);
        QCOMPARE(told.count(), 0);

        reach.noteListener(QHostAddress(u"::ffff:9.9.9.9"_s)); // as a socket for both says it
        QCOMPARE(reach.report().verdict, ReachVerdict::Everybody);
        QCOMPARE(reach.report().scope, ReachScope::Everywhere);
        QVERIFY(reach.report().sentence.contains(u"somebody at 9.9.9.9 has listened"_s));
        QVERIFY(!reach.report().isLooking);
        QCOMPARE(told.count(), 1);
        reach.noteListener(QHostAddress(u"9.9.9.8"_s));
        QCOMPARE(told.count(), 1); // one proof is enough

        reach.setOptions({u"0.0.0.0"_s, 8002, u"/stream"_s, false}); // another port has to be proved anew
        QCOMPARE(reach.report(), ReachReport());
        reach.noteListener(QHostAddress(u"2a02::1"_s));
        QCOMPARE(reach.report().scope, ReachScope::Ipv6Only);
        QCOMPARE(reach.report().sentence.english(),
                 u"Everybody who has IPv6 can listen: somebody at 2a02::1 has listened."_s);
        reach.setOptions({});
        QCOMPARE(reach.report(), ReachReport());
    }

    /// A look off the air asks nobody.
    void offTheAir()
    {
        Reach reach;
        QSignalSpy changed(&reach, &Reach::changed);
        reach.look();
        QCOMPARE(changed.count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestReachProof)
#include "tst_reachproof.moc"
