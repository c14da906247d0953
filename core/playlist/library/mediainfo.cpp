// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/mediainfo.h"

#include "core/audio/aac/adtsheader.h"
#include "core/audio/mpeg/mpegheader.h"
#include "core/base/filename.h"
#include "core/codec/avinput.h"
#include "core/codec/loudness.h"
#include "core/codec/plainframes.h"
#include "core/playlist/formats/textencoding.h"
#include "core/playlist/library/apetag.h"

#include <set>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// Enough to tell VBR from CBR (3.3 s at 44.1 kHz) without reading much.
constexpr int packetsLookedAt = 128;

/// What the first frames of an MPEG audio file say.
struct MpegLook {
    int frames = 0;
    int layer = 3;
    int sampleRate = 0;
    int channels = 0;
    std::set<int> bitratesKbps;
    double meanKbps = 0.0;
    qint64 audioBytes = 0; ///< from the first frame to the end of the file
};

MpegLook lookAtMpeg(AvInput &input)
{
    MpegLook look;
    double bits = 0.0;
    double seconds = 0.0;
    for (int i = 0; i < packetsLookedAt; ++i) {
        const AVPacket *packet = input.nextPacket();
        if (packet == nullptr)
            break;
        const QByteArrayView bytes(packet->data, packet->size);
        const auto header = bytes.size() < 4 ? std::nullopt : parseMpegHeader(bytes);
        if (!header)
            continue;
        if (look.frames == 0) {
            look.sampleRate = header->sampleRate;
            look.channels = header->channels;
        }
        if (look.frames++ == 0)
            look.audioBytes = input.fileSize() - std::max<qint64>(packet->pos, 0);
        look.layer = header->layer;
        look.bitratesKbps.insert(header->bitrateKbps);
        bits += header->frameBytes * 8.0;
        seconds += secondsOf(header->duration());
    }
    look.meanKbps = seconds > 0 ? bits / seconds / 1000.0 : 0.0;
    return look;
}

qint64 msOf(int64_t ticks, AVRational timeBase)
{
    return ticks == AV_NOPTS_VALUE || ticks <= 0 ? 0 : av_rescale_q(ticks, timeBase, AVRational{1, 1000});
}

qint64 declaredMs(const AvInput &input, const AVStream &stream)
{
    const qint64 ofStream = msOf(stream.duration, stream.time_base);
    return ofStream > 0 ? ofStream : msOf(input.context()->duration, AVRational{1, AV_TIME_BASE});
}

int kbpsOf(qint64 bytes, qint64 ms)
{
    return ms > 0 ? static_cast<int>((bytes * 8 + ms / 2) / ms) : 0;
}

QString codecName(AVCodecID id)
{
    switch (id) {
    case AV_CODEC_ID_MP1:
        return u"MP1"_s;
    case AV_CODEC_ID_MP2:
        return u"MP2"_s;
    case AV_CODEC_ID_MP3:
        return u"MP3"_s;
    case AV_CODEC_ID_VORBIS:
        return u"Ogg Vorbis"_s;
    case AV_CODEC_ID_OPUS:
        return u"Opus"_s;
    case AV_CODEC_ID_WMAV1:
    case AV_CODEC_ID_WMAV2:
    case AV_CODEC_ID_WMAPRO:
    case AV_CODEC_ID_WMALOSSLESS:
        return u"WMA"_s;
    case AV_CODEC_ID_NONE:
        return u"Unknown"_s;
    default:
        break;
    }
    const QString name = QString::fromLatin1(avcodec_get_name(id));
    return name.startsWith("pcm_"_L1) ? u"WAV"_s : name.toUpper();
}

/// Empty, or why the station cannot play it. Whether it can be decoded all the way shows itself then.
QString problemOfFormat(const AVStream &stream, const QString &fileName)
{
    constexpr quint32 protectedTag = MKTAG('d', 'r', 'm', 's');
    if (stream.codecpar->codec_tag == protectedTag)
        return u"“%1” is protected (DRM): only the program it was bought with can play it."_s.arg(fileName);
    if (avcodec_find_decoder(stream.codecpar->codec_id) != nullptr)
        return {};
    return u"“%1” cannot be played: there is no decoder for %2 here. Convert it to FLAC or MP3."_s.arg(
        fileName, codecName(stream.codecpar->codec_id));
}

bool isBareMpeg(const AvInput &input, AVCodecID id)
{
    return (id == AV_CODEC_ID_MP3 || id == AV_CODEC_ID_MP2 || id == AV_CODEC_ID_MP1) &&
           qstrcmp(input.context()->iformat->name, "mp3") == 0;
}

void fillMpeg(AvInput &input, const AVStream &stream, PlaylistEntry &entry)
{
    const MpegLook look = lookAtMpeg(input);
    if (look.frames == 0) {
        entry.problem = u"“%1” holds no MP3 sound: it is damaged or something else with this name."_s.arg(
            shownName(entry.path));
        return;
    }
    const qint64 estimatedMs = qRound64(static_cast<double>(look.audioBytes) * 8.0 / look.meanKbps);
    qint64 ms = declaredMs(input, stream);
    // A header can lie: 8 to 448 kbit/s is what MPEG audio has.
    if (ms <= 0 || ms > look.audioBytes || ms < look.audioBytes * 8 / 448)
        ms = estimatedMs;
    entry.track.durationMs = ms;

    const int firstKbps = *look.bitratesKbps.begin();
    const int meanKbps = kbpsOf(look.audioBytes, ms);
    const bool isVbr =
        look.bitratesKbps.size() > 1 || (ms > 5000 && qAbs(meanKbps - firstKbps) * 20 > firstKbps);
    const QString name = u"MP%1"_s.arg(look.layer);
    entry.sound.codec = name.toLower();
    entry.sound.sampleRate = look.sampleRate;
    entry.sound.channels = look.channels;
    entry.sound.bitrateKbps = isVbr ? meanKbps : firstKbps;
    entry.format = isVbr ? u"%1 VBR %2"_s.arg(name).arg(meanKbps) : u"%1 %2"_s.arg(name).arg(firstKbps);
}

/// Bare AAC has its facts in the frames only.
void fillBareAac(QByteArrayView frame, SoundFacts &sound)
{
    if (const auto first = parseAdtsHeader(frame)) {
        sound.sampleRate = first->sampleRate;
        sound.channels = first->channels();
        sound.isPlain = first->profile == 1 && first->blocks == 1 && sound.channels <= 2;
    }
}

void fillPlainAac(AvInput &input, QByteArrayView config, SoundFacts &sound)
{
    const bool isBare = sound.container == "aac"_L1;
    for (unsigned i = 0; i < input.context()->nb_streams; ++i) { // the pictures of a film are not read for it
        if (input.context()->streams[i] != input.audioStream())
            input.context()->streams[i]->discard = AVDISCARD_ALL;
    }
    sound.isPlain = !isBare && aacConfigOf(config).isPlain;
    for (int i = 0; i < aacFramesTried && (sound.isPlain || (isBare && i == 0)); ++i) {
        const AVPacket *packet = input.nextPacket();
        if (packet == nullptr)
            return;
        const QByteArrayView frame(packet->data, packet->size);
        if (isBare && i == 0)
            fillBareAac(frame, sound);
        const auto isPlain = isBare ? isPlainAdtsFrame : isPlainAacBlock;
        sound.isPlain = sound.isPlain && isPlain(frame, sound.sampleRate, sound.channels);
    }
}

/// Whether its frames could be sent as they are.
void fillPlain(AvInput &input, const AVStream &stream, SoundFacts &sound)
{
    const QByteArrayView header(stream.codecpar->extradata, stream.codecpar->extradata_size);
    if (stream.codecpar->codec_id == AV_CODEC_ID_OPUS)
        sound.isPlain = opusConfigOf(header).isPlain;
    else if (stream.codecpar->codec_id == AV_CODEC_ID_AAC)
        fillPlainAac(input, header, sound);
}

void fillOther(AvInput &input, const AVStream &stream, PlaylistEntry &entry)
{
    entry.track.durationMs = declaredMs(input, stream);
    const int kbps = kbpsOf(input.fileSize(), entry.track.durationMs);
    entry.sound.sampleRate = stream.codecpar->sample_rate;
    entry.sound.channels = stream.codecpar->ch_layout.nb_channels;
    entry.sound.bitrateKbps = kbps;
    fillPlain(input, stream, entry.sound);
    entry.format = codecName(stream.codecpar->codec_id);
    if (kbps > 0)
        entry.format += u' ' + QString::number(kbps);
}

QString tag(const AvInput &input, const AVStream *stream, const char *key)
{
    const AVDictionaryEntry *found = av_dict_get(input.context()->metadata, key, nullptr, 0);
    if (found == nullptr && stream != nullptr) // Ogg keeps them there
        found = av_dict_get(stream->metadata, key, nullptr, 0);
    return found == nullptr ? QString() : tidyText(decodeText(QByteArrayView(found->value)));
}

/// What the tags say about loudness; Opus has its own way, and the more exact one.
void fillLoudness(const AvInput &input, const AVStream *stream, SoundFacts &sound)
{
    auto loudness = loudnessFromR128(tag(input, stream, "R128_TRACK_GAIN"));
    if (!loudness)
        loudness = loudnessFromReplayGain(tag(input, stream, "REPLAYGAIN_TRACK_GAIN"),
                                          tag(input, stream, "REPLAYGAIN_TRACK_PEAK"));
    sound.taggedLufs = loudness ? loudness->lufs : 0.0;
    sound.taggedPeakDb = loudness ? loudness->peakDbtp : 0.0;
}

QHash<QByteArray, QString> apeTexts(AvInput &input)
{
    const qint64 tailAt = qMax<qint64>(0, input.fileSize() - apeTailBytes);
    const auto footer = findApeFooter(input.bytesAt(tailAt, apeTailBytes), input.fileSize());
    return footer ? parseApeItems(input.bytesAt(footer->itemsAt, footer->itemBytes))
                  : QHash<QByteArray, QString>();
}

/// ID3v1 cuts at 30 characters: where the APE tag says the same and more, it is the better one.
QString fuller(const QString &text, const QString &apeText)
{
    return apeText.startsWith(text) ? tidyText(apeText) : text;
}

/// Tags first, then what the entry already said (a playlist's words), then the file's name.
void fillTags(AvInput &input, const AVStream *stream, TrackInfo &track)
{
    const QHash<QByteArray, QString> ape = apeTexts(input);
    const QString title = fuller(tag(input, stream, "title"), ape.value("title"));
    QString artist = fuller(tag(input, stream, "artist"), ape.value("artist"));
    if (artist.isEmpty())
        artist = tag(input, stream, "album_artist");
    const QString album = fuller(tag(input, stream, "album"), ape.value("album"));
    if (!title.isEmpty()) {
        track.title = title;
        track.artist = artist;
    } else if (!artist.isEmpty()) {
        track.artist = artist;
    }
    if (!album.isEmpty())
        track.album = album;
}

} // namespace

PlaylistEntry withMediaInfo(PlaylistEntry entry)
{
    entry.tagsRead = true;
    entry.problem.clear();
    entry.format.clear();
    entry.sound = {};
    if (entry.track.title.isEmpty()) {
        const TrackInfo named = trackFromFileName(entry.path);
        entry.track.title = named.title;
        entry.track.artist = entry.track.artist.isEmpty() ? named.artist : entry.track.artist;
    }
    const auto input = AvInput::open(entry.path);
    if (!input) {
        entry.problem = input.error();
        return entry;
    }
    const AVStream *stream = (*input)->audioStream();
    fillTags(**input, stream, entry.track);
    if (stream == nullptr) {
        entry.problem = u"“%1” holds no sound."_s.arg(shownName(entry.path));
        return entry;
    }
    const AVCodecID id = stream->codecpar->codec_id;
    entry.sound.codec = QString::fromLatin1(avcodec_get_name(id));
    entry.sound.container = QString::fromLatin1((*input)->context()->iformat->name);
    fillLoudness(**input, stream, entry.sound);
    entry.problem = problemOfFormat(*stream, shownName(entry.path));
    if (isBareMpeg(**input, id))
        fillMpeg(**input, *stream, entry);
    else
        fillOther(**input, *stream, entry);
    return entry;
}

} // namespace cycast
