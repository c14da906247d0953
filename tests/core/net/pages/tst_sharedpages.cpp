// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/pages/sharedpages.h"

#include <QTest>

using namespace cycast;

/// However many ask, a page is made once a second.
class TestSharedPages : public QObject
{
    Q_OBJECT

private slots:
    void madeOnceASecond();
    void eachKeyHasItsOwn();
    void whatIsPackedIsMadeOfTheSamePage();
    void inventedKeysAreBounded();
};

void TestSharedPages::madeOnceASecond()
{
    OnceASecond<int> value;
    int made = 0;
    for (qint64 ns = 0; ns < 10 * nsPerSecond; ns += nsPerSecond / 1000)
        value.get(ns, [&made] { return ++made; });
    QCOMPARE(made, 10);
    value.forget();
    QCOMPARE(value.get(10 * nsPerSecond - 1, [&made] { return ++made; }), 11);
}

void TestSharedPages::eachKeyHasItsOwn()
{
    SharedPages pages;
    int made = 0;
    const auto make = [&made] { return HttpResponse::json(200, QByteArray::number(++made)); };
    const HttpResponse first = pages.get("a", 0, make);
    QCOMPARE(pages.get("b", 0, make).body, QByteArray("2"));
    const HttpResponse again = pages.get("a", nsPerSecond - 1, make);
    QCOMPARE(again.body, QByteArray("1"));
    QCOMPARE(again.body.constData(), first.body.constData()); // one copy for all
    QCOMPARE(pages.get("a", nsPerSecond, make).body, QByteArray("3"));
    pages.forget();
    QCOMPARE(pages.get("a", nsPerSecond, make).body, QByteArray("4"));
}

/// Plain and packed are asked for in turn: the dear part is done once a second for both, and neither is older
/// than the other.
void TestSharedPages::whatIsPackedIsMadeOfTheSamePage()
{
    SharedPages pages;
    int made = 0;
    int packed = 0;
    const auto make = [&made] { return HttpResponse::json(200, QByteArray::number(++made)); };
    const auto pack = [&packed](HttpResponse page) {
        ++packed;
        page.body = "packed " + page.body;
        return page;
    };
    for (qint64 ns = 0; ns < 10 * nsPerSecond; ns += nsPerSecond / 10) {
        const QByteArray second = QByteArray::number(ns / nsPerSecond + 1);
        QCOMPARE(pages.get("a", ns, make).body, second);
        QCOMPARE(pages.getPacked("a", ns, make, pack).body, "packed " + second);
        QCOMPARE(pages
                     .getPacked(
                         "b", ns, [] { return HttpResponse::json(200, "b"); }, pack)
                     .body,
                 QByteArray("packed b"));
    }
    QCOMPARE(made, 10);
    QCOMPARE(packed, 20);
    QCOMPARE(pages.count(), 2);
    // The packed one comes first after a second: it is of that second, and so is the plain one.
    QCOMPARE(pages.getPacked("a", 11 * nsPerSecond, make, pack).body, QByteArray("packed 11"));
    QCOMPARE(pages.get("a", 11 * nsPerSecond + 1, make).body, QByteArray("11"));
}

void TestSharedPages::inventedKeysAreBounded()
{
    SharedPages pages;
    int made = 0;
    const auto make = [&made] { return HttpResponse::json(200, QByteArray::number(++made)); };
    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(pages.get(QByteArray::number(i), 2 * nsPerSecond, make).body, QByteArray::number(i + 1));
        QVERIFY(pages.count() <= SharedPages::mostKept);
    }
    // A second later there is room for others again.
    const QByteArray kept = pages.get("true", 3 * nsPerSecond, make).body;
    QCOMPARE(pages.get("true", 3 * nsPerSecond + 1, make).body, kept);
}

QTEST_APPLESS_MAIN(TestSharedPages)
#include "tst_sharedpages.moc"
