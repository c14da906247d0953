// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/useragent.h"
#include "tests/support/mutations.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestUserAgent : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void hostileOnesAreShortAndClean();
};

void TestUserAgent::names_data()
{
    QTest::addColumn<QString>("agent");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *name, const char *agent) {
        QTest::newRow(agent) << QString::fromUtf8(agent) << QString::fromUtf8(name);
    };
    row("VLC 3.0.20", "VLC/3.0.20 LibVLC/3.0.20");
    row("mpv 0.37.0", "mpv/0.37.0");
    row("mpv 0.35.1", "mpv 0.35.1");
    row("mpv", "mpv");
    row("FFmpeg", "Lavf/59.27.100");
    row("Sonos", "Linux UPnP/1.0 Sonos/63.2-90210 (ZPS9)");
    row("Winamp 5.9", "WinampMPEG/5.9");
    row("Windows Media Player", "NSPlayer/12.00.19041.0001 WMFSDK/12.00.19041.0001");
    row("MPD 0.23.12", "Music Player Daemon 0.23.12");
    row("foobar2000 1.6.16", "foobar2000/1.6.16");
    row("GStreamer", "GStreamer souphttpsrc libsoup/2.74.3");
    row("GStreamer 1.22.0", "GStreamer/1.22.0");
    row("mpg123 1.31.2", "mpg123/1.31.2");
    row("MPlayer 1.5", "MPlayer/1.5 (Debian), built with gcc-12");
    row("curl 7.88.1", "curl/7.88.1");
    row("butt 0.1.37", "butt 0.1.37");
    row("libshout 2.4.6", "libshout/2.4.6");
    row("Liquidsoap 2.1.3", "Liquidsoap/2.1.3 (Unix; OCaml 4.13.1)");
    row("Icecast 2.4.4", "Icecast 2.4.4");
    row("streamripper 1.64.6", "streamripper/1.64.6");
    row("Chrome 131", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                      "Chrome/131.0.0.0 Safari/537.36");
    row("Edge 131",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
        "Safari/537.36 Edg/131.0.0.0");
    row("Opera 114",
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36 "
        "OPR/114.0.0.0");
    row("Firefox 133", "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0");
    row("Safari 17", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like "
                     "Gecko) Version/17.4 "
                     "Safari/605.1.15");
    row("Safari (iPhone)",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/17.4 Mobile/15E148 Safari/604.1");
    row("Chrome (iPhone)",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "CriOS/131.0 Mobile/15E148 Safari/604.1");
    row("Apple player (iPhone)", "AppleCoreMedia/1.0.0.21E219 (iPhone; U; CPU OS 17_4 like Mac OS X; en_us)");
    row("iTunes 12", "iTunes/12.13.1 (Windows; Microsoft Windows 10 x64)");
    row("Foo 1.2", "Foo/1.2 (x) Bar/4");
    row("Radio Box", "Radio Box");
    row("compvers 1", "compvers/1");
}

void TestUserAgent::names()
{
    QFETCH(QString, agent);
    QTEST(playerName(agent), "name");
}

void TestUserAgent::hostileOnesAreShortAndClean()
{
    QCOMPARE(playerName({}), QString());
    QCOMPARE(playerName(u"   "_s), QString());
    const QStringList agents = {QString(100'000, QLatin1Char('x')),
                                u"VLC/"_s + QString(5000, QLatin1Char('1')),
                                u"a\r\nb\u001b[2J"_s,
                                u"/"_s,
                                u"("_s,
                                u"()/"_s,
                                u"VLC/..."_s,
                                u"\u202eevil/1"_s};
    for (const QString &agent : agents) {
        const QString name = playerName(agent);
        QVERIFY(!name.isEmpty() && name.size() <= 40);
        for (const QChar c : name)
            QVERIFY(c.isPrint());
    }
    QRandomGenerator random(40);
    for (int round = 0; round < 10'000; ++round) {
        const QByteArray agent = test::mutated("Mozilla/5.0 (iPhone; CPU OS 17_0) AppleWebKit/605 (KHTML, "
                                               "like Gecko) Version/17.0 Safari/604.1 VLC/3.0.20",
                                               random, 20);
        const QString name = playerName(QString::fromUtf8(agent));
        QVERIFY2(name.size() <= 40, agent.constData());
        for (const QChar c : name)
            QVERIFY2(c.category() != QChar::Other_Control && c.category() != QChar::Other_Format,
                     agent.toHex().constData());
    }
}

QTEST_APPLESS_MAIN(TestUserAgent)
#include "tst_useragent.moc"
