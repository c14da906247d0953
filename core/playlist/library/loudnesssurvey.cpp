// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/loudnesssurvey.h"

#include "core/codec/codecsession.h"
#include "core/codec/loudnesscache.h"
#include "core/playlist/library/mediafaults.h"

#include <QElapsedTimer>

namespace cycast
{

namespace
{

/// The longest that one file may take; three hours of music take less.
constexpr int longestMs = 300'000;
constexpr qint64 shortestRestMs = 20;
constexpr int restsForVerdict = 4;

} // namespace

LoudnessSurvey::LoudnessSurvey(QObject *parent)
    : QObject(parent)
    , m_isStopped(std::make_shared<std::atomic<bool>>(false))
    , m_off(this, 1)
{
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &LoudnessSurvey::next);
}

LoudnessSurvey::~LoudnessSurvey()
{
    *m_isStopped = true;
}

void LoudnessSurvey::setRules(const Rules &rules)
{
    m_rules = rules;
    next();
}

void LoudnessSurvey::setHeld(bool isHeld)
{
    m_isHeld = isHeld;
    next();
}

void LoudnessSurvey::add(const QList<PlaylistEntry> &entries)
{
    for (const PlaylistEntry &entry : entries) {
        if (!entry.problem.isEmpty() || entry.silentEndMs >= 0 || m_known.contains(entry.id))
            continue;
        m_known.insert(entry.id);
        const double tagged = entry.sound.taggedLufs;
        (tagged == 0.0 ? m_unknown : m_tagged).push_back({entry.id, entry.path, tagged});
    }
    next();
}

void LoudnessSurvey::cancel()
{
    m_unknown.clear();
    m_tagged.clear();
    m_known.clear();
}

void LoudnessSurvey::next()
{
    if (m_isHeld || m_isMeasuring || m_rest.isActive())
        return;
    const bool isForPlaying = m_rules.levels && !m_unknown.empty();
    std::deque<Track> &waiting = m_unknown.empty() ? m_tagged : m_unknown;
    if (waiting.empty() || !(isForPlaying || m_rules.isWatched))
        return;
    const Track track = std::move(waiting.front());
    waiting.pop_front();
    m_isMeasuring = true;
    const int rests = isForPlaying ? 1 : restsForVerdict;
    m_off.start([isStopped = m_isStopped, track, rests, channels = m_rules.channels](auto &back) {
        QElapsedTimer worked;
        worked.start();
        PlaylistEntry entry;
        entry.sound.taggedLufs = track.taggedLufs;
        LoudnessCache &cache = LoudnessCache::shared();
        if (const auto known = cache.find(track.path, channels)) {
            entry = withLoudness(std::move(entry), known->loudness);
        } else {
            const auto stop = [&isStopped] { return isStopped->load(); };
            const auto measured = measureLoudness(codecProgramPath(), track.path, channels, longestMs, stop);
            if (measured) {
                cache.insert(track.path, channels, *measured);
                entry = withLoudness(std::move(entry), *measured);
            }
        }
        const int restMs = static_cast<int>(qMax(shortestRestMs, rests * worked.elapsed()));
        back.tell([id = track.id, lufs = static_cast<double>(entry.loudnessLufs),
                   silentEndMs = entry.silentEndMs, restMs](LoudnessSurvey *owner) {
            owner->m_rest.start(restMs);
            owner->take(id, lufs, silentEndMs);
        });
    });
}

void LoudnessSurvey::take(quint64 entryId, double lufs, int silentEndMs)
{
    m_isMeasuring = false;
    if (silentEndMs < 0)
        return; // once is enough
    m_known.remove(entryId);
    emit measured(entryId, lufs, silentEndMs);
}

} // namespace cycast
