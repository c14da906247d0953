// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// How large a file, a function and a folder may become, and that nothing goes round in circles: a class that
// needs a second .cpp is two classes. tst_arrows says who may include whom.
#include "tests/support/paths.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr int mostLines = 60;
constexpr int mostHeaders = 25;

/// Functions that are tables: one row after the other, nothing to cut.
const QStringList tables{u"serverFields"_s, u"advancedFields"_s, u"shapeOf"_s, u"wordsOf"_s};

/// Still to be cut. A name that is no longer needed here makes the test fail.
const QStringList classesToCut{};
const QStringList functionsToCut{};
const QStringList roomsToPart{u"core/net"_s};

/// The classes whose members `text` defines.
QSet<QString> classesDefinedIn(const QString &text)
{
    static const QRegularExpression member(
        u"^(?![ \\t#/}]|using |return )[^\\n;={(]*?\\b(\\w+)::(?:~?\\w+|operator[^\\s(]+)\\("_s,
        QRegularExpression::MultilineOption);
    QSet<QString> found;
    for (auto it = member.globalMatch(text); it.hasNext();)
        found.insert(it.next().captured(1));
    return found;
}

struct Function {
    QString name;
    int lines = 0;
};

/// The functions of a file as clang-format leaves it: a body stands between two braces at the beginning of a
/// line.
QList<Function> functionsOf(const QString &text)
{
    static const QRegularExpression name(u"((?:\\w+::)*~?\\w+)\\("_s);
    const QStringList lines = text.split('\n'_L1);
    QList<Function> found;
    int begin = -1;
    for (int at = 0; at < lines.size(); ++at) {
        if (lines.at(at) == '{'_L1) {
            begin = at;
        } else if (lines.at(at) == '}'_L1 && begin > 0) {
            // The head reaches up to the first line that is not indented.
            int head = begin - 1;
            while (head > 0 && (lines.at(head).startsWith(' '_L1) || lines.at(head).startsWith(':'_L1)))
                --head;
            found.append({name.match(lines.at(head)).captured(1), at - begin - 1});
            begin = -1;
        }
    }
    return found;
}

/// Those that can be reached from themselves. `arrows`: from each to its neighbours.
QStringList circling(const QMap<QString, QSet<QString>> &arrows)
{
    QStringList found;
    for (auto start = arrows.cbegin(); start != arrows.cend(); ++start) {
        QSet<QString> seen;
        QStringList next(start->cbegin(), start->cend());
        while (!next.isEmpty()) {
            const QString at = next.takeLast();
            if (seen.contains(at))
                continue;
            seen.insert(at);
            const QSet<QString> further = arrows.value(at);
            next.append(QStringList(further.cbegin(), further.cend()));
        }
        if (seen.contains(start.key()))
            found.append(start.key());
    }
    return found;
}

QStringList includesOf(const QString &text)
{
    static const QRegularExpression include(u"^#include \"((?:core|ui|app)/[^\"]+)\""_s,
                                            QRegularExpression::MultilineOption);
    QStringList found;
    for (auto it = include.globalMatch(text); it.hasNext();)
        found.append(it.next().captured(1));
    return found;
}

QString folderOf(const QString &path)
{
    return path.left(path.lastIndexOf('/'_L1));
}

/// "core/net" of "core/net/http/doors.h".
QString roomOf(const QString &path)
{
    return path.section('/'_L1, 0, path.count('/'_L1) > 1 ? 1 : 0);
}

/// Path and text of every source file, relative to the project.
const QMap<QString, QString> &sources()
{
    static const QMap<QString, QString> all = [] {
        QMap<QString, QString> files;
        const QDir root(cycast::test::sourcePath({}));
        for (const QString &folder : {u"app"_s, u"core"_s, u"ui"_s}) {
            QDirIterator it(root.filePath(folder), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                            QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile file(it.next());
                if (file.open(QIODevice::ReadOnly))
                    files.insert(root.relativeFilePath(file.fileName()), QString::fromUtf8(file.readAll()));
            }
        }
        return files;
    }();
    return all;
}

/// What is in both lists, without what may be there; and what may be there and is not.
void compare(QStringList found, QStringList expected)
{
    found.removeDuplicates();
    QStringList unknown;
    for (const QString &each : std::as_const(found)) {
        if (!expected.removeOne(each))
            unknown.append(each);
    }
    QVERIFY2(unknown.isEmpty(), qPrintable(unknown.join('\n'_L1)));
    QVERIFY2(expected.isEmpty(), qPrintable(u"No longer to be excused: "_s + expected.join(u", "_s)));
}

} // namespace

class TestShape : public QObject
{
    Q_OBJECT

private slots:
    void theReaderSeesWhatIsThere()
    {
        QCOMPARE(classesDefinedIn(u"A::A(int x)\n    : B::c(x)\n{\n    C::d();\n}\nD E::f() const\n"
                                  "using std::max(\n"_s),
                 (QSet<QString>{u"A"_s, u"E"_s}));
        const QList<Function> functions =
            functionsOf(u"namespace x\n{\n\nA::A(int x)\n    : m_x(x)\n{\n    f();\n}\n\nint g(int a,\n"
                        "      int b)\n{\n    if (a) {\n    }\n    return b;\n}\n} // namespace x\n"_s);
        QCOMPARE(functions.size(), 2);
        QCOMPARE(functions.first().name, u"A::A"_s);
        QCOMPARE(functions.first().lines, 1);
        QCOMPARE(functions.last().name, u"g"_s);
        QCOMPARE(functions.last().lines, 3);
        QCOMPARE(circling({{u"a"_s, {u"b"_s}}, {u"b"_s, {u"c"_s}}, {u"c"_s, {u"b"_s}}}),
                 (QStringList{u"b"_s, u"c"_s}));
        QCOMPARE(roomOf(u"core/net/http/doors.h"_s), u"core/net"_s);
        QCOMPARE(roomOf(u"app/cycast.cpp"_s), u"app"_s);
        QVERIFY(sources().size() > 300);
    }

    void aClassStandsInOneFile()
    {
        QMap<QString, QSet<QString>> filesOf;
        for (auto file = sources().cbegin(); file != sources().cend(); ++file) {
            if (!file.key().endsWith(".cpp"_L1))
                continue;
            for (const QString &name : classesDefinedIn(*file))
                filesOf[name].insert(file.key());
        }
        QVERIFY(filesOf.size() > 100);
        QStringList found;
        for (auto each = filesOf.cbegin(); each != filesOf.cend(); ++each) {
            if (each->size() > 1)
                found.append(each.key());
        }
        compare(found, classesToCut);
    }

    void aFunctionFitsOnAScreen()
    {
        QStringList found;
        int seen = 0;
        for (const QString &text : sources()) {
            for (const Function &function : functionsOf(text)) {
                ++seen;
                if (function.lines > mostLines && !tables.contains(function.name))
                    found.append(function.name);
            }
        }
        QVERIFY(seen > 1'000);
        compare(found, functionsToCut);
    }

    void aFolderHoldsOneTrade()
    {
        QMap<QString, int> headers;
        for (auto file = sources().cbegin(); file != sources().cend(); ++file)
            headers[folderOf(file.key())] += file.key().endsWith(".h"_L1) ? 1 : 0;
        QVERIFY(headers.size() > 20);
        for (auto each = headers.cbegin(); each != headers.cend(); ++each)
            QVERIFY2(*each <= mostHeaders, qPrintable(u"%1: %2 headers"_s.arg(each.key()).arg(*each)));
    }

    void headersGoRoundInNoCircle()
    {
        QMap<QString, QSet<QString>> arrows;
        for (auto file = sources().cbegin(); file != sources().cend(); ++file) {
            if (!file.key().endsWith(".h"_L1))
                continue;
            for (const QString &name : includesOf(*file))
                arrows[file.key()].insert(name);
        }
        QVERIFY(arrows.size() > 100);
        compare(circling(arrows), {});
    }

    void roomsGoRoundInNoCircle()
    {
        QMap<QString, QSet<QString>> arrows;
        for (auto file = sources().cbegin(); file != sources().cend(); ++file) {
            for (const QString &name : includesOf(*file)) {
                if (roomOf(name) != roomOf(file.key()))
                    arrows[roomOf(file.key())].insert(roomOf(name));
            }
        }
        QVERIFY(arrows.size() > 15);
        compare(circling(arrows), {});
    }

    /// A folder within a room and the room's own files are one: what is said of all kinds stands around the
    /// kinds.
    void foldersOfARoomGoRoundInNoCircle()
    {
        QMap<QString, QSet<QString>> arrows;
        for (auto file = sources().cbegin(); file != sources().cend(); ++file) {
            const QString from = folderOf(file.key());
            for (const QString &name : includesOf(*file)) {
                const QString to = folderOf(name);
                if (from != to && roomOf(from + u'/') == roomOf(to + u'/') && from != roomOf(to + u'/') &&
                    to != roomOf(from + u'/'))
                    arrows[from].insert(to);
            }
        }
        QVERIFY(!arrows.isEmpty());
        QStringList rooms;
        for (const QString &folder : circling(arrows))
            rooms.append(roomOf(folder + u'/'));
        compare(rooms, roomsToPart);
    }
};

QTEST_GUILESS_MAIN(TestShape)
#include "tst_shape.moc"
