// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/rowfaults.h"

#include "core/base/filesystem.h"
#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/base/patientdisk.h"

namespace cycast
{

namespace
{

constexpr int chancesEveryMs = 5'000;
/// In the log, until something can be read again.
constexpr int mostWarnings = 20;
constexpr int lookPatienceMs = 2'000;

EntryFault faultOf(TrackFault kind)
{
    switch (kind) {
    case TrackFault::Missing:
        return EntryFault::Missing;
    case TrackFault::NoAnswer:
        return EntryFault::NoAnswer;
    default:
        return EntryFault::None; // a reason of its own
    }
}

bool mayPass(EntryFault fault)
{
    return fault == EntryFault::Missing || fault == EntryFault::NoAnswer;
}

} // namespace

RowFaults::RowFaults(Playlist &playlist, QObject *parent)
    : QObject(parent)
    , m_playlist(playlist)
    , m_looks(this, 1)
{
    m_chancesDue.setInterval(chancesEveryMs);
    connect(&m_chancesDue, &QTimer::timeout, this, [this] {
        clear(m_chances.due(monotonicNs()));
        if (!m_chances.isWaiting())
            m_chancesDue.stop();
    });
}

std::optional<PlaylistEntry> RowFaults::nextTrial() const
{
    if (!m_playlist.isAllUnplayable())
        return {};
    const PlaylistEntry *oldest = m_playlist.entry(m_chances.oldest(m_playlist.entries()));
    return oldest ? std::optional(*oldest) : std::nullopt;
}

void RowFaults::failed(const PlaylistEntry &entry, const TrackError &error, bool isTriedAgain, qint64 nowNs)
{
    if (error.kind != TrackFault::Machine && error.kind != TrackFault::Stopped) {
        mark(entry, error.sentence, faultOf(error.kind), nowNs);
        return;
    }
    warn(error.sentence);
    if (!isTriedAgain)
        m_chances.note(entry.id, false, nowNs);
}

void RowFaults::mark(const PlaylistEntry &entry, const Sentence &reason, EntryFault fault, qint64 nowNs)
{
    m_chances.note(entry.id, fault == EntryFault::NoAnswer, nowNs);
    if (m_chances.isWaiting() && !m_chancesDue.isActive())
        m_chancesDue.start();
    if (!reason.isEmpty() && entry.problem == reason)
        return; // a trial, and as before
    warn(reason);
    m_playlist.setProblem(entry.id, reason, fault);
    emit entryProblem(entry.id, reason, fault);
}

void RowFaults::warn(const Sentence &sentence)
{
    if (++m_warnings <= mostWarnings)
        qCWarning(lcPlaylist).noquote() << sentence;
}

void RowFaults::played(quint64 id)
{
    m_warnings = 0;
    m_chances.forget(id);
}

void RowFaults::trialPlayed(quint64 id)
{
    played(id);
    m_playlist.setProblem(id, {});
    m_playlist.jumpTo(id);
    m_playlist.take(); // its turn counts
    emit entryProblem(id, {}, EntryFault::None);
    lookForOthers(id);
}

// Where one is back, its disk is, and most of the others with it.
void RowFaults::lookForOthers(quint64 id)
{
    QList<std::pair<quint64, QString>> others;
    for (const PlaylistEntry &entry : m_playlist.entries()) {
        if (entry.id != id && mayPass(entry.fault))
            others.append({entry.id, entry.path});
    }
    if (others.isEmpty())
        return;
    m_looks.start([others](auto &back) {
        auto found = std::make_shared<QList<quint64>>();
        for (const auto &[entry, path] : others) {
            const bool isDone = patiently(path, lookPatienceMs, [found, entryId = entry, file = path] {
                if (isThere(file))
                    found->append(entryId);
            });
            if (!isDone)
                found = std::make_shared<QList<quint64>>(); // that thread may still write to the old one
        }
        back.tell([ids = *found](RowFaults *owner) { owner->clear(ids); });
    });
}

void RowFaults::clear(const QList<quint64> &ids)
{
    for (const quint64 id : ids) {
        const PlaylistEntry *entry = m_playlist.entry(id);
        if (!entry || !mayPass(entry->fault))
            continue;
        if (hangingAt(entry->path) > 0) {
            m_chances.note(id, true, monotonicNs());
            continue;
        }
        m_playlist.setProblem(id, {});
        emit entryProblem(id, {}, EntryFault::None);
    }
    if (!ids.isEmpty())
        emit cleared();
}

} // namespace cycast
