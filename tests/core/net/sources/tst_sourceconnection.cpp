// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/sourceconnection.h"

#include "core/audio/mpeg/mpegframer.h"
#include "tests/support/socketpair.h"
#include "tests/support/stampedframes.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/socket.h>
#include <thread>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// A source whose other end is the test's.
class TestSourceConnection : public QObject
{
    Q_OBJECT

private slots:
    // Whoever sends faster than it is read must not keep everybody else waiting.
    void aWakeUpReadsABoundedAmount()
    {
        native::Socket ours = native::invalidSocket;
        native::Socket theirs = native::invalidSocket;
        QVERIFY(makePair(ours, theirs));
        // More than one wake-up may read waits in the kernel already.
        const int large = 2 * 1024 * 1024;
        QVERIFY(::setsockopt(static_cast<int>(theirs), SOL_SOCKET, SO_SNDBUFFORCE, &large, sizeof large) ==
                    0 ||
                ::setsockopt(static_cast<int>(theirs), SOL_SOCKET, SO_SNDBUF, &large, sizeof large) == 0);
        const QByteArray music = stampedFrames(1, 4'000);
        Transport peer(theirs);
        const qint64 waiting = peer.send(music);
        QVERIFY2(waiting > 150'000, QByteArray::number(waiting));

        Arrival arrival;
        arrival.transport = Transport(ours);
        arrival.request.method = "SOURCE";
        SourceConnection source(std::move(arrival), std::make_unique<MpegFramer>(), nullptr);
        QSignalSpy ended(&source, &SourceConnection::ended);
        source.start();
        const qint64 first = source.bytesReceived();
        QVERIFY2(first > 0 && first < 80 * 1024, QByteArray::number(first));
        source.readNow();
        const qint64 second = source.bytesReceived() - first;
        QVERIFY2(second > 0 && second < 80 * 1024, QByteArray::number(second));
        // And nothing is forgotten.
        QTRY_COMPARE(source.bytesReceived(), waiting);
        QCOMPARE(ended.count(), 0);
        peer.close();
        QTRY_COMPARE(ended.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSourceConnection)
#include "tst_sourceconnection.moc"
