// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/pages/statusapi.h"

#include "core/net/http/jsonwriter.h"
#include "core/net/pages/metrics.h"
#include "core/net/stream/streamlinks.h"
#include "tests/support/computing.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QXmlStreamReader>

#include <limits>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestStatusApi : public QObject
{
    Q_OBJECT

private slots:
    void statusHasAllKeys();
    void aLengthThatNobodyKnowsIsNull();
    void statusSaysWhoCanListen();
    void statusOfAPlaylist();
    void historyIsNewestFirst();
    void hostileTextsStayData_data();
    void hostileTextsStayData();
    void statsHasAllKeys();
    void metricsAreWellFormed();
    void twentyThousandListeners();
    void numbers_data();
    void numbers();
    void uptimes();
    void playlists();
    void hostilePlaylists();
    void onlyWebAddressesAreLinks();
};

namespace
{

QJsonObject parsed(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        qWarning() << error.errorString() << error.offset << json.mid(std::max(0, error.offset - 40), 80);
    return document.object();
}

StationStatus liveStatus()
{
    StationStatus status;
    status.state = AirState::OnAir;
    status.heard = ProgrammeKind::Live;
    status.current = {7, u"J\u00f3ga"_s, u"Bj\u00f6rk"_s, u"Homogenic"_s, 305'000};
    status.positionMs = 116'500;
    status.next = {8, u"Teardrop"_s, u"Massive Attack"_s, {}, 330'000};
    status.onAirMs = 86'400'900;
    status.bitrateKbps = 128;
    status.listeners = 42;
    status.listenersPeak = 57;
    status.stalledListeners = 1;
    status.totalBytesSent = 9'000'000'000'000;
    status.buffer = {20'971'520, 5'242'880, 15'728'640, 25.0, 327.68};
    status.source = {true, u"192.0.2.77"_s, u"Mixxx 2.4"_s, u"Friday show"_s, 1000, 5000, 0.0, 0.0};
    status.cpuPercent = 0.63;
    status.memoryBytes = 60'000'000;
    status.descriptors = 213;
    status.descriptorLimit = 1'048'576;
    return status;
}

const StationDescription station = {u"Cycast Radio"_s,          u"From the kitchen"_s, u"Trip hop"_s,
                                    u"http://radio.example/"_s, u"/stream"_s,          "audio/mpeg"};

} // namespace

void TestStatusApi::aLengthThatNobodyKnowsIsNull()
{
    StationStatus status = liveStatus();
    status.next.durationMs = 0;
    const QJsonObject object = parsed(statusJson(status, station));
    QVERIFY(object["next"_L1].toObject().contains("duration_seconds"_L1));
    QVERIFY(object["next"_L1]["duration_seconds"_L1].isNull());
}

void TestStatusApi::statusHasAllKeys()
{
    const QByteArray json = statusJson(liveStatus(), station);
    const QJsonObject object = parsed(json);
    QCOMPARE(object["source_connected"_L1].toBool(), true);
    QCOMPARE(object["source_status"_L1].toString(), u"Connected"_s);
    QCOMPARE(object["metadata"_L1]["title"_L1].toString(), u"J\u00f3ga"_s);
    QCOMPARE(object["metadata"_L1]["artist"_L1].toString(), u"Bj\u00f6rk"_s);
    QCOMPARE(object["listeners"_L1].toInt(), 42);
    QCOMPARE(object["uptime_seconds"_L1].toInt(), 86'400);
    QCOMPARE(object["uptime_formatted"_L1].toString(), u"24h 0m"_s);
    QCOMPARE(object["station_name"_L1].toString(), u"Cycast Radio"_s);
    QCOMPARE(object["station_genre"_L1].toString(), u"Trip hop"_s);

    QCOMPARE(object["on_air"_L1].toBool(), true);
    QCOMPARE(object["heard"_L1].toString(), u"live"_s);
    QCOMPARE(object["track"_L1]["album"_L1].toString(), u"Homogenic"_s);
    QCOMPARE(object["track"_L1]["duration_seconds"_L1].toDouble(), 305.0);
    QCOMPARE(object["track"_L1]["position_seconds"_L1].toDouble(), 116.5);
    QCOMPARE(object["next"_L1]["title"_L1].toString(), u"Teardrop"_s);
    QCOMPARE(object["next"_L1]["duration_seconds"_L1].toDouble(), 330.0);
    QCOMPARE(object["source"_L1]["program"_L1].toString(), u"Mixxx 2.4"_s);
    QCOMPARE(object["bitrate_kbps"_L1].toInt(), 128);
    QCOMPARE(object["listener_peak"_L1].toInt(), 57);
    QCOMPARE(object["stalled"_L1].toInt(), 1);
    QCOMPARE(object["buffer_seconds"_L1].toDouble(), 327.7);
    QCOMPARE(object["cpu_percent"_L1].toDouble(), 0.6);
    QCOMPARE(object["memory_bytes"_L1].toInteger(), 60'000'000);
    QCOMPARE(object["descriptors"_L1].toInteger(), 213);
    QCOMPARE(object["descriptor_limit"_L1].toInteger(), 1'048'576);
    QCOMPARE(object["version"_L1].toString(), QStringLiteral(CYCAST_VERSION));
    QVERIFY2(!json.contains("192.0.2.77"), "nobody's address is public");
}

void TestStatusApi::statusSaysWhoCanListen()
{
    StationStatus status = liveStatus();
    QJsonObject object = parsed(statusJson(status, station));
    QCOMPARE(object["reachable"_L1].toString(), u"unknown"_s);
    QVERIFY(object.contains("mapping"_L1) && object["mapping"_L1].isNull());
    status.reach.scope = ReachScope::Everywhere;
    status.reach.mapping = {u"PCP"_s, u"5.6.7.8"_s, 8002, u"192.168.77.2"_s, 8001, 3'600};
    const QByteArray json = statusJson(status, station);
    object = parsed(json);
    QCOMPARE(object["reachable"_L1].toString(), u"everywhere"_s);
    QCOMPARE(object["mapping"_L1]["protocol"_L1].toString(), u"PCP"_s);
    QCOMPARE(object["mapping"_L1]["address"_L1].toString(), u"5.6.7.8"_s);
    QCOMPARE(object["mapping"_L1]["port"_L1].toInt(), 8002);
    QCOMPARE(object["mapping"_L1]["lease_seconds"_L1].toInt(), 3'600);
    QVERIFY2(!json.contains("192.168.77.2"), "the home network is nobody's business");
    status.reach.mapping = {};
    status.reach.scope = ReachScope::Ipv6Only;
    status.reach.pinhole = {u"UPnP"_s, u"2a01:db7::2"_s, 8001, u"2a01:db7::2"_s, 8001, 0};
    object = parsed(statusJson(status, station));
    QCOMPARE(object["reachable"_L1].toString(), u"ipv6"_s);
    QCOMPARE(object["mapping"_L1]["address"_L1].toString(), u"2a01:db7::2"_s);
    status.reach.scope = ReachScope::Home;
    QCOMPARE(parsed(statusJson(status, station))["reachable"_L1].toString(), u"home"_s);
}

void TestStatusApi::statusOfAPlaylist()
{
    const QJsonObject object = parsed(statusJson({}, {}));
    QCOMPARE(object["source_connected"_L1], QJsonValue(false));
    QCOMPARE(object["source_status"_L1].toString(), u"Playlist Fallback"_s);
    QCOMPARE(object["on_air"_L1], QJsonValue(false));
    QCOMPARE(object["metadata"_L1]["title"_L1], QJsonValue(QString::fromLatin1("")));
    QCOMPARE(object["uptime_formatted"_L1].toString(), u"0h 0m"_s);
}

void TestStatusApi::historyIsNewestFirst()
{
    QCOMPARE(parsed(statusJson(liveStatus(), station))[u"history"_s], QJsonValue(QJsonArray()));
    StationStatus status = liveStatus();
    status.history = {
        {{1, u"Second"_s, u"B \"q\""_s, {}, 0}, QDateTime(QDate(2026, 5, 1), QTime(12, 5), Qt::UTC)},
        {{2, u"First"_s, {}, {}, 0}, QDateTime(QDate(2026, 5, 1), QTime(12, 0), Qt::OffsetFromUTC, 7200)}};
    const QJsonArray history = parsed(statusJson(status, station))[u"history"_s].toArray();
    QCOMPARE(history.size(), 2);
    QCOMPARE(history[0][u"title"_s].toString(), u"Second"_s);
    QCOMPARE(history[0][u"artist"_s].toString(), u"B \"q\""_s);
    QCOMPARE(QDateTime::fromString(history[0][u"started_at"_s].toString(), Qt::ISODate).toSecsSinceEpoch(),
             status.history[0].startedAt.toSecsSinceEpoch());
    QCOMPARE(history[1][u"started_at"_s].toString(), u"2026-05-01T12:00:00+02:00"_s);
}

void TestStatusApi::hostileTextsStayData_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("quotes") << u"\",\"listeners\":0,\"x\":\""_s;
    QTest::newRow("backslash at the end") << u"a\\"_s;
    QTest::newRow("controls") << u"\u0000\u0001\r\n\u001b\u007f\u0085\u2028"_s;
    QTest::newRow("script") << u"</script><script>alert(1)</script>"_s;
    QTest::newRow("half a pair") << u"a"_s + QChar(0xd800);
    QTest::newRow("long") << QString(100'000, QLatin1Char('"'));
}

void TestStatusApi::hostileTextsStayData()
{
    QFETCH(QString, text);
    StationStatus status = liveStatus();
    status.current.title = status.current.artist = status.next.title = status.source.program = text;
    StationDescription names = station;
    names.name = names.genre = names.description = text;
    const QByteArray json = statusJson(status, names);
    const QJsonObject object = parsed(json);
    QCOMPARE(object["metadata"_L1]["title"_L1].toString(), text);
    QCOMPARE(object["next"_L1]["title"_L1].toString(), text);
    QCOMPARE(object["source"_L1]["program"_L1].toString(), text);
    QCOMPARE(object["station_name"_L1].toString(), text);
    QCOMPARE(object["listeners"_L1].toInt(), 42);
    QVERIFY(!json.contains("</"));
}

void TestStatusApi::statsHasAllKeys()
{
    const QList<ListenerFigures> figures = {{17, 40'123'456, 0.04F, 0, true},
                                            {18, 25'766'901, 18.2F, 3, false}};
    const QJsonObject object = parsed(statsJson(liveStatus(), figures, {2472.25, 1.0}));
    QCOMPARE(object["total_listeners"_L1].toInt(), 2);
    QCOMPARE(object["total_bytes_sent"_L1].toInteger(), 9'000'000'000'000);
    const QJsonArray listeners = object["listeners"_L1].toArray();
    QCOMPARE(listeners.size(), 2);
    const QJsonObject second = listeners.at(1).toObject();
    QCOMPARE(second["id"_L1].toInt(), 18);
    QCOMPARE(second["bytes_sent"_L1].toInteger(), 25'766'901);
    QCOMPARE(second["connected_seconds"_L1].toDouble(), 1.0);
    QCOMPARE(second["active"_L1], QJsonValue(false));
    QCOMPARE(second["behind_seconds"_L1].toDouble(), 18.2);
    QCOMPARE(second["skips"_L1].toInt(), 3);
    const QJsonObject buffer = object["buffer"_L1].toObject();
    QCOMPARE(buffer["available"_L1].toInteger(), 5'242'880);
    QCOMPARE(buffer["space"_L1].toInteger(), 15'728'640);
    QVERIFY(buffer["fill_percentage"_L1].isDouble());
    QCOMPARE(buffer["fill_percentage"_L1].toDouble(), 25.0);

    const QJsonObject empty = parsed(statsJson({}, {}, {}));
    QCOMPARE(empty["listeners"_L1], QJsonValue(QJsonArray()));
    // Fewer times than listeners: still an answer.
    QCOMPARE(parsed(statsJson({}, figures, {}))["listeners"_L1].toArray().size(), 2);
}

void TestStatusApi::metricsAreWellFormed()
{
    QList<ListenerFigures> figures(5);
    const float lags[] = {0.0F, 0.25F, 3.0F, 3.0F, 1e6F};
    for (qsizetype i = 0; i < figures.size(); ++i)
        figures[i].behindSeconds = lags[i];
    StationDescription odd = station;
    odd.mount = u"/a\"b\\c\n"_s;
    const QByteArray text = metricsText(liveStatus(), odd, figures, {3, 1.5});
    static const QRegularExpression sample(
        u"^[a-z_]+(\\{[a-z]+=\"([^\"\\\\]|\\\\.)*\"(,[a-z]+=\"[^\"]*\")*\\})? [-+0-9.e]+$"_s);
    QSet<QByteArray> typed;
    QVERIFY(text.endsWith('\n'));
    for (const QByteArray &line : text.chopped(1).split('\n')) {
        if (line.startsWith("# TYPE ")) {
            QVERIFY2(!typed.contains(line.split(' ')[2]), line);
            typed.insert(line.split(' ')[2]);
        } else if (!line.startsWith("# HELP ")) {
            QVERIFY2(sample.match(QString::fromUtf8(line)).hasMatch(), line);
        }
    }
    QVERIFY(typed.size() > 10);
    const QByteArray mount = "mount=\"/a\\\"b\\\\c\\n\"";
    for (const QByteArray &line :
         {"cycast_listeners{" + mount + "} 5",
          "cycast_listener_lag_seconds_bucket{" + mount + ",le=\"0.25\"} 2",
          "cycast_listener_lag_seconds_bucket{" + mount + ",le=\"2.5\"} 2",
          "cycast_listener_lag_seconds_bucket{" + mount + ",le=\"5\"} 4",
          "cycast_listener_lag_seconds_bucket{" + mount + ",le=\"600\"} 4",
          "cycast_listener_lag_seconds_bucket{" + mount + ",le=\"+Inf\"} 5",
          "cycast_listener_lag_seconds_count{" + mount + "} 5",
          "cycast_bytes_sent_total{" + mount + "} 9000000000000", QByteArray("cycast_source_connected 1"),
          QByteArray("cycast_underruns_total{cause=\"playlist\"} 3"),
          QByteArray("process_cpu_seconds_total 1.5")})
        QVERIFY2(text.contains('\n' + line + '\n'), line);
    // Nothing about the source or a listener.
    QVERIFY(!text.contains("192.0.2.77"));
}

void TestStatusApi::twentyThousandListeners()
{
    QList<ListenerFigures> figures;
    QList<double> seconds;
    for (quint64 id = 1; id <= 20'000; ++id) {
        figures.append({id, qint64(id) * 1'000'003, float(id) / 7.0F, quint32(id % 5), id % 3 != 0});
        seconds.append(double(id) * 1.37);
    }
    const test::ComputingTime timer;
    const QByteArray json = statsJson(liveStatus(), figures, seconds);
    const qint64 elapsedMs = timer.elapsed();
    qInfo() << json.size() << "bytes in" << elapsedMs << "ms";
    QVERIFY(elapsedMs < test::computingMs(500)); // a few milliseconds; nothing quadratic
    const QJsonArray listeners = parsed(json)["listeners"_L1].toArray();
    QCOMPARE(listeners.size(), 20'000);
    QSet<qint64> ids;
    for (const QJsonValue &listener : listeners)
        ids.insert(listener["id"_L1].toInteger());
    QCOMPARE(ids.size(), 20'000);
    QCOMPARE(listeners.last()["bytes_sent"_L1].toInteger(), 20'000LL * 1'000'003);
}

void TestStatusApi::numbers_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("decimals");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("whole") << 3.0 << 2 << QByteArray("3");
    QTest::newRow("tenths") << 0.25 << 1 << QByteArray("0.3");
    QTest::newRow("leading zero") << 1.05 << 2 << QByteArray("1.05");
    QTest::newRow("trailing zero goes") << 1.50 << 2 << QByteArray("1.5");
    QTest::newRow("negative") << -0.5 << 1 << QByteArray("-0.5");
    QTest::newRow("rounds to zero") << -0.01 << 1 << QByteArray("0");
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << 1 << QByteArray("0");
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << 1 << QByteArray("0");
    QTest::newRow("too large") << 1e300 << 1 << QByteArray("0");
}

void TestStatusApi::numbers()
{
    QFETCH(double, value);
    QFETCH(int, decimals);
    QFETCH(QByteArray, expected);
    JsonWriter json;
    json.beginObject();
    json.number("n", value, decimals);
    json.endObject();
    QCOMPARE(json.bytes(), "{\"n\":" + expected + "}");
}

void TestStatusApi::uptimes()
{
    QCOMPARE(formattedUptime(0), u"0h 0m"_s);
    QCOMPARE(formattedUptime(59), u"0h 0m"_s);
    QCOMPARE(formattedUptime(6'137), u"1h 42m"_s);
    QCOMPARE(formattedUptime(86'400), u"24h 0m"_s);
    QCOMPARE(formattedUptime(360'000'000), u"100000h 0m"_s);
    QCOMPARE(formattedUptime(-5), u"0h 0m"_s);
}

void TestStatusApi::playlists()
{
    const QByteArray base = "http://192.168.1.20:8001";
    QCOMPARE(m3uFor(base, station), QByteArray("http://192.168.1.20:8001/stream\r\n"));
    QCOMPARE(plsFor(base, station),
             QByteArray("[playlist]\r\nNumberOfEntries=1\r\nFile1=http://192.168.1.20:8001/stream\r\n"
                        "Title1=Cycast Radio\r\nLength1=-1\r\nVersion=2\r\n"));
    QXmlStreamReader xml(xspfFor(base, station));
    QString location;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == "location"_L1)
            location = xml.readElementText();
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(location, u"http://192.168.1.20:8001/stream"_s);
    QCOMPARE(m3uFor("http://[fe80::1]:8001/", station), QByteArray("http://[fe80::1]:8001/stream\r\n"));
}

void TestStatusApi::hostilePlaylists()
{
    StationDescription evil = station;
    evil.mount = u"/my str\u00e4m\r\n?#\"<.mp3"_s;
    evil.name = u"a\r\nFile2=http://evil/\u2028b"_s;
    evil.description = u"]]></playlist>\u0001&"_s;
    evil.url = u"javascript:alert(1)"_s;
    const QByteArray base = "http://host:8001\r\nX: <\"'";
    QCOMPARE(m3uFor(base, evil), QByteArray("http://host:8001X:/my%20str%C3%A4m%0D%0A%3F%23%22%3C.mp3\r\n"));
    QCOMPARE(plsFor(base, evil).count('\n'), 6);
    const QByteArray bytes = xspfFor(base, evil);
    QXmlStreamReader xml(bytes);
    while (!xml.atEnd())
        xml.readNext();
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(!bytes.contains("javascript"));
}

void TestStatusApi::onlyWebAddressesAreLinks()
{
    QCOMPARE(webAddress(u" https://radio.example/a?b=c "_s), u"https://radio.example/a?b=c"_s);
    QCOMPARE(webAddress(u"HTTP://radio.example"_s), u"http://radio.example"_s);
    for (const QString &url : {u"javascript:alert(1)"_s, u"data:text/html,x"_s, u"radio.example"_s,
                               u"http://"_s, u"//radio.example"_s, u"ftp://a/b"_s, QString()})
        QVERIFY2(webAddress(url).isEmpty(), qPrintable(url));
}

QTEST_APPLESS_MAIN(TestStatusApi)
#include "tst_statusapi.moc"
