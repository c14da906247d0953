// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/attention.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestAttention : public QObject
{
    Q_OBJECT

private slots:
    void reasons_data()
    {
        QTest::addColumn<PlaylistEntry>("entry");
        QTest::addColumn<QList<int>>("kinds");
        PlaylistEntry fine;
        fine.tagsRead = true;
        fine.track.durationMs = 200'000;
        const auto row = [&fine](const char *name, auto change, const QList<AttentionKind> &kinds) {
            PlaylistEntry entry = fine;
            change(entry);
            QList<int> numbers;
            for (const AttentionKind kind : kinds)
                numbers.append(static_cast<int>(kind));
            QTest::newRow(name) << entry << numbers;
        };
        using K = AttentionKind;
        const auto fault = [](EntryFault kind) {
            return [kind](PlaylistEntry &e) {
                e.problem = Sentence(u"A sentence."_s);
                e.fault = kind;
            };
        };
        row("fine", [](PlaylistEntry &) {}, {});
        row("missing", fault(EntryFault::Missing), {K::Missing});
        row("unreadable", fault(EntryFault::Unreadable), {K::Unreadable});
        row("protected", fault(EntryFault::Protected), {K::Protected});
        row("no sound", fault(EntryFault::NoSound), {K::NoSound});
        row("no answer", fault(EntryFault::NoAnswer), {K::NoAnswer});
        row("other", fault(EntryFault::None), {K::CannotPlay});
        row("short", [](PlaylistEntry &e) { e.track.durationMs = 4999; }, {K::TooShort});
        row("not short", [](PlaylistEntry &e) { e.track.durationMs = 5000; }, {});
        row("length unknown", [](PlaylistEntry &e) { e.track.durationMs = 0; }, {});
        row("not read yet",
            [](PlaylistEntry &e) {
                e.track.durationMs = 100;
                e.tagsRead = false;
            },
            {});
        row("silent end", [](PlaylistEntry &e) { e.silentEndMs = 5000; }, {K::SilentEnd});
        row("a breath of silence", [](PlaylistEntry &e) { e.silentEndMs = 4999; }, {});
        row("loud", [](PlaylistEntry &e) { e.loudnessLufs = -4.0F; }, {K::FarTooLoud});
        row("usual", [](PlaylistEntry &e) { e.loudnessLufs = -9.0F; }, {});
        row("quiet", [](PlaylistEntry &e) { e.loudnessLufs = -40.0F; }, {K::FarTooQuiet});
        row("several",
            [](PlaylistEntry &e) {
                e.problem = Sentence(u"A sentence."_s);
                e.track.durationMs = 1000;
                e.silentEndMs = 9000;
            },
            {K::CannotPlay, K::TooShort, K::SilentEnd});
    }
    void reasons()
    {
        QFETCH(const PlaylistEntry, entry);
        QFETCH(const QList<int>, kinds);
        const QList<Attention> found = attentionOf(entry);
        QCOMPARE(needsAttention(entry), !kinds.isEmpty());
        QCOMPARE(found.size(), kinds.size());
        for (qsizetype i = 0; i < found.size(); ++i) {
            QCOMPARE(static_cast<int>(found.at(i).kind), kinds.at(i));
            QVERIFY(found.at(i).sentence.english().endsWith(u'.') ||
                    found.at(i).sentence.english().endsWith(u'?'));
        }
        if (!kinds.isEmpty())
            QCOMPARE(static_cast<int>(worstAttention(entry)), kinds.constFirst());
    }
};

QTEST_GUILESS_MAIN(TestAttention)
#include "tst_attention.moc"
