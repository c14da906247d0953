// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

/// Plain values that cross threads. No pointers, no behaviour beyond comparison; every text in here that
/// came from outside (titles, User-Agents, addresses) is data and is escaped where it is shown.
namespace cycast
{

/// One track or one live title.
struct TrackInfo {
    quint64 entryId = 0; ///< the playlist row (PlaylistEntry::id), 0 when not from the playlist
    QString title;       ///< never empty for a file: its name as the last resort
    QString artist;
    QString album;
    qint64 durationMs = 0; ///< 0: unknown

    bool operator==(const TrackInfo &) const = default;
};

/// What a file holds, as far as the stream is concerned. Zeroes and empty texts: not known.
struct SoundFacts {
    QString codec;     ///< "mp3", "flac", "aac": the decoder's name, lower case
    QString container; ///< likewise: "mp3", "flac", "mov,mp4,m4a,3gp,3g2,mj2"
    int sampleRate = 0;
    int channels = 0;
    int bitrateKbps = 0;       ///< mean
    double taggedLufs = 0.0;   ///< what ReplayGain or R128 tags come to; 0: no tag
    double taggedPeakDb = 0.0; ///< the peak beside it; 0: unknown
    bool isPlain = false;      ///< AAC-LC, Opus: its frames mean the same without the file's own headers
    bool operator==(const SoundFacts &) const = default;
};

/// What kind of thing is wrong with a row that cannot be played.
enum class EntryFault : quint8 {
    None,
    Missing,    ///< moved, renamed, deleted, or its drive is not there
    Unreadable, ///< damaged, not music, or not allowed to be read
    Protected,  ///< bought with copy protection: nobody but its shop's player can decode it
    NoSound     ///< a video or another file without a sound track
};

/// One playlist row as the engine and the window both know it.
struct PlaylistEntry {
    quint64 id = 0; ///< unique for the life of the process; see newEntryId()
    QString path;   ///< absolute, native
    TrackInfo track;
    QString format; ///< "MP3 128", "MP3 VBR 245"; empty until read
    SoundFacts sound;
    QString problem;                     ///< why it cannot be played, a sentence; empty when fine
    EntryFault fault = EntryFault::None; ///< goes with `problem`; None there: a reason of its own
    bool tagsRead = false;
    float loudnessLufs = 0.0F; ///< integrated (EBU R128); 0: not measured
    qint32 silentEndMs = -1;   ///< silence at its end; -1: not measured

    bool operator==(const PlaylistEntry &) const = default;
};

/// Thread-safe counter: 1, 2, 3 ...
quint64 newEntryId();

enum class AirState : quint8 { OffAir, OnAir };
enum class ProgrammeKind : quint8 { Silence, Playlist, Live };

struct BufferStatus {
    qint64 capacity = 0;  ///< bytes
    qint64 available = 0; ///< bytes read ahead, not yet broadcast
    qint64 space = 0;     ///< capacity - available
    double fillPercent = 0.0;
    double aheadSeconds = 0.0; ///< what `available` plays for
    bool operator==(const BufferStatus &) const = default;
};

struct SourceStatus {
    bool connected = false;
    QString address; ///< of the live source
    QString program; ///< its User-Agent
    QString name;    ///< its ice-name
    qint64 connectedMs = 0;
    qint64 bytesReceived = 0;
    double lateSeconds = 0.0; ///< behind its own frame clock
    double cushionSeconds = 0.0;
    bool operator==(const SourceStatus &) const = default;
};

/// Where people can reach the station. Hosts are real ones: never 0.0.0.0, "localhost" only when nothing
/// else exists.
struct StationAddresses {
    int sourcePort = 0; ///< as bound (a requested 0 has become the real one); 0 while off air
    int listenPort = 0;
    QString streamUrl;     ///< best LAN address: http://192.168.1.20:8001/stream
    QString pageUrl;       ///< http://192.168.1.20:8001/
    QString localUrl;      ///< for this machine: http://127.0.0.1:8001/stream
    QStringList otherUrls; ///< further addresses of this machine, IPv6 included
    bool operator==(const StationAddresses &) const = default;
};

/// What was on the air and since when.
struct PlayedTrack {
    TrackInfo track;
    QDateTime startedAt;
    ProgrammeKind kind = ProgrammeKind::Playlist;
    bool operator==(const PlayedTrack &) const = default;
};

/// What is being written to disk of the stream.
struct RecordingStatus {
    bool isWanted = false;  ///< asked for; records while on the air
    bool isRunning = false; ///< a file is open
    QString file;           ///< being written, or written last
    qint64 bytes = 0;       ///< of this recording, in all its files
    qint64 recordedMs = 0;
    QString problem; ///< why it stopped by itself, a sentence
    bool operator==(const RecordingStatus &) const = default;
};

/// Sent four times a second while on the air, and once after every change of state.
struct StationStatus {
    AirState state = AirState::OffAir;
    ProgrammeKind heard = ProgrammeKind::Silence;
    TrackInfo current;     ///< at the broadcast head, not what the feeder reads
    qint64 positionMs = 0; ///< within `current`
    TrackInfo next;        ///< empty title: nothing
    qint64 onAirMs = 0;
    int bitrateKbps = 0; ///< of what is heard now
    int listeners = 0;
    int listenersPeak = 0;
    int stalledListeners = 0;
    qint64 totalBytesSent = 0;
    double outBytesPerSecond = 0.0;
    BufferStatus buffer;
    SourceStatus source;
    StationAddresses addresses;
    double cpuPercent = 0.0;    ///< of one core, this process
    qint64 memoryBytes = 0;     ///< resident
    double latencyMs = 0.0;     ///< expected source to listener's socket with the settings in force
    qint64 skips = 0;           ///< listeners' jumps so far
    QList<PlayedTrack> history; ///< newest first, `current` and jingles left out; at most 20
    RecordingStatus recording;
    bool operator==(const StationStatus &) const = default;
};

/// The part of a listener that never changes; sent once, when he joins.
struct ListenerInfo {
    quint64 id = 0;
    QString address;
    QString player;   ///< User-Agent
    QString protocol; ///< "HTTP/1.1", with "+ICY" when titles are interleaved
    QDateTime connectedAt;
    bool operator==(const ListenerInfo &) const = default;
};

/// The numbers of one listener, small on purpose: 20,000 of them cross the door at once.
struct ListenerFigures {
    quint64 id = 0;
    qint64 bytesSent = 0; ///< accepted by the kernel, audio and metadata
    float behindSeconds = 0.0F;
    quint32 skips = 0;
    bool active = true; ///< accepted something in the last 10 s, or nothing was due
    bool operator==(const ListenerFigures &) const = default;
};

/// Why somebody listens no more.
enum class LeftBecause : quint8 {
    HungUp,         ///< his player closed the connection
    ConnectionLost, ///< no sign of life any more: his network or his machine is gone
    StoodStill,     ///< took nothing for a minute (a paused player) until what came next had left the ring
    RemovedByYou,
    RemovedByAdmin, ///< with /admin/killclient
    Banned,
    FormatChanged, ///< the stream went on in another format: players come back by themselves
    OffAir         ///< the station went off the air
};

struct ListenerGone {
    quint64 id = 0;
    qint64 bytesSent = 0;
    QString reason; ///< `why` in English, for the log: "disconnected", "removed by you"
    LeftBecause why = LeftBecause::HungUp;
    QDateTime leftAt = {};
    ListenerInfo info = {}; ///< who it was
    bool operator==(const ListenerGone &) const = default;
};

inline constexpr int mostRecentlyLeft = 200;

/// Sent while somebody watches (StationControl::watchListeners). `complete`: forget what was known before.
struct ListenersUpdate {
    bool complete = false;
    QList<ListenerInfo> joined;
    /// Oldest first. In a complete one: who has left lately, at most mostRecentlyLeft of them.
    QList<ListenerGone> left;
    QList<ListenerFigures> figures; ///< of all listeners
    bool operator==(const ListenersUpdate &) const = default;
};

/// Somebody asked to broadcast: who, with what, and what became of it.
struct SourceAttempt {
    enum class Outcome : quint8 {
        Accepted,
        NoPassword, ///< libshout asks without one first: worth a row only when nothing follows
        WrongPassword,
        WrongMount,
        UnsupportedFormat,
        TwoEncodersFight, ///< each throws the other out again and again
        Malformed,
        TlsWithoutCertificate,
        LockedOut ///< too many wrong passwords from this address
    };
    Outcome outcome = Outcome::Accepted;
    QDateTime when;
    QString address;
    QString program;  ///< its User-Agent, "Shoutcast v1 encoder" when it has none
    QString request;  ///< "PUT /stream HTTP/1.1"; never a password
    QString sentence; ///< what happened and the cure
    bool operator==(const SourceAttempt &) const = default;
};

/// Who may not listen. All parts that are given must match.
struct Ban {
    QString address; ///< "192.0.2.7", or a subnet "192.0.2.0/24"; empty: any
    QString player;  ///< part of the User-Agent, case does not matter; empty: any
    QDateTime until; ///< not valid: for good
    QString note;
    bool operator==(const Ban &) const = default;
};

/// A moment worth a flag on the chart.
struct StationEvent {
    enum class Kind : quint8 {
        OnAir,
        OffAir,
        Skip,
        LiveStarted,
        LiveEnded,
        SettingsChanged,
        Underrun,
        Problem
    };
    Kind kind = Kind::Problem;
    QDateTime when;
    QString text; ///< a sentence
    bool operator==(const StationEvent &) const = default;
};

/// One line of the log, already free of control characters and secrets.
struct LogEntry {
    enum class Level : quint8 { Debug, Info, Warning, Error };
    Level level = Level::Info;
    QDateTime when;
    QString room; ///< "source", "listener", "playlist", ...
    QString text;
    bool operator==(const LogEntry &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::StationStatus)
Q_DECLARE_METATYPE(cycast::ListenersUpdate)
Q_DECLARE_METATYPE(cycast::StationEvent)
Q_DECLARE_METATYPE(cycast::LogEntry)
Q_DECLARE_METATYPE(cycast::SourceAttempt)
