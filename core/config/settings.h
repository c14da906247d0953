// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVariant>

namespace cycast
{

/// The file name extensions of everything that can be played, ".mp3" first.
QStringList playableExtensions();

/// Everything a station can be told, as a value. Names, defaults and ranges: behaviour.md, section 1.
/// One member here and one row in settingFields() is a new setting: file, comparison, validation, dialog
/// and presets walk the table.
struct Settings {
    struct Server {
        QString host = QStringLiteral("0.0.0.0");
        int sourcePort = 8000;
        int listenPort = 8001;
        QString sourcePassword; ///< never defaulted; empty: no live source comes in, and a warning says so
        QString mountPoint = QStringLiteral("/stream");
        QStringList moreSources;                   ///< "user:pass phrase" of further people who may go live
        QString adminPassword;                     ///< user "admin"; empty: nobody gets in
        QString adminFrom = QStringLiteral("lan"); ///< "loopback", "lan" or "anywhere"
        QString publicUrl;          ///< where the world reaches it, normalised; empty: as was found out
        QStringList trustedProxies; ///< addresses and subnets whose X-Forwarded-For is believed
        QString tlsCertificate;     ///< PEM file with the chain, relative to the settings file; empty: no TLS
        QString tlsKey;             ///< PEM file; empty: the key is in the certificate's file
        QString tlsSecondCertificate; ///< with a key of another kind (RSA beside ECDSA); empty: none
        QString tlsSecondKey;         ///< PEM file; empty: the key is in that certificate's file
        bool operator==(const Server &) const = default;
    } server;
    struct Buffer {
        int sizeMb = 20;
        int liveCushionMs = -1; ///< -1: from sizeMb, see liveCushionMs()
        bool operator==(const Buffer &) const = default;
    } buffer;
    struct Playlist {
        QString directory = QStringLiteral("./music"); ///< relative to the settings file
        bool shuffle = true;
        bool repeat = true;
        QStringList extensions = playableExtensions();
        QString afterLive = QStringLiteral("next"); ///< "next" track, or "resume" the interrupted one
        bool watch = true;                          ///< new files in its folders join by themselves
        bool operator==(const Playlist &) const = default;
    } playlist;
    struct Encoder {
        QString format = QStringLiteral("mp3"); ///< "mp3", "aac" (ADTS) or "opus" (Ogg)
        int bitrateKbps = 128;
        int sampleRate = 44100; ///< Hz
        int channels = 2;
        int passthroughMaxKbps = 320;             ///< a file that fits and has no more is sent as it is
        QString live = QStringLiteral("convert"); ///< "convert" what does not fit, or "pass" everything
        double crossfadeSeconds = 0.0;            ///< 0: one track after the other
        bool trimSilence = false;                 ///< at the ends of tracks
        bool loudness = false;                    ///< every track as loud as targetLufs
        double targetLufs = -16.0;                ///< EBU R 128
        double maxPeakDbtp = -1.0;                ///< true peak that levelling never exceeds
        bool operator==(const Encoder &) const = default;
    } encoder;
    struct Jingles {
        QString directory;    ///< empty: no jingles; relative to the settings file
        int everySongs = 4;   ///< 0: not counted in songs
        int everyMinutes = 0; ///< 0: not counted in minutes
        bool operator==(const Jingles &) const = default;
    } jingles;
    struct Recording {
        bool enabled = false;                   ///< by itself, whenever the station is on the air
        QString directory;                      ///< empty: Cycast in the user's music folder
        QString split = QStringLiteral("show"); ///< a file for each "show" or "track"
        bool cue = true;                        ///< with a CUE sheet of the titles
        bool operator==(const Recording &) const = default;
    } recording;
    struct Broadcaster {
        int chunkSize = 16384;      ///< bytes
        double sleepHigh = 0.0005;  ///< s, fill above 80 %
        double sleepMedium = 0.001; ///< s, 50-80 %
        double sleepLow = 0.002;    ///< s, below 50 %
        int burstSize = -1;         ///< bytes; -1: 4 x chunkSize
        int gatherMs = -1;          ///< of live audio; -1: by chunkSize, and longer for a large crowd
        bool operator==(const Broadcaster &) const = default;
    } broadcaster;
    struct Metadata {
        QString stationName = QStringLiteral("Cycast Radio");
        QString stationDescription;
        QString stationGenre;
        QString stationUrl;
        bool enableIcy = true;
        int icyMetaint = 16000; ///< bytes
        bool operator==(const Metadata &) const = default;
    } metadata;
    struct Reach {
        bool openPort = false; ///< the router is asked to let listeners in, while the station is on the air
        QString updateUrl;     ///< called when the public address changes; {ip} and {ip6} stand for it
        bool operator==(const Reach &) const = default;
    } reach;
    struct Advanced {
        int maxListeners = 0;              ///< 0: no limit
        int maxListenersPerAddress = 0;    ///< 0: no limit
        int maxConnections = 400;          ///< that neither listen nor broadcast; 0: no limit
        int maxConnectionsPerAddress = 64; ///< likewise
        int maxRequestsPerSecond = 50;     ///< for pages and figures, of one address; 0: no limit
        double sourceTimeout = 10.0;       ///< s
        double headerTimeout = 15.0;       ///< s for a complete request head
        int nice = 0;                      ///< of the whole program, -20 to 0 (nice(1)); 0: as it was started
        QString cpus;                      ///< "0,2-3": processors that it may use; empty: all
        bool strictPorts = false;          ///< sources on source_port only, listeners on listen_port only
        bool verboseLogging = false;
        bool enableStats = true;
        bool flaskDebug = false; ///< accepted and kept, without effect
        QString flaskSecretKey;  ///< accepted and kept, without effect
        bool operator==(const Advanced &) const = default;
    } advanced;

    struct Alarm {
        int silenceSeconds = 15;     ///< silence that raises the alarm; 0: none does
        bool skipWhenSilent = false; ///< the alarm moves on to the next track
        bool operator==(const Alarm &) const = default;
    } alarm;

    struct Directory {
        bool enabled = false; ///< announced to the directory at `url`
        QString url = QStringLiteral("http://dir.xiph.org/cgi-bin/yp-cgi");
        QString radioBrowser = QStringLiteral("unsaid"); ///< "unsaid", "listed" or "hidden"
        QString logo;                                    ///< address of a picture
        QString country;                                 ///< ISO 3166: "DE", or with its part "DE-HH"
        QStringList languages;                           ///< ISO 639: "de"
        QString location;                                ///< latitude and longitude: "53.55,9.99"
        bool operator==(const Directory &) const = default;
    } directory;
    struct Https {
        bool enabled = false; ///< a certificate is got and renewed by ACME
        QString name;         ///< host name it is for; empty: the public address itself
        QString directory = QStringLiteral("https://acme-v02.api.letsencrypt.org/directory");
        QString rehearsal = QStringLiteral("https://acme-staging-v02.api.letsencrypt.org/directory");
        bool operator==(const Https &) const = default;
    } https;

    bool operator==(const Settings &) const = default;
};

/// Something wrong with a value. `field` is its key ("server.source_port"), `sentence` names the cure.
/// Warnings do not stop the settings from being applied.
struct SettingsProblem {
    QString field;
    Sentence sentence;
    bool isWarning = false;
    bool operator==(const SettingsProblem &) const = default;
};

/// When a change is felt; the dialog shows it as a badge. ChangesStream: on the air at once, and players that
/// are connected have to connect anew when it is another kind of stream for them.
enum class TakesEffect : quint8 {
    Now,
    NewListeners,
    NewConnections,
    NextSource,
    MovesPort,
    ChangesStream,
    Never
};

/// One row of the field table.
struct SettingField {
    const char *key = nullptr;   ///< "buffer.size_mb": block and name as in config.hcl
    const char *label = nullptr; ///< English, for QCoreApplication::translate("Settings", label)
    const char *help = nullptr;  ///< one or two sentences, translated likewise; may be null
    const char *unit = nullptr;  ///< "MB", "bytes", "s"; null when none
    TakesEffect takesEffect = TakesEffect::Now;
    QMetaType::Type type = QMetaType::UnknownType; ///< Int, Double, Bool, QString, QStringList
    double minimum = 0.0;                          ///< numbers only; -1: may stand for "automatic"
    double maximum = 0.0;
    bool isSecret = false;    ///< never shown in logs, reports or --print-config
    bool hasNoEffect = false; ///< Cycast's flask_*: kept, with a notice
    QStringList choices = {}; ///< texts only: the allowed values; empty: any text
    QVariant (*get)(const Settings &) = nullptr;
    void (*set)(Settings &, const QVariant &) = nullptr;
};

/// All settings, in the order of the file and of the dialog.
const QList<SettingField> &settingFields();
const SettingField *settingField(QStringView key);

/// Keys whose values differ.
QStringList changedKeys(const Settings &before, const Settings &after);
/// Gives the settings of these keys the values that they have in `from`; all others of `to` stay.
void copyKeys(const QStringList &keys, const Settings &from, Settings &to);

/// Of every example in the world: no secret, and accepted on this computer only.
inline constexpr QLatin1StringView wellKnownPassphrase("hackme");

/// The texts that no log may show: of every secret field, and of lists of "user:secret" the second part. The
/// well-known pass phrase is none of them: what warns of it names it.
QStringList secretTexts(const Settings &settings);

/// Whether port 0 ("any free port") counts as valid: only for tests and --any-port.
enum class PortRule : quint8 { Fixed, AnyAllowed };

/// One sentence per problem, in table order; errors and warnings.
QList<SettingsProblem> validate(const Settings &settings, PortRule rule = PortRule::Fixed);
bool hasErrors(const QList<SettingsProblem> &problems);

/// The values that -1 stands for. Cushion: max(0, size_mb - 20) x 20 ms.
int liveCushionMs(const Settings &settings);
int burstBytes(const Settings &settings);
/// How long a live chunk may gather: chunk_size x 200 ms / 16384, at most 500 ms.
int chunkDeadlineMs(int chunkSize);
/// The same with gather_ms.
int liveGatherMs(const Settings &settings);
/// Buffer seconds: bytes / (bitrate / 8).
double bufferSeconds(qint64 bytes, int bitrateKbps);

/// A pass phrase that can be read aloud ("amber-fjord-lantern-quiver-37"), at least 44 bits from the
/// system's random source.
QString generatePassphrase();

} // namespace cycast

Q_DECLARE_METATYPE(cycast::Settings)
Q_DECLARE_METATYPE(cycast::SettingsProblem)
