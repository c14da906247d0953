// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exampledata.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

QList<PlaylistEntry> exampleTracks()
{
    struct Row {
        QString title, artist, album;
        int seconds;
        QString format;
    };
    const QList<Row> rows{
        {u"J\u00f3ga"_s, u"Bj\u00f6rk"_s, u"Homogenic"_s, 305, u"MP3 128"_s},
        {u"Teardrop"_s, u"Massive Attack"_s, u"Mezzanine"_s, 330, u"MP3 320"_s},
        {u"Glory Box"_s, u"Portishead"_s, u"Dummy"_s, 305, u"MP3 VBR 245"_s},
        {u"Roads"_s, u"Portishead"_s, u"Dummy"_s, 302, u"MP3 VBR 245"_s},
        {u"Porcelain"_s, u"Moby"_s, u"Play"_s, 241, u"MP3 128"_s},
        {u"Hyperballad"_s, u"Bj\u00f6rk"_s, u"Post"_s, 321, u"MP3 192"_s},
        {u"Svefn-g-englar"_s, u"Sigur R\u00f3s"_s, u"\u00c1g\u00e6tis byrjun"_s, 604, u"MP3 320"_s},
        {u"Archangel"_s, u"Burial"_s, u"Untrue"_s, 238, u"MP3 128"_s},
        {u"Xtal"_s, u"Aphex Twin"_s, u"Selected Ambient Works 85-92"_s, 293, u"MP3 128"_s},
        {u"Windowlicker"_s, u"Aphex Twin"_s, u"Windowlicker"_s, 367, u"MP3 128"_s},
        {u"Unfinished Sympathy"_s, u"Massive Attack"_s, u"Blue Lines"_s, 308, u"MP3 128"_s},
        {u"Safe from Harm"_s, u"Massive Attack"_s, u"Blue Lines"_s, 318, u"MP3 128"_s},
    };
    QList<PlaylistEntry> entries;
    for (const Row &row : rows) {
        PlaylistEntry entry;
        entry.id = newEntryId();
        entry.path = u"/music/%1 - %2.mp3"_s.arg(row.artist, row.title);
        entry.track = {entry.id, row.title, row.artist, row.album, row.seconds * 1000};
        entry.format = row.format;
        entry.tagsRead = true;
        entries.append(entry);
    }
    return entries;
}

QList<PlaylistEntry> manyTracks(int count)
{
    QList<PlaylistEntry> entries;
    entries.reserve(count);
    for (int i = 0; i < count; ++i) {
        PlaylistEntry entry;
        entry.id = newEntryId();
        entry.path = u"/music/%1.mp3"_s.arg(i);
        entry.track = {entry.id, u"Track %1"_s.arg(i), u"Artist %1"_s.arg(i % 997), {}, 180'000};
        entry.format = u"MP3 128"_s;
        entry.tagsRead = true;
        entries.append(entry);
    }
    return entries;
}

StationStatus exampleStatus(const TrackInfo &track, const TrackInfo &next)
{
    StationStatus status;
    status.state = AirState::OnAir;
    status.heard = ProgrammeKind::Playlist;
    status.current = track;
    status.positionMs = 116'000;
    status.next = next;
    status.onAirMs = 6'137'000;
    status.bitrateKbps = 128;
    status.listeners = 42;
    status.listenersPeak = 57;
    status.stalledListeners = 1;
    status.totalBytesSent = 4'012'345'678;
    status.outBytesPerSecond = 668'000;
    status.buffer = {20'971'520, 5'305'794, 15'665'726, 25.3, 331.6};
    status.addresses = {8000,
                        8001,
                        u"http://192.168.1.20:8001/stream"_s,
                        u"http://192.168.1.20:8001/"_s,
                        u"http://127.0.0.1:8001/stream"_s,
                        {u"http://[fd00::20]:8001/stream"_s},
                        {},
                        {}};
    status.cpuPercent = 0.6;
    status.memoryBytes = 60'817'408;
    status.latencyMs = 200;
    return status;
}

} // namespace cycast
