// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settingsfile.h"
#include "tests/support/computing.h"
#include "tests/support/paths.h"

#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr char kServer[] = "\nserver { source_password = \"x y z\" }\n";

QByteArray dataFile(const QString &name)
{
    QFile file(test::sourcePath(u"tests/data/config/"_s + name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Empty when `error` begins with a place in f.hcl and says something; else what is wrong about it.
QString complaintAbout(const QString &error)
{
    static const QRegularExpression shape(u"^f\\.hcl:[1-9][0-9]*:[1-9][0-9]*: \\S.+\\S"_s);
    return shape.match(error).hasMatch() ? QString() : u"no place: "_s + error;
}

Result<LoadedSettings> parse(const QByteArray &text)
{
    return parseSettings(text, u"f.hcl"_s);
}

} // namespace

class TestSettingsText : public QObject
{
    Q_OBJECT

private slots:
    /// The snippets of the tuning guide, with the values each states; everything else is default.
    void guideSnippetsLoad_data()
    {
        QTest::addColumn<QByteArray>("snippet");
        QTest::addColumn<QVariantMap>("stated");
        QTest::newRow("defaults") << QByteArray(R"(
buffer {
  size_mb = 20  # Doubled from 10 MB → ~2 min buffering
}

broadcaster {
  chunk_size = 16384  # Doubled from 8192 → less overhead
  sleep_high = 0.0005    # Reduced from 0.001 → more responsive
  sleep_medium = 0.001   # Reduced from 0.005
  sleep_low = 0.002      # Reduced from 0.010
}
)") << QVariantMap();
        QTest::newRow("sleeps") << QByteArray(R"(
sleep_high = 0.0005    # 0.5ms when buffer >80% full
sleep_medium = 0.001   # 1ms when buffer 50-80% full  
sleep_low = 0.002      # 2ms when buffer <50% full
)") << QVariantMap();
        QTest::newRow("smoother") << QByteArray(R"(
sleep_high = 0.0001    # 0.1ms
sleep_medium = 0.0005  # 0.5ms
sleep_low = 0.001      # 1ms
)")
                                  << QVariantMap{{u"broadcaster.sleep_high"_s, 0.0001},
                                                 {u"broadcaster.sleep_medium"_s, 0.0005},
                                                 {u"broadcaster.sleep_low"_s, 0.001}};
        QTest::newRow("lower CPU") << QByteArray(R"(
sleep_high = 0.001     # 1ms
sleep_medium = 0.005   # 5ms
sleep_low = 0.01       # 10ms
)")
                                   << QVariantMap{{u"broadcaster.sleep_high"_s, 0.001},
                                                  {u"broadcaster.sleep_medium"_s, 0.005},
                                                  {u"broadcaster.sleep_low"_s, 0.01}};
        QTest::newRow("scenario 1") << QByteArray(R"(
buffer {
  size_mb = 50  # Large buffer
}

broadcaster {
  chunk_size = 32768  # Larger chunks = less overhead
  sleep_high = 0.001
  sleep_medium = 0.005
  sleep_low = 0.01
}
)")
                                    << QVariantMap{{u"buffer.size_mb"_s, 50},
                                                   {u"broadcaster.chunk_size"_s, 32768},
                                                   {u"broadcaster.sleep_high"_s, 0.001},
                                                   {u"broadcaster.sleep_medium"_s, 0.005},
                                                   {u"broadcaster.sleep_low"_s, 0.01}};
        QTest::newRow("scenario 2") << QByteArray(R"(
buffer {
  size_mb = 30  # More buffer
}

broadcaster {
  chunk_size = 32768  # Larger chunks
  sleep_high = 0.0001  # Fast processing
  sleep_medium = 0.0005
  sleep_low = 0.001
}

advanced {
  max_listeners = 200  # Set a limit
}
)")
                                    << QVariantMap{{u"buffer.size_mb"_s, 30},
                                                   {u"broadcaster.chunk_size"_s, 32768},
                                                   {u"broadcaster.sleep_high"_s, 0.0001},
                                                   {u"broadcaster.sleep_medium"_s, 0.0005},
                                                   {u"broadcaster.sleep_low"_s, 0.001},
                                                   {u"advanced.max_listeners"_s, 200}};
        QTest::newRow("scenario 3") << QByteArray(R"(
buffer {
  size_mb = 5  # Small buffer for low latency
}

broadcaster {
  chunk_size = 4096  # Small chunks
  sleep_high = 0.0001
  sleep_medium = 0.0005
  sleep_low = 0.001
}
)")
                                    << QVariantMap{{u"buffer.size_mb"_s, 5},
                                                   {u"broadcaster.chunk_size"_s, 4096},
                                                   {u"broadcaster.sleep_high"_s, 0.0001},
                                                   {u"broadcaster.sleep_medium"_s, 0.0005},
                                                   {u"broadcaster.sleep_low"_s, 0.001}};
        QTest::newRow("scenario 4") << QByteArray(R"(
buffer {
  size_mb = 100  # Very large buffer
}

broadcaster {
  chunk_size = 65536  # Very large chunks
  sleep_high = 0.001
  sleep_medium = 0.005
  sleep_low = 0.01
}
)")
                                    << QVariantMap{{u"buffer.size_mb"_s, 100},
                                                   {u"broadcaster.chunk_size"_s, 65536},
                                                   {u"broadcaster.sleep_high"_s, 0.001},
                                                   {u"broadcaster.sleep_medium"_s, 0.005},
                                                   {u"broadcaster.sleep_low"_s, 0.01}};
        QTest::newRow("verbose") << QByteArray(R"(
advanced {
  verbose_logging = true
}
)") << QVariantMap{{u"advanced.verbose_logging"_s, true}};
        QTest::newRow("home server") << QByteArray(R"(
buffer { size_mb = 20 }
broadcaster { chunk_size = 16384, sleep_low = 0.002 }
)") << QVariantMap();
        QTest::newRow("raspberry pi") << QByteArray(R"(
buffer { size_mb = 50 }
broadcaster { chunk_size = 32768, sleep_low = 0.01 }
)")
                                      << QVariantMap{{u"buffer.size_mb"_s, 50},
                                                     {u"broadcaster.chunk_size"_s, 32768},
                                                     {u"broadcaster.sleep_low"_s, 0.01}};
        QTest::newRow("production") << QByteArray(R"(
buffer { size_mb = 30 }
broadcaster { chunk_size = 32768, sleep_low = 0.001 }
advanced { max_listeners = 500 }
)")
                                    << QVariantMap{{u"buffer.size_mb"_s, 30},
                                                   {u"broadcaster.chunk_size"_s, 32768},
                                                   {u"broadcaster.sleep_low"_s, 0.001},
                                                   {u"advanced.max_listeners"_s, 500}};
        QTest::newRow("low latency") << QByteArray(R"(
buffer { size_mb = 5 }
broadcaster { chunk_size = 4096, sleep_low = 0.0005 }
)")
                                     << QVariantMap{{u"buffer.size_mb"_s, 5},
                                                    {u"broadcaster.chunk_size"_s, 4096},
                                                    {u"broadcaster.sleep_low"_s, 0.0005}};
    }

    void guideSnippetsLoad()
    {
        QFETCH(QByteArray, snippet);
        QFETCH(QVariantMap, stated);
        Settings expected;
        expected.server.sourcePassword = u"x y z"_s;
        for (auto it = stated.cbegin(); it != stated.cend(); ++it)
            settingField(it.key())->set(expected, it.value());
        for (const QByteArray &text :
             {snippet + kServer, kServer + QByteArray(snippet).replace("\n", "\r\n")}) {
            const auto loaded = parse(text);
            QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error()));
            QCOMPARE(changedKeys(expected, loaded->settings), QStringList());
        }
    }

    void aWholeFileLoads()
    {
        const auto loaded = parse(dataFile(u"cycast.hcl"_s));
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error()));
        const Settings &s = loaded->settings;
        QCOMPARE(s.server.sourcePassword, u"correct horse"_s);
        QCOMPARE(s.playlist.extensions, (QStringList{u".mp3"_s, u".ogg"_s}));
        QCOMPARE(s.broadcaster.sleepMedium, 0.001);
        QCOMPARE(s.metadata.stationName, u"Kitchen Radio"_s);
        QCOMPARE(s.metadata.stationDescription, u"From our kitchen"_s);
        QCOMPARE(s.metadata.stationGenre, u"Jazz & Soul"_s);
        QCOMPARE(s.advanced.maxListeners, 100);
        QCOMPARE(s.advanced.flaskSecretKey, u"s3cret"_s);
        QCOMPARE(s.buffer.liveCushionMs, -1);
        QStringList warned;
        for (const SettingsProblem &warning : loaded->warnings) {
            QVERIFY(warning.isWarning);
            QCOMPARE(complaintAbout(warning.sentence), QString());
            warned += warning.field;
        }
        QCOMPARE(warned, (QStringList{u"advanced.flask_debug"_s, u"advanced.flask_secret_key"_s}));
    }

    void warns_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("key");    ///< this setting ...
        QTest::addColumn<QVariant>("value"); ///< ... has this value all the same
        const auto row = [](const char *name, const QByteArray &text, const QString &field,
                            const QString &place, const QString &word, const QString &key,
                            const QVariant &value) {
            QTest::newRow(name) << text << field << "f.hcl:"_L1 + place << word << key << value;
        };
        const QString size = u"buffer.size_mb"_s;
        row("slip in a key", "buffer { size_bm = 5 }", u"buffer.size_bm"_s, u"1:10: "_s,
            u"did you mean \"buffer.size_mb\""_s, size, 20);
        row("slip in a block", "bufer { size_mb = 5 }", u"bufer"_s, u"1:1: "_s, u"did you mean \"buffer\""_s,
            size, 20);
        row("capitals", "Buffer { size_mb = 5 }", u"Buffer"_s, u"1:1: "_s, u"did you mean \"buffer\""_s, size,
            20);
        row("wrong block", "server { size_mb = 5 }", u"server.size_mb"_s, u"1:10: "_s, u"buffer.size_mb"_s,
            size, 20);
        row("outside its block", "size_mb = 5", size, u"1:1: "_s, u"outside its block"_s, size, 5);
        row("with a point", "buffer.size_mb = 5", size, u"1:1: "_s, u"outside its block"_s, size, 5);
        row("twice", "buffer { size_mb = 5, size_mb = 6 }", size, u"1:23: "_s, u"the last one counts"_s, size,
            6);
        row("twice, two blocks", "buffer { size_mb = 5 }\nbuffer { size_mb = 6 }", size, u"2:10: "_s,
            u"the last one counts"_s, size, 6);
        row("label", "buffer \"main\" { size_mb = 5 }", u"buffer"_s, u"1:1: "_s, u"remove the label"_s, size,
            20);
        row("number in quotes", "buffer { size_mb = \"5\" }", size, u"1:20: "_s, u"quotes"_s, size, 5);
        row("switch in quotes", "playlist { shuffle = \"False\" }", u"playlist.shuffle"_s, u"1:22: "_s,
            u"quotes"_s, u"playlist.shuffle"_s, false);
        row("one extension", "playlist { extensions = \"OGG\" }", u"playlist.extensions"_s, u"1:25: "_s,
            u"list of one"_s, u"playlist.extensions"_s, QStringList{u".ogg"_s});
        row("no effect", "advanced { flask_debug = 5 }", u"advanced.flask_debug"_s, u"1:12: "_s,
            u"no effect"_s, size, 20);
    }

    void warns()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, field);
        QFETCH(QString, place);
        QFETCH(QString, word);
        QFETCH(QString, key);
        QFETCH(QVariant, value);
        const auto loaded = parse(text + kServer);
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error()));
        QCOMPARE(loaded->warnings.size(), 1);
        const SettingsProblem &warning = loaded->warnings.first();
        QVERIFY(warning.isWarning);
        QCOMPARE(warning.field, field);
        QVERIFY2(warning.sentence.english().startsWith(place) && warning.sentence.contains(word),
                 qPrintable(warning.sentence));
        QCOMPARE(settingField(key)->get(loaded->settings), value);
    }

    void acceptsWithoutAWord_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("float for a whole number") << QByteArray("buffer { size_mb = 5.0 }");
        QTest::newRow("exponent") << QByteArray("buffer { size_mb = 0.5e1 }");
        QTest::newRow("object") << QByteArray("buffer = { size_mb = 5 }");
        QTest::newRow("quoted names") << QByteArray("\"buffer\" { \"size_mb\" = 5 }");
        QTest::newRow("two blocks") << QByteArray("buffer { }\nbuffer { size_mb = 5 }");
        QTest::newRow("unknown block") << QByteArray("buffer { size_mb = 5 }\nxyzzy { size_mb = 7 }");
        QTest::newRow("unknown key") << QByteArray("buffer { size_mb = 5, colour = \"red\" }");
        QTest::newRow("automatic") << QByteArray("buffer { size_mb = 5, live_cushion_ms = -1 }");
        QTest::newRow("null") << QByteArray("buffer { size_mb = 5, live_cushion_ms = null }");
    }

    void acceptsWithoutAWord()
    {
        QFETCH(QByteArray, text);
        const auto loaded = parse(text + kServer);
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error()));
        QCOMPARE(loaded->warnings, QList<SettingsProblem>());
        QCOMPARE(loaded->settings.buffer.sizeMb, 5);
        QCOMPARE(loaded->settings.buffer.liveCushionMs, -1);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const QByteArray &text, const QString &place,
                            const QString &word) {
            QTest::newRow(name) << text << "f.hcl:"_L1 + place << word;
        };
        const QByteArray server = kServer;
        row("password is a number", "server { source_password = 12345 }", u"1:28: "_s, u"text in quotes"_s);
        row("hackme", "server { source_password = \"hackme\" }", u"1:28: "_s, u"127.0.0.1"_s);
        row("range", "buffer {\n  size_mb = 5000\n}" + server, u"2:13: "_s, u"1 to 1000 MB"_s);
        row("fraction", "buffer { size_mb = 5.5 }" + server, u"1:20: "_s, u"a whole number"_s);
        row("huge", "buffer { size_mb = 1e300 }" + server, u"1:20: "_s, u"1 to 1000 MB"_s);
        row("type", "playlist { shuffle = 1 }" + server, u"1:22: "_s, u"true or false"_s);
        row("text for a number", "buffer { size_mb = \"big\" }" + server, u"1:20: "_s, u"1 to 1000 MB"_s);
        row("block for a key", "buffer { size_mb { } }" + server, u"1:18: "_s, u"is a block"_s);
        row("key for a block", "buffer = 5" + server, u"1:10: "_s, u"buffer { ... }"_s);
        row("list of numbers", "playlist { extensions = [1] }" + server, u"1:25: "_s, u"contains a number"_s);
        row("line break in a text", "playlist { directory = \"C:\\new\" }" + server, u"1:24: "_s,
            u"write it twice"_s);
        row("equal ports", "server { listen_port = 8000 }" + server, u"1:24: "_s, u"two different ports"_s);
        row("equal by default", "server { source_port = 8001 }" + server, u"2:1: "_s,
            u"two different ports"_s);
        row("port 0", "server { listen_port = 0 }" + server, u"1:24: "_s, u"1 to 65535"_s);
        row("syntax", "buffer { size_mb = }" + server, u"1:20: "_s, u"a value for size_mb"_s);
        // What was opened and never closed is where somebody has to look, not the last line.
        row("braces not closed", "buffer {\n  size_mb = 5\n\n" + server, u"1:8: "_s, u"never closed"_s);
        row("the inner ones are", server + "x {\n  y {\n  }\n\n", u"3:3: "_s, u"never closed"_s);
        row("value in braces not closed", server + "x = {\n  y = 1\n", u"3:5: "_s, u"never closed"_s);
        row("list not closed", server + "playlist {\n  extensions = [\".mp3\",\n    \".ogg\"", u"4:16: "_s,
            u"never closed"_s);
        // What cannot be seen is named.
        const QString nbsp = u"a no-break space (U+00A0)"_s;
        row("no-break space before a key", "buffer {\n\xC2\xA0 size_mb = 5 }" + server, u"2:1: "_s, nbsp);
        row("no-break space behind a key", "buffer { size_mb\xC2\xA0= 5 }" + server, u"1:17: "_s, nbsp);
        row("no-break space before a value",
            "buffer { size_mb =\xC2\xA0"
            "5 }" +
                server,
            u"1:19: "_s, nbsp);
        row("no-break space behind a number", "buffer { size_mb = 5\xC2\xA0}" + server, u"1:21: "_s, nbsp);
        row("no-break space behind a word", "playlist { shuffle = true\xC2\xA0}" + server, u"1:26: "_s, nbsp);
        row("narrow no-break space", "buffer {\n\xE2\x80\xAF size_mb = 5 }" + server, u"2:1: "_s,
            u"(U+202F)"_s);
        row("nothing at all", "buffer {\n\xE2\x80\x8Bsize_mb = 5 }" + server, u"2:1: "_s,
            u"an invisible character (U+200B)"_s);
        row("quotation marks of a word processor",
            "metadata { station_name = \xE2\x80\x9CRadio\xE2\x80\x9D }" + server, u"1:27: "_s,
            u"straight double quotes"_s);
    }

    void withoutAPassPhraseItPlays_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const QByteArray &text, const QString &place,
                            const QString &word) {
            QTest::newRow(name) << text << (place.isEmpty() ? QString() : "f.hcl:"_L1 + place) << word;
        };
        row("none", "buffer { size_mb = 5 }", u"1:1: "_s, u"server.source_password is missing"_s);
        row("none in its block", "\n\nserver { host = \"::1\" }", u"3:1: "_s, u"missing"_s);
        row("empty file", "", u"1:1: "_s, u"missing"_s);
        row("null", "server { source_password = null }", u"1:1: "_s, u"missing"_s);
        row("empty", "server { source_password = \"\" }", {}, u"is empty"_s);
        row("slip", "server {\n  source_pasword = \"x\"\n}", u"2:3: "_s, u"expected source_password"_s);
        row("for short", "server { password = \"x\" }", u"1:10: "_s, u"expected source_password"_s);
    }

    /// One warning with the line to add, and the station plays; nobody can go live.
    void withoutAPassPhraseItPlays()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, place);
        QFETCH(QString, word);
        const auto loaded = parse(text);
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error()));
        QCOMPARE(loaded->settings.server.sourcePassword, QString());
        QCOMPARE(loaded->warnings.size(), 1);
        const SettingsProblem &warning = loaded->warnings.first();
        QVERIFY(warning.isWarning);
        QVERIFY2(warning.sentence.english().startsWith(place) && warning.sentence.contains(word) &&
                     warning.sentence.contains(u"source_password"_s) &&
                     warning.sentence.contains(u"live sources are refused"_s),
                 qPrintable(warning.sentence));
    }

    void othersMayGoLiveWithoutAPassPhraseOfTheStation()
    {
        const auto loaded = parse("server { more_sources = [\"anna:blue river\"], source_password = \"\" }");
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error()));
        QCOMPARE(loaded->warnings, QList<SettingsProblem>());
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, place);
        QFETCH(QString, word);
        const auto loaded = parse(text);
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().english().startsWith(place) && loaded.error().contains(word),
                 qPrintable(loaded.error()));
        QVERIFY(!loaded.error().english().contains(u'\n'));
        QCOMPARE(complaintAbout(loaded.error()), QString());
    }

    void tellsAllErrorsInOrder()
    {
        const auto loaded = parse("buffer { size_mb = 0 }\nplaylist { shuffle = 7 }\n");
        QVERIFY(!loaded);
        const QStringList lines = loaded.error().english().split('\n'_L1);
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(u"f.hcl:1:20: "_s));
        QVERIFY(lines[1].startsWith(u"f.hcl:2:22: "_s));
    }

    void anyPortIsForTests()
    {
        const QByteArray text = QByteArray("server { source_port = 0, listen_port = 0 }") + kServer;
        QVERIFY(!parse(text));
        QVERIFY(parseSettings(text, u"f.hcl"_s, PortRule::AnyAllowed));
    }

    void hackmeOnLoopbackIsAWarning()
    {
        const auto loaded = parse("server { host = \"127.0.0.1\", source_password = \"hackme\" }");
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error()));
        QCOMPARE(loaded->warnings.size(), 1);
        QCOMPARE(loaded->warnings.first().field, u"server.source_password"_s);
        // It names what it warns of: what everybody knows is no secret that the log hides.
        QVERIFY(loaded->warnings.first().sentence.contains(u"hackme"_s));
        QCOMPARE(secretTexts(loaded->settings), QStringList());
    }

    void manyOddKeysAreAnsweredSoon()
    {
        QByteArray text = kServer;
        for (int i = 0; i < 60000; ++i)
            text += "buffer { size_m" + QByteArray::number(i) + " = 1 }\nbuffer { size_mb = 5 }\n";
        const test::ComputingTime timer;
        const auto loaded = parse(text);
        QVERIFY2(timer.elapsed() < test::computingMs(5000), qPrintable(QString::number(timer.elapsed())));
        QVERIFY(loaded);
        QVERIFY(loaded->warnings.size() < 100);
    }

    /// Cut anywhere, a file is either fine or refused with a place; its password is whole or not there.
    void everyPrefixIsAnswered()
    {
        const QByteArray file = dataFile(u"cycast.hcl"_s);
        QVERIFY(file.size() > 500);
        for (qsizetype length = 0; length <= file.size(); ++length) {
            const auto loaded = parse(file.first(length));
            if (loaded)
                QVERIFY(loaded->settings.server.sourcePassword == u"correct horse"_s ||
                        (loaded->settings.server.sourcePassword.isEmpty() && !loaded->warnings.isEmpty()));
            else
                QCOMPARE(complaintAbout(loaded.error()), QString());
        }
    }

    void everyMutationIsAnswered()
    {
        const QByteArray file = dataFile(u"cycast.hcl"_s);
        static constexpr char odd[] = "{}[]=,:\"\\#/*<-\n\r\t e.0\x00\x7f\x80\xff";
        QRandomGenerator random(20240607);
        Settings other;
        other.server.sourcePassword = u"another"_s;
        other.buffer.sizeMb = 33;
        other.broadcaster.burstSize = 7;
        other.playlist.extensions = QStringList{u".flac"_s, u".mp3"_s};
        for (int round = 0; round < 10000; ++round) {
            QByteArray text = file;
            for (int changes = random.bounded(1, 5); changes > 0; --changes) {
                const qsizetype at = random.bounded(qint64(text.size()));
                const char c = odd[random.bounded(int(sizeof odd) - 1)];
                switch (random.bounded(4)) {
                case 0:
                    text[at] = c;
                    break;
                case 1:
                    text.insert(at, c);
                    break;
                case 2:
                    text.remove(at, random.bounded(1, 30));
                    break;
                default:
                    text.insert(at, text.mid(random.bounded(qint64(text.size())), 20));
                    break;
                }
            }
            const auto loaded = parse(text);
            if (!loaded)
                QCOMPARE(complaintAbout(loaded.error()), QString());
            // What the parser takes, the writer can change; and the result says what it was told.
            const auto written = withSettings(text, other, u"f.hcl"_s);
            if (loaded) {
                QVERIFY2(written, written ? "" : qPrintable(written.error()));
                const auto again = parse(*written);
                QVERIFY2(again, again ? "" : qPrintable(again.error() + u'\n' + QString::fromUtf8(*written)));
                QCOMPARE(changedKeys(again->settings, other), QStringList());
            } else if (!written) {
                QCOMPARE(complaintAbout(written.error()), QString());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSettingsText)
#include "tst_settingstext.moc"
