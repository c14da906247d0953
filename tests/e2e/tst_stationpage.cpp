// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The station's web page in headless Chromium, driven through WebDriver (W3C).
#include "tests/e2e/runningstation.h"
#include "tests/support/slack.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

namespace
{

/// One browser with one page.
class Browser
{
public:
    explicit Browser(const Sandbox &sandbox)
    {
        const quint16 port = freePort();
        m_url = u"http://127.0.0.1:%1"_s.arg(port);
        m_driver.setProcessEnvironment(sandbox.environment());
        endWithTest(m_driver);
        m_driver.start(u"chromedriver"_s, {u"--port=%1"_s.arg(port), u"--log-level=OFF"_s});
        const QJsonArray arguments{u"--headless"_s,
                                   u"--no-sandbox"_s,
                                   u"--disable-gpu"_s,
                                   u"--no-first-run"_s,
                                   u"--disable-dev-shm-usage"_s,
                                   u"--disable-background-networking"_s,
                                   u"--disable-component-update"_s,
                                   u"--disable-sync"_s,
                                   u"--autoplay-policy=no-user-gesture-required"_s,
                                   u"--window-size=1200,900"_s,
                                   u"--user-data-dir="_s + sandbox.path(u"chromium"_s)};
        const QJsonObject options{{u"args"_s, arguments}};
        const QJsonObject wanted{{u"alwaysMatch"_s, QJsonObject{{u"goog:chromeOptions"_s, options}}}};
        if (!waitUntil([&] { return ask("GET", u"/status"_s).isObject(); }, 15'000))
            return;
        m_session =
            ask("POST", u"/session"_s, {{u"capabilities"_s, wanted}}, 60'000)[u"sessionId"_s].toString();
    }
    ~Browser()
    {
        if (isReady())
            ask("DELETE", u"/session/"_s + m_session);
        m_driver.terminate();
        m_driver.waitForFinished();
    }
    bool isReady() const { return !m_session.isEmpty(); }

    void open(const QString &url) { command(u"/url"_s, {{u"url"_s, url}}); }
    QJsonValue evaluate(const QString &script)
    {
        return command(u"/execute/sync"_s, {{u"script"_s, u"return "_s + script}, {u"args"_s, QJsonArray()}});
    }
    QString text(const QString &id)
    {
        return evaluate(u"document.getElementById('%1').textContent"_s.arg(id)).toString();
    }
    /// Keys for whoever has the focus.
    void press(const QString &key)
    {
        const QJsonArray strokes{QJsonObject{{u"type"_s, u"keyDown"_s}, {u"value"_s, key}},
                                 QJsonObject{{u"type"_s, u"keyUp"_s}, {u"value"_s, key}}};
        const QJsonObject keyboard{{u"type"_s, u"key"_s}, {u"id"_s, u"keys"_s}, {u"actions"_s, strokes}};
        command(u"/actions"_s, {{u"actions"_s, QJsonArray{keyboard}}});
    }
    void resize(int width, int height)
    {
        command(u"/window/rect"_s, {{u"width"_s, width}, {u"height"_s, height}});
    }
    void emulate(const QString &scheme)
    {
        const QJsonObject feature{{u"name"_s, u"prefers-color-scheme"_s}, {u"value"_s, scheme}};
        command(u"/goog/cdp/execute"_s, {{u"cmd"_s, u"Emulation.setEmulatedMedia"_s},
                                         {u"params"_s, QJsonObject{{u"features"_s, QJsonArray{feature}}}}});
    }
    /// Into $CYCAST_SCREENSHOTS, for looking at them.
    void picture(const QString &name)
    {
        const QString folder = qEnvironmentVariable("CYCAST_SCREENSHOTS");
        if (folder.isEmpty())
            return;
        const QJsonValue picture = ask("GET", u"/session/%1/screenshot"_s.arg(m_session));
        QFile file(folder + u"/web-"_s + name + u".png"_s);
        if (file.open(QIODevice::WriteOnly))
            file.write(QByteArray::fromBase64(picture.toString().toLatin1()));
    }

private:
    QJsonValue command(const QString &path, const QJsonObject &body)
    {
        return ask("POST", u"/session/%1%2"_s.arg(m_session, path), body);
    }
    QJsonValue ask(const QByteArray &method, const QString &path, const QJsonObject &body = {},
                   int timeoutMs = 20'000)
    {
        QNetworkRequest request{QUrl(m_url + path)};
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        const QByteArray json = method == "POST" ? QJsonDocument(body).toJson() : QByteArray();
        std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, json));
        if (!waitUntil([&reply] { return reply->isFinished(); }, timeoutMs))
            return {};
        return QJsonDocument::fromJson(reply->readAll())[u"value"_s];
    }

    QProcess m_driver;
    QNetworkAccessManager m_network;
    QString m_url;
    QString m_session;
};

} // namespace

class TestStationPage : public QObject
{
    Q_OBJECT

private slots:
    void listensByKeyboardAndComesBack()
    {
        const Sandbox sandbox;
        for (int i = 1; i <= 3; ++i)
            QVERIFY(makeTone(sandbox, u"music/song %1.mp3"_s.arg(i), 200 * i, 8));
        RunningStation station(sandbox);
        station.setOwnMusic();
        const QByteArray name = "metadata { station_name = \"Harbour <b>Radio</b>\" }\n";
        QVERIFY(station.start(RunningStation::settingsText(name)));
        const quint16 listenPort = station.listenPort();
        Browser browser(sandbox);
        QVERIFY(browser.isReady());
        browser.open(station.url(u"/"_s));
        QTRY_COMPARE(browser.text(u"badge"_s), u"Playlist"_s);
        QCOMPARE(browser.evaluate(u"document.querySelector('h1').textContent"_s).toString(),
                 u"Harbour <b>Radio</b>"_s);
        const QString first = browser.text(u"title"_s);
        QVERIFY2(first.startsWith(u"song "_s), qPrintable(first));
        browser.picture(u"idle"_s);

        // The sound: by the space bar alone, and one listener more.
        browser.press(u" "_s);
        QTRY_COMPARE_WITH_TIMEOUT(browser.text(u"state"_s), u"You are listening"_s, 20'000);
        QTRY_COMPARE(station.stats()[u"total_listeners"_s].toInt(), 1);
        QTRY_VERIFY(browser.text(u"buffer"_s).endsWith(u" s"_s));

        // The title follows, and the song before is listed.
        QTRY_VERIFY_WITH_TIMEOUT(browser.text(u"title"_s) != first, 30'000);
        QTRY_VERIFY(browser.evaluate(u"document.querySelectorAll('#history li').length"_s).toInt() >= 1);
        QVERIFY(browser.text(u"history"_s).contains(first));
        QVERIFY(browser.evaluate(u"document.title"_s).toString().contains(u"Harbour"_s));

        // The station goes and comes back on the same port: so does the sound, without a hand.
        QCOMPARE(station.end(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(browser.text(u"state"_s) != u"You are listening"_s, 20'000);
        RunningStation again(sandbox);
        again.setOwnMusic();
        const QByteArray port = "server { listen_port = " + QByteArray::number(listenPort) + " }\n";
        QVERIFY(again.start(RunningStation::settingsText(name + port)));
        QCOMPARE(again.listenPort(), listenPort);
        QTRY_COMPARE_WITH_TIMEOUT(browser.text(u"state"_s), u"You are listening"_s, 45'000);
        QTRY_COMPARE(again.stats()[u"total_listeners"_s].toInt(), 1);

        // Nobody else was asked for anything.
        QCOMPARE(browser
                     .evaluate(u"performance.getEntriesByType('resource').filter("
                               "(each) => !each.name.startsWith(location.origin + '/')).length"_s)
                     .toInt(-1),
                 0);
        browser.press(u" "_s);
        QTRY_COMPARE(again.stats()[u"total_listeners"_s].toInt(), 0);
    }

    void readsWellOnPhonesAndInTheDark()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start(RunningStation::settingsText(
            "metadata {\n station_name = \"A station with a rather long name that has to wrap somewhere\"\n"
            " station_description = \"" +
            QByteArray(160, 'w') + "\"\n station_genre = \"Jazz and everything beside it\"\n}\n")));
        Browser browser(sandbox);
        QVERIFY(browser.isReady());
        browser.open(station.url(u"/"_s));
        QTRY_COMPARE(browser.text(u"badge"_s), u"Playlist"_s);
        for (const QString &scheme : {u"light"_s, u"dark"_s}) {
            browser.emulate(scheme);
            for (const auto &[width, height] :
                 {std::pair(390, 844), std::pair(600, 900), std::pair(1200, 900)}) {
                browser.resize(width, height);
                // Nothing sticks out to the side.
                QTRY_VERIFY(browser
                                .evaluate(u"document.documentElement.scrollWidth <= "
                                          "document.documentElement.clientWidth"_s)
                                .toBool());
                browser.picture(u"%1-%2"_s.arg(scheme).arg(width));
            }
        }
        // Text and ground differ as they should: 4.5:1 for what is read.
        const QString contrast =
            u"(() => { const rgb = (text) => text.match(/[\\d.]+/g).slice(0, 3).map((part) => { const c = "
            u"part / 255;"
            " return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });"
            " const light = (text) => { const [r, g, b] = rgb(text); return 0.2126 * r + 0.7152 * g + 0.0722 "
            "* b; };"
            " const ground = light(getComputedStyle(document.querySelector('.card')).backgroundColor);"
            " return Math.min(...[...document.querySelectorAll('.card p, .card dt, .card dd, .card h2, .card "
            "h3')]"
            ".filter((node) => node.textContent.trim()).map((node) => { const ink = "
            "light(getComputedStyle(node).color);"
            " return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05); })); })()"_s;
        for (const QString &scheme : {u"light"_s, u"dark"_s}) {
            browser.emulate(scheme);
            const double worst = browser.evaluate(contrast).toDouble();
            QVERIFY2(worst >= 4.5, qPrintable(u"%1: %2"_s.arg(scheme).arg(worst)));
        }
        // Every control can be reached and has a name.
        QCOMPARE(browser
                     .evaluate(u"[...document.querySelectorAll('button, input, textarea, a[href]')].filter("
                               "(node) => node.offsetParent && !(node.textContent.trim() || "
                               "node.getAttribute('aria-label') || node.labels?.length)).length"_s)
                     .toInt(-1),
                 0);
    }
};

QTEST_GUILESS_MAIN(TestStationPage)
#include "tst_stationpage.moc"
