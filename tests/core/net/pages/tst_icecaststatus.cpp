// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/pages/icecaststatus.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QXmlStreamReader>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

QJsonObject parsed(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        qWarning() << error.errorString() << json;
    return document.object();
}

/// Text of every element by its name, the last one of each; "fault" when it is no XML.
QHash<QString, QString> elements(const QByteArray &xml)
{
    QHash<QString, QString> result;
    QXmlStreamReader reader(xml);
    QString text;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement()) {
            text.clear();
            for (const auto &attribute : reader.attributes())
                result.insert(u"%1@%2"_s.arg(reader.name(), attribute.name()), attribute.value().toString());
        }
        if (reader.isCharacters())
            text += reader.text();
        if (reader.isEndElement())
            result.insert(reader.name().toString(), std::exchange(text, {}));
    }
    if (reader.hasError())
        result.insert(u"fault"_s, reader.errorString());
    return result;
}

const QDateTime now(QDate(2026, 11, 22), QTime(20, 0), Qt::OffsetFromUTC, 5400);
const StationDescription station = {u"Cycast Radio"_s,          u"From the kitchen"_s, u"Trip hop"_s,
                                    u"http://radio.example/"_s, u"/stream"_s,          "audio/mpeg"};

StationStatus onAir()
{
    StationStatus status;
    status.state = AirState::OnAir;
    status.current = {7, u"J\u00f3ga"_s, u"Bj\u00f6rk"_s, {}, 305'000};
    status.onAirMs = 3'600'000;
    status.bitrateKbps = 128;
    status.listeners = 42;
    status.listenersPeak = 57;
    status.source = {true, u"192.0.2.77"_s, u"Mixxx 2.4"_s, {}, 1000, 5000, 0.0, 0.0};
    return status;
}

IcecastServer serverOf(const StationStatus &status, const StationDescription &description = station)
{
    IcecastServer server = icecastServer(status, description, "http://radio.example:8001", now);
    for (IcecastSource &source : server.sources) {
        source.sampleRate = 44100;
        source.channels = 2;
    }
    return server;
}

const QStringList oddTexts = {
    QString(),
    u"\"quotes\" and \\ backslash"_s,
    u"</source><script>alert(1)</script>"_s,
    u"]]>&amp;&#0;"_s,
    QString(QChar(u'\0')) + u"a\x01\x1b\x7f\u0085\n\r\t"_s,
    QString(QChar(0xD800)) + u"lone"_s,
    u"lone"_s + QChar(0xDC00),
    QString(QChar(0xFFFE)) + QChar(0xFFFF),
    u"12345"_s,
    u"true"_s,
    u"\u202Egnp.exe\u2028"_s,
    QString(5000, u'\u5C71'),
    u"{{name}} %1 $x"_s,
};

} // namespace

class TestIcecastStatus : public QObject
{
    Q_OBJECT

private slots:
    void oneSourceIsAnObject()
    {
        const QJsonObject stats = parsed(icecastStatusJson(serverOf(onAir())))[u"icestats"_s].toObject();
        for (const char *key :
             {"admin", "host", "location", "server_id", "server_start", "server_start_iso8601"})
            QVERIFY2(stats[QLatin1StringView(key)].isString(), key);
        QCOMPARE(stats[u"host"_s].toString(), u"radio.example"_s);
        QCOMPARE(stats[u"server_start"_s].toString(), u"Sun, 22 Nov 2026 19:00:00 +0130"_s);
        QCOMPARE(stats[u"server_start_iso8601"_s].toString(), u"2026-11-22T19:00:00+0130"_s);
        QVERIFY(stats[u"source"_s].isObject());
        const QJsonObject source = stats[u"source"_s].toObject();
        // What a real Icecast 2.4.4 shows of a libshout source, key for key.
        const QStringList keys = {u"audio_info"_s,
                                  u"bitrate"_s,
                                  u"channels"_s,
                                  u"dummy"_s,
                                  u"genre"_s,
                                  u"listener_peak"_s,
                                  u"listeners"_s,
                                  u"listenurl"_s,
                                  u"samplerate"_s,
                                  u"server_description"_s,
                                  u"server_name"_s,
                                  u"server_type"_s,
                                  u"server_url"_s,
                                  u"stream_start"_s,
                                  u"stream_start_iso8601"_s,
                                  u"title"_s};
        QCOMPARE(source.keys(), keys);
        QVERIFY(source[u"dummy"_s].isNull());
        QCOMPARE(source[u"title"_s].toString(), u"Bj\u00f6rk - J\u00f3ga"_s);
        QCOMPARE(source[u"listenurl"_s].toString(), u"http://radio.example:8001/stream"_s);
        QCOMPARE(source[u"audio_info"_s].toString(), u"bitrate=128;channels=2;samplerate=44100"_s);
        QCOMPARE(source[u"bitrate"_s].toInt(), 128);
        QCOMPARE(source[u"listeners"_s].toInt(), 42);
        QCOMPARE(source[u"listener_peak"_s].toInt(), 57);
        QCOMPARE(source[u"server_type"_s].toString(), u"audio/mpeg"_s);
    }

    void severalSourcesAreAListAndNoneIsAbsent()
    {
        IcecastServer server = serverOf(onAir());
        server.sources.append(server.sources.constFirst());
        server.sources.last().mount = u"/low"_s;
        const QJsonValue list = parsed(icecastStatusJson(server))[u"icestats"_s][u"source"_s];
        QVERIFY(list.isArray());
        QCOMPARE(list.toArray().size(), 2);
        QVERIFY(list[1].isObject());
        const QJsonObject none =
            parsed(icecastStatusJson(serverOf(StationStatus())))[u"icestats"_s].toObject();
        QVERIFY(!none.isEmpty());
        QVERIFY(!none.contains(u"source"_s));
        QVERIFY(!elements(icecastStatsXml(serverOf(StationStatus()))).contains(u"source@mount"_s));
        QVERIFY(shoutcastSevenHtml(serverOf(StationStatus())).contains("<body>0,0,0,0,0,0,</body>"));
    }

    void oggKeepsArtistAndTitleApart()
    {
        StationDescription ogg = station;
        ogg.contentType = "application/ogg";
        const QJsonValue source =
            parsed(icecastStatusJson(serverOf(onAir(), ogg)))[u"icestats"_s][u"source"_s];
        QCOMPARE(source[u"artist"_s].toString(), u"Bj\u00f6rk"_s);
        QCOMPARE(source[u"title"_s].toString(), u"J\u00f3ga"_s);
        QVERIFY(shoutcastSevenHtml(serverOf(onAir(), ogg)).contains("Bj\u00f6rk - J\u00f3ga"));
    }

    void oddTextsAreStillValid()
    {
        for (const QString &text : oddTexts) {
            StationStatus status = onAir();
            status.current.title = text;
            status.current.artist = text;
            status.source.program = text;
            status.source.address = text;
            const StationDescription odd = {text, text, text, text, u"/stream"_s, "audio/mpeg"};
            const IcecastServer server = serverOf(status, odd);
            const QJsonObject json = parsed(icecastStatusJson(server));
            QVERIFY(json[u"icestats"_s][u"source"_s][u"title"_s].isString());
            QVERIFY(json[u"icestats"_s][u"source"_s][u"server_name"_s].isString());
            QVERIFY(parsed(shoutcastStatsJson(server, now))[u"songtitle"_s].isString());
            IcecastListener listener{{5, text, text, text, now}, text, 7};
            for (const QByteArray &xml :
                 {icecastStatsXml(server), icecastMountsXml(server, now), shoutcastStatsXml(server, now),
                  icecastClientsXml(u"/a&\"b"_s, {listener, listener}), icecastResponseXml(text, true)}) {
                const auto found = elements(xml);
                QVERIFY2(!found.contains(u"fault"_s), qPrintable(found[u"fault"_s]));
                QVERIFY(!found.contains(u"script"_s));
            }
            const QByteArray seven = shoutcastSevenHtml(server);
            QVERIFY(!seven.contains("<script"));
            QCOMPARE(seven.count("<body>"), 1);
        }
    }

    void xmlTellsWhatIcecastTells()
    {
        const auto stats = elements(icecastStatsXml(serverOf(onAir())));
        for (const char *key : {"admin",
                                "clients",
                                "host",
                                "listeners",
                                "location",
                                "server_id",
                                "server_start",
                                "server_start_iso8601",
                                "sources",
                                "source@mount",
                                "audio_info",
                                "bitrate",
                                "genre",
                                "listener_peak",
                                "listenurl",
                                "max_listeners",
                                "public",
                                "server_description",
                                "server_name",
                                "server_type",
                                "server_url",
                                "slow_listeners",
                                "source_ip",
                                "stream_start",
                                "title",
                                "total_bytes_read",
                                "total_bytes_sent",
                                "user_agent"})
            QVERIFY2(stats.contains(QLatin1StringView(key)), key);
        QCOMPARE(stats[u"max_listeners"_s], u"unlimited"_s);
        QCOMPARE(stats[u"source_ip"_s], u"192.0.2.77"_s);
        QCOMPARE(stats[u"sources"_s], u"1"_s);
        const auto clients = elements(icecastClientsXml(
            u"/stream"_s, {{{27, u"192.0.2.9"_s, u"VLC 3"_s, {}, now}, u"VLC/3.0.24 LibVLC"_s, 14}}));
        QCOMPARE(clients[u"source@mount"_s], u"/stream"_s);
        QCOMPARE(clients[u"Listeners"_s], u"1"_s);
        QCOMPARE(clients[u"listener@id"_s], u"27"_s);
        QCOMPARE(clients[u"ID"_s], u"27"_s);
        QCOMPARE(clients[u"IP"_s], u"192.0.2.9"_s);
        QCOMPARE(clients[u"UserAgent"_s], u"VLC/3.0.24 LibVLC"_s);
        QCOMPARE(clients[u"Connected"_s], u"14"_s);
        const auto answer = elements(icecastResponseXml(u"Client 27 removed"_s, true));
        QCOMPARE(answer[u"message"_s], u"Client 27 removed"_s);
        QCOMPARE(answer[u"return"_s], u"1"_s);
    }

    void shoutcastPages()
    {
        IcecastServer server = serverOf(onAir());
        server.uniqueListeners = 40;
        server.sources.first().maxListeners = 100;
        const QByteArray seven = shoutcastSevenHtml(server);
        QVERIFY2(seven.contains("<body>42,1,57,100,40,128,Bj\u00f6rk - J\u00f3ga</body>"), seven);
        const auto xml = elements(shoutcastStatsXml(server, now));
        QCOMPARE(xml[u"CURRENTLISTENERS"_s], u"42"_s);
        QCOMPARE(xml[u"STREAMSTATUS"_s], u"1"_s);
        QCOMPARE(xml[u"SONGTITLE"_s], u"Bj\u00f6rk - J\u00f3ga"_s);
        QCOMPARE(xml[u"STREAMUPTIME"_s], u"3600"_s);
        const QJsonObject json = parsed(shoutcastStatsJson(server, now));
        QCOMPARE(json[u"currentlisteners"_s].toInt(), 42);
        QCOMPARE(json[u"streamuptime"_s].toInt(), 3600);
    }
};

QTEST_GUILESS_MAIN(TestIcecastStatus)
#include "tst_icecaststatus.moc"
