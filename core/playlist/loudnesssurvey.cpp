// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/loudnesssurvey.h"

#include "core/codec/codecsession.h"
#include "core/codec/loudnesscache.h"
#include "core/playlist/mediafaults.h"
#include "core/wayback.h"

#include <QElapsedTimer>

#include <atomic>

namespace cycast
{

namespace
{

/// The longest that one file may take; three hours of music take less.
constexpr int longestMs = 300'000;
constexpr int shortestRestMs = 20;
constexpr int waitAtTheEndMs = 2000;

} // namespace

struct LoudnessSurvey::Shared {
    explicit Shared(LoudnessSurvey *owner)
        : back(owner)
    {
    }
    WayBack<LoudnessSurvey> back;
    std::atomic<bool> isStopped = false;
};

LoudnessSurvey::LoudnessSurvey(QObject *parent)
    : QObject(parent)
    , m_shared(std::make_shared<Shared>(this))
    , m_pool(std::make_unique<QThreadPool>())
{
    m_pool->setMaxThreadCount(1);
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &LoudnessSurvey::next);
}

LoudnessSurvey::~LoudnessSurvey()
{
    m_shared->isStopped = true;
    m_shared->back.close();
    if (!m_pool->waitForDone(waitAtTheEndMs))
        static_cast<void>(m_pool.release()); // it hangs in a disk, with the pool it belongs to
}

void LoudnessSurvey::setRules(bool isOn, int channels)
{
    m_isOn = isOn;
    m_channels = channels;
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
        if (!entry.problem.isEmpty() || entry.loudnessLufs != 0.0F || m_known.contains(entry.id))
            continue;
        m_known.insert(entry.id);
        m_waiting.push_back({entry.id, entry.path});
    }
    next();
}

void LoudnessSurvey::cancel()
{
    m_waiting.clear();
    m_known.clear();
}

void LoudnessSurvey::next()
{
    if (!m_isOn || m_isHeld || m_isMeasuring || m_rest.isActive() || m_waiting.empty())
        return;
    const Track track = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_isMeasuring = true;
    m_pool->start(travelling([shared = m_shared, track, channels = m_channels] {
        QElapsedTimer worked;
        worked.start();
        PlaylistEntry entry;
        LoudnessCache &cache = LoudnessCache::shared();
        if (const auto known = cache.find(track.path, channels)) {
            entry = withLoudness({}, known->loudness);
        } else {
            const auto stop = [&shared] { return shared->isStopped.load(); };
            const auto measured = measureLoudness(codecProgramPath(), track.path, channels, longestMs, stop);
            if (measured) {
                cache.insert(track.path, channels, *measured);
                entry = withLoudness({}, *measured);
            }
        }
        const int restMs = qMax(shortestRestMs, static_cast<int>(worked.elapsed()));
        shared->back.tell([id = track.id, lufs = static_cast<double>(entry.loudnessLufs),
                           silentEndMs = entry.silentEndMs, restMs](LoudnessSurvey *owner) {
            owner->m_rest.start(restMs);
            owner->take(id, lufs, silentEndMs);
        });
    }));
}

void LoudnessSurvey::take(quint64 entryId, double lufs, int silentEndMs)
{
    m_isMeasuring = false;
    if (lufs == 0.0)
        return; // once is enough
    m_known.remove(entryId);
    emit measured(entryId, lufs, silentEndMs);
}

} // namespace cycast
