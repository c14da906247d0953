// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/trackopener.h"

#include "core/audio/mpeg/mpegsideinfo.h"
#include "core/base/log.h"
#include "core/codec/loudnesscache.h"
#include "core/playlist/library/mediafaults.h"
#include "core/playlist/library/mediainfo.h"
#include "core/playlist/reader/encodedreader.h"
#include "core/playlist/reader/passthroughreader.h"
#include "core/values/playlistentry.h"

#include <array>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// Files of other kinds can hold what looks like MPEG frames by chance.
bool beginsLikeAnotherKind(const QByteArray &start)
{
    constexpr std::array<const char *, 8> marks{
        "RIFF", "fLaC", "OggS", "FORM", "MAC ", "wvpk", "\x1A\x45\xDF\xA3", "caff"};
    return start.mid(4, 4) == "ftyp" || std::any_of(marks.begin(), marks.end(), [&start](const char *mark) {
               return start.startsWith(mark);
           });
}

/// The part of a file that is sent as it is; what has frames of another kind after that is encoded.
class MixedReader final : public TrackReader
{
public:
    MixedReader(std::unique_ptr<PassThroughReader> passed, std::shared_ptr<CodecSession> session,
                std::shared_ptr<MusicFile> file, double gain)
        : m_passed(std::move(passed))
        , m_session(std::move(session))
        , m_file(std::move(file))
        , m_gainDb(gain)
    {
    }

    TrackResult<FrameBatch> read(qint64 bytes, const ReadPatience &patience) override
    {
        if (m_encoded)
            return m_encoded->read(bytes, patience);
        auto batch = m_passed->read(bytes, patience);
        if (!batch || !batch->isEmpty() || m_passed->leftAt() < 0)
            return batch;
        auto opened = EncodedReader::open(m_session, *m_file, m_passed->leftAt(), m_gainDb);
        if (!opened)
            return tl::unexpected(opened.error());
        m_encoded = std::move(*opened);
        return m_encoded->read(bytes, patience);
    }

private:
    std::unique_ptr<PassThroughReader> m_passed;
    std::unique_ptr<EncodedReader> m_encoded;
    std::shared_ptr<CodecSession> m_session;
    std::shared_ptr<MusicFile> m_file;
    double m_gainDb;
};

/// AAC or Opus that is sent as it is; from where that turns out not to go, it is encoded.
class CopiedReader final : public TrackReader
{
public:
    CopiedReader(std::unique_ptr<EncodedReader> copied, std::shared_ptr<CodecSession> session,
                 std::shared_ptr<MusicFile> file, Flicks offset, double gain)
        : m_reader(std::move(copied))
        , m_session(std::move(session))
        , m_file(std::move(file))
        , m_offset(offset)
        , m_gainDb(gain)
    {
    }

    TrackResult<FrameBatch> read(qint64 bytes, const ReadPatience &patience) override
    {
        auto batch = m_reader->read(bytes, patience);
        if (batch)
            m_given += batch->duration();
        if (batch || m_isEncoded || (m_given > 0 && isPassing(batch.error().kind)))
            return batch;
        m_isEncoded = true;
        auto encoded = EncodedReader::open(m_session, *m_file, m_offset + m_given, m_gainDb);
        if (!encoded)
            return tl::unexpected(encoded.error());
        m_reader = std::move(*encoded);
        return m_reader->read(bytes, patience);
    }

private:
    std::unique_ptr<EncodedReader> m_reader;
    std::shared_ptr<CodecSession> m_session; ///< that encodes
    std::shared_ptr<MusicFile> m_file;
    Flicks m_offset;
    double m_gainDb; ///< of what is encoded
    Flicks m_given = 0;
    bool m_isEncoded = false;
};

/// Nothing: as it is. What was measured is noted in the request's entry.
std::optional<Loudness> loudnessOf(TrackRequest &request, const PlayoutOptions &options, LoudnessCache &cache)
{
    const SoundFacts &sound = request.entry.sound;
    if (sound.taggedLufs != 0.0)
        return Loudness{sound.taggedLufs, sound.taggedPeakDb};
    const QString path = request.entry.path;
    if (const auto known = cache.find(path, options.format.channels)) {
        request.entry = withLoudness(std::move(request.entry), known->loudness);
        return known->loudness;
    }
    const auto measured =
        measureLoudness(options.codecProgram, path, options.format.channels, request.measuringMs);
    if (!measured) {
        qCInfo(lcPlaylist).noquote() << u"Not levelled: %1."_s.arg(measured.error().sentence);
        return {};
    }
    cache.insert(path, options.format.channels, *measured);
    request.entry = withLoudness(std::move(request.entry), *measured);
    return *measured;
}

/// Tags, kind and length, where nobody has looked yet or another program changed the file since.
void lookAgain(OpenedTrack &opened, const MusicFile &file, int patienceMs)
{
    PlaylistEntry &entry = opened.entry;
    const bool hasChanged = entry.tagsRead && entry.stamp.isKnown() && entry.stamp != file.stamp();
    if (entry.tagsRead && !hasChanged && !entry.sound.codec.isEmpty())
        return;
    MediaLook look = lookAtMedia(entry, file, patienceMs);
    if (look.passing)
        return;              // what is known has to do
    look.entry.problem = {}; // whether it plays shows itself now
    look.entry.fault = EntryFault::None;
    if (!entry.tagsRead || hasChanged) {
        opened.wasLooked = true;
        entry = withKnownLoudness(std::move(look.entry));
    } else {
        entry.sound = look.entry.sound;
    }
}

} // namespace

DeliveryRules PlayoutOptions::deliveryRules() const
{
    return {format,       passthroughMaxKbps, crossfadeSeconds > 0.0,
            trimsSilence, loudness.levels,    loudness.targetLufs};
}

EncodingOptions PlayoutOptions::encodingOptions() const
{
    return {format, crossfadeSeconds, trimsSilence, loudness.levels ? loudness.maxPeakDbtp : 0.0};
}

OpenedTrack openTrack(TrackRequest request, const PlayoutOptions &options, LoudnessCache *cache)
{
    OpenedTrack opened;
    opened.entry = request.entry;
    opened.session = request.session;
    const auto isThere = MusicFile::open(request.entry.path, request.diskPatienceMs);
    if (!isThere) {
        opened.error = isThere.error();
        return opened;
    }
    const std::shared_ptr<MusicFile> &file = *isThere;
    lookAgain(opened, *file, request.patienceMs);
    SoundFacts &sound = opened.entry.sound;

    // Our own framer knows best what can be passed: it is what will do it.
    std::unique_ptr<PassThroughReader> passed;
    if (sound.codec.isEmpty() || sound.codec == "mp3"_L1) {
        const auto start = file->read(0, 12, request.diskPatienceMs);
        if (!start) {
            opened.error = start.error();
            return opened;
        }
        auto reader = beginsLikeAnotherKind(*start)
                          ? TrackResult<std::unique_ptr<PassThroughReader>>(trackFailure(Sentence()))
                          : PassThroughReader::open(file, request.diskPatienceMs);
        if (!reader && isPassing(reader.error().kind)) {
            opened.error = reader.error();
            return opened;
        }
        if (reader) {
            const SoundFacts framed = (*reader)->facts();
            if (sound.codec.isEmpty()) {
                sound = framed;
            } else if (framed.codec == sound.codec) {
                sound.sampleRate = framed.sampleRate;
                sound.channels = framed.channels;
            }
            passed = std::move(*reader);
        }
    }
    request.entry = opened.entry;
    std::optional<Loudness> loudness;
    if (options.loudness.levels)
        loudness = loudnessOf(request, options, cache == nullptr ? LoudnessCache::shared() : *cache);
    opened.entry = request.entry;

    const bool fits = deliveryOf(sound, options.deliveryRules(), knownLufs(opened.entry)).isPassed;
    const bool isCopied = fits && options.format.codec != StationCodec::Mp3;
    const bool isPassed = isCopied || (passed && fits);
    const bool canGoOn = opened.session && !isPassed && !opened.session->isBroken() &&
                         opened.session->options() == options.encodingOptions() && !request.continues;
    if (opened.session && !canGoOn) {
        opened.before = opened.session->finish(request.patienceMs);
        opened.session.reset();
    }
    if (!opened.session)
        opened.session = std::make_shared<CodecSession>(options.codecProgram, options.encodingOptions());
    opened.session->setFades(request.fades);
    const double gain = loudness ? gainDb(*loudness, options.loudness) : 0.0;
    const bool canStep = options.format.codec != StationCodec::Opus;
    const int steps = loudness && canStep ? gainSteps(*loudness, options.loudness) : 0;
    if (isCopied) {
        auto session = std::make_shared<CodecSession>(options.codecProgram, options.encodingOptions(),
                                                      CodecSession::Task::Copy);
        if (auto copied = EncodedReader::open(session, *file, request.offset, steps * mpegGainStepDb)) {
            opened.reader = std::make_unique<CopiedReader>(std::move(*copied), opened.session, file,
                                                           request.offset, gain);
            return opened;
        }
    } else if (isPassed) {
        // Cut out of frames of its own it goes on with the next one; out of encoded ones it has to join anew.
        const Flicks frame = passed->frameDuration();
        if (request.continues && frame > 0 && request.offset % frame == 0)
            passed->continueAt(request.offset);
        else if (request.offset > 0)
            passed->seek(request.offset);
        passed->setOnly(options.format.sampleRate, options.format.channels);
        passed->setGainSteps(steps);
        opened.reader = std::make_unique<MixedReader>(std::move(passed), opened.session, file, gain);
        return opened;
    }
    auto encoded = EncodedReader::open(opened.session, *file, request.offset, gain);
    if (encoded)
        opened.reader = std::move(*encoded);
    else
        opened.error = encoded.error();
    return opened;
}

} // namespace cycast
