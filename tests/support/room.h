// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

#ifdef QT_WIDGETS_LIB
#include <QApplication>
#endif

/// The tests of one room share one program (room.cpp is its main): linking a program takes longer than
/// compiling a test. A test ends as every QtTest does, with QTEST_MAIN (needs widgets), QTEST_GUILESS_MAIN
/// (needs an event loop) or QTEST_APPLESS_MAIN; here these put it on the program's list, under the name of
/// its file. Each test still runs in a process of its own, with the application object that it asks for.
namespace cycast::test
{

/// A test on the program's list, which the constructor joins.
struct RoomTest {
    using Run = int (*)(int argc, char **argv);

    /// \a file is __FILE__ of tst_NAME.cpp; \a run is what would be its main().
    RoomTest(const char *file, Run run);

    const char *file;
    Run run;
    const RoomTest *next;
};

} // namespace cycast::test

#define CYCAST_TEST_IN_ROOM(TestClass, ...)                                                                  \
    static int run##TestClass([[maybe_unused]] int argc, [[maybe_unused]] char **argv)                       \
    {                                                                                                        \
        __VA_ARGS__                                                                                          \
        TestClass test;                                                                                      \
        return QTest::qExec(&test, argc, argv);                                                              \
    }                                                                                                        \
    static const cycast::test::RoomTest listed##TestClass(__FILE__, run##TestClass);

// As QtTest has it: sizes in windows do not depend on the screen's dots per inch.
#define CYCAST_TEST_APPLICATION(Application)                                                                 \
    Application application(argc, argv);                                                                     \
    application.setAttribute(Qt::AA_Use96Dpi, true);

#undef QTEST_MAIN
#undef QTEST_GUILESS_MAIN
#undef QTEST_APPLESS_MAIN
#ifdef QT_WIDGETS_LIB
#define QTEST_MAIN(TestClass) CYCAST_TEST_IN_ROOM(TestClass, CYCAST_TEST_APPLICATION(QApplication))
#endif
#define QTEST_GUILESS_MAIN(TestClass)                                                                        \
    CYCAST_TEST_IN_ROOM(TestClass, CYCAST_TEST_APPLICATION(QCoreApplication))
#define QTEST_APPLESS_MAIN(TestClass) CYCAST_TEST_IN_ROOM(TestClass)
