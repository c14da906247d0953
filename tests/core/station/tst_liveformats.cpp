// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/ogg/oggframer.h"
#include "tests/support/oggsamples.h"
#include "tests/support/stationfixture.h"

#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Live sources that send something else than MP3, as they come.
class TestLiveFormats : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void opusIsHeardAsItIs();
    void aacIsHeardAsItIs();
    void whoListensIsClosedAtTheBoundaryAndComesBack();
    void chainedStreamsBringTheirTitles();
    void oggIsNeverInterleavedWithTitles();

private:
    RawSocket goLive(const QByteArray &type, const QByteArray &more = {});

    std::unique_ptr<StationFixture> m_station;
};

void TestLiveFormats::init()
{
    m_station = std::make_unique<StationFixture>();
    m_station->addTrack(4000);
    QVERIFY(m_station->start());
}

void TestLiveFormats::cleanup()
{
    m_station.reset();
}

RawSocket TestLiveFormats::goLive(const QByteArray &type, const QByteArray &more)
{
    RawSocket source(m_station->sourcePort());
    source.send("SOURCE /stream HTTP/1.0\r\n" + basicAuth("source", "ocean-lamp-42") +
                "Content-Type: " + type + "\r\nice-name: Show\r\n\r\n" + more);
    return source;
}

void TestLiveFormats::opusIsHeardAsItIs()
{
    const QByteArray stream = opusStream(1, 100);
    RawSocket source = goLive("application/ogg", stream);
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    QCOMPARE(m_station->status().current.title, u"One"_s);
    QCOMPARE(m_station->status().current.artist, u"Artist"_s);
    StreamClient client(m_station->listenPort());
    const qsizetype header = opusHeader(1, "Artist", "One").size();
    QVERIFY(waitUntil([&] { return client.audioBytes() > header + 5000; }));
    QCOMPARE(headerOf(client.head(), "Content-Type"), QByteArray("audio/ogg"));
    const QByteArray heard = client.audio();
    QVERIFY(heard.startsWith(stream.first(header)));
    // Then whole pages in their order, from a page's beginning on.
    const qsizetype at = stream.indexOf(heard.mid(header, 200));
    QVERIFY(at >= header);
    QCOMPARE(heard.mid(header), stream.mid(at, heard.size() - header));
    // Held back to real time: never more than the burst at the start, and what has played since.
    QVERIFY(stream.size() - at > heard.size() - header);
}

void TestLiveFormats::aacIsHeardAsItIs()
{
    RawSocket source = goLive("audio/aacp", adtsFrames(400));
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    StreamClient client(m_station->listenPort(), {.wantsTitles = true});
    QVERIFY(waitUntil([&] { return client.audioBytes() > 40'000; }));
    QCOMPARE(headerOf(client.head(), "Content-Type"), QByteArray("audio/aac"));
    QCOMPARE(headerOf(client.head(), "icy-br"), QByteArray("128"));
    const QByteArray heard = client.audio();
    const qsizetype at = adtsFrames(400).indexOf(heard.first(371));
    QVERIFY(at >= 0 && at % 371 == 0);
    QCOMPARE(heard, adtsFrames(400).mid(at, heard.size()));
    QVERIFY(waitUntil([&] { return !client.titles().isEmpty(); }));
    QVERIFY(client.titles().constFirst().text.contains("Show"));
}

void TestLiveFormats::whoListensIsClosedAtTheBoundaryAndComesBack()
{
    StreamClient before(m_station->listenPort());
    QVERIFY(waitUntil([&] { return before.audioBytes() > 20'000; }));
    RawSocket source = goLive("audio/ogg", opusStream(1, 20));
    QVERIFY(waitUntil([&] { return before.hasEnded(); }));
    QVERIFY2(before.heard().fault().isEmpty(), qPrintable(before.heard().fault()));
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    StreamClient live(m_station->listenPort());
    QVERIFY(waitUntil([&] { return live.audio().startsWith("OggS"); }));
    source.finishSending();
    // All of the show, then the end; back to MP3.
    QVERIFY(waitUntil([&] { return live.hasEnded(); }));
    QVERIFY(live.audio().endsWith(opusPage(1, 19)));
    StreamClient after(m_station->listenPort());
    QVERIFY(waitUntil([&] { return after.audioBytes() > 20'000; }));
    QCOMPARE(headerOf(after.head(), "Content-Type"), QByteArray("audio/mpeg"));
    QVERIFY2(after.heard().fault().isEmpty(), qPrintable(after.heard().fault()));
    QCOMPARE(m_station->listeners(), 1);
}

void TestLiveFormats::chainedStreamsBringTheirTitles()
{
    RawSocket source = goLive("application/ogg", opusStream(1, 15, "One", true) + opusStream(2, 60, "Two"));
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    StreamClient client(m_station->listenPort());
    QVERIFY(waitUntil([&] { return m_station->status().current.title == u"Two"_s; }));
    const QByteArray second = opusHeader(2, "Artist", "Two");
    QVERIFY(waitUntil([&] { return client.audio().contains(opusPage(2, 5)); }));
    // Whoever was there before got the new headers in their place, who comes now gets them first.
    QCOMPARE(client.audio().count(second), 1);
    QVERIFY(client.audio().contains(second + opusPage(2, 0)));
    StreamClient late(m_station->listenPort());
    QVERIFY(waitUntil([&] { return late.audioBytes() > second.size(); }));
    const QByteArray first = opusHeader(1, "Artist", "One");
    QVERIFY(late.audio().startsWith(second) || late.audio().startsWith(first));
    QVERIFY(!client.hasEnded());
}

void TestLiveFormats::oggIsNeverInterleavedWithTitles()
{
    RawSocket source = goLive("application/ogg", opusStream(1, 60));
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    StreamClient client(m_station->listenPort(), {.wantsTitles = true});
    QVERIFY(waitUntil([&] { return client.audioBytes() > 20'000; }));
    QCOMPARE(headerOf(client.head(), "icy-metaint"), QByteArray());
    OggFramer framer;
    FrameBatch pages;
    framer.feed(client.audio(), pages);
    QCOMPARE(framer.skippedBytes(), 0);
}

QTEST_GUILESS_MAIN(TestLiveFormats)
#include "tst_liveformats.moc"
