// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The main program of a room's tests: tests_ROOM NAME [CASE...] runs tst_NAME.cpp, all of it or some of its
// cases; -part K/N, first, every Nth of them and of the rows of their data from the Kth on. Started as
// tst_NAME (build/*/bin holds such links) it runs that one.
#include "room.h"

#include <cstdio>
#include <cstdlib>
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

/// Every `count`th case of the test, from the one at `part` (1 is the first) on; each row of its data counts
/// as one ("case:row"). The test itself says which there are.
std::vector<std::string> casesOf(const std::string &program, const std::string &test, int part, int count)
{
    const std::string command = "exec '" + program + "' " + test + " -datatags";
    FILE *answer = ::popen(command.c_str(), "r");
    std::vector<std::string> cases;
    char *line = nullptr;
    size_t size = 0;
    for (int place = 0; answer && ::getline(&line, &size, answer) > 0; ++place) {
        // "TestClass case row", "TestClass case"
        std::string name(line);
        name.erase(name.find_last_not_of('\n') + 1);
        name.erase(0, name.find(' ') + 1);
        if (const size_t row = name.find(' '); row != std::string::npos)
            name[row] = ':';
        if (place % count == part - 1)
            cases.push_back(std::move(name));
    }
    std::free(line);
    if (!answer || ::pclose(answer) != 0)
        cases.clear();
    return cases;
}

} // namespace

namespace cycast::test
{

RoomTest::RoomTest(const char *ofFile, Run toRun)
    : file(ofFile)
    , run(toRun)
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
            names = casesOf(argv[0], isLink ? "" : name, part, count);
            if (names.empty())
                return 2;
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
