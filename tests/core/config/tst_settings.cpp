// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/presets.h"
#include "core/config/settings.h"
#include "core/config/settingsjson.h"
#include "core/config/similarword.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <cmath>

#include <limits>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

Settings fine()
{
    Settings settings;
    settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
    return settings;
}

QStringList fieldsOf(const QList<SettingsProblem> &problems, bool warnings)
{
    QStringList fields;
    for (const SettingsProblem &problem : problems) {
        if (problem.isWarning == warnings)
            fields += problem.field;
    }
    return fields;
}

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void tableIsComplete()
    {
        QSet<QString> keys;
        for (const SettingField &field : settingFields()) {
            keys += QString::fromLatin1(field.key);
            QVERIFY2(field.label && field.help && field.get && field.set, field.key);
            const Settings defaults;
            QCOMPARE(field.get(defaults).typeId(), int(field.type));
            QCOMPARE(settingField(QString::fromLatin1(field.key)), &field);
            if (field.type == QMetaType::Int || field.type == QMetaType::Double) {
                QVERIFY2(field.minimum < field.maximum, field.key);
                QVERIFY2(field.get(defaults).toDouble() >= field.minimum, field.key);
                QVERIFY2(field.get(defaults).toDouble() <= field.maximum, field.key);
            }
        }
        QCOMPARE(keys.size(), settingFields().size());
        QCOMPARE(keys.size(), 81);
        QCOMPARE(settingField(u"buffer.nothing"), nullptr);
        QVERIFY(settingField(u"server.source_password")->isSecret);
        QVERIFY(settingField(u"advanced.flask_debug")->hasNoEffect);
        QCOMPARE(settingField(u"playlist.after_live")->choices, (QStringList{u"next"_s, u"resume"_s}));
    }

    void changedKeysNamesEachField()
    {
        QCOMPARE(changedKeys(fine(), fine()), QStringList());
        for (const SettingField &field : settingFields()) {
            Settings other = fine();
            switch (field.type) {
            case QMetaType::Int:
                field.set(other, field.get(other).toInt() + 1);
                break;
            case QMetaType::Double:
                field.set(other, field.get(other).toDouble() + 0.5);
                break;
            case QMetaType::Bool:
                field.set(other, !field.get(other).toBool());
                break;
            case QMetaType::QStringList:
                field.set(other, QStringList{u"flac"_s});
                break;
            default:
                field.set(other, u"other"_s);
                break;
            }
            QVERIFY2(other != fine(), field.key);
            QCOMPARE(changedKeys(fine(), other), QStringList{QString::fromLatin1(field.key)});
        }
    }

    void extensionsAreNormalised()
    {
        Settings settings;
        settingField(u"playlist.extensions")->set(settings, QStringList{u"MP3"_s, u".mp3"_s, u" .Ogg "_s});
        QCOMPARE(settings.playlist.extensions, (QStringList{u".mp3"_s, u".ogg"_s}));
    }

    void defaultsLackOnlyThePassword()
    {
        QCOMPARE(validate(fine()), QList<SettingsProblem>());
        QCOMPARE(fieldsOf(validate(Settings()), false), QStringList());
        QCOMPARE(fieldsOf(validate(Settings()), true), QStringList{u"server.source_password"_s});
        QVERIFY(!hasErrors(validate(Settings())));
    }

    void rangesAreKept()
    {
        for (const SettingField &field : settingFields()) {
            if (field.type != QMetaType::Int && field.type != QMetaType::Double)
                continue;
            const double step = field.type == QMetaType::Int ? 1.0 : 0.001;
            for (const auto &[value, valid] :
                 {std::pair(field.minimum, true), std::pair(field.maximum, true),
                  std::pair(field.minimum - step, false), std::pair(field.maximum + step, false)}) {
                Settings settings = fine();
                if (qstrcmp(field.key, "encoder.bitrate_kbps") == 0) {
                    settings.encoder.format = u"opus"_s; // the others have less of a range
                    settings.encoder.sampleRate = 48000;
                }
                field.set(settings, value);
                const QStringList errors = fieldsOf(validate(settings), false);
                QVERIFY2(errors.contains(QString::fromLatin1(field.key)) != valid, field.key);
            }
        }
    }

    void formatsAreChecked()
    {
        const auto problemsOf = [](const QString &format, int kbps, int rate, int channels) {
            Settings settings = fine();
            settings.encoder.format = format;
            settings.encoder.bitrateKbps = kbps;
            settings.encoder.sampleRate = rate;
            settings.encoder.channels = channels;
            return validate(settings);
        };
        QCOMPARE(problemsOf(u"mp3"_s, 320, 48000, 2), QList<SettingsProblem>());
        QCOMPARE(problemsOf(u"mp3"_s, 64, 22050, 1), QList<SettingsProblem>());
        QCOMPARE(problemsOf(u"mp3"_s, 8, 8000, 1), QList<SettingsProblem>());
        QCOMPARE(problemsOf(u"aac"_s, 96, 44100, 2), QList<SettingsProblem>());
        QCOMPARE(problemsOf(u"opus"_s, 510, 48000, 2), QList<SettingsProblem>());
        const auto says = [](const QList<SettingsProblem> &problems, const QString &field,
                             const QString &words) {
            return problems.size() == 1 && problems[0].field == field && !problems[0].isWarning &&
                   problems[0].sentence.contains(words);
        };
        const QString bitrate = u"encoder.bitrate_kbps"_s;
        const QString rate = u"encoder.sample_rate"_s;
        QVERIFY(says(problemsOf(u"mp3"_s, 130, 44100, 2), bitrate, u"128, 160"_s));
        QVERIFY(says(problemsOf(u"mp3"_s, 320, 22050, 2), bitrate, u"at 22050 Hz"_s));
        QVERIFY(says(problemsOf(u"mp3"_s, 128, 8000, 1), bitrate, u"48, 56, 64 kbit/s"_s));
        QVERIFY(says(problemsOf(u"mp3"_s, 128, 44000, 2), rate, u"44100"_s));
        QVERIFY(says(problemsOf(u"opus"_s, 96, 44100, 2), rate, u"the only rate of Opus"_s));
        QVERIFY(says(problemsOf(u"opus"_s, 300, 48000, 1), bitrate, u"at most 256"_s));
        QVERIFY(says(problemsOf(u"aac"_s, 320, 16000, 2), bitrate, u"at most 187"_s));
        QVERIFY(says(problemsOf(u"flac"_s, 128, 44100, 2), u"encoder.format"_s, u"\"mp3\" or \"aac\""_s));
    }

    void numbersAreFinite()
    {
        for (const double value :
             {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
            Settings settings = fine();
            settings.broadcaster.sleepLow = value;
            QCOMPARE(fieldsOf(validate(settings), false), QStringList{u"broadcaster.sleep_low"_s});
        }
    }

    void textsAreChecked_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("valid");
        const auto row = [](const char *key, const QString &text, bool valid) {
            QTest::addRow("%s %s", key, qPrintable(text)) << QString::fromLatin1(key) << text << valid;
        };
        for (const auto &host : {u"0.0.0.0"_s, u"::"_s, u"fe80::1%eth0"_s, u"my-host.lan"_s})
            row("server.host", host, true);
        for (const auto &host : {u""_s, u"http://x"_s, u"a b"_s, u"1.2.3.4/24"_s})
            row("server.host", host, false);
        for (const auto &mount : {u"/stream"_s, u"/a/b.mp3"_s, u"/apiary"_s, u"/Live-1_2"_s})
            row("server.mount_point", mount, true);
        for (const auto &mount :
             {u""_s, u"/"_s, u"stream"_s, u"/my stream"_s, u"/a?b"_s, u"/a#b"_s, u"/a&b"_s, u"/a\nb"_s,
              u"/api"_s, u"/api/x"_s, u"/admin"_s, u"/admin/metadata"_s, u"/admin.cgi"_s, u"/a/../b"_s})
            row("server.mount_point", mount, false);
        for (const auto &url : {u""_s, u"http://example.org"_s, u"https://example.org/x?y=1"_s})
            row("metadata.station_url", url, true);
        for (const auto &url :
             {u"example.org"_s, u"ftp://example.org"_s, u"javascript:alert(1)"_s, u"http://"_s})
            row("metadata.station_url", url, false);
        row("metadata.station_name", u""_s, true);
        row("metadata.station_name", u"Grüße \U0001F600"_s, true);
        row("metadata.station_name", u"a\tb"_s, false);
        row("metadata.station_name", u"a\u0085b"_s, false);
        row("metadata.station_description", QString(2000, 'x'_L1), false);
        row("playlist.directory", u"C:\\music"_s, true);
        row("playlist.directory", u"C:\\music\new"_s, false);
        row("playlist.directory", u" "_s, false);
        row("playlist.after_live", u"resume"_s, true);
        row("playlist.after_live", u"later"_s, false);
        row("recording.split", u"track"_s, true);
        row("recording.split", u"day"_s, false);
        row("recording.directory", u""_s, true);
        row("server.source_password", u"a b:c"_s, true);
        row("server.source_password", u""_s, true);
        row("server.admin_password", u""_s, true);
        row("server.admin_password", u"hackme"_s, false);
        row("server.admin_from", u"anywhere"_s, true);
        row("server.admin_from", u"everywhere"_s, false);
        row("server.tls_certificate", u"tls/chain.pem"_s, true);
        row("server.tls_key", u"key.pem"_s, false); // without a certificate
        row("server.tls_second_certificate", u"rsa.pem"_s, false);
        row("server.tls_second_key", u"rsa.key"_s, false);
        row("advanced.cpus", u""_s, true);
        row("advanced.cpus", u"0"_s, true);
        row("advanced.cpus", u"0,2-3, 7"_s, true);
        row("advanced.cpus", u"3-2"_s, false);
        row("advanced.cpus", u"1,,2"_s, false);
        row("advanced.cpus", u"all"_s, false);
        row("advanced.cpus", u"-1"_s, false);
        row("advanced.cpus", u"5000"_s, false);
        row("server.source_password", u"a\nb"_s, false);
    }

    void textsAreChecked()
    {
        QFETCH(QString, key);
        QFETCH(QString, text);
        QFETCH(bool, valid);
        Settings settings = fine();
        settingField(key)->set(settings, text);
        const auto problems = validate(settings);
        QCOMPARE(fieldsOf(problems, false), valid ? QStringList() : QStringList{key});
        if (!valid)
            QVERIFY2(problems.first().sentence.english().startsWith(key),
                     qPrintable(problems.first().sentence));
    }

    void backslashesAreExplained()
    {
        Settings settings = fine();
        settings.playlist.directory = u"C:\\music\new"_s;
        const QString sentence = validate(settings).first().sentence;
        QVERIFY2(sentence.contains(u"write it twice"_s) && sentence.contains(u"Cycast"_s),
                 qPrintable(sentence));
    }

    void extensionsAreChecked()
    {
        for (const QStringList &extensions : {QStringList(), QStringList{u"."_s}, QStringList{u""_s},
                                              QStringList{u"a/b"_s}, QStringList{u".m p3"_s}}) {
            Settings settings = fine();
            settingField(u"playlist.extensions")->set(settings, extensions);
            QCOMPARE(fieldsOf(validate(settings), false), QStringList{u"playlist.extensions"_s});
        }
    }

    void listsOfAccessAreChecked_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QStringList>("list");
        QTest::addColumn<bool>("valid");
        const auto row = [](const char *name, const char *key, const QStringList &list, bool valid) {
            QTest::newRow(name) << QString::fromLatin1(key) << list << valid;
        };
        row("no proxy", "server.trusted_proxies", {}, true);
        row("proxies", "server.trusted_proxies",
            {u"127.0.0.1"_s, u"::1"_s, u"10.0.0.0/8"_s, u"fd00::/8"_s, u"::ffff:10.0.0.1"_s}, true);
        for (const auto &proxy : {u""_s, u"localhost"_s, u"1.2.3"_s, u"1.2.3.256"_s, u"1.2.3.4/33"_s,
                                  u"fd00::/129"_s, u"1.2.3.4/"_s, u"1.2.3.4/-1"_s, u"a:b"_s, u"::g"_s})
            row(qPrintable(u"proxy "_s + proxy), "server.trusted_proxies", {u"127.0.0.1"_s, proxy}, false);
        row("nobody more", "server.more_sources", {}, true);
        row("two more", "server.more_sources", {u"anna:blue river"_s, u"ben:a:b"_s}, true);
        for (const auto &more : {u""_s, u"anna"_s, u":secret"_s, u"anna:"_s, u"source:secret"_s,
                                 u"admin:secret"_s, u"zoe:secret"_s, u"anna:hackme"_s, u"anna:a\nb"_s})
            row(qPrintable(u"more "_s + more.simplified()), "server.more_sources", {u"zoe:first"_s, more},
                false);
    }

    void listsOfAccessAreChecked()
    {
        QFETCH(QString, key);
        QFETCH(QStringList, list);
        QFETCH(bool, valid);
        Settings settings = fine();
        settingField(key)->set(settings, list);
        const auto problems = validate(settings);
        QCOMPARE(fieldsOf(problems, false), valid ? QStringList() : QStringList{key});
        if (!valid)
            QVERIFY2(!problems.first().sentence.contains(u"secret"_s), qPrintable(problems.first().sentence));
    }

    void sameAdminPasswordIsAWarning()
    {
        Settings settings = fine();
        settings.server.adminPassword = settings.server.sourcePassword;
        QCOMPARE(fieldsOf(validate(settings), true), QStringList{u"server.admin_password"_s});
        QVERIFY(!hasErrors(validate(settings)));
    }

    void portsDiffer()
    {
        Settings settings = fine();
        settings.server.listenPort = settings.server.sourcePort;
        QCOMPARE(fieldsOf(validate(settings), false), QStringList{u"server.listen_port"_s});
        settings.server.listenPort = settings.server.sourcePort = 0;
        QCOMPARE(fieldsOf(validate(settings), false).size(), 2);
        QCOMPARE(fieldsOf(validate(settings, PortRule::AnyAllowed), false), QStringList());
        settings.buffer.sizeMb = 0;
        QCOMPARE(fieldsOf(validate(settings, PortRule::AnyAllowed), false), QStringList{u"buffer.size_mb"_s});
    }

    void hackmeStaysAtHome_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("accepted");
        for (const char *host : {"127.0.0.1", "127.1.2.3", "::1", "localhost", "LocalHost"})
            QTest::newRow(host) << QString::fromLatin1(host) << true;
        for (const char *host : {"0.0.0.0", "::", "192.168.1.20", "127.0.0.1.example.org", "127.0.0",
                                 "127.0.0.256", "localhost.example.org", "128.0.0.1"})
            QTest::newRow(host) << QString::fromLatin1(host) << false;
    }

    void hackmeStaysAtHome()
    {
        QFETCH(QString, host);
        QFETCH(bool, accepted);
        Settings settings = fine();
        settings.server.host = host;
        settings.server.sourcePassword = u"hackme"_s;
        const auto problems = validate(settings);
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.first().field, u"server.source_password"_s);
        QCOMPARE(problems.first().isWarning, accepted);
        QCOMPARE(hasErrors(problems), !accepted);
    }

    void formulasAreTheGuides()
    {
        Settings settings;
        const QList<std::pair<int, int>> cushions = {{1, 0}, {20, 0}, {30, 200}, {50, 600}, {100, 1600}};
        for (const auto &[mb, ms] : cushions) {
            settings.buffer.sizeMb = mb;
            QCOMPARE(liveCushionMs(settings), ms);
        }
        settings.buffer.liveCushionMs = 0;
        QCOMPARE(liveCushionMs(settings), 0);

        const QList<std::pair<int, int>> deadlines = {
            {4096, 50}, {8192, 100}, {16384, 200}, {32768, 400}, {65536, 500}};
        for (const auto &[chunk, ms] : deadlines)
            QCOMPARE(chunkDeadlineMs(chunk), ms);

        QCOMPARE(burstBytes(settings), 65536);
        settings.broadcaster.burstSize = 0;
        QCOMPARE(burstBytes(settings), 0);

        QCOMPARE(qRound(bufferSeconds(10 * 1024 * 1024, 128)), 655);
        QCOMPARE(qRound(bufferSeconds(20 * 1024 * 1024, 128)), 1311);
        QCOMPARE(qRound(bufferSeconds(50 * 1024 * 1024, 128)), 3277);
        QCOMPARE(bufferSeconds(1000, 0), 0.0);
    }

    void passphrasesAreHardToGuess()
    {
        static const QRegularExpression shape(u"^[a-z]+(-[a-z]+){3}-[0-9]{2}$"_s);
        QSet<QString> seen;
        QSet<QString> words;
        for (int i = 0; i < 5000; ++i) {
            const QString phrase = generatePassphrase();
            QVERIFY2(shape.match(phrase).hasMatch(), qPrintable(phrase));
            seen += phrase;
            for (const QString &word : phrase.split('-'_L1).first(4))
                words += word;
        }
        QCOMPARE(seen.size(), 5000);
        // 20,000 draws see every word of the list: four words and 90 numbers make the bits.
        QVERIFY(4.0 * std::log2(double(words.size())) + std::log2(90.0) >= 44.0);
    }

    void presetsAreTheTable_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QVariantList>(
            "values"); ///< size, chunk, high, medium, low, listeners; invalid: left alone
        const QVariant none;
        const QList<std::pair<const char *, QVariantList>> table = {
            {"Raspberry Pi or Low-Power Device", {50, 32768, 0.001, 0.005, 0.01, 0}},
            {"Many Concurrent Listeners (100+)", {30, 32768, 0.0001, 0.0005, 0.001, 200}},
            {"Live DJ Streaming (Low Latency)", {5, 4096, 0.0001, 0.0005, 0.001, 0}},
            {"Playlist-Only Station (Maximum Stability)", {100, 65536, 0.001, 0.005, 0.01, 0}},
            {"Home Server (Default)", {20, 16384, 0.0005, 0.001, 0.002, 0}},
            {"Raspberry Pi", {50, 32768, 0.0005, 0.001, 0.01, 0}},
            {"Production Server (100+ listeners)", {30, 32768, 0.0005, 0.001, 0.001, 500}},
            {"Low-Latency DJ Mode", {5, 4096, 0.0005, 0.001, 0.0005, 0}},
            {"Smoother playback (more CPU)", {none, none, 0.0001, 0.0005, 0.001, none}},
            {"Lower CPU usage (potential skips)", {none, none, 0.001, 0.005, 0.01, none}},
        };
        QCOMPARE(presets().size(), table.size());
        for (int i = 0; i < table.size(); ++i)
            QTest::newRow(table[i].first) << i << QString::fromLatin1(table[i].first) << table[i].second;
    }

    void presetsAreTheTable()
    {
        QFETCH(int, row);
        QFETCH(QString, name);
        QFETCH(QVariantList, values);
        const Preset &preset = presets()[row];
        QCOMPARE(QString::fromLatin1(preset.name), name);
        QVERIFY(preset.purpose);
        const bool isSleepOnly = preset.section == Preset::Section::SleepOnly;
        QCOMPARE(isSleepOnly, !values[0].isValid());

        Settings before = fine();
        before.buffer.sizeMb = 77;
        before.broadcaster = {
            .chunkSize = 2048, .sleepHigh = 0.5, .sleepMedium = 0.6, .sleepLow = 0.7, .burstSize = 9};
        before.advanced.maxListeners = 12;
        before.metadata.stationName = u"Mine"_s;
        Settings expected = before;
        const QStringList keys = {u"buffer.size_mb"_s,         u"broadcaster.chunk_size"_s,
                                  u"broadcaster.sleep_high"_s, u"broadcaster.sleep_medium"_s,
                                  u"broadcaster.sleep_low"_s,  u"advanced.max_listeners"_s};
        for (qsizetype i = 0; i < keys.size(); ++i) {
            if (values[i].isValid())
                settingField(keys[i])->set(expected, values[i]);
        }
        const Settings after = withPreset(before, preset);
        QCOMPARE(changedKeys(expected, after), QStringList());
        QCOMPARE(validate(after), QList<SettingsProblem>());
        QCOMPARE(presetInForce(after), isSleepOnly ? nullptr : &preset);
    }

    void presetInForceIsExact()
    {
        Settings settings = fine();
        QCOMPARE(presetInForce(settings)->id, u"home-server"_s);
        settings.broadcaster.sleepHigh = 0.5 / 1000.0 + 1e-18;
        QCOMPARE(presetInForce(settings)->id, u"home-server"_s);
        settings.broadcaster.sleepHigh = 0.0006;
        QCOMPARE(presetInForce(settings), nullptr);
    }

    void forecastsMatchTheGuide()
    {
        const Forecast home = forecast(fine());
        QCOMPARE(home.liveLatencyMs, 200.0);
        QCOMPARE(home.memoryMb, 38.0);
        QCOMPARE(qRound(home.bufferSeconds), 1311);
        QCOMPARE(qRound(home.pauseSeconds / 60), 16);
        QCOMPARE(qRound(home.cpuPercentAt100 * 10), 4);

        const Forecast dj = forecast(withPreset(fine(), presets()[7]));
        QCOMPARE(dj.liveLatencyMs, 50.0);
        QCOMPARE(dj.memoryMb, 23.0);
        QCOMPARE(qRound(dj.pauseSeconds / 60), 4);
        QCOMPARE(qRound(dj.cpuPercentAt100 * 10), 12);

        const Forecast playlistOnly = forecast(withPreset(fine(), presets()[3]));
        QCOMPARE(playlistOnly.liveLatencyMs, 2100.0);
        QVERIFY(playlistOnly.cpuPercentAt100 < home.cpuPercentAt100);
        QCOMPARE(forecast(fine(), 256).bufferSeconds * 2, home.bufferSeconds);
    }

    void jsonShowsNoSecret()
    {
        Settings settings = fine();
        settings.metadata.stationName = u"Radio \"Ä\""_s;
        settings.server.moreSources = QStringList{u"anna:blue river"_s, u"ben:red hill"_s};
        const QJsonObject json = settingsToJson(settings);
        QCOMPARE(json.size(), 13);
        QCOMPARE(json["server"_L1]["source_password"_L1].toString(), u"(set)"_s);
        QCOMPARE(json["advanced"_L1]["flask_secret_key"_L1].toString(), u"(not set)"_s);
        QCOMPARE(json["server"_L1]["admin_password"_L1].toString(), u"(not set)"_s);
        QCOMPARE(json["server"_L1]["more_sources"_L1].toString(), u"(set)"_s);
        QCOMPARE(json["server"_L1]["source_port"_L1].toInt(), 8000);
        QCOMPARE(json["broadcaster"_L1]["sleep_high"_L1].toDouble(), 0.0005);
        QCOMPARE(json["broadcaster"_L1]["burst_size"_L1].toInt(), 65536);
        QCOMPARE(json["buffer"_L1]["live_cushion_ms"_L1].toInt(-7), 0);
        QCOMPARE(json["playlist"_L1]["shuffle"_L1].toBool(), true);
        QCOMPARE(json["playlist"_L1]["extensions"_L1].toArray().first().toString(), u".mp3"_s);
        QCOMPARE(json["metadata"_L1]["station_name"_L1].toString(), u"Radio \"Ä\""_s);
        const QByteArray text = QJsonDocument(json).toJson();
        QVERIFY(!text.contains(settings.server.sourcePassword.toUtf8()));
        QVERIFY(!text.contains("river") && !text.contains("hill"));
    }

    void wordsAreCompared()
    {
        QCOMPARE(editDistance(u"abc", u"abc"), 0);
        QCOMPARE(editDistance(u"abc", u"ABC"), 0);
        QCOMPARE(editDistance(u"abc", u"acb"), 1);
        QCOMPARE(editDistance(u"", u"abc"), 3);
        QCOMPARE(editDistance(u"kitten", u"sitting"), 3);
        const QStringList known = {u"source_port"_s, u"source_password"_s, u"host"_s};
        QCOMPARE(similarWord(u"source_pasword"_s, known), u"source_password"_s);
        QCOMPARE(similarWord(u"password"_s, known), u"source_password"_s);
        QCOMPARE(similarWord(u"hots"_s, known), u"host"_s);
        QCOMPARE(similarWord(u"bitrate"_s, known), QString());
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
