// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settingsfile.h"
#include "tests/support/paths.h"

#include <QFile>
#include <QTest>

#include <functional>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

QByteArray dataFile(const QString &name)
{
    QFile file(test::sourcePath(u"tests/data/config/"_s + name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

using Change = std::function<void(Settings &)>;

/// `text` after one change of its settings; the error as text when there is one.
QByteArray changed(const QByteArray &text, const Change &change)
{
    Settings settings;
    if (const auto loaded = parseSettings(text, u"f.hcl"_s))
        settings = loaded->settings;
    change(settings);
    const auto result = withSettings(text, settings, u"f.hcl"_s);
    return result ? *result : result.error().english().toUtf8();
}

} // namespace

class TestSettingsWriter : public QObject
{
    Q_OBJECT

private slots:
    void nothingChangedIsNothingWritten()
    {
        const QByteArray text = dataFile(u"cycast.hcl"_s);
        QVERIFY(!text.isEmpty());
        for (const QByteArray &file : {text, "\xEF\xBB\xBF" + text, QByteArray(text).replace("\n", "\r\n")})
            QCOMPARE(changed(file, [](Settings &) {}), file);
    }

    /// One value changed in a commented file is one line changed in it.
    void oneValueIsOneLine()
    {
        const QByteArray plain = dataFile(u"cycast.hcl"_s);
        const auto loaded = parseSettings(plain, u"f.hcl"_s);
        QVERIFY(loaded);
        for (const QByteArray &text : {plain, "\xEF\xBB\xBF" + QByteArray(plain).replace("\n", "\r\n")}) {
            for (const SettingField &field : settingFields()) {
                const QString key = QString::fromLatin1(field.key);
                const QByteArray name = key.section('.'_L1, 1).toLatin1();
                const QByteArray block = key.section('.'_L1, 0, 0).toLatin1();
                if (!text.contains(block + " {") || !text.contains(name + ' ') ||
                    key == "metadata.station_description"_L1)
                    continue;
                Settings settings = loaded->settings;
                switch (field.type) {
                case QMetaType::Int:
                    field.set(settings, field.get(settings).toInt() + 1);
                    break;
                case QMetaType::Double:
                    field.set(settings, field.get(settings).toDouble() + 0.5);
                    break;
                case QMetaType::Bool:
                    field.set(settings, !field.get(settings).toBool());
                    break;
                case QMetaType::QStringList:
                    field.set(settings, QStringList{u".mp3"_s, u".flac"_s});
                    break;
                default:
                    field.set(settings, u"next"_s);
                    break;
                }
                const auto result = withSettings(text, settings, u"f.hcl"_s);
                QVERIFY(result);
                const QByteArrayList before = text.split('\n');
                const QByteArrayList after = result->split('\n');
                if (field.type == QMetaType::QStringList) {
                    QVERIFY(result->contains("# what everybody has"));
                    continue;
                }
                QCOMPARE(after.size(), before.size());
                int differing = 0;
                for (qsizetype i = 0; i < before.size(); ++i) {
                    if (before[i] == after[i])
                        continue;
                    ++differing;
                    QVERIFY2(after[i].contains(name), field.key);
                    QCOMPARE(after[i].endsWith('\r'), before[i].endsWith('\r'));
                    const qsizetype comment = before[i].indexOf('#');
                    if (comment >= 0)
                        QVERIFY(after[i].endsWith(before[i].sliced(comment)));
                }
                QVERIFY2(differing == 1, field.key);
            }
        }
    }

    void writesInTheFilesStyle_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after"); ///< with buffer.size_mb = 5
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
            QTest::newRow(name) << before << after;
        };
        row("empty", "", "buffer {\n  size_mb = 5\n}\n");
        row("other blocks", "# c\nserver {\n\thost = \"::1\"\n}",
            "# c\nserver {\n\thost = \"::1\"\n}\n\nbuffer {\n\tsize_mb = 5\n}\n");
        row("ends in a comment", "# c", "# c\n\nbuffer {\n  size_mb = 5\n}\n");
        row("CR LF", "server {\r\n}\r\n", "server {\r\n}\r\n\r\nbuffer {\r\n  size_mb = 5\r\n}\r\n");
        row("one line", "buffer { x = 1 } # c\n", "buffer { x = 1, size_mb = 5 } # c\n");
        row("one line, comma", "buffer { x = 1, }", "buffer { x = 1, size_mb = 5, }");
        row("one line, empty", "buffer {}\n", "buffer { size_mb = 5 }\n");
        row("one line, comment", "buffer { /* none */ }", "buffer { /* none */ size_mb = 5 }");
        row("lines", "buffer {\n    x = 1 # c\n\n    # end\n}\n",
            "buffer {\n    x = 1 # c\n    size_mb = 5\n\n    # end\n}\n");
        row("lines, tabs, CR LF", "buffer {\r\n\tx = 1\r\n}\r\n",
            "buffer {\r\n\tx = 1\r\n\tsize_mb = 5\r\n}\r\n");
        row("lines, comment over lines", "buffer {\n  x = 1 /* a\n b */\n}",
            "buffer {\n  x = 1 /* a\n b */\n  size_mb = 5\n}");
        row("lines, brace behind", "buffer {\n  x = 1 }\n", "buffer {\n  x = 1\n  size_mb = 5 }\n");
        row("lines, nested last", "buffer {\n  x {\n    y = 1\n  }\n}\n",
            "buffer {\n  x {\n    y = 1\n  }\n  size_mb = 5\n}\n");
        row("lines, heredoc last", "buffer {\n  x = <<E\nt\nE\n}\n",
            "buffer {\n  x = <<E\nt\nE\n  size_mb = 5\n}\n");
        row("lines, empty", "buffer {\n  # nothing yet\n}\n",
            "buffer {\n  # nothing yet\n  size_mb = 5\n}\n");
        row("lines, empty, indented", "  buffer {\n  }\n", "  buffer {\n    size_mb = 5\n  }\n");
        row("object", "buffer = {\n  x = 1,\n}\n", "buffer = {\n  x = 1,\n  size_mb = 5\n}\n");
        row("label is another block", "buffer \"a\" {}\n", "buffer \"a\" {}\n\nbuffer {\n  size_mb = 5\n}\n");
        row("last block", "buffer {}\nbuffer { x = 1 }\n", "buffer {}\nbuffer { x = 1, size_mb = 5 }\n");
        row("in its place", "buffer { size_mb = 20 /* MB */ }", "buffer { size_mb = 5 /* MB */ }");
        row("the one that counts", "buffer { size_mb = 1\n size_mb = 2 }",
            "buffer { size_mb = 1\n size_mb = 5 }");
        row("quoted number", "buffer { size_mb = \"20\" }", "buffer { size_mb = 5 }");
        row("quoted number that is right", "buffer { size_mb = \"5\" }", "buffer { size_mb = \"5\" }");
        row("float that is right", "buffer { size_mb = 5.0 }", "buffer { size_mb = 5.0 }");
        row("wrong type", "buffer { size_mb = [1,\n2] } # c", "buffer { size_mb = 5 } # c");
        row("out of range", "buffer { size_mb = 5000 }", "buffer { size_mb = 5 }");
        row("null", "buffer { size_mb = null }", "buffer { size_mb = 5 }");
        row("outside its block", "size_mb = 20\n", "size_mb = 5\n");
        row("heredoc", "buffer { size_mb = <<E\n20\nE\n}", "buffer { size_mb = 5\n}");
    }

    void writesInTheFilesStyle()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        for (const QByteArray &bom : {QByteArray(), QByteArray("\xEF\xBB\xBF")}) {
            Settings settings;
            settings.buffer.sizeMb = 5;
            // Other values as the file has them, so that only this one differs.
            if (before.contains("\"::1\""))
                settings.server.host = u"::1"_s;
            const auto result = withSettings(bom + before, settings, u"f.hcl"_s);
            QVERIFY2(result, result ? "" : qPrintable(result.error()));
            QCOMPARE(*result, bom + after);
        }
    }

    void severalMissingKeysInOneGo()
    {
        const Change change = [](Settings &s) {
            s.broadcaster.chunkSize = 4096;
            s.broadcaster.sleepLow = 0.0005;
            s.metadata.stationName = u"A \"B\" C:\\D"_s;
        };
        QCOMPARE(
            changed("broadcaster {}\nmetadata {\n}\n", change),
            QByteArray("broadcaster { chunk_size = 4096, sleep_low = 0.0005 }\nmetadata {\n  station_name = "
                       "\"A \\\"B\\\" C:\\\\D\"\n}\n"));
        QCOMPARE(changed("broadcaster {\n\n}\n", change).split('\n').at(2),
                 QByteArray("  chunk_size = 4096"));
    }

    void listsKeepWhatStays_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QStringList>("extensions");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const QByteArray &before, const QStringList &to,
                            const QByteArray &after) { QTest::newRow(name) << before << to << after; };
        row("added", "[\".mp3\"]", {u".mp3"_s, u".ogg"_s}, "[\".mp3\", \".ogg\"]");
        row("added behind a comma", "[\".mp3\",]", {u".mp3"_s, u".ogg"_s}, "[\".mp3\", \".ogg\",]");
        row("other spelling stays", "[\"MP3\"]", {u".mp3"_s, u".ogg"_s}, "[\"MP3\", \".ogg\"]");
        row("removed first", "[\".mp3\", \".ogg\"]", {u".ogg"_s}, "[\".ogg\"]");
        row("removed last", "[\".mp3\", \".ogg\"]", {u".mp3"_s}, "[\".mp3\"]");
        row("replaced last", "[\".mp3\", \".ogg\"]", {u".mp3"_s, u".wav"_s}, "[\".mp3\", \".wav\"]");
        row("all new", "[\".mp3\", \".ogg\"]", {u".wav"_s}, "[\".wav\"]");
        row("turned", "[\".mp3\", \".ogg\"]", {u".ogg"_s, u".mp3"_s}, "[\".ogg\", \".mp3\"]");
        row("lines", "[\n  \".mp3\", # a\n  \".ogg\", # b\n]", {u".mp3"_s, u".ogg"_s, u".wav"_s},
            "[\n  \".mp3\", # a\n  \".ogg\", # b\n  \".wav\",\n]");
        row("lines without the last comma", "[\n  \".mp3\", # a\n  \".ogg\" # b\n]",
            {u".mp3"_s, u".ogg"_s, u".wav"_s}, "[\n  \".mp3\", # a\n  \".ogg\", # b\n  \".wav\"\n]");
        row("lines, removed", "[\n  \".mp3\", # a\n  \".ogg\", # b\n]", {u".ogg"_s}, "[\n  \".ogg\", # b\n]");
        row("lines, last removed", "[\n  \".mp3\", # a\n  \".ogg\" # b\n]", {u".mp3"_s},
            "[\n  \".mp3\", # a\n]");
        row("lines, last replaced", "[\n  \".mp3\", # a\n  \".ogg\", # b\n]", {u".mp3"_s, u".wav"_s},
            "[\n  \".mp3\", # a\n  \".wav\", # b\n]");
        row("lines, several", "[\r\n  \".mp3\", \".ogg\",\r\n  \".wav\",\r\n  \".aac\"]",
            {u".mp3"_s, u".aac"_s}, "[\r\n  \".mp3\",   \".aac\"]");
        row("several last", "[\".mp3\", \".ogg\", \".wav\"]", {u".mp3"_s}, "[\".mp3\"]");
        row("several amid", "[\".mp3\", \".ogg\", \".wav\", \".aac\"]", {u".mp3"_s, u".aac"_s},
            "[\".mp3\", \".aac\"]");
        row("commas first", "[\n    \".mp3\"\n  , \".ogg\"\n  , \".wav\"\n]", {u".ogg"_s, u".wav"_s},
            "[\n    \".ogg\"\n  , \".wav\"\n]");
        row("text", "\".ogg\"", {u".mp3"_s, u".wav"_s}, "[\".mp3\", \".wav\"]");
    }

    void listsKeepWhatStays()
    {
        QFETCH(QByteArray, before);
        QFETCH(QStringList, extensions);
        QFETCH(QByteArray, after);
        const QByteArray head = "server { source_password = \"x\" }\nplaylist { extensions = ";
        const Change change = [&](Settings &s) { s.playlist.extensions = extensions; };
        QCOMPARE(changed(head + before + " }\n", change), head + after + " }\n");
    }

    void aListAfterALaterChange()
    {
        // The playlist stands last here, though its fields come before the broadcaster's.
        const QByteArray text = "metadata { station_name = \"A\" }\nserver { source_password = \"x\" }\n"
                                "playlist { shuffle = true, extensions = [\".mp3\", \".ogg\", \".wav\"] }\n";
        const QByteArray reversed =
            "playlist { extensions = [\".mp3\", \".ogg\", \".wav\"], directory = \"a\" }\n"
            "server { source_password = \"x\" }\n";
        const Change change = [](Settings &s) {
            s.playlist.directory = u"b"_s;
            s.playlist.extensions = QStringList{u".mp3"_s, u".wav"_s};
            s.server.sourcePassword = u"y"_s;
        };
        QVERIFY(changed(text, change).contains("[\".mp3\", \".wav\"], directory = \"b\""));
        QCOMPARE(changed(reversed, change),
                 QByteArray("playlist { extensions = [\".mp3\", \".wav\"], directory = \"b\" }\n"
                            "server { source_password = \"y\" }\n"));
    }

    void everyFieldComesBack()
    {
        Settings settings;
        settings.server = {.host = u"::1"_s,
                           .sourcePort = 9000,
                           .listenPort = 9001,
                           .sourcePassword = u"a \"b\" \\c # d"_s,
                           .mountPoint = u"/radio.mp3"_s,
                           .moreSources = {u"anna:blue \"river\""_s},
                           .adminPassword = u"other words"_s,
                           .adminFrom = u"loopback"_s,
                           .publicUrl = u"https://radio.example.org/x"_s,
                           .trustedProxies = {u"10.0.0.0/8"_s},
                           .tlsCertificate = u"chain.pem"_s,
                           .tlsKey = u"key.pem"_s,
                           .tlsSecondCertificate = u"rsa.pem"_s,
                           .tlsSecondKey = u"rsa.key"_s};
        settings.buffer = {.sizeMb = 37, .liveCushionMs = 123};
        settings.playlist = {.directory = u"C:\\music\\neu"_s,
                             .shuffle = false,
                             .repeat = false,
                             .extensions = {u".ogg"_s, u".flac"_s},
                             .afterLive = u"resume"_s,
                             .watch = false};
        settings.encoder = {.format = u"opus"_s,
                            .bitrateKbps = 96,
                            .sampleRate = 48000,
                            .channels = 1,
                            .passthroughMaxKbps = 0,
                            .live = u"pass"_s,
                            .crossfadeSeconds = 2.5,
                            .trimSilence = true,
                            .loudness = true,
                            .targetLufs = -23.0,
                            .maxPeakDbtp = -2.0};
        settings.jingles = {.directory = u"jingles \"new\""_s, .everySongs = 0, .everyMinutes = 15};
        settings.recording = {.enabled = true, .directory = u"/tmp/x"_s, .split = u"track"_s, .cue = false};
        settings.directory = {.enabled = true,
                              .url = u"http://dir.example/yp"_s,
                              .radioBrowser = u"listed"_s,
                              .logo = u"https://radio.example.org/logo.png"_s,
                              .country = u"DE-HH"_s,
                              .languages = {u"de"_s, u"en"_s},
                              .location = u"53.55,9.99"_s};
        settings.https = {.enabled = true,
                          .name = u"radio.example.org"_s,
                          .directory = u"https://ca.example/dir"_s,
                          .rehearsal = QString()};
        settings.broadcaster = {.chunkSize = 5000,
                                .sleepHigh = 0.0001,
                                .sleepMedium = 0.123456789,
                                .sleepLow = 1e-7,
                                .burstSize = 0,
                                .gatherMs = 300};
        settings.metadata = {.stationName = u"東京 \U0001F600"_s,
                             .stationDescription = u"${x} %{y}"_s,
                             .stationGenre = u"/* Jazz */"_s,
                             .stationUrl = u"https://example.org/#a"_s,
                             .enableIcy = false,
                             .icyMetaint = 8192};
        settings.advanced = {.maxListeners = 5,
                             .maxListenersPerAddress = 2,
                             .maxConnections = 100,
                             .maxConnectionsPerAddress = 0,
                             .maxRequestsPerSecond = 7,
                             .sourceTimeout = 0.5,
                             .headerTimeout = 600,
                             .nice = -5,
                             .cpus = u"0,2-3"_s,
                             .strictPorts = true,
                             .verboseLogging = true,
                             .enableStats = false,
                             .flaskDebug = true,
                             .flaskSecretKey = u"k"_s};
        settings.reach = {.openPort = true, .updateUrl = u"https://dyn.example/?ip={ip}"_s};
        settings.alarm = {.silenceSeconds = 0, .skipWhenSilent = true};
        QCOMPARE(changedKeys(settings, Settings()).size(), settingFields().size());
        for (const QByteArray &text : {QByteArray(), dataFile(u"cycast.hcl"_s)}) {
            const auto written = withSettings(text, settings, u"f.hcl"_s);
            QVERIFY(written);
            const auto loaded = parseSettings(*written, u"f.hcl"_s);
            QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error()));
            QCOMPARE(changedKeys(settings, loaded->settings), QStringList());
            // And back to the defaults, which have to be written then.
            Settings defaults;
            defaults.server.sourcePassword = u"x"_s;
            const auto back = withSettings(*written, defaults, u"f.hcl"_s);
            QVERIFY(back);
            const auto again = parseSettings(*back, u"f.hcl"_s);
            QVERIFY2(again, again ? "" : qPrintable(again.error()));
            QCOMPARE(changedKeys(defaults, again->settings), QStringList());
        }
    }

    void aBrokenFileIsRefused()
    {
        const auto result = withSettings("buffer {\n", Settings(), u"f.hcl"_s);
        QVERIFY(!result);
        QVERIFY2(result.error().english().startsWith(u"f.hcl:1:8: "_s), qPrintable(result.error()));
    }
};

QTEST_GUILESS_MAIN(TestSettingsWriter)
#include "tst_settingswriter.moc"
