// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/icyheaders.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestIcyHeaders : public QObject
{
    Q_OBJECT

private slots:
    void wholeHead();
    void metaintOnlyWhenAsked();
    void nothingThatWouldStopOldPlayers();
    void unknownFiguresAreNotNamed();
    void hostileNamesStayOneLine();
};

static StreamHeadOptions sampleOptions()
{
    StreamHeadOptions options;
    options.stationName = u"K\u00fcchenradio"_s;
    options.stationDescription = u"From the kitchen"_s;
    options.stationGenre = u"Trip hop"_s;
    options.stationUrl = u"http://radio.example/"_s;
    options.bitrateKbps = 128;
    options.sampleRate = 44100;
    options.channels = 2;
    options.icyMetaint = 16000;
    return options;
}

void TestIcyHeaders::wholeHead()
{
    const QByteArray head = streamResponseHead(sampleOptions());
    QVERIFY(head.startsWith("HTTP/1.0 200 OK\r\n"));
    QVERIFY(head.endsWith("\r\n\r\n"));
    QCOMPARE(head.indexOf("\r\n\r\n"), head.size() - 4);
    QCOMPARE(head.count('\n'), head.count("\r\n"));
    const QList<QByteArray> expected = {
        "Content-Type: audio/mpeg",
        "Connection: close",
        "Cache-Control: no-cache, no-store",
        "Pragma: no-cache",
        "Expires: Mon, 26 Jul 1997 05:00:00 GMT",
        "Server: Cycast/" CYCAST_VERSION,
        "Access-Control-Allow-Origin: *",
        "icy-name: K\xc3\xbc"
        "chenradio",
        "icy-genre: Trip hop",
        "icy-url: http://radio.example/",
        "icy-description: From the kitchen",
        "icy-br: 128",
        "icy-pub: 0",
        "icy-sr: 44100",
        "ice-audio-info: ice-bitrate=128;ice-samplerate=44100;ice-channels=2",
        "icy-metaint: 16000",
    };
    for (const QByteArray &line : expected)
        QVERIFY2(head.contains("\r\n" + line + "\r\n"), line);
}

void TestIcyHeaders::metaintOnlyWhenAsked()
{
    StreamHeadOptions options = sampleOptions();
    options.icyMetaint = 0;
    // The word stays in the list of exposed headers.
    QVERIFY(!streamResponseHead(options).contains("\r\nicy-metaint"));
}

void TestIcyHeaders::nothingThatWouldStopOldPlayers()
{
    const QByteArray head = streamResponseHead(sampleOptions()).toLower();
    for (const char *name :
         {"\r\ncontent-length", "\r\ntransfer-encoding", "\r\naccept-ranges", "\r\ncontent-encoding"})
        QVERIFY2(!head.contains(name), name);
}

void TestIcyHeaders::unknownFiguresAreNotNamed()
{
    StreamHeadOptions options;
    options.contentType = "audio/aac";
    const QByteArray head = streamResponseHead(options);
    QVERIFY(head.contains("Content-Type: audio/aac\r\n"));
    for (const char *name : {"\r\nicy-br", "\r\nicy-sr", "\r\nice-audio-info", "\r\nicy-name", "\r\nicy-url"})
        QVERIFY2(!head.contains(name), name);
}

void TestIcyHeaders::hostileNamesStayOneLine()
{
    StreamHeadOptions options = sampleOptions();
    options.stationName = u"a\r\n\r\n<html>"_s;
    options.stationGenre = u"\r\nicy-metaint: 1"_s;
    options.contentType = "audio/mpeg\r\nX: y";
    const QByteArray head = streamResponseHead(options);
    QCOMPARE(head.indexOf("\r\n\r\n"), head.size() - 4);
    QCOMPARE(head.count("\r\nicy-metaint:"), 1);
    QVERIFY(!head.contains("\r\nX:"));
}

QTEST_APPLESS_MAIN(TestIcyHeaders)
#include "tst_icyheaders.moc"
