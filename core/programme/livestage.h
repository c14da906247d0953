// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/sources/sourceserver.h"
#include "core/programme/liveshow.h"
#include "core/values/stationstatus.h"

#include <deque>
#include <memory>

namespace cycast
{

/// Who is live, and who waits to be. Uploads that are complete wait for their turn; there is one place for
/// who is connected. When somebody's turn comes is decided elsewhere. Lives in the station's thread.
class LiveStage : public QObject
{
    Q_OBJECT

public:
    explicit LiveStage(Clock clock, QObject *parent = nullptr);

    void setRules(const LiveRules &rules);
    void setTimeout(double seconds);

    /// Takes the source.
    void add(SourceConnection *source);
    /// Those who wait are dropped without a word; who is heard ends.
    void drop(const Sentence &reason);
    /// For the source that came last. The title of what is heard has changed: true.
    bool setTitle(const TitleUpdate &update);

    /// Heard; null: nobody.
    LiveShow *live() const { return m_live.get(); }
    /// Who is heard next; null: nobody.
    LiveShow *waiting() const { return m_waiting.empty() ? nullptr : m_waiting.front().get(); }
    /// Whose connection is open; null: nobody's.
    LiveShow *connected() const;
    /// Somebody follows the one that is heard, or may yet.
    bool isFollowed() const;

    /// Who waits is heard now. Returns who was before.
    std::unique_ptr<LiveShow> promote();
    /// Nobody is heard any more. Returns who was.
    std::unique_ptr<LiveShow> finish() { return std::move(m_live); }
    /// It may be telling us something at this moment: it goes behind that.
    static void letGo(std::unique_ptr<LiveShow> show);

    /// What a further source would find.
    StageView view(qint64 nowNs);
    SourceStatus status(qint64 nowNs) const;

signals:
    /// Of the one that is heard.
    void piecesReady();
    /// Somebody may be heard now, or nobody any more.
    void changed();
    /// A source went before any of it was heard. `isUnplayable`: it sent nothing that could be.
    void leftUnheard(const cycast::SourceDescription &source, const cycast::Sentence &reason,
                     bool isUnplayable);

private:
    void showEnded(const LiveShow *show);
    void dropFirst();

    Clock m_clock;
    LiveRules m_rules;
    std::unique_ptr<LiveShow> m_live;
    std::deque<std::unique_ptr<LiveShow>> m_waiting; ///< in this order
};

} // namespace cycast
