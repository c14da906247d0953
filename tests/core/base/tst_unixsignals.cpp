// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/unixsignals.h"

#include <QSignalSpy>
#include <QTest>

#include <cerrno>
#include <csignal>

using namespace cycast;

class TestUnixSignals : public QObject
{
    Q_OBJECT

private slots:
    /// A signal comes between any call and the look at errno behind it.
    void whatWasInterruptedKeepsItsErrno()
    {
        UnixSignals watch;
        QSignalSpy reloads(&watch, &UnixSignals::reloadRequested);
        constexpr int mine = 4711;
        // Until the pipe takes no more, and each write in the handler fails.
        for (int i = 0; i < 70'000; ++i) {
            errno = mine;
            std::raise(SIGHUP);
            const int after = errno;
            if (after != mine)
                QCOMPARE(after, mine);
        }
        QTRY_VERIFY(reloads.count() >= 65'536);
        std::raise(SIGHUP);
        const qsizetype before = reloads.count();
        QTRY_COMPARE(reloads.count(), before + 1);
    }
};

QTEST_GUILESS_MAIN(TestUnixSignals)
#include "tst_unixsignals.moc"
