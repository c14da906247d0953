// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Chromium plays the stream in a page of another origin, and reads what it may only read with CORS.
#include "tests/e2e/runningstation.h"
#include "tests/support/slack.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

namespace
{

/// Serves one page, and keeps what its script reports to /report?...
class PageServer : public QTcpServer
{
public:
    explicit PageServer(const QByteArray &page)
        : m_page(page)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { answer(*socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }

    const QHash<QString, QString> &reports() const { return m_reports; }

private:
    void answer(QTcpSocket &socket)
    {
        const QByteArray request = socket.readAll();
        const QByteArray target = request.split(' ').value(1);
        for (const auto &[key, value] : QUrlQuery(QUrl::fromEncoded(target)).queryItems(QUrl::FullyDecoded))
            m_reports.insert(key, value);
        const QByteArray body = target == "/" ? m_page : QByteArray();
        socket.write("HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body);
        socket.disconnectFromHost();
    }

    QByteArray m_page;
    QHash<QString, QString> m_reports;
};

constexpr char page[] =
    R"(<!DOCTYPE html><html><body><audio id="player" crossorigin="anonymous"></audio><script>
const stream = "STREAM";
const tell = (key, value) => fetch("/report?" + key + "=" + encodeURIComponent(value));
const player = document.getElementById("player");
player.src = stream;
player.onerror = () => tell("error", player.error.message);
player.play().catch(error => tell("error", error));
// What is heard: the strongest frequency, which a page may look at only when the server allows it.
const context = new AudioContext();
const analyser = context.createAnalyser();
analyser.fftSize = 16384;
context.createMediaElementSource(player).connect(analyser);
setInterval(() => {
    if (player.currentTime < 2) return;
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    let best = 0;
    for (let i = 1; i < levels.length; ++i)
        if (levels[i] > levels[best]) best = i;
    tell("hertz", best * context.sampleRate / analyser.fftSize);
    tell("time", player.currentTime);
}, 300);
// A header of its own makes the browser ask first (OPTIONS).
fetch(stream, {headers: {"Icy-MetaData": "1"}}).then(async response => {
    tell("metaint", response.headers.get("icy-metaint"));
    tell("name", response.headers.get("icy-name"));
    const reader = response.body.getReader();
    let bytes = 0;
    while (bytes < 20000) bytes += (await reader.read()).value.length;
    reader.cancel();
    tell("bytes", bytes);
}).catch(error => tell("error", error));
fetch(stream.replace("/stream", "/status-json.xsl")).then(answer => answer.json())
    .then(json => tell("title", json.icestats.source.title)).catch(error => tell("error", error));
</script></body></html>)";

} // namespace

class TestBrowser : public QObject
{
    Q_OBJECT

    Sandbox m_sandbox;
    RunningStation m_station{m_sandbox};

    /// Until the page has reported `key`; with the browser's own words otherwise.
    static bool waitFor(const PageServer &server, const QString &key)
    {
        return waitUntil([&] { return server.reports().contains(key); }, 45'000);
    }

    std::unique_ptr<QProcess> browse(const QString &address) const
    {
        return m_sandbox.start(
            u"chromium"_s, {u"--headless=new"_s, u"--no-sandbox"_s, u"--disable-gpu"_s, u"--no-first-run"_s,
                            u"--disable-dev-shm-usage"_s, u"--disable-background-networking"_s,
                            u"--autoplay-policy=no-user-gesture-required"_s,
                            u"--user-data-dir="_s + m_sandbox.path(u"chromium"_s), address});
    }

private slots:
    void initTestCase() { QVERIFY(m_station.start()); }

    void chromiumPlaysFromAnotherOrigin()
    {
        QByteArray text = page;
        text.replace("STREAM", m_station.streamUrl().toLatin1());
        const PageServer server(text);
        const auto browser = browse(u"http://127.0.0.1:%1/"_s.arg(server.serverPort()));
        QVERIFY2(waitFor(server, u"time"_s),
                 server.reports().value(u"error"_s).toUtf8() + browser->readAllStandardError().right(2000));
        QVERIFY(waitFor(server, u"bytes"_s));
        QVERIFY(waitFor(server, u"title"_s));
        QCOMPARE(server.reports().value(u"error"_s), QString());
        // The first tone is 200 Hz; the analyser's grid is 3 Hz wide.
        QVERIFY2(qAbs(server.reports().value(u"hertz"_s).toDouble() - 200) < 6,
                 qPrintable(server.reports().value(u"hertz"_s)));
        QCOMPARE(server.reports().value(u"metaint"_s), u"16000"_s);
        QCOMPARE(server.reports().value(u"name"_s), u"Cycast Radio"_s);
        QVERIFY(!server.reports().value(u"title"_s).isEmpty());
        browser->terminate();
        QVERIFY(waitUntil([&] { return browser->state() == QProcess::NotRunning; }, 20'000));
        QTRY_COMPARE(m_station.status()[u"listeners"_s].toInt(-1), 0);
    }
};

QTEST_GUILESS_MAIN(TestBrowser)
#include "tst_browser.moc"
