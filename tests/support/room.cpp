// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The main program of a room's tests: tests_ROOM NAME [CASE...] runs tst_NAME.cpp, all of it or some of its
// cases; -part K/N, first, every Nth of them from the Kth on. Started as tst_NAME (build/*/bin holds such
// links) it runs that one.
#include "room.h"

#include <QMetaMethod>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace
{

const cycast::test::RoomTest *&firstTest()
{
    static const cycast::test::RoomTest *first = nullptr;
    return first;
}

/// "/any/where/tst_NAME.cpp" and "bin/tst_NAME": NAME; others: as they are, without their folder.
std::string_view nameOf(std::string_view path)
{
    std::string_view name = path.substr(path.rfind('/') + 1);
    name = name.substr(0, name.find('.'));
    return name.starts_with("tst_") ? name.substr(4) : name;
}

/// Adds the names of every `count`th case, from the one at `part` (1 is the first) on.
void addPart(const QMetaObject &cases, int part, int count, std::vector<std::string> &names)
{
    const QList<QByteArray> noCases{"initTestCase", "cleanupTestCase", "init", "cleanup"};
    int place = 0;
    for (int i = cases.methodOffset(); i < cases.methodCount(); ++i) {
        const QMetaMethod method = cases.method(i);
        const bool isCase = method.methodType() == QMetaMethod::Slot &&
                            method.access() == QMetaMethod::Private && method.parameterCount() == 0 &&
                            !method.name().endsWith("_data") && !noCases.contains(method.name());
        if (isCase && place++ % count == part - 1)
            names.push_back(method.name().toStdString());
    }
}

} // namespace

namespace cycast::test
{

RoomTest::RoomTest(const char *ofFile, Run toRun, const QMetaObject &itsCases)
    : file(ofFile)
    , run(toRun)
    , cases(itsCases)
    , next(firstTest())
{
    firstTest() = this;
}

} // namespace cycast::test

int main(int argc, char **argv)
{
    const std::string_view program = argv[0];
    const bool isLink = program.substr(program.rfind('/') + 1).starts_with("tst_");
    int options = isLink ? 1 : 2;
    const std::string name(nameOf(isLink ? program : argc > 1 ? argv[1] : ""));
    for (const cycast::test::RoomTest *test = firstTest(); test; test = test->next) {
        if (nameOf(test->file) != name)
            continue;
        int part = 0;
        int count = 0;
        std::vector<std::string> names;
        if (argc > options + 1 && argv[options] == std::string_view("-part") &&
            std::sscanf(argv[options + 1], "%d/%d", &part, &count) == 2 && part > 0 && part <= count) {
            addPart(test->cases, part, count, names);
            options += 2;
        }
        // QtTest and the application object see a program of the test's own name.
        std::string ownName = "tst_" + name;
        std::vector<char *> arguments{ownName.data()};
        arguments.insert(arguments.end(), argv + options, argv + argc);
        for (std::string &each : names)
            arguments.push_back(each.data());
        const int size = static_cast<int>(arguments.size());
        arguments.push_back(nullptr);
        return test->run(size, arguments.data());
    }
    std::fprintf(stderr, "Usage: %s NAME [CASE...]; the names are:\n", argv[0]);
    for (const cycast::test::RoomTest *test = firstTest(); test; test = test->next)
        std::fprintf(stderr, "  %s\n", std::string(nameOf(test->file)).c_str());
    return 2;
}
