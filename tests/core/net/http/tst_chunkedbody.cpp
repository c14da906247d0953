// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/chunkedbody.h"
#include "tests/support/mutations.h"

#include <QTest>

using namespace cycast;
using namespace cycast::test;

class TestChunkedBody : public QObject
{
    Q_OBJECT

private slots:
    void bodies_data();
    void bodies();
    void largeChunkInManyPieces();
    void endlessLineIsBroken();
    void anySplitOfAnythingGivesTheSame();
};

void TestChunkedBody::bodies_data()
{
    using State = ChunkedBody::State;
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("state");
    const auto row = [](const char *name, const QByteArray &wire, const QByteArray &body, State state) {
        QTest::newRow(name) << wire << body << static_cast<int>(state);
    };
    row("two chunks", "4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n", "Wikipedia", State::Finished);
    row("hexadecimal", "0A\r\n0123456789\r\na\r\nabcdefghij\r\n0\r\n\r\n", "0123456789abcdefghij",
        State::Finished);
    row("extension", "3;name=value\r\nabc\r\n0\r\n\r\n", "abc", State::Finished);
    row("trailer", "3\r\nabc\r\n0\r\nX: y\r\nZ: w\r\n\r\n", "abc", State::Finished);
    row("leading zeros", "0003\r\nabc\r\n000\r\n\r\n", "abc", State::Finished);
    row("line feeds alone", "3\nabc\n0\n\n", "abc", State::Finished);
    row("data behind the end", "1\r\na\r\n0\r\n\r\nGET / HTTP/1.1", "a", State::Finished);
    row("line breaks in the data", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n", State::Finished);
    row("unfinished", "5\r\nab", "ab", State::Reading);
    row("size missing", "\r\nabc", "", State::Broken);
    row("no number", "xyz\r\nabc\r\n", "", State::Broken);
    row("minus", "-1\r\nabc\r\n", "", State::Broken);
    row("plus", "+3\r\nabc\r\n", "", State::Broken);
    row("0x", "0x3\r\nabc\r\n", "", State::Broken);
    row("too large", "FFFFFFFFFFFFFFFFF\r\nabc\r\n", "", State::Broken);
    row("chunk longer than told", "3\r\nabcd\r\n0\r\n\r\n", "abc", State::Broken);
}

void TestChunkedBody::bodies()
{
    QFETCH(QByteArray, wire);
    QFETCH(QByteArray, body);
    QFETCH(int, state);
    // Any split gives the same.
    for (qsizetype piece = 1; piece <= wire.size(); ++piece) {
        ChunkedBody decoder;
        QByteArray out;
        for (qsizetype at = 0; at < wire.size(); at += piece)
            decoder.feed(wire.mid(at, piece), out);
        QCOMPARE(static_cast<int>(decoder.state()), state);
        QCOMPARE(out, body);
    }
}

void TestChunkedBody::largeChunkInManyPieces()
{
    ChunkedBody decoder;
    QByteArray out;
    decoder.feed("100000\r\n", out);
    for (int i = 0; i < 1024; ++i)
        QCOMPARE(decoder.feed(QByteArray(1024, static_cast<char>(i)), out), ChunkedBody::State::Reading);
    QCOMPARE(out.size(), 1024 * 1024);
    QCOMPARE(decoder.feed("\r\n0\r\n\r\n", out), ChunkedBody::State::Finished);
    QCOMPARE(out.size(), 1024 * 1024);
}

void TestChunkedBody::endlessLineIsBroken()
{
    ChunkedBody decoder;
    QByteArray out;
    QCOMPARE(decoder.feed("1;" + QByteArray(5000, 'x'), out), ChunkedBody::State::Broken);
    QCOMPARE(decoder.feed("\r\na\r\n", out), ChunkedBody::State::Broken);
    QVERIFY(out.isEmpty());
}

void TestChunkedBody::anySplitOfAnythingGivesTheSame()
{
    QRandomGenerator random(912);
    const QByteArray good =
        "4\r\nWiki\r\n1F;a=b\r\n" + QByteArray(31, '\n') + "\r\n0\r\nX: y\r\n\r\nGET / HTTP/1.1\r\n";
    int ends[3] = {};
    for (int round = 0; round < 20'000; ++round) {
        const QByteArray wire = mutated(good, random);
        ChunkedBody whole;
        QByteArray out;
        ++ends[static_cast<int>(whole.feed(wire, out))];
        QVERIFY(out.size() <= wire.size());
        ChunkedBody pieces;
        QByteArray together;
        for (qsizetype at = 0, piece = 0; at < wire.size(); at += piece) {
            piece = random.bounded(1, 12);
            pieces.feed(wire.mid(at, piece), together);
        }
        QCOMPARE(pieces.state(), whole.state());
        QCOMPARE(together, out);
    }
    for (const int count : ends)
        QVERIFY(count > 100); // every kind of end was really met
}

QTEST_APPLESS_MAIN(TestChunkedBody)
#include "tst_chunkedbody.moc"
