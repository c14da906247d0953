// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/values/playlistentry.h"

namespace cycast
{

/// After how much music a jingle comes; 0 does not count. With both, whichever is reached first.
struct JingleRule {
    int everySongs = 0;
    int everyMinutes = 0;
    bool operator==(const JingleRule &) const = default;
};

/// The second list: one of these in turn between two tracks, when the rule says so. Pure.
class Jingles
{
public:
    /// What has been heard since a jingle.
    struct Heard {
        quint64 lastJingle = 0; ///< 0: there was none
        int songs = 0;
        qint64 ms = 0;
    };
    /// What a track of unknown length counts for.
    static constexpr qint64 usualTrackMs = 210'000;

    void set(const QList<PlaylistEntry> &jingles) { m_jingles = jingles; }
    void setRule(const JingleRule &rule) { m_rule = rule; }

    const PlaylistEntry *find(quint64 id) const;
    /// Takes over what is known anew of one of them; nothing for others. True when it can be played now, or
    /// can no longer.
    bool update(const PlaylistEntry &entry);
    void setProblem(quint64 id, const Sentence &problem);

    bool hasRule() const
    {
        return !m_jingles.isEmpty() && (m_rule.everySongs > 0 || m_rule.everyMinutes > 0);
    }
    /// The jingle that comes before the next song; null: none yet.
    const PlaylistEntry *due(const Heard &heard) const;

private:
    int indexOf(quint64 id) const;

    QList<PlaylistEntry> m_jingles;
    JingleRule m_rule;
};

} // namespace cycast
