// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/mediainfo.h"

#include "core/codec/loudness.h"
#include "core/codec/mediaprober.h"
#include "core/playlist/formats/textencoding.h"
#include "core/playlist/formats/trackfromfilename.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

QString text(const QByteArray &bytes)
{
    return tidyText(decodeText(bytes));
}

/// ID3v1 cuts at 30 characters: where the APE tag says the same and more, it is the better one.
QString fuller(const QByteArray &bytes, const QByteArray &apeBytes)
{
    const QString own = text(bytes);
    const QString ape = decodeText(apeBytes);
    return ape.startsWith(own) ? tidyText(ape) : own;
}

/// Tags first, then what the entry already said (a playlist's words), then the file's name.
void fillTags(const MediaFacts &facts, PlaylistEntry &entry)
{
    TrackInfo &track = entry.track;
    const QString title = fuller(facts.title, facts.apeTitle);
    QString artist = fuller(facts.artist, facts.apeArtist);
    if (artist.isEmpty())
        artist = text(facts.albumArtist);
    const QString album = fuller(facts.album, facts.apeAlbum);
    entry.isTagged = !title.isEmpty();
    if (!title.isEmpty()) {
        track.title = title;
        track.artist = artist;
    } else if (!artist.isEmpty()) {
        track.artist = artist;
    }
    if (!album.isEmpty())
        track.album = album;
}

/// What the tags say about loudness; Opus has its own way, and the more exact one.
void fillLoudness(const MediaFacts &facts, SoundFacts &sound)
{
    auto loudness = loudnessFromR128(text(facts.r128Gain));
    if (!loudness)
        loudness = loudnessFromReplayGain(text(facts.replayGain), text(facts.replayPeak));
    sound.taggedLufs = loudness ? loudness->lufs : 0.0;
    sound.taggedPeakDb = loudness ? loudness->peakDbtp : 0.0;
}

/// What an earlier look found: the file that is there now may have no tags.
void forgetTags(PlaylistEntry &entry)
{
    if (!std::exchange(entry.isTagged, false))
        return;
    entry.track.title.clear();
    entry.track.artist.clear();
    entry.track.album.clear();
}

void fillName(PlaylistEntry &entry)
{
    if (!entry.track.title.isEmpty())
        return;
    const TrackInfo named = trackFromFileName(entry.path);
    entry.track.title = named.title;
    entry.track.artist = entry.track.artist.isEmpty() ? named.artist : entry.track.artist;
}

void forgetFacts(PlaylistEntry &entry)
{
    fillName(entry);
    entry.problem = {};
    entry.fault = EntryFault::None;
    entry.format.clear();
    entry.sound = {};
}

MediaLook notLookedAt(PlaylistEntry entry, const TrackError &error)
{
    if (error.kind == TrackFault::File || error.kind == TrackFault::Missing) {
        entry.tagsRead = true;
        entry.problem = error.sentence;
        entry.fault = error.kind == TrackFault::Missing ? EntryFault::Missing : EntryFault::Unreadable;
        return {std::move(entry), {}};
    }
    return {std::move(entry), error};
}

} // namespace

MediaLook lookAtMedia(PlaylistEntry entry)
{
    const auto file = MusicFile::open(entry.path);
    if (file)
        return lookAtMedia(std::move(entry), **file, usualLookMs);
    forgetFacts(entry);
    return notLookedAt(std::move(entry), file.error());
}

MediaLook lookAtMedia(PlaylistEntry entry, const MusicFile &file, int patienceMs)
{
    const auto facts = lookIntoMedia(file, patienceMs);
    if (facts)
        forgetTags(entry);
    forgetFacts(entry);
    if (!facts)
        return notLookedAt(std::move(entry), facts.error());
    entry.tagsRead = true;
    entry.stamp = file.stamp();
    entry.problem = facts->problem;
    entry.fault = facts->fault;
    entry.format = facts->format;
    entry.sound = facts->sound;
    entry.track.durationMs = facts->durationMs;
    fillTags(*facts, entry);
    fillLoudness(*facts, entry.sound);
    return {std::move(entry), {}};
}

PlaylistEntry withMediaInfo(PlaylistEntry entry)
{
    return lookAtMedia(std::move(entry)).entry;
}

} // namespace cycast
