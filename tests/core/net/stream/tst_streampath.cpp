// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/streampath.h"

#include <QTest>

using namespace cycast;

/// Addresses at which players look for the stream.
class TestStreamPath : public QObject
{
    Q_OBJECT

private slots:
    void paths_data();
    void paths();
    void rootIsForPlayers_data();
    void rootIsForPlayers();

private:
    static bool asks(const QByteArray &target, const QByteArray &mount, const QByteArray &headers = {});
};

bool TestStreamPath::asks(const QByteArray &target, const QByteArray &mount, const QByteArray &headers)
{
    const HttpParse parse = parseHttpRequest("GET " + target + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
    return parse.state == HttpParse::State::Complete && asksForStream(parse.request, mount);
}

void TestStreamPath::paths_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("mount");
    QTest::addColumn<bool>("isStream");
    const auto row = [](const QByteArray &target, const QByteArray &mount, bool isStream) {
        QTest::addRow("%s at %s", target.constData(), mount.constData()) << target << mount << isStream;
    };
    for (const char *target : {"/stream", "/;", "/;stream.mp3", "/;stream.nsv", "/;?x=1", "/stream;",
                               "/stream/;", "/stream/;stream.mp3", "/stream/", "//stream", "//stream//",
                               "/%3B", "/stream?x=1", "//;", "http://a/stream", "/stream;/"})
        row(target, "/stream", true);
    for (const char *target :
         {"/", "//", "/streams", "/stream.mp3", "/stream/x", "/x/stream", "/other;", "/Stream", "/stream.m3u",
          "/api/status", "/api/status;", "/;;/../admin.m3u/", "/index.html"})
        row(target, "/stream", QByteArray(target) == "/;;/../admin.m3u/");
    row("/live/a.mp3", "/live/a.mp3", true);
    row("/live//a.mp3/", "/live/a.mp3", true);
    row("/live/a.mp3/;", "/live/a.mp3", true);
    row("/live", "/live/a.mp3", false);
    row("/a;b", "/a;b", true);
    row("/a", "/a;b", false);
    row("/", "/", true);
    row("/x/", "/x", true);
    row("/x", "/x/", true);
}

void TestStreamPath::paths()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, mount);
    QTEST(asks(target, mount), "isStream");
}

void TestStreamPath::rootIsForPlayers_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("isStream");
    const auto agent = [](const QByteArray &text) { return "User-Agent: " + text + "\r\n"; };
    const QByteArray html = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";
    QTest::newRow("says nothing") << QByteArray() << false;
    QTest::newRow("wants titles") << QByteArray("Icy-MetaData: 1\r\n") << true;
    QTest::newRow("knows titles") << QByteArray("icy-metadata: 0\r\n") << true;
    QTest::newRow("vlc") << agent("VLC/3.0.24 LibVLC/3.0.24") << true;
    QTest::newRow("ffmpeg") << agent("Lavf/59.27.100") + "Accept: */*\r\n" << true;
    QTest::newRow("winamp") << agent("WinampMPEG/5.66") << true;
    QTest::newRow("mpg123") << agent("mpg123/1.31.2") + "Accept: audio/mpeg, */*\r\n" << true;
    QTest::newRow("radio") << agent("Frontier Silicon") << true;
    QTest::newRow("chrome") << agent("Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/131.0 Safari/537.36") + html
                            << false;
    QTest::newRow("chrome, any") << agent("Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/131.0 Safari/537.36")
                                 << false;
    QTest::newRow("player that shows pages") << agent("iTunes/12.9") + html << false;
    QTest::newRow("curl") << agent("curl/8.5.0") + "Accept: */*\r\n" << false;
    QTest::newRow("unknown") << agent("Foo/1.0") << false;
}

void TestStreamPath::rootIsForPlayers()
{
    QFETCH(const QByteArray, headers);
    QTEST(asks("/", "/stream", headers), "isStream");
    QVERIFY(asks("/;", "/stream", headers));
    QVERIFY(!asks("/index.html", "/stream", headers));
}

QTEST_APPLESS_MAIN(TestStreamPath)
#include "tst_streampath.moc"
