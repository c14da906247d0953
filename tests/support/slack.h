// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

#include <functional>

namespace cycast::test
{

/// What a busy machine takes from a test: how long threads of this process and of the programs that it
/// started were ready to run and had to wait for a processor, as the kernel counts it (Linux; elsewhere it is
/// 0), and how long the machine's disk kept anybody waiting. A test that says when something must have
/// happened adds it, and stays as strict as it was where nothing else is running.
class MachineSlack
{
public:
    /// All of it so far, looked up when it was last longer ago than \a maximalAgeMs. From any thread.
    static qint64 totalNs(qint64 maximalAgeMs = 0);

    MachineSlack()
        : m_fromNs(totalNs())
    {
    } ///< counts from now on
    qint64 ns() const { return totalNs() - m_fromNs; }
    qint64 ms() const { return ns() / 1'000'000; }
    double seconds() const { return static_cast<double>(ns()) / 1e9; }

private:
    qint64 m_fromNs;
};

/// How long the threads that the process has now, and those of the programs that it started, were ready to
/// run and had to wait for a processor. For what is said of that program alone, beside a test that computes.
qint64 waitedForProcessorNs(qint64 pid);

/// Runs the event loop until `condition` holds; false when it does not within `timeoutMs` and what the
/// machine took of it.
bool waitUntil(const std::function<bool()> &condition, int timeoutMs = 10'000);

} // namespace cycast::test

// QtTest's own count their time as if the machine were there for nobody else.
#undef QTRY_VERIFY
#undef QTRY_VERIFY_WITH_TIMEOUT
#undef QTRY_COMPARE
#undef QTRY_COMPARE_WITH_TIMEOUT
#define QTRY_VERIFY_WITH_TIMEOUT(condition, timeoutMs)                                                       \
    do {                                                                                                     \
        cycast::test::waitUntil([&] { return static_cast<bool>(condition); }, (timeoutMs));                  \
        QVERIFY(condition);                                                                                  \
    } while (false)
#define QTRY_COMPARE_WITH_TIMEOUT(actual, expected, timeoutMs)                                               \
    do {                                                                                                     \
        cycast::test::waitUntil([&] { return (actual) == (expected); }, (timeoutMs));                        \
        QCOMPARE(actual, expected);                                                                          \
    } while (false)
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, 5'000)
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, 5'000)
