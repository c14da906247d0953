// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/announce/yplisting.h"

#include <QTest>
#include <QUrlQuery>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

/// The public directory: what it is told, and when.
class TestYpListing : public QObject
{
    Q_OBJECT

private slots:
    void theSameWordsAsIcecast();
    void answers_data();
    void answers();
    void addedTouchedRemoved();
    void aNewTitleIsToldSoon();
    void nobodyAnswers();
    void aRefusedAddition();
    void aRefusedTouch();
    void keptOverARestart();
    void anotherNameIsAnotherEntry();
    void offTheAirWhileItIsAsked();
};

namespace
{

using YpKind = YpAnswer::Kind;
using YpState = YpListing::State;

const QString directory = u"http://dir.example/yp"_s;
const YpAnswer added{YpKind::Accepted, u"Added"_s, "sid-7", 300};
const YpAnswer fine{YpKind::Accepted, u"Updated"_s, {}, 0};
const YpAnswer refused{YpKind::Refused, u"No"_s, {}, 0};
const YpAnswer silent{YpKind::None, u"no answer in time"_s, {}, 0};

YpStation kitchen()
{
    return {u"Kitchen & Radio"_s,
            u"Jazz"_s,
            u"From the kitchen"_s,
            u"http://kitchen.example/"_s,
            u"http://radio.example.org:8001/stream"_s,
            "audio/mpeg",
            {},
            128,
            44100,
            2};
}

QString actionOf(const std::optional<YpListing::Request> &request)
{
    return request ? QUrlQuery(QString::fromLatin1(request->body)).queryItemValue(u"action"_s) : QString();
}

/// Added at 60 s.
YpListing listed()
{
    YpListing listing;
    listing.setStation(directory, kitchen(), 0);
    (void)listing.take(YpListing::firstMs);
    listing.answered(added, YpListing::firstMs);
    return listing;
}

QStringList namesIn(const QByteArray &body)
{
    QStringList names;
    for (const auto &[name, value] : QUrlQuery(QString::fromLatin1(body)).queryItems())
        names.append(name);
    return names;
}

} // namespace

// Recorded from Icecast 2.4.4 against a directory of ours (its source was ffmpeg); what it says we say, in
// its order.
void TestYpListing::theSameWordsAsIcecast()
{
    const QByteArray icecastAdd =
        "action=add&sn=Kitchen%20%26%20Radio&genre=Jazz&cpswd=&desc=From%20the%20kitchen&url=http%3a%2f%2f"
        "kitchen%2eexample%2f&listenurl=http%3a%2f%2fradio%2eexample%2eorg%3a8001%2fstream&type=audio%2fmpeg&"
        "stype=&b=";
    const QByteArray icecastTouch = "action=touch&sid=sid-7&st=&listeners=0&max_listeners=100&stype=";
    const QByteArray icecastRemove = "action=remove&sid=sid-7";
    const auto check = [](const QByteArray &ours, const QByteArray &theirs, const QString &other) {
        QStringList order;
        const QStringList expected = namesIn(theirs);
        for (const QString &name : namesIn(ours)) {
            if (expected.contains(name))
                order.append(name);
        }
        QCOMPARE(order, expected);
        const QUrlQuery our(QString::fromLatin1(ours));
        const QUrlQuery their(QString::fromLatin1(theirs));
        for (const QString &name : expected) {
            if (name != other)
                QCOMPARE(our.queryItemValue(name, QUrl::FullyDecoded),
                         their.queryItemValue(name, QUrl::FullyDecoded));
        }
    };
    check(ypAdd(kitchen()), icecastAdd, u"b"_s); // we know the bitrate
    QCOMPARE(QUrlQuery(QString::fromLatin1(ypAdd(kitchen()))).queryItemValue(u"b"_s), u"128"_s);
    check(ypTouch("sid-7", kitchen(), {{}, 0, 100}), icecastTouch, {});
    QCOMPARE(ypRemove("sid-7"), icecastRemove);
    const QByteArray hostile = ypTouch("a&b=c", kitchen(), {u"T\u00fcr & Tor = \u266b\r\n"_s, 3, 0});
    QVERIFY2(hostile.contains("sid=a%26b%3Dc&st=T%C3%BCr%20%26%20Tor%20%3D%20%E2%99%AB%0D%0A&listeners=3"),
             hostile);
}

void TestYpListing::answers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QList<QByteArray>>("headers"); // name, value, name, value
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QByteArray>("sid");
    const auto row = [](const char *name, int status, const QList<QByteArray> &headers, YpKind kind,
                        const QString &message, const QByteArray &sid = {}) {
        QTest::newRow(name) << status << headers << static_cast<int>(kind) << message << sid;
    };
    row("added", 200, {"YPResponse", "1", "YPMessage", "Added", "SID", "7", "TouchFreq", "300"},
        YpKind::Accepted, u"Added"_s, "7");
    row("any case", 200, {"ypresponse", "1", "sid", " 7 "}, YpKind::Accepted, {}, "7");
    row("refused", 200, {"YPResponse", "0", "YPMessage", "Illegal listen url\x07 <b>"}, YpKind::Refused,
        u"Illegal listen url <b>"_s);
    row("refused without a word", 200, {"YPResponse", "0"}, YpKind::Refused, u"without a reason"_s);
    row("no directory", 200, {}, YpKind::Refused, u"this is no directory (status 200)"_s);
    row("not there", 404, {}, YpKind::Refused, u"this is no directory (status 404)"_s);
    row("troubles of its own", 502, {}, YpKind::None, u"status 502"_s);
    row("nobody", 0, {}, YpKind::None, u"no answer in time"_s);
    row("a novel", 200, {"YPResponse", "0", "YPMessage", QByteArray(5'000, 'x')}, YpKind::Refused,
        QString(200, u'x'));
}

void TestYpListing::answers()
{
    QFETCH(const int, status);
    QFETCH(const QList<QByteArray>, headers);
    QFETCH(const int, kind);
    QFETCH(const QString, message);
    QFETCH(const QByteArray, sid);
    WebAnswer answer;
    answer.status = status;
    answer.problem = u"no answer in time"_s;
    for (qsizetype i = 0; i + 1 < headers.size(); i += 2)
        answer.headers.append({headers.at(i), headers.at(i + 1)});
    const YpAnswer got = ypAnswerOf(answer);
    QCOMPARE(static_cast<int>(got.kind), kind);
    QCOMPARE(got.message, message);
    QCOMPARE(got.sid, sid);
}

void TestYpListing::addedTouchedRemoved()
{
    YpListing listing;
    QVERIFY(!listing.take(0) && !listing.dueMs());
    listing.setStation(directory, kitchen(), 1'000);
    QCOMPARE(listing.state(), YpState::Waiting);
    QCOMPARE(listing.dueMs(), 61'000);
    QVERIFY(!listing.take(60'999));
    const auto add = listing.take(61'000);
    QCOMPARE(actionOf(add), u"add"_s);
    QCOMPARE(add->directory, directory);
    QVERIFY(!listing.take(61'000) && !listing.dueMs()); // one at a time
    listing.answered(added, 62'000);
    QCOMPARE(listing.state(), YpState::Listed);
    QCOMPARE(listing.lastAnswer(), u"Added"_s);
    QCOMPARE(listing.dueMs(), 67'000);
    QCOMPARE(actionOf(listing.take(67'000)), u"touch"_s);
    listing.answered(fine, 67'500);
    QCOMPARE(listing.dueMs(), 367'500); // as often as it wants
    listing.setStation(directory, std::nullopt, 400'000);
    QCOMPARE(listing.state(), YpState::Off);
    QCOMPARE(listing.dueMs(), 0);
    QCOMPARE(listing.take(400'000)->body, QByteArray("action=remove&sid=sid-7"));
    listing.answered(fine, 400'100);
    QVERIFY(!listing.take(1'000'000) && !listing.dueMs() && listing.kept().sid.isEmpty());
    // Never more often than twice a minute, whatever it says.
    listing.setStation(directory, kitchen(), 500'000);
    QCOMPARE(actionOf(listing.take(560'000)), u"add"_s);
    listing.answered({YpKind::Accepted, {}, "8", 1}, 560'000);
    QCOMPARE(actionOf(listing.take(565'000)), u"touch"_s);
    listing.answered(fine, 565'000);
    QCOMPARE(listing.dueMs(), 565'000 + 30'000);
}

void TestYpListing::aNewTitleIsToldSoon()
{
    YpListing listing = listed();
    (void)listing.take(65'000);
    listing.answered(fine, 65'000);
    listing.setMoment({u"A - B"_s, 3, 0}, 100'000); // touched 35 s ago
    QCOMPARE(listing.dueMs(), 365'000);
    listing.setMoment({u"C - D"_s, 3, 0}, 200'000);
    QCOMPARE(listing.dueMs(), 203'000);
    listing.setMoment({u"C - D"_s, 9, 0}, 202'000); // listeners are no news
    const auto touch = listing.take(203'000);
    QVERIFY2(touch->body.contains("st=C%20-%20D&listeners=9"), touch->body);
    listing.answered(fine, 203'000);
    QCOMPARE(listing.dueMs(), 503'000);
}

void TestYpListing::nobodyAnswers()
{
    YpListing listing;
    listing.setStation(directory, kitchen(), 0);
    (void)listing.take(60'000);
    listing.answered(silent, 66'000);
    QCOMPARE(listing.state(), YpState::Unreachable);
    QCOMPARE(listing.lastAnswer(), u"no answer in time"_s);
    QCOMPARE(listing.dueMs(), 66'000 + 20 * 60'000);
    listing.setStation(directory, kitchen(), 70'000); // no change, no hurry
    listing.setMoment({u"New"_s, 1, 0}, 80'000);
    QCOMPARE(listing.dueMs(), 66'000 + 20 * 60'000);
    QCOMPARE(actionOf(listing.take(66'000 + 20 * 60'000)), u"add"_s);
    // A touch that nobody hears: added anew, later.
    YpListing known = listed();
    (void)known.take(65'000);
    known.answered(silent, 71'000);
    QCOMPARE(known.state(), YpState::Unreachable);
    QCOMPARE(known.dueMs(), 71'000 + 20 * 60'000);
    QCOMPARE(actionOf(known.take(71'000 + 20 * 60'000)), u"add"_s);
}

void TestYpListing::aRefusedAddition()
{
    YpListing listing;
    listing.setStation(directory, kitchen(), 0);
    (void)listing.take(60'000);
    listing.answered(refused, 60'000);
    QCOMPARE(listing.state(), YpState::Refused);
    QCOMPARE(listing.lastAnswer(), u"No"_s);
    QCOMPARE(listing.dueMs(), 60'000 + 2 * 3'600'000);
    QVERIFY(!listing.take(3'600'000));
    // Accepted without a name of its own is no acceptance.
    (void)listing.take(60'000 + 2 * 3'600'000);
    listing.answered({YpKind::Accepted, {}, {}, 300}, 8'000'000);
    QCOMPARE(listing.state(), YpState::Refused);
    // Off the air and on again is no way around it; another name may be.
    listing.setStation(directory, std::nullopt, 9'000'000);
    QVERIFY(!listing.take(9'000'000));
    listing.setStation(directory, kitchen(), 9'100'000);
    QCOMPARE(listing.dueMs(), 8'000'000 + 2 * 3'600'000);
    YpStation renamed = kitchen();
    renamed.name = u"Garden Radio"_s;
    listing.setStation(directory, renamed, 9'200'000);
    QCOMPARE(listing.dueMs(), 9'260'000);
}

void TestYpListing::aRefusedTouch()
{
    YpListing listing = listed();
    (void)listing.take(65'000);
    listing.answered(refused, 65'000);
    QCOMPARE(listing.state(), YpState::Refused);
    QCOMPARE(listing.dueMs(), 65'000 + 20 * 60'000);
    QCOMPARE(actionOf(listing.take(65'000 + 20 * 60'000)), u"add"_s);
    listing.answered({YpKind::Accepted, {}, "9", 7'200}, 2'000'000);
    (void)listing.take(2'005'000);
    listing.answered(refused, 2'005'000);
    QCOMPARE(listing.dueMs(), 2'005'000 + 7'200'000); // as often as it wanted a touch, if that is longer
}

void TestYpListing::keptOverARestart()
{
    const YpListing::Kept kept = listed().kept();
    QCOMPARE(kept.sid, QByteArray("sid-7"));
    QCOMPARE(kept.touchSeconds, 300);
    YpListing after;
    after.restore(kept, 120'000);
    QVERIFY(!after.dueMs()); // not on the air yet: nothing is removed
    after.setStation(directory, kitchen(), 0);
    QCOMPARE(actionOf(after.take(60'000)), u"touch"_s);
    after.answered(fine, 60'000);
    QCOMPARE(after.state(), YpState::Listed);
    QCOMPARE(after.dueMs(), 360'000);
    // It has forgotten us: that is no refusal.
    YpListing forgotten;
    forgotten.restore(kept, 120'000);
    forgotten.setStation(directory, kitchen(), 0);
    (void)forgotten.take(60'000);
    forgotten.answered(refused, 60'000);
    QCOMPARE(forgotten.state(), YpState::Waiting);
    QCOMPARE(actionOf(forgotten.take(120'000)), u"add"_s);
    // Too long ago, or of a clock that went backwards.
    for (const qint64 age : {qint64{901'000}, qint64{-1}}) {
        YpListing old;
        old.restore(kept, age);
        old.setStation(directory, kitchen(), 0);
        QCOMPARE(actionOf(old.take(60'000)), u"add"_s);
    }
    // Elsewhere now: the old entry is taken away first.
    YpListing moved;
    moved.restore(kept, 120'000);
    YpStation elsewhere = kitchen();
    elsewhere.listenUrl = u"https://new.example/stream"_s;
    moved.setStation(directory, elsewhere, 0);
    QCOMPARE(actionOf(moved.take(0)), u"remove"_s);
    moved.answered(fine, 100);
    QCOMPARE(actionOf(moved.take(60'100)), u"add"_s);
}

void TestYpListing::anotherNameIsAnotherEntry()
{
    YpListing listing = listed();
    YpStation renamed = kitchen();
    renamed.name = u"Garden Radio"_s;
    listing.setStation(directory, renamed, 70'000);
    QCOMPARE(actionOf(listing.take(70'000)), u"remove"_s);
    listing.answered(fine, 70'100);
    QCOMPARE(listing.state(), YpState::Waiting);
    QVERIFY(!listing.take(130'000));
    const auto add = listing.take(130'100);
    QVERIFY2(add && add->body.contains("sn=Garden%20Radio"), "");
    listing.answered(added, 130'200);
    // Another directory: gone from the old one.
    listing.setStation(u"http://other.example/yp"_s, renamed, 140'000);
    const auto remove = listing.take(140'000);
    QCOMPARE(remove->directory, directory);
    QCOMPARE(actionOf(remove), u"remove"_s);
}

void TestYpListing::offTheAirWhileItIsAsked()
{
    YpListing listing;
    listing.setStation(directory, kitchen(), 0);
    (void)listing.take(60'000);
    listing.setStation(directory, std::nullopt, 60'100);
    listing.answered(added, 60'200);
    QCOMPARE(listing.state(), YpState::Off);
    QCOMPARE(actionOf(listing.take(60'200)), u"remove"_s);
    listing.answered(silent, 66'000);
    QVERIFY(!listing.dueMs() && listing.kept().sid.isEmpty());
}

QTEST_APPLESS_MAIN(TestYpListing)
#include "tst_yplisting.moc"
