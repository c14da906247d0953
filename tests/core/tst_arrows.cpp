// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Who may include whom. The linker keeps core free of Widgets; this keeps the rest of the house in order.
#include "tests/support/paths.h"

#include <QDirIterator>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace
{

/// What files below `place` may include of this project; the first rule that fits a file counts.
struct Rule {
    QString place;
    QStringList allowed; ///< prefixes; "*" is everything but `forbidden`
    QStringList forbidden;
    bool onlyCoreAndNetwork = true; ///< of Qt
};

const QList<Rule> &rules()
{
    const auto in = [](std::initializer_list<QStringView> rooms) {
        QStringList prefixes;
        for (const QStringView room : rooms)
            prefixes += u"core/%1/"_s.arg(room);
        return prefixes;
    };
    // What a room may see; a room sees itself by its own line. Deeper rooms stand before those around them.
    static const QStringList values{u"core/values/"_s,
                                    u"core/base/characters.h"_s,
                                    u"core/base/cpulist.h"_s,
                                    u"core/base/filename.h"_s,
                                    u"core/base/filesystem.h"_s,
                                    u"core/base/places.h"_s,
                                    u"core/base/replacefile.h"_s,
                                    u"core/base/result.h"_s,
                                    u"core/base/sentence.h"_s};
    static const QStringList window = values + QStringList{u"core/base/filewriter.h"_s,
                                                           u"core/base/logentry.h"_s,
                                                           u"core/station/stationcontrol.h"_s,
                                                           u"core/config/settings.h"_s,
                                                           u"core/config/presets.h"_s,
                                                           u"core/config/settingsimport.h"_s,
                                                           u"core/audition/audition.h"_s,
                                                           u"core/audition/streamsound.h"_s,
                                                           u"core/advice/"_s};
    static const QList<Rule> all = {
        {u"core/base/"_s, in({u"base"}), {}},
        {u"core/values/"_s, in({u"values", u"base"}), {}},
        {u"core/audio/"_s, values + in({u"audio"}), {}},
        {u"core/config/"_s, values + in({u"config"}), {}},
        {u"core/codec/helper/"_s, in({u"base", u"values", u"codec", u"audio"}), {}},
        {u"core/codec/"_s, in({u"base", u"values", u"codec", u"audio"}), {u"core/codec/helper/"_s}},
        {u"core/playlist/"_s,
         in({u"base", u"values", u"playlist", u"audio", u"codec"}),
         {u"core/codec/helper/"_s}},
        {u"core/recording/"_s, in({u"base", u"values", u"recording", u"audio"}), {}},
        {u"core/reach/"_s, in({u"base", u"values", u"reach"}), {}},
        {u"core/net/socket/"_s, in({u"base", u"values", u"net/socket"}), {}},
        {u"core/net/"_s, in({u"base", u"values", u"net", u"audio"}), {}},
        {u"core/programme/"_s,
         in({u"base", u"values", u"programme", u"playlist", u"codec", u"net", u"audio"}),
         {u"core/codec/helper/"_s}},
        {u"core/advice/"_s,
         values + in({u"advice"}) +
             QStringList{u"core/config/settings.h"_s, u"core/config/presets.h"_s, u"core/config/forecast.h"_s,
                         u"core/codec/delivery.h"_s, u"core/base/scheduling.h"_s,
                         u"core/base/systemfiles.h"_s},
         {}},
        // Calls to web servers of others.
        {u"core/web/"_s, in({u"base", u"web"}), {}},
        {u"core/announce/"_s, in({u"base", u"values", u"announce", u"web"}), {}},
        {u"core/acme/"_s, in({u"base", u"values", u"acme", u"web"}), {}},
        // The caller's side of the door: it knows of no station.
        {u"core/librarian/"_s,
         in({u"base", u"values", u"librarian", u"playlist/library"}) +
             QStringList{u"core/config/settings.h"_s},
         {}},
        {u"core/"_s, {u"core/"_s}, {u"core/codec/helper/"_s}},
        {u"ui/"_s, window + QStringList{u"ui/"_s}, {}, false},
        {u"app/cycast.cpp"_s, {u"*"_s}, {}, false},
        {u"app/"_s, {u"*"_s}, {u"ui/"_s}},
    };
    return all;
}

bool startsWithAny(const QString &text, const QStringList &prefixes)
{
    return std::any_of(prefixes.begin(), prefixes.end(), [&text](const QString &prefix) {
        return prefix == u"*"_s || text.startsWith(prefix);
    });
}

/// Whether <QHeader> or <QtModule/...> belongs to Qt Core or Qt Network, as they are installed here.
bool isCoreOrNetworkHeader(const QString &name)
{
    if (name.contains('/'_L1))
        return name.startsWith("QtCore/"_L1) || name.startsWith("QtNetwork/"_L1);
    const QString folder = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    return QFile::exists(folder + u"/QtCore/"_s + name) || QFile::exists(folder + u"/QtNetwork/"_s + name);
}

/// Libraries that take apart, decode or encode what may be hostile.
bool opensSound(const QString &name)
{
    return name.startsWith("libav"_L1) || name.startsWith("libsw"_L1) || name.startsWith("ebur128"_L1);
}

/// A sentence for each #include in `text` that the file at `path` (relative to the project) may not have.
QStringList forbiddenIncludes(const QString &path, const QString &text)
{
    const auto rule = std::find_if(rules().begin(), rules().end(),
                                   [&path](const Rule &each) { return path.startsWith(each.place); });
    if (rule == rules().end())
        return {path + u" belongs to no room."_s};
    QStringList found;
    static const QRegularExpression include(u"^[ \\t]*#[ \\t]*include[ \\t]*([<\"])([^>\"]+)[>\"]"_s,
                                            QRegularExpression::MultilineOption);
    for (auto it = include.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString name = match.captured(2);
        const bool isOwn = name.startsWith("core/"_L1) || name.startsWith("ui/"_L1) ||
                           name.startsWith("app/"_L1) || name.startsWith("tests/"_L1) ||
                           match.captured(1) == u"\""_s;
        if (isOwn) {
            if (!startsWithAny(name, rule->allowed) || startsWithAny(name, rule->forbidden))
                found += u"%1 includes %2."_s.arg(path, name);
        } else if (opensSound(name) && !path.startsWith("core/codec/helper/"_L1)) {
            found += u"%1 includes <%2>: only the helper program takes sound apart."_s.arg(path, name);
        } else if (rule->onlyCoreAndNetwork && name.startsWith('Q'_L1) && !isCoreOrNetworkHeader(name)) {
            found += u"%1 includes <%2>, which is neither Qt Core nor Qt Network."_s.arg(path, name);
        }
    }
    return found;
}

bool hasLicenseHeader(const QString &text)
{
    const QStringList head = text.split('\n'_L1).mid(0, 3);
    const auto has = [&head](QStringView what) {
        return std::any_of(head.begin(), head.end(),
                           [what](const QString &line) { return line.contains(what); });
    };
    // In two pieces, so that these lines are not taken for a header themselves.
    return has(u"SPDX-FileCopyright"
               u"Text: Cycast Desktop developers") &&
           has(u"SPDX-License-"
               u"Identifier: GPL-3.0-or-later");
}

/// Folders that exist on one machine only have no place in a project that others build.
QString machinePath(const QString &text)
{
    static const QRegularExpression pattern(u"(?<![A-Za-z0-9_.*}-])/(?:wo"_s + u"rk|ro"_s + u"ot|t"_s +
                                            u"mp/wt|Users)/[^\\s\"')]*"_s);
    return pattern.match(text).captured(0);
}

QString readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Every file below `folder`, relative to the project.
QStringList projectFiles(const QString &folder, const QStringList &patterns)
{
    const QDir root(cycast::test::sourcePath({}));
    QStringList files;
    QDirIterator it(root.filePath(folder), patterns, QDir::Files | QDir::Hidden,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        files += root.relativeFilePath(it.next());
    }
    files.sort();
    return files;
}

QString content(const QString &path)
{
    return readAll(QDir(cycast::test::sourcePath({})).filePath(path));
}

} // namespace

class TestArrows : public QObject
{
    Q_OBJECT

private slots:
    void madeUpViolationsAreFound_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("include");
        QTest::addColumn<bool>("isFine");
        const auto row = [](const char *name, const QString &path, const QString &include, bool isFine) {
            QTest::newRow(name) << path << include << isFine;
        };
        row("core never the window", u"core/station/station.cpp"_s, u"\"ui/window/mainwindow.h\""_s, false);
        row("core never the programs", u"core/net/stream/mount.cpp"_s, u"\"app/commandline.h\""_s, false);
        row("core never Gui", u"core/station/station.cpp"_s, u"<QImage>"_s, false);
        row("core never Widgets", u"core/station/station.cpp"_s, u"<QWidget>"_s, false);
        row("core never Charts by module", u"core/station/station.cpp"_s, u"<QtCharts/QChart>"_s, false);
        row("core with Core", u"core/station/station.cpp"_s, u"<QTimer>"_s, true);
        row("core with Network", u"core/net/stream/mount.cpp"_s, u"<QTcpSocket>"_s, true);
        row("core with rooms", u"core/station/station.cpp"_s, u"\"core/net/stream/mount.h\""_s, true);
        row("audio never sockets", u"core/audio/ringbuffer.h"_s, u"\"core/net/stream/listener.h\""_s, false);
        row("audio never settings", u"core/audio/ringbuffer.h"_s, u"\"core/config/settings.h\""_s, false);
        row("audio never the playlist", u"core/audio/ringbuffer.h"_s, u"\"core/playlist/order/playlist.h\""_s,
            false);
        row("audio in angle brackets", u"core/audio/ringbuffer.h"_s, u"<core/net/stream/listener.h>"_s,
            false);
        row("audio with values", u"core/audio/ringbuffer.h"_s, u"\"core/values/stationstatus.h\""_s, true);
        row("net never settings", u"core/net/stream/mount.h"_s, u"\"core/config/settings.h\""_s, false);
        row("net never the playlist", u"core/net/stream/mount.h"_s, u"\"core/playlist/order/playlist.h\""_s,
            false);
        row("net with audio", u"core/net/stream/mount.h"_s, u"\"core/audio/ringbuffer.h\""_s, true);
        row("playlist never sockets", u"core/playlist/library/library.h"_s, u"\"core/net/stream/mount.h\""_s,
            false);
        row("recording never sockets", u"core/recording/recorder.h"_s, u"\"core/net/stream/mount.h\""_s,
            false);
        row("settings never sockets", u"core/config/settings.h"_s, u"\"core/net/stream/mount.h\""_s, false);
        row("advice never the station", u"core/advice/health.h"_s, u"\"core/station/station.h\""_s, false);
        row("window never the station", u"ui/window/mainwindow.cpp"_s, u"\"core/station/station.h\""_s,
            false);
        row("window never the file", u"ui/window/mainwindow.cpp"_s, u"\"core/config/settingsfile.h\""_s,
            false);
        row("window through the door", u"ui/window/mainwindow.cpp"_s, u"\"core/station/stationcontrol.h\""_s,
            true);
        row("window with Widgets", u"ui/window/mainwindow.cpp"_s, u"<QWidget>"_s, true);
        row("headless never the window", u"app/cycastd.cpp"_s, u"\"ui/window/mainwindow.h\""_s, false);
        row("headless never Widgets", u"app/cycastd.cpp"_s, u"<QApplication>"_s, false);
        row("shared part never the window", u"app/commandline.h"_s, u"\"ui/look/theme.h\""_s, false);
        row("desktop with the window", u"app/cycast.cpp"_s, u"\"ui/window/mainwindow.h\""_s, true);
        row("only the helper demuxes", u"core/playlist/library/mediainfo.cpp"_s,
            u"<libavformat/avformat.h>"_s, false);
        row("only the helper decodes", u"core/audition/ear.cpp"_s, u"<libavcodec/avcodec.h>"_s, false);
        row("the helper does", u"core/codec/helper/decoder.cpp"_s, u"<libavcodec/avcodec.h>"_s, true);
        row("nothing outside of the rooms", u"extra/x.cpp"_s, u"<QTimer>"_s, false);
        row("spaces do not hide it", u"core/audio/x.h"_s, u"   \"core/net/stream/mount.h\""_s, false);
    }

    void madeUpViolationsAreFound()
    {
        QFETCH(const QString, path);
        QFETCH(const QString, include);
        QFETCH(const bool, isFine);
        const QStringList found = forbiddenIncludes(path, u"#pragma once\n#include "_s + include + u"\n"_s);
        QVERIFY2(found.isEmpty() == isFine, qPrintable(found.join(u"\n"_s)));
    }

    void includesFollowTheArrows()
    {
        QStringList found;
        int seen = 0;
        for (const QString &folder : {u"app"_s, u"core"_s, u"ui"_s}) {
            for (const QString &path : projectFiles(folder, {u"*.h"_s, u"*.cpp"_s, u"*.inc"_s})) {
                found += forbiddenIncludes(path, content(path));
                ++seen;
            }
        }
        QVERIFY(seen > 100);
        QVERIFY2(found.isEmpty(), qPrintable(found.join('\n'_L1)));
    }

    void everySourceFileNamesItsLicense()
    {
        QVERIFY(!hasLicenseHeader(u"#pragma once\n"_s));
        QVERIFY(!hasLicenseHeader(u"// SPDX-License-"_s + u"Identifier: GPL-3.0-or-later\n"_s));
        QStringList without;
        QStringList files{u"run"_s, u"check"_s};
        files += projectFiles(u".ci"_s, {});
        for (const QString &folder : {u"app"_s, u"core"_s, u"ui"_s, u"tests"_s, u"resources"_s})
            files += projectFiles(folder, {u"*.h"_s, u"*.cpp"_s, u"*.c"_s, u"*.py"_s, u"*.sh"_s});
        for (const QString &path : std::as_const(files)) {
            if (!hasLicenseHeader(content(path)))
                without += path;
        }
        QVERIFY(files.size() > 150);
        QVERIFY2(without.isEmpty(), qPrintable(without.join('\n'_L1)));
    }

    void noFileNamesFoldersOfOneMachine()
    {
        QCOMPARE(machinePath(u"see /wo"_s + u"rk/notes.md"_s), u"/wo"_s + u"rk/notes.md"_s);
        QCOMPARE(machinePath(u"\"/t"_s + u"mp/wt/x\""_s), u"/t"_s + u"mp/wt/x"_s);
        QCOMPARE(machinePath(u"a network/word and framework/x"_s), QString());
        QStringList found;
        const QDir root(cycast::test::sourcePath({}));
        QStringList files = root.entryList(QDir::Files | QDir::Hidden);
        files.removeAll(u".git"_s);
        for (const QString &folder : root.entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot)) {
            if (folder != "build"_L1 && (folder == ".ci"_L1 || !folder.startsWith('.'_L1)))
                files += projectFiles(folder, {});
        }
        QVERIFY(files.size() > 200);
        for (const QString &path : std::as_const(files)) {
            if (path.endsWith(".mp3"_L1) || path.endsWith(".png"_L1))
                continue;
            if (const QString place = machinePath(content(path)); !place.isEmpty())
                found += path + u": "_s + place;
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join('\n'_L1)));
    }
};

QTEST_GUILESS_MAIN(TestArrows)
#include "tst_arrows.moc"
