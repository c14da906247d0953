// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/mediaprobe.h"

#include "core/audio/aac/adtsheader.h"
#include "core/audio/mpeg/mpegheader.h"
#include "core/codec/helper/apetag.h"
#include "core/codec/helper/avinput.h"
#include "core/codec/helper/id3text.h"
#include "core/codec/helper/oggchain.h"
#include "core/codec/plainframes.h"

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
/// Larger files are not read through for their length.
constexpr qint64 mostCountedBytes = 1024LL * 1024 * 1024;

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

/// Ogg tells when its last page ends, which is no length where the file was cut out of a programme that is
/// older, or has several streams one after the other.
qint64 oggMs(const AvInput &input, const AVStream &stream)
{
    const int descriptor = input.file().descriptor();
    const qint64 size = input.fileSize();
    const bool isChain = isChainedOgg(descriptor, size);
    if (isChain && size > mostCountedBytes)
        return 0;
    const Flicks duration = isChain ? oggDuration(descriptor, size) : oggLinkDuration(descriptor, 0, size);
    return duration > 0 ? nsFromFlicks(duration) / 1'000'000 : declaredMs(input, stream);
}

bool isOgg(const AvInput &input)
{
    return qstrcmp(input.context()->iformat->name, "ogg") == 0;
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

/// MP4 names the sample entries of encrypted sound "drms" (iTunes), "enca" (ISO/IEC 23001-7) and "aavd"
/// (Audible).
bool isProtected(const AVFormatContext &context)
{
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        const auto tag = context.streams[i]->codecpar->codec_tag;
        if (tag == MKTAG('d', 'r', 'm', 's') || tag == MKTAG('e', 'n', 'c', 'a') ||
            tag == MKTAG('a', 'a', 'v', 'd'))
            return true;
    }
    return false;
}

bool hasVideo(const AVFormatContext &context)
{
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        const AVStream &stream = *context.streams[i];
        if (stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
            (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0)
            return true;
    }
    return false;
}

/// Why the station cannot play it. Whether it can be decoded all the way shows itself then.
void judge(const AvInput &input, MediaFacts &facts)
{
    const QString name = input.file().name();
    const AVStream *stream = input.audioStream();
    if (isProtected(*input.context())) {
        facts.fault = EntryFault::Protected;
        facts.problem = Core::tr("“%1” is copy-protected: only the program of the shop that sold it can play "
                                 "it. Use an unprotected copy.")
                            .arg(name);
    } else if (stream == nullptr) {
        facts.fault = EntryFault::NoSound;
        facts.problem = hasVideo(*input.context()) ? Core::tr("“%1” is a video without sound.").arg(name)
                                                   : Core::tr("“%1” holds no sound.").arg(name);
    } else if (avcodec_find_decoder(stream->codecpar->codec_id) == nullptr) {
        facts.problem =
            Core::tr("“%1” cannot be played: there is no decoder for %2 here. Convert it to FLAC or MP3.")
                .arg(name, codecName(stream->codecpar->codec_id));
    }
}

bool isBareMpeg(const AvInput &input, AVCodecID id)
{
    return (id == AV_CODEC_ID_MP3 || id == AV_CODEC_ID_MP2 || id == AV_CODEC_ID_MP1) &&
           qstrcmp(input.context()->iformat->name, "mp3") == 0;
}

void fillMpeg(AvInput &input, const AVStream &stream, MediaFacts &facts)
{
    const MpegLook look = lookAtMpeg(input);
    if (look.frames == 0) {
        facts.fault = EntryFault::Unreadable; // not even its kind could be told
        facts.problem = Core::tr("“%1” holds no MP3 sound: it is damaged or something else with this name.")
                            .arg(input.file().name());
        return;
    }
    const qint64 estimatedMs = qRound64(static_cast<double>(look.audioBytes) * 8.0 / look.meanKbps);
    qint64 ms = declaredMs(input, stream);
    // A header can lie: 8 to 448 kbit/s is what MPEG audio has.
    if (ms <= 0 || ms > look.audioBytes || ms < look.audioBytes * 8 / 448)
        ms = estimatedMs;
    facts.durationMs = ms;

    const int firstKbps = *look.bitratesKbps.begin();
    const int meanKbps = kbpsOf(look.audioBytes, ms);
    const bool isVbr =
        look.bitratesKbps.size() > 1 || (ms > 5000 && qAbs(meanKbps - firstKbps) * 20 > firstKbps);
    const QString name = u"MP%1"_s.arg(look.layer);
    facts.sound.codec = name.toLower();
    facts.sound.sampleRate = look.sampleRate;
    facts.sound.channels = look.channels;
    facts.sound.bitrateKbps = isVbr ? meanKbps : firstKbps;
    facts.format = isVbr ? u"%1 VBR %2"_s.arg(name).arg(meanKbps) : u"%1 %2"_s.arg(name).arg(firstKbps);
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

void fillOther(AvInput &input, const AVStream &stream, MediaFacts &facts)
{
    facts.durationMs = isOgg(input) ? oggMs(input, stream) : declaredMs(input, stream);
    const int kbps = kbpsOf(input.fileSize(), facts.durationMs);
    facts.sound.sampleRate = stream.codecpar->sample_rate;
    facts.sound.channels = stream.codecpar->ch_layout.nb_channels;
    facts.sound.bitrateKbps = kbps;
    fillPlain(input, stream, facts.sound);
    facts.format = codecName(stream.codecpar->codec_id);
    if (kbps > 0)
        facts.format += u' ' + QString::number(kbps);
}

/// Of sound without frames, where the header was written before anybody knew how much would come.
qint64 msOfSamples(AvInput &input, const AVStream &stream)
{
    const qint64 bytesPerSecond = av_get_bits_per_sample(stream.codecpar->codec_id) *
                                  qint64{stream.codecpar->sample_rate} *
                                  stream.codecpar->ch_layout.nb_channels / 8;
    const AVPacket *first = bytesPerSecond > 0 ? input.nextPacket() : nullptr;
    return first == nullptr || first->pos < 0 ? 0 : (input.fileSize() - first->pos) * 1000 / bytesPerSecond;
}

/// The length of a file whose header does not tell it (it came through a pipe): from packet to packet to its
/// end, nothing is decoded. 0: that would take too long.
qint64 countedMs(AvInput &input, const AVStream &stream)
{
    if (const qint64 ms = msOfSamples(input, stream); ms > 0)
        return ms;
    if (input.fileSize() > mostCountedBytes)
        return 0;
    input.allow(mostCountedBytes);
    double seconds = 0.0;
    int64_t endOfLast = 0;
    int64_t start = AV_NOPTS_VALUE;
    int64_t before = AV_NOPTS_VALUE;
    int64_t step = 0;
    const bool isBareAac = qstrcmp(input.context()->iformat->name, "aac") == 0;
    for (const AVPacket *packet = input.nextPacket(); packet != nullptr; packet = input.nextPacket()) {
        if (isBareAac) {
            const auto header = parseAdtsHeader(QByteArrayView(packet->data, packet->size));
            if (header && header->sampleRate > 0)
                seconds += header->blocks * 1024.0 / header->sampleRate;
            continue;
        }
        if (packet->pts == AV_NOPTS_VALUE)
            continue;
        if (start == AV_NOPTS_VALUE)
            start = packet->pts;
        if (before != AV_NOPTS_VALUE && packet->pts > before)
            step = packet->pts - before;
        before = packet->pts;
        endOfLast = qMax(endOfLast, packet->pts + (packet->duration > 0 ? packet->duration : step));
    }
    if (isBareAac)
        return qRound64(seconds * 1000.0);
    return start == AV_NOPTS_VALUE ? 0 : msOf(endOfLast - start, stream.time_base);
}

void fillLength(AvInput &input, const AVStream &stream, MediaFacts &facts)
{
    if (facts.durationMs > 0 || !facts.problem.isEmpty())
        return;
    facts.durationMs = countedMs(input, stream);
    const int kbps = kbpsOf(input.fileSize(), facts.durationMs);
    if (kbps > 0 && facts.sound.bitrateKbps == 0) {
        facts.sound.bitrateKbps = kbps;
        facts.format += u' ' + QString::number(kbps);
    }
}

QByteArray tag(const AvInput &input, const AVStream *stream, const char *key)
{
    const AVDictionaryEntry *found = av_dict_get(input.context()->metadata, key, nullptr, 0);
    if (found == nullptr && stream != nullptr) // Ogg keeps them there
        found = av_dict_get(stream->metadata, key, nullptr, 0);
    return found == nullptr ? QByteArray() : QByteArray(found->value).left(mostTagBytes);
}

/// What libavformat does not understand of the tag before the sound.
void fillRefused(AvInput &input, MediaFacts &facts)
{
    if (!facts.title.isEmpty() && !facts.artist.isEmpty())
        return;
    constexpr qint64 mostOfTag = 4LL * 1024 * 1024;
    const qint64 size = id3TagBytes(input.bytesAt(0, 10));
    if (size == 0)
        return;
    const Id3Texts texts = readId3Texts(input.bytesAt(0, qMin(size, mostOfTag)));
    const auto fill = [](QByteArray &known, const QByteArray &text) {
        if (known.isEmpty())
            known = text.left(mostTagBytes);
    };
    fill(facts.title, texts.title);
    fill(facts.artist, texts.artist);
    fill(facts.albumArtist, texts.albumArtist);
    fill(facts.album, texts.album);
}

void fillTags(AvInput &input, const AVStream *stream, MediaFacts &facts)
{
    facts.title = tag(input, stream, "title");
    facts.artist = tag(input, stream, "artist");
    facts.albumArtist = tag(input, stream, "album_artist");
    facts.album = tag(input, stream, "album");
    fillRefused(input, facts);
    facts.replayGain = tag(input, stream, "REPLAYGAIN_TRACK_GAIN");
    facts.replayPeak = tag(input, stream, "REPLAYGAIN_TRACK_PEAK");
    facts.r128Gain = tag(input, stream, "R128_TRACK_GAIN");
    const qint64 tailAt = qMax<qint64>(0, input.fileSize() - apeTailBytes);
    const auto footer = findApeFooter(input.bytesAt(tailAt, apeTailBytes), input.fileSize());
    if (!footer)
        return;
    const auto texts = parseApeItems(input.bytesAt(footer->itemsAt, footer->itemBytes));
    facts.apeTitle = texts.value("title").left(mostTagBytes);
    facts.apeArtist = texts.value("artist").left(mostTagBytes);
    facts.apeAlbum = texts.value("album").left(mostTagBytes);
}

} // namespace

MediaFacts probeMedia(TrackFile file)
{
    MediaFacts facts;
    const auto opened = AvInput::open(std::move(file));
    if (!opened) {
        facts.fault = EntryFault::Unreadable;
        facts.problem = opened.error();
        return facts;
    }
    AvInput &input = **opened;
    const AVStream *stream = input.audioStream();
    fillTags(input, stream, facts);
    judge(input, facts);
    if (stream == nullptr)
        return facts;
    const AVCodecID id = stream->codecpar->codec_id;
    facts.sound.codec = QString::fromLatin1(avcodec_get_name(id));
    facts.sound.container = QString::fromLatin1(input.context()->iformat->name);
    if (isBareMpeg(input, id))
        fillMpeg(input, *stream, facts);
    else
        fillOther(input, *stream, facts);
    if (facts.durationMs <= 0 && facts.problem.isEmpty()) {
        // From its first packet on: some were taken already.
        if (const auto again = AvInput::open(input.file().again());
            again && (*again)->audioStream() != nullptr)
            fillLength(**again, *(*again)->audioStream(), facts);
    }
    return facts;
}

} // namespace cycast
