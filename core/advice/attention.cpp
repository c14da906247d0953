// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/attention.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

AttentionKind kindOfFault(EntryFault fault)
{
    switch (fault) {
    case EntryFault::Missing:
        return AttentionKind::Missing;
    case EntryFault::Unreadable:
        return AttentionKind::Unreadable;
    case EntryFault::Protected:
        return AttentionKind::Protected;
    case EntryFault::NoSound:
        return AttentionKind::NoSound;
    case EntryFault::NoAnswer:
        return AttentionKind::NoAnswer;
    case EntryFault::None:
        break;
    }
    return AttentionKind::CannotPlay;
}

bool isTooShort(const PlaylistEntry &entry)
{
    return entry.tagsRead && entry.track.durationMs > 0 && entry.track.durationMs < tooShortMs;
}

bool hasSilentEnd(const PlaylistEntry &entry)
{
    return entry.silentEndMs >= silentEndFromMs;
}

bool isFarTooLoud(const PlaylistEntry &entry)
{
    return entry.loudnessLufs < 0.0F && entry.loudnessLufs > farTooLoudLufs;
}

bool isFarTooQuiet(const PlaylistEntry &entry)
{
    return entry.loudnessLufs < farTooQuietLufs;
}

QString seconds(qint64 ms)
{
    return QString::number(static_cast<double>(ms) / 1000.0, 'f', 1);
}

} // namespace

QList<Attention> attentionOf(const PlaylistEntry &entry)
{
    QList<Attention> all;
    if (!entry.problem.isEmpty())
        all.append({kindOfFault(entry.fault), entry.problem});
    if (isTooShort(entry))
        all.append(
            {AttentionKind::TooShort,
             Core::tr("It lasts %1 s only: is it the whole track?").arg(seconds(entry.track.durationMs))});
    if (hasSilentEnd(entry))
        all.append({AttentionKind::SilentEnd,
                    Core::tr("It ends with %1 s of silence, which listeners take for a fault.")
                        .arg(seconds(entry.silentEndMs))});
    if (isFarTooLoud(entry))
        all.append({AttentionKind::FarTooLoud,
                    Core::tr("It is far too loud (%1 LUFS): it is probably distorted already.")
                        .arg(QString::number(static_cast<double>(entry.loudnessLufs), 'f', 1))});
    if (isFarTooQuiet(entry))
        all.append({AttentionKind::FarTooQuiet,
                    Core::tr("It is far too quiet (%1 LUFS): raising it would raise its noise too.")
                        .arg(QString::number(static_cast<double>(entry.loudnessLufs), 'f', 1))});
    return all;
}

bool needsAttention(const PlaylistEntry &entry)
{
    return !entry.problem.isEmpty() || isTooShort(entry) || hasSilentEnd(entry) || isFarTooLoud(entry) ||
           isFarTooQuiet(entry);
}

AttentionKind worstAttention(const PlaylistEntry &entry)
{
    const QList<Attention> all = attentionOf(entry);
    return all.isEmpty() ? AttentionKind::CannotPlay : all.constFirst().kind;
}

} // namespace cycast
